#include "processors/quote_lead_in.h"

#include <algorithm>
#include <iterator>

#include "core/strings.h"
#include "processors/cue_verbs.h"

namespace copytaster {
namespace {

constexpr std::size_t kLeadWords = 60;  // of the sentence before
constexpr std::size_t kFewest = 4;      // words of a quotation that is a sentence

bool is_sentence_end(char c) { return c == '.' || c == '!' || c == '?'; }

// Told of what nobody said aloud. Folded.
bool is_written(std::string_view word) {
  static constexpr std::string_view kWritten[] = {
      "written",     "painted",    "scrawled",   "sprayed",    "banner",      "banners", "placard",
      "placards",    "poster",     "posters",    "graffiti",   "ecrit",       "inscrit", "pancarte",
      "pancartes",   "banderole",  "banderoles", "affiche",    "transparent", "plakat",  "plakate",
      "geschrieben", "gesprüht",   "pancarta",   "pancartas",  "cartel",      "escrito", "pintado",
      "striscione",  "striscioni", "cartello",   "cartelli",   "scritto",     "faixa",   "faixas",
      "cartaz",      "cartazes",   "spandoek",   "spandoeken", "geschreven",  "baner",   "banery",
      "napis",       "napisano",   "банер",      "банері",     "плакат",      "плакаті", "написано",
      "πανο",        "πλακατ",     "γραμμενο"};
  return std::find(std::begin(kWritten), std::end(kWritten), word) != std::end(kWritten);
}

}  // namespace

SpokenBy LeadIn::run() const {
  const std::size_t first = scan_.first_word_from(span_.outer.begin);
  const std::size_t last = scan_.first_word_from(span_.outer.end);
  if (first == floor_ || !is_own_sentence(first, last)) return {};
  const std::size_t begin = sentence_before(first);
  if (begin == first) return {};
  SpokenBy found;
  for (std::size_t i = begin; i < first; ++i) {
    const ListMatch cue = cue_at(ground_, i);
    if (cue.words == 0 || cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) continue;
    if (subjects_.is_infinitive(i)) continue;
    if (is_question_verb(scan_, i)) return {};
    const WordRange verb{i, i + cue.words};
    const WordRange who = subjects_.before(begin, verb, first);
    if (who.empty() || (found.kind != CueKind::kNone && who.begin != found.subject.begin)) return {};
    if (found.kind == CueKind::kNone) found = spoken_by(ground_, CueKind::kLeadIn, verb, who);
  }
  return found.kind != CueKind::kNone && is_of_another_source(last, found.subject) ? SpokenBy() : found;
}

// “…” Residents had written it on a banner.
bool LeadIn::is_of_another_source(std::size_t last, WordRange speaker) const {
  const std::size_t size = scan_.words.size();
  if (last >= size || scan_.words[last].gap == Gap::kLine) return false;
  std::size_t end = last + 1;
  while (end < size && end - last < kLeadWords && scan_.words[end].gap < Gap::kStop) ++end;
  for (std::size_t i = last; i < end; ++i) {
    if (is_written(scan_.folded_word(i))) return true;
    const ListMatch cue = cue_at(ground_, i);
    if (cue.words == 0 || cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) continue;
    const WordRange who = subjects_.before(last, {i, i + cue.words}, end);
    if (who.empty() || subjects_.is_pronoun(who.begin)) continue;
    if (scan_.folded_word(who.end - 1) != scan_.folded_word(speaker.end - 1)) return true;
  }
  return false;
}

// It begins and ends a sentence: before it a full stop, the end mark inside the marks, a capital behind.
bool LeadIn::is_own_sentence(std::size_t first, std::size_t last) const {
  std::size_t end = span_.inner.end;  // “… ‘How will I survive?’”
  for (bool more = true; more && end > span_.inner.begin;) {
    std::string_view words = ground_.text.substr(span_.inner.begin, end - span_.inner.begin);
    more = consume_suffix(&words, "'") || consume_suffix(&words, "’") || consume_suffix(&words, "\"") ||
           consume_suffix(&words, "”");
    end = span_.inner.begin + words.size();
  }
  if (!span_.closed || last - first < kFewest || end == span_.inner.begin ||
      !is_sentence_end(ground_.text[end - 1]))
    return false;
  if (last < scan_.words.size() && scan_.words[last].gap != Gap::kLine && !scan_.words[last].capital)
    return false;
  const std::size_t before = scan_.words[first - 1].end;
  const std::string_view lead = ground_.text.substr(before, span_.outer.begin - before);
  const bool on_its_own =
      span_.own_paragraph && (last == scan_.words.size() || scan_.words[last].gap == Gap::kLine);
  if (lead.find('\n') != std::string_view::npos && !on_its_own) return false;
  return !lead.empty() && is_sentence_end(lead.front());
}

// Its first word; `first` where it does not begin behind floor_ or is too long to be sure.
std::size_t LeadIn::sentence_before(std::size_t first) const {
  std::size_t begin = first - 1;
  while (begin > floor_ && first - begin <= kLeadWords && scan_.words[begin].gap != Gap::kStop &&
         scan_.words[begin].gap != Gap::kLine)
    --begin;
  const bool whole =
      begin == 0 || scan_.words[begin].gap == Gap::kStop || scan_.words[begin].gap == Gap::kLine;
  return whole ? begin : first;
}

}  // namespace copytaster
