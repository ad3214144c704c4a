#include "processors/quote_subject.h"

#include <algorithm>

#include "processors/cue_verbs.h"
#include "processors/name_titles.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kPhraseWords = 6;  // of "the retired neurosurgeon"
constexpr std::size_t kRoleWords = 12;   // from a verb past the role to the name

// What only a noun follows; in other languages these are pronouns too ("il le dit", "lo dijo").
bool follows_english_determiner(const WordScan& scan, std::size_t index) {
  static constexpr std::string_view kDeterminers[] = {"the", "a",     "an", "his",  "her",   "its", "their",
                                                      "our", "these", "my", "your", "those", "this"};
  if (index == 0 || scan.words[index].gap != Gap::kSpace) return false;
  const std::string_view before = scan.folded_word(index - 1);
  return (before == "s" && scan.words[index - 1].gap == Gap::kApostrophe) ||
         std::find(std::begin(kDeterminers), std::end(kDeterminers), before) != std::end(kDeterminers);
}

// "in states that vote in March", "reports of a fire": nouns that look like the verb of a third person.
bool is_english_plural(const WordScan& scan, std::size_t index) {
  static constexpr std::string_view kBefore[] = {"of", "in", "for", "with", "from", "by", "on", "about"};
  if (!scan.folded_word(index).ends_with('s')) return false;
  if (index + 1 < scan.words.size() && scan.words[index + 1].gap == Gap::kSpace &&
      scan.folded_word(index + 1) == "of")
    return true;
  return index > 0 && scan.words[index].gap == Gap::kSpace &&
         std::find(std::begin(kBefore), std::end(kBefore), scan.folded_word(index - 1)) != std::end(kBefore);
}

// "as", where the verb follows with its subject behind it.
bool is_as(std::string_view folded) {
  static constexpr std::string_view kAs[] = {"comme", "wie", "como", "come", "jak", "zoals", "як", "οπωσ"};
  return std::find(std::begin(kAs), std::end(kAs), folded) != std::end(kAs);
}

}  // namespace

ListMatch cue_at(const QuoteGround& ground, std::size_t index) {
  const ListMatch cue = list_match(cue_table(), ground.scan, index, ground.languages);
  if (cue.words == 0) return cue;
  const Word& word = ground.scan.words[index];
  if (index > 0 && word.gap == Gap::kHyphen && ground.scan.folded_word(index - 1) == "so")
    return {};  // "so-called"
  const bool in_place = word.capital && index > 0 && word.gap <= Gap::kSpace &&
                        ground.places.longest_at(ground.scan, index - 1).words > cue.words;
  if (in_place || (word.capital && ground.scan.folded_word(index) == "states")) return {};
  const bool noun = ground.languages == language_bit("en") &&
                    (follows_english_determiner(ground.scan, index) || is_english_plural(ground.scan, index));
  return noun ? ListMatch{} : cue;
}

ListMatch aside_at(const QuoteGround& ground, std::size_t index) {
  if (ground.languages == kAllLanguages || ground.scan.words[index].capital) return {};
  return list_match(aside_table(), ground.scan, index, ground.languages);
}

ListMatch pronoun_at(const QuoteGround& ground, std::size_t index) {
  const Word& word = ground.scan.words[index];
  if (ground.scan.folded_word(word) == "el" && word.end - word.begin == 2) return {};  // "él" has three bytes
  return list_match(pronoun_table(), ground.scan, index, ground.languages);
}

bool Subjects::is_auxiliary(std::size_t index) const {
  if (scan_.words[index].capital) return false;
  const std::string_view folded = word(index);
  return is_glue(scan_, index, ground_.languages, Glue::kAuxiliary) ||
         (folded.size() > 4 && folded.ends_with("ly"));
}

bool Subjects::is_pronoun(std::size_t index) const { return pronoun_at(ground_, index).words == 1; }

bool Subjects::is_joiner(std::size_t index) const {
  return is_glue(scan_, index, ground_.languages, Glue::kJoiner);
}

bool Subjects::is_governed_from(std::size_t index) const {
  return !scan_.words[index].capital && is_glue(scan_, index, ground_.languages, Glue::kPhraseEnd) &&
         !is_pronoun(index);
}

bool Subjects::is_participle_cue(std::size_t index) const {
  if (!is_participle(word(index), ground_.languages)) return false;
  const bool finite =
      index > 0 && gap(index) <= Gap::kSpace && is_auxiliary(index - 1) && !is_joiner(index - 1);
  return !finite;  // "is telling"
}

