#include "processors/quote_judge.h"

#include <algorithm>
#include <iterator>

#include "core/strings.h"
#include "processors/quote_unsaid.h"
#include "processors/quote_works.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostBetween = 60;  // words between two quotations of one speaker
constexpr std::size_t kMostJoined = 20;   // between two of one sentence

std::size_t count_paragraphs(std::string_view between) {
  std::size_t count = 0;
  for (std::size_t at = between.find('\n'); at != std::string_view::npos; at = between.find('\n', at + 1)) {
    ++count;
    while (at + 1 < between.size() && is_ascii_space(between[at + 1])) ++at;
  }
  return count;
}

// What lies between two quotations of one speaker: " she said. ", ", er sagte, ".
bool ends_sentence(std::string_view between) {
  const std::string_view trimmed = strip_space(between);
  return trimmed.empty() || trimmed.ends_with('.') || trimmed.ends_with(',') || trimmed.ends_with(':') ||
         trimmed.ends_with("—") || trimmed.ends_with("–") || trimmed.ends_with('-');
}

class Judge {
 public:
  explicit Judge(const QuoteGround& ground)
      : text_(ground.text), scan_(ground.scan), subjects_(ground), unsaid_(ground), works_(ground) {}

  // Of one quotation, before any inherits. `floor`: the first word behind the quotation before it.
  void find_unsaid(std::size_t floor, FoundQuote* one) const {
    WordRange cue = one->by.cue;
    // "Imaginez-le dire : « … »": a verb of no list.
    if (cue.empty() && one->first > floor && has_colon(*one)) cue = {one->first - 1, one->first};
    if (!cue.empty() && cue.begin >= one->last) floor = one->last;
    if (!unsaid_.is_unsaid(cue, floor, one->first)) return;
    if (one->by.kind == CueKind::kLeadIn) {
      one->by = {};  // the sentence before tells of something else
    } else {
      one->by.unsaid = true;
    }
  }

  // "…,” she said. “…”" and a paragraph that goes on quoting: the speaker of the one before.
  void inherit(std::vector<FoundQuote>* all) const {
    for (std::size_t i = 1; i < all->size(); ++i) {
      FoundQuote& now = (*all)[i];
      const FoundQuote& before = (*all)[i - 1];
      const bool has_own = now.by.kind == CueKind::kBeside || now.by.kind == CueKind::kSentence ||
                           now.by.kind == CueKind::kLeadIn;
      if (now.by.unsaid || now.by.nobody || (has_own && !now.by.subject.empty()) ||
          before.by.kind == CueKind::kNone)
        continue;
      const FoundQuote& head = before.speaker_of >= 0 ? (*all)[before.speaker_of] : before;
      const bool joined = is_joined(head, before, now);
      // "never said “…” or “…”"
      now.by.unsaid = before.by.unsaid && joined;
      if (!joined && (before.by.unsaid || before.by.kind == CueKind::kWeak || !goes_on(before, now)))
        continue;
      if (now.by.kind != CueKind::kBeside) now.by.kind = CueKind::kInherited;
      now.speaker_of = before.speaker_of >= 0 ? before.speaker_of : static_cast<int>(i - 1);
    }
    for (std::size_t i = all->size(); i-- > 1;) hand_back((*all)[i], static_cast<int>(i), &(*all)[i - 1]);
  }

  [[nodiscard]] bool is_quotation(const FoundQuote& one) const {
    const std::size_t words = one.last - one.first;
    const CueKind kind = one.by.kind;
    if (words == 0 || one.by.unsaid || works_.is_work(one.by.cue, one.first, one.last)) return false;
    if (!one.span->closed && (kind == CueKind::kNone || words < 4)) return false;
    if (one.span->style == MarkStyle::kSingle &&
        (words < 3 || kind == CueKind::kNone || kind == CueKind::kWeak))
      return false;
    if (kind != CueKind::kBeside && is_title(one)) return false;
    switch (kind) {
      case CueKind::kBeside:
      case CueKind::kWeak:
        return true;
      case CueKind::kInherited:
        return words >= 2 || has_end_mark(one);
      case CueKind::kSentence:
        return true;
      case CueKind::kLeadIn:
        return true;
      case CueKind::kNone:
        return (words >= 8 && (one.span->own_paragraph || has_end_mark(one))) ||
               (words >= 5 && follows_colon(one));
    }
    return false;
  }

 private:
  // Whether both stand in one sentence whose verb comes before them: "called it a “new low” and a “bizarre
  // attempt”", "said “we stay,” adding: “…”". `head`: whose verb it is.
  [[nodiscard]] bool is_joined(const FoundQuote& head, const FoundQuote& before,
                               const FoundQuote& now) const {
    if (head.by.kind == CueKind::kLeadIn || head.by.subject.empty() || head.by.subject.begin >= head.first)
      return false;
    if (now.first < before.last || now.first - before.last > kMostJoined) return false;
    const bool own = now.by.kind == CueKind::kWeak && !now.by.subject.empty();
    return !own && is_within_sentence(before, now) && !names_another(before.last, now.first);
  }

