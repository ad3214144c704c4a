#include "processors/quote_first_person.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/quote_signs.h"
#include "processors/word_sentences.h"

namespace copytaster {
namespace {

constexpr std::size_t kLeastWords = 6;
constexpr std::size_t kMostWords = 60;
constexpr std::size_t kMostSentences = 5;
constexpr float kLeastScore = 0.35F;

struct Rated {
  Span span;
  std::size_t words = 0;
  float penalty = 0;
  bool first_person = false, stance = false, value = false, last = false, pair = false;
  // The sum of what speaks for it, less what speaks against.
  [[nodiscard]] float score() const {
    return (first_person ? 0.25F : 0) + (stance ? 0.25F : 0) + (value ? 0.15F : 0) + (last ? 0.15F : 0) +
           (words >= 8 && words <= 40 ? 0.05F : 0) + (pair ? 0.1F : 0) - penalty;
  }
};

// "inauguriamo", "aumenteremo": who speaks is in the verb's ending. Not where nouns end so, too.
struct Ending {
  std::string_view language, letters;
  bool promise;  // the future
};
constexpr Ending kWe[] = {{"it", "iamo", false},  {"it", "remo", true},   {"es", "aremos", true},
                          {"es", "eremos", true}, {"es", "iremos", true}, {"pt", "aremos", true},
                          {"pt", "eremos", true}, {"pt", "iremos", true}};

bool overlaps(Span span, const std::vector<Span>& taken) {
  return std::any_of(taken.begin(), taken.end(),
                     [&](const Span& other) { return other.begin < span.end && span.begin < other.end; });
}

class Rater {
 public:
  Rater(std::string_view text, const WordScan& scan, LanguageSet languages)
      : text_(text), scan_(scan), languages_(languages) {}

  Rated rate(Span span) {
    Rated out;
    out.span = without_tail(span);
    const std::size_t begin = scan_.first_word_from(out.span.begin);
    std::size_t digits = 0, hashes = 0, logistics = 0;
    bool reports = false;
    for (std::size_t i = begin; i < scan_.words.size() && scan_.words[i].begin < out.span.end; ++i) {
      ++out.words;
      digits += scan_.words[i].digit ? 1 : 0;
      hashes += scan_.words[i].hash || scan_.words[i].at ? 1 : 0;
      signs(i, &out, &logistics, &reports);
    }
    const std::string_view sentence = text_.substr(out.span.begin, out.span.end - out.span.begin);
    out.penalty = 0.12F * static_cast<float>(std::min<std::size_t>(digits, 3)) +
                  0.2F * static_cast<float>(std::min<std::size_t>(logistics, 2)) +
                  0.15F * static_cast<float>(std::min<std::size_t>(hashes, 3)) + (reports ? 0.25F : 0);
    if (sentence.find("http") != std::string_view::npos || sentence.find("www.") != std::string_view::npos)
      out.penalty += 0.5F;
    if (sentence.ends_with('?') || sentence.ends_with(':')) out.penalty += 0.2F;
    return out;
  }

 private:
  void ending(std::size_t i, Rated* out) const {
    const std::string_view word = scan_.folded_word(i);
    for (const Ending& one : kWe) {
      if (word.size() < one.letters.size() + 3 || !word.ends_with(one.letters) ||
          language_bit(one.language) != languages_ || scan_.words[i].capital)
        continue;
      out->first_person = true;
      out->stance = out->stance || one.promise;
    }
  }

  void signs(std::size_t i, Rated* out, std::size_t* logistics, bool* reports) {
    ending(i, out);
    found_.clear();
    sign_table().match_at(scan_, i, &found_);
    for (const PhraseMatch& match : found_) {
      if ((match.value >> 8 & languages_) == 0) continue;
      switch (static_cast<Sign>(match.value & 0xFF)) {
        case Sign::kFirstPerson:
          out->first_person = true;
          break;
        case Sign::kStance:
          out->stance = true;
          break;
        case Sign::kValue:
          out->value = true;
          break;
        case Sign::kLogistics:
          ++*logistics;
          break;
        case Sign::kReport:
          *reports = true;
          break;
      }
    }
  }

