#include "collectors/threads_profile.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "collectors/meta_names.h"
#include "collectors/platforms_support.h"
#include "collectors/threads_post.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::string_view kWhatIsRight = "write https://www.threads.com/@USER";

bool is_threads_site(std::string_view host) {
  return host == "threads.net" || host == "threads.com" || host.ends_with(".threads.net") ||
         host.ends_with(".threads.com");
}

// about., help. and the like have no profiles.
bool has_profiles(std::string_view host) {
  return host == "threads.net" || host == "threads.com" || host.starts_with("www.threads.") ||
         host.starts_with("m.threads.");
}

// The profile's own views.
bool is_tab(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kTabs = {"replies", "media", "reposts", "feeds"};
  return std::find(kTabs.begin(), kTabs.end(), ascii_lower(word)) != kTabs.end();
}

}  // namespace

absl::StatusOr<Account> threads_account(std::string_view profile_url) {
  const auto url = pasted_url(profile_url);
  if (!url || !is_threads_site(url->host) || (url->scheme != "https" && url->scheme != "http")) {
    return absl::NotFoundError("not a Threads profile");
  }
  const std::vector<std::string> path = path_segments(*url);
  std::string_view user = path.empty() ? std::string_view() : std::string_view(path[0]);
  if (!has_profiles(url->host) || !consume_prefix(&user, "@")) {
    return absl::InvalidArgumentError(
        str_cat("a post, search or other page of Threads, not a profile: ", kWhatIsRight));
  }
  if (!is_meta_user_name(user)) {
    return absl::InvalidArgumentError(str_cat("'", user, "' is no user name of Threads: ", kWhatIsRight));
  }
  if (path.size() > 2 || (path.size() == 2 && !is_tab(path[1]))) {
    return absl::InvalidArgumentError(str_cat("a post, not a profile: write ", threads_profile_url(user)));
  }
  Account account;
  account.set_platform("threads");
  account.set_handle(std::string(user));
  account.set_id(str_cat("threads:", ascii_lower(user)));
  account.set_profile_url(threads_profile_url(user));
  return account;
}

}  // namespace copytaster
