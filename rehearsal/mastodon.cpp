// The Mastodon instances. https://docs.joinmastodon.org/methods/accounts/
#include <algorithm>
#include <optional>

#include "core/json.h"
#include "core/strings.h"
#include "core/url.h"
#include "rehearsal/ids.h"
#include "rehearsal/mastodon_status_json.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {
namespace {

Answer error_answer(std::string_view shape, int status, std::string_view what) {
  JsonWriter out;
  return json_answer(shape, out.begin_object().member("error", what).end_object().text(), status);
}

Answer entity_answer(const Question& question, std::string_view shape, const JsonWriter& entity) {
  const std::string etag = str_cat("W/\"", short_hash(entity.text()), "\"");
  Answer answer = json_answer(shape, entity.text());
  answer.headers.push_back({"Cache-Control", "private, no-store"});
  return validated(question, std::move(answer), etag, absl::InfinitePast());
}

std::uint64_t id_of(const Post& post, std::string_view instance) {
  return parse_number<std::uint64_t>(mastodon_status_id(post, instance)).value_or(0);
}

// ---- accounts

Answer look_up(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/api/v1/accounts/lookup";
  std::string_view acct = question.parameter("acct");
  consume_prefix(&acct, "@");
  const std::size_t at = acct.find('@');
  const std::string_view host = at == std::string_view::npos ? question.host : acct.substr(at + 1);
  for (const PlayedAccount& account : stage.day.accounts) {
    if (account.platform != Platform::kMastodon || !equals_ignore_case(account.host, host) ||
        !equals_ignore_case(account.handle, acct.substr(0, at)))
      continue;
    JsonWriter out;
    MastodonWriter(stage.day, question.host, question.now, &out).account(account);
    return entity_answer(question, kShape, out);
  }
  return error_answer(kShape, 404, "Record not found");
}

const PlayedAccount* find_account(const Day& day, std::string_view id, std::string_view instance) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform == Platform::kMastodon && mastodon_account_id(account, instance) == id)
      return &account;
  }
  return nullptr;
}

// ---- a page of an account's statuses

struct Page {
  std::vector<Live> statuses;  // newest first
  bool full = false;
};

bool is_wanted(const Question& question, const Live& live) {
  const auto asked = [&](std::string_view name) {
    const std::string_view value = question.parameter(name);
    return value == "true" || value == "1";
  };
  const Post& post = *live.post;
  if (!is_mastodon_live(post, question.now) || asked("pinned")) return false;
  if (asked("exclude_replies") && post.reply_to != nullptr && post.reply_to->account != post.account)
    return false;
  if (asked("exclude_reblogs") && post.reshare_of != nullptr) return false;
  return !asked("only_media") || !live.version->pictures.empty();
}

// max_id and since_id give the newest there are; min_id the oldest behind it. Newest first in any case.
Page page_of(const PlayedAccount& account, const Question& question) {
  const auto limit = static_cast<std::size_t>(question.number("limit", 20, 1, 40));
  const auto id = [&](std::string_view name) {
    return parse_number<std::uint64_t>(question.parameter(name));
  };
  const auto max_id = id("max_id");
  const auto min_id = id("min_id");
  const auto since_id = id("since_id");
  Page page;
  page.statuses = live_posts(account, question.now);
  std::erase_if(page.statuses, [&](const Live& live) {
    const std::uint64_t number = id_of(*live.post, question.host);
    return !is_wanted(question, live) || (max_id && number >= *max_id) || (min_id && number <= *min_id) ||
           (since_id && number <= *since_id);
  });
  std::sort(page.statuses.begin(), page.statuses.end(), [&](const Live& a, const Live& b) {
    return id_of(*a.post, question.host) > id_of(*b.post, question.host);
  });
  page.full = page.statuses.size() >= limit;
  if (page.statuses.size() > limit) {
    const auto surplus = static_cast<std::ptrdiff_t>(page.statuses.size() - limit);
    if (min_id) {
      page.statuses.erase(page.statuses.begin(), page.statuses.begin() + surplus);
    } else {
      page.statuses.erase(page.statuses.end() - surplus, page.statuses.end());
    }
  }
  return page;
}

