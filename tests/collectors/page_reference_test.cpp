// Real pages and feeds of Telegram and YouTube outside the repository (see the README's "Reference data"):
// each is read, or refused with a reason. Skipped, saying so, where they are not present.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "collectors/platforms.h"
#include "core/strings.h"
#include "core/time.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

std::string sample(std::string_view path) {
  return source_path(str_cat("../shared/reference/samples/", path));
}

Parsed read(const Collector& collector, const Account& account, const std::string& path) {
  Capture capture = answer(read_file(path));
  capture.set_purpose(INTAKE);
  const auto parsed = collector.parse(account, capture);
  EXPECT_TRUE(parsed.ok()) << path << ": " << parsed.status();
  if (!parsed.ok()) return {};
  EXPECT_EQ(faults_of(*parsed, account, capture), "") << path;
  return *parsed;
}

TEST(PageReference, Telegram) {
  const std::string folder = sample("telegram");
  if (!fs::exists(folder)) GTEST_SKIP() << "SKIPPED: " << folder << " not present";
  const auto collector = make_telegram({});
  const Account account = *collector->recognise("https://t.me/tchantest");
  const auto only = [&](std::string_view file) {
    const Parsed parsed = read(*collector, account, str_cat(folder, "/", file));
    EXPECT_EQ(parsed.items.size(), 1U) << file;
    EXPECT_TRUE(parsed.refused.empty()) << file;
    return parsed.items.empty() ? Item() : parsed.items[0];
  };
  int files = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    ++files;
    const std::string name = file.path().filename().string();
    const Parsed parsed = read(*collector, account, file.path().string());
    const bool has_none = name.starts_with("service_") || name.starts_with("no_posts");
    EXPECT_EQ(parsed.items.size(), has_none ? 0U : 1U) << name;
    for (const Item& item : parsed.items) {
      for (const Media& media : item.media()) {
        EXPECT_EQ(media.url().find("telegram.org/img/emoji"), std::string::npos) << name;
      }
    }
  }
  std::cout << folder << ": " << files << " files\n";
  EXPECT_EQ(only("emoji_message.html").text(), "👍");
  EXPECT_EQ(only("text_message_multiline.html").text(), "Bigger\ntext\nmessage\nnumber\n34");
  EXPECT_EQ(only("text_reply_to_video.html").text(), "Reply to a video (not recorded in telegram)");
  EXPECT_EQ(only("text_reply_to_video.html").reply_to().item_id(), "telegram:tchantest/19");
  EXPECT_EQ(only("text_reply_to_video.html").reply_to().text(), "");
  EXPECT_EQ(only("signed_edited_text_message.html").author().name(), "Álvaro Justen");
  EXPECT_EQ(only("forwarded_text_message.html").repost_of().author().name(), "Some user");
  EXPECT_EQ(only("forwarded_text_message.html").repost_of().text(), ";)");
  EXPECT_EQ(only("video_big.html").media(0).problem(), "Media is too big");
  EXPECT_EQ(only("video_big.html").engagement().views(), 436600U);
  EXPECT_EQ(only("video_single_2.html").media(0).problem(), "");
  EXPECT_EQ(only("poll.html").text(), "Let's do a quick poll quizz mode\n\nOpt1\nOpt2\nOpt3");
  EXPECT_EQ(only("location_message.html").links_size(), 1);
  EXPECT_EQ(only("text_message_link_with_right_preview.html").links(0).title(), "Welcome to Python.org");
  EXPECT_EQ(only("text_message_link_with_right_preview.html").media_size(), 0);
}

TEST(PageReference, YoutubeFeeds) {
  const std::string folder = sample("youtube");
  if (!fs::exists(folder)) GTEST_SKIP() << "SKIPPED: " << folder << " not present";
  const auto collector = make_youtube({});
  const Account account = *collector->recognise("https://www.youtube.com/channel/UCLA_DiR1FfKNvjuUpBHmylQ");
  const Parsed nasa = read(*collector, account, str_cat(folder, "/nasa_channel_feed_2026_trimmed.xml"));
  ASSERT_EQ(nasa.items.size(), 3U);
  EXPECT_EQ(nasa.items[1].url(), "https://www.youtube.com/shorts/QP5Fs3AYuWE");
  EXPECT_FALSE(nasa.items[0].has_edited_at());
  EXPECT_EQ(nasa.profile.url(), "https://www.youtube.com/channel/UCLA_DiR1FfKNvjuUpBHmylQ");
  EXPECT_NE(nasa.items[2].text().find("\n- NASA leadership\n"), std::string::npos);
  EXPECT_EQ(read(*collector, account, str_cat(folder, "/feedrs_atom_mediarss_youtube_1.xml")).items.size(),
            1U);
}

TEST(PageReference, YoutubeDataApi) {
  const std::string folder = sample("youtube");
  if (!fs::exists(folder)) GTEST_SKIP() << "SKIPPED: " << folder << " not present";
  const auto collector = make_youtube({});
  const Account account = *collector->recognise("https://www.youtube.com/@GoogleDevelopers");
  EXPECT_EQ(read(*collector, account, str_cat(folder, "/pyyt_videos_videos_info_multi.json")).items.size(),
            2U);
  const Parsed paged =
      read(*collector, account, str_cat(folder, "/pyyt_playlist_items_playlist_items_paged_1.json"));
  EXPECT_EQ(paged.items.size(), 10U);
  // Asked for without contentDetails: when a video was added to a list is not when it was published.
  for (const Item& item : paged.items) EXPECT_FALSE(item.has_created_at()) << item.native_id();
  const Parsed channel = read(*collector, account, str_cat(folder, "/pyyt_channels_info.json"));
  EXPECT_EQ(channel.next.position(), "channel=UC_x5XG1OV2P6uZZ5FSM9Ttw");
}

}  // namespace
}  // namespace copytaster
