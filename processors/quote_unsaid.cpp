#include "processors/quote_unsaid.h"

#include <algorithm>
#include <vector>

#include "processors/cue_verbs.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostAuxiliaries = 4;  // "did not", "n'a jamais"
constexpr std::size_t kClauseWords = 14;     // from where a clause begins to its verb
constexpr std::size_t kSentenceWords = 24;
constexpr std::size_t kNobodyWords = 6;  // "Nobody in the whole council"
constexpr std::size_t kModalWords = 5;   // "hätte Odile Marchal gestern sagen sollen"
constexpr std::size_t kAdverbs = 2;      // "should perhaps have said"

// "hätte", not "hatte"; folding takes the marks off.
bool is_plain_german_past(std::string_view folded, std::string_view written) {
  static constexpr std::string_view kPast[] = {"hatte", "hatten", "wurde", "wurden", "konnte", "konnten"};
  return written.size() == folded.size() &&
         std::find(std::begin(kPast), std::end(kPast), folded) != std::end(kPast);
}

}  // namespace

std::size_t UnsaidSpeech::match(std::size_t i, Unsaid flag) const {
  static thread_local std::vector<PhraseMatch> found;
  found.clear();
  unsaid_table().match_at(scan_, i, &found);
  std::size_t words = 0;
  for (const PhraseMatch& one : found) {
    if ((one.value >> 8 & ground_.languages) != 0 && (one.value & 0xFF) == static_cast<std::uint32_t>(flag))
      words = std::max<std::size_t>(words, one.words);
  }
  return words;
}

bool UnsaidSpeech::is_unsaid(WordRange cue, std::size_t floor, std::size_t first) const {
  if (cue.empty()) return false;
  floor = std::min(floor, cue.begin);
  const std::size_t clause = clause_begin(floor, cue.begin);
  if (is_denied(cue, floor) || is_nobodys(clause, cue)) return true;
  // In a language without lists the others are mere letters: "of", "se", "als".
  if (ground_.languages == kAllLanguages) return false;
  return is_never(clause, cue.begin) || is_modal(clause, cue.begin) || is_if(clause, cue, first) ||
         is_imagined(floor, cue.begin) || is_refused(floor, cue.begin);
}

bool UnsaidSpeech::is_not(std::size_t i) const {
  const bool not_it =
      match(i, Unsaid::kNot) > 0 || (scan_.folded_word(i) == "t" && i > 0 && gap(i) == Gap::kApostrophe &&
                                     scan_.folded_word(i - 1).ends_with('n'));  // "didn't"
  return not_it && (i + 1 >= scan_.words.size() || match(i + 1, Unsaid::kOnly) == 0);
}

// "did not say", "n'a jamais dit", "sagte nicht", "sagte Odile Marchal nie".
bool UnsaidSpeech::is_denied(WordRange cue, std::size_t floor) const {
  for (std::size_t i = cue.begin; i > floor && cue.begin - i < kMostAuxiliaries; --i) {
    if (gap(i) > Gap::kApostrophe) break;
    if (is_not(i - 1)) return true;
    if (!subjects_.is_auxiliary(i - 1)) break;
  }
  static const LanguageSet kBehind = language_bit("de") | language_bit("nl") | language_bit("fr");
  if ((ground_.languages & ~kBehind) != 0) return false;
  std::size_t next = cue.end;
  if (next >= scan_.words.size() || gap(next) > Gap::kApostrophe) return false;
  if (is_not(next)) return true;
  const WordRange name = name_from(scan_, next);
  next = name.empty() ? next + 1 : name.end;
  return next < scan_.words.size() && gap(next) <= Gap::kApostrophe && is_not(next) &&
         (!name.empty() || subjects_.is_pronoun(next - 1));
}

// "Not once did Odile Marchal say", "Never has she said".
bool UnsaidSpeech::is_never(std::size_t clause, std::size_t verb) const {
  static constexpr std::string_view kDid[] = {"did", "has", "have", "had", "does", "do", "will", "would"};
  if (ground_.languages != language_bit("en") || clause >= verb || !is_not(clause)) return false;
  for (std::size_t i = clause + 1; i < verb && i <= clause + 2; ++i) {
    if (std::find(std::begin(kDid), std::end(kDid), scan_.folded_word(i)) != std::end(kDid)) return true;
  }
  return false;
}

// "should have said", "hätte Odile Marchal sagen sollen". In English and the Romance languages nothing
// stands between: "he should have listened when she said".
bool UnsaidSpeech::is_modal(std::size_t clause, std::size_t verb) const {
  static const LanguageSet kFramed = language_bit("de") | language_bit("nl");
  const bool framed = (ground_.languages & ~kFramed) == 0;
  for (std::size_t i = verb; i-- > clause && verb - i <= kModalWords + 1;) {
    const std::size_t words = match(i, Unsaid::kModal);
    if (words == 0 || i + words > verb || (!framed && verb - i - words > kAdverbs)) continue;
    const Word& word = scan_.words[i];
    const std::string_view written = ground_.text.substr(word.begin, word.end - word.begin);
    if (!is_plain_german_past(scan_.folded_word(i), written)) return true;
  }
  return false;
}

