#include "processors/quote_speaker.h"

#include <algorithm>

#include "processors/cue_verbs.h"
#include "processors/name_titles.h"
#include "processors/quote_doubt.h"
#include "processors/quote_label.h"
#include "processors/quote_lead_in.h"
#include "processors/quote_relation.h"
#include "processors/quote_subject_words.h"
#include "processors/quote_unsaid.h"

namespace copytaster {
namespace {

constexpr std::size_t kAfterWords = 22;     // how far behind the marks a verb is sought
constexpr std::size_t kBeforeWords = 40;    // how far before
constexpr std::size_t kAfterColon = 12;     // from a verb to ": “…”"
constexpr std::size_t kBeside = 4;          // from a verb to "“…”" without one
constexpr std::size_t kAsideWords = 3;      // "s'est réjoui"
constexpr std::size_t kEastAsianName = 16;  // characters: "キーウ市のクリチコ市長"

bool has_any(std::string_view where, std::string_view what) {
  return where.find_first_of(what) != std::string_view::npos;
}
bool has_dash(std::string_view where) {
  return where.find("—") != std::string_view::npos || where.find("–") != std::string_view::npos ||
         where.find("―") != std::string_view::npos;
}
bool has_any_dash(std::string_view where) {
  return has_dash(where) || where.find(" - ") != std::string_view::npos;
}

class Search {
 public:
  Search(const QuoteGround& ground, const std::vector<QuotedSpan>& spans, std::size_t index)
      : ground_(ground), scan_(ground.scan), subjects_(ground), unsaid_(ground), span_(spans[index]) {
    first_ = scan_.first_word_from(span_.outer.begin);
    last_ = scan_.first_word_from(span_.outer.end);
    floor_ = index == 0 ? 0 : scan_.first_word_from(spans[index - 1].outer.end);
    ceiling_ =
        index + 1 < spans.size() ? scan_.first_word_from(spans[index + 1].outer.begin) : scan_.words.size();
  }

  SpokenBy run() {
    const std::size_t begin = sentence_begin();
    const std::size_t end = sentence_end();
    if (is_east_asian(begin)) return east_asian(begin, end);
    // "He added: “…”", "Sie sagte: „…“"
    if (SpokenBy found = beside_before(begin); found.kind != CueKind::kNone) return found;
    const bool attached = is_attached() && !is_another_clause(begin, end);
    if (attached) {
      if (SpokenBy found = behind(end); found.kind != CueKind::kNone) return found;
    }
    const QuoteLabel label(ground_, span_);
    if (SpokenBy found = label.before(begin); found.kind != CueKind::kNone) return found;
    if (SpokenBy found = label.behind(); found.kind != CueKind::kNone) return found;
    if (SpokenBy found = in_sentence_before(begin); found.kind != CueKind::kNone) return found;
    if (SpokenBy found = phrase_around(begin, attached ? end : last_); found.kind != CueKind::kNone)
      return found;
    if (SpokenBy found = weak(begin); found.kind != CueKind::kNone) return found;
    return LeadIn(ground_, span_, floor_).run();
  }