// "was told": by whom is not said.
bool Subjects::is_passive(std::size_t index) const {
  static constexpr std::string_view kBe[] = {"was", "were", "been", "being", "is", "are"};
  if (ground_.languages != language_bit("en") || index == 0 || gap(index) != Gap::kSpace) return false;
  if (word(index).ends_with("ing")) return false;
  return std::find(std::begin(kBe), std::end(kBe), word(index - 1)) != std::end(kBe);
}

bool Subjects::is_infinitive(std::size_t index) const {
  return ground_.languages == language_bit("en") && index > 0 && gap(index) == Gap::kSpace &&
         word(index - 1) == "to";
}

WordRange Subjects::bare(WordRange name) const {
  return bare_name(scan_, ground_.languages, ground_.places, name);
}

bool Subjects::is_possessive(std::size_t i) const { return word(i) == "s" && gap(i) == Gap::kApostrophe; }

bool Subjects::is_person(WordRange name) const {
  if (name.empty()) return false;
  const std::size_t begin = scan_.words[name.begin].begin, end = scan_.words[name.end - 1].end;
  for (const Span& person : ground_.people) {
    if (person.begin < end && begin < person.end) return true;
  }
  if (name.size() >= 2 && is_given_name(scan_, bare(name).begin)) return true;
  const WordRange name_alone = bare(name);
  if (name_alone.begin > name.begin) return true;
  return name.begin > 0 && gap(name.begin) <= Gap::kAbbreviation &&
         list_match(title_table(), scan_, name.begin - 1, ground_.languages).words == 1;
}

// "Laut Anna Klein sagte Peter Huber", "Als Bürgermeisterin sagte Anna Klein", "Trotz Regen sagte sie": the
// subject stands behind the verb.
bool Subjects::is_told_by_another(std::size_t begin, std::size_t verb) const {
  static constexpr std::string_view kFirst[] = {"als",    "anders", "gestern",  "heute",   "dann",
                                                "spater", "danach", "gisteren", "vandaag", "daarna"};
  static const LanguageSet kVerbSecond = language_bit("de") | language_bit("nl");
  if ((ground_.languages & ~kVerbSecond) != 0) return false;
  for (std::size_t i = begin + 1; i <= verb; ++i) {
    if (gap(i) > Gap::kApostrophe) return false;
  }
  const ListMatch lead = cue_at(ground_, begin);
  if (lead.words > 0 && lead.flag == static_cast<std::uint8_t>(Cue::kPhrase)) return true;
  const std::size_t behind = verb + 1;
  if (behind >= scan_.words.size() || gap(behind) != Gap::kSpace) return false;
  const bool opened = std::find(std::begin(kFirst), std::end(kFirst), word(begin)) != std::end(kFirst) ||
                      (is_glue(scan_, begin, ground_.languages, Glue::kPhraseEnd) &&
                       !is_glue(scan_, begin, ground_.languages, Glue::kDeterminer));
  return opened && (scan_.words[behind].capital || is_pronoun(behind));
}

WordRange Subjects::before(std::size_t begin, WordRange verb, std::size_t limit) const {
  std::size_t end = verb.begin;
  if (is_passive(verb.begin)) return {};
  while (end > begin && is_auxiliary(end - 1) && gap(end) <= Gap::kApostrophe) --end;
  // "As the mayor said", "jak mówi inżynier …": nobody stands before the verb.
  if (end == begin + 1 && is_as(word(begin))) end = begin;
  const bool bare_verb = end == begin || gap(verb.begin) == Gap::kComma || gap(end) == Gap::kComma;
  // "telling a packed crowd": who stands behind is told.
  const bool addressed = word(verb.begin) == "told" || word(verb.begin).starts_with("tell");
  if (bare_verb && verb.end < limit && !addressed && !is_participle_cue(verb.begin)) {
    // "…, sagte er:"
    const std::size_t behind = verb.end;
    if (is_pronoun(behind) && gap(behind) <= Gap::kHyphen &&
        (behind + 1 >= limit || gap(behind + 1) >= Gap::kComma))
      return {behind, behind + 1};
    if (const WordRange name = inverted(verb, limit); !name.empty()) return name;
    if (end == begin) return after(verb.end, limit);
  }
  if (end == begin) return {};
  if (is_participle_cue(verb.begin) || is_joiner(verb.begin - 1)) return of_sentence(begin, verb, end);
  if (is_glue(scan_, end - 1, ground_.languages, Glue::kRelative)) {
    if (const WordRange who = antecedent(begin, end - 1); !who.empty()) return who;
  }
  if (is_pronoun(end - 1)) return {end - 1, end};
  if (is_told_by_another(begin, verb.begin)) return verb.end < limit ? after(verb.end, limit) : WordRange{};
  if (gap(end) <= Gap::kComma) {
    if (const WordRange who = name_or_phrase(begin, end); !who.empty()) return who;
  }
  if (gap(end) == Gap::kComma || gap(end) == Gap::kOther) {
    // "Robert Shrum, a veteran Democratic strategist, said": the name before the first comma.
    if (const WordRange name = name_before_comma(begin, end); !name.empty()) return bare(name);
  }
  if (const WordRange phrase = phrase_before(begin, end); !phrase.empty()) return phrase;
  return last_name(begin, end);
}

