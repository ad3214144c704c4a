#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "desk/api.h"
#include "desk/reply.h"
#include "desk/version_diff.h"

namespace copytaster {
namespace {

constexpr std::size_t kUsualItems = 50;
constexpr std::size_t kMostItems = 200;
constexpr std::size_t kMostVersions = 100;
constexpr std::size_t kLongestQuery = 500;

absl::StatusOr<std::string> items_json(const Desk& desk, const ServerRequest& request) {
  CT_ASSIGN_OR_RETURN(const Window window, window_of(request, kUsualItems, kMostItems));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  std::size_t at = 0;
  CT_RETURN_IF_ERROR(desk.house.store->each_item([&](const Item& item) {
    const std::size_t i = at++;
    if (i >= window.offset + window.limit) return false;
    if (i >= window.offset) json.raw(to_json(shown_item(item)));
    return true;
  }));
  json.end_array().member("more", at > window.offset + window.limit);
  return json.member("notice", desk.house.store->notice()).end_object().text();
}

absl::StatusOr<std::string> found_json(const Desk& desk, const ServerRequest& request,
                                       std::string_view query) {
  CT_ASSIGN_OR_RETURN(const Window window, window_of(request, kUsualItems, kMostItems));
  CT_ASSIGN_OR_RETURN(const std::vector<std::string> ids, desk.house.store->search(query, window.limit));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const std::string& id : ids) {
    auto item = desk.house.store->item(id);
    if (absl::IsNotFound(item.status())) continue;
    if (!item.ok()) return item.status();
    if (item->state() != GONE) json.raw(to_json(shown_item(*std::move(item))));
  }
  json.end_array().member("more", ids.size() == window.limit);
  return json.member("notice", desk.house.store->notice()).end_object().text();
}

absl::StatusOr<std::string> versions_json(const Desk& desk, const std::string& id) {
  CT_ASSIGN_OR_RETURN(std::vector<Item> all, desk.house.store->versions(id));
  if (all.empty()) return absl::NotFoundError("no such post");
  const bool gone = all.back().state() == GONE;
  JsonWriter json;
  json.begin_object().key("versions").begin_array();
  for (std::size_t i = all.size() > kMostVersions ? all.size() - kMostVersions : 0; i < all.size(); ++i) {
    if (gone) all[i].set_state(GONE);  // then its earlier words are gone too
    json.raw(to_json(shown_item(std::move(all[i]))));
  }
  return json.end_array().member("notice", desk.house.store->notice()).end_object().text();
}

absl::StatusOr<Item> version_of(const std::vector<Item>& all, const ServerRequest& request,
                                std::string_view name) {
  const auto number = parse_number<std::uint32_t>(parameter(request.query, name).value_or(std::string()));
  if (!number) return absl::InvalidArgumentError(str_cat(name, " is the number of a version: ?from=1&to=2"));
  for (const Item& item : all) {
    if (item.version() != *number) continue;
    Item shown = item;
    if (all.back().state() == GONE) shown.set_state(GONE);  // then its earlier words are gone too
    return shown_item(std::move(shown));
  }
  return absl::NotFoundError(str_cat("no version ", *number));
}

absl::StatusOr<std::string> diff_json(const Desk& desk, const ServerRequest& request, const std::string& id) {
  CT_ASSIGN_OR_RETURN(const std::vector<Item> all, desk.house.store->versions(id));
  if (all.empty()) return absl::NotFoundError("no such post");
  CT_ASSIGN_OR_RETURN(const Item from, version_of(all, request, "from"));
  CT_ASSIGN_OR_RETURN(const Item to, version_of(all, request, "to"));
  JsonWriter json;
  json.begin_object().member("id", id);
  write_diff(json, from, to);
  return json.member("notice", desk.house.store->notice()).end_object().text();
}

ServerResponse json_or_error(const ServerRequest& request, absl::StatusOr<std::string> body) {
  return body.ok() ? with_etag(request, json_reply(*std::move(body))) : status_reply(body.status());
}

}  // namespace

Item shown_item(Item item) {
  item.clear_fingerprint();
  if (item.state() != GONE) return item;
  Item stone;
  stone.set_id(item.id());
  stone.set_platform(item.platform());
  stone.set_account_id(item.account_id());
  stone.set_official_id(item.official_id());
  stone.set_url(item.url());
  if (item.has_created_at()) *stone.mutable_created_at() = item.created_at();
  stone.set_day_only(item.day_only());
  *stone.mutable_author() = item.author();
  stone.set_version(item.version());
  stone.set_state(GONE);
  if (item.has_gone_at()) *stone.mutable_gone_at() = item.gone_at();
  stone.set_gone_proof(item.gone_proof());
  stone.set_gone_capture_sha256(item.gone_capture_sha256());
  stone.set_story_id(item.story_id());
  return stone;
}

ServerResponse get_items(const Desk& desk, const ServerRequest& request, const std::string&) {
  return json_or_error(request, items_json(desk, request));
}

ServerResponse get_item(const Desk& desk, const ServerRequest& request, const std::string& id) {
  auto item = desk.house.store->item(id);
  if (!item.ok()) return status_reply(item.status());
  return with_etag(request, json_reply(to_json(shown_item(*std::move(item)))));
}

ServerResponse get_versions(const Desk& desk, const ServerRequest& request, const std::string& id) {
  auto body = versions_json(desk, id);
  // An id may itself end in "/versions".
  if (absl::IsNotFound(body.status())) {
    ServerResponse whole = get_item(desk, request, str_cat(id, "/versions"));
    if (whole.status != 404) return whole;
  }
  return json_or_error(request, std::move(body));
}

ServerResponse get_version_diff(const Desk& desk, const ServerRequest& request, const std::string& id) {
  auto body = diff_json(desk, request, id);
  // An id may itself end in "/diff".
  if (absl::IsNotFound(body.status()) && !parameter(request.query, "from")) {
    ServerResponse whole = get_item(desk, request, str_cat(id, "/diff"));
    if (whole.status != 404) return whole;
  }
  return json_or_error(request, std::move(body));
}

ServerResponse get_search(const Desk& desk, const ServerRequest& request, const std::string&) {
  const std::string query = parameter(request.query, "q").value_or(std::string());
  if (strip_space(query).empty() || query.size() > kLongestQuery) {
    return error_reply(400, "invalid_argument", "q must have 1 to 500 bytes", "/api/search?q=Kyiv");
  }
  return json_or_error(request, found_json(desk, request, query));
}

}  // namespace copytaster