  [[nodiscard]] bool is_within_sentence(const FoundQuote& before, const FoundQuote& now) const {
    const std::string_view between =
        text_.substr(before.span->outer.end, now.span->outer.begin - before.span->outer.end);
    for (const char c : between) {
      if (c == '.' || c == '!' || c == '?' || c == ';' || c == '\n') return false;
    }
    if (now.first == before.last) return !strip_space(between).empty();
    return !has_end_mark(before) || text_[before.span->inner.end - 1] == ',' ||
           !scan_.words[before.last].capital;
  }

  [[nodiscard]] bool names_another(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      const WordRange name = name_from(scan_, i);
      if (name.empty()) continue;
      if (subjects_.is_person(name)) return true;
      i = name.end - 1;
    }
    return false;
  }

  // "“…” and “…,” said Odile Marchal": the first one has the verb of the second.
  void hand_back(const FoundQuote& now, int index, FoundQuote* before) const {
    if (before->by.kind != CueKind::kNone || now.by.kind != CueKind::kBeside || now.by.subject.empty() ||
        now.by.subject.begin < now.last || now.first != before->last + 1 ||
        !subjects_.is_joiner(before->last) || !is_within_sentence(*before, now))
      return;
    before->by.kind = CueKind::kBeside;
    before->speaker_of = index;
  }

  [[nodiscard]] bool goes_on(const FoundQuote& before, const FoundQuote& now) const {
    const std::string_view between =
        text_.substr(before.span->outer.end, now.span->outer.begin - before.span->outer.end);
    const std::size_t words = now.first > before.last ? now.first - before.last : 0;
    if (words > kMostBetween) return false;
    switch (count_paragraphs(between)) {
      case 0:
        return ends_sentence(between);
      case 1:
        return now.span->own_paragraph && is_whole_paragraph(now);
      default:
        return false;
    }
  }

  [[nodiscard]] bool is_whole_paragraph(const FoundQuote& one) const {
    return one.last >= scan_.words.size() || scan_.words[one.last].gap == Gap::kLine ||
           one.last - one.first >= 8;
  }

  [[nodiscard]] bool has_end_mark(const FoundQuote& one) const {
    std::size_t end = one.span->inner.end;
    while (end > one.span->inner.begin + 1 && (text_[end - 1] == '\'' || text_[end - 1] == '"')) --end;
    const char last = text_[end - 1];
    return last == '.' || last == '!' || last == '?' || last == ',';
  }

  // "On a wall by the station: “…”": whole, behind a colon, and nothing more in its sentence.
  [[nodiscard]] bool follows_colon(const FoundQuote& one) const {
    if (one.first == 0 || !one.span->closed) return false;
    if (!has_colon(one)) return false;
    return one.last >= scan_.words.size() || scan_.words[one.last].gap == Gap::kLine ||
           (scan_.words[one.last].capital && scan_.words[one.last].gap >= Gap::kStop);
  }

  [[nodiscard]] bool has_colon(const FoundQuote& one) const {
    const std::size_t before = scan_.words[one.first - 1].end;
    return text_.substr(before, one.span->outer.begin - before).find(':') != std::string_view::npos;
  }

  // “Meet the Press”, „Die Zauberflöte“: every word of weight has a capital and no sentence ends in it.
  [[nodiscard]] bool is_title(const FoundQuote& one) const {
    const std::size_t words = one.last - one.first;
    if (words > 12 || !scan_.words[one.first].capital || text_[one.span->inner.end - 1] == '?') return false;
    std::size_t capitals = 0, weighty = 0;
    for (std::size_t i = one.first; i < one.last; ++i) {
      if (scan_.folded_word(i).size() <= 3 && !scan_.words[i].capital) continue;
      ++weighty;
      capitals += scan_.words[i].capital || scan_.words[i].digit ? 1 : 0;
    }
    if (capitals < weighty) return false;
    return words > 1 || !has_end_mark(one);
  }

  std::string_view text_;
  const WordScan& scan_;
  const Subjects subjects_;
  const UnsaidSpeech unsaid_;
  const NamedWorks works_;
};

}  // namespace

void judge_quotes(const QuoteGround& ground, const std::vector<QuotedSpan>& spans,
                  std::vector<FoundQuote>* out) {
  out->clear();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    FoundQuote one;
    one.span = &spans[i];
    one.first = ground.scan.first_word_from(spans[i].inner.begin);
    one.last = ground.scan.first_word_from(spans[i].inner.end);
    one.by = find_speaker(ground, spans, i);
    out->push_back(one);
  }
  const Judge judge(ground);
  for (std::size_t i = 0; i < out->size(); ++i) judge.find_unsaid(i > 0 ? (*out)[i - 1].last : 0, &(*out)[i]);
  judge.inherit(out);
  for (FoundQuote& one : *out) one.keep = judge.is_quotation(one);
}

}  // namespace copytaster
