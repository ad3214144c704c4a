#include "collectors/instagram_profile.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "collectors/instagram_post.h"
#include "collectors/meta_names.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::string_view kWhatIsRight = "write https://www.instagram.com/USER/";

bool is_instagram_site(std::string_view host) {
  return host == "instagram.com" || host.ends_with(".instagram.com") || host == "instagr.am" ||
         host == "www.instagr.am" || host == "ig.me";
}

// Where profiles are; about., help., l. and the like have none.
bool has_profiles(std::string_view host) {
  return host == "instagram.com" || host == "www.instagram.com" || host == "m.instagram.com" ||
         host == "instagr.am" || host == "www.instagr.am";
}

bool is_no_user(std::string_view word) {
  static constexpr std::array<std::string_view, 26> kWords = {
      "p",         "reel",    "reels", "tv",        "explore",   "stories", "s",       "direct",  "accounts",
      "share",     "about",   "legal", "developer", "web",       "ar",      "topics",  "popular", "challenge",
      "locations", "nametag", "press", "privacy",   "directory", "emails",  "session", "graphql"};
  return std::find(kWords.begin(), kWords.end(), ascii_lower(word)) != kWords.end();
}

// The profile's own views; a profile is named before them.
bool is_tab(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kTabs = {"tagged", "reels",     "channel",  "guides",
                                                            "feed",   "followers", "following"};
  return std::find(kTabs.begin(), kTabs.end(), ascii_lower(word)) != kTabs.end();
}

}  // namespace

absl::StatusOr<Account> instagram_account(std::string_view profile_url) {
  const auto url = pasted_url(profile_url);
  if (!url || !is_instagram_site(url->host) || (url->scheme != "https" && url->scheme != "http")) {
    return absl::NotFoundError("not an Instagram profile");
  }
  std::vector<std::string> path = path_segments(*url);
  if (!path.empty() && path[0] == "_u") path.erase(path.begin());  // as apps link to it
  if (!has_profiles(url->host) || path.empty() || is_no_user(path[0])) {
    return absl::InvalidArgumentError(
        str_cat("a post, reel, story or other page of Instagram, not a profile: ", kWhatIsRight));
  }
  std::string_view user = path[0];
  consume_prefix(&user, "@");
  if (!is_meta_user_name(user)) {
    return absl::InvalidArgumentError(str_cat("'", user, "' is no user name of Instagram: ", kWhatIsRight));
  }
  if (path.size() > 2 || (path.size() == 2 && !is_tab(path[1]))) {
    return absl::InvalidArgumentError(
        str_cat("a post or reel, not a profile: write ", instagram_profile_url(user)));
  }
  Account account;
  account.set_platform("instagram");
  account.set_handle(std::string(user));
  account.set_id(str_cat("instagram:", ascii_lower(user)));
  account.set_profile_url(instagram_profile_url(user));
  return account;
}

}  // namespace copytaster
