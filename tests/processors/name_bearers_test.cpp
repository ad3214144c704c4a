// Streets, stations, clubs … are neither the places nor the people nor the bodies that they are called after.
#include "processors/name_bearers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Steps;

class NameBearers : public Steps {
 protected:
  Item read(std::string_view text, std::string_view language, std::string_view official_id = "") const {
    Item one = item(text, language, official_id);
    run(&one, *make_mentions_step());
    run(&one, *make_places_step());
    return one;
  }
  std::vector<std::string> places(std::string_view text, std::string_view language) const {
    std::vector<std::string> out;
    const Item made = read(text, language);
    for (const Mention& one : made.places()) out.push_back(one.name());
    return out;
  }
  std::vector<std::string> people(std::string_view text, std::string_view language) const {
    std::vector<std::string> out;
    const Item made = read(text, language);
    for (const Mention& one : made.mentions()) out.push_back(one.name());
    return out;
  }
};

struct Text {
  std::string_view language, text;
};

TEST_F(NameBearers, WhatIsCalledAfterAPlaceIsNotThatPlace) {
  constexpr Text kTexts[] = {
      {"en", "We will open the bus lane on the Dublin Road."},
      {"en", "Work on Paris Street and on London Bridge begins."},
      {"en", "A piece of the Berlin Wall came to us."},
      {"en", "Liverpool FC and Manchester United played."},
      {"fr", "La rue de Marseille est fermée, comme la place de Lyon et l'avenue de Strasbourg."},
      {"fr", "On ferme le pont de Lyon, le boulevard de Kyiv et la rue d'Ukraine."},
      {"fr", "Le mur de Berlin et la gare de Lyon."},
      {"fr", "L'Olympique de Marseille et le Paris Saint-Germain ont joué."},
      {"uk", "Ремонт на вулиці Київській, на Львівській площі та на площі Одеській."},
      {"uk", "Динамо Київ зіграв проти ФК Карпати Львів."},
      {"de", "Der 1. FC Köln spielt gegen den VfB Stuttgart und Werder Bremen."},
      {"de", "Am Platz der Ukraine, in der Köln-Straße und an der Berliner Mauer."},
      {"es", "Hoy abrimos la avenida de Zaragoza y la calle de Sevilla a las bicicletas."},
      {"es", "El Real Madrid y el Atlético de Madrid juegan."},
      {"es", "Los trenes paran en la estación de Zaragoza y junto a la plaza de Madrid."},
      {"it", "Chiudono via Milano, piazza Torino, viale Venezia e corso Parigi."},
      {"it", "Il muro di Berlino e il ponte di Parigi."},
      {"pl", "Zamykamy ulicę Paryską, plac Berliński i ul. Krakowską."},
      {"pl", "Legia Warszawa gra z Lechem."},
      {"pt", "Fecham a Avenida de Lisboa, a Rua do Porto e a Praça de Londres."},
      {"pt", "O Sporting de Lisboa jogou na Ponte de Berlim."},
      {"nl", "FC Utrecht speelt tegen Ajax Amsterdam."},
      {"nl", "Bij station Parijs en aan het plein Berlijn."},
      {"el", "Κλείνουν η πλατεία Αθηνών, η λεωφόρος Θεσσαλονίκης και η οδός Βερολίνου."},
  };
  for (const Text& one : kTexts) EXPECT_THAT(places(one.text, one.language), IsEmpty()) << one.text;
}

TEST_F(NameBearers, APlaceInTheNewsBesideItStays) {
  EXPECT_THAT(places("A crash on the Paris Road in Dublin closed two lanes.", "en"), ElementsAre("Dublin"));
  EXPECT_THAT(places("La rue de Marseille à Lyon est fermée.", "fr"), ElementsAre("Lyon"));
  EXPECT_THAT(places("La calle de Sevilla, en Madrid, se abre.", "es"), ElementsAre("Madrid"));
  EXPECT_THAT(places("Die Straße nach Köln ist gesperrt.", "de"), ElementsAre("Cologne"));
  EXPECT_THAT(places("У Києві вулиця Одеська закрита.", "uk"), ElementsAre("Kyiv"));
}

TEST_F(NameBearers, WhatStandsInAPlaceSpeaksOfIt) {
  constexpr Text kKyiv[] = {
      {"en", "The streets of Kyiv are empty."},
      {"en", "The road to Kyiv is open."},
      {"en", "We travel via Kyiv."},
      {"en", "The Kyiv road works go on."},
      {"fr", "Les rues de Kyiv sont vides."},
      {"fr", "Les écoles de Kyiv sont ouvertes."},
      {"uk", "Вулиці Києва порожні."},
      {"de", "Die Straßen von Kyiv sind leer."},
      {"es", "Las calles de Kiev están vacías."},
      {"it", "Le strade di Kiev sono vuote."},
      {"pl", "Ulice Kijowa są puste."},
      {"pt", "As ruas de Kiev estão vazias."},
      {"nl", "De straten van Kiev zijn leeg."},
      {"el", "Οι δρόμοι στο Κίεβο είναι άδειοι."},
      {"en", "AS KYIV WAKES WE WORK."},
      {"es", "Un real Kiev de pie."},
  };
  for (const Text& one : kKyiv) EXPECT_THAT(places(one.text, one.language), ElementsAre("Kyiv")) << one.text;
  EXPECT_THAT(places("La place de l'Odessa d'autrefois est au théâtre.", "fr"), ElementsAre("Odesa"));
}

