// Who the officials are: loaded once from config/officials.toml, then immutable; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

class Officials {
 public:
  Officials() = default;
  // Takes any list; later entries win where an account is claimed twice (config check refuses that).
  explicit Officials(std::vector<Official> officials);

  [[nodiscard]] const std::vector<Official>& all() const { return officials_; }
  // Null when unknown. Pointers live as long as this object.
  [[nodiscard]] const Official* find(std::string_view official_id) const;
  [[nodiscard]] const Official* of_account(std::string_view account_id) const;
  // By handle on a platform ("bluesky", "annehidalgo.bsky.social"); ignores case and a leading '@'.
  [[nodiscard]] const Official* of_handle(std::string_view platform, std::string_view handle) const;
  // By profile URL as it stands in a post; ignores scheme, "www.", case, query (but profile.php's id).
  [[nodiscard]] const Official* of_url(std::string_view profile_url) const;

 private:
  std::vector<Official> officials_;
  StringMap<std::size_t> by_id_, by_account_, by_handle_, by_url_;
};

// The role held at `when`; null when none is known for that day.
[[nodiscard]] const Role* role_at(const Official& official, absl::Time when);
// "Mayor of Paris"; the title alone where no place is given; empty without a role.
[[nodiscard]] std::string role_label(const Role* role);

}  // namespace copytaster
