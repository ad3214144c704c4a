// The whole day through the real collectors: what was written in rehearsal/day/ must come out of parse().
#include <gtest/gtest.h>

#include "rehearsal/bluesky_post_json.h"
#include "rehearsal/facebook_post_json.h"
#include "rehearsal/feed_page.h"
#include "rehearsal/marks.h"
#include "rehearsal/mastodon_status_json.h"
#include "rehearsal/telegram_page.h"
#include "rehearsal/x_post_json.h"
#include "rehearsal/youtube_feed.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using testing::Harvest;
using testing::Theatre;

std::string native_id(const Post& post) {
  switch (post.account->platform) {
    case Platform::kFacebook:
      return facebook_post_id(post);
    case Platform::kBluesky:
      return bluesky_post_uri(post);
    case Platform::kInstagram:
    case Platform::kThreads:
      return meta_media_id(post);
    case Platform::kMastodon:
      return str_cat(mastodon_status_uri(post), post.reshare_of != nullptr ? "/activity" : "");
    case Platform::kX:
      return x_canonical_id(post);
    case Platform::kTelegram:
      return telegram_post_id(post);
    case Platform::kYoutube:
      return youtube_video_id(post);
    case Platform::kFeed:
      return feed_guid({&post, post.versions.data()});
  }
  return "";
}

// As the platform shows it: Mastodon cuts addresses behind the 30th character of host and path.
std::string shown_text(const Live& live) {
  const std::string& text = live.version->text;
  if (live.post->account->platform != Platform::kMastodon) return text;
  std::string out = text;
  const std::vector<Mark> marks = find_marks(text);
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
    if (mark->kind != Mark::kLink) continue;
    std::string_view url = mark->in(text);
    consume_prefix(&url, "https://");
    const std::string shown = url.size() <= 30 ? std::string(url) : str_cat(url.substr(0, 30), "…");
    out.replace(mark->begin, mark->end - mark->begin, shown);
  }
  return out;
}

// Threads tells a user name only.
const std::string& shown_name(const PlayedAccount& account) {
  return account.platform == Platform::kThreads ? account.handle : account.name;
}

void expect_media(const Live& live, const Item& item, const Harvest& harvest) {
  const auto& pictures = live.version->pictures;
  ASSERT_EQ(item.media_size(), static_cast<int>(pictures.size()));
  for (int i = 0; i < item.media_size(); ++i) {
    const PostPicture& picture = pictures[static_cast<std::size_t>(i)];
    std::string alt = item.media(i).alt_text();
    if (const auto note = harvest.notes.find(item.media(i).native_id()); note != harvest.notes.end()) {
      EXPECT_EQ(note->second.item_id(), item.id());
      alt = note->second.media().alt_text();
    }
    EXPECT_EQ(alt, picture.alt);
    EXPECT_EQ(item.media(i).caption(), picture.caption);
    EXPECT_EQ(item.media(i).credit(), picture.credit);
  }
}

