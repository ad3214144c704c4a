// The step dates, by processors/day_reader.h's rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <map>

#include "core/strings.h"
#include "core/text.h"
#include "core/told_date.h"
#include "tests/processors/dates_table.h"
#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using testing::DayCase;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Steps;

class Dates : public Steps {
 protected:
  Item dates_in(Item one) const {
    run(&one, *make_dates_step());
    return one;
  }
  // "words = first/last time (rule)"
  static std::vector<std::string> list(const Item& item) {
    std::vector<std::string> out;
    for (const DateMention& day : item.dates()) {
      std::string& line = out.emplace_back(item.text().substr(day.begin(), day.end() - day.begin()));
      str_append(&line, " = ", day.first());
      if (day.last() != day.first()) str_append(&line, "/", day.last());
      if (!day.time().empty()) str_append(&line, " ", day.time());
      str_append(&line, " (", day.rule(), ")");
    }
    return out;
  }
  std::vector<std::string> found(std::string_view text, std::string_view language) const {
    Item one = item(text, language);
    one.set_day_only(true);  // no country: it orders numbers
    return list(dates_in(std::move(one)));
  }
  // Of a post at that time, of an official of that country.
  std::vector<std::string> found_on(std::string_view when, std::string_view country, std::string_view text,
                                    std::string_view language) {
    officials_ = Officials({testing::official("anna", "Anna Nilsen", "Mayor", "Town", country)});
    Item one = item(text, language, "anna");
    const auto told = parse_told_date(when);
    EXPECT_TRUE(told) << when;
    set_created_at(*told, &one);
    return list(dates_in(std::move(one)));
  }
};

TEST_F(Dates, TenLanguages) {
  std::map<std::string_view, int> cases;
  for (const DayCase& one : testing::kDayCases) {
    ++cases[one.language];
    const std::vector<std::string> all = found(one.text, one.language);
    if (one.words.empty()) {
      EXPECT_THAT(all, IsEmpty()) << one.language << ": " << one.text;
      continue;
    }
    EXPECT_THAT(all, ElementsAre(str_cat(one.words, " = ", one.days, one.time.empty() ? "" : " ", one.time,
                                         " (", one.rule, ")")))
        << one.language << ": " << one.text;
  }
  for (const std::string_view language : {"en", "fr", "uk", "de", "es", "it", "pl", "pt", "nl", "el"})
    EXPECT_GE(cases[language], 12) << language;
}

TEST_F(Dates, TheDayIsThatOfTheOfficialsClocks) {
  // 01:30 of the next day in Kyiv, 15:30 in Los Angeles.
  EXPECT_THAT(found_on("2022-04-14T22:30:00Z", "UA", "Вчора", "uk"),
              ElementsAre("Вчора = 2022-04-14 (relative)"));
  EXPECT_THAT(found_on("2022-04-14T22:30:00Z", "FR", "Hier", "fr"),
              ElementsAre("Hier = 2022-04-14 (relative)"));
  EXPECT_THAT(found_on("2022-04-14T22:30:00Z", "PT", "Ontem", "pt"),
              ElementsAre("Ontem = 2022-04-13 (relative)"));
  EXPECT_THAT(found_on("2022-04-14T20:30:00Z", "US", "Yesterday", "en"),
              ElementsAre("Yesterday = 2022-04-13 (relative)"));
  // There it is the fifteenth in one part of the country and not in the other.
  EXPECT_THAT(found_on("2022-04-15T06:30:00Z", "US", "Yesterday", "en"), IsEmpty());
  EXPECT_THAT(found_on("2022-04-15T06:30:00Z", "US", "It opened 2021-05-06.", "en"),
              ElementsAre("2021-05-06 = 2021-05-06 (calendar)"));
  // A day without a time of day is that day, wherever it was.
  EXPECT_THAT(found_on("2022-04-14", "UA", "Вчора", "uk"), ElementsAre("Вчора = 2022-04-13 (relative)"));
}

TEST_F(Dates, WithoutACountryNothingIsToldFromTheDay) {
  for (const std::string_view when :
       {"2022-04-14T03:30:00Z", "2022-04-14T11:00:00Z", "2022-04-14T22:30:00Z"}) {
    EXPECT_THAT(found_on(when, "", "Hier, mardi prochain et ce week-end", "fr"), IsEmpty()) << when;
    EXPECT_THAT(found_on(when, "", "Le 20 avril, puis le 6 mai 2021", "fr"),
                ElementsAre("20 avril = 2022-04-20 (calendar)", "6 mai 2021 = 2021-05-06 (calendar)"));
  }
}

