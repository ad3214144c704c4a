// Nobody twice, nothing lost.
#include "app/officials_merge.h"

#include <gmock/gmock.h>

#include "tests/app/officials_support.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

OfficialsBook book_of(std::string_view toml) { return {toml_of(toml).entries, "officials.toml"}; }

// Rows of an import with an id each unless it is empty.
struct Row {
  std::string id, name;
  std::vector<std::string> accounts;
  std::string wikidata = {}, role = {}, place = {}, from = {};
};

OfficialsInput input_of(const std::vector<Row>& rows) {
  static const Collectors kCollectors;
  static const std::string kFile = "list.csv";
  OfficialsInput input;
  unsigned line = 1;
  for (const Row& row : rows) {
    EntryBuilder builder(kCollectors, kFile, ++line, &input.problems);
    builder.set_id(line, row.id);
    builder.set_name(line, row.name);
    for (const std::string& account : row.accounts) builder.add_account(line, account);
    if (!row.wikidata.empty()) builder.set_wikidata(line, row.wikidata);
    if (!row.role.empty()) {
      Role* role = builder.add_role(line);
      role->set_title(row.role);
      role->set_place(row.place);
      if (!row.from.empty()) builder.set_from(line, role, row.from);
    }
    input.entries.push_back(builder.finish(true).value());
  }
  input.problems.clear();
  return input;
}

constexpr std::string_view kRavenel =
    "[[official]]\nid = \"ravenel\"\nname = \"Odile Ravenel\"\nwikidata = \"Q900000001\"\n"
    "accounts = [\"https://x.com/ravenel\", \"https://ravenel.example/feed\"]\n"
    "[[official.role]]\ntitle = \"Mayor\"\nplace = \"Portvent\"\n";

TEST(OfficialsMerge, TheSamePersonIsFoundByIdWikidataOrAccount) {
  for (const Row& row : std::vector<Row>{
           {"ravenel", "O. Ravenel", {"https://a.example/feed"}},
           {"other/1", "Someone Else", {"https://a.example/feed"}, "Q900000001"},
           {"other/1", "Odile M. Ravenel", {"https://twitter.com/Ravenel", "https://a.example/feed"}},
           {"", "Одиль Равенель", {"http://www.ravenel.example/feed", "https://a.example/feed"}},
           {"", "Odile Ravenel", {"https://a.example/feed"}, "", "Mayor", "Portvent"}}) {
    OfficialsBook book = book_of(kRavenel);
    const MergeReport report = book.take(input_of({row}), "list.csv");
    EXPECT_EQ(report.changed, row.name == "Odile Ravenel" && row.id.empty() ? 0U : 1U) << row.name;
    if (report.changed == 0) continue;  // an id made from the name is "odile-ravenel" and not "ravenel"
    ASSERT_EQ(book.entries().size(), 1U);
    const Official& official = book.entries()[0].official;
    EXPECT_EQ(official.id(), "ravenel");
    EXPECT_EQ(official.name(), "Odile Ravenel");
    EXPECT_THAT(official.aliases(), ElementsAre(row.name));
    EXPECT_THAT(urls_of(official), ElementsAre("https://x.com/ravenel", "https://ravenel.example/feed",
                                               "https://a.example/feed"));
    for (const Account& account : official.accounts()) EXPECT_EQ(account.official_id(), "ravenel");
    EXPECT_TRUE(book.existing_changed());
    EXPECT_THAT(report.news, ElementsAre(AllOf(HasSubstr("changed"), HasSubstr("alias " + row.name),
                                               HasSubstr("https://a.example/feed"))));
    EXPECT_THAT(report.problems, IsEmpty());
  }
}

