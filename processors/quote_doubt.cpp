#include "processors/quote_doubt.h"

#include <algorithm>
#include <iterator>

namespace copytaster {
namespace {

// Folded. What carries the names of the dead. Not "школи" and "szkoły": a role ends so, before the name of
// whoever has it; nor what stands before a name in English.
constexpr std::string_view kNamedBefore[] = {
    "lycee",       "ecole",      "rue",         "avenue",     "place",      "boulevard", "hopital",
    "stade",       "gymnase",    "fondation",   "universite", "aeroport",   "pont",      "quai",
    "square",      "scuola",     "liceo",       "via",        "piazza",     "ospedale",  "istituto",
    "stadio",      "teatro",     "fondazione",  "aeroporto",  "viale",      "colegio",   "instituto",
    "escuela",     "calle",      "plaza",       "hospital",   "avenida",    "fundacion", "estadio",
    "universidad", "aeropuerto", "escola",      "rua",        "praca",      "fundacao",  "liceu",
    "agrupamento", "ponte",      "basisschool", "lyceum",     "ziekenhuis", "straat",    "plein",
    "ulica",       "ulicy",      "placu",       "im",         "imienia",    "вулиця",    "вулиці",
    "площа",       "площі",      "ім",          "імені",      "οδοσ",       "οδου",      "πλατεια",
    "πλατειασ",    "gymnasium",  "klinikum"};
// And what stands behind them.
constexpr std::string_view kNamedBehind[] = {
    "school",  "college",  "hospital", "street",   "road",       "avenue", "square", "bridge",    "library",
    "airport", "centre",   "center",   "academy",  "foundation", "park",   "schule", "gymnasium", "strasse",
    "platz",   "stiftung", "klinik",   "klinikum", "straat",     "plein",  "college"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

}  // namespace

bool is_named_after(const WordScan& scan, WordRange name) {
  if (name.empty()) return false;
  if (name.begin > 0 && scan.words[name.begin].gap <= Gap::kAbbreviation) {
    if (is_one_of(scan.folded_word(name.begin - 1), kNamedBefore)) return true;
    if (name.begin > 1 && is_name_particle(scan.folded_word(name.begin - 1)) &&
        is_one_of(scan.folded_word(name.begin - 2), kNamedBefore))
      return true;
  }
  if (name.size() > 1 && is_one_of(scan.folded_word(name.end - 1), kNamedBehind)) return true;
  return name.end < scan.words.size() &&
         (scan.words[name.end].gap == Gap::kSpace || scan.words[name.end].gap == Gap::kHyphen) &&
         is_one_of(scan.folded_word(name.end), kNamedBehind);
}

bool is_korean_ending(std::string_view word) {
  static constexpr std::string_view kEndings[] = {"고", "라고", "며", "라며", "이라고", "이라며", "면서"};
  return std::find(std::begin(kEndings), std::end(kEndings), word) != std::end(kEndings);
}

bool is_possessor(const WordScan& scan, WordRange name) {
  static constexpr std::string_view kPeople[] = {
      "spokesman", "spokeswoman", "spokesperson", "lawyer",  "attorney", "aide",           "deputy",
      "son",       "daughter",    "wife",         "husband", "mother",   "father",         "brother",
      "sister",    "team",        "office",       "adviser", "advisor",  "representative", "assistant"};
  return !name.empty() && name.end + 1 < scan.words.size() && scan.folded_word(name.end) == "s" &&
         scan.words[name.end].gap == Gap::kApostrophe && scan.words[name.end + 1].gap == Gap::kSpace &&
         is_one_of(scan.folded_word(name.end + 1), kPeople);
}

}  // namespace copytaster