TEST_F(Dates, AYearBesideItIsNotThePosts) {
  EXPECT_THAT(found("In 1912 traf das Schiff ein Eisberg. Am 15. April sank es.", "de"), IsEmpty());
  EXPECT_THAT(found("On 15 April, in 1912, it sank.", "en"), IsEmpty());
  EXPECT_THAT(found("On 15 April we meet. In 1912 it sank.", "en"),
              ElementsAre("15 April = 2022-04-15 (calendar)"));
  EXPECT_THAT(found("In 2022 we open the bridge, on 15 April.", "en"),
              ElementsAre("15 April = 2022-04-15 (calendar)"));
}

TEST_F(Dates, AStreetsNameIsNoDay) {
  EXPECT_THAT(found("La rue du 8 mai 1945 est barrée.", "fr"), IsEmpty());
  EXPECT_THAT(found("Die Straße des 17. Juni ist gesperrt.", "de"), IsEmpty());
  EXPECT_THAT(found("La Calle 2 de Mayo y la Plaza 25 de Mayo", "es"), IsEmpty());
  EXPECT_THAT(found("In Piazza 25 Aprile e in Via 4 Novembre", "it"), IsEmpty());
  EXPECT_THAT(found("A Avenida 25 de Abril", "pt"), IsEmpty());
  EXPECT_THAT(found("En la plaza el 25 de abril", "es"), ElementsAre("25 de abril = 2022-04-25 (calendar)"));
}

struct Text {
  std::string_view language, text;
};

TEST_F(Dates, WhatIsCalledAfterADayInTenLanguages) {
  constexpr Text kTexts[] = {
      {"en", "We closed 4 July Street."},
      {"fr", "La rue du 4 Septembre, la place du 8 mai 1945 et le stade du 8 mai"},
      {"uk", "Площа 10 квітня і Вулиця 1 Травня. На вулиці 1 травня і на площі 8 Березня"},
      {"de", "Der Platz des 4. Juli und die Brücke des 8. Mai"},
      {"es",
       "El Hospital 12 de Octubre, el colegio 2 de Mayo, la estación 25 de Abril, la Plaza del 2 de Mayo"},
      {"it", "Largo 25 Aprile, ponte 25 aprile e scuola 25 aprile"},
      {"pl", "Przy ulicy 11 Listopada, ul. 3 Maja, Plac 1 Maja, Aleja 3 Maja, Most 3 Maja, osiedle 1 Maja"},
      {"pt", "A Ponte 25 de Abril, o Largo 1º de Dezembro, o Bairro 25 de Abril e a Escola 25 de Abril"},
      {"nl", "Het 4 mei-plein en de 5 mei-laan"},
      {"el", "Οδός 3ης Σεπτεμβρίου και πλατεία 25ης Μαρτίου"},
  };
  for (const Text& one : kTexts) EXPECT_THAT(found(one.text, one.language), IsEmpty()) << one.text;
  EXPECT_THAT(found("Het 5 mei-concert", "nl"), ElementsAre("5 mei = 2022-05-05 (calendar)"));
  EXPECT_THAT(found("Op het plein, vrijdag 15 april", "nl"),
              ElementsAre("vrijdag 15 april = 2022-04-15 (calendar)"));
}

TEST_F(Dates, ATitleBetweenMarksIsNoDay) {
  constexpr Text kTexts[] = {
      {"en", "Three films: \"Tomorrow\", “Yesterday” and 'Today'. She sang \"Yesterday, all of it\" for us."},
      {"fr", "Le film « Demain » et la pièce « Demain nous vivrons »"},
      {"uk", "Фільм «Завтра» і «Вчора»"},
      {"de", "Der Film „Gestern“ und das Lied „Heute wieder“"},
      {"es", "La película «Mañana»"},
      {"it", "Il film \"Domani\""},
      {"pl", "Film „Jutro”"},
      {"pt", "O filme “Amanhã”"},
      {"nl", "De film ‘Morgen’"},
      {"el", "Η ταινία «Αύριο»"},
  };
  for (const Text& one : kTexts) EXPECT_THAT(found(one.text, one.language), IsEmpty()) << one.text;
  EXPECT_THAT(found("\"Yesterday we met them\", she said.", "en"),
              ElementsAre("Yesterday = 2022-04-13 (relative)"));
  EXPECT_THAT(found("« Hier nous avons signé », a dit la maire.", "fr"),
              ElementsAre("Hier = 2022-04-13 (relative)"));
}

