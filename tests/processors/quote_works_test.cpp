// What is read, sung or only called so is no quotation.
#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

class QuoteWorks : public testing::QuoteSteps {};

TEST_F(QuoteWorks, WhatIsNamedIsNoQuotation) {
  expect_said({
      {"en", "The boat is called “Spirit of the old quay”.", {}},
      {"en", "The new boat was named “the spirit of the old quay”.", {}},
      {"en", "The show, titled “the spirit of the old quay”, opens today.", {}},
      {"en", "Our motto is “stronger together than alone”.", {}},
      {"fr", "Le bateau s'appelle « l'esprit du vieux quai ».", {}},
      {"fr", "Le spectacle intitulé « l'esprit du vieux quai » commence ce soir.", {}},
      {"fr", "Un bateau baptisé « l'esprit du vieux quai » est arrivé.", {}},
      {"de", "Das Boot heißt „der Geist vom alten Kai“.", {}},
      {"de", "Das Boot wurde „Geist vom alten Kai“ genannt.", {}},
      {"de", "Die Ausstellung mit dem Titel „vom alten Kai zum neuen Hafen“ beginnt.", {}},
      {"es", "El barco se llama «el espíritu del viejo muelle».", {}},
      {"es", "La obra titulada «el espíritu del viejo muelle» empieza hoy.", {}},
      {"it", "La barca si chiama «lo spirito del vecchio molo».", {}},
      {"it", "La mostra dal titolo «lo spirito del vecchio molo» apre oggi.", {}},
      {"pt", "O barco chama-se «o espírito do velho cais».", {}},
      {"nl", "De boot heet “de geest van de oude kade”.", {}},
      {"nl", "De boot wordt “de geest van de oude kade” genoemd.", {}},
      {"pl", "Łódź nazywa się „duch starego nabrzeża”.", {}},
      {"uk", "Човен називається «дух старої набережної».", {}},
      {"uk", "Човен назвали «дух старої набережної».", {}},
      {"el", "Το πλοίο ονομάζεται «το πνεύμα της παλιάς προβλήτας».", {}},
  });
}

TEST_F(QuoteWorks, ALawIsNoReading) {
  expect_said({{"it",
                "Il sindaco Ugo Neri ha detto della nuova legge «non la firmerò mai così».",
                {"Ugo Neri: non la firmerò mai così"}}});
}

TEST_F(QuoteWorks, WhatIsCalledSomethingBySomebodyStays) {
  expect_said({
      {"en", "The mayor called it “a shame for the whole town”.", {"The mayor: a shame for the whole town"}},
      {"fr",
       "La maire a parlé d'une « honte pour toute la ville ».",
       {"La maire: honte pour toute la ville"}},
      {"de",
       "Die Bürgermeisterin nannte es „eine Schande für die ganze Stadt“.",
       {"Die Bürgermeisterin: eine Schande für die ganze Stadt"}},
      {"en",
       "The plan was called “a shame for the whole town” by Ann Lee.",
       {": a shame for the whole town"}},
      {"en", "“It is called courage,” Ann Lee said.", {"Ann Lee: It is called courage,"}},
      {"uk", "Мер назвав план «ганьбою для всього міста».", {"Мер: ганьбою для всього міста"}},
      {"fr", "La maire l'appelle « la honte de toute la ville ».", {"La maire: la honte de toute la ville"}},
      {"es",
       "La alcaldesa lo llama «una vergüenza para la ciudad».",
       {"La alcaldesa: una vergüenza para la ciudad"}},
  });
}

