// The words that turn a sentence round, in the languages that officials here write in. A list by hand, from
// each language's grammar: particles, negative pronouns and adverbs, and "without". Folded as by fold_phrase.
#include <algorithm>
#include <array>

#include "processors/copy_diff.h"

namespace copytaster {
namespace {

// Sorted by bytes.
constexpr std::array kNegations = std::to_array<std::string_view>({
    "aucun",  "aucune", "bez",     "cancelled", "cannot",  "fara",    "geen",    "ikke",   "ingen", "inte",
    "jamais", "jamas",  "kein",    "keine",     "keinem",  "keinen",  "keiner",  "keines", "nao",   "ne",
    "nem",    "nenhum", "nenhuma", "nessun",    "nessuna", "nessuno", "never",   "nicht",  "nie",   "niemals",
    "niet",   "nigdy",  "ninguna", "ninguno",   "ningun",  "no",      "non",     "not",    "nunca", "ohne",
    "pas",    "sans",   "sem",     "senza",     "sin",     "t",       "without",
});

// Scripts other than Latin.
constexpr std::array kOthers = std::to_array<std::string_view>({
    "без", "не",  "нема", "немає", "ні",    "ніколи", "нет", "никога", "никогда", "няма", "δε",  "δεν",
    "μη",  "μην", "οχι",  "χωρισ", "διχωσ", "لا",     "لم",  "لن",     "ليس",     "ليست", "غير", "بدون",
    "دون", "ولا", "ولم",  "ولن",   "وليس",  "לא",     "אין", "בלי",    "不",      "没",   "無",
});

}  // namespace

bool is_negation(std::string_view folded) {
  if (folded.empty()) return false;
  const bool latin = static_cast<unsigned char>(folded.front()) < 0x80;
  if (latin) return std::ranges::find(kNegations, folded) != kNegations.end();
  return std::ranges::find(kOthers, folded) != kOthers.end();
}

}  // namespace copytaster