// "If Odile Marchal said", "What if she said", "Had she said"; in "Als burgemeester zei hij" the verb comes
// second.
bool UnsaidSpeech::is_if(std::size_t clause, WordRange cue, std::size_t first) const {
  static constexpr std::string_view kBefore[] = {
      "what", "as",  "even", "only", "i",       "we",  "but", "and", "et",   "mais",  "comme",
      "meme", "y",   "pero", "como", "incluso", "e",   "ma",  "mas", "come", "anche", "mesmo",
      "wat",  "was", "also", "aber", "maar",    "ale", "a",   "але", "als"};
  if (clause >= cue.begin) return false;
  std::size_t at = clause;
  std::size_t words = match(at, Unsaid::kIf);
  if (words == 0 && at + 1 < cue.begin && gap(at + 1) <= Gap::kApostrophe &&
      (is_question_verb(scan_, at) ||
       std::find(std::begin(kBefore), std::end(kBefore), scan_.folded_word(at)) != std::end(kBefore)))
    words = match(++at, Unsaid::kIf);
  if (words == 0 || at + words > cue.begin) return false;
  for (std::size_t i = at + words; i < cue.begin; ++i) {
    if (match(i, Unsaid::kWhen) > 0) return false;
  }
  const std::string_view folded = scan_.folded_word(at);
  // "Sí, dijo": the accent tells.
  if (folded == "si" && scan_.words[at].end - scan_.words[at].begin > 2) return false;
  if (folded == "had")
    return at + 1 < cue.begin && (scan_.words[at + 1].capital || subjects_.is_pronoun(at + 1));
  return folded != "als" || cue.end == first;
}

// "Imagine Odile Marchal saying", "Stellen Sie sich vor, sie sagt".
bool UnsaidSpeech::is_imagined(std::size_t floor, std::size_t verb) const {
  std::size_t begin = sentence_begin(floor, verb);
  static constexpr std::string_view kBefore[] = {"just", "now", "so", "and", "but", "et", "y", "e", "a"};
  if (begin + 1 < verb &&
      std::find(std::begin(kBefore), std::end(kBefore), scan_.folded_word(begin)) != std::end(kBefore))
    ++begin;
  const std::size_t words = match(begin, Unsaid::kImagine);
  if (words == 0 || begin + words > verb) return false;
  for (std::size_t i = begin + words; i < verb; ++i) {
    if (match(i, Unsaid::kWhen) > 0) return false;
  }
  return true;
}

// "denied that she said", "denies ever saying", "bestreitet, gesagt zu haben".
bool UnsaidSpeech::is_refused(std::size_t floor, std::size_t verb) const {
  const std::size_t begin = sentence_begin(floor, verb);
  for (std::size_t i = verb; i-- > begin;) {
    const std::size_t next = i + 1;
    if (subjects_.is_joiner(i)) return false;
    const std::size_t words = match(i, Unsaid::kDeny);
    if (words > 0 && i + words <= verb) {
      const std::size_t object = i + words;
      if (match(object, Unsaid::kThat) > 0) return true;
      static const LanguageSet kCommas = language_bit("de") | language_bit("nl");
      return object == verb && (gap(object) <= Gap::kSpace || (ground_.languages & ~kCommas) == 0);
    }
    if (gap(next) > Gap::kApostrophe) return false;  // a comma stands before what is denied, nowhere else
  }
  return false;
}

// "Nobody said", "No minister said", "sagte niemand"; not "None of us knew until Odile Marchal said".
bool UnsaidSpeech::is_nobodys(std::size_t clause, WordRange cue) const {
  if (cue.end < scan_.words.size() && gap(cue.end) <= Gap::kApostrophe && match(cue.end, Unsaid::kNobody) > 0)
    return true;
  if (clause + 1 == cue.begin && gap(clause) >= Gap::kStop && match(clause, Unsaid::kWho) > 0) return true;
  const std::size_t words = clause < cue.begin ? match(clause, Unsaid::kNobody) : 0;
  if (words == 0 || cue.begin - clause > kNobodyWords) return false;
  for (std::size_t i = clause + words; i < cue.begin; ++i) {
    if (match(i, Unsaid::kWhen) > 0 || subjects_.is_pronoun(i) || name_from(scan_, i).size() > 1)
      return false;
  }
  return true;
}

bool UnsaidSpeech::is_contrary(std::size_t begin, std::size_t cue) const {
  const std::size_t words = match(begin, Unsaid::kContrary);
  if (words == 0) return false;
  // "anders | als", "ao contrário do | que", "wbrew | temu, co".
  for (std::size_t i = begin + words - 1; i < cue && i < begin + words + 3; ++i) {
    if (match(i, Unsaid::kWhat) == 0) continue;
    for (std::size_t j = i + 1; j <= cue; ++j) {
      if (gap(j) >= Gap::kComma && (gap(j) > Gap::kComma || match(j, Unsaid::kWhat) == 0)) return false;
    }
    return true;
  }
  return false;
}

// The first word of the verb's clause: behind a comma or any stronger sign, or behind the "and" of "… and
// said".
std::size_t UnsaidSpeech::clause_begin(std::size_t floor, std::size_t verb) const {
  std::size_t begin = verb;
  bool only_auxiliaries = true;
  while (begin > floor && verb - begin < kClauseWords && gap(begin) < Gap::kComma) {
    if (only_auxiliaries && begin - 1 > floor && subjects_.is_joiner(begin - 1)) break;
    only_auxiliaries = only_auxiliaries && subjects_.is_auxiliary(begin - 1);
    --begin;
  }
  return begin;
}

std::size_t UnsaidSpeech::sentence_begin(std::size_t floor, std::size_t verb) const {
  std::size_t begin = verb;
  while (begin > floor && verb - begin < kSentenceWords && gap(begin) <= Gap::kComma) --begin;
  return begin;
}

}  // namespace copytaster