// Inverted after all: "In other words, explained CBS moderator Nancy Cordes:"
WordRange Subjects::inverted(WordRange verb, std::size_t limit) const {
  const WordRange name = name_before(scan_, limit, verb.end);
  if (name.empty() || name.begin - verb.end >= kPhraseWords || is_governed(verb.end, name.begin)) return {};
  for (std::size_t i = verb.end; i < name.begin; ++i) {  // "insisting that the United States"
    if (is_glue(scan_, i, ground_.languages, Glue::kRelative)) return {};
  }
  return bare(name);
}

// "um senhor de 81 anos | que", "Iryna Bondar, | яка": what a relative pronoun right before `end`'s word
// means.
WordRange Subjects::antecedent(std::size_t begin, std::size_t end) const {
  if (end <= begin) return {};
  if (const WordRange who = name_or_phrase(begin, end); !who.empty()) return who;
  if (const WordRange phrase = phrase_before(begin, end); !phrase.empty()) return phrase;
  return last_name(begin, end);
}

// The name that ends at `end`. In German "einen Mann" looks like one: with its determiner it is a phrase.
WordRange Subjects::name_or_phrase(std::size_t begin, std::size_t end) const {
  const WordRange name = name_before(scan_, end, begin);
  if (name.empty()) return {};
  const bool of_it = is_belonging(scan_, begin, name.begin, ground_.languages);
  if (of_it && bare(name).begin == name.begin) {  // "le maire de Lyon"
    if (const WordRange phrase = phrase_before(begin, end); !phrase.empty()) return phrase;
  }
  const bool determined = name.begin > begin && gap(name.begin) <= Gap::kSpace &&
                          word(name.begin - 1) != "that" &&
                          is_glue(scan_, name.begin - 1, ground_.languages, Glue::kDeterminer);
  return determined && !is_person(name) ? WordRange{name.begin - 1, end} : bare(name);
}

// "there and in", "that by refusing": begins nobody.
bool Subjects::is_connective(std::size_t index) const {
  if (is_glue(scan_, index, ground_.languages, Glue::kDeterminer)) return false;
  return is_glue(scan_, index, ground_.languages, Glue::kPhraseEnd) || is_joiner(index) ||
         is_glue(scan_, index, ground_.languages, Glue::kRelative) || word(index) == "there" ||
         word(index) == "what";
}

WordRange Subjects::name_before_comma(std::size_t begin, std::size_t end) const {
  for (std::size_t i = end; i-- > begin + 1;) {
    if (gap(i) != Gap::kComma && gap(i) != Gap::kOther) continue;
    const WordRange name = name_before(scan_, i, begin);
    if (!name.empty()) return name;
  }
  return {};
}

WordRange Subjects::last_name(std::size_t begin, std::size_t end) const {
  for (std::size_t i = end; i > begin; --i) {
    const WordRange name = name_before(scan_, i, begin);
    if (!name.empty()) return bare(name);
  }
  return {};
}

// "the retired neurosurgeon", "his campaign", "officials", "директор школи".
WordRange Subjects::phrase_before(std::size_t begin, std::size_t end) const {
  WordRange nearest, titled;
  for (std::size_t i = end; i-- > begin && end - i <= kPhraseWords;) {
    if (i + 1 < end && gap(i + 1) > Gap::kApostrophe) break;
    const bool possessive = i + 2 < end && is_possessive(i + 1);
    if (possessive) {
      const WordRange owner = name_before(scan_, i + 1, begin);
      if (owner.size() > 1) return {owner.begin, end};  // "Odile Marchal's office"
    }
    if (possessive || is_glue(scan_, i, ground_.languages, Glue::kDeterminer)) {
      if (nearest.empty()) nearest = {i, end};
      // "the head of the union": the one who speaks is the head.
      const bool goes_on =
          i > begin + 1 && gap(i) <= Gap::kApostrophe && is_of_or_for(scan_, i - 1, ground_.languages);
      if (!goes_on) return {i, end};
    }
    if (list_match(title_table(), scan_, i, ground_.languages).words > 0) titled = {i, end};
  }
  if (!nearest.empty()) return nearest;
  if (end - begin <= 3 && !is_connective(begin)) return {begin, end};  // "Residents said"
  return titled;
}

