// What holds for every item: its id, its hash, its labels.
#include "core/item.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace copytaster {
namespace {

Item make_item() {
  Item item;
  item.set_id("mastodon:1");
  item.set_title("Title");
  item.set_text("Text");
  item.set_content_warning("war");
  Media* media = item.add_media();
  media->set_url("https://a.example/p.jpg?sig=1");
  media->set_alt_text("alt");
  media->set_caption("caption");
  media->set_credit("credit");
  item.mutable_reply_to()->set_item_id("mastodon:0");
  return item;
}

TEST(ContentHash, ChangesWithWhatAnEditorWouldCallTheContent) {
  const std::function<void(Item&)> changes[] = {
      [](Item& item) { item.set_title("title"); }, [](Item& item) { item.set_text("Text "); },
      [](Item& item) { item.set_content_warning(""); },
      [](Item& item) { item.mutable_media(0)->set_url("https://a.example/q.jpg"); },
      [](Item& item) { item.mutable_media(0)->set_native_id("7"); },
      [](Item& item) { item.mutable_media(0)->set_alt_text("other"); },
      [](Item& item) { item.mutable_media(0)->set_caption("other"); },
      [](Item& item) { item.mutable_media(0)->set_credit("other"); }, [](Item& item) { item.add_media(); },
      [](Item& item) { item.clear_media(); },
      [](Item& item) { item.mutable_repost_of()->set_item_id("mastodon:2"); },
      [](Item& item) { item.mutable_quote_of()->set_item_id("mastodon:2"); },
      [](Item& item) { item.clear_reply_to(); },
      // Not only their bytes one after another: a word that moves to the next field is a change.
      [](Item& item) { item.set_title("TitleText"), item.set_text(""); },
      [](Item& item) { item.set_title("Titl"), item.set_text("eText"); },
      [](Item& item) {
        item.mutable_media(0)->set_alt_text("altcaption"), item.mutable_media(0)->set_caption("");
      },
      [](Item& item) { item.clear_reply_to(), item.mutable_quote_of()->set_item_id("mastodon:0"); }};
  std::set<std::string> hashes = {content_hash(make_item())};
  for (const auto& change : changes) {
    Item item = make_item();
    change(item);
    EXPECT_TRUE(hashes.insert(content_hash(item)).second) << item.DebugString();
  }
}

TEST(ContentHash, DoesNotChangeWithWhatMovesByItself) {
  const std::string hash = content_hash(make_item());
  EXPECT_EQ(hash.size(), 64U);
  const std::function<void(Item&)> changes[] = {
      [](Item& item) { item.mutable_engagement()->set_likes(7); },
      [](Item& item) { item.mutable_edited_at()->set_seconds(7); },
      [](Item& item) { item.mutable_collected_at()->set_seconds(7); },
      [](Item& item) { item.mutable_media(0)->set_url("https://a.example/p.jpg?sig=2#x"); },
      [](Item& item) { item.mutable_media(0)->set_width(7); },
      [](Item& item) { item.set_capture_sha256("x"); },
      [](Item& item) { item.set_version(7); },
      [](Item& item) { item.set_language("fr"); },
      [](Item& item) { item.set_id("mastodon:2"); }};
  for (const auto& change : changes) {
    Item item = make_item();
    change(item);
    EXPECT_EQ(content_hash(item), hash) << item.DebugString();
  }
  Item signed_url = make_item();
  signed_url.mutable_media(0)->set_native_id("7");
  const std::string with_id = content_hash(signed_url);
  signed_url.mutable_media(0)->set_url("https://b.example/other.jpg");
  EXPECT_EQ(content_hash(signed_url), with_id) << "a picture's own id goes before its address";
}

TEST(Item, IdsKeysAndLabels) {
  EXPECT_EQ(item_id("x", "123"), "x:123");
  EXPECT_EQ(media_key("x:123", 0), "x:123#0");
  EXPECT_EQ(media_key("x:123", 12), "x:123#12");
  EXPECT_EQ(platform_label("youtube"), "YouTube");
  EXPECT_EQ(platform_label("feed"), "its website");
  EXPECT_EQ(platform_label("friendica"), "friendica");
  EXPECT_EQ(platform_label(""), "");
}

}  // namespace
}  // namespace copytaster
