#include "processors/mentions_bodies.h"

#include "core/strings.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr Body kBodies[] = {
    {"European Union", "wikidata:Q458",
     "European Union|Union européenne|Європейськ~ Союз~|Євросоюз~|Європейського Союзу|Europäische "
     "Union|Europäischen Union|"
     "Unión Europea|Unione europea|Unia Europejska|Unii Europejskiej|Unię Europejską|União Europeia|Europese "
     "Unie|"
     "Ευρωπαϊκή Ένωση|Ευρωπαϊκής Ένωσης"},
    {"European Commission", "wikidata:Q8880",
     "European Commission|Commission européenne|Європейськ~ комісі~|Єврокомісі~|Europäische "
     "Kommission|Europäischen Kommission|"
     "EU-Kommission|Comisión Europea|Commissione europea|Komisja Europejska|Komisji Europejskiej|Comissão "
     "Europeia|"
     "Europese Commissie|Ευρωπαϊκή Επιτροπή|Κομισιόν"},
    {"European Parliament", "wikidata:Q8889",
     "European Parliament|Parlement européen|Європейськ~ парламент~|Європарламент~|Europäisches Parlament|"
     "Europäischen Parlament|Europaparlament|Parlamento Europeo|Parlamento europeo|Parlament Europejski|"
     "Parlamencie Europejskim|Parlamento Europeu|Europees Parlement|Ευρωπαϊκό Κοινοβούλιο|Ευρωκοινοβούλιο"},
    {"United Nations", "wikidata:Q1065",
     "United Nations|Nations unies|Nations Unies|ONU|ООН|Vereinte Nationen|Vereinten Nationen|Naciones "
     "Unidas|"
     "Nazioni Unite|ONZ|Narody Zjednoczone|Nações Unidas|Verenigde Naties|Ηνωμένα Έθνη|Ηνωμένων Εθνών|ΟΗΕ"},
    {"NATO", "wikidata:Q7184", "NATO|OTAN|НАТО|ΝΑΤΟ"},
    {"Council of Europe", "wikidata:Q8908",
     "Council of Europe|Conseil de l'Europe|Рад~ Європи|Europarat|Consejo de Europa|Consiglio d'Europa|Rada "
     "Europy|"
     "Conselho da Europa|Raad van Europa|Συμβούλιο της Ευρώπης"},
    {"UNESCO", "wikidata:Q7809", "UNESCO|Unesco|ЮНЕСКО|ΟΥΝΕΣΚΟ"},
    {"UNICEF", "wikidata:Q740308", "UNICEF|Unicef|ЮНІСЕФ"},
    {"World Health Organization", "wikidata:Q7817",
     "World Health Organization|World Health Organisation|Organisation mondiale de la santé|ВООЗ|"
     "Weltgesundheitsorganisation|Organización Mundial de la Salud|Organizzazione mondiale della sanità|"
     "Światowa Organizacja Zdrowia|Organização Mundial da Saúde|Wereldgezondheidsorganisatie|"
     "Παγκόσμιος Οργανισμός Υγείας"},
    {"OSCE", "wikidata:Q81299", "OSCE|ОБСЄ|OSZE|OBWE|OVSE|ΟΑΣΕ"},
    {"Red Cross", "",
     "Red Cross|Croix-Rouge|Червон~ Хрест~|Червоного Хреста|Rotes Kreuz|Roten Kreuz|Roten Kreuzes|Cruz Roja|"
     "Croce Rossa|Czerwony Krzyż|Czerwonego Krzyża|Cruz Vermelha|Rode Kruis|Ερυθρός Σταυρός|Ερυθρού Σταυρού"},
    {"Eurocities", "", "Eurocities|EUROCITIES"},
};

}  // namespace

std::span<const Body> known_bodies() { return kBodies; }

const PhraseTable& body_table() {
  static const PhraseTable kTable = [] {
    PhraseBuilder builder;
    for (std::uint32_t i = 0; i < std::size(kBodies); ++i) {
      for (const std::string_view name : split(kBodies[i].names, '|')) builder.add(fold_phrase(name), i);
    }
    return builder.build();
  }();
  return kTable;
}

}  // namespace copytaster
