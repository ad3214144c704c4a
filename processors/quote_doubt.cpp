#include "processors/quote_doubt.h"

#include <algorithm>
#include <iterator>

namespace copytaster {
namespace {

constexpr std::size_t kNegationReach = 3;  // words before the verb: "ne l'a pas dit", "hat das nicht gesagt"

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
constexpr std::string_view kNegations[] = {"not",    "never", "t",  "nicht",  "nie",   "niemals", "pas",
                                           "jamais", "non",   "no", "nunca",  "jamas", "nao",     "niet",
                                           "nooit",  "nigdy", "не", "ніколи", "δεν",   "δε",      "ποτε"};
constexpr std::string_view kOnly[] = {"only",   "just", "nur",    "bloss", "seulement", "solo",   "soltanto",
                                      "apenas", "so",   "alleen", "tylko", "лише",      "тільки", "μονο"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// "No, said the mayor" and "Mayor said no": in English the word denies no verb.
bool negates(const QuoteGround& ground, std::size_t i) {
  const std::string_view word = ground.scan.folded_word(i);
  if (!is_one_of(word, kNegations)) return false;
  if (word == "t" && ground.scan.words[i].gap != Gap::kApostrophe) return false;  // "a-t-elle dit"
  if (word == "no" && (ground.languages & language_bit("es")) == 0) return false;
  return i + 1 >= ground.scan.words.size() || !is_one_of(ground.scan.folded_word(i + 1), kOnly);
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

bool is_possessor(const WordScan& scan, WordRange name) {
  static constexpr std::string_view kPeople[] = {
      "spokesman", "spokeswoman", "spokesperson", "lawyer",  "attorney", "aide",           "deputy",
      "son",       "daughter",    "wife",         "husband", "mother",   "father",         "brother",
      "sister",    "team",        "office",       "adviser", "advisor",  "representative", "assistant"};
  return !name.empty() && name.end + 1 < scan.words.size() && scan.folded_word(name.end) == "s" &&
         scan.words[name.end].gap == Gap::kApostrophe && scan.words[name.end + 1].gap == Gap::kSpace &&
         is_one_of(scan.folded_word(name.end + 1), kPeople);
}

bool is_denied(const QuoteGround& ground, WordRange cue) {
  if (cue.empty()) return false;
  const WordScan& scan = ground.scan;
  for (std::size_t i = cue.begin; i-- > 0 && cue.begin - i <= kNegationReach;) {
    if (scan.words[i + 1].gap > Gap::kApostrophe) break;
    if (negates(ground, i)) return true;
  }
  return cue.end < scan.words.size() && scan.words[cue.end].gap == Gap::kSpace && negates(ground, cue.end);
}

}  // namespace copytaster