TEST_F(Dates, ADayOfEveryWeekIsNone) {
  constexpr Text kTexts[] = {
      {"en", "On the first Tuesday of each month, on every other Friday and usually on Monday we will meet."},
      {"en", "Every today counts."},
      {"fr", "Les bacs habituellement relevés le lundi seront vidés. Le premier mardi du mois sera gratuit."},
      {"fr", "Le lundi, le musée sera fermé."},
      {"uk", "Першого вівторка місяця буде ярмарок. Зазвичай у п'ятницю буде базар."},
      {"de", "Am ersten Dienstag im Monat wird gefegt. Immer am Freitag wird getanzt."},
      {"es", "Los lunes será gratis. El primer martes del mes será gratis."},
      {"it", "I negozi avranno la domenica libera. Di solito lunedì sarà chiuso."},
      {"pl", "Pierwszy wtorek miesiąca będzie wolny. Zwykle w piątek będzie targ."},
      {"pt", "À sexta-feira haverá mercado. Na primeira terça-feira do mês haverá feira."},
      {"nl", "De eerste dinsdag van de maand zal het zijn. Meestal zal het vrijdag zijn."},
      {"el", "Κάθε πρώτη Τρίτη του μήνα θα γίνει. Συνήθως την Παρασκευή θα γίνει."},
  };
  for (const Text& one : kTexts) EXPECT_THAT(found(one.text, one.language), IsEmpty()) << one.text;
  EXPECT_THAT(found("Domenica il mercato sarà chiuso.", "it"),
              ElementsAre("Domenica = 2022-04-17 (weekday)"));
  EXPECT_THAT(found("El museo abrirá el lunes.", "es"), ElementsAre("lunes = 2022-04-18 (weekday)"));
  EXPECT_THAT(found("Na sexta-feira haverá mercado.", "pt"),
              ElementsAre("sexta-feira = 2022-04-15 (weekday)"));
  EXPECT_THAT(found("Le lundi 18 avril sera férié.", "fr"),
              ElementsAre("lundi 18 avril = 2022-04-18 (calendar)"));
}

TEST_F(Dates, AWeekdayThatIsNotThatDayOfTheMonth) {
  constexpr Text kTexts[] = {
      {"en", "It will be Friday the 13th."},
      {"fr", "Ce sera vendredi 13."},
      {"uk", "У п'ятницю, 13-го, буде дощ."},
      {"de", "Es wird Freitag, der 13. sein."},
      {"es", "Será martes 13."},
      {"it", "Sarà venerdì 17."},
      {"pl", "Będzie piątek 13."},
      {"pt", "Será sexta-feira 13."},
      {"nl", "Het zal vrijdag de 13e zijn."},
      {"el", "Θα είναι Τρίτη 13."},
  };
  for (const Text& one : kTexts) EXPECT_THAT(found(one.text, one.language), IsEmpty()) << one.text;
  EXPECT_THAT(found("It will be Friday the 15th.", "en"), ElementsAre("Friday = 2022-04-15 (weekday)"));
  EXPECT_THAT(found("Ce sera vendredi 18h.", "fr"), ElementsAre("vendredi = 2022-04-15 18:00 (weekday)"));
  EXPECT_THAT(found("On Friday 20 people will sing.", "en"), ElementsAre("Friday = 2022-04-15 (weekday)"));
}

TEST_F(Dates, NumbersThatArePartOfSomethingElse) {
  for (const std::string_view text :
       {"Version 1.5.2024 is out.", "Chapter 5 May be read.", "Room 12 March on.", "On May 7 people came.",
        "We walked March 5 miles.", "A 1 May-be.", "In the floods of May 7 villages were lost."}) {
    EXPECT_THAT(found(text, "en"), IsEmpty()) << text;
  }
  EXPECT_THAT(found("Die Version 1.5.2024 ist da.", "de"), IsEmpty());
  EXPECT_THAT(found("La version 1.5.2024 est là.", "fr"), IsEmpty());
  EXPECT_THAT(found("Das Heute Journal, das heute journal und das Hier und Heute", "de"), IsEmpty());
  EXPECT_THAT(found("On May 7 the bridge opens, May 9 marks the day.", "en"),
              ElementsAre("May 7 = 2022-05-07 (calendar)", "May 9 = 2022-05-09 (calendar)"));
  EXPECT_THAT(found("On May 7, people came.", "en"), ElementsAre("May 7 = 2022-05-07 (calendar)"));
  EXPECT_THAT(found("Die Fassung vom 1.5.2024", "de"), ElementsAre("1.5.2024 = 2024-05-01 (calendar)"));
}