TEST_F(QuoteWorks, WhatIsReadSungOrCalledSoIsNoQuotation) {
  expect_said({
      {"en", "I read \"The Old Ferry and the Fog\" to the children today.", {}},
      {"en", "I read “the old ferry that lived in the fog” to the children today.", {}},
      {"en", "Tom Reed sang \"Evening, all the lamps along the quay were burning low\".", {}},
      {"en", "The choir sang “we row across the bay tonight” on the square.", {}},
      {"en", "We watched “Farewell, Captain!” in the town hall.", {}},
      {"en", "The so-called \"experts\" said nothing.", {}},
      {"en", "Ann Lee spoke of the so-called \"experts\" in the ministry.", {}},
      {"en", "Ann Lee said the so-called “experts” were wrong.", {}},
      {"fr", "Nous avons lu aux enfants « Le vieux bac et la brume ».", {}},
      {"fr", "J'ai lu aux enfants « Le petit bac de la rivière ».", {}},
      {"fr", "La chorale a chanté « Douce rive, vieux quai de mes dimanches ».", {}},
      {"fr", "Anne Petit a dit que les soi-disant « experts » avaient tort.", {}},
      {"de", "Ich habe den Kindern „Die alte Fähre und der Nebel“ vorgelesen.", {}},
      {"de", "Anna Klein las den Kindern „der kleine Wassermann am Fluss“ vor.", {}},
      {"de", "Der Chor sang „Die Boote sind fort, wer holt sie uns wieder“.", {}},
      {"de", "Anna Klein sagte, die sogenannten „Experten“ hätten unrecht.", {}},
      {"es", "Leí a los niños «El viejo barco y la niebla».", {}},
      {"es", "El coro cantó «Vuelve la barca que se fue de noche».", {}},
      {"es", "Ana Gil dijo que los llamados «expertos» se equivocaban.", {}},
      {"it", "Ho letto ai bambini «Il vecchio traghetto e la nebbia».", {}},
      {"it", "Il coro ha cantato «Remare nel buio verso la riva».", {}},
      {"it", "Anna Gatti ha detto che i cosiddetti «esperti» sbagliavano.", {}},
      {"pt", "Li às crianças «O velho barco e a névoa».", {}},
      {"pt", "O coro cantou «Barcola, velha ribeira, casa da minha avó».", {}},
      {"pt", "Ana Gil disse que os chamados «peritos» estavam errados.", {}},
      {"nl", "Ik las de kinderen “De oude pont en de mist” voor.", {}},
      {"nl", "Het koor zong “Aan de stille kade van ons dorp heb ik gewacht”.", {}},
      {"nl", "Anna Kok zei dat de zogenaamde “experts” ongelijk hadden.", {}},
      {"pl", "Przeczytałam dzieciom „Stary prom i mgła”.", {}},
      {"pl", "Chór zaśpiewał „Płyną łodzie i gasną światła na brzegu”.", {}},
      {"pl", "Anna Kos powiedziała, że tak zwani „eksperci” się mylili.", {}},
      {"uk", "Я прочитала дітям «Старий пором і туман».", {}},
      {"uk", "Хор заспівав «Ой за мостом зелена верба зажурилася».", {}},
      {"uk", "Анна Кос сказала, що так звані «експерти» помилялися.", {}},
      {"el", "Διάβασα στα παιδιά «Το παλιό πλοίο και η ομίχλη».", {}},
      {"el", "Η χορωδία τραγούδησε «Μία η βάρκα κι η ακτή μακρινή».", {}},
      {"el", "Η Άννα Κου είπε ότι οι λεγόμενοι «ειδικοί» έκαναν λάθος.", {}},
  });
}

TEST_F(QuoteWorks, WhatIsSaidOrReadAsAStatementStays) {
  expect_said({
      {"en", "\"We stay\", said Paul, and left.", {"Paul: We stay"}},
      {"en", "He said that \"the so-called experts\" were wrong.", {"He: the so-called experts"}},
      {"en",
       "Peter Dunn read from the statement: “We will rebuild the bridge together.”",
       {"Peter Dunn: We will rebuild the bridge together."}},
      {"en",
       "The sign reads: “No dogs on the grass after eight.”",
       {"The sign: No dogs on the grass after eight."}},
  });
}

}  // namespace
}  // namespace copytaster
