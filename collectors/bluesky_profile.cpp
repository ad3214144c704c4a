#include "collectors/bluesky_profile.h"

#include <string>
#include <vector>

#include "collectors/bluesky_syntax.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::string_view kWhatIsRight =
    "write https://bsky.app/profile/HANDLE or https://bsky.app/profile/DID";

Account make_account(std::string_view actor) {
  Account account;
  account.set_platform("bluesky");
  const std::string name = is_did(actor) ? std::string(actor) : ascii_lower(actor);
  account.set_handle(name);
  account.set_id(str_cat("bluesky:", name));
  account.set_profile_url(str_cat("https://bsky.app/profile/", name));
  return account;
}

}  // namespace

absl::StatusOr<Account> bluesky_account(std::string_view profile_url) {
  std::string_view text = strip_space(profile_url);
  if (const auto uri = parse_at_uri(text)) {
    if (uri->collection.empty()) return make_account(uri->authority);
    return absl::InvalidArgumentError(str_cat("this is a record, not a profile: ", kWhatIsRight));
  }
  // "@name.bsky.social" alone; handles elsewhere look like any web site.
  std::string_view handle = text;
  consume_prefix(&handle, "@");
  if (is_handle(handle) && ascii_lower(handle).ends_with(".bsky.social")) return make_account(handle);

  const auto url = pasted_url(text);
  if (!url) return absl::NotFoundError("not a Bluesky profile");
  const std::vector<std::string> path = path_segments(*url);
  if (url->host.ends_with(".bsky.social") && path.empty()) return make_account(url->host);
  if (url->host != "bsky.app" && url->host != "www.bsky.app")
    return absl::NotFoundError("not a Bluesky profile");
  if (path.size() != 2 || path[0] != "profile") {
    return absl::InvalidArgumentError(str_cat("a page of Bluesky, but not a profile: ", kWhatIsRight));
  }
  std::string_view actor = path[1];
  consume_prefix(&actor, "@");
  if (!is_did(actor) && !is_handle(actor)) {
    return absl::InvalidArgumentError(str_cat("'", actor, "' is neither a handle nor a DID: ", kWhatIsRight));
  }
  return make_account(actor);
}

}  // namespace copytaster
