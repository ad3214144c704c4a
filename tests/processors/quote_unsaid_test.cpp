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
      {"en", "Ann Lee might as well have said: “We do not care.”", {}},
      {"en", "If only Ann Lee had said “we are sorry”!", {}},
      {"en", "No minister said “we will pay”.", {}},
      {"en", "Not once did Ann Lee say “we will pay”.", {}},
      {"en", "Ann Lee won't say “we will pay”.", {}},
      {"en", "It is false that Ann Lee said “we will pay the bill”.", {}},
      {"en", "The rumour that Ann Lee said “we will pay the bill” is false.", {}},
      {"en", "Asked whether she had said “we will pay”, Ann Lee laughed.", {}},
      {"en", "Tonight we watch “The Ferry” in the hall.", {}},
      {"en", "Who says “politics is boring and old”? Come and see.", {}},
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
      {"fr", "Paul Petit n'aurait jamais dit : « Nous allons payer la facture. »", {}},
      {"fr", "Comme si Paul Petit avait dit : « Nous allons payer la facture. »", {}},
      {"fr", "Aucun ministre n'a dit : « Nous allons payer la facture. »", {}},
      {"fr", "Qui dit « la politique est ennuyeuse » ? Venez voir.", {}},
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
      {"de", "Peter Huber würde nie sagen: „Wir zahlen die Rechnung.“", {}},
      {"de", "Hätte Peter Huber gesagt: „Wir zahlen die Rechnung“, wäre ich froh.", {}},
      {"de", "Kein Minister sagte: „Wir zahlen die Rechnung.“", {}},
      {"de", "Als ob Peter Huber gesagt hätte: „Wir zahlen die Rechnung.“", {}},
      {"de", "Der Film „Die stille Fähre“ läuft um acht.", {}},
      {"de", "Wer sagt „Politik ist langweilig und alt“? Kommt vorbei.", {}},
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
      {"es", "Pedro Gil nunca habría dicho: «Pagaremos la factura entera».", {}},
      {"es", "Ningún ministro dijo: «Pagaremos la factura entera».", {}},
      {"es", "Como si Pedro Gil hubiera dicho: «Pagaremos la factura entera».", {}},
      {"es", "¿Quién dice «la política es aburrida»? Venid a verlo.", {}},
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
      {"it", "Paolo Gatti non avrebbe mai detto: «Pagheremo tutta la fattura».", {}},
      {"it", "Nessun ministro ha detto: «Pagheremo tutta la fattura».", {}},
      {"it", "Chi dice «la politica è noiosa»? Venite a vedere.", {}},
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
      {"pt", "Pedro Reis nunca diria: «Pagamos a fatura inteira a todos».", {}},
      {"pt", "Nenhum ministro disse: «Pagamos a fatura inteira a todos».", {}},
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
      {"nl", "Piet Bos zou nooit zeggen: “We betalen de hele rekening.”", {}},
      {"nl", "Geen minister zei: “We betalen de hele rekening.”", {}},
      {"nl", "Wie zegt “politiek is saai en oud”? Kom kijken.", {}},
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
      {"pl", "Piotr Nowak nigdy by nie powiedział: „Zapłacimy cały rachunek”.", {}},
      {"pl", "Żaden minister nie powiedział: „Zapłacimy cały rachunek”.", {}},
      {"pl", "Kto mówi „polityka jest nudna”? Przyjdźcie.", {}},
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
      {"uk", "Петро Гай ніколи б не сказав: «Ми заплатимо весь рахунок».", {}},
      {"uk", "Жоден міністр не сказав: «Ми заплатимо весь рахунок».", {}},
      {"uk", "Хто каже «політика — це нудно»? Приходьте.", {}},
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
      {"el", "Ο Πέτρος Λάμπρου δεν θα έλεγε ποτέ: «Πληρώνουμε όλο τον λογαριασμό».", {}},
      {"el", "Κανένας υπουργός δεν είπε: «Πληρώνουμε όλο τον λογαριασμό».", {}},
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

}  // namespace
}  // namespace copytaster
