#include <algorithm>

#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/url.h"
#include "desk/api.h"
#include "desk/draft.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

constexpr std::size_t kUsualStories = 100;
constexpr std::size_t kMostStories = 500;
constexpr int kMostItems = 500;  // of one story

absl::StatusOr<std::string> stories_json(const Desk& desk, const ServerRequest& request) {
  CT_ASSIGN_OR_RETURN(const Window window, window_of(request, kUsualStories, kMostStories));
  CT_ASSIGN_OR_RETURN(const std::vector<Story> all,
                      desk.house.store->stories(window.offset + window.limit + 1));
  JsonWriter json;
  json.begin_object().key("stories").begin_array();
  for (std::size_t i = window.offset; i < all.size() && i < window.offset + window.limit; ++i) {
    json.raw(to_json(all[i]));
  }
  json.end_array().member("more", all.size() > window.offset + window.limit);
  return json.member("notice", desk.house.store->notice()).end_object().text();
}

absl::StatusOr<std::string> story_json(const Desk& desk, const std::string& id) {
  const StoreReader& store = *desk.house.store;
  CT_ASSIGN_OR_RETURN(const Story story, store.story(id));
  JsonWriter json;
  json.begin_object().key("story").raw(to_json(story)).key("items").begin_array();
  int left = kMostItems;
  for (const std::string& item_id : story.item_ids()) {
    if (left-- == 0) break;
    auto item = store.item(item_id);
    if (absl::IsNotFound(item.status())) continue;
    if (!item.ok()) return item.status();
    json.raw(to_json(shown_item(*std::move(item))));
  }
  json.end_array().member("more", story.item_ids_size() > kMostItems);
  return json.member("notice", store.notice()).end_object().text();
}

struct Format {
  std::string_view name;
  std::string_view content_type;
  std::string_view extension;
  absl::StatusOr<std::string> (*write)(const Draft&, const StoreReader&, const ExportOptions&);
};

absl::StatusOr<std::string> write_json(const Draft& draft, const StoreReader& reader, const ExportOptions&) {
  CT_RETURN_IF_ERROR(check_draft(draft, reader));
  return to_json(draft);
}

constexpr Format kFormats[] = {
    {"json", "application/json", ".json", write_json},
    {"markdown", "text/markdown; charset=utf-8", ".md", export_markdown},
    {"html", "text/html; charset=utf-8", ".html", export_html},
    {"ninjs", "application/json", ".ninjs.json", export_ninjs},
};

// Letters, digits and dashes of the id: it goes into a header.
std::string file_name(std::string_view id, std::string_view extension) {
  std::string out = "draft-";
  for (const char c : id.substr(0, 60)) {
    const char lower = ascii_lower(c);
    out += is_ascii_digit(c) || (lower >= 'a' && lower <= 'z') ? c : '-';
  }
  return out + std::string(extension);
}

// The desk's pictures as the browser sees them; behind a proxy that speaks TLS it is told so.
std::string media_url(const ServerRequest& request) {
  const bool secure = equals_ignore_case(strip_space(request.header("x-forwarded-proto")), "https");
  const auto url = parse_url(str_cat(secure ? "https://" : "http://", request.header("host"), "/media/"));
  return url ? url->to_string() : "/media/";
}

// The posts that a sentence or a picture of the draft rests on, each once.
std::vector<std::string> cited_items(const Draft& draft) {
  std::vector<std::string> ids;
  const auto add = [&](const std::string& id) {
    if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  };
  for (const Block& block : draft.blocks()) {
    for (const Support& support : block.support()) add(support.item_id());
    add(block.picture().item_id());
  }
  return ids;
}

absl::StatusOr<ServerResponse> draft_reply(const Desk& desk, const ServerRequest& request,
                                           const std::string& id, const Format& format) {
  CT_ASSIGN_OR_RETURN(const Story story, desk.house.store->story(id));
  CT_ASSIGN_OR_RETURN(const Draft draft, make_draft(story, *desk.house.store));
  ExportOptions options;
  const bool saved = parameter(request.query, "download") == "1";
  // A file that is opened from a disk finds the pictures at the desk it came from, with their words in them.
  if (saved && desk.house.written_picture) options.picture_query = str_cat("?story=", percent_encode(id));
  options.media_base = saved && format.name != "ninjs" ? media_url(request) : "/media/";
  CT_ASSIGN_OR_RETURN(std::string body, format.write(draft, *desk.house.store, options));
  if (saved && request.method == "GET" && desk.house.erasures.exported)
    CT_RETURN_IF_ERROR(desk.house.erasures.exported(id, format.name, cited_items(draft)));
  ServerResponse response = reply(200, format.content_type, std::move(body));
  if (saved) {
    set_header(response, "Content-Disposition",
               str_cat("attachment; filename=\"", file_name(id, format.extension), "\""));
  }
  return with_etag(request, std::move(response));
}

}  // namespace

ServerResponse get_stories(const Desk& desk, const ServerRequest& request, const std::string&) {
  auto body = stories_json(desk, request);
  return body.ok() ? with_etag(request, json_reply(*std::move(body))) : status_reply(body.status());
}

ServerResponse get_story(const Desk& desk, const ServerRequest& request, const std::string& id) {
  auto body = story_json(desk, id);
  return body.ok() ? with_etag(request, json_reply(*std::move(body))) : status_reply(body.status());
}

ServerResponse get_draft(const Desk& desk, const ServerRequest& request, const std::string& id) {
  const std::string wanted = parameter(request.query, "format").value_or("json");
  for (const Format& format : kFormats) {
    if (format.name != wanted) continue;
    auto response = draft_reply(desk, request, id, format);
    return response.ok() ? *std::move(response) : status_reply(response.status());
  }
  return error_reply(400, "invalid_argument", "format must be json, markdown, html or ninjs");
}

}  // namespace copytaster
