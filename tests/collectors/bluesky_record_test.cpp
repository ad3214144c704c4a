// A post is one item, whether it comes by Jetstream or on a page of the app view: each is built in both
// shapes.
#include "collectors/bluesky_record.h"

#include <gtest/gtest.h>

#include "collectors/platforms.h"
#include "collectors/stream_accounts.h"
#include "core/strings.h"
#include "tests/collectors/conformance_support.h"
#include "tests/collectors/stream_support.h"

namespace copytaster {
namespace {

constexpr std::string_view kDid = "did:plc:ravenel2345portvent234567";
constexpr std::string_view kOther = "did:plc:hartwig2345rathaus2345678";

std::string blob(std::string_view cid, std::string_view type = "image/jpeg") {
  return str_cat(R"({"$type":"blob","ref":{"$link":")", cid, R"("},"mimeType":")", type, R"(","size":4821})");
}
std::string picture_url(std::string_view cid) {
  return str_cat("https://cdn.bsky.app/img/feed_fullsize/plain/", kDid, "/", cid, "@jpeg");
}
std::string other_post(std::string_view rkey) {
  return str_cat("at://", kOther, "/app.bsky.feed.post/", rkey);
}

class BlueskyRecordTest : public testing::Test {
 protected:
  // `record` and `view`: the embed as the author wrote it, and what the app view makes of it; `entry`: what
  // stands beside the post.
  void expect_one(std::string_view text_and_more, std::string_view record_embed = "",
                  std::string_view view_embed = "", std::string_view entry = "") {
    const std::string record =
        str_cat(R"({"$type":"app.bsky.feed.post","createdAt":"2022-04-14T08:00:00.123Z",)", text_and_more,
                record_embed.empty() ? "" : R"(,"embed":)", record_embed, "}");
    page_ = only(collector_->parse(
        account_,
        answer(str_cat(R"({"feed":[{"post":{"uri":"at://)", kDid,
                       R"(/app.bsky.feed.post/3l1","cid":"bafyc","author":{"did":")", kDid,
                       R"(","handle":"ravenel.portvent.example","displayName":"Amélie Ravenel"},"record":)",
                       record, R"(,"likeCount":3,"indexedAt":"2022-04-14T08:00:01Z")",
                       view_embed.empty() ? "" : R"(,"embed":)", view_embed, "}", entry, "}]}"))));
    const auto news = collector_->parse_frame(
        find_,
        stream_message(str_cat(
            R"({"did":")", kDid,
            R"(","time_us":1649923201000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"3l1","cid":"bafyc","record":)",
            record, "}}")));
    ASSERT_TRUE(news.ok()) << news.status();
    stream_ = only(news->parsed);
    for (const Item* item : {&page_, &stream_}) ASSERT_NE(item->id(), "");
    EXPECT_EQ(stream_.id(), page_.id());
    EXPECT_EQ(stream_.content_hash(), page_.content_hash());
    EXPECT_EQ(stream_.url(), page_.url());
    EXPECT_EQ(stream_.text(), page_.text());
    EXPECT_EQ(stream_.author().SerializeAsString(), page_.author().SerializeAsString());
    EXPECT_EQ(stream_.created_at().SerializeAsString(), page_.created_at().SerializeAsString());
    ASSERT_EQ(stream_.facets_size(), page_.facets_size());
    for (int i = 0; i < page_.facets_size(); ++i)
      EXPECT_EQ(stream_.facets(i).SerializeAsString(), page_.facets(i).SerializeAsString());
    ASSERT_EQ(stream_.media_size(), page_.media_size());
    for (int i = 0; i < page_.media_size(); ++i)
      EXPECT_EQ(stream_.media(i).SerializeAsString(), page_.media(i).SerializeAsString());
  }
  static Item only(const absl::StatusOr<Parsed>& parsed) {
    EXPECT_TRUE(parsed.ok() && parsed->items.size() == 1 && parsed->refused.empty());
    return parsed.ok() && parsed->items.size() == 1 ? parsed->items[0] : Item();
  }

  std::unique_ptr<Collector> collector_ = make_bluesky({{"jetstream", "wss://jet.example"}});
  Account account_ = [this] {
    Account account = *collector_->recognise("https://bsky.app/profile/ravenel.portvent.example");
    (*account.mutable_details())["did"] = std::string(kDid);
    (*account.mutable_details())["name"] = "Amélie Ravenel";
    return account;
  }();
  FindAccount find_ = [this](std::string_view key) {
    return StreamAccounts(std::span<const Account>(&account_, 1)).find(key);
  };
  Item page_, stream_;
};

