#include "processors/quote_incise.h"

#include <algorithm>
#include <iterator>

#include "core/strings.h"
#include "processors/cue_verbs.h"
#include "processors/name_titles.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostIncises = 10;
constexpr std::size_t kLongest = 12;     // words put in
constexpr std::size_t kAuxiliaries = 2;  // "a-t-elle", "ha"

struct Incise {
  std::size_t begin = 0, end = 0;  // words
  SpokenBy by;
};

// "disait ma mère": told by who speaks, so it is part of the speech.
bool is_ones_own(const QuoteGround& ground, WordRange who, std::size_t stop) {
  static constexpr std::string_view kMine[] = {"ma",     "mon",   "mes",   "mia",     "mio",     "mie",
                                               "miei",   "mi",    "mis",   "minha",   "meu",     "minhas",
                                               "meus",   "notre", "nos",   "nuestro", "nuestra", "nostro",
                                               "nostra", "nosso", "nossa", "μου",     "μασ"};
  for (std::size_t i = who.begin > 0 ? who.begin - 1 : 0; i < stop; ++i) {
    if (std::find(std::begin(kMine), std::end(kMine), ground.scan.folded_word(i)) != std::end(kMine))
      return true;
  }
  return false;
}

// ", maire de Lyon", ", la maire", ", habitante de Lyon", ", 42 ans", ", Lyon": who it is, not what is said.
bool is_apposition(const QuoteGround& ground, std::size_t at, std::size_t end) {
  const WordScan& scan = ground.scan;
  std::size_t head = at;
  if (is_glue(scan, at, ground.languages, Glue::kDeterminer) && at + 1 < end &&
      scan.words[at + 1].gap <= Gap::kApostrophe)
    ++head;
  if (scan.words[at].capital || scan.words[at].digit || title_table().longest_at(scan, head).words > 0)
    return true;
  return head + 1 < end && scan.words[head + 1].gap <= Gap::kApostrophe &&
         is_glue(scan, head + 1, ground.languages, Glue::kOf);
}

// The word behind what tells who the speaker is; at `end` where nothing reopens the speech.
std::size_t past_appositions(const QuoteGround& ground, std::size_t stop, std::size_t end) {
  while (stop < end && ground.scan.words[stop].gap == Gap::kComma && is_apposition(ground, stop, end)) {
    ++stop;
    while (stop < end && ground.scan.words[stop].gap <= Gap::kApostrophe) ++stop;
  }
  return stop;
}

// The words put in that begin behind the comma before word `begin`; kNone: none do.
Incise incise_at(const QuoteGround& ground, const Subjects& subjects, std::size_t begin, std::size_t end) {
  std::size_t verb = begin;
  while (verb < end && verb - begin < kAuxiliaries && subjects.is_auxiliary(verb)) ++verb;
  if (verb >= end || ground.scan.words[verb].capital) return {};
  ListMatch cue = cue_at(ground, verb);
  if (cue.words == 0 || cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) cue = aside_at(ground, verb);
  if (cue.words == 0) return {};
  const std::size_t past = verb + cue.words, limit = std::min(end, begin + kLongest);
  std::size_t stop = past;
  while (stop < limit && (stop == past || ground.scan.words[stop].gap <= Gap::kApostrophe)) ++stop;
  // "ajoute-t-elle": a "t" between.
  const WordRange who = past < stop ? subjects.after(past, stop) : WordRange{};
  if (who.empty() || who.begin > past + 4) return {};
  // It ends at a comma, a stop or with the speech, not in the middle of a clause.
  if (stop < end && ground.scan.words[stop].gap <= Gap::kApostrophe) return {};
  if (is_ones_own(ground, who, stop)) return {};
  stop = past_appositions(ground, stop, end);
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

void split_by_commas(const QuoteGround& ground, Span speech, BehindStop behind, std::vector<DashQuote>* out) {
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
    const Span part = trimmed(ground.text, from, ground.scan.words[i].begin);
    if (part.begin < part.end) out->push_back({part, by});
    // "…, dit-elle. Et nous …": the full stop belongs to what the reporter put in.
    from = std::min<std::size_t>(ground.scan.words[found.end - 1].end, speech.end);
    if (behind == BehindStop::kNarration && found.end < end && ground.scan.words[found.end].gap >= Gap::kStop)
      return;
    if (from < speech.end && ground.text[from] == '.') ++from;
    i = found.end - 1;
  }
  if (out->empty()) return;
  const Span rest = trimmed(ground.text, from, speech.end);
  if (ground.scan.first_word_from(rest.begin) < end && rest.begin < rest.end) out->push_back({rest, by});
}

}  // namespace copytaster
