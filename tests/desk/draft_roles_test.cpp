#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "desk/draft.h"
#include "desk/sources.h"
#include "desk/wording_roles.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

struct Told {
  std::string_view language, text, role, name, place, english;
};

// The role as the processors find it, the place as they name it.
RoleFound found_in(const Told& one) {
  Item item = make_post("facebook:1", "facebook", "aubanel", "2023-05-11T08:00:00Z", one.language, one.text);
  mention(item, "person", one.name, one.name, "", one.role);
  if (!one.place.empty()) {
    const std::size_t bar = one.place.find('=');
    mention(item, "place", one.place.substr(0, bar), one.place.substr(bar + 1), "geonames:1");
  }
  EXPECT_EQ(item.mentions_size(), 1) << one.text;
  return item.mentions_size() == 1 ? english_role(item, item.mentions(0)) : RoleFound();
}

TEST(EnglishRole, KnowsTheOfficesOfTenLanguages) {
  for (const Told& one : {
           Told{"en", "We spoke with Prosecutor General Olha Sydorets.", "Prosecutor General",
                "Olha Sydorets", "", "Prosecutor General"},
           Told{"en", "Thanks to the deputies Olha Sydorets and others.", "deputies", "Olha Sydorets", "",
                "Deputy"},
           Told{"fr", "J'ai rencontré les députés Olha Sydorets et Ivan Kravtsun.", "députés",
                "Olha Sydorets", "", "Deputy"},
           Told{"fr", "Avec la procureure générale d'Ukraine, Olha Sydorets, hier.",
                "procureure générale d'Ukraine", "Olha Sydorets", "Ukraine=Ukraine",
                "Prosecutor General of Ukraine"},
           Told{"uk", "Зустріч з мером Бучі Ольгою Сидорець.", "мером Бучі", "Ольгою Сидорець", "Bucha=Бучі",
                "Mayor of Bucha"},
           Told{"uk", "Генеральна прокурорка Ольга Сидорець розповіла.", "Генеральна прокурорка",
                "Ольга Сидорець", "", "Prosecutor General"},
           Told{"de", "Die Bürgermeisterin von Lwiw, Olha Sydorets, kam.", "Bürgermeisterin von Lwiw",
                "Olha Sydorets", "Lviv=Lwiw", "Mayor of Lviv"},
           Told{"es", "Con la alcaldesa de Leópolis, Olha Sydorets.", "alcaldesa de Leópolis",
                "Olha Sydorets", "Lviv=Leópolis", "Mayor of Lviv"},
           Told{"it", "Con il sindaco di Leopoli, Ivan Kravtsun.", "sindaco di Leopoli", "Ivan Kravtsun",
                "Lviv=Leopoli", "Mayor of Lviv"},
           Told{"pl", "Rozmawiałem z posłanką Olhą Sydorets.", "posłanką", "Olhą Sydorets", "", "Deputy"},
           Told{"pt", "Com o primeiro-ministro Ivan Kravtsun.", "primeiro-ministro", "Ivan Kravtsun", "",
                "Prime Minister"},
           Told{"nl", "Met de burgemeester van Lviv, Ivan Kravtsun.", "burgemeester van Lviv",
                "Ivan Kravtsun", "Lviv=Lviv", "Mayor of Lviv"},
           Told{"el", "Με τη βουλευτίνα Όλχα Σιντόρετς.", "βουλευτίνα", "Όλχα Σιντόρετς", "", "Deputy"},
       }) {
    const RoleFound role = found_in(one);
    EXPECT_EQ(role.english, one.english) << one.text;
    const std::string_view shown = one.text.substr(role.span.begin, role.span.end - role.span.begin);
    EXPECT_THAT(shown, HasSubstr(std::string(one.role)));
    EXPECT_THAT(shown, HasSubstr(std::string(one.name)));
  }
}

TEST(EnglishRole, LeavesOutWhatItCannotSayInFull) {
  for (const Told& one : {
           Told{"en", "With my colleagues Olha Sydorets and Ivan Kravtsun.", "colleagues", "Olha Sydorets",
                "", ""},
           Told{"fr", "Avec mon homologue Ivan Kravtsun.", "homologue", "Ivan Kravtsun", "", ""},
           Told{"fr", "Le président du groupe écologiste, Ivan Kravtsun, était là.",
                "président du groupe écologiste", "Ivan Kravtsun", "", ""},
           Told{"fr", "La présidente du club de Lviv, Olha Sydorets.", "présidente du club de Lviv",
                "Olha Sydorets", "Lviv=Lviv", ""},
           Told{"fr", "La ministre déléguée Olha Sydorets.", "ministre déléguée", "Olha Sydorets", "", ""},
           Told{"de", "Direktorin der Volksschule Lwiw Olha Sydorets", "Direktorin der Volksschule Lwiw",
                "Olha Sydorets", "Lviv=Lwiw", ""},
           Told{"fr", "La maire de Lviv-Est, Olha Sydorets.", "maire de Lviv-Est", "Olha Sydorets",
                "Lviv=Lviv", ""},
           Told{"fr", "Olha Sydorets.", "députée", "Olha Sydorets", "", ""},  // nothing in the post says so
       }) {
    EXPECT_EQ(found_in(one).english, "") << one.text;
  }
}

