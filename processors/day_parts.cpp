// The small words around a day: processors/day_words.h.
#include <array>

#include "processors/day_words.h"

namespace copytaster {
namespace {

constexpr std::uint8_t flag_of(WhichDay which) { return static_cast<std::uint8_t>(which); }

const PhraseTable& before_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{flag_of(WhichDay::kThis),
        {{"en", "this"},
         {"fr", "ce|cette"},
         {"uk", "цього|цієї|цей|цю|ці|цих"},
         {"de", "diesen|diese|dieser|diesem|dieses"},
         {"es", "este|esta"},
         {"it", "questo|questa"},
         {"pl", "ten|tę|tym|tego|tej|tą"},
         {"pt", "este|esta|neste|nesta|deste|desta"},
         {"nl", "deze|dit"},
         {"el", "αυτή|αυτό|αυτήν|αυτής"}}},
       {flag_of(WhichDay::kNext),
        {{"en", "next"},
         {"uk", "наступного|наступної|наступний|наступну|наступні|наступних"},
         {"de", "nächsten|nächste|nächster|nächstem|nächstes"},
         {"it", "prossimo|prossima"},
         {"pl",
          "następny|następną|następnym|następnego|następnej|przyszły|przyszłą|przyszłym|przyszłego|"
          "przyszłej"},
         {"nl", "volgende|volgend"},
         {"el", "επόμενη|επόμενο|επόμενης|επόμενου"}}},
       {flag_of(WhichDay::kComing),
        {{"en", "coming|upcoming"},
         {"uk", "найближчого|найближчої|найближчий|найближчу|найближчі|найближчих"},
         {"de", "kommenden|kommende|kommender|kommendem|kommendes"},
         {"es", "próximo|próxima"},
         {"pl", "najbliższy|najbliższą|najbliższym|najbliższej|najbliższego|nadchodzący|nadchodzącą"},
         {"pt", "próximo|próxima"},
         {"nl", "komende|aanstaande|aankomende"},
         {"el", "ερχόμενη|ερχόμενο|προσεχή|προσεχές"}}},
       {flag_of(WhichDay::kLast),
        {{"en", "last"},
         {"uk", "минулого|минулої|минулий|минулу|минулі|минулих"},
         {"de", "letzten|letzte|letzter|letztem|letztes|vorigen|vorige|voriger"},
         {"pl", "zeszły|zeszłą|zeszłym|zeszłego|zeszłej"},
         {"nl", "vorige|vorig"}}},
       {flag_of(WhichDay::kPast),
        {{"en", "past"},
         {"de", "vergangenen|vergangene|vergangener|vergangenem|vergangenes"},
         {"es", "pasado|pasada"},
         {"it", "scorso|scorsa"},
         {"pl", "ubiegły|ubiegłą|ubiegłym|ubiegłego|ubiegłej|miniony|minioną|minionym|minionego|minionej"},
         {"pt", "passado|passada"},
         {"nl", "afgelopen"},
         {"el", "περασμένη|περασμένο|περασμένης|προηγούμενη|προηγούμενο"}}}});
  return kTable;
}

const PhraseTable& after_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{flag_of(WhichDay::kNext), {{"fr", "prochain|prochaine"}, {"it", "prossimo|prossima"}}},
       {flag_of(WhichDay::kComing),
        {{"fr", "qui vient"},
         {"es", "próximo|próxima|que viene"},
         {"it", "che viene"},
         {"pt", "próximo|próxima|que vem"},
         {"nl", "aanstaande"}}},
       {flag_of(WhichDay::kPast),
        {{"fr", "dernier|dernière|passé|passée"},
         {"es", "pasado|pasada"},
         {"it", "scorso|scorsa"},
         {"pt", "passado|passada"},
         {"nl", "jongstleden"}}}});
  return kTable;
}

using PartTables = std::array<PhraseTable, static_cast<std::size_t>(DayPart::kTitled) + 1>;

PhraseTable list_of(std::initializer_list<WordList> lists) { return make_phrase_table({{1, lists}}); }