 private:
  [[nodiscard]] Gap gap(std::size_t i) const { return scan_.words[i].gap; }
  [[nodiscard]] ListMatch cue_at(std::size_t i) const { return copytaster::cue_at(ground_, i); }
  static bool is(const ListMatch& match, Cue kind) {
    return match.words > 0 && match.flag == static_cast<std::uint8_t>(kind);
  }
  [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const {
    return begin < end ? ground_.text.substr(begin, end - begin) : std::string_view();
  }
  // From the last word before the marks to them, and from the marks to the first word behind.
  [[nodiscard]] std::string_view lead() const {
    return between(scan_.words[first_ - 1].end, span_.outer.begin);
  }
  [[nodiscard]] std::string_view follow() const {
    return between(span_.outer.end,
                   last_ < scan_.words.size() ? scan_.words[last_].begin : ground_.text.size());
  }
  [[nodiscard]] SpokenBy with(CueKind kind, WordRange cue, WordRange subject) const {
    return spoken_by(ground_, kind, cue, subject);
  }

  // First word of the sentence that leads to the opening mark; first_ when the mark begins it.
  [[nodiscard]] std::size_t sentence_begin() const {
    if (first_ == floor_) return first_;
    if (has_any(lead(), ".!?\n") && lead().find(':') == std::string_view::npos) return first_;
    std::size_t begin = first_ - 1;
    while (begin > floor_ && first_ - begin < kBeforeWords && gap(begin) != Gap::kStop &&
           gap(begin) != Gap::kLine && !ends_before(begin))
      --begin;
    return begin;
  }

  // A sentence ended right before word `i` though other signs stand there too ("…?” Then"); "(R-Fla.) said"
  // goes on.
  [[nodiscard]] bool ends_before(std::size_t i) const {
    if (gap(i) == Gap::kAbbreviation) return ends_with_short_word(i);
    if (gap(i) != Gap::kOther) return false;
    const std::string_view signs = between(scan_.words[i - 1].end, scan_.words[i].begin);
    return has_any(signs, ";\n") || signs.find("。") != std::string_view::npos ||
           (has_any(signs, ".!?") && (scan_.words[i].capital || scan_.words[i].digit));
  }

  // "tout l'été. Le roman": a word of few letters, no abbreviation before a name.
  [[nodiscard]] bool ends_with_short_word(std::size_t i) const {
    const Word& before = scan_.words[i - 1];
    return scan_.words[i].capital && !before.capital && before.end - before.begin > 2 &&
           list_match(title_table(), scan_, i - 1, ground_.languages).words == 0;
  }

  [[nodiscard]] std::size_t sentence_end() const {
    std::size_t end = last_;
    while (end < ceiling_ && end - last_ < kAfterWords) {
      if (end == last_) {
        if (gap(end) == Gap::kLine) break;
      } else if (gap(end) == Gap::kStop || gap(end) == Gap::kLine || ends_before(end)) {
        break;
      }
      ++end;
    }
    return end;
  }

  // Whether what follows the closing mark goes on with the sentence.
  [[nodiscard]] bool is_attached() const {
    if (last_ >= scan_.words.size() || last_ >= ceiling_ + 1 || gap(last_) == Gap::kLine) return false;
    if (has_any(follow(), ".!?\n")) return false;
    if (follow().find(',') != std::string_view::npos || has_dash(follow())) return true;
    return ground_.text[span_.inner.end - 1] != '.' || !scan_.words[last_].capital;
  }

  [[nodiscard]] SpokenBy beside_before(std::size_t begin) const {
    if (begin >= first_) return {};
    const bool colon = lead().find(':') != std::string_view::npos;
    const std::size_t reach = colon ? kAfterColon : kBeside;
    WordRange infinitive;
    for (std::size_t i = first_; i-- > begin && first_ - i <= reach;) {
      if (i + 1 < first_ && gap(i + 1) > Gap::kComma && !colon) return {};
      const ListMatch cue = cue_at(i);
      if (!is(cue, Cue::kVerb) || (!colon && unsaid_.is_contrary(begin, i))) continue;
      // Without a colon or a comma the words between are few: "said in a statement “…”".
      const WordRange verb{i, i + cue.words};
      if (!subjects_.is_infinitive(i))
        return with(CueKind::kBeside, verb, subjects_.before(begin, verb, first_));
      if (infinitive.empty() && colon) infinitive = verb;  // "had this to say:"
    }
    return infinitive.empty()
               ? SpokenBy()
               : with(CueKind::kBeside, infinitive, subjects_.before(begin, infinitive, first_));
  }

  [[nodiscard]] SpokenBy behind(std::size_t end) const {
    if (SpokenBy found = aside(end); found.kind != CueKind::kNone) return found;
    for (std::size_t i = last_; i < end; ++i) {
      const ListMatch cue = cue_at(i);
      const WordRange words{i, i + cue.words};
      if (is(cue, Cue::kPhrase) && i <= last_ + 1 && !is_only_for(i)) {
        return with(CueKind::kBeside, words, subjects_.after(words.end, end));
      }
      // "“…,” adding: “…”": hangs on what comes before the marks.
      if (!is(cue, Cue::kVerb) || (i == last_ && subjects_.is_participle_cue(i))) continue;
      const bool inverted =
          (!(i > last_ && subjects_.is_pronoun(last_)) && only_auxiliaries(last_, i)) || ends_fragment(i);
      return with(CueKind::kBeside, words,
                  inverted ? subjects_.after(words.end, end) : subjects_.before(last_, words, first_));
    }
    return {};
  }

  // "« Les Amis du quai » pour leur fête": only behind a comma is it who says so.
  [[nodiscard]] bool is_only_for(std::size_t i) const {
    const std::string_view word = scan_.folded_word(i);
    return (word == "pour" || word == "per" || word == "κατα") &&
           follow().find(',') == std::string_view::npos;
  }

  // "“…”, se réjouit Odile Marchal": only with its subject right behind it.
  [[nodiscard]] SpokenBy aside(std::size_t end) const {
    std::size_t verb = last_;
    while (verb < end && verb < last_ + kAsideWords && subjects_.is_auxiliary(verb) &&
           aside_at(ground_, verb).words == 0)
      ++verb;
    if (verb >= end || (verb > last_ && gap(verb) > Gap::kApostrophe)) return {};
    const ListMatch cue = aside_at(ground_, verb);
    if (cue.words == 0) return {};
    const WordRange who = subjects_.after(verb + cue.words, end);
    return who.empty() ? SpokenBy() : with(CueKind::kBeside, {verb, verb + cue.words}, who);
  }

  // "“We are happy” about the decision, said Odile Marchal": words that end the quoted sentence come first.
  [[nodiscard]] bool ends_fragment(std::size_t verb) const {
    std::size_t begin = verb;  // ", a déclaré": the comma stands before the auxiliary
    while (begin > last_ && gap(begin) != Gap::kComma && subjects_.is_auxiliary(begin - 1)) --begin;
    return begin > last_ && gap(begin) == Gap::kComma && subjects_.is_governed_from(last_);
  }

  // "He boasted of his team – “the best” – and stressed …", "accuses him of “…” and Donald Trump says …": the
  // verb behind belongs to another clause, where one before the marks has them.
  [[nodiscard]] bool is_another_clause(std::size_t begin, std::size_t end) const {
    bool joined = last_ < end && begin < first_ && has_any_dash(lead()) && has_any_dash(follow());
    for (std::size_t i = last_; i < end; ++i) {
      if (is(cue_at(i), Cue::kVerb)) {
        if (ends_fragment(i)) return false;
        break;
      }
      joined = joined || ((i == last_ || gap(i) == Gap::kComma) && subjects_.is_joiner(i)) ||
               (i == last_ && subjects_.is_governed_from(i)) ||
               (is_glue(scan_, i, ground_.languages, Glue::kRelative) &&
                !is_glue(scan_, i, ground_.languages, Glue::kDeterminer));
    }
    if (!joined) return false;
    for (std::size_t i = begin; i < first_; ++i) {
      const ListMatch cue = cue_at(i);
      if ((is(cue, Cue::kVerb) || is(cue, Cue::kWeak)) && !subjects_.is_infinitive(i)) return true;
    }
    return false;
  }

  [[nodiscard]] bool only_auxiliaries(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (!subjects_.is_auxiliary(i)) return false;
    }
    return true;
  }