TEST(EnglishRole, SurvivesAnySpan) {
  Item item;
  item.set_text("les députés");
  for (const Span span : {Span{0, 0}, Span{5, 2}, Span{0, 4000}, Span{4000, 9000}, Span{0, 11}})
    EXPECT_EQ(english_role(item, "députés", span).english, "");
  Mention* place = item.add_places();
  place->set_begin(4);
  place->set_end(9000);
  EXPECT_EQ(english_role(item, "députés", Span{0, 3}).english, "Deputy");
}

class DraftRolesTest : public testing::Test {
 protected:
  DraftRolesTest() { put_visit(store_); }
  Draft draft() {
    auto made = make_draft(*store_.story(kVisit), store_);
    EXPECT_TRUE(made.ok()) << made.status();
    if (!made.ok()) return Draft();
    EXPECT_TRUE(check_draft(*made, store_).ok()) << check_draft(*made, store_);
    return *made;
  }
  const Block* block(const Draft& made, std::string_view rule) {
    for (const Block& one : made.blocks()) {
      if (one.rule() == rule) return &one;
    }
    return nullptr;
  }
  FakeStore store_;
};

TEST_F(DraftRolesTest, AnEnglishSentenceHoldsNoForeignRole) {
  Item& album = store_.newest(std::string(kAlbum));
  for (Mention& one : *album.mutable_mentions()) {
    if (one.kind() == "person") one.set_role("députés");
  }
  const Draft made = draft();
  const Block* named = block(made, "named");
  ASSERT_NE(named, nullptr);
  EXPECT_EQ(
      named->text(),
      "Marie Aubanel named Petro Halenko (Mayor of Zelenohrad), Olha Sydorets (Deputy) and Ivan Kravtsun "
      "(Deputy) in the posts.");
  std::vector<std::string> shown;
  for (const Support& support : named->support()) {
    const std::string text = store_.item(support.item_id())->text();
    shown.push_back(text.substr(support.begin(), support.end() - support.begin()));
  }
  EXPECT_THAT(shown, Contains("députés Olha Sydorets"));
  EXPECT_THAT(shown, Contains("députés Olha Sydorets et Ivan Kravtsun"));
}

TEST_F(DraftRolesTest, WordsThatAnotherPostedAreQuotedByThatOne) {
  Item& host = store_.newest(std::string(kHost));
  host.mutable_quotes(0)->mutable_speaker()->set_name("Olha Sydorets");
  host.mutable_quotes(0)->mutable_speaker()->clear_official_id();
  host.mutable_quotes(0)->mutable_speaker()->set_role("депутатка");
  const Draft made = draft();
  const auto markdown = export_markdown(made, store_);
  ASSERT_TRUE(markdown.ok()) << markdown.status();
  // The post does not name her beside the words, so her role is not shown to be so.
  EXPECT_THAT(
      *markdown,
      HasSubstr("> — Olha Sydorets, quoted by Petro Halenko on Mastodon, 11 May 2023 (in Ukrainian)"));
  EXPECT_THAT(*markdown, Not(HasSubstr("Olha Sydorets, on Mastodon")));
  EXPECT_THAT(*export_html(made, store_), HasSubstr("Olha Sydorets, quoted by Petro Halenko on Mastodon"));
  EXPECT_THAT(*markdown,
              HasSubstr("> — Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023 (in French)"));
}

TEST_F(DraftRolesTest, ASpeakersRoleIsInEnglishAndShown) {
  Item& evening = store_.newest(std::string(kEvening));
  const std::string said = "« Nous tiendrons », m'a dit la procureure générale Olha Sydorets. ";
  evening = make_post(kEvening, "facebook", "aubanel", "2023-05-11T18:48:00Z", "fr", said);
  Quote& quote = *evening.add_quotes();
  quote.set_text("Nous tiendrons");
  quote.set_begin(static_cast<std::uint32_t>(said.find("Nous")));
  quote.set_end(quote.begin() + 14);
  quote.set_language("fr");
  quote.mutable_speaker()->set_name("Olha Sydorets");
  quote.mutable_speaker()->set_role("procureure générale");
  const Draft made = draft();
  const Block* shown = nullptr;
  for (const Block& one : made.blocks()) {
    if (one.kind() == "quote" && one.text() == "Nous tiendrons") shown = &one;
  }
  ASSERT_NE(shown, nullptr);
  EXPECT_EQ(shown->speaker().role(), "Prosecutor General");
  ASSERT_EQ(shown->support_size(), 2);
  EXPECT_EQ(said.substr(shown->support(1).begin(), shown->support(1).end() - shown->support(1).begin()),
            "procureure générale Olha Sydorets");
}

TEST_F(DraftRolesTest, TheClosingStatementIsTheLeadersOwn) {
  Item& evening = store_.newest(std::string(kEvening));
  Quote& other = *evening.add_quotes();
  other = evening.quotes(0);
  other.mutable_speaker()->set_name("Olha Sydorets");
  other.mutable_speaker()->clear_official_id();
  other.set_score(1.0F);
  const Draft made = draft();
  const Block* last = nullptr;
  for (const Block& one : made.blocks()) {
    if (one.kind() == "quote") last = &one;
  }
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->speaker().name(), "Marie Aubanel");
}

}  // namespace
}  // namespace copytaster