// What makes a day none (day_doubts.h).
template <typename Put>
void put_doubts(Put put) {
  put(DayPart::kOrdinal,
      {{"en", "first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|other|alternate|another"},
       {"fr", "premier|premiers|deuxième|second|troisième|quatrième|autre"},
       {"uk",
        "перший|першого|першої|першу|перша|другий|другого|другої|другу|друга|третій|третього|третьої|третю|"
        "четвертий|четвертого|четверту|останній|останнього|останньої|останню"},
       {"de",
        "ersten|erster|erste|zweiten|zweiter|zweite|dritten|dritter|dritte|vierten|vierter|vierte|anderen"},
       {"es", "primer|primero|primeros|segundo|tercer|tercero|cuarto|último|últimos|otro"},
       {"it", "primo|prima|secondo|seconda|terzo|terza|quarto|quarta|ultimo|ultima|altro"},
       {"pl",
        "pierwszy|pierwszą|pierwszego|pierwsza|drugi|drugą|drugiego|druga|trzeci|trzecią|trzeciego|czwarty|"
        "czwartą|czwartego|ostatni|ostatnią|ostatniego|ostatnia"},
       {"pt", "primeiro|primeira|segundo|segunda|terceiro|terceira|quarto|quarta|último|última|outra|outro"},
       {"nl", "eerste|tweede|derde|vierde|laatste|andere"},
       {"el", "πρώτη|πρώτο|πρώτης|δεύτερη|δεύτερο|δεύτερης|τρίτο|τελευταία|τελευταίο|τελευταίας"}});
  put(DayPart::kUsually,
      {{"en", "usually|normally|generally|regularly|always|typically|weekly|ordinarily"},
       {"fr", "habituellement|d'habitude|d'ordinaire|normalement|généralement|régulièrement|toujours"},
       {"uk", "зазвичай|звичайно|регулярно|завжди|щотижня|як правило"},
       {"de", "gewöhnlich|normalerweise|üblicherweise|immer|regelmäßig|jeweils|sonst"},
       {"es", "habitualmente|normalmente|generalmente|siempre|de costumbre|suele|suelen"},
       {"it", "di solito|solitamente|abitualmente|normalmente|generalmente|sempre"},
       {"pl", "zwykle|zazwyczaj|normalnie|zawsze|regularnie|przeważnie"},
       {"pt", "habitualmente|normalmente|geralmente|sempre|costuma|costumam"},
       {"nl", "gewoonlijk|normaal|meestal|altijd|doorgaans|wekelijks"},
       {"el", "συνήθως|πάντα|κανονικά|τακτικά"}});
  put(DayPart::kVersion, {{"en", "version|v|release|build|firmware|patch"},
                          {"fr", "version|logiciel|firmware"},
                          {"uk", "версія|версії|версію|прошивка"},
                          {"de", "version|release|firmware|auflage"},
                          {"es", "versión|firmware"},
                          {"it", "versione|firmware"},
                          {"pl", "wersja|wersji|wersję|wersją"},
                          {"pt", "versão|firmware"},
                          {"nl", "versie|firmware"},
                          {"el", "έκδοση|έκδοσης"}});
  put(DayPart::kNumbered,
      {{"en",
        "chapter|chapters|section|page|pages|room|figure|table|team|volume|part|platform|gate|unit|article|"
        "act|"
        "episode|season|level|grade|line|bus|route|tram|flat|apartment|lot|item|question|number|lesson|group|"
        "class|phase|step|stage|round|lap|zone|verse|paragraph|exercise|lane|pier|block|floor|store"}});
  put(DayPart::kTitled,
      {{"en",
        "film|movie|song|album|book|novel|play|series|show|musical|sang|sings|sing|sung|titled|entitled|"
        "called|hit|classic|exhibition"},
       {"fr",
        "film|chanson|album|livre|roman|pièce|série|spectacle|chanté|chante|intitulé|intitulée|exposition"},
       {"uk", "фільм~|пісн~|альбом~|книг~|роман~|вистав~|серіал~|виставк~"},
       {"de", "film|lied|album|buch|roman|stück|serie|show|musical|sang|singt|titel|ausstellung"},
       {"es", "película|canción|disco|libro|novela|obra|serie|cantó|titulado|titulada|exposición"},
       {"it", "film|canzone|album|libro|romanzo|spettacolo|serie|cantato|intitolato|intitolata|mostra"},
       {"pl", "film~|piosenk~|album~|książk~|powieś~|sztuk~|serial~|wystaw~"},
       {"pt", "filme|canção|álbum|livro|romance|peça|série|cantou|intitulado|intitulada|exposição"},
       {"nl", "film|lied|liedje|album|boek|roman|toneelstuk|serie|zong|titel|tentoonstelling"},
       {"el", "ταινία|τραγούδι|δίσκος|βιβλίο|μυθιστόρημα|παράσταση|σειρά|έκθεση"}});
}