TEST_F(NameBearers, TheOfficialsOwnStationAndParkAreInTheCity) {
  const auto kinds = [](const Item& item) {
    std::vector<std::string> out;
    for (const Mention& one : item.places()) out.push_back(one.name() + " " + one.rule());
    return out;
  };
  EXPECT_THAT(kinds(read("La gare de Lyon rouvre.", "fr", "odile-marchal")), ElementsAre("Lyon gazetteer"));
  EXPECT_THAT(kinds(read("La rue de Lyon rouvre.", "fr", "odile-marchal")), ElementsAre("Lyon role"));
}

TEST_F(NameBearers, WhatIsCalledAfterAPersonIsNotThatPerson) {
  constexpr Text kTexts[] = {
      {"en", "They drive along Dr Martin Luther King Drive to King George Street."},
      {"en", "The boats on Lake Victoria and in Port Elizabeth, by Maria Park."},
      {"fr", "La rue du Président Wilson et l'avenue du Général Leclerc sont fermées."},
      {"fr", "La place du Maréchal Foch, les rues de Jean Moulin, le parc Marie Curie."},
      {"uk", "Вулиця Івана Франка, парк імені Тараса Шевченка, міст Марії Заньковецької."},
      {"de", "Die Professor-Huber-Straße und der Anna Schmidt Platz."},
      {"es", "La calle del General Castaños y la avenida del Presidente Kennedy."},
      {"es", "Los parques de Isabel la Católica y del Retiro."},
      {"it", "Via Generale Cantore e piazza Papa Giovanni, torrente Maria Bianchi."},
      {"pl", "Ulica Generała Andersa i ul. Prezydenta Narutowicza, osiedle Jana Kowalskiego."},
      {"pt",
       "A Ribeira de João Gomes transbordou na Rua Dr. António Granjo e na Avenida Presidente Kennedy."},
      {"nl", "Het Anne Frankplein en de Koningin Wilhelminakade."},
      {"el", "Η οδός Μαρίας Κάλλας και η πλατεία Ελευθερίου Βενιζέλου."},
  };
  for (const Text& one : kTexts) EXPECT_THAT(people(one.text, one.language), IsEmpty()) << one.text;
  EXPECT_THAT(people("Le directeur du parc, Jean Moulin, et Marie Curie.", "fr"),
              ElementsAre("Jean Moulin", "Marie Curie"));
  EXPECT_THAT(people("L'entraîneur du club Jean Moulin est là.", "fr"), ElementsAre("Jean Moulin"));
  EXPECT_THAT(people("Начальник станції Олена Коваль чекала.", "uk"), ElementsAre("Олена Коваль"));
}

TEST_F(NameBearers, NorOfficialsAndBodies) {
  constexpr Text kTexts[] = {
      {"en", "On Odile Marchal Street, by United Nations Square and Red Cross Road."},
      {"fr", "La place des Nations Unies, la rue de la Croix-Rouge et la rue Odile Marchal."},
      {"uk", "На площі Червоного Хреста"},
      {"de", "Der Platz der Vereinten Nationen und der Platz der Europäischen Union"},
      {"es", "La plaza de la Unión Europea, la calle de la Cruz Roja, la avenida Naciones Unidas"},
      {"it", "In viale Unione Europea e in piazza delle Nazioni Unite"},
      {"pl", "Na ulicy Czerwonego Krzyża"},
      {"pt", "Na Praça das Nações Unidas"},
      {"nl", "Op het Verenigde Naties Plein"},
      {"el", "Στην οδό Ερυθρού Σταυρού έκλεισε ο δρόμος."},
  };
  for (const Text& one : kTexts) EXPECT_THAT(people(one.text, one.language), IsEmpty()) << one.text;
  EXPECT_THAT(people("The Red Cross helps in Kyiv.", "en"), ElementsAre("Red Cross"));
}

TEST_F(NameBearers, AnyRangeOfAnyWords) {
  const WordScan& scan = scan_words("rue de la FC Real Straße 8 Mai-Platz \xD0\xBF\xD0\xBB. 3 del");
  for (std::size_t begin = 0; begin <= scan.words.size(); ++begin) {
    for (std::size_t end = begin; end <= scan.words.size(); ++end) {
      for (const std::string_view language : {"", "fr", "de", "uk", "sv"}) {
        const Bearer found = bearer_of(scan, {begin, end}, language_bit(language));
        EXPECT_TRUE(begin < end || found == Bearer::kNone);
        (void)is_only_called_after(scan, {begin, end}, language_bit(language), false);
      }
    }
  }
}

}  // namespace
}  // namespace copytaster
