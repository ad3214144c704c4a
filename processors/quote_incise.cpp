#include "processors/quote_incise.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/cue_verbs.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostIncises = 10;
constexpr std::size_t kLongest = 12;     // words put in
constexpr std::size_t kAuxiliaries = 2;  // "a-t-elle", "ha"

struct Incise {
  std::size_t begin = 0, end = 0;  // words
  SpokenBy by;
};

// The words put in that begin behind the comma before word `begin`; kNone: none do.
Incise incise_at(const QuoteGround& ground, const Subjects& subjects, std::size_t begin, std::size_t end) {
  std::size_t verb = begin;
  while (verb < end && verb - begin < kAuxiliaries && subjects.is_auxiliary(verb)) ++verb;
  if (verb >= end || ground.scan.words[verb].capital) return {};
  const ListMatch cue = cue_at(ground, verb);
  if (cue.words == 0 || cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) return {};
  const std::size_t past = verb + cue.words, limit = std::min(end, begin + kLongest);
  std::size_t stop = past;
  while (stop < limit && (stop == past || ground.scan.words[stop].gap <= Gap::kApostrophe)) ++stop;
  // "ajoute-t-elle": a "t" between.
  const WordRange who = past < stop ? subjects.after(past, stop) : WordRange{};
  if (who.empty() || who.begin > past + 4) return {};
  // It ends at a comma, a stop or with the speech, not in the middle of a clause.
  if (stop < end && ground.scan.words[stop].gap <= Gap::kApostrophe) return {};
  const SpokenBy by = spoken_by(ground, CueKind::kBeside, {verb, past}, who);
  return by.first_person ? Incise() : Incise{begin, stop, by};
}

Span trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  std::string_view words = text.substr(begin, end - begin);
  for (bool more = true; more;) {
    more = consume_prefix(&words, " ") || consume_prefix(&words, ",") || consume_suffix(&words, " ") ||
           consume_suffix(&words, ",");
  }
  begin = static_cast<std::size_t>(words.data() - text.data());
  return {begin, begin + words.size()};
}

}  // namespace

void split_by_commas(const QuoteGround& ground, Span speech, std::vector<DashQuote>* out) {
  static const LanguageSet kOpen =
      language_bit("fr") | language_bit("it") | language_bit("es") | language_bit("pt") | language_bit("el");
  out->clear();
  if ((ground.languages & ~kOpen) != 0) return;
  const Subjects subjects(ground);
  const std::size_t end = ground.scan.first_word_from(speech.end);
  std::size_t from = speech.begin;
  SpokenBy by;
  for (std::size_t i = ground.scan.first_word_from(speech.begin) + 1; i < end && out->size() < kMostIncises;
       ++i) {
    if (ground.scan.words[i].gap != Gap::kComma) continue;
    const Incise found = incise_at(ground, subjects, i, end);
    if (found.by.kind == CueKind::kNone) continue;
    by = found.by;
    out->push_back({trimmed(ground.text, from, ground.scan.words[i].begin), by});
    // "…, dit-elle. Et nous …": the full stop belongs to what the reporter put in.
    from = ground.scan.words[found.end - 1].end;
    if (from < speech.end && ground.text[from] == '.') ++from;
    i = found.end - 1;
  }
  if (out->empty()) return;
  const Span rest = trimmed(ground.text, from, speech.end);
  if (ground.scan.first_word_from(rest.begin) < end && rest.begin < rest.end) out->push_back({rest, by});
}

}  // namespace copytaster