WordRange Subjects::after(std::size_t begin, std::size_t end) const {
  std::size_t at = begin;
  end = std::min(end, scan_.words.size());
  while (at < end && at < begin + 2 && is_auxiliary(at) &&
         !is_glue(scan_, at, ground_.languages, Glue::kDeterminer))
    ++at;
  if (at >= end || word(at) == "that") return {};  // "stated that he …"
  if (is_pronoun(at)) return {at, at + 1};
  // Past the role to the name: "said the chair of the housing committee, Declan O'Sheehan-Barry".
  for (std::size_t i = at; i < end && i < at + kRoleWords; ++i) {
    if (i > at && (gap(i) == Gap::kStop || gap(i) == Gap::kLine)) break;
    if (i > at && cue_at(ground_, i).flag == static_cast<std::uint8_t>(Cue::kVerb)) break;
    // "said Gov. Terry E. Branstad", "said Mr. Khan": past the title.
    const ListMatch title = list_match(title_table(), scan_, i, ground_.languages);
    const std::size_t past = i + title.words;
    if (title.words > 0 && past < end && gap(past) <= Gap::kAbbreviation && scan_.words[past].capital) {
      i = past - 1;
      continue;
    }
    WordRange name = name_from(scan_, i);
    if (name.empty()) continue;
    name.end = std::min(name.end, end);
    const WordRange alone = bare(name);
    if (i != at && alone.size() < 2 && !only_roles(at, i)) continue;
    if (const WordRange bearer = past_role(name, end); !bearer.empty()) return bearer;
    // "the mother of Odile Marchal": not she. "Mayor of Lyon Odile Marchal" has a place before the name.
    if (alone.begin == name.begin && is_belonging(scan_, at, alone.begin, ground_.languages)) {
      i = name.end - 1;
      continue;
    }
    // "Prosecutor General of Ukraine Iryna …", "Mayor of Paris, Anne Hidalgo": a place inside the role.
    if (alone.size() == 1 && alone.begin > at &&
        is_glue(scan_, alone.begin - 1, ground_.languages, Glue::kPhraseEnd))
      continue;
    return alone;
  }
  return phrase_after(at, end);
}

// "Marchal spokesman Alex Conant" is Alex Conant, "Senate candidate Ann Roe" is Ann Roe: the name behind the
// role of one who belongs to `name`.
WordRange Subjects::past_role(WordRange name, std::size_t end) const {
  if (ground_.languages != language_bit("en")) return {};
  for (std::size_t i = name.end; i < end && i < name.end + 4 && gap(i) <= Gap::kHyphen; ++i) {
    if (scan_.words[i].capital) {
      const WordRange bearer = name_from(scan_, i);
      return i > name.end && bearer.size() >= 2 && bearer.end <= end && is_person(bearer) ? bare(bearer)
                                                                                          : WordRange{};
    }
    if (is_glue(scan_, i, ground_.languages, Glue::kPhraseEnd) || cue_at(ground_, i).words > 0 ||
        is_auxiliary(i) || is_joiner(i))
      break;
  }
  return {};
}

// Whether a role begins at `begin`, so that the first capital after it may be its bearer.
bool Subjects::only_roles(std::size_t begin, std::size_t end) const {
  for (std::size_t i = begin; i < end; ++i) {
    if (list_match(title_table(), scan_, i, ground_.languages).words > 0 || is_compound_role(word(i)))
      return true;
  }
  return false;
}

WordRange Subjects::phrase_after(std::size_t begin, std::size_t end) const {
  std::size_t stop = begin;
  while (stop < end && stop - begin < kPhraseWords && (stop == begin || gap(stop) <= Gap::kApostrophe) &&
         (stop == begin || is_glue(scan_, stop, ground_.languages, Glue::kOf) ||
          !is_glue(scan_, stop, ground_.languages, Glue::kPhraseEnd))) {
    ++stop;
  }
  // "vertelde de coördinator | me": to whom.
  while (stop > begin + 2 && !scan_.words[stop - 1].capital && is_auxiliary(stop - 1)) --stop;
  // "une habitante de la | rue": what was cut off leaves nothing hanging.
  while (stop > begin + 1 && (is_glue(scan_, stop - 1, ground_.languages, Glue::kOf) ||
                              is_glue(scan_, stop - 1, ground_.languages, Glue::kDeterminer)))
    --stop;
  const bool person = is_glue(scan_, begin, ground_.languages, Glue::kDeterminer) || only_roles(begin, stop);
  return person ? WordRange{begin, stop} : WordRange{};
}

}  // namespace copytaster
