#include "collectors/facebook_profile.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "collectors/facebook_post.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::string_view kWhatIsRight =
    "write https://www.facebook.com/PAGE or https://www.facebook.com/profile.php?id=ID";

Account make_account(std::string_view page) {
  Account account;
  account.set_platform("facebook");
  account.set_handle(std::string(page));
  account.set_id(str_cat("facebook:", ascii_lower(page)));
  account.set_profile_url(str_cat("https://www.facebook.com/", page));
  (*account.mutable_details())["page"] = std::string(page);  // as the API is asked
  return account;
}

absl::StatusOr<Account> numbered(std::string_view id, std::string_view url) {
  if (!is_facebook_id(id) || id.find('_') != std::string_view::npos) {
    return absl::InvalidArgumentError(str_cat("no Page's number in '", url, "': ", kWhatIsRight));
  }
  Account account = make_account(id);
  account.set_profile_url(str_cat("https://www.facebook.com/profile.php?id=", id));
  return account;
}

bool is_facebook_site(std::string_view host) {
  return host == "facebook.com" || host.ends_with(".facebook.com") || host == "fb.com" ||
         host.ends_with(".fb.com") || host == "fb.watch";
}

bool is_page_name(std::string_view name) {
  // "%2e%2e" is a way up, not a name.
  return name.find_first_not_of('.') != std::string_view::npos && name.size() <= 120 &&
         std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
                  std::string_view("?#%&=+<>\"'\\@:,;").find(c) != std::string_view::npos;
         });
}

bool is_no_page(std::string_view word) {
  static constexpr std::array<std::string_view, 34> kWords = {
      "photo",     "photo.php", "photos",      "posts",  "story.php", "permalink.php", "watch",
      "video.php", "videos",    "reel",        "reels",  "share",     "sharer",        "sharer.php",
      "groups",    "events",    "event.php",   "media",  "login",     "login.php",     "help",
      "hashtag",   "l.php",     "marketplace", "gaming", "business",  "policies",      "privacy",
      "plugins",   "dialog",    "ads",         "search", "notes",     "stories"};
  return std::find(kWords.begin(), kWords.end(), ascii_lower(word)) != kWords.end();
}

}  // namespace

absl::StatusOr<Account> facebook_account(std::string_view profile_url) {
  const auto url = pasted_url(profile_url);
  if (!url || !is_facebook_site(url->host) || (url->scheme != "https" && url->scheme != "http")) {
    return absl::NotFoundError("not a Facebook Page");
  }
  std::vector<std::string> path = path_segments(*url);
  if (!path.empty() && path[0] == "pg") path.erase(path.begin());
  if (url->host == "fb.watch" || url->host == "l.facebook.com" || path.empty() || is_no_page(path[0])) {
    return absl::InvalidArgumentError(
        str_cat("a post, photo or other page of Facebook, not a profile: ", kWhatIsRight));
  }
  if (path[0] == "profile.php") {
    for (const auto& [name, value] : query_parameters(url->query)) {
      if (name == "id") return numbered(value, profile_url);
    }
    return numbered("", profile_url);
  }
  if (path[0] == "people" || path[0] == "pages" || path[0] == "p") {
    if (path[0] != "p") return numbered(path.size() >= 3 ? path.back() : "", profile_url);
    path.erase(path.begin());
    if (path.empty()) return numbered("", profile_url);
  }
  // Tabs (/PAGE/about, /PAGE/photos) still name the Page; anything below them is a post, photo or video.
  if (path.size() > 2) {
    return absl::InvalidArgumentError(
        str_cat("a post or photo, not a profile: write https://www.facebook.com/", path[0]));
  }
  std::string_view page = path[0];
  consume_prefix(&page, "@");
  // "Ville-de-Lyon-100064123456789": Pages without a name of their own; the number is the Page.
  if (const std::size_t dash = page.rfind('-');
      dash != std::string_view::npos && page.size() - dash > 9 && is_facebook_id(page.substr(dash + 1))) {
    return numbered(page.substr(dash + 1), profile_url);
  }
  if (!is_page_name(page) || is_no_page(page)) {
    return absl::InvalidArgumentError(str_cat("'", page, "' is no Page's name: ", kWhatIsRight));
  }
  return make_account(page);
}

}  // namespace copytaster
