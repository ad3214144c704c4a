// Spreadsheets as newsrooms have them.
#include "app/officials_csv.h"

#include <gmock/gmock.h>

#include "tests/app/officials_support.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

OfficialsInput csv_of(std::string_view bytes) { return read_officials_csv(bytes, "list.csv", Collectors()); }

std::vector<std::vector<std::string>> cells_of(std::string_view bytes) {
  const auto table = read_csv(bytes);
  std::vector<std::vector<std::string>> out;
  if (!table.ok()) return {{std::string(table.status().message())}};
  for (const CsvRow& row : table->rows) out.push_back(row.cells);
  return out;
}

TEST(Csv, SeparatorsQuotesAndLineEnds) {
  EXPECT_THAT(cells_of("a;b\r\n1;2\r\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
  EXPECT_THAT(cells_of("a\tb,c\n1\t2"), ElementsAre(ElementsAre("a", "b,c"), ElementsAre("1", "2")));
  EXPECT_THAT(cells_of("sep=;\na,b;c\n"), ElementsAre(ElementsAre("a,b", "c")));
  EXPECT_THAT(cells_of("a,b\r1,2\r"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
  EXPECT_THAT(cells_of("a,\"b \"\"c\"\"\nd, e\", \"f\"\n"),
              ElementsAre(ElementsAre("a", "b \"c\"\nd, e", "f")));
  EXPECT_THAT(cells_of("\xEF\xBB\xBF"
                       "a,b\n,,\n \n1,\n"),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "")));
  EXPECT_THAT(cells_of(""), IsEmpty());
}

TEST(Csv, ARowKnowsItsLineAlsoBehindCellsOfSeveralLines) {
  const auto table = read_csv("a,b\n\"x\ny\",1\r\n\nz,2\n");
  ASSERT_TRUE(table.ok());
  ASSERT_EQ(table->rows.size(), 3U);
  EXPECT_EQ(table->rows[1].line, 2U);
  EXPECT_EQ(table->rows[2].line, 5U);
}

TEST(Csv, ABrokenQuoteIsToldWithTheLineWhereItBegins) {
  EXPECT_THAT(texts_of(csv_of("name,accounts\nA,\"https://a.example\nB,\n").problems),
              ElementsAre(AllOf(HasSubstr("list.csv:2: "), HasSubstr("not closed"))));
  EXPECT_THAT(texts_of(csv_of("name,accounts\n\"A\"x,\n").problems),
              ElementsAre(AllOf(HasSubstr("list.csv:2: "), HasSubstr("closing quote"))));
}

TEST(Csv, WesternLettersOfWindowsAreReadAndSaid) {
  const OfficialsInput input = csv_of("name;url\nAndr\xE9 Lef\xE8vre \x96 maire;https://a.example/feed\n");
  EXPECT_THAT(texts_of(input.problems), IsEmpty());
  ASSERT_EQ(input.entries.size(), 1U);
  EXPECT_EQ(input.entries[0].official.name(), "André Lefèvre – maire");
  EXPECT_THAT(texts_of(input.problems, true),
              ElementsAre(AllOf(HasSubstr("windows-1252"), HasSubstr("\"André\""))));
}

TEST(Csv, LettersThatNobodyCanTellAreAnError) {
  // "Віталій" in windows-1251: as windows-1252 it would be nonsense, and no byte of it is wrong.
  const auto cyrillic =
      csv_of("name;url\nA;https://a.example/feed\n\xC2\xB3\xF2\xE0\xEB\xB3\xE9;https://b.example/feed\n");
  EXPECT_THAT(
      texts_of(cyrillic.problems),
      ElementsAre(AllOf(HasSubstr("list.csv:3: "), HasSubstr("cannot be read"), HasSubstr("CSV UTF-8"))));
  EXPECT_THAT(cyrillic.entries, IsEmpty());
  EXPECT_THAT(texts_of(csv_of("name\nA\x81\n").problems),
              ElementsAre(HasSubstr("neither UTF-8 nor windows-1252")));
  EXPECT_THAT(texts_of(csv_of(std::string_view("name\nA\0B\n", 9)).problems),
              ElementsAre(HasSubstr("zero bytes")));
}

TEST(Csv, Utf16WithAMarkIsRead) {
  std::string bytes = "\xFF\xFE";
  for (const char c : std::string_view("name\turl\nA\thttps://a.example/feed\n")) {
    bytes += c;
    bytes += '\0';
  }
  const OfficialsInput input = csv_of(bytes);
  ASSERT_EQ(input.entries.size(), 1U);
  EXPECT_EQ(input.entries[0].official.name(), "A");
}

TEST(OfficialsCsv, ColumnsInAnyOrderByTheNamesPeopleGiveThem) {
  const OfficialsInput input = csv_of(
      "Pays;Ville;Fonction;Prénom;Nom;Depuis;Langues;Facebook;X (Twitter);Instagram;Telegram;Site web;Parti\n"
      "France;Portvent;Maire;Odile;Ravenel;05.04.2014;français, anglais;ravenel.portvent;@ravenel;ravenel;"
      "https://t.me/ravenel;ravenel.example;Lilas\n");
  EXPECT_THAT(texts_of(input.problems), IsEmpty());
  ASSERT_EQ(input.entries.size(), 1U);
  const Official& official = input.entries[0].official;
  EXPECT_EQ(official.id(), "odile-ravenel");
  EXPECT_EQ(official.name(), "Odile Ravenel");
  ASSERT_EQ(official.roles_size(), 1);
  EXPECT_EQ(to_json(official.roles(0)),
            R"({"title":"Maire","place":"Portvent","country":"FR","from":"2014-04-05T00:00:00Z"})");
  EXPECT_THAT(official.languages(), ElementsAre("fr", "en"));
  EXPECT_THAT(platforms_of(official), ElementsAre("facebook", "x", "instagram", "telegram"));
  EXPECT_THAT(input.entries[0].websites, ElementsAre("https://ravenel.example"));
  EXPECT_THAT(input.left_out, ElementsAre(std::pair<const std::string, std::size_t>("Parti", 1)));
}

TEST(OfficialsCsv, SeveralAccountsInOneCellOrARowForEach) {
  const std::vector<std::string> urls = {"https://x.com/ravenel", "https://a.example/feed",
                                         "https://social.example/@ravenel"};
  for (const std::string_view bytes :
       {"name,accounts\nOdile Ravenel,\"https://x.com/ravenel, "
        "https://a.example/feed\nhttps://social.example/@ravenel\"\n",
        "name,accounts\nOdile Ravenel,https://x.com/ravenel; https://a.example/feed | "
        "@ravenel@social.example\n",
        "name;accounts\nOdile Ravenel;https://x.com/ravenel,https://a.example/feed "
        "https://social.example/@ravenel\n",
        "name,account\nOdile Ravenel,https://x.com/ravenel\nOdile Ravenel,https://a.example/feed\n"
        "Odile Ravenel,https://social.example/@ravenel\n",
        "name,account\nOdile "
        "Ravenel,https://x.com/ravenel\n,https://a.example/feed\n,https://social.example/@ravenel\n",
        "name,account 1,account 2,account 3\nOdile Ravenel,https://x.com/ravenel,https://a.example/feed,"
        "https://social.example/@ravenel\n",
        "id,name,url\n7,Odile "
        "Ravenel,https://x.com/ravenel\n7,,https://a.example/feed\n7,,https://social.example/@ravenel\n"}) {
    const OfficialsInput input = csv_of(bytes);
    EXPECT_THAT(texts_of(input.problems), IsEmpty()) << bytes;
    ASSERT_EQ(input.entries.size(), 1U) << bytes;
    EXPECT_EQ(urls_of(input.entries[0].official), urls) << bytes;
  }
}

TEST(OfficialsCsv, TwoOfOneNameInTwoPlacesAreTwo) {
  const OfficialsInput input = csv_of("name,role,place\nJan Kowal,Mayor,Dolina\nJan Kowal,Mayor,Wierzba\n");
  EXPECT_EQ(input.entries.size(), 2U);
}

TEST(OfficialsCsv, EveryFaultIsToldWithItsLine) {
  const OfficialsInput input = csv_of(
      "name,url,country,role,from,lang\n"
      "A,not a url,Atlantis,Mayor,4/5/2014,xx\n"
      ",https://b.example/feed,,,,\n"
      "C,https://c.example/feed,FR,Mayor,2014-04-05,fr,too,many\n"
      "D,https://d.example/feed,FR,Mayor,2014-04-05,fr\n");
  EXPECT_EQ(input.refused, 2U);
  ASSERT_EQ(input.entries.size(), 1U);
  EXPECT_EQ(input.entries[0].official.name(), "D");
  EXPECT_THAT(texts_of(input.problems),
              testing::UnorderedElementsAre(
                  AllOf(HasSubstr("list.csv:2: "), HasSubstr("no platform knows")),
                  AllOf(HasSubstr("list.csv:2: "), HasSubstr("Atlantis"), HasSubstr("ISO 3166")),
                  AllOf(HasSubstr("list.csv:2: "), HasSubstr("4/5/2014"), HasSubstr("2014-04-05")),
                  AllOf(HasSubstr("list.csv:2: "), HasSubstr("\"xx\""), HasSubstr("BCP 47")),
                  AllOf(HasSubstr("list.csv:4: "), HasSubstr("8 and 6"))));
}

TEST(OfficialsCsv, WithoutAHeaderItSaysWhatIsExpected) {
  EXPECT_THAT(texts_of(csv_of("Odile Ravenel,https://x.com/ravenel\n").problems),
              ElementsAre(AllOf(HasSubstr("list.csv:1: "), HasSubstr("\"name\""), HasSubstr("accounts"))));
  EXPECT_THAT(texts_of(csv_of("").problems), ElementsAre(HasSubstr("no column")));
}

TEST(OfficialsCsv, APlaceWithoutARoleIsSaidToBeLeftOut) {
  const OfficialsInput input = csv_of("name,city,url\nA,Portvent,https://a.example/feed\n");
  EXPECT_EQ(input.entries.size(), 1U);
  EXPECT_EQ(input.left_out.at("a place or country without a role"), 1U);
}

}  // namespace
}  // namespace copytaster