PartTables make_parts() {
  PartTables out;
  const auto put = [&](DayPart part, std::initializer_list<WordList> lists) {
    out[static_cast<std::size_t>(part)] = list_of(lists);
  };
  put_doubts(put);
  put(DayPart::kOf, {{"en", "of"}, {"es", "de|del"}, {"pt", "de|do"}, {"it", "di|del"}, {"el", "του"}});
  put(DayPart::kTo, {{"en", "to|until|till|through"},
                     {"fr", "au|à"},
                     {"uk", "по|до"},
                     {"de", "bis|bis zum"},
                     {"es", "al|a|hasta el"},
                     {"it", "al|all"},
                     {"pl", "do"},
                     {"pt", "a|ao|até"},
                     {"nl", "tot|tot en met|t m"},
                     {"el", "έως|ως|μέχρι"}});
  put(DayPart::kAt, {{"en", "at|from"},
                     {"fr", "à|dès|de|vers"},
                     {"uk", "о|об|з"},
                     {"de", "um|ab|gegen"},
                     {"es", "a las|a la|desde las"},
                     {"it", "alle|alle ore|ore|dalle|dalle ore|h"},
                     {"pl", "o|o godz|o godzinie|godz|od"},
                     {"pt", "às|pelas|à|a partir das"},
                     {"nl", "om|vanaf"},
                     {"el", "στις|στη|ώρα"}});
  put(DayPart::kOn, {{"en", "on|until|since|by"},
                     {"fr", "le|du|au"},
                     {"uk", "до|від"},
                     {"de", "am|vom|bis|ab|den|dem|zum|seit"},
                     {"es", "el|del|al|día"},
                     {"it", "il|del|dal|al"},
                     {"pl", "dnia|dniu|od|do"},
                     {"pt", "dia|em|no"},
                     {"nl", "op|vanaf|tot"},
                     {"el", "στις|την|τη|μέχρι"}});
  put(DayPart::kHours, {{"fr", "h|heures|heure"},
                        {"uk", "год|година|годині"},
                        {"de", "uhr|h"},
                        {"es", "h|horas|hrs"},
                        {"it", "h"},
                        {"pt", "h|horas"},
                        {"nl", "uur|u"}});
  put(DayPart::kEvery, {{"en", "every|each|any|most"},
                        {"fr", "chaque|tout|un"},
                        {"uk", "кожен|кожної|кожного|кожну|щоразу"},
                        {"de", "jeden|jeder|jedem|jede|eines|einem|einen"},
                        {"es", "cada|todo|todos los|un"},
                        {"it", "ogni|un|una"},
                        {"pl", "każdy|każdą|każdego|każdej|co"},
                        {"pt", "cada|todo|toda|um|uma"},
                        {"nl", "elke|iedere|een"},
                        {"el", "κάθε|μια|μία"}});
  put(DayPart::kOfThe, {{"en", "of|in|before|after"},
                        {"fr", "du|de|d|avant|après"},
                        {"uk", "місяця"},
                        {"de", "im|des|vor|nach"},
                        {"es", "de|del|antes"},
                        {"it", "di|del|dell|prima"},
                        {"pl", "miesiąca"},
                        {"pt", "de|do|da|antes"},
                        {"nl", "van|in|voor"},
                        {"el", "του|της|πριν"}});
  put(DayPart::kFigurative, {{"en", "of"},
                             {"fr", "de|d"},
                             {"de", "von"},
                             {"es", "de|del"},
                             {"it", "di|d|del"},
                             {"pt", "de|do"},
                             {"nl", "van"},
                             {"el", "του|της|το"}});
  put(DayPart::kMorning,
      {{"de", "guten|guter|am|jeden|jeder|der|den|diesen|dieser|heute|gestern|schönen|einen|ein|zum"},
       {"es", "la|las|esta|una|cada|toda|buena|el|un"},
       {"nl", "goede|goeie|de|deze|elke|iedere|een|s|in"}});
  put(DayPart::kArticle, {{"en", "the"},
                          {"fr", "le"},
                          {"de", "den|dem|der"},
                          {"es", "día|el"},
                          {"it", "il"},
                          {"pl", "dnia"},
                          {"pt", "dia"},
                          {"nl", "de"},
                          {"el", "την|τη|το|η|της|στις"}});
  put(DayPart::kDayTime, {{"en", "morning|afternoon|evening|night"},
                          {"fr", "soir|matin|midi|après-midi"},
                          {"uk", "вранці|ввечері|увечері|вдень|зранку"},
                          {"de", "abend|morgen|nachmittag|vormittag|mittag|früh"},
                          {"es", "por la mañana|por la tarde|por la noche"},
                          {"it", "sera|mattina|pomeriggio"},
                          {"pl", "rano|wieczorem|po południu"},
                          {"pt", "de manhã|à tarde|à noite"},
                          {"nl", "avond|ochtend|middag"},
                          {"el", "το πρωί|το απόγευμα|το βράδυ|το μεσημέρι"}});
  return out;
}

constexpr std::uint8_t kWillBe = 1, kWas = 2;

