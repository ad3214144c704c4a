#include "processors/quote_works.h"

#include <algorithm>

#include "processors/cue_verbs.h"

namespace copytaster {
namespace {

constexpr std::size_t kVerbWords = 6;     // from the verb to the marks: "read to the children of our town"
constexpr std::size_t kLongest = 25;      // words of a title or a verse
constexpr std::size_t kWritingWords = 8;  // from "the banner" to the marks

enum class Work : std::uint8_t {
  kSung = 1,      // a work whatever follows
  kRead = 2,      // a colon makes it a statement
  kSoCalled = 3,  // right before the marks
  kWriting = 4,   // what is read there are words, no work
};

const PhraseTable& work_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Work::kSung),
       {{"en",
         "sang|sing|sings|singing|sung|recited|recites|reciting|"
         "watched|watching|screened|entitled|titled|hummed"},
        {"fr",
         "chante|chanté|chantent|chantait|chantaient|chantons|chanter|chantant|interprété|interprète|récité|"
         "intitulé|intitulée|intitulés"},
        {"uk", "співа*|заспіва*|проспіва*|під назвою|виконав|виконала|виконали"},
        {"de",
         "sang|singt|sangen|singen|gesungen|spielte|spielten|gespielt|aufgeführt|rezitierte|mit dem titel|"
         "unter dem titel"},
        {"es",
         "cantó|canta|cantaron|cantan|cantamos|cantado|cantar|cantando|interpretó|interpretaron|recitó|"
         "titulado|titulada|titula"},
        {"it",
         "canta|cantano|cantato|cantava|cantavano|cantare|cantando|suonato|interpretato|recitato|intitolato|"
         "intitolata|dal titolo"},
        {"pl",
         "śpiewał*|zaśpiewał*|śpiewa|śpiewają|śpiewaliśmy|zaśpiewaliśmy|zagrał*|recytował*|zatytułowan*|"
         "pod tytułem"},
        {"pt",
         "cantou|canta|cantaram|cantam|cantámos|cantar|cantando|interpretou|interpretaram|recitou|intitulado|"
         "intitulada"},
        {"nl", "zong|zingt|zongen|zingen|gezongen|speelde|speelden|gespeeld|opgevoerd|getiteld|met de titel"},
        {"el",
         "τραγούδησε|τραγούδησαν|τραγουδά|τραγουδούν|τραγουδάει|τραγουδήσαμε|ερμήνευσε|ερμήνευσαν|"
         "με τίτλο"}}},
      {static_cast<std::uint8_t>(Work::kRead),
       {{"en", "read|reads|reading|performed|performs|performing|played|playing"},
        {"fr", "lu|lire|lisait|lisent|lisons"},
        {"uk", "чита*|прочита*"},
        {"de", "las|lasen|lesen|liest|gelesen|vorgelesen"},
        {"es", "leí|leyó|lee|leímos|leyeron|leído|leer|leyendo|leen"},
        {"it", "letto|leggono|leggiamo|leggere|leggendo|lessi"},
        {"pl", "czytał*|przeczytał*|czyta|czytają|czytaliśmy|przeczytaliśmy"},
        {"pt", "li|leu|lemos|leram|lido|ler|lendo"},
        {"nl", "las|leest|lazen|lezen|gelezen|voorgelezen"},
        {"el", "διάβασε|διάβασα|διαβάζει|διάβασαν|διαβάσαμε|διαβάζω"}}},
      {static_cast<std::uint8_t>(Work::kSoCalled),
       {{"en",
         "is called|was called|are called|were called|is named|was named|are named|were named|so called"},
        {"fr",
         "s appelle|s appelait|s appellera|s appellent|baptisé|baptisée|soi "
         "disant|prétendu|prétendue|prétendus|prétendues"},
        {"uk", "називається|називаються|назвали|має назву|так зван*"},
        {"de",
         "heißt|heißen|sogenannte|sogenannten|sogenannter|sogenanntes|sogenanntem|angebliche|angeblichen|"
         "vermeintliche|"
         "vermeintlichen"},
        {"es",
         "se llama|se llaman|se llamaba|se llamará|bautizado|bautizada|el llamado|la llamada|los "
         "llamados|las llamadas|del llamado|al llamado|supuesto|supuesta|supuestos|"
         "supuestas|mal llamado|mal llamada|mal llamados"},
        {"it",
         "si chiama|si chiamano|si chiamava|si "
         "chiamerà|battezzato|battezzata|cosiddetto|cosiddetta|cosiddetti|cosiddette|sedicente|sedicenti"},
        {"pl", "nazywa się|nazywają się|nosi nazwę|tak zwan*|tzw"},
        {"pt",
         "chama se|se chama|chamam se|se chamam|batizado|batizada|o chamado|a chamada|os chamados|as "
         "chamadas|do chamado|da chamada|dos chamados|das chamadas|"
         "suposto|supostos|suposta|supostas"},
        {"nl", "heet|heten|heette|zogenaamde|zogeheten|zogenoemde"},
        {"el", "ονομάζεται|ονομάζονται|λέγεται|λεγόμεν*|αποκαλούμεν*|δήθεν"}}},
      {static_cast<std::uint8_t>(Work::kWriting),
       {{"en",
         "sign*|banner*|statement|letter|letters|plaque|caption|message|messages|note|headline*|placard*|"
         "poster*|inscription|tweet|post|text|texts|aloud|paper|email|slogan|signs|out|resolution|board|"
         "shirt*|sticker*"}}},
  });
  return kTable;
}

}  // namespace

