// Posts of X: the traps of its API, one test each.
#include <gtest/gtest.h>

#include "collectors/x_text.h"
#include "core/time.h"
#include "tests/collectors/x_world.h"

namespace copytaster {
namespace {

using namespace x_world;  // NOLINT: what it has is for these tests

class XPostTest : public XWorld {};

// ---- text

TEST_F(XPostTest, EntitiesCountCodePointsNotUtf16OrBytes) {
  // Before the link stand 5 code points that are 9 UTF-16 units and 19 bytes.
  const Item item = only_item(post(
      "12", "🇺🇦👩‍🚒 Voir https://t.co/abc #été",
      R"(,"entities":{"urls":[{"start":11,"end":27,"url":"https://t.co/abc","expanded_url":"https://portvent.example/a"}],"hashtags":[{"start":28,"end":32,"tag":"été"}]})"));
  EXPECT_EQ(item.text(), "🇺🇦👩‍🚒 Voir https://portvent.example/a #été");
  ASSERT_EQ(item.facets_size(), 2);
  EXPECT_EQ(item.text().substr(item.facets(0).begin(), item.facets(0).end() - item.facets(0).begin()),
            "https://portvent.example/a");
  EXPECT_EQ(item.text().substr(item.facets(1).begin()), "#été");
  EXPECT_EQ(item.facets(1).target(), "été");
  ASSERT_EQ(item.tags_size(), 1);
}

TEST_F(XPostTest, OffsetsReferToTheEscapedText) {
  const Item item = only_item(post("12", "1 &lt; 2 &amp;&amp; @ville &gt; x",
                                   R"(,"entities":{"mentions":[{"start":20,"end":26,"username":"Ville"}]})"));
  EXPECT_EQ(item.text(), "1 < 2 && @ville > x");
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.text().substr(item.facets(0).begin(), 6), "@ville");
  EXPECT_EQ(item.facets(0).target(), "https://x.com/Ville");
}

TEST(XText, OnlyThreeEscapesAndOnlyOnce) {
  EXPECT_EQ(x_unescape("&amp;lt; &quot; &#39; & &amp &gt;&lt;"), "&lt; &quot; &#39; & &amp ><");
}

TEST_F(XPostTest, AnEntityThatDoesNotStandThereIsNotBelieved) {
  const Item item = only_item(post(
      "12", "Voir https://t.co/abc",
      R"(,"entities":{"urls":[{"start":4,"end":21,"url":"https://t.co/abc","expanded_url":"https://evil.example/"},{"start":5,"end":2100,"url":"https://t.co/abc"},{"start":-1,"end":3,"url":"x"}],"hashtags":[{"start":0,"end":4,"tag":"oir"}],"mentions":[{"start":3,"end":3,"username":"a"}]})"));
  EXPECT_EQ(item.text(), "Voir https://t.co/abc");
  EXPECT_EQ(item.facets_size(), 0);
}

TEST_F(XPostTest, LongTextStandsInNoteTweet) {
  const Item item = only_item(post(
      "12", "Le début… https://t.co/abc",
      R"(,"note_tweet":{"text":"Le début &amp; la fin #été","entities":{"hashtags":[{"start":22,"end":26,"tag":"été"}]}},"entities":{"urls":[{"start":10,"end":26,"url":"https://t.co/abc","expanded_url":"https://x.com/i/web/status/12"}]})"));
  EXPECT_EQ(item.text(), "Le début & la fin #été");
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.facets(0).target(), "été");
}

TEST_F(XPostTest, TheLinkToItsOwnPicturesIsNotText) {
  const std::string urls =
      R"(,"entities":{"urls":[{"start":5,"end":21,"url":"https://t.co/abc","expanded_url":"https://x.com/ravenel/status/12/photo/1"},{"start":5,"end":21,"url":"https://t.co/abc","expanded_url":"https://x.com/ravenel/status/12/photo/1"}]})";
  EXPECT_EQ(only_item(post("12", "Voilà https://t.co/abc",
                           str_cat(R"(,"attachments":{"media_keys":["3_1"]})",
                                   replace_all(urls, "\"start\":5,\"end\":21", "\"start\":6,\"end\":22"))))
                .text(),
            "Voilà");
  // Another's picture, pasted: it is what the author wrote.
  EXPECT_EQ(only_item(post("12", "Voir https://t.co/abc", urls)).text(),
            "Voir https://x.com/ravenel/status/12/photo/1");
}

TEST_F(XPostTest, LinksInTheMiddleStay) {
  const Item item = only_item(post(
      "12", "https://t.co/abc la suite",
      R"(,"attachments":{"media_keys":["3_1"]},"entities":{"urls":[{"start":0,"end":16,"url":"https://t.co/abc","expanded_url":"https://x.com/ravenel/status/12/photo/1"}]})"));
  EXPECT_EQ(item.text(), "https://x.com/ravenel/status/12/photo/1 la suite");
}

TEST_F(XPostTest, CodesForNoLanguageAreNone) {
  for (const char* none : {"und", "zxx", "qme", "qht", "qam", "qst", "qct", "art", ""}) {
    EXPECT_EQ(only_item(post("12", "a", str_cat(R"(,"lang":")", none, "\""))).declared_language(), "")
        << none;
  }
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"uk")")).declared_language(), "uk");
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"iw")")).declared_language(), "he");
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"in")")).declared_language(), "id");
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"zh-Hant")")).declared_language(), "zh-Hant");
}

// ---- pictures

TEST_F(XPostTest, PicturesAreJoinedByTheirKeysAndKeepTheirOrder) {
  const Item item = only_item(
      post("12", "a", R"(,"attachments":{"media_keys":["3_2","3_1","3_9"]})"),
      str_cat(
          kUsers,
          R"(,"media":[{"media_key":"3_1","type":"photo","url":"https://p.example/1.jpg","width":10,"height":20},{"media_key":"3_2","type":"photo","url":"https://p.example/2.jpg","alt_text":"Un rail"},{"media_key":"3_3","type":"photo","url":"https://p.example/3.jpg"}])"));
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).url(), "https://p.example/2.jpg");
  EXPECT_EQ(item.media(0).alt_text(), "Un rail");
  EXPECT_EQ(item.media(1).native_id(), "3_1");
  EXPECT_EQ(item.media(1).height(), 20U);
  EXPECT_EQ(item.text(), "a");
}

TEST_F(XPostTest, AVideoHasNoUrlButVariants) {
  const auto video = [&](std::string_view more) {
    return only_item(
               post("12", "a", R"(,"attachments":{"media_keys":["7_1"]})"),
               str_cat(
                   kUsers,
                   R"(,"media":[{"media_key":"7_1","type":"video","preview_image_url":"https://p.example/t.jpg")",
                   more, "}]"))
        .media(0);
  };
  const Media best = video(
      R"(,"variants":[{"content_type":"application/x-mpegURL","url":"https://v.example/a.m3u8"},{"bit_rate":9,"content_type":"video/mp4","url":"https://v.example/9.mp4"},{"bit_rate":10,"content_type":"video/mp4","url":"https://v.example/10.mp4"},{"bit_rate":8,"content_type":"video/mp4","url":"https://v.example/8.mp4"}])");
  EXPECT_EQ(best.kind(), VIDEO);
  EXPECT_EQ(best.url(), "https://v.example/10.mp4");
  EXPECT_EQ(best.mime_type(), "video/mp4");
  EXPECT_EQ(best.preview_url(), "https://p.example/t.jpg");
  EXPECT_EQ(
      video(R"(,"variants":[{"content_type":"application/x-mpegURL","url":"https://v.example/a.m3u8"}])")
          .url(),
      "https://v.example/a.m3u8");
  EXPECT_EQ(video("").url(), "");
  EXPECT_EQ(video("").preview_url(), "https://p.example/t.jpg");
}

// ---- other posts

constexpr std::string_view kOriginal =
    R"("tweets":[{"id":"7","text":"Le texte entier &lt;3","author_id":"43","created_at":"2022-04-14T07:00:00.000Z","edit_history_tweet_ids":["6","7"]}])";
constexpr std::string_view kBoth =
    R"("users":[{"id":"42","username":"ravenel","name":"Amélie Ravenel"},{"id":"43","username":"halenko","name":"Місто"}])";

TEST_F(XPostTest, ARetweetsOwnTextIsCutSoTheOriginalsIsTaken) {
  const Item item = only_item(
      post("12", "RT @halenko: Le texte ent…", R"(,"referenced_tweets":[{"type":"retweeted","id":"7"}])"),
      str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.native_id(), "12");
  EXPECT_EQ(item.author().handle(), "ravenel");
  EXPECT_EQ(item.repost_of().text(), "Le texte entier <3");
  EXPECT_EQ(item.repost_of().item_id(), "x:6");  // the first of its versions
  EXPECT_EQ(item.repost_of().url(), "https://x.com/halenko/status/7");
  EXPECT_EQ(item.repost_of().author().name(), "Місто");
}

TEST_F(XPostTest, ARetweetWithoutItsOriginalSaysWhatItCan) {
  const Item item = only_item(post("12", "RT @halenko: Le texte &amp; ent…",
                                   R"(,"referenced_tweets":[{"type":"retweeted","id":"7"}])"));
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.repost_of().item_id(), "x:7");
  EXPECT_EQ(item.repost_of().author().handle(), "halenko");
  EXPECT_EQ(item.repost_of().text(), "Le texte & ent…");
}

TEST_F(XPostTest, AQuoteHasItsOwnTextAndTheQuotedOnes) {
  const std::string quoting = post(
      "12", "Bravo https://t.co/abc",
      R"(,"referenced_tweets":[{"type":"quoted","id":"7"}],"entities":{"urls":[{"start":6,"end":22,"url":"https://t.co/abc","expanded_url":"https://twitter.com/halenko/status/7"}]})");
  const Item item = only_item(quoting, str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.text(), "Bravo");
  EXPECT_EQ(item.facets_size(), 0);
  EXPECT_EQ(item.quote_of().text(), "Le texte entier <3");
  EXPECT_EQ(item.quote_of().item_id(), "x:6");
  EXPECT_FALSE(item.has_repost_of());
  EXPECT_EQ(only_item(quoting).quote_of().url(), "https://twitter.com/halenko/status/7");
}

TEST_F(XPostTest, AQuoteOfAnOlderVersionFindsTheNewest) {
  const Item item = only_item(post("12", "Bravo", R"(,"referenced_tweets":[{"type":"quoted","id":"6"}])"),
                              str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.quote_of().text(), "Le texte entier <3");
  EXPECT_EQ(item.quote_of().item_id(), "x:6");
}

TEST_F(XPostTest, RepliesNameTheirParent) {
  const Item item = only_item(post("12", "Oui", R"(,"referenced_tweets":[{"type":"replied_to","id":"7"}])"),
                              str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.reply_to().item_id(), "x:6");
  EXPECT_EQ(item.reply_to().author().handle(), "halenko");
  const Item thread = only_item(post(
      "12", "2/2", R"(,"in_reply_to_user_id":"42","referenced_tweets":[{"type":"replied_to","id":"11"}])"));
  EXPECT_EQ(thread.reply_to().item_id(), "x:11");
  EXPECT_EQ(thread.reply_to().author().handle(), "ravenel");
  EXPECT_EQ(thread.reply_to().url(), "https://x.com/ravenel/status/11");
}

TEST_F(XPostTest, SensitiveAndWithheldAreTold) {
  EXPECT_EQ(only_item(post("12", "a", R"(,"possibly_sensitive":true)")).content_warning(),
            "possibly sensitive");
  EXPECT_EQ(
      only_item(
          post("12", "a",
               R"(,"possibly_sensitive":false,"withheld":{"copyright":true,"country_codes":["DE","FR"]})"))
          .content_warning(),
      "withheld for copyright in DE, FR");
  EXPECT_EQ(only_item(post("12", "a")).content_warning(), "");
}

TEST_F(XPostTest, MetricsAreEngagement) {
  const Engagement got =
      only_item(
          post(
              "12", "a",
              R"(,"public_metrics":{"retweet_count":1,"reply_count":2,"like_count":3,"quote_count":4,"bookmark_count":9,"impression_count":5})"))
          .engagement();
  EXPECT_EQ(got.reposts(), 1U);
  EXPECT_EQ(got.replies(), 2U);
  EXPECT_EQ(got.likes(), 3U);
  EXPECT_EQ(got.quotes(), 4U);
  EXPECT_EQ(got.views(), 5U);
}

TEST_F(XPostTest, APostWithoutADateHasOneInItsId) {
  const Parsed parsed = parse(answer(
      page(str_cat(R"({"id":"1212092628029698048","text":"a","author_id":"42"},{"id":"20","text":"b"})")),
      kStand));
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(format_rfc3339(to_time(parsed.items[0].created_at())), "2019-12-31T19:26:16Z");
  ASSERT_EQ(parsed.refused.size(), 1U);
}

}  // namespace
}  // namespace copytaster
