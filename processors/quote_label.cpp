#include "processors/quote_label.h"

#include <algorithm>
#include <iterator>

#include "processors/name_titles.h"

namespace copytaster {
namespace {

constexpr std::size_t kRoleWords = 6;  // before or behind the name

bool has_any(std::string_view where, std::string_view what) {
  return where.find_first_of(what) != std::string_view::npos;
}
bool has_dash(std::string_view where) {
  return where.find("—") != std::string_view::npos || where.find("–") != std::string_view::npos ||
         where.find("―") != std::string_view::npos;
}

}  // namespace

SpokenBy QuoteLabel::before(std::size_t begin) const {
  if (begin >= first_) return {};
  const std::size_t lead = scan_.words[first_ - 1].end;
  if (ground_.text.substr(lead, span_.outer.begin - lead).find(':') == std::string_view::npos) return {};
  if (const WordRange name = name_with_role(begin); !name.empty())
    return spoken_by(ground_, CueKind::kBeside, {}, name);
  if (const WordRange name = owner_of_words(begin); !name.empty())
    return spoken_by(ground_, CueKind::kBeside, {}, name);
  const WordRange name = name_before(scan_, first_, begin);
  if (name.empty() || !subjects_.is_person(name)) return {};
  for (std::size_t i = begin + 1; i < name.begin; ++i) {
    if (gap(i) > Gap::kComma) return {};
  }
  if (name.begin - begin > kRoleWords) return {};
  return spoken_by(ground_, CueKind::kBeside, {}, subjects_.bare(name));
}

// "Odile Marchal's answer was:", "From Marchal's post:". Other languages put the name last.
WordRange QuoteLabel::owner_of_words(std::size_t begin) const {
  static constexpr std::string_view kWords[] = {"answer",    "response", "reply",   "message",
                                                "statement", "post",     "tweet",   "comment",
                                                "verdict",   "letter",   "reaction"};
  if (ground_.languages != language_bit("en")) return {};
  const std::size_t from = std::max(begin + 1, first_ - std::min(first_, kRoleWords));
  for (std::size_t i = first_; i-- > from;) {
    if (scan_.folded_word(i) != "s" || gap(i) != Gap::kApostrophe) continue;
    const WordRange name = name_before(scan_, i, begin);
    for (std::size_t j = i + 1; j < first_ && !name.empty(); ++j) {
      if (std::find(std::begin(kWords), std::end(kWords), scan_.folded_word(j)) != std::end(kWords))
        return subjects_.bare(name);
    }
    return {};
  }
  return {};
}

// "Solène Garrivier, maire:": the name that begins the line, what its bearer is, and nothing else.
WordRange QuoteLabel::name_with_role(std::size_t begin) const {
  const WordRange name = subjects_.bare(name_from(scan_, begin));
  if (name.size() < 2 || name.end >= first_ || gap(name.end) != Gap::kComma) return {};
  if (first_ - name.end > kRoleWords) return {};
  bool role = false;
  for (std::size_t i = name.end; i < first_; ++i) {
    if (gap(i) > Gap::kComma || cue_at(ground_, i).words > 0) return {};
    role = role || list_match(title_table(), scan_, i, ground_.languages).words > 0 ||
           is_compound_role(scan_.folded_word(i));
  }
  return role ? name : WordRange{};
}

SpokenBy QuoteLabel::behind() const {
  if (last_ >= scan_.words.size()) return {};
  const std::string_view signs =
      ground_.text.substr(span_.outer.end, scan_.words[last_].begin - span_.outer.end);
  if (!has_dash(signs) && signs.find('(') == std::string_view::npos && !signs.ends_with("- ")) return {};
  if (std::count(signs.begin(), signs.end(), '\n') > 1 || has_any(signs, "?!;")) return {};
  std::size_t at = last_;
  while (at < last_ + 3) {
    const ListMatch title = list_match(title_table(), scan_, at, ground_.languages);
    if (title.words == 0 || at + title.words >= scan_.words.size()) break;
    at += title.words;
  }
  const WordRange name = name_from(scan_, at);
  if (name.empty()) return {};
  // A line of its own under words that are a paragraph: whoever it is.
  const bool line_ends = name.end >= scan_.words.size() || gap(name.end) == Gap::kLine;
  const bool own_line = span_.own_paragraph && has_dash(signs) &&
                        signs.find('\n') != std::string_view::npos && line_ends && name.size() >= 2 &&
                        ground_.places.longest_at(scan_, name.begin).words < name.size();
  if (!own_line && !subjects_.is_person(name)) return {};
  const bool over = line_ends || gap(name.end) >= Gap::kComma;
  return over ? spoken_by(ground_, CueKind::kBeside, {}, subjects_.bare(name)) : SpokenBy();
}

}  // namespace copytaster
