// JSON Lines: our own records and those of registries.
#include "app/officials_jsonl.h"

#include <gmock/gmock.h>

#include "tests/app/officials_support.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

OfficialsInput jsonl_of(std::string_view bytes) {
  return read_officials_jsonl(bytes, "list.jsonl", Collectors());
}

TEST(OfficialsJsonl, ReadsOurRecordAndUrlsAlone) {
  const OfficialsInput input = jsonl_of(
      "\xEF\xBB\xBF"
      R"({"id":"a","name":"A","kind":"BODY","aliases":["А"],"accounts":["https://a.example/feed",{"profileUrl":"https://x.com/a"}],"roles":[{"title":"T","from":"2014-04-05T00:00:00Z"}],"unknown":1})"
      "\r\n\n"
      R"({"name":"B C","accounts":[],"kind":0})");
  EXPECT_THAT(texts_of(input.problems), IsEmpty());
  ASSERT_EQ(input.entries.size(), 2U);
  EXPECT_EQ(input.entries[0].official.kind(), BODY);
  EXPECT_THAT(urls_of(input.entries[0].official), ElementsAre("https://a.example/feed", "https://x.com/a"));
  EXPECT_EQ(input.entries[1].official.id(), "b-c");
  EXPECT_EQ(input.entries[1].line, 3U);
  EXPECT_EQ(input.left_out.at("unknown"), 1U);
}

TEST(OfficialsJsonl, ReadsARegistrysLine) {
  const OfficialsInput input = jsonl_of(
      R"({"id":"us/X1","name":"Odile Ravenel","role":"Senator","place":"PV","country":"United States","party":"Lilac","website":"https://ravenel.example","wikidata":"Q900000001","start_date":"2017-01-01","end_date":"2019","accounts":{"twitter":"@Ravenel","twitter_id":42,"facebook":"ravenel","instagram":"ravenel","youtube":"OldName","youtube_id":"UCravenelRavenelRavenelR","mastodon":"@ravenel@social.example","sites":["https://twitter.com/ravenel","https://t.me/ravenel","https://www.facebook.com/ not a page","https://blog.ravenel.example/"]}})");
  EXPECT_THAT(texts_of(input.problems), IsEmpty());
  ASSERT_EQ(input.entries.size(), 1U);
  const Official& official = input.entries[0].official;
  EXPECT_EQ(official.id(), "us/X1");
  EXPECT_THAT(texts_of(input.problems, true), ElementsAre(HasSubstr("\"2019\" is taken for 2019-12-31")));
  EXPECT_EQ(
      to_json(official.roles(0)),
      R"({"title":"Senator","place":"PV","country":"US","from":"2017-01-01T00:00:00Z","until":"2019-12-31T00:00:00Z"})");
  EXPECT_THAT(urls_of(official), ElementsAre("https://x.com/Ravenel", "https://www.facebook.com/ravenel",
                                             "https://www.instagram.com/ravenel/",
                                             "https://www.youtube.com/channel/UCravenelRavenelRavenelR",
                                             "https://social.example/@ravenel", "https://t.me/ravenel"));
  // What is no profile is kept as a website, even where it is no good address.
  EXPECT_THAT(input.entries[0].websites,
              ElementsAre("https://ravenel.example", "https://www.facebook.com/ not a page",
                          "https://blog.ravenel.example/"));
  EXPECT_EQ(input.left_out.at("party"), 1U);
  EXPECT_EQ(input.left_out.at("accounts.youtube"), 1U);
}

TEST(OfficialsJsonl, EveryFaultIsToldWithItsLine) {
  const OfficialsInput input = jsonl_of(
      "{\"name\":\n[]\n{\"name\":7}\n{\"name\":\"A\",\"accounts\":{\"friendster\":\"a\"}}\n"
      "{\"name\":\"B\xFF\"}\n{\"id\":\"c\"}\n{\"name\":\"D\",\"accounts\":[{}],\"roles\":[{\"country\":"
      "\"ZZ\"}]}\n"
      "{\"name\":\"E\",\"accounts\":[\"https://e.example/feed\"]}\n");
  EXPECT_EQ(input.refused, 7U);
  ASSERT_EQ(input.entries.size(), 1U);
  EXPECT_THAT(
      texts_of(input.problems),
      testing::UnorderedElementsAre(HasSubstr("list.jsonl:1: "),
                                    AllOf(HasSubstr("list.jsonl:2: "), HasSubstr("not a JSON object")),
                                    AllOf(HasSubstr("list.jsonl:3: "), HasSubstr("name is not a text")),
                                    AllOf(HasSubstr("list.jsonl:4: "), HasSubstr("friendster")),
                                    AllOf(HasSubstr("list.jsonl:5: "), HasSubstr("UTF-8")),
                                    AllOf(HasSubstr("list.jsonl:6: "), HasSubstr("has no name")),
                                    AllOf(HasSubstr("list.jsonl:7: "), HasSubstr("profileUrl")),
                                    AllOf(HasSubstr("list.jsonl:7: "), HasSubstr("ISO 3166")),
                                    AllOf(HasSubstr("list.jsonl:7: "), HasSubstr("no title"))));
}

}  // namespace
}  // namespace copytaster