TEST(OfficialsMerge, AnAccountSharedByTwoPeopleMakesThemNotOne) {
  OfficialsBook book = book_of("");
  const MergeReport report =
      book.take(input_of({{"us/1", "Roger Marchand", {"https://www.facebook.com/marchand"}, "Q900000002"},
                          {"us/2",
                           "Tommy Tubal",
                           {"https://www.facebook.com/marchand", "https://x.com/tubal"},
                           "Q900000003"},
                          {"fr/1", "Philippe François", {"https://x.com/rapin"}},
                          {"fr/2", "Jean-François Rapin", {"https://x.com/rapin"}}}),
                "list.jsonl");
  EXPECT_EQ(report.added, 4U);
  ASSERT_EQ(book.entries().size(), 4U);
  EXPECT_THAT(urls_of(book.entries()[1].official), ElementsAre("https://x.com/tubal"));
  EXPECT_THAT(texts_of(report.problems, true),
              ElementsAre(AllOf(HasSubstr("list.jsonl:3: "),
                                HasSubstr("already that of Roger Marchand (us/1), list.jsonl:2")),
                          HasSubstr("https://x.com/rapin")));
}

TEST(OfficialsMerge, WhoIsNamedTwiceInOneFileIsOnePerson) {
  OfficialsBook book = book_of("");
  const MergeReport report =
      book.take(input_of({{"fr/1", "Odile Ravenel", {"https://x.com/ravenel"}, "", "Député"},
                          {"fr/1", "Odile Ravenel", {"https://x.com/ravenel"}, "", "Sénateur"},
                          {"", "Jan Kowal", {}, "", "Mayor", "Dolina"},
                          {"", "Jan Kowal", {}, "", "Mayor", "Wierzba"},
                          {"", "Jan Kowal", {"https://x.com/kowal"}, "", "Mayor", "Dolina"}}),
                "list.csv");
  EXPECT_EQ(report.added, 3U);
  EXPECT_EQ(report.repeated, 2U);
  ASSERT_EQ(book.entries().size(), 3U);
  EXPECT_EQ(book.entries()[0].official.roles_size(), 2);
  EXPECT_EQ(book.entries()[1].official.id(), "jan-kowal");
  EXPECT_EQ(book.entries()[2].official.id(), "jan-kowal-wierzba");
  EXPECT_THAT(urls_of(book.entries()[1].official), ElementsAre("https://x.com/kowal"));
  EXPECT_FALSE(book.existing_changed());
}

TEST(OfficialsMerge, ContradictionsAreRefused) {
  OfficialsBook book =
      book_of(str_cat(kRavenel, "[[official]]\nid = \"b\"\nname = \"B\"\nwikidata = \"Q5\"\n"));
  const MergeReport report =
      book.take(input_of({{"ravenel", "Odile Ravenel", {}, "Q7"}, {"ravenel", "B", {}, "Q5"}}), "list.csv");
  EXPECT_EQ(report.refused, 2U);
  EXPECT_THAT(
      texts_of(report.problems),
      ElementsAre(AllOf(HasSubstr("list.csv:2: "), HasSubstr("officials.toml:1"), HasSubstr("Q900000001")),
                  AllOf(HasSubstr("list.csv:3: "), HasSubstr("Q5 is B (b)"))));
  EXPECT_FALSE(book.existing_changed());
}

TEST(OfficialsMerge, RolesAreCompletedOrAdded) {
  OfficialsBook book = book_of(kRavenel);
  MergeReport report =
      book.take(input_of({{"ravenel", "Odile Ravenel", {}, "", "mayor", "PORTVENT", "2014-04-05"}}), "l");
  EXPECT_EQ(report.changed, 1U);
  ASSERT_EQ(book.entries()[0].official.roles_size(), 1);
  EXPECT_EQ(to_json(book.entries()[0].official.roles(0)),
            R"({"title":"Mayor","place":"Portvent","from":"2014-04-05T00:00:00Z"})");
  report =
      book.take(input_of({{"ravenel", "Odile Ravenel", {}, "", "Mayor", "Portvent", "2014-04-05"}}), "l");
  EXPECT_EQ(report.unchanged, 1U);
  report =
      book.take(input_of({{"ravenel", "Odile Ravenel", {}, "", "Mayor", "Portvent", "2020-07-04"}}), "l");
  EXPECT_EQ(book.entries()[0].official.roles_size(), 2);
}

}  // namespace
}  // namespace copytaster
