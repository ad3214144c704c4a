// Speech that was not made is no quotation, speech that was made beside such words is one.
#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

class QuoteUnsaid : public testing::QuoteSteps {};

TEST_F(QuoteUnsaid, IsNoQuotationInEnglish) {
  expect_said({
      {"en", "Peter Dunn did not say \"we are going to raise the taxes\".", {}},
      {"en", "Ann Lee never said: \"I will resign tomorrow morning.\"", {}},
      {"en", "If Peter Dunn said \"we will raise taxes next year\", I would resign.", {}},
      {"en", "If Peter Dunn says “we will raise taxes next year”, nobody will believe him.", {}},
      {"en", "Imagine Ann Lee saying: \"We close the school tomorrow morning.\"", {}},
      {"en", "Imagine Mayor Ann Lee saying \"we close the school tomorrow\".", {}},
      {"en", "Peter Dunn should have said: \"We are sorry for what happened.\"", {}},
      {"en", "Peter Dunn could have said “we are sorry for what happened”.", {}},
      {"en", "\"We are sorry for what happened,\" Peter Dunn should have said.", {}},
      {"en", "Ann Lee denied that she said \"I will resign\".", {}},
      {"en", "Ann Lee denied having said “I will resign tomorrow morning”.", {}},
      {"en", "Ann Lee denies ever saying “I will resign tomorrow morning”.", {}},
      {"en", "Peter Dunn refused to say “we are sorry”.", {}},
      {"en", "I wish Peter Dunn would say: “We are sorry for what happened.”", {}},
      {"en", "What if Ann Lee said: “We close the school tomorrow morning”?", {}},
      {"en", "Nobody said: “We close the school tomorrow morning.”", {}},
      {"en", "As if Ann Lee had said: “We close the school tomorrow morning.”", {}},
      {"en", "Had Peter Dunn said “we will raise taxes next year”, I would have resigned.", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInFrench) {
  expect_said({
      {"fr", "Paul Petit n'a jamais dit : « nous allons fermer cette école ».", {}},
      {"fr", "Si Paul Petit disait « nous allons fermer cette école », je partirais.", {}},
      {"fr", "Imaginez Paul Petit dire : « Nous allons fermer cette école demain. »", {}},
      {"fr", "Imaginez Paul Petit disant : « Nous allons fermer cette école demain. »", {}},
      {"fr", "Paul Petit aurait dû dire : « Nous sommes désolés pour cette erreur. »", {}},
      {"fr", "« Nous sommes désolés pour cette erreur », aurait dû dire Paul Petit.", {}},
      {"fr", "Paul Petit nie avoir dit : « Nous allons fermer cette école demain. »", {}},
      {"fr", "Paul Petit dément avoir déclaré « nous allons fermer cette école ».", {}},
      {"fr", "Personne n'a dit : « Nous allons fermer cette école demain. »", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInGerman) {
  expect_said({
      {"de", "Peter Huber sagte nicht: „Wir erhöhen die Steuern im nächsten Jahr.“", {}},
      {"de", "„Wir gewinnen diesen Kampf“, hätte Peter Huber sagen sollen.", {}},
      {"de", "Peter Huber hätte sagen sollen: „Wir bitten um Entschuldigung für den Fehler.“", {}},
      {"de", "Wenn Peter Huber sagt: „Wir erhöhen die Steuern im nächsten Jahr“, dann gehe ich.", {}},
      {"de", "Stellen Sie sich vor, Peter Huber sagt: „Wir erhöhen die Steuern im nächsten Jahr.“", {}},
      {"de", "Peter Huber bestreitet, gesagt zu haben: „Wir erhöhen die Steuern im nächsten Jahr.“", {}},
      {"de", "Niemand sagte: „Wir erhöhen die Steuern im nächsten Jahr.“", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInSpanish) {
  expect_said({
      {"es", "Pedro Gil no dijo: «Vamos a cerrar esta escuela mañana».", {}},
      {"es", "Si Pedro Gil dijera «vamos a cerrar esta escuela», me iría.", {}},
      {"es", "Imagina a Pedro Gil diciendo: «Vamos a cerrar esta escuela mañana».", {}},
      {"es", "Pedro Gil debería haber dicho: «Pedimos perdón por lo ocurrido aquí».", {}},
      {"es", "Pedro Gil niega haber dicho: «Vamos a cerrar esta escuela mañana».", {}},
      {"es", "Nadie dijo: «Vamos a cerrar esta escuela mañana».", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInItalian) {
  expect_said({
      {"it", "Paolo Gatti non ha detto: «Chiuderemo questa scuola domani mattina».", {}},
      {"it", "Se Paolo Gatti dicesse «chiuderemo questa scuola», me ne andrei.", {}},
      {"it", "Immaginate Paolo Gatti dire: «Chiuderemo questa scuola domani mattina».", {}},
      {"it", "Paolo Gatti avrebbe dovuto dire: «Chiediamo scusa per quanto è successo».", {}},
      {"it", "Paolo Gatti nega di aver detto: «Chiuderemo questa scuola domani mattina».", {}},
      {"it", "Nessuno ha detto: «Chiuderemo questa scuola domani mattina».", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInPortuguese) {
  expect_said({
      {"pt", "Pedro Reis não disse: «Vamos fechar esta escola amanhã de manhã».", {}},
      {"pt", "Se Pedro Reis dissesse «vamos fechar esta escola», eu saía.", {}},
      {"pt", "Imaginem Pedro Reis a dizer: «Vamos fechar esta escola amanhã de manhã».", {}},
      {"pt", "Pedro Reis deveria ter dito: «Pedimos desculpa pelo que aconteceu aqui».", {}},
      {"pt", "Pedro Reis nega ter dito: «Vamos fechar esta escola amanhã de manhã».", {}},
      {"pt", "Ninguém disse: «Vamos fechar esta escola amanhã de manhã».", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInDutch) {
  expect_said({
      {"nl", "Piet Bos zei niet: “We gaan deze school morgen sluiten.”", {}},
      {"nl", "Als Piet Bos zegt: “We gaan deze school morgen sluiten”, dan stap ik op.", {}},
      {"nl", "Stel je voor dat Piet Bos zegt: “We gaan deze school morgen sluiten.”", {}},
      {"nl", "Piet Bos had moeten zeggen: “Het spijt ons wat er gebeurd is.”", {}},
      {"nl", "Piet Bos ontkent te hebben gezegd: “We gaan deze school morgen sluiten.”", {}},
      {"nl", "Niemand zei: “We gaan deze school morgen sluiten.”", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInPolish) {
  expect_said({
      {"pl", "Piotr Nowak nie powiedział: „Zamkniemy tę szkołę jutro rano”.", {}},
      {"pl", "Jeśli Piotr Nowak powie „zamkniemy tę szkołę”, odejdę.", {}},
      {"pl", "Gdyby Piotr Nowak powiedział „zamkniemy tę szkołę”, odszedłbym.", {}},
      {"pl", "Wyobraźcie sobie, że Piotr Nowak mówi: „Zamkniemy tę szkołę jutro rano”.", {}},
      {"pl", "Piotr Nowak powinien był powiedzieć: „Przepraszamy za to, co się stało”.", {}},
      {"pl", "Piotr Nowak zaprzecza, że powiedział: „Zamkniemy tę szkołę jutro rano”.", {}},
      {"pl", "Nikt nie powiedział: „Zamkniemy tę szkołę jutro rano”.", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInUkrainian) {
  expect_said({
      {"uk", "Петро Гай не сказав: «Ми закриємо цю школу завтра вранці».", {}},
      {"uk", "Якщо Петро Гай скаже «ми закриємо цю школу», я піду.", {}},
      {"uk", "Якби Петро Гай сказав «ми закриємо цю школу», я пішов би.", {}},
      {"uk", "Уявіть, що Петро Гай каже: «Ми закриємо цю школу завтра вранці».", {}},
      {"uk", "Петро Гай мав би сказати: «Ми просимо вибачення за те, що сталося».", {}},
      {"uk", "Петро Гай заперечує, що сказав: «Ми закриємо цю школу завтра вранці».", {}},
      {"uk", "Ніхто не казав: «Ми закриємо цю школу завтра вранці».", {}},
  });
}

TEST_F(QuoteUnsaid, IsNoQuotationInGreek) {
  expect_said({
      {"el", "Ο Πέτρος Λάμπρου δεν είπε: «Θα κλείσουμε αυτό το σχολείο αύριο».", {}},
      {"el", "Αν ο Πέτρος Λάμπρου έλεγε «θα κλείσουμε αυτό το σχολείο», θα έφευγα.", {}},
      {"el", "Φανταστείτε τον Πέτρο Λάμπρου να λέει: «Θα κλείσουμε αυτό το σχολείο αύριο».", {}},
      {"el", "Ο Πέτρος Λάμπρου έπρεπε να πει: «Ζητάμε συγγνώμη για ό,τι έγινε εδώ».", {}},
      {"el", "Ο Πέτρος Λάμπρου αρνείται ότι είπε: «Θα κλείσουμε αυτό το σχολείο αύριο».", {}},
      {"el", "Κανείς δεν είπε: «Θα κλείσουμε αυτό το σχολείο αύριο».", {}},
  });
}

TEST_F(QuoteUnsaid, WhatAnotherSaidToTheContraryIsNotTheSpeaker) {
  expect_said({
      {"en",
       "Contrary to what Peter Dunn said, \"nobody was ever promised a refund,\" Lucy Bright insists.",
       {"Lucy Bright: nobody was ever promised a refund,"}},
      {"fr",
       "Contrairement à ce qu'a dit Paul Petit, « personne n'a jamais eu de promesse », insiste Lucie Brun.",
       {"Lucie Brun: personne n'a jamais eu de promesse"}},
      {"de",
       "Anders als Peter Huber sagte, „wurde niemandem je etwas versprochen“, betont Luzia Hell.",
       {"Luzia Hell: wurde niemandem je etwas versprochen"}},
      {"es",
       "Contrariamente a lo que dijo Pedro Gil, «a nadie se le prometió nada», insiste Lucía Prado.",
       {"Lucía Prado: a nadie se le prometió nada"}},
      {"it",
       "Contrariamente a quanto ha detto Paolo Gatti, «a nessuno è stato promesso nulla», insiste Lucia "
       "Bruni.",
       {"Lucia Bruni: a nessuno è stato promesso nulla"}},
      {"pt",
       "Ao contrário do que disse Pedro Reis, «nunca ninguém recebeu promessas», insiste Lúcia Brito.",
       {"Lúcia Brito: nunca ninguém recebeu promessas"}},
      {"nl",
       "In tegenstelling tot wat Piet Bos zei, “is niemand ooit iets beloofd”, benadrukt Lucie Hel.",
       {"Lucie Hel: is niemand ooit iets beloofd"}},
      {"pl",
       "Wbrew temu, co powiedział Piotr Nowak, „nikomu nic nie obiecano”, podkreśla Łucja Wrona.",
       {"Łucja Wrona: nikomu nic nie obiecano"}},
      {"uk",
       "Всупереч тому, що сказав Петро Гай, «нікому нічого не обіцяли», наголошує Лідія Бойко.",
       {"Лідія Бойко: нікому нічого не обіцяли"}},
      {"el",
       "Αντίθετα με όσα είπε ο Πέτρος Λάμπρου, «κανείς δεν πήρε υπόσχεση», επιμένει η Λουκία Βέργου.",
       {"Λουκία Βέργου: κανείς δεν πήρε υπόσχεση"}},
  });
}

TEST_F(QuoteUnsaid, WhatWasSaidBesideSuchWordsStays) {
  expect_said({
      {"en",
       "Peter Dunn did not hesitate. “We will rebuild the bridge,” he said.",
       {"Peter Dunn: We will rebuild the bridge,"}},
      {"en",
       "Peter Dunn denied the claim. “We never raised the taxes at all,” he said.",
       {"Peter Dunn: We never raised the taxes at all,"}},
      {"en",
       "Peter Dunn said: “If we close the school, we lose the village.”",
       {"Peter Dunn: If we close the school, we lose the village."}},
      {"en",
       "Asked if the school would close, Ann Lee said: “We will keep it open.”",
       {"Ann Lee: We will keep it open."}},
      {"en",
       "If it rains, Ann Lee said, “we will move into the town hall.”",
       {"Ann Lee: we will move into the town hall."}},
      {"en",
       "Even if taxes rise, Peter Dunn said: “We will rebuild the bridge.”",
       {"Peter Dunn: We will rebuild the bridge."}},
      {"en", "Ann Lee not only said “we stay here”, she stayed.", {"Ann Lee: we stay here"}},
      {"en",
       "Ann Lee could not attend but said: “We will rebuild the bridge.”",
       {"Ann Lee: We will rebuild the bridge."}},
      {"en",
       "“I never said that we would close the school,” Ann Lee said.",
       {"Ann Lee: I never said that we would close the school,"}},
      {"en",
       "Ann Lee denied it: “We never said that to anybody.”",
       {"Ann Lee: We never said that to anybody."}},
      {"en",
       "I could not agree more when Ann Lee said: “We will rebuild the bridge.”",
       {"Ann Lee: We will rebuild the bridge."}},
      {"en",
       "Asked whether she would resign, Ann Lee replied: “Not before the bridge stands.”",
       {"Ann Lee: Not before the bridge stands."}},
      {"fr",
       "Si la crue monte, Paul Petit a dit : « Nous fermerons le pont demain. »",
       {"Paul Petit: Nous fermerons le pont demain."}},
      {"fr",
       "Paul Petit n'a pas hésité et a dit : « Nous gardons cette école ouverte. »",
       {"Paul Petit: Nous gardons cette école ouverte."}},
      {"de",
       "Wenn der Fluss steigt, sagte Peter Huber: „Wir schließen die Brücke am Abend.“",
       {"Peter Huber: Wir schließen die Brücke am Abend."}},
      {"de",
       "Peter Huber zögerte nicht und sagte: „Wir bauen die Brücke neu.“",
       {"Peter Huber: Wir bauen die Brücke neu."}},
      {"es",
       "Si sube el río, Pedro Gil dijo: «Cerraremos el puente mañana».",
       {"Pedro Gil: Cerraremos el puente mañana"}},
      {"es",
       "Pedro Gil no dudó y dijo: «Vamos a reconstruir el puente».",
       {"Pedro Gil: Vamos a reconstruir el puente"}},
      {"it",
       "Paolo Gatti non ha esitato e ha detto: «Ricostruiremo il ponte».",
       {"Paolo Gatti: Ricostruiremo il ponte"}},
      {"pl",
       "Piotr Nowak nie wahał się i powiedział: „Odbudujemy ten most”.",
       {"Piotr Nowak: Odbudujemy ten most"}},
      {"uk",
       "Петро Гай не вагався і сказав: «Ми відбудуємо цей міст».",
       {"Петро Гай: Ми відбудуємо цей міст"}},
      {"nl",
       "Piet Bos aarzelde niet en zei: “We bouwen de brug opnieuw.”",
       {"Piet Bos: We bouwen de brug opnieuw."}},
      {"pt",
       "Pedro Reis não hesitou e disse: «Vamos reconstruir a ponte».",
       {"Pedro Reis: Vamos reconstruir a ponte"}},
      {"el",
       "Ο Πέτρος Λάμπρου δεν δίστασε και είπε: «Θα ξαναχτίσουμε τη γέφυρα».",
       {"Πέτρος Λάμπρου: Θα ξαναχτίσουμε τη γέφυρα"}},
      {"en", "As Ann Lee said, “we will rebuild the bridge”.", {"Ann Lee: we will rebuild the bridge"}},
      {"en", "“If we fail, we fail together,” Ann Lee said.", {"Ann Lee: If we fail, we fail together,"}},
      {"en",
       "When Ann Lee said “we will rebuild the bridge”, people cheered.",
       {"Ann Lee: we will rebuild the bridge"}},
      {"en",
       "Peter Dunn denied the claim. “We never raised the taxes at all,” he said.",
       {"Peter Dunn: We never raised the taxes at all,"}},
      {"de",
       "Als Anna Klein sagte: „Wir bauen die Brücke neu“, jubelten alle.",
       {"Anna Klein: Wir bauen die Brücke neu"}},
      {"nl",
       "Als burgemeester zei Anna Kok: “We bouwen de brug opnieuw.”",
       {"Anna Kok: We bouwen de brug opnieuw."}},
      {"nl",
       "Toen Anna Kok zei: “We bouwen de brug opnieuw”, juichte iedereen.",
       {"Anna Kok: We bouwen de brug opnieuw"}},
      {"de",
       "Anna Klein hatte gesagt: „Wir bauen die Brücke neu.“",
       {"Anna Klein: Wir bauen die Brücke neu."}},
      {"de",
       "Wir wurden gefragt. Anna Klein sagte: „Wir bauen die Brücke neu.“",
       {"Anna Klein: Wir bauen die Brücke neu."}},
      {"it",
       "Paolo Gatti si è commosso e ha detto: «Ricostruiremo il ponte».",
       {"Paolo Gatti: Ricostruiremo il ponte"}},
      {"es",
       "Pedro Gil sí dijo: «Vamos a reconstruir el puente».",
       {"Pedro Gil: Vamos a reconstruir el puente"}},
      {"pt",
       "Pedro Reis não só disse «vamos reconstruir a ponte», como o fez.",
       {"Pedro Reis: vamos reconstruir a ponte"}},
      {"fr",
       "Paul Petit n'a pas seulement dit « nous reconstruirons le pont », il l'a fait.",
       {"Paul Petit: nous reconstruirons le pont"}},
      {"de",
       "Anna Klein sagte nicht ohne Stolz: „Wir bauen die Brücke neu.“",
       {"Anna Klein: Wir bauen die Brücke neu."}},
      {"pl", "Anna Kos powiedziała nie bez dumy: „Odbudujemy ten most”.", {"Anna Kos: Odbudujemy ten most"}},
      {"en",
       "She should have been in Rome. Ann Lee said: “We will rebuild the bridge.”",
       {"Ann Lee: We will rebuild the bridge."}},
      {"en",
       "The man who should have led the talks, Ann Lee said, “never came here”.",
       {"Ann Lee: never came here"}},
      {"fr",
       "Le pont devrait rouvrir, a dit Paul Petit : « Nous sommes prêts pour mai. »",
       {"Paul Petit: Nous sommes prêts pour mai."}},
      {"es",
       "El puente debería abrir, dijo Pedro Gil: «Estamos listos para mayo».",
       {"Pedro Gil: Estamos listos para mayo"}},
      {"it",
       "Il ponte dovrebbe riaprire, ha detto Paolo Gatti: «Siamo pronti per maggio».",
       {"Paolo Gatti: Siamo pronti per maggio"}},
  });
}

}  // namespace
}  // namespace copytaster
