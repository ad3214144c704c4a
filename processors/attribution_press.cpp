#include "processors/attribution_press.h"

#include <algorithm>

#include "processors/attribution_press_words.h"
#include "processors/name_shape.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostWords = 8;

std::size_t words_to(const WordScan& scan, std::size_t first, std::size_t limit) {
  std::size_t end = first;
  while (end < scan.words.size() && scan.words[end].end <= limit) ++end;
  return end;
}

// "of", "der", "del": small words inside the name of a body.
bool joins_body(std::string_view folded) {
  static constexpr std::string_view kSmall[] = {"of", "the", "fur", "dei", "delle", "degli", "dell", "al",
                                                "st", "της", "του", "των", "w",     "we",    "am",   "im"};
  return is_name_particle(folded) || is_and(folded) ||
         std::find(std::begin(kSmall), std::end(kSmall), folded) != std::end(kSmall);
}

// Where every noun has a capital: what happens or stands there, not the name of a town.
bool is_thing_by_ending(std::string_view folded) {
  static constexpr std::string_view kEndings[] = {
      "ung", "heit", "keit", "tion", "platz", "strasse", "brucke", "schule", "anlage", "projekt", "zentrum"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view ending) { return folded.ends_with(ending); });
}

// Names and what joins them: no verb, nothing that happens.
bool are_names(const WordScan& scan, std::size_t begin, std::size_t end) {
  if (begin >= end || !(scan.words[end - 1].capital || scan.words[end - 1].digit)) return false;
  for (std::size_t i = begin; i < end; ++i) {
    const std::string_view folded = scan.folded_word(i);
    if (is_thing_by_ending(folded) || !(scan.words[i].capital || scan.words[i].digit || joins_body(folded)))
      return false;
  }
  return true;
}

}  // namespace

PressName press_from(const WordScan& scan, std::size_t first, std::size_t limit) {
  std::size_t end = first;
  const std::size_t last = words_to(scan, first, limit);
  while (end < last && (end == first || scan.words[end].gap < Gap::kComma)) ++end;
  if (end == first || end - first > kMostWords) return {};
  for (std::size_t i = first; i < end; ++i) {
    const ListMatch found = list_match(press_table(), scan, i, kAllLanguages);
    if (found.words == 0) continue;
    const auto kind = static_cast<Press>(found.flag);
    const bool begins = i == first, ends = i + found.words == end;
    if (kind == Press::kAgency && begins && ends) return {end, true};
    if (kind == Press::kOffice && (begins || ends)) return {end, true};
    const bool may_begin = kind == Press::kBody || kind == Press::kBodyAny;
    const bool may_end = kind == Press::kBodyLast || kind == Press::kBodyAny;
    if (may_begin && begins && are_names(scan, i + found.words, end)) return {end, false};
    if (may_end && ends && are_names(scan, first, i)) return {end, false};
    i += found.words - 1;
  }
  return {};
}

std::size_t no_name_to(const WordScan& scan, std::size_t first, std::size_t limit) {
  const std::size_t last = words_to(scan, first, limit);
  const std::size_t words = first < last ? no_names().longest_at(scan, first).words : 0;
  if (words == 0) return 0;
  // "Dr. Anna Smith" is somebody.
  if (scan.folded_word(first) == "dr" && !scan.words[first].all_upper) return 0;
  const std::size_t end = first + words;
  return end >= last || scan.words[end].gap >= Gap::kAbbreviation ? end : 0;
}

std::size_t thanks_from(const WordScan& scan, std::size_t first) {
  return first < scan.words.size() ? thanks_table().longest_at(scan, first).words : 0;
}

bool is_camera(const WordScan& scan, std::size_t first, std::size_t limit) {
  const std::size_t end = words_to(scan, first, limit);
  const std::size_t maker = first < end ? camera_makers().longest_at(scan, first).words : 0;
  if (maker == 0 || end - first > kMostWords) return false;
  return first + maker == end || std::any_of(scan.words.begin() + static_cast<std::ptrdiff_t>(first),
                                             scan.words.begin() + static_cast<std::ptrdiff_t>(end),
                                             [](const Word& word) { return word.digit || word.number; });
}

bool is_kin_word(const WordScan& scan, std::size_t index) {
  static constexpr std::string_view kKin[] = {"sohn",      "tochter",   "mutter",  "vater",    "bruder",
                                              "schwester", "ehefrau",   "ehemann", "freund",   "freundin",
                                              "nachbar",   "nachbarin", "kollege", "kollegin", "enkel"};
  return std::find(std::begin(kKin), std::end(kKin), scan.folded_word(index)) != std::end(kKin);
}

bool is_german_noun(std::string_view folded) {
  static constexpr std::string_view kEndings[] = {
      "ung",    "heit",  "keit",    "schaft", "tion",  "bahn",   "tag",   "bau",
      "weg",    "ende",  "chen",    "isch",   "ische", "anlage", "linie", "projekt",
      "stelle", "platz", "strasse", "brucke", "halle", "schule", "markt", "garten",
      "amt",    "werk",  "zentrum", "saal",   "turm",  "ufer",   "netz"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view ending) { return folded.ends_with(ending); });
}

}  // namespace copytaster
