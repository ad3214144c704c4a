#include "processors/quote_dash.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/cue_verbs.h"
#include "processors/quote_incise.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostLines = 50;
constexpr std::size_t kMostDashes = 20;   // a line
constexpr std::size_t kFarthestVerb = 5;  // words behind the dash: "— з усмішкою сказав …"
constexpr std::string_view kWideSpaces[] = {"\u00A0", "\u2009", "\u202F"};

// The size of the dash at `at`; 0: none. A hyphen is one only with a space behind it.
std::size_t dash_at(std::string_view text, std::size_t at) {
  const std::string_view here = text.substr(at);
  for (const std::string_view dash : {"—", "–", "―"}) {
    if (here.starts_with(dash)) return dash.size();
  }
  return here.starts_with("- ") ? 1 : 0;
}

bool ends_in_space(std::string_view text) {
  return text.ends_with(' ') || std::any_of(std::begin(kWideSpaces), std::end(kWideSpaces),
                                            [&](std::string_view space) { return text.ends_with(space); });
}

bool is_stop(char c) { return c == '.' || c == ',' || c == ':' || c == ';'; }

struct Dash {
  std::size_t begin, end;
};

// The next dash that sets off what is said from who says it, within [at, end): after a space, or, as in
// Spanish, right before a space or a stop. {end, end}: none.
Dash next_dash(std::string_view text, std::size_t at, std::size_t end) {
  for (std::size_t i = at; i + 1 < end; ++i) {
    if (text[i] != '-' && text[i] != '\xE2') continue;
    const std::size_t size = dash_at(text, i);
    if (size == 0) continue;
    const bool closes = size > 1 && i + size < end && (is_stop(text[i + size]) || text[i + size] == ' ');
    if (ends_in_space(text.substr(at, i - at)) || closes) return {i, i + size};
  }
  return {end, end};
}

Span trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  std::string_view words = text.substr(begin, end - begin);
  for (bool more = true; more;) {
    more = consume_prefix(&words, " ") || consume_suffix(&words, " ") || consume_suffix(&words, ",");
    for (const std::string_view space : kWideSpaces)
      more = consume_prefix(&words, space) || consume_suffix(&words, space) || more;
  }
  begin = static_cast<std::size_t>(words.data() - text.data());
  return {begin, begin + words.size()};
}

class Line {
 public:
  Line(const QuoteGround& ground, std::size_t end, std::vector<DashQuote>* out)
      : ground_(ground), subjects_(ground), end_(end), out_(out) {}

  // `words`: where the speech begins, behind the first dash.
  void run(std::size_t words) {
    SpokenBy last;
    std::size_t from = words;
    for (std::size_t tries = 0; tries < kMostDashes && from < end_; ++tries) {
      const Dash dash = next_dash(ground_.text, from, end_);
      if (dash.begin == end_) break;
      const Dash back = next_dash(ground_.text, dash.end, end_);
      const SpokenBy by = incise(dash.end, back.begin);
      if (by.kind == CueKind::kNone) {  // a dash within the speech: "— Ми — це місто, — сказав він"
        from = dash.end;
        continue;
      }
      // "— …, — сказав Кличко. — …, — додав він.": one speaker, if the second is none.
      if (!by.subject.empty() || last.kind == CueKind::kNone) last = by;
      push(words, dash.begin, last);
      if (goes_on_telling(dash.end, back.begin)) return;
      words = back.end;
      if (words < end_ && is_stop(ground_.text[words])) ++words;  // "—dijo ella—. Es una promesa."
      from = words;
    }
    if (last.kind != CueKind::kNone) push(words, end_, last);
  }

 private:
  void push(std::size_t begin, std::size_t end, const SpokenBy& by) {
    const Span span = begin < end ? trimmed(ground_.text, begin, end) : Span{};
    if (span.begin < span.end) out_->push_back({span, by});
  }

  // "— …, — сказав мер. Потім він пішов — і …": what the second dash sets off is told, not said.
  [[nodiscard]] bool goes_on_telling(std::size_t begin_byte, std::size_t end_byte) const {
    const std::size_t end = ground_.scan.first_word_from(end_byte);
    for (std::size_t i = ground_.scan.first_word_from(begin_byte) + 1; i < end; ++i) {
      if (ground_.scan.words[i].gap >= Gap::kStop) return true;
    }
    return false;
  }

  // The verb and its subject in the words between two dashes: "сказав мер Кличко", "dijo ella".
  [[nodiscard]] SpokenBy incise(std::size_t begin_byte, std::size_t end_byte) const {
    const std::size_t begin = ground_.scan.first_word_from(begin_byte);
    const std::size_t end = ground_.scan.first_word_from(end_byte);
    for (std::size_t i = begin; i < std::min(end, begin + kFarthestVerb); ++i) {
      if (i > begin && ground_.scan.words[i].gap >= Gap::kComma) break;
      ListMatch cue = cue_at(ground_, i);
      const bool says = cue.words > 0 && cue.flag == static_cast<std::uint8_t>(Cue::kVerb);
      if (!says) cue = aside_at(ground_, i);
      if (ground_.scan.words[i].capital || cue.words == 0) continue;
      const WordRange verb{i, i + cue.words};
      WordRange subject = subjects_.after(verb.end, end);
      if (subject.empty() && !says) continue;
      if (subject.empty() && i > begin) subject = subjects_.before(begin, verb, begin);
      return spoken_by(ground_, CueKind::kBeside, verb, subject);
    }
    return {};
  }

  const QuoteGround& ground_;
  const Subjects subjects_;
  const std::size_t end_;
  std::vector<DashQuote>* out_;
};

}  // namespace

void find_dash_quotes(const QuoteGround& ground, std::vector<DashQuote>* out) {
  static thread_local std::vector<DashQuote> parts;
  out->clear();
  std::size_t lines = 0;
  for (std::size_t line = 0; line < ground.text.size() && lines < kMostLines;) {
    const std::size_t end = std::min(ground.text.find('\n', line), ground.text.size());
    if (const std::size_t dash = dash_at(ground.text, line); dash > 0) {
      ++lines;
      const std::size_t before = out->size();
      Line(ground, end, out).run(line + dash);
      // "— La foire ouvre à huit heures, prévient l'organisatrice.": French has a comma there.
      if (out->size() == before && dash > 1) {
        split_by_commas(ground, trimmed(ground.text, line + dash, end), BehindStop::kNarration, &parts);
        out->insert(out->end(), parts.begin(), parts.end());
      }
    }
    line = end + 1;
  }
}

void split_by_dashes(const QuoteGround& ground, Span speech, std::vector<DashQuote>* out) {
  out->clear();
  Line(ground, speech.end, out).run(speech.begin);
}

}  // namespace copytaster
