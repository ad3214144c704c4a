#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/text.h"
#include "processors/rules.h"
#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Steps;

class Mentions : public Steps {
 protected:
  Item mentions_in(std::string_view text, std::string_view language = "en") const {
    Item one = item(text, language);
    run(&one, *make_mentions_step());
    return one;
  }

  // "kind name = the words of the text", in order.
  static std::vector<std::string> list(const Item& item) {
    std::vector<std::string> out;
    for (const Mention& one : item.mentions()) {
      out.push_back(one.kind() + " " + one.name());
      if (one.begin() < one.end())
        out.back() += " = " + item.text().substr(one.begin(), one.end() - one.begin());
    }
    return out;
  }
  std::vector<std::string> found(std::string_view text, std::string_view language = "en") const {
    return list(mentions_in(text, language));
  }
};

struct Named {
  std::string_view language;
  std::string_view text;
  std::string_view words;
};

TEST_F(Mentions, AnOfficialUnderEveryNameScriptAndCaseForm) {
  constexpr Named kCases[] = {
      {"en", "Today Odile Marchal came.", "Odile Marchal"},
      {"en", "Today ODILE MARCHAL came.", "ODILE MARCHAL"},
      {"en", "Today Odile\u00A0Marchal came.", "Odile\u00A0Marchal"},
      {"en", "Today #OdileMarchal came, and Odile Marchal’s deputy.", "Odile Marchal"},
      {"uk", "Сьогодні приїхала Оділь Маршаль.", "Оділь Маршаль"},
      {"el", "Σήμερα ήρθε η Οντίλ Μαρσάλ.", "Οντίλ Μαρσάλ"},
      {"de", "Odile Marchals Rede war kurz.", "Odile Marchals"},
      {"fr", "L'adjointe d'Odile Marchal est là.", "Odile Marchal"},
  };
  for (const Named& one : kCases) {
    EXPECT_THAT(found(one.text, one.language),
                ElementsAre("official Odile Marchal = " + std::string(one.words)))
        << one.text;
  }
  constexpr Named kForms[] = {
      {"uk", "Зустріч із Богданом Кравцем відбулась.", "Богданом Кравцем"},
      {"uk", "Слово Богдана Кравця почули всі.", "Богдана Кравця"},
      {"uk", "Слово Богдана Кравеця почули всі.", "Богдана Кравеця"},
      {"pl", "Spotkanie z Bohdanem Kravetsem trwało.", "Bohdanem Kravetsem"},
  };
  for (const Named& one : kForms) {
    EXPECT_THAT(found(one.text, one.language),
                Contains("official Bohdan Kravets = " + std::string(one.words)))
        << one.text;
  }
  // The genitive is German: in French it is another name.
  EXPECT_THAT(found("Voici Odile Marchals.", "fr"),
              ::testing::Not(Contains(::testing::StartsWith("official"))));
}

TEST_F(Mentions, TheRoleIsThatOfTheDay) {
  Item one = mentions_in("Odile Marchal came.");
  ASSERT_EQ(one.mentions_size(), 1);
  EXPECT_EQ(one.mentions(0).id(), "odile-marchal");
  EXPECT_EQ(one.mentions(0).role(), "Mayor of Lyon");
  EXPECT_EQ(one.mentions(0).country(), "FR");
  EXPECT_EQ(one.mentions(0).rule(), "name");
  set_timestamp(one.mutable_created_at(), *parse_date("2023-01-01T00:00:00Z"));
  run(&one, *make_mentions_step());
  EXPECT_EQ(one.mentions(0).role(), "Senator");
}

TEST_F(Mentions, TheWikidataIdIsTheRegistrys) {
  std::vector<Official> officials = testing::two_mayors();
  officials[0].set_wikidata("Q9");
  officials_ = Officials(officials);
  const Item one =
      mentions_in("Odile Marchal and Bohdan Kravets came with Anna Lee, then Marchal left NATO.");
  std::vector<std::string> ids;
  for (const Mention& mention : one.mentions()) ids.push_back(mention.name() + " " + mention.wikidata());
  EXPECT_THAT(
      ids, ElementsAre("Odile Marchal Q9", "Bohdan Kravets ", "Anna Lee ", "Odile Marchal Q9", "NATO Q7184"));
}

