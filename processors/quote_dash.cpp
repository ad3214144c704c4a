#include "processors/quote_dash.h"

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostLines = 50;

// The size of an em or en dash with the space behind it at `at`; 0: none.
std::size_t dash_at(std::string_view text, std::size_t at) {
  for (const std::string_view dash : {"— ", "– ", "―\u00A0", "— ", "—\u00A0", "–\u00A0"}) {
    if (text.substr(at).starts_with(dash)) return dash.size();
  }
  return 0;
}

// Where the next " — " begins within [at, end); npos: none.
std::size_t next_dash(std::string_view text, std::size_t at, std::size_t end) {
  for (std::size_t i = at; i + 4 < end; ++i) {
    if (text[i] == ' ' && dash_at(text, i + 1) != 0) return i;
  }
  return std::string_view::npos;
}

Span trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && is_ascii_space(text[begin])) ++begin;
  while (end > begin && (is_ascii_space(text[end - 1]) || text[end - 1] == ',')) --end;
  return {begin, end};
}

// The verb and its subject in the words between two dashes: "сказав мер Кличко", "dijo ella".
SpokenBy speaker_in(const WordScan& scan, LanguageSet languages, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end && i < begin + 5; ++i) {
    const ListMatch cue = list_match(cue_table(), scan, i, languages);
    if (cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) continue;
    SpokenBy by;
    by.kind = CueKind::kBeside;
    by.cue = {i, i + cue.words};
    for (std::size_t w = i + cue.words; w < end; ++w) {
      const WordRange name = name_from(scan, w);
      if (name.empty()) continue;
      by.subject = {name.begin, std::min(name.end, end)};
      return by;
    }
    if (i > begin) {
      by.subject = name_before(scan, i, begin);
      if (by.subject.empty()) by.subject = {i - 1, i};
    } else if (i + cue.words < end) {
      by.subject = {i + cue.words, i + cue.words + 1};
    }
    if (by.subject.size() == 1) {
      const ListMatch pronoun = list_match(pronoun_table(), scan, by.subject.begin, languages);
      by.pronoun = pronoun.flag == static_cast<std::uint8_t>(Pronoun::kThird);
      by.first_person = pronoun.flag == static_cast<std::uint8_t>(Pronoun::kFirst);
      if (pronoun.words == 0 && !scan.words[by.subject.begin].capital) by.subject = {};
    }
    return by;
  }
  return {};
}

}  // namespace

void find_dash_quotes(std::string_view text, const WordScan& scan, LanguageSet languages,
                      std::vector<DashQuote>* out) {
  out->clear();
  std::size_t lines = 0;
  for (std::size_t line = 0; line < text.size() && lines < kMostLines;) {
    std::size_t end = text.find('\n', line);
    if (end == std::string_view::npos) end = text.size();
    const std::size_t dash = dash_at(text, line);
    if (dash > 0) {
      ++lines;
      const std::size_t second = next_dash(text, line + dash, end);
      if (second != std::string_view::npos) {
        const std::size_t third = next_dash(text, second + 2, end);
        const std::size_t incise_end = third == std::string_view::npos ? end : third;
        const SpokenBy by =
            speaker_in(scan, languages, scan.first_word_from(second), scan.first_word_from(incise_end));
        if (by.kind != CueKind::kNone) {
          out->push_back({trimmed(text, line + dash, second), by});
          if (third != std::string_view::npos)
            out->push_back({trimmed(text, third + 1 + dash_at(text, third + 1), end), by});
        }
      }
    }
    line = end + 1;
  }
}

}  // namespace copytaster