// Of the signs between the word before the marks and them.
bool NamedWorks::leads_with(std::size_t first, std::string_view signs) const {
  const std::size_t begin = first > 0 ? scan_.words[first - 1].end : 0;
  return ground_.text.substr(begin, scan_.words[first].begin - begin).find_first_of(signs) !=
         std::string_view::npos;
}

bool NamedWorks::is_work(WordRange cue, std::size_t first, std::size_t last) const {
  if (first >= last || last - first > kLongest || ground_.languages == kAllLanguages)
    return false;  // "las", "sang" are mere letters
  // "was called “…” by Odile Marchal"
  const bool by = last < scan_.words.size() && gap(last) == Gap::kOther && scan_.folded_word(last) == "by";
  return (first > 0 && ((follows_so_called(first) && !by) || is_performed(cue, first))) ||
         is_performed_behind(cue, first, last);
}

// Nothing but the marks between: "so-called “experts”".
bool NamedWorks::follows_so_called(std::size_t first) const {
  for (std::size_t words = 1; words <= 2 && words <= first; ++words) {
    if (words == 2 && gap(first - 1) > Gap::kApostrophe) break;
    const ListMatch match = list_match(work_table(), scan_, first - words, ground_.languages);
    if (match.words == words && match.flag == static_cast<std::uint8_t>(Work::kSoCalled))
      return !leads_with(first, ":.!?");
  }
  return false;
}

bool NamedWorks::is_performed(WordRange cue, std::size_t first) const {
  if (leads_with(first, ".!?;\n")) return false;
  for (std::size_t i = first; i-- > 0 && first - i <= kVerbWords;) {
    if (i + 1 < first && gap(i + 1) > Gap::kApostrophe) return false;
    const ListMatch work = list_match(work_table(), scan_, i, ground_.languages);
    if (work.flag == static_cast<std::uint8_t>(Work::kSung) && work.words > 0) return true;
    if (work.flag == static_cast<std::uint8_t>(Work::kRead) && work.words > 0)
      return !leads_with(first, ":,") && !tells_of_writing(i, first);
    if (i >= cue.begin && i < cue.end) return false;
  }
  return false;
}

bool NamedWorks::tells_of_writing(std::size_t begin, std::size_t first) const {
  for (std::size_t i = begin - std::min(begin, kWritingWords); i < first; ++i) {
    const ListMatch work = list_match(work_table(), scan_, i, ground_.languages);
    if (work.words > 0 && work.flag == static_cast<std::uint8_t>(Work::kWriting)) return true;
  }
  return false;
}

// "„…“ vorgelesen", "“…”, sang the choir".
bool NamedWorks::is_performed_behind(WordRange cue, std::size_t first, std::size_t last) const {
  if (!cue.empty() && (cue.begin >= last || cue.end == first)) return false;
  for (std::size_t i = last; i < last + 3 && i < scan_.words.size(); ++i) {
    if (gap(i) >= Gap::kStop && i > last) return false;
    if (gap(i) == Gap::kLine || scan_.words[i].capital) return false;
    const ListMatch work = list_match(work_table(), scan_, i, ground_.languages);
    if (work.words > 0 &&
        (work.flag == static_cast<std::uint8_t>(Work::kSung) || scan_.folded_word(i).ends_with("gelesen") ||
         scan_.folded_word(i).ends_with("gelezen")))
      return true;
  }
  return false;
}

}  // namespace copytaster