  [[nodiscard]] SpokenBy in_sentence_before(std::size_t begin) const {
    WordRange infinitive;
    for (std::size_t i = first_; i-- > begin;) {
      const ListMatch cue = cue_at(i);
      if (!is(cue, Cue::kVerb) || unsaid_.is_contrary(begin, i)) continue;
      const WordRange verb{i, i + cue.words};
      if (!subjects_.is_infinitive(i))
        return with(CueKind::kSentence, verb, subjects_.before(begin, verb, first_));
      if (infinitive.empty()) infinitive = verb;
    }
    // "refused to say the words “…”": only where no other verb is there.
    return infinitive.empty()
               ? SpokenBy()
               : with(CueKind::kSentence, infinitive, subjects_.before(begin, infinitive, first_));
  }

  [[nodiscard]] SpokenBy phrase_around(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < first_; ++i) {
      const ListMatch cue = cue_at(i);
      if (is(cue, Cue::kPhrase) && (i == begin || cue.words > 1)) {
        return with(CueKind::kSentence, {i, i + cue.words}, subjects_.after(i + cue.words, first_));
      }
    }
    for (std::size_t i = last_; i < end; ++i) {
      const ListMatch cue = cue_at(i);
      if (!is(cue, Cue::kVerb) || subjects_.is_participle_cue(i)) continue;
      const WordRange verb{i, i + cue.words};
      return with(CueKind::kSentence, verb, subjects_.before(last_, verb, first_));
    }
    return {};
  }