const PhraseTable& tense_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{kWillBe,
        {{"en", "will|shall|join us|see you|going to|is to|are to|i'll|we'll|it'll|don't miss|come along"},
         {"fr",
          "rendez-vous|sera|seront|serai|aura|auront|va|vont|allons|rejoignez|venez|accueillerons|"
          "accueillera|ouvrira|commencera|débutera|à venir"},
         {"uk",
          "буде|будуть|будемо|відбудеться|відбудуться|запрошую|запрошуємо|почнеться|розпочнеться|"
          "чекаємо|відкриємо|стартує"},
         {"de", "wird|werden|werde|findet statt|laden|lade|einladung|kommt vorbei|sehen uns|freue mich auf"},
         {"es",
          "será|serán|habrá|tendrá|celebrará|inaugurará|vamos a|va a|nos vemos|os esperamos|"
          "les esperamos|comenzará|abrirá"},
         {"it",
          "sarà|saranno|avrà|ci vediamo|vi aspetto|vi aspettiamo|appuntamento|inizierà|aprirà|si terrà"},
         {"pl", "będzie|będą|zapraszam|zapraszamy|odbędzie|odbędą|spotykamy|widzimy|rozpocznie|zacznie"},
         {"pt", "será|serão|haverá|terá|vamos|vai|vão|esperamos|começará|decorrerá|abrirá"},
         {"nl", "zal|zullen|wordt|worden|tot ziens|kom|komt|gaan|uitgenodigd"},
         {"el", "θα|σας περιμένουμε|ραντεβού|ελάτε"}}},
       {kWas,
        {{"en",
          "was|were|met|had|did|visited|opened|said|told|went|took|came|held|attended|signed|welcomed|"
          "spoke|began|died|won|launched"},
         {"fr", "a été|ont été|était|étaient|avons|avait|s'est|se sont|a eu"},
         {"uk",
          "був|була|було|були|відбулася|відбувся|відбулося|відбулись|зустрівся|зустрілася|відвідав|"
          "відвідала|відкрили|провели"},
         {"de", "war|waren|wurde|wurden|hatte|hatten|fand statt|habe|haben"},
         {"es",
          "fue|fueron|estuvo|estuve|estuvimos|hubo|ha sido|han sido|visité|visitamos|celebró|inauguramos"},
         {"it", "è stato|è stata|sono stati|sono state|abbiamo|ho|era|erano|hanno"},
         {"pl", "był|była|było|byli|były|odbyło|odbyła|odbył|spotkałem|spotkałam|spotkaliśmy|otworzyliśmy"},
         {"pt", "foi|foram|esteve|estive|estivemos|houve|visitei|visitámos|visitamos|inaugurámos"},
         {"nl", "was|waren|werd|werden|had|hadden|heb|hebben|heeft|bezocht"},
         {"el", "ήταν|έγινε|έγιναν|πραγματοποιήθηκε|είχαμε|είχα|συναντήθηκα|επισκέφθηκα|επισκεφθήκαμε"}}}});
  return kTable;
}

Which which_of(ListMatch match) {
  return match.words == 0 ? Which{} : Which{static_cast<WhichDay>(match.flag), match.words};
}

}  // namespace

Which which_before(const WordScan& scan, std::size_t index, LanguageSet languages) {
  if (index == 0 || scan.words[index].gap > Gap::kSpace) return {};
  Which found = which_of(list_match(before_table(), scan, index - 1, languages));
  if (found.words == 1) return found;
  // "αυτή την Παρασκευή"
  if (languages != language_bit("el") || index < 2 || scan.words[index - 1].gap > Gap::kSpace) return {};
  if (day_part_at(DayPart::kArticle, scan, index - 1, languages) == 0) return {};
  found = which_of(list_match(before_table(), scan, index - 2, languages));
  if (found.words == 1) found.words = 2;
  return found;
}

Which which_after(const WordScan& scan, std::size_t index, LanguageSet languages) {
  if (index >= scan.words.size() || scan.words[index].gap > Gap::kSpace) return {};
  return which_of(list_match(after_table(), scan, index, languages));
}

std::uint32_t day_part_at(DayPart part, const WordScan& scan, std::size_t index, LanguageSet languages) {
  static const PartTables kTables = make_parts();
  if (index >= scan.words.size()) return 0;
  return list_match(kTables[static_cast<std::size_t>(part)], scan, index, languages).words;
}

int tense_at(const WordScan& scan, std::size_t index, LanguageSet languages) {
  const ListMatch match = list_match(tense_table(), scan, index, languages);
  if (match.words == 0) return 0;
  return match.flag == kWillBe ? 1 : -1;
}

}  // namespace copytaster