  // Without hashtags, handles, addresses and emoji at the end.
  [[nodiscard]] Span without_tail(Span span) const {
    for (;;) {
      const std::string_view sentence = text_.substr(span.begin, span.end - span.begin);
      const std::size_t space = sentence.find_last_of(" \n");
      const std::string_view last = space == std::string_view::npos ? sentence : sentence.substr(space + 1);
      bool noise = last.starts_with('#') || last.starts_with('@') || last.starts_with("http");
      if (!noise) {
        bool letters = false, sign = false;
        for (std::size_t i = 0; i < last.size();) {
          const char32_t c = next_code_point(last, &i);
          letters = letters || (folded_char(c).flags & FoldedChar::kWord) != 0;
          sign = sign || c < 0x2190;  // a mark of punctuation belongs to the sentence
        }
        noise = !letters && !sign;
      }
      if (!noise || space == std::string_view::npos) return noise ? Span{span.begin, span.begin} : span;
      span.end = span.begin + space;
      while (span.end > span.begin && is_ascii_space(text_[span.end - 1])) --span.end;
    }
  }

  std::string_view text_;
  const WordScan& scan_;
  const LanguageSet languages_;
  std::vector<PhraseMatch> found_;
};

std::string reason_of(const Rated& rated) {
  std::string out;
  const auto say = [&](bool yes, std::string_view what) {
    if (yes) str_append(&out, out.empty() ? "" : ", ", what);
  };
  say(rated.first_person, "first person");
  say(rated.stance, "takes a stand or promises");
  say(rated.value, "says what for");
  say(rated.last, "closes the post");
  return out;
}

// Two sentences side by side in one paragraph that both say something make one quotation.
bool belong_together(std::string_view text, const Rated& a, const Rated& b) {
  if (b.span.begin < a.span.end || b.span.begin - a.span.end > 2) return false;
  if (text.substr(a.span.end, b.span.begin - a.span.end).find('\n') != std::string_view::npos) return false;
  const float least = b.last ? kLeastScore - 0.1F : kLeastScore;
  return a.words + b.words <= kMostWords && a.score() >= least && b.score() >= kLeastScore - 0.1F &&
         (b.stance || b.value);
}

Rated joined(const Rated& a, const Rated& b) {
  Rated out = a;
  out.span = {a.span.begin, b.span.end};
  out.words = a.words + b.words;
  out.first_person = a.first_person || b.first_person;
  out.stance = a.stance || b.stance;
  out.value = a.value || b.value;
  out.last = a.last || b.last;
  out.penalty = a.penalty + b.penalty;
  out.pair = true;
  return out;
}

}  // namespace

void find_quotable(std::string_view text, const WordScan& scan, LanguageSet languages,
                   const std::vector<Span>& taken, std::vector<QuotableSentence>* out) {
  out->clear();
  static thread_local std::vector<Span> sentences;
  static thread_local std::vector<Rated> rated;
  split_sentences(text, &sentences);
  rated.clear();
  Rater rater(text, scan, languages);
  for (const Span& sentence : sentences) {
    Rated one = rater.rate(sentence);
    if (one.words == 0) continue;
    rated.push_back(one);
  }
  if (rated.empty()) return;
  rated.back().last = true;
  std::erase_if(rated, [&](const Rated& one) { return overlaps(one.span, taken); });
  std::vector<Rated> best;
  // From the end: what closes a post belongs to what leads up to it.
  for (std::size_t i = rated.size(); i-- > 0;) {
    Rated one = rated[i];
    if (i > 0 && belong_together(text, rated[i - 1], one)) one = joined(rated[--i], one);
    const std::size_t least = one.pair && one.last ? kLeastWords - 2 : kLeastWords;
    if (one.words < least || one.words > kMostWords || one.score() < kLeastScore ||
        !(one.first_person || one.stance))
      continue;
    best.push_back(one);
  }
  std::sort(best.begin(), best.end(), [](const Rated& a, const Rated& b) {
    return a.score() != b.score() ? a.score() > b.score() : a.span.begin < b.span.begin;
  });
  if (best.size() > kMostSentences) best.resize(kMostSentences);
  for (const Rated& one : best) out->push_back({one.span, std::min(one.score(), 1.0F), reason_of(one)});
}

}  // namespace copytaster