TEST_F(Dates, TheSmallHoursOfTonightAreTomorrows) {
  EXPECT_THAT(found("Marea viva esta noche: 4,1 metros a las 3:40.", "es"),
              ElementsAre("esta noche = 2022-04-15 (relative)"));
  EXPECT_THAT(found("Tonight at 3:40 the tide is high.", "en"),
              ElementsAre("Tonight = 2022-04-15 03:40 (relative)"));
  EXPECT_THAT(found("Ce soir à 2h30", "fr"), ElementsAre("Ce soir = 2022-04-15 02:30 (relative)"));
  EXPECT_THAT(found("Last night at 3am it broke.", "en"),
              ElementsAre("Last night = 2022-04-14 03:00 (relative)"));
  EXPECT_THAT(found("Tonight at 11pm", "en"), ElementsAre("Tonight = 2022-04-14 23:00 (relative)"));
  EXPECT_THAT(found("Heute um 3:40 Uhr", "de"), ElementsAre("Heute = 2022-04-14 03:40 (relative)"));
  // Written at two in the morning there: this night or the next.
  EXPECT_THAT(found_on("2022-04-14T00:10:00Z", "FR", "Ce soir à 2h30", "fr"), IsEmpty());
  EXPECT_THAT(found_on("2022-04-14T00:10:00Z", "FR", "Ce soir à 20h", "fr"),
              ElementsAre("Ce soir = 2022-04-14 20:00 (relative)"));
}