  [[nodiscard]] SpokenBy weak(std::size_t begin) const {
    for (std::size_t i = first_; i-- > begin && first_ - i <= 8;) {
      const ListMatch cue = cue_at(i);
      if (!is(cue, Cue::kWeak)) continue;
      const WordRange verb{i, i + cue.words};
      return with(CueKind::kWeak, verb, subjects_.before(begin, verb, verb.end));
    }
    return {};
  }

  [[nodiscard]] bool is_east_asian(std::size_t begin) const {
    const auto cjk = [&](std::size_t i) {
      return i < scan_.words.size() && scan_.words[i].script == Script::kCjk;
    };
    return (begin < first_ && cjk(first_ - 1)) || (span_.style == MarkStyle::kCorner && cjk(last_)) ||
           (cjk(first_) && cjk(last_) && last_ < ceiling_);
  }

  // "市長は「…」と述べた", "市长说：“…”": the speaker stands before the marks, up to the particle or the
  // verb.
  [[nodiscard]] SpokenBy east_asian(std::size_t begin, std::size_t end) const {
    WordRange cue;
    for (std::size_t i = begin; i < first_ && cue.empty(); ++i) {
      if (const ListMatch match = cue_at(i); is(match, Cue::kVerb)) cue = {i, i + match.words};
    }
    for (std::size_t i = last_; i < end && i < last_ + kEastAsianName && cue.empty(); ++i) {
      if (const ListMatch match = cue_at(i); is(match, Cue::kVerb)) cue = {i, i + match.words};
    }
    if (cue.empty()) return {};
    WordRange subject{begin, std::min(first_, cue.begin)};
    if (begin == first_ && cue.begin >= last_ && !is_particle(last_)) subject = {last_, cue.begin};
    for (std::size_t i = subject.begin; i < subject.end; ++i) {
      if (is_topic(i)) subject.end = i;
      if (i > subject.begin && gap(i) == Gap::kComma) subject.begin = i;  // "7日、市長は"
    }
    return with(CueKind::kBeside, cue, subject.size() > kEastAsianName ? WordRange{} : subject);
  }

  // As written: folding takes the marks off "が".
  [[nodiscard]] std::string_view written(std::size_t i) const {
    return between(scan_.words[i].begin, scan_.words[i].end);
  }
  [[nodiscard]] bool is_topic(std::size_t i) const { return written(i) == "は" || written(i) == "が"; }
  // "「…」と述べた": what follows the marks is no name.
  [[nodiscard]] bool is_particle(std::size_t i) const { return written(i) == "と" || written(i) == "な"; }

  const QuoteGround& ground_;
  const WordScan& scan_;
  const Subjects subjects_;
  const UnsaidSpeech unsaid_;
  const QuotedSpan& span_;
  std::size_t first_ = 0, last_ = 0;     // words: the first inside the marks, the first behind them
  std::size_t floor_ = 0, ceiling_ = 0;  // words: behind the quotation before, at the next one
};

}  // namespace

SpokenBy spoken_by(const QuoteGround& ground, CueKind kind, WordRange cue, WordRange subject) {
  SpokenBy out;
  out.kind = kind;
  out.cue = cue;
  out.subject = subject;
  if (const WordRange bearer = named_behind_owner(ground, subject); !bearer.empty()) {
    out.subject = subject = bearer;
  } else if (const WordRange phrase = related_phrase(ground, cue, subject); !phrase.empty()) {
    out.subject = phrase;
    out.phrase = true;
    return out;
  } else if (const WordRange both = pair_of_speakers(ground, cue, subject); !both.empty()) {
    out.subject = both;
    out.phrase = true;
    return out;
  }
  if (subject.size() == 1 && is_korean_ending(text_of(ground.text, ground.scan, subject)))
    out.subject = subject = {};
  out.nobody = is_named_after(ground.scan, subject) || is_possessor(ground.scan, subject);
  if (out.nobody) out.subject = subject = {};
  const ListMatch pronoun = subject.empty() ? ListMatch() : pronoun_at(ground, subject.begin);
  if (pronoun.words > 0 && pronoun.words == subject.size()) {
    out.pronoun = pronoun.flag == static_cast<std::uint8_t>(Pronoun::kThird);
    out.first_person = pronoun.flag == static_cast<std::uint8_t>(Pronoun::kFirst);
  }
  return out;
}

SpokenBy find_speaker(const QuoteGround& ground, const std::vector<QuotedSpan>& spans, std::size_t index) {
  return Search(ground, spans, index).run();
}

}  // namespace copytaster
