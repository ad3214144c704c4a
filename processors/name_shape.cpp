#include "processors/name_shape.h"

#include <algorithm>
#include <iterator>

#include "processors/name_lists.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 6;

bool one_word(const PhraseTable& table, const WordScan& scan, std::size_t index) {
  return table.longest_at(scan, index).words > 0;
}

// The "O" of O'Brien, the "D" of D'Angelo, the "Dell" of Dell'Utri: alone they are words or nothing.
bool is_elided(const WordScan& scan, std::size_t index) {
  if (index + 1 >= scan.words.size() || !scan.words[index].capital) return false;
  const Word& next = scan.words[index + 1];
  const std::string_view folded = scan.folded_word(index);
  return next.gap == Gap::kApostrophe && next.capital && next.script == Script::kLatin &&
         (folded == "o" || folded == "d" || folded == "dell" || folded == "dall");
}

// The second half of "Лук'яненко", "В'ячеслав": the apostrophe is a letter there.
bool is_second_half(const WordScan& scan, std::size_t index) {
  const Word& word = scan.words[index];
  return word.gap == Gap::kApostrophe && !word.capital && word.script == Script::kCyrillic &&
         scan.words[index - 1].script == Script::kCyrillic;
}

bool can_begin(const WordScan& scan, std::size_t index) {
  const Word& word = scan.words[index];
  return word.capital && !word.hash && word.script != Script::kCjk &&
         (!is_never_name(scan, index) || is_elided(scan, index) ||
          (index + 1 < scan.words.size() && is_second_half(scan, index + 1)));
}

// Whether the name may run over what stands before word `index`, after `size` words of it.
bool joins(const WordScan& scan, std::size_t index) {
  const Word& before = scan.words[index - 1];
  const Word& word = scan.words[index];
  switch (word.gap) {
    case Gap::kSpace:
    case Gap::kHyphen:
    case Gap::kUnderscore:
      return true;
    case Gap::kApostrophe:
      // O'Brien, not Klitschko's
      return before.fold_end - before.fold_begin <= 2 || is_elided(scan, index - 1);
    case Gap::kAbbreviation: {  // "John F. Kennedy", not "at St. Then"
      const std::size_t letters = before.end - before.begin;
      return before.capital &&
             (letters == 1 || scan.folded_word(before) == "st" || scan.folded_word(before) == "mc");
    }
    default:
      return false;
  }
}

}  // namespace

bool is_never_name(const WordScan& scan, std::size_t index) {
  return one_word(never_name_table(), scan, index);
}
bool is_thing_word(const WordScan& scan, std::size_t index) {
  return one_word(thing_word_table(), scan, index);
}
bool is_given_name(const WordScan& scan, std::size_t index) {
  return one_word(given_name_table(), scan, index);
}

bool is_name_particle(std::string_view folded) {
  static constexpr std::string_view kParticles[] = {
      "de",  "del", "della", "di", "da", "das", "dos", "do",  "du", "des", "d", "van", "von", "der",
      "den", "ten", "ter",   "la", "le", "el",  "bin", "ibn", "al", "zu",  "y", "e",   "af",  "av"};
  return std::find(std::begin(kParticles), std::end(kParticles), folded) != std::end(kParticles);
}

bool is_and(std::string_view folded) {
  static constexpr std::string_view kAnd[] = {"and", "et", "und", "y", "e",  "i",   "oraz",
                                              "a",   "та", "і",   "и", "en", "και", "&"};
  return std::find(std::begin(kAnd), std::end(kAnd), folded) != std::end(kAnd);
}

Gender given_name_gender(const WordScan& scan, std::size_t index) {
  const std::uint32_t value = given_name_table().longest_at(scan, index).value;
  return value == 2 ? Gender::kFemale : value == 1 ? Gender::kMale : Gender::kUnknown;
}

WordRange name_from(const WordScan& scan, std::size_t index) {
  if (index >= scan.words.size() || !can_begin(scan, index)) return {};
  std::size_t end = index + 1;
  while (end < scan.words.size() && end - index < kLongestName &&
         (is_second_half(scan, end) || joins(scan, end))) {
    const Word& word = scan.words[end];
    if (is_second_half(scan, end)) {
      ++end;
      continue;
    }
    const bool initial = word.capital && word.fold_end - word.fold_begin <= 2 &&
                         end + 1 < scan.words.size() && scan.words[end + 1].gap == Gap::kAbbreviation;
    if (word.capital && !word.hash && word.script == scan.words[index].script &&
        (initial || is_elided(scan, end) || !is_never_name(scan, end) ||
         // "Богдан Середа": days and months have no capital there.
         (word.script == Script::kCyrillic && end == index + 1 && is_given_name(scan, index)) ||
         is_name_particle(scan.folded_word(word)))) {
      ++end;
      continue;
    }
    // Up to two small particles, when a capital follows them.
    std::size_t after = end;
    while (after < scan.words.size() && after - end < 2 && !scan.words[after].capital &&
           is_name_particle(scan.folded_word(after)) && joins(scan, after)) {
      ++after;
    }
    if (after == end || after >= scan.words.size() || !joins(scan, after) || !scan.words[after].capital ||
        after - index >= kLongestName) {
      break;
    }
    // "Parkstraße in …" never; "Anne e Maria" are two people: 'y' and 'e' join only surnames.
    const std::string_view particle = scan.folded_word(end);
    if ((particle == "y" || particle == "e") && (end - index < 2 || is_given_name(scan, after))) break;
    end = after + 1;
  }
  return {index, end};
}

WordRange name_before(const WordScan& scan, std::size_t index, std::size_t floor) {
  const std::size_t from = std::max(floor, index > kLongestName ? index - kLongestName : 0);
  for (std::size_t begin = from; begin < index; ++begin) {
    // A name must not begin in the middle of a longer one.
    if (begin > from && scan.words[begin - 1].capital && joins(scan, begin) && can_begin(scan, begin - 1))
      continue;
    const WordRange name = name_from(scan, begin);
    if (!name.empty() && name.end >= index) return {name.begin, index};
  }
  return {};
}

}  // namespace copytaster