void expect_same(const Live& live, const Item& item, const Harvest& harvest) {
  const Post& post = *live.post;
  EXPECT_EQ(to_time(item.created_at()), post.at);
  if (post.account->platform == Platform::kFeed) {
    EXPECT_EQ(item.title(), post.title);
    EXPECT_EQ(item.url(), post.links.front());
  } else {
    EXPECT_EQ(item.author().name(), shown_name(*post.account));
  }
  const bool shared = post.account->platform == Platform::kFacebook && post.reshare_of != nullptr;
  if (post.reshare_of != nullptr) {
    const Related& passed_on = live.version->text.empty() ? item.repost_of() : item.quote_of();
    EXPECT_EQ(passed_on.item_id(), str_cat(item.platform(), ":", native_id(*post.reshare_of)));
    EXPECT_EQ(passed_on.author().name(), shown_name(*post.reshare_of->account));
    EXPECT_EQ(passed_on.text(), shown_text(*live_at(*post.reshare_of, testing::on_the_day(22, 30))));
    EXPECT_EQ(passed_on.media_size(), static_cast<int>(post.reshare_of->versions.back().pictures.size()));
    EXPECT_EQ(item.media_size(), 0);
    if (!shared) return;
  }
  if (post.quote_of != nullptr) {
    EXPECT_EQ(item.quote_of().item_id(), str_cat(item.platform(), ":", native_id(*post.quote_of)));
    EXPECT_EQ(item.quote_of().text(), post.quote_of->versions.back().text);
    EXPECT_EQ(item.quote_of().media_size(), static_cast<int>(post.quote_of->versions.back().pictures.size()));
  }
  if (post.reply_to != nullptr) {
    EXPECT_EQ(item.reply_to().item_id(), str_cat(item.platform(), ":", native_id(*post.reply_to)));
  }
  EXPECT_EQ(item.text(), shown_text(live));
  if (!shared) expect_media(live, item, harvest);
}

TEST(WholeDay, EverythingThatIsThereAtItsEndIsRead) {
  Theatre theatre(rehearsal_end());
  std::size_t posts = 0;
  for (const PlayedAccount& account : theatre.day.accounts) {
    Harvest harvest;
    ASSERT_TRUE(theatre.poll(account.url, &harvest)) << account.url << ": " << theatre.last_error;
    EXPECT_TRUE(harvest.refused.empty()) << account.url << ": " << harvest.refused.front().reason();
    const std::vector<Live> live = live_posts(account, rehearsal_end());
    EXPECT_EQ(harvest.items.size(), live.size()) << account.url;
    EXPECT_EQ(harvest.versions.size(), live.size()) << account.url;
    posts += live.size();
    for (const Live& one : live) {
      SCOPED_TRACE(one.post->key);
      const auto item = harvest.items.find(native_id(*one.post));
      ASSERT_NE(item, harvest.items.end()) << native_id(*one.post);
      expect_same(one, item->second, harvest);
    }
  }
  EXPECT_EQ(posts, theatre.day.posts.size() - 7);  // seven are deleted
}

// Polling once an hour: each post comes within the hour, in the version of the moment, and no post is lost
// while others appear, change and vanish.
TEST(WholeDay, PolledByTheHourNothingIsLost) {
  Theatre theatre(rehearsal_begin(), true);
  std::map<std::string, Harvest> harvests;
  int unchanged = 0;
  for (absl::Time now = rehearsal_begin(); now <= rehearsal_end(); now += absl::Minutes(45)) {
    theatre.clock.set(now);
    for (const PlayedAccount& account : theatre.day.accounts) {
      Harvest& harvest = harvests[account.url];
      if (!theatre.poll(account.url, &harvest)) {
        EXPECT_TRUE(absl::IsResourceExhausted(theatre.last_error) || absl::IsUnavailable(theatre.last_error))
            << account.url << ": " << theatre.last_error;
      }
    }
  }
  for (const auto& [url, harvest] : harvests) unchanged += harvest.unchanged;
  EXPECT_GT(unchanged, 200);
  theatre.clock.set(rehearsal_end());
  for (const PlayedAccount& account : theatre.day.accounts) {
    Harvest& harvest = harvests[account.url];
    ASSERT_TRUE(theatre.poll(account.url, &harvest)) << account.url << ": " << theatre.last_error;
    for (const Post* post : account.posts) {
      SCOPED_TRACE(post->key);
      if (post->delete_at - post->at < absl::Minutes(45)) continue;
      const auto item = harvest.items.find(native_id(*post));
      ASSERT_NE(item, harvest.items.end());
      if (post->versions.size() > 1 || post->reshare_of != nullptr) continue;  // read again by others
      EXPECT_EQ(item->second.text(), shown_text({post, post->versions.data()}));
    }
  }
}

}  // namespace
}  // namespace copytaster::rehearsal
