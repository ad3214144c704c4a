#include "collectors/x_syntax.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kWhatIsRight = "write https://x.com/USER";
constexpr std::int64_t kSnowflakeEpochMillis = 1288834974657;
constexpr std::uint64_t kFirstSnowflake = 29700859247;

// help.x.com, developer.x.com and the like are web sites, not ours.
bool is_x_host(std::string_view host) {
  for (const std::string_view start : {"www.", "mobile.", "m."}) {
    if (consume_prefix(&host, start)) break;
  }
  return host == "x.com" || host == "twitter.com";
}

bool is_no_user(std::string_view word) {
  static constexpr std::array<std::string_view, 26> kWords = {
      "home",    "explore",  "search",        "search-advanced", "i",       "settings", "notifications",
      "login",   "messages", "signup",        "logout",          "hashtag", "intent",   "share",
      "compose", "tos",      "privacy",       "about",           "jobs",    "download", "account",
      "oauth",   "widgets",  "who_to_follow", "communities",     "rules"};
  return std::find(kWords.begin(), kWords.end(), ascii_lower(word)) != kWords.end();
}

// Parts of a profile that still name it.
bool is_tab(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kTabs = {
      "with_replies", "media",     "highlights", "articles",           "likes",
      "followers",    "following", "affiliates", "verified_followers", "photo"};
  return std::find(kTabs.begin(), kTabs.end(), ascii_lower(word)) != kTabs.end();
}

}  // namespace

bool is_x_username(std::string_view name) {
  return !name.empty() && name.size() <= 15 && std::all_of(name.begin(), name.end(), [](char c) {
    const char lower = ascii_lower(c);
    return (lower >= 'a' && lower <= 'z') || is_ascii_digit(c) || c == '_';
  });
}

bool is_x_id(std::string_view id) {
  return !id.empty() && id.size() <= 20 && std::all_of(id.begin(), id.end(), is_ascii_digit);
}

bool x_id_less(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::optional<absl::Time> x_id_time(std::string_view id) {
  const auto number = parse_number<std::uint64_t>(id);
  if (!is_x_id(id) || !number || *number < kFirstSnowflake) return std::nullopt;
  const auto millis = static_cast<std::int64_t>(*number >> 22U) + kSnowflakeEpochMillis;
  return absl::FromUnixSeconds(millis / 1000);
}

std::string x_permalink(std::string_view username, std::string_view id) {
  return str_cat("https://x.com/", is_x_username(username) ? username : "i/web", "/status/", id);
}

std::optional<XStatusLink> x_status_link(std::string_view text) {
  const auto url = parse_url(text);
  if (!url || !is_x_host(url->host)) return std::nullopt;
  std::vector<std::string> path = path_segments(*url);
  if (path.size() > 2 && path[0] == "i" && path[1] == "web") path.erase(path.begin());
  if (path.size() < 3 || path[1] != "status" || !is_x_id(path[2])) return std::nullopt;
  return XStatusLink{path[2], path.size() > 3 && (path[3] == "photo" || path[3] == "video")};
}

absl::StatusOr<Account> x_account(std::string_view profile_url) {
  const auto url = pasted_url(profile_url);
  if (!url || !is_x_host(url->host) || (url->scheme != "https" && url->scheme != "http")) {
    return absl::NotFoundError("not an X profile");
  }
  std::vector<std::string> path = path_segments(*url);
  // https://twitter.com/#!/USER, as it was written until 2012.
  if (path.empty() && url->fragment.starts_with("!/")) path = {url->fragment.substr(2)};
  if (path.empty() || is_no_user(path[0])) {
    return absl::InvalidArgumentError(str_cat("a page of X, but not a profile: ", kWhatIsRight));
  }
  std::string_view user = path[0];
  consume_prefix(&user, "@");
  if (!is_x_username(user)) {
    return absl::InvalidArgumentError(
        str_cat("'", user, "' is no user name of X (letters, digits and _, at most 15): ", kWhatIsRight));
  }
  if (path.size() > 2 || (path.size() == 2 && !is_tab(path[1]))) {
    return absl::InvalidArgumentError(
        str_cat("a post or a part of a profile, not a profile: write https://x.com/", user));
  }
  Account account;
  account.set_platform("x");
  account.set_handle(std::string(user));
  account.set_id(str_cat("x:", ascii_lower(user)));
  account.set_profile_url(str_cat("https://x.com/", user));
  return account;
}

}  // namespace copytaster