TEST_F(Dates, AClockFarOutsideTheYearsTellsNothing) {
  for (const std::int64_t seconds :
       {std::int64_t{100'000'000'000'000'000}, std::int64_t{-100'000'000'000'000'000},
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
        std::int64_t{253'402'300'799}}) {
    for (const bool day_only : {false, true}) {
      officials_ = Officials({testing::official("anna", "Anna Nilsen", "Mayor", "Town", "FR")});
      Item one = item("Demain, le 15 avril et vendredi 6 mai 2022", "fr", "anna");
      one.mutable_created_at()->set_seconds(seconds);
      one.set_day_only(day_only);
      EXPECT_THAT(list(dates_in(std::move(one))), ElementsAre("vendredi 6 mai 2022 = 2022-05-06 (calendar)"));
    }
  }
}

TEST_F(Dates, WhichNumberIsTheMonth) {
  EXPECT_THAT(found_on("2022-04-14T12:00:00Z", "US", "On 03/04/2022 we met.", "en"),
              ElementsAre("03/04/2022 = 2022-03-04 (calendar)"));
  EXPECT_THAT(found_on("2022-04-14T12:00:00Z", "IE", "On 03/04/2022 we met.", "en"),
              ElementsAre("03/04/2022 = 2022-04-03 (calendar)"));
  EXPECT_THAT(found_on("2022-04-14T12:00:00Z", "CA", "On 03/04/2022 we met.", "en"), IsEmpty());
  EXPECT_THAT(found_on("2022-04-14T12:00:00Z", "US", "El 03/04/2022", "es"),
              ElementsAre("03/04/2022 = 2022-03-04 (calendar)"));
  EXPECT_THAT(found_on("2022-04-14T12:00:00Z", "IE", "On 15/04 we meet.", "en"), IsEmpty());
  EXPECT_THAT(found_on("2022-04-14T12:00:00Z", "IE", "On Friday 15/04 at 10am", "en"),
              ElementsAre("Friday 15/04 = 2022-04-15 10:00 (calendar)"));
}

TEST_F(Dates, TheYearIsTheNearestAndTheWeekdayMayChooseIt) {
  EXPECT_THAT(found_on("2022-12-30T12:00:00Z", "FR", "Le 3 janvier", "fr"),
              ElementsAre("3 janvier = 2023-01-03 (calendar)"));
  EXPECT_THAT(found_on("2023-01-03T12:00:00Z", "FR", "Le 30 décembre", "fr"),
              ElementsAre("30 décembre = 2022-12-30 (calendar)"));
  EXPECT_THAT(found_on("2022-12-30T12:00:00Z", "FR", "Du 30 décembre au 2 janvier", "fr"),
              ElementsAre("30 décembre au 2 janvier = 2022-12-30/2023-01-02 (calendar)"));
  // 12 October is as far ahead as behind; a Wednesday it is ahead, a Tuesday behind, a Friday neither.
  EXPECT_THAT(found("Le 12 octobre", "fr"), IsEmpty());
  EXPECT_THAT(found("Le mercredi 12 octobre", "fr"),
              ElementsAre("mercredi 12 octobre = 2022-10-12 (calendar)"));
  EXPECT_THAT(found("Le mardi 12 octobre", "fr"), ElementsAre("mardi 12 octobre = 2021-10-12 (calendar)"));
  EXPECT_THAT(found("Le vendredi 12 octobre", "fr"), IsEmpty());
  EXPECT_THAT(found("Le 29 février", "fr"), IsEmpty());
  EXPECT_THAT(found_on("2024-03-05T12:00:00Z", "FR", "Le 29 février", "fr"),
              ElementsAre("29 février = 2024-02-29 (calendar)"));
}

TEST_F(Dates, NextAndLastAreNotToldWherePeopleDisagree) {
  EXPECT_THAT(found("next Friday", "en"), IsEmpty());   // tomorrow, or a week later
  EXPECT_THAT(found("last Tuesday", "en"), IsEmpty());  // of this week, or of the one before
  EXPECT_THAT(found("next Thursday", "en"), ElementsAre("next Thursday = 2022-04-21 (weekday)"));
  EXPECT_THAT(found("next weekend", "en"), IsEmpty());
  EXPECT_THAT(found("last weekend", "en"), ElementsAre("last weekend = 2022-04-09/2022-04-10 (relative)"));
  EXPECT_THAT(found("Ce mercredi, le pont a été ouvert.", "fr"),
              ElementsAre("Ce mercredi = 2022-04-13 (weekday)"));
  EXPECT_THAT(found("this Thursday", "en"), ElementsAre("this Thursday = 2022-04-14 (weekday)"));
}

TEST_F(Dates, SeveralInOneTextAndOffsetsInBytes) {
  EXPECT_THAT(found("Hier à Kyïv, demain à 9h à Lviv ; le 15 avril, rien. Rendez-vous mardi prochain.", "fr"),
              ElementsAre("Hier = 2022-04-13 (relative)", "demain = 2022-04-15 09:00 (relative)",
                          "15 avril = 2022-04-15 (calendar)", "mardi prochain = 2022-04-19 (weekday)"));
  Item post = item("🇺🇦 Вчора", "uk");
  post.set_day_only(true);
  const Item one = dates_in(std::move(post));
  ASSERT_EQ(one.dates_size(), 1);
  EXPECT_EQ(one.dates(0).begin(), 9U);
  EXPECT_EQ(one.dates(0).end(), 19U);
  EXPECT_EQ(one.dates(0).last(), "2022-04-13");
}

TEST_F(Dates, APostWithoutADayTellsOnlyWholeDates) {
  Item one = item("Hier, le 15 avril et le 16 avril 2022", "fr");
  one.clear_created_at();
  EXPECT_THAT(list(dates_in(std::move(one))), ElementsAre("16 avril 2022 = 2022-04-16 (calendar)"));
}

TEST_F(Dates, AtMostAHundredAndAnyBytes) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "hier, demain à 18h30 et vendredi 15 avril 2022. ";
  EXPECT_EQ(found(many, "fr").size(), 100U);
  std::string numbers;
  for (int i = 0; i < 20000; ++i) numbers += "15.04.";
  EXPECT_THAT(found(numbers, "de"), IsEmpty());
  std::string all;
  for (int i = 1; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_THAT(found(to_valid_utf8(all), "en"), IsEmpty());
  EXPECT_THAT(found("15", "en"), IsEmpty());
  EXPECT_THAT(found("demain à", "fr"), ElementsAre("demain = 2022-04-15 (relative)"));
}

}  // namespace
}  // namespace copytaster