TEST_F(Mentions, ACaseOfANameThatStandsInTheNominativeHasThatName) {
  EXPECT_THAT(found("Богдан Кравчук прийшов. Ми дякуємо Богдану Кравчуку. Кравчук пішов.", "uk"),
              ElementsAre("person Богдан Кравчук = Богдан Кравчук",
                          "person Богдан Кравчук = Богдану Кравчуку", "person Богдан Кравчук = Кравчук"));
  EXPECT_THAT(
      found("Дякуємо Степану Гаврилюку. Степан Гаврилюк прийшов.", "uk"),
      ElementsAre("person Степан Гаврилюк = Степану Гаврилюку", "person Степан Гаврилюк = Степан Гаврилюк"));
  EXPECT_THAT(found("Stanisław Kudłacik przyszedł. Dziękuję panu Stanisławowi Kudłacikowi.", "pl"),
              ElementsAre("person Stanisław Kudłacik = Stanisław Kudłacik",
                          "person Stanisław Kudłacik = Stanisławowi Kudłacikowi"));
  EXPECT_THAT(found("Ο Γιώργος Παπαδόπουλος ήρθε. Είδα τον Γιώργο Παπαδόπουλο.", "el"),
              ElementsAre("person Γιώργος Παπαδόπουλος = Γιώργος Παπαδόπουλος",
                          "person Γιώργος Παπαδόπουλος = Γιώργο Παπαδόπουλο"));
}

TEST_F(Mentions, ACaseAloneStaysAndSheIsNotHe) {
  EXPECT_THAT(found("Дякуємо Степану Гаврилюку.", "uk"),
              ElementsAre("person Степану Гаврилюку = Степану Гаврилюку"));
  for (const auto& [language, text] : {
           std::pair<std::string_view, std::string_view>{"uk",
                                                         "Ярослав Зелінський і Ярослава Зелінська прийшли."},
           {"uk", "Олександр Коваленко і Олександра Коваленко прийшли."},
           {"uk", "Іван Петров і Валентина Петрова прийшли."},
           {"pl", "Pan Mirosław Kowalski i pani Mirosława Kowalska przyszli."},
           {"el", "Ο κύριος Στέφανος Παπαδόπουλος και η κυρία Στεφάνου Παπαδοπούλου."},
       }) {
    const Item one = mentions_in(text, language);
    ASSERT_EQ(one.mentions_size(), 2) << text;
    EXPECT_NE(one.mentions(0).name(), one.mentions(1).name()) << text;
  }
}

TEST_F(Mentions, HandlesAndProfileLinks) {
  Item one = item("Merci @odile-marchal et Bohdan !", "fr");
  Facet* handle = one.add_facets();
  handle->set_kind(Facet::MENTION);
  handle->set_target("odile-marchal");
  handle->set_begin(6);
  handle->set_end(20);
  Facet* link = one.add_facets();
  link->set_kind(Facet::LINK);
  link->set_target("https://www.facebook.com/bohdan-kravets?ref=x");
  link->set_begin(24);
  link->set_end(30);
  run(&one, *make_mentions_step());
  EXPECT_THAT(list(one),
              ElementsAre("official Odile Marchal = @odile-marchal", "official Bohdan Kravets = Bohdan"));
  EXPECT_EQ(one.mentions(0).rule(), "handle");
  EXPECT_EQ(one.mentions(1).rule(), "profile-link");
  // A facet that lies about its place is no mention.
  one.mutable_facets(0)->set_end(4000);
  one.mutable_facets(1)->set_begin(31);
  run(&one, *make_mentions_step());
  for (const Mention& mention : one.mentions()) EXPECT_LE(mention.end(), one.text().size());
  EXPECT_THAT(list(one), ::testing::Not(Contains(::testing::HasSubstr("Bohdan Kravets"))));
}

