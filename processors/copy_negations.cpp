// The words that turn a sentence round, in the languages that officials here write in. A list by hand, from
// each language's grammar: particles, negative pronouns and adverbs, "without", "hardly", verbs of failing;
// and what says of a text that it is not true. Folded as by fold_phrase.
#include <array>

#include "core/strings.h"
#include "processors/copy_diff.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr auto kNegations = std::to_array<std::string_view>({
    "aucun",     "aucune",   "bez",       "cancelled", "cannot",        "fara",
    "geen",      "ikke",     "ingen",     "inte",      "jamais",        "jamas",
    "kein",      "keine",    "keinem",    "keinen",    "keiner",        "keines",
    "keinerlei", "nao",      "ne",        "nem",       "nenhum",        "nenhuma",
    "nessun",    "nessuna",  "nessuno",   "never",     "nicht",         "nichts",
    "nie",       "niemals",  "niemand",   "niet",      "niets",         "nigdy",
    "ninguna",   "ninguno",  "ningun",    "no",        "non",           "not",
    "nunca",     "ohne",     "pas",       "sans",      "sem",           "senza",
    "sin",       "t",        "without",   "hardly",    "barely",        "scarcely",
    "kaum",      "unless",   "fails",     "failed",    "refuses",       "refused",
    "refuse",    "nothing",  "nobody",    "none",      "neither",       "nor",
    "nu",        "nimic",    "degil",     "yok",       "yoktur",        "nincs",
    "nincsenek", "neni",     "nejsou",    "nelze",     "nejde",         "ni",
    "niso",      "nije",     "nisu",      "nisam",     "nav",           "nera",
    "ei",        "eivat",    "eikae",     "ingenting", "aldrig",        "aldri",
    "aldrei",    "engin",    "khong",     "chua",      "tidak",         "bukan",
    "belum",     "jangan",   "huwag",     "hapana",    "palibe",        "rien",
    "personne",  "niente",   "nulla",     "nada",      "nadie",         "ninguem",
    "nic",       "nikt",     "niczego",   "fake",      "false",         "hoax",
    "untrue",    "withdraw", "withdrawn", "retract",   "retracted",     "denies",
    "falso",     "falsa",    "bulo",      "desmiente", "desmentido",    "faux",
    "fausse",    "infox",    "dement",    "falsch",    "falschmeldung", "falschnachricht",
    "nieprawda", "falszywa", "falszywe",  "falszywy",  "dezinformacja", "boato",
    "smentisce", "smentita", "fals",      "falsk",     "nepravda",      "lazna",
    "lazno",     "yalan",    "yanlis",    "hamis",
});

// Scripts other than Latin; of those without spaces the characters.
constexpr auto kOthers = std::to_array<std::string_view>({
    "без",       "не",     "нема",    "немає",  "ні",       "ніколи", "нет",       "никога", "никогда",
    "няма",      "нельзя", "неможна", "ніхто",  "никто",    "нічого", "ничего",    "ледве",  "едва",
    "није",      "нису",   "фейк",    "брехня", "неправда", "ложь",   "фальшивка", "лъжа",   "невярно",
    "невистина", "δε",     "δεν",     "μη",     "μην",      "οχι",    "χωρισ",     "διχωσ",  "ποτε",
    "κανενασ",   "καμια",  "τιποτα",  "ουτε",   "ψευδεσ",   "ψευδησ", "ψεμα",      "ψεματα", "لا",
    "لم",        "لن",     "ليس",     "ليست",   "غير",      "بدون",   "دون",       "ولا",    "ولم",
    "ولن",       "وليس",   "ما",      "وما",    "كاذب",     "كاذبة",  "شائعة",     "اشاعة",  "مزيف",
    "نیست",      "نه",     "نمی",     "לא",     "אין",      "בלי",    "אינו",      "אינה",   "שקר",
    "नहीं",       "नही",    "न",       "मत",     "ना",       "कभी",    "झूठ",        "不",     "没",
    "無",        "无",     "未",      "非",     "否",       "勿",     "莫",        "别",     "않",
    "못",        "안",     "없",      "아니",   "ない",     "ません", "ไ่ม",        "ไม่",
});

}  // namespace

bool is_negation(std::string_view folded) {
  // Folded as texts are: Hindi's signs above and below the line are no letters.
  static const auto* const kAll = [] {
    auto* all = new StringSet(kNegations.begin(), kNegations.end());
    for (const std::string_view word : kOthers) all->insert(fold_phrase(word));
    return all;
  }();
  return kAll->contains(folded);
}

}  // namespace copytaster
