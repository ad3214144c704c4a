#include "core/officials.h"

#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

std::string_view without_at(std::string_view handle) {
  consume_prefix(&handle, "@");
  return handle;
}

std::string handle_key(std::string_view platform, std::string_view handle) {
  return str_cat(platform, ":", ascii_lower(without_at(handle)));
}

std::string url_key(std::string_view profile_url) {
  auto url = parse_url(profile_url);
  if (!url) return std::string(profile_url);
  std::string_view host = url->host;
  consume_prefix(&host, "www.");
  std::string_view path = url->path;
  while (consume_suffix(&path, "/")) {
  }
  std::string key = ascii_lower(str_cat(host, path));
  if (path != "/profile.php") return key;
  for (const auto& [name, value] : query_parameters(url->query)) {
    if (name == "id") str_append(&key, "?id=", value);  // Facebook's accounts without a name
  }
  return key;
}

template <typename Map>
const Official* look_up(const Map& map, std::string_view key, const std::vector<Official>& all) {
  auto found = map.find(key);
  return found == map.end() ? nullptr : &all[found->second];
}

}  // namespace

Officials::Officials(std::vector<Official> officials) : officials_(std::move(officials)) {
  for (std::size_t i = 0; i < officials_.size(); ++i) {
    by_id_[officials_[i].id()] = i;
    for (const Account& account : officials_[i].accounts()) {
      by_account_[account.id()] = i;
      if (!account.handle().empty()) by_handle_[handle_key(account.platform(), account.handle())] = i;
      if (!account.profile_url().empty()) by_url_[url_key(account.profile_url())] = i;
    }
  }
}

const Official* Officials::find(std::string_view official_id) const {
  return look_up(by_id_, official_id, officials_);
}
const Official* Officials::of_account(std::string_view account_id) const {
  return look_up(by_account_, account_id, officials_);
}
const Official* Officials::of_handle(std::string_view platform, std::string_view handle) const {
  return look_up(by_handle_, handle_key(platform, handle), officials_);
}
const Official* Officials::of_url(std::string_view profile_url) const {
  return look_up(by_url_, url_key(profile_url), officials_);
}

const Role* role_at(const Official& official, absl::Time when) {
  const Role* best = nullptr;
  for (const Role& role : official.roles()) {
    if (role.has_from() && when < to_time(role.from())) continue;
    if (role.has_until() && when >= to_time(role.until())) continue;
    // The one that began last is the one people speak of.
    if (best == nullptr ||
        (role.has_from() && (!best->has_from() || to_time(role.from()) > to_time(best->from()))))
      best = &role;
  }
  return best;
}

std::string role_label(const Role* role) {
  if (role == nullptr) return "";
  return role->place().empty() ? role->title() : str_cat(role->title(), " of ", role->place());
}

}  // namespace copytaster