std::string link_header(const Question& question, const Page& page) {
  const auto url = [&](std::string_view name, const Post& post) {
    std::string out = str_cat("<https://", question.host, question.path, "?");
    for (const auto& [key, value] : question.parameters) {
      if (key != "max_id" && key != "min_id" && key != "since_id")
        str_append(&out, percent_encode(key), "=", percent_encode(value), "&");
    }
    return str_cat(out, name, "=", mastodon_status_id(post, question.host), ">; rel=\"",
                   name == "max_id" ? "next" : "prev", "\"");
  };
  if (page.statuses.empty()) return "";
  const std::string prev = url("min_id", *page.statuses.front().post);
  return page.full ? str_cat(url("max_id", *page.statuses.back().post), ", ", prev) : prev;
}

Answer list_statuses(const Stage& stage, const Question& question, const PlayedAccount& account) {
  const Page page = page_of(account, question);
  JsonWriter out;
  MastodonWriter writer(stage.day, question.host, question.now, &out);
  out.begin_array();
  for (const Live& live : page.statuses) writer.status(live);
  out.end_array();
  Answer answer = entity_answer(question, "/api/v1/accounts/{id}/statuses", out);
  if (std::string link = link_header(question, page); !link.empty()) answer.headers.push_back({"Link", link});
  return answer;
}

// ---- one status

Answer show_status(const Stage& stage, const Question& question, std::string_view id, bool history) {
  const std::string_view shape = history ? "/api/v1/statuses/{id}/history" : "/api/v1/statuses/{id}";
  for (const Post& post : stage.day.posts) {
    if (post.account->platform != Platform::kMastodon || !is_mastodon_live(post, question.now) ||
        mastodon_status_id(post, question.host) != id)
      continue;
    JsonWriter out;
    MastodonWriter writer(stage.day, question.host, question.now, &out);
    if (!history) {
      writer.status(*live_at(post, question.now));
      return entity_answer(question, shape, out);
    }
    out.begin_array();
    for (const PostVersion& version : post.versions) {
      if (version.at <= question.now) writer.edit(post, version);
    }
    out.end_array();
    return entity_answer(question, shape, out);
  }
  return error_answer(shape, 404, "Record not found");
}

Answer play_api(const Stage& stage, const Question& question) {
  const std::vector<std::string> path = segments(question.path);
  if (path.size() < 4 || path[0] != "api" || path[1] != "v1") return error_answer("/…", 404, "Not Found");
  if (path[2] == "accounts" && path[3] == "lookup" && path.size() == 4) return look_up(stage, question);
  if (path[2] == "accounts") {
    const PlayedAccount* account = find_account(stage.day, path[3], question.host);
    const bool is_list = path.size() == 5 && path[4] == "statuses";
    if (account == nullptr || (!is_list && path.size() > 4)) {
      return error_answer(is_list ? "/api/v1/accounts/{id}/statuses" : "/api/v1/accounts/{id}", 404,
                          "Record not found");
    }
    if (is_list) return list_statuses(stage, question, *account);
    JsonWriter out;
    MastodonWriter(stage.day, question.host, question.now, &out).account(*account);
    return entity_answer(question, "/api/v1/accounts/{id}", out);
  }
  const bool history = path.size() == 5 && path[4] == "history";
  if (path[2] == "statuses" && (path.size() == 4 || history))
    return show_status(stage, question, path[3], history);
  return error_answer("/api/v1/…", 404, "Not Found");
}

}  // namespace

Answer play_mastodon(const Stage& stage, const Question& question) {
  if (question.path.starts_with("/system/"))
    return picture_answer(stage, question, "/system/media_attachments/{id}/{size}/{file}");
  const auto wait = stage.faults.throttled(question.host, question.now);
  Answer answer = wait ? error_answer("/api/v1/…", 429, "Too many requests") : play_api(stage, question);
  if (wait) answer.headers.push_back({"Retry-After", str_cat(absl::ToInt64Seconds(*wait))});
  // 300 in five minutes; the reset as ISO 8601 with microseconds. Counting is left to the fault.
  const absl::Time reset = absl::FromUnixSeconds((absl::ToUnixSeconds(question.now) / 300 + 1) * 300);
  answer.headers.push_back({"X-RateLimit-Limit", "300"});
  answer.headers.push_back({"X-RateLimit-Remaining", wait ? "0" : "290"});
  answer.headers.push_back(
      {"X-RateLimit-Reset", absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", reset, absl::UTCTimeZone())});
  return answer;
}

}  // namespace copytaster::rehearsal