TEST_F(BlueskyRecordTest, TextFacetsTagsLanguageAndWarning) {
  expect_one(
      R"("text":"Été 🚲: #vélo Ελλάδα","langs":["fr","el"],"tags":["mobilité"],"labels":{"$type":"com.atproto.label.defs#selfLabels","values":[{"val":"graphic-media"}]},"facets":[{"index":{"byteStart":12,"byteEnd":18},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"vélo"}]}])");
  EXPECT_EQ(stream_.text(), "Été 🚲: #vélo Ελλάδα");
  ASSERT_EQ(stream_.facets_size(), 1);
  EXPECT_EQ(stream_.text().substr(stream_.facets(0).begin(), 6), "#vélo");
  EXPECT_EQ(stream_.content_warning(), "graphic-media");
  EXPECT_EQ(stream_.declared_language(), "fr");
  EXPECT_EQ(stream_.tags_size(), 2);
}

TEST_F(BlueskyRecordTest, PicturesAndTheirAltText) {
  expect_one(
      R"("text":"Deux images")",
      str_cat(R"({"$type":"app.bsky.embed.images","images":[{"alt":"Un rail","image":)", blob("bafkreione"),
              R"(,"aspectRatio":{"width":4,"height":3}},{"alt":"","image":)", blob("bafkreitwo"), "}]}"),
      str_cat(R"({"$type":"app.bsky.embed.images#view","images":[{"thumb":"x","fullsize":")",
              picture_url("bafkreione"), R"(","alt":"Un rail"},{"thumb":"x","fullsize":")",
              picture_url("bafkreitwo"), R"(","alt":""}]})"));
  ASSERT_EQ(stream_.media_size(), 2);
  EXPECT_EQ(stream_.media(0).native_id(), "bafkreione");
  EXPECT_EQ(stream_.media(0).url(), picture_url("bafkreione"));
  EXPECT_EQ(stream_.media(0).alt_text(), "Un rail");
}

TEST_F(BlueskyRecordTest, AGallery) {
  expect_one(
      R"("text":"Galerie")",
      str_cat(
          R"({"$type":"app.bsky.embed.gallery","items":[{"$type":"app.bsky.embed.gallery#image","alt":"Ο δήμαρχος","image":)",
          blob("bafkreione"), "}]}"),
      str_cat(
          R"({"$type":"app.bsky.embed.gallery#view","items":[{"$type":"app.bsky.embed.gallery#viewImage","thumbnail":"x","fullsize":")",
          picture_url("bafkreione"), R"(","alt":"Ο δήμαρχος"}]})"));
  ASSERT_EQ(stream_.media_size(), 1);
  EXPECT_EQ(stream_.media(0).alt_text(), "Ο δήμαρχος");
}

TEST_F(BlueskyRecordTest, AVideo) {
  const std::string folder =
      "https://video.bsky.app/watch/did%3Aplc%3Aravenel2345portvent234567/bafkreivideo/";
  expect_one(
      R"("text":"Vidéo")",
      str_cat(R"({"$type":"app.bsky.embed.video","alt":"Le pont","video":)",
              blob("bafkreivideo", "video/mp4"), "}"),
      str_cat(R"({"$type":"app.bsky.embed.video#view","cid":"bafkreivideo","alt":"Le pont","playlist":")",
              folder, R"(playlist.m3u8","thumbnail":")", folder, R"(thumbnail.jpg"})"));
  ASSERT_EQ(stream_.media_size(), 1);
  EXPECT_EQ(stream_.media(0).kind(), VIDEO);
  EXPECT_EQ(stream_.media(0).url(), folder + "playlist.m3u8");
}

TEST_F(BlueskyRecordTest, ALink) {
  expect_one(
      R"("text":"Lien")",
      R"({"$type":"app.bsky.embed.external","external":{"uri":"https://www.portvent.example/plan","title":"Le plan","description":"D"}})",
      R"({"$type":"app.bsky.embed.external#view","external":{"uri":"https://www.portvent.example/plan","title":"Le plan","description":"D","thumb":"https://cdn.example/t"}})");
  ASSERT_EQ(stream_.links_size(), 1);
  EXPECT_EQ(stream_.links(0).title(), "Le plan");
}

TEST_F(BlueskyRecordTest, AQuote) {
  expect_one(
      R"("text":"Je cite")",
      str_cat(R"({"$type":"app.bsky.embed.record","record":{"cid":"bafyq","uri":")", other_post("3l7"),
              R"("}})"),
      str_cat(
          R"({"$type":"app.bsky.embed.record#view","record":{"$type":"app.bsky.embed.record#viewRecord","uri":")",
          other_post("3l7"), R"(","cid":"bafyq","author":{"did":")", kOther,
          R"(","handle":"hartwig.rathaus.example"},"value":{"text":"Hallo","createdAt":"2022-04-14T07:00:00Z"}}})"));
  EXPECT_EQ(stream_.quote_of().item_id(), str_cat("bluesky:", other_post("3l7")));
  EXPECT_EQ(page_.quote_of().text(), "Hallo");
}