TEST_F(Mentions, BodiesInTheirOwnLanguages) {
  constexpr Named kCases[] = {
      {"en", "The European Union pays.", "European Union"},
      {"fr", "L'Union européenne paie.", "Union européenne"},
      {"uk", "Європейський Союз платить.", "Європейський Союз"},
      {"de", "Die Europäische Union zahlt.", "Europäische Union"},
      {"es", "La Unión Europea paga.", "Unión Europea"},
      {"it", "L'Unione europea paga.", "Unione europea"},
      {"pl", "Unia Europejska płaci.", "Unia Europejska"},
      {"pt", "A União Europeia paga.", "União Europeia"},
      {"nl", "De Europese Unie betaalt.", "Europese Unie"},
      {"el", "Η Ευρωπαϊκή Ένωση πληρώνει.", "Ευρωπαϊκή Ένωση"},
  };
  for (const Named& one : kCases) {
    EXPECT_THAT(found(one.text, one.language),
                ElementsAre("organisation European Union = " + std::string(one.words)))
        << one.text;
  }
  EXPECT_THAT(found("Sono nato a Roma. Nato dice no.", "it"),
              ::testing::Not(Contains(::testing::HasSubstr("NATO"))));
  EXPECT_THAT(found("La NATO dice no.", "it"), Contains("organisation NATO = NATO"));
}

TEST_F(Mentions, OtherPeopleByTitleInTenLanguages) {
  constexpr Named kCases[] = {
      {"en", "We met Councillor Mary Whitcombe.", "Mary Whitcombe"},
      {"fr", "Nous avons vu la conseillère Josiane Delfosse.", "Josiane Delfosse"},
      {"uk", "Ми зустріли депутатку Оксану Гриценко.", "Оксану Гриценко"},
      {"de", "Wir trafen die Stadträtin Annegret Vossbeck.", "Annegret Vossbeck"},
      {"es", "Vimos a la concejala Pilar Urrutia.", "Pilar Urrutia"},
      {"it", "Abbiamo visto l'assessora Chiara Bellandi.", "Chiara Bellandi"},
      {"pl", "Spotkaliśmy radną Agnieszka Wrona i posłankę.", "Agnieszka Wrona"},
      {"pt", "Vimos a vereadora Graça Marnoto.", "Graça Marnoto"},
      {"nl", "Wij zagen wethouder Lieke Zandstra.", "Lieke Zandstra"},
      {"el", "Είδαμε τη διευθύντρια Ελένη Καραπάνου.", "Ελένη Καραπάνου"},
  };
  for (const Named& one : kCases) {
    const std::string words(one.words);
    EXPECT_THAT(found(one.text, one.language), ElementsAre("person " + words + " = " + words)) << one.text;
  }
}

TEST_F(Mentions, NamesWithApostrophesAreWhole) {
  constexpr Named kCases[] = {
      {"en", "We met Councillor Declan O'Sheehan-Barry there.", "Declan O'Sheehan-Barry"},
      {"en", "We met Councillor Declan O’Sheehan-Barry’s sister.", "Declan O’Sheehan-Barry"},
      {"en", "We met Senator O'Halloran there.", "O'Halloran"},
      {"it", "Abbiamo visto l'assessore Marcello Dell'Utria.", "Marcello Dell'Utria"},
      {"it", "Abbiamo visto il sindaco Gabriele D'Amiconi.", "Gabriele D'Amiconi"},
      {"fr", "Nous avons vu le ministre Charles d'Ornavault.", "Charles d'Ornavault"},
      {"uk", "Ми бачили депутата Андрія Лук'яненка.", "Андрія Лук'яненка"},
      {"uk", "Ми бачили депутата В’ячеслава Кам’яного.", "В’ячеслава Кам’яного"},
  };
  for (const Named& one : kCases) {
    const std::string words(one.words);
    EXPECT_THAT(found(one.text, one.language), ElementsAre("person " + words + " = " + words)) << one.text;
  }
  EXPECT_THAT(found("We met Councillor Mary Whitcombe's sister."),
              ElementsAre("person Mary Whitcombe = Mary Whitcombe"));
}

