// Profiles on platforms that may have no collector are what they are, and never feeds or Mastodon profiles.
#include "collectors/elsewhere.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/catalog.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using testing::HasSubstr;

struct Profile {
  std::string_view pasted, id, url;
};

TEST(Elsewhere, RecognisesProfilesAsPeoplePasteThem) {
  for (const Profile& profile : std::initializer_list<Profile>{
           {"https://x.com/Ravenel", "x:ravenel", "https://x.com/Ravenel"},
           {"http://www.twitter.com/@Ravenel/", "x:ravenel", "https://x.com/Ravenel"},
           {"https://twitter.com/#!/Ravenel", "x:ravenel", "https://x.com/Ravenel"},
           {"https://mobile.twitter.com/Ravenel?lang=fr", "x:ravenel", "https://x.com/Ravenel"},
           {"https://x.com/i/user/42", "x:i/user/42", "https://x.com/i/user/42"},
           {"instagram.com/ville.portvent?hl=fr", "instagram:ville.portvent",
            "https://www.instagram.com/ville.portvent/"},
           {"https://www.threads.net/@ravenel", "threads:ravenel", "https://www.threads.net/@ravenel"},
           {"https://www.threads.com/@ravenel", "threads:ravenel", "https://www.threads.net/@ravenel"},
           {"https://t.me/portvent_news", "telegram:portvent_news", "https://t.me/portvent_news"},
           {"https://t.me/s/portvent_news", "telegram:portvent_news", "https://t.me/portvent_news"},
           {"https://t.me/+AbC", "telegram:+abc", "https://t.me/+AbC"},
           {"https://youtube.com/@portvent", "youtube:portvent", "https://www.youtube.com/@portvent"},
           {"https://www.youtube.com/channel/UCportventPortventPortven", "youtube:UCportventPortventPortven",
            "https://www.youtube.com/channel/UCportventPortventPortven"},
           {"https://www.youtube.com/user/portvent", "youtube:user/portvent",
            "https://www.youtube.com/user/portvent"},
           {"https://www.tiktok.com/@ravenel", "tiktok:ravenel", "https://www.tiktok.com/@ravenel"},
           {"https://fr.linkedin.com/in/ravenel-1", "linkedin:in/ravenel-1",
            "https://www.linkedin.com/in/ravenel-1"},
           {"https://vk.com/ravenel", "vk:ravenel", "https://vk.com/ravenel"},
           {"https://ok.ru/profile/42", "ok:profile/42", "https://ok.ru/profile/42"},
           {"https://weibo.com/u/42", "weibo:u/42", "https://weibo.com/u/42"},
           {"https://whatsapp.com/channel/0029Va", "whatsapp:0029Va",
            "https://whatsapp.com/channel/0029Va"}}) {
    const auto account = account_elsewhere(profile.pasted);
    ASSERT_TRUE(account.ok()) << profile.pasted << ": " << account.status();
    EXPECT_EQ(account->id(), profile.id) << profile.pasted;
    EXPECT_EQ(account->profile_url(), profile.url);
    const auto again = account_elsewhere(account->profile_url());
    ASSERT_TRUE(again.ok()) << profile.url;
    EXPECT_EQ(again->id(), account->id());
    EXPECT_EQ(again->profile_url(), account->profile_url());
  }
}

TEST(Elsewhere, APageOfAPlatformIsNoProfile) {
  for (const std::string_view url :
       {"https://x.com/", "https://x.com/ravenel/status/1", "https://x.com/search", "https://t.me/joinchat",
        "https://www.youtube.com/watch?v=4", "https://www.youtube.com/portvent",
        "https://www.threads.net/ravenel", "https://www.instagram.com/p/C1/",
        "https://www.linkedin.com/search/results", "https://tiktok.com/ravenel"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(account_elsewhere(url).status())) << url;
  }
}

TEST(Elsewhere, OthersAreNone) {
  for (const std::string_view url :
       {"https://city.example/feed", "https://nottiktok.com/@a", "https://ox.com/a",
        "@ravenel@social.example", "", "https://www.youtube.com/feeds/videos.xml?channel_id=UCx",
        "ftp://x.com/a", "\xff\xfe"}) {
    EXPECT_TRUE(absl::IsNotFound(account_elsewhere(url).status())) << url;
  }
}

TEST(Elsewhere, IsNeverTakenForAFeedOrForMastodon) {
  const Collectors collectors;
  for (const std::string_view url :
       {"https://www.tiktok.com/@ravenel", "https://www.linkedin.com/in/ravenel", "https://vk.com/ravenel",
        "https://ok.ru/ravenel", "https://weibo.com/ravenel", "https://whatsapp.com/channel/0029Va",
        "feed:https://www.tiktok.com/@ravenel", "feed://www.tiktok.com/@ravenel", "@ravenel@tiktok.com",
        "https://social.example/@ravenel@tiktok.com"}) {
    const auto account = collectors.recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url;
  }
  const auto status = collectors.recognise("https://www.tiktok.com/@ravenel").status();
  EXPECT_THAT(std::string(status.message()), testing::AllOf(HasSubstr("TikTok"), HasSubstr("by hand")));
  // Until each has its collector, the others are told the same way; then they are recognised by it.
  for (const std::string_view url :
       {"https://x.com/ravenel", "https://www.instagram.com/ravenel/", "https://www.threads.net/@ravenel",
        "https://t.me/portvent_news", "https://www.youtube.com/@portvent"}) {
    const auto account = collectors.recognise(url);
    const std::string platform = account_elsewhere(url)->platform();
    if (collectors.find(platform) == nullptr) {
      EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url;
    } else {
      EXPECT_TRUE(account.ok() && account->platform() == platform) << url << account.status();
    }
  }
}

TEST(Elsewhere, AFeedOfAPlatformStaysAFeed) {
  const Collectors collectors;
  const auto account =
      collectors.recognise("https://www.youtube.com/feeds/videos.xml?channel_id=UCportventPortventPortven");
  ASSERT_TRUE(account.ok()) << account.status();
  EXPECT_TRUE(account->platform() == "feed" || account->platform() == "youtube");
}

}  // namespace
}  // namespace copytaster
