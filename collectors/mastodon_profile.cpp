#include "collectors/mastodon_profile.h"

#include <array>
#include <string>
#include <vector>

#include "collectors/elsewhere.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::string_view kWhatIsRight = "write https://HOST/@USER or @USER@HOST";

// Profiles there look the same and are none of ours.
bool is_another_platform(std::string_view host) {
  static constexpr std::array<std::string_view, 5> kHosts = {"medium.com", "substack.com", "facebook.com",
                                                             "bsky.app", "odysee.com"};
  if (is_host_elsewhere(host)) return true;
  for (const std::string_view known : kHosts) {
    if (host == known || (host.ends_with(known) && host[host.size() - known.size() - 1] == '.')) return true;
  }
  return false;
}

Account make_account(std::string_view user, std::string_view scheme, std::string_view host) {
  Account account;
  account.set_platform("mastodon");
  account.set_handle(str_cat(user, "@", host));
  account.set_id(str_cat("mastodon:", ascii_lower(account.handle())));
  account.set_profile_url(str_cat(scheme, "://", host, "/@", user));
  (*account.mutable_details())["host"] = std::string(host);
  (*account.mutable_details())["scheme"] = std::string(scheme);
  return account;
}

// "user@host", as in @user@host or https://elsewhere/@user@host: `host` is the home server.
absl::StatusOr<Account> full_address(std::string_view address) {
  const std::size_t at = address.find('@');
  const auto url = parse_url(str_cat("https://", address.substr(at + 1)));
  if (!url || !is_mastodon_name(address.substr(0, at)) || url->path.size() > 1 ||
      url->host.find('.') == std::string::npos || is_another_platform(url->host)) {
    return absl::InvalidArgumentError(str_cat("'", address, "' is no Mastodon address: ", kWhatIsRight));
  }
  return make_account(address.substr(0, at), "https", origin_of(*url).substr(8));
}

}  // namespace

bool is_mastodon_name(std::string_view name) {
  if (name.empty() || name.size() > 100 || name.front() == '.' || name.back() == '.') return false;
  for (const char c : name) {
    const char lower = ascii_lower(c);
    if ((lower < 'a' || lower > 'z') && !is_ascii_digit(c) && c != '_' && c != '.' && c != '-') return false;
  }
  return true;
}

absl::StatusOr<Account> mastodon_account(std::string_view profile_url) {
  std::string_view text = strip_space(profile_url);
  if (consume_prefix(&text, "@") && text.find('@') != std::string_view::npos &&
      text.find('/') == std::string_view::npos) {
    return full_address(text);
  }
  const auto url = pasted_url(profile_url);
  if (!url || (url->scheme != "https" && url->scheme != "http") || is_another_platform(url->host)) {
    return absl::NotFoundError("not a Mastodon profile");
  }
  std::vector<std::string> path = path_segments(*url);
  if (!path.empty() && path[0] == "web") path.erase(path.begin());
  if (path.empty()) return absl::NotFoundError("not a Mastodon profile");
  const bool is_at = path[0].size() > 1 && path[0][0] == '@';
  const bool is_users = path[0] == "users" && path.size() >= 2;
  if (path[0] == "ap" && path.size() >= 3 && path[1] == "users") {
    return absl::InvalidArgumentError(str_cat("this is an actor's number, not a profile: ", kWhatIsRight));
  }
  if (!is_at && !is_users) return absl::NotFoundError("not a Mastodon profile");
  const std::string user = is_at ? path[0].substr(1) : path[1];
  path.erase(path.begin(), path.begin() + (is_at ? 1 : 2));
  // /@user.rss and /users/user.atom are feeds, and the feed collector's.
  if (user.ends_with(".rss") || user.ends_with(".atom"))
    return absl::NotFoundError("a feed, not a Mastodon profile");
  const bool is_tab =
      path.size() == 1 && (path[0] == "with_replies" || path[0] == "media" || path[0] == "featured");
  if (!path.empty() && !is_tab) {
    if (is_users && path[0] != "statuses") return absl::NotFoundError("not a Mastodon profile");
    return absl::InvalidArgumentError(
        str_cat("this is a post or a part of a profile, not a profile: ", kWhatIsRight));
  }
  if (user.find('@') != std::string::npos) return full_address(user);
  if (!is_mastodon_name(user)) {
    if (is_users) return absl::NotFoundError("not a Mastodon profile");
    return absl::InvalidArgumentError(str_cat("'", user, "' is no Mastodon user name: ", kWhatIsRight));
  }
  const std::string origin = origin_of(*url);
  return make_account(user, url->scheme, origin.substr(url->scheme.size() + 3));
}

}  // namespace copytaster
