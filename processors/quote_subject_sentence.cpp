// Subjects: those of a verb that hangs on another one, "…, saying" and "… and said".
#include <algorithm>

#include "processors/cue_verbs.h"
#include "processors/name_titles.h"
#include "processors/quote_subject.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kOpeningWords = 6;  // of "The retired neurosurgeon"

}  // namespace

// "…, saying", "… and joked": the subject of the sentence, not the nearest noun.
WordRange Subjects::of_sentence(std::size_t begin, WordRange verb, std::size_t end) const {
  // "The president noted that he taught law, and added": of the first verb of saying.
  for (std::size_t i = begin; i < end; ++i) {
    const ListMatch cue = cue_at(ground_, i);
    if (cue.words == 0 || cue.flag == static_cast<std::uint8_t>(Cue::kPhrase) || is_infinitive(i)) continue;
    if (is_participle_cue(i) || is_passive(i) || (i > begin && is_joiner(i - 1))) continue;
    if (const WordRange who = before(begin, {i, i + cue.words}, end); !who.empty()) return who;
    break;
  }
  if (const WordRange who = first_subject(begin, end); !who.empty()) return who;
  // Right beside it, and nothing between: "a voice saying".
  if (gap(verb.begin) > Gap::kSpace || end != verb.begin || is_joiner(end - 1)) return {};
  const WordRange beside = name_or_phrase(begin, end);
  return beside.empty() ? phrase_before(begin, end) : beside;
}

// The first name, pronoun or phrase of the sentence that no preposition governs.
WordRange Subjects::first_subject(std::size_t begin, std::size_t end) const {
  if (const WordRange phrase = opening_phrase(begin, end); !phrase.empty()) return phrase;
  for (std::size_t i = past_opening(begin, end); i < end; ++i) {
    if (is_governed(begin, i)) {
      // "of New York": all of the name, or "York" would be the next one.
      if (const WordRange name = name_from(scan_, i); name.size() > 1) i = name.end - 1;
      continue;
    }
    if (is_pronoun(i) && word(i) != "her" && word(i) != "him") return {i, i + 1};
    const WordRange name = name_from(scan_, i);
    if (name.empty() || is_glue(scan_, i, ground_.languages, Glue::kPhraseEnd)) continue;
    if (name.end >= end) return {};
    if (name.end + 1 < end && is_possessive(name.end)) {
      const WordRange owned = name_from(scan_, name.end + 1);  // "The Gazette's Odile Marchal"
      return owned.size() > 1 && owned.end < end ? bare(owned) : WordRange{name.begin, name.end + 2};
    }
    if (sets_the_scene(begin, name) || is_object(begin, name.begin)) {
      i = name.end - 1;
      continue;
    }
    return bare(name);
  }
  return {};
}

// "In line with most of them, | Marchal …", "Speaking in Lyon, | Marchal …": behind the comma of what only
// sets the scene; `begin` where there is none.
std::size_t Subjects::past_opening(std::size_t begin, std::size_t end) const {
  if (!is_glue(scan_, begin, ground_.languages, Glue::kPhraseEnd) &&
      !is_participle(word(begin), ground_.languages))
    return begin;
  std::size_t comma = begin;
  for (std::size_t i = begin + 1; i < end; ++i) {
    if (gap(i) != Gap::kComma) continue;
    if (is_pronoun(i)) return i;  // "When Marchal, the mayor, was asked, | she laughed"
    if (comma == begin) comma = i;
  }
  return comma;
}

// "in Lyon", "at the State University".
bool Subjects::is_governed(std::size_t begin, std::size_t index) const {
  const auto is = [&](std::size_t i, Glue kind) {
    return i >= begin && gap(i + 1) <= Gap::kSpace && is_glue(scan_, i, ground_.languages, kind);
  };
  // "of New York": "New" begins no name.
  while (index > begin + 1 && scan_.words[index - 1].capital && gap(index) == Gap::kSpace) --index;
  if (index == begin) return false;
  return is(index - 1, Glue::kPhraseEnd) ||
         (index > begin + 1 && is(index - 1, Glue::kDeterminer) && is(index - 2, Glue::kPhraseEnd));
}

// A capital that is not who acts: "Speaking in Salem, New Hampshire, …", "TALLAHASSEE – …".
bool Subjects::sets_the_scene(std::size_t begin, WordRange name) const {
  if (is_person(name)) return false;
  if (ground_.places.longest_at(scan_, name.begin).words >= name.size()) return true;
  if (name.begin > begin) {
    std::size_t first = name.begin;  // "New Hampshire": "New" begins no name
    while (first > begin && scan_.words[first - 1].capital && gap(first) == Gap::kSpace) --first;
    return gap(first) == Gap::kComma && gap(name.end) == Gap::kComma;
  }
  return (name.size() == 1 && is_participle(word(begin), ground_.languages)) ||
         (scan_.words[begin].all_upper && gap(name.end) == Gap::kOther);
}

// "The crowd took Marchal, …": a phrase begins the sentence, and what comes later is hardly its subject too.
bool Subjects::is_object(std::size_t begin, std::size_t name) const {
  return name > begin + 2 && gap(name) != Gap::kComma &&
         is_glue(scan_, begin, ground_.languages, Glue::kDeterminer) &&
         list_match(title_table(), scan_, name - 1, ground_.languages).words == 0;
}

// "The retired neurosurgeon | addressed", "Мер | заявив": a phrase that begins the sentence. Only where it is
// clear how far it goes, and that it is somebody.
WordRange Subjects::opening_phrase(std::size_t begin, std::size_t end) const {
  if (!is_glue(scan_, begin, ground_.languages, Glue::kDeterminer)) return {};
  for (std::size_t i = begin + 1; i < end && i <= begin + kOpeningWords && gap(i) <= Gap::kApostrophe; ++i) {
    const ListMatch role = list_match(title_table(), scan_, i, ground_.languages);
    const std::size_t past = i + std::max<std::size_t>(role.words, 1);
    if (role.words > 0 && past < end && !scan_.words[past].capital && gap(past) <= Gap::kComma)
      return {begin, past};
    if (scan_.words[i].capital) return {};
    if (is_glue(scan_, i, ground_.languages, Glue::kPhraseEnd)) return {};
    const bool acts = (is_auxiliary(i) && !is_glue(scan_, i, ground_.languages, Glue::kDeterminer)) ||
                      cue_at(ground_, i).words > 0 ||
                      (ground_.languages == language_bit("en") && word(i).ends_with("ed"));
    if (acts && i >= begin + 2) return {begin, i};
  }
  return {};
}

}  // namespace copytaster