TEST_F(BlueskyRecordTest, AQuoteThatIsGone) {
  expect_one(
      R"("text":"Je cite")",
      str_cat(R"({"$type":"app.bsky.embed.record","record":{"cid":"bafyq","uri":")", other_post("3l7"),
              R"("}})"),
      str_cat(
          R"({"$type":"app.bsky.embed.record#view","record":{"$type":"app.bsky.embed.record#viewNotFound","uri":")",
          other_post("3l7"), R"(","notFound":true}})"));
}

TEST_F(BlueskyRecordTest, AQuoteWithAPicture) {
  expect_one(
      R"("text":"Je cite")",
      str_cat(
          R"({"$type":"app.bsky.embed.recordWithMedia","record":{"$type":"app.bsky.embed.record","record":{"cid":"bafyq","uri":")",
          other_post("3l7"), R"("}},"media":{"$type":"app.bsky.embed.images","images":[{"alt":"A","image":)",
          blob("bafkreione"), "}]}}"),
      str_cat(
          R"({"$type":"app.bsky.embed.recordWithMedia#view","record":{"record":{"$type":"app.bsky.embed.record#viewRecord","uri":")",
          other_post("3l7"), R"(","author":{"did":")", kOther,
          R"(","handle":"hartwig.rathaus.example"},"value":{"text":"Hallo"}}},"media":{"$type":"app.bsky.embed.images#view","images":[{"fullsize":")",
          picture_url("bafkreione"), R"(","alt":"A"}]}})"));
  EXPECT_EQ(stream_.media_size(), 1);
  EXPECT_TRUE(stream_.has_quote_of());
}

TEST_F(BlueskyRecordTest, AReply) {
  const std::string reference = str_cat(R"({"cid":"bafyp","uri":")", other_post("3l5"), R"("})");
  expect_one(
      str_cat(R"("text":"Oui","reply":{"root":)", reference, R"(,"parent":)", reference, "}"), "", "",
      str_cat(
          R"(,"reply":{"root":{},"parent":{"uri":")", other_post("3l5"), R"(","author":{"did":")", kOther,
          R"(","handle":"hartwig.rathaus.example","displayName":"Jörg Hartwig"},"record":{"text":"Kommt der Tram?","createdAt":"2022-04-14T07:30:00Z"}}})"));
  EXPECT_EQ(stream_.reply_to().item_id(), str_cat("bluesky:", other_post("3l5")));
  EXPECT_EQ(page_.reply_to().text(), "Kommt der Tram?");
}

TEST_F(BlueskyRecordTest, ARepostIsOneItemToo) {
  const auto page = collector_->parse(
      account_,
      answer(str_cat(
          R"({"feed":[{"post":{"uri":")", other_post("3l7"), R"(","cid":"c","author":{"did":")", kOther,
          R"(","handle":"hartwig.rathaus.example"},"record":{"text":"Hallo","createdAt":"2022-04-14T07:00:00Z"}},"reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":{"did":")",
          kDid, R"(","handle":"ravenel.portvent.example"},"uri":"at://)", kDid,
          R"(/app.bsky.feed.repost/3l9","indexedAt":"2022-04-14T08:00:00Z"}}]})")));
  const auto news = collector_->parse_frame(
      find_,
      stream_message(str_cat(
          R"({"did":")", kDid,
          R"(","time_us":1649923201000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.repost","rkey":"3l9","record":{"createdAt":"2022-04-14T08:00:00Z","subject":{"cid":"c","uri":")",
          other_post("3l7"), R"("}}}})")));
  ASSERT_TRUE(news.ok());
  const Item one = only(page);
  const Item two = only(news->parsed);
  EXPECT_EQ(two.id(), one.id());
  EXPECT_EQ(two.content_hash(), one.content_hash());
  EXPECT_EQ(two.url(), one.url());
}

}  // namespace
}  // namespace copytaster