TEST_F(Mentions, AfterTheFullNameTheSurnameIsEnough) {
  EXPECT_THAT(found("Councillor Declan O'Sheehan-Barry spoke. Then O'Sheehan-Barry left."),
              ElementsAre("person Declan O'Sheehan-Barry = Declan O'Sheehan-Barry",
                          "person Declan O'Sheehan-Barry = O'Sheehan-Barry"));
  EXPECT_THAT(found("Odile Marchal spoke. Then Marchal left."),
              ElementsAre("official Odile Marchal = Odile Marchal", "official Odile Marchal = Marchal"));
  EXPECT_THAT(found("Then Marchal left."), IsEmpty());
  // Two of one name: nobody can tell.
  EXPECT_THAT(found("Councillor Anna Nowak met Senator Jan Nowak. Then Nowak left."),
              ElementsAre("person Anna Nowak = Anna Nowak", "person Jan Nowak = Jan Nowak"));
  EXPECT_THAT(found("Odile Marchal met Senator Jean Marchal. Then Marchal left."),
              ElementsAre("official Odile Marchal = Odile Marchal", "person Jean Marchal = Jean Marchal"));
}

TEST_F(Mentions, AnOfficialsSurnameInsideAnothersNameIsNotTheOfficial) {
  EXPECT_THAT(found("Marta Kravets came.", "en"), ElementsAre("person Marta Kravets = Marta Kravets"));
  EXPECT_THAT(found("Die Kravets-Straße ist gesperrt.", "de"), IsEmpty());
}

TEST_F(Mentions, RolesGoWithTheName) {
  const Item one =
      mentions_in("Josiane Delfosse, a swimming teacher, came. Prosecutor General Iryna Bondar spoke.");
  ASSERT_EQ(one.mentions_size(), 2) << ::testing::PrintToString(list(one));
  EXPECT_EQ(one.mentions(0).rule(), "apposition");
  EXPECT_EQ(one.mentions(0).role(), "a swimming teacher");
  EXPECT_EQ(one.mentions(1).rule(), "title");
  EXPECT_EQ(one.mentions(1).role(), "Prosecutor General");
}

TEST_F(Mentions, StreetsSaintsAndPlacesAreNoPeople) {
  EXPECT_THAT(found("La rue Jean Jaurès est fermée.", "fr"), IsEmpty());
  EXPECT_THAT(found("We met at St. Mary Church in Paris France.", "en"), IsEmpty());
  EXPECT_THAT(found("The Minister Decision Council", "de"), IsEmpty());
  EXPECT_THAT(found("Monday and Tuesday, The Street, In Paris", "en"), IsEmpty());
}

TEST_F(Mentions, TitlesAndCaptionsNameOfficialsWithoutOffsets) {
  Item one = item("Nothing here.", "en");
  one.set_title("Odile Marchal in Kyiv");
  one.add_media()->set_caption("Bohdan Kravets and Odile Marchal");
  run(&one, *make_mentions_step());
  EXPECT_THAT(list(one), ElementsAre("official Odile Marchal", "official Bohdan Kravets"));
  EXPECT_EQ(one.mentions(0).rule(), "name in title");
  EXPECT_EQ(one.mentions(1).rule(), "name in caption");
}

TEST_F(Mentions, OffsetsAreSoundOnAnyBytesAndEveryCut) {
  constexpr std::string_view kText =
      "Мер Богдан Кравець 🇺🇦 і Odile Marchal; Councillor Declan O'Sheehan-Barry, d'Odile Marchal, "
      "Prosecutor General of Ukraine Iryna Bondar, депутати Андрій Лук'яненко та Іван Бойко, NATO, "
      "@odile-marchal";
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto step = make_mentions_step();
  for (std::size_t cut = 0; cut <= kText.size() + 300; ++cut) {
    std::string text(kText.substr(0, std::min(cut, kText.size())));
    if (cut > kText.size()) {
      for (int i = 0; i < 8; ++i) text[random() % text.size()] = static_cast<char>(random());
    }
    Item one = item("", "uk");
    one.set_text(to_valid_utf8(text));
    ASSERT_TRUE(step->process(one, context_).ok());
    std::uint32_t last = 0;
    for (const Mention& mention : one.mentions()) {
      ASSERT_LE(last, mention.begin());
      ASSERT_LT(mention.begin(), mention.end());
      ASSERT_LE(mention.end(), one.text().size());
      ASSERT_TRUE(is_valid_utf8(one.text().substr(mention.begin(), mention.end() - mention.begin())));
      last = mention.begin();
    }
  }
}

TEST_F(Mentions, AtMostAHundred) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "Odile Marchal, Senator Anna Nowak, Nowak. ";
  EXPECT_EQ(mentions_in(text).mentions_size(), 100);
}

}  // namespace
}  // namespace copytaster
