// X, by its API v2 with an app's bearer token, which is paid for by the post
// (https://docs.x.com/x-api/posts/timelines/introduction).
//
// The user's number is looked up once, by name ($0.010), and kept in the cursor. Then the timeline, newest
// first: a poll asks with since_id for what came since, which costs nothing where nothing came. Replies and
// reposts are in it. An edit is a post with a new id and comes with the next poll.
//
// Cursor: empty: look the user up. {id, user, name}: first contact: the newest page, then older ones up to
// first_pages. {id, …, since}: everything newer. While paging also {top, next, pages}: the newest seen in
// this walk, which becomes `since` only at its end, for what lies between would be skipped.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/x_media.h"
#include "collectors/x_post.h"
#include "collectors/x_problem.h"
#include "collectors/x_syntax.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr int kLeastResults =
    5;  // what X takes; 100 at most, of which kMostPages is as much as is ever needed
constexpr int kMostResults = kMostPages;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestToken = 1024;
// A post may answer one and quote another, each of another user.
constexpr double kMostCostUsd = (kMostResults * (3 * 5 + 2 * 10) + 10) / 1000.0;  // whole thousandths

constexpr std::string_view kMonthlyUsd = "10";

constexpr std::string_view kFields =
    "tweet.fields=created_at,author_id,in_reply_to_user_id,entities,attachments,referenced_tweets,note_tweet,"
    "edit_controls,edit_history_tweet_ids,public_metrics,lang,possibly_sensitive,withheld"
    "&media.fields=media_key,type,url,preview_image_url,alt_text,width,height,variants"
    "&user.fields=name,username";
constexpr std::string_view kExpansions =
    "&expansions=attachments.media_keys,referenced_tweets.id,referenced_tweets.id.author_id,"
    "referenced_tweets.id.attachments.media_keys";

class X final : public Collector {
 public:
  explicit X(const CollectorSettings& settings)
      : token_(setting(settings, "token", "")),
        endpoint_(setting(settings, "endpoint", "https://api.x.com")),
        results_(std::max(number_setting(settings, "max_results", 20, kMostResults), kLeastResults)),
        first_pages_(number_setting(settings, "first_pages", 1, kMostPages)),
        monthly_usd_(parse_number<double>(setting(settings, "monthly_usd", kMonthlyUsd)).value_or(0)) {
    while (endpoint_.ends_with('/')) endpoint_.pop_back();
  }

  const CollectorSpec& spec() const override { return x_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return x_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account& account, std::string_view native_id) const override;
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;

 private:
  absl::StatusOr<HttpRequest> ask(std::string path) const;
  void step(Json root, Parsed* out) const;

  std::string token_;
  std::string endpoint_;
  int results_;
  int first_pages_;
  double monthly_usd_;
};

// ---- asking

// What a request may cost must fit under the ceiling before it is sent: where it never does, nothing ever is,
// and somebody must hear of it.
absl::StatusOr<HttpRequest> X::ask(std::string path) const {
  if (token_.empty()) return absl::FailedPreconditionError("[collector.x] token_file is missing");
  if (monthly_usd_ < kMostCostUsd) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "[collector.x] monthly_usd: the ceiling of %.2f USD is below what one page may cost (%.2f "
        "USD), so X is not asked; raise monthly_usd to %.2f or more, or leave its accounts out",
        monthly_usd_, kMostCostUsd, kMostCostUsd));
  }
  HttpRequest request;
  request.url = str_cat(endpoint_, "/2/", path);
  request.headers.push_back({"Accept", "application/json"});
  request.authorization = str_cat("Bearer ", token_);
  return request;
}

absl::StatusOr<HttpRequest> X::request(const Account& account, const Cursor& cursor) const {
  const Position position(cursor.position());
  const std::string_view id = position.get("id");
  if (!is_x_id(id)) {
    if (!is_x_username(account.handle()))
      return absl::InvalidArgumentError(str_cat("no user name of X in account ", account.id()));
    return ask(str_cat("users/by/username/", account.handle(), "?user.fields=name,username,description"));
  }
  std::string path =
      str_cat("users/", id, "/tweets?max_results=", results_, "&", kFields, kExpansions, ",author_id");
  if (const std::string_view since = position.get("since"); is_x_id(since))
    str_append(&path, "&since_id=", since);
  if (const std::string_view next = position.get("next"); !next.empty())
    str_append(&path, "&pagination_token=", percent_encode(next));
  return ask(std::move(path));
}

// All versions are asked for, in case an older one is answered. The author is known.
absl::StatusOr<HttpRequest> X::reread(const Account&, std::string_view native_id) const {
  if (!is_x_id(native_id)) return absl::UnimplementedError("not a post's id");
  return ask(str_cat("tweets/", native_id, "?", kFields, kExpansions, ",edit_history_tweet_ids"));
}

// ---- understanding

// What we know, and nothing else that may stand in a damaged cursor.
Position place_of(const Cursor& cursor) {
  const Position before(cursor.position());
  Position out("");
  for (const char* key : {"id", "user", "name", "since", "top", "next", "pages"})
    out.set(key, before.get(key));
  return out;
}

XOwner owner_of(const Position& position) {
  const std::string_view id = position.get("id");
  return {is_x_id(id) ? std::string(id) : "", std::string(position.get("user")),
          plain_line(to_valid_utf8(position.get("name")))};
}

void remember_owner(Json user, Position* out) {
  const std::string name = plain_line(user["name"].view());
  out->set("id", std::string_view(user["id"].id()));
  if (is_x_username(user["username"].view())) out->set("user", user["username"].view());
  out->set("name", std::string_view(name).substr(0, utf8_floor(name, kLongestName)));
}

// No data, or a status that says so.
absl::StatusOr<Parsed> failure(const Capture& capture, Json root) {
  Parsed out;
  out.next = capture.cursor();
  const XProblem problem = x_problem(root);
  if (capture.purpose() == REREAD) {
    const bool may_tell = capture.status() == 200 || capture.status() == 404 || capture.status() == 410;
    if (may_tell && x_says_gone(root, capture.native_id())) {
      add_deletion(&out, "x", capture,
                   str_cat("HTTP ", capture.status(), " on the post itself: ", problem.said));
      return out;
    }
    // Protected or suspended: it cannot be read now, which proves nothing, not even together with a witness.
    if (problem.is_not_authorized || (problem.is_not_found && capture.status() == 200)) return out;
  }
  if (capture.status() == 429 && !problem.is_usage_cap) {
    if (const auto wait = x_wait(capture)) {
      out.wait = *wait;
      return out;
    }
  }
  if (Position position = place_of(capture.cursor());
      capture.status() == 400 && capture.purpose() == PAGE && !position.get("next").empty()) {
    // The place is no longer known there: the walk begins anew, from the same `since`.
    for (const char* key : {"next", "top", "pages"}) position.erase(key);
    out.next.set_position(position.text());
    return out;
  }
  if (capture.status() == 200 && problem.said.empty())
    return absl::InvalidArgumentError("neither posts nor a user nor a problem");
  return x_status(problem, capture);
}

absl::StatusOr<Item> own_item(Json post, const XIncludes& includes, const XOwner& owner,
                              const Capture& capture) {
  const std::string author = post["author_id"].id();
  if (capture.purpose() != INTAKE && !author.empty() && !owner.id.empty() && author != owner.id) {
    // It would be put into the official's mouth.
    return absl::InvalidArgumentError(
        str_cat("it stands in the timeline of ", owner.id, " and is by ", author));
  }
  return x_item(post, includes, owner);
}

// Oldest first: of two versions of a post the newer is to be the last.
std::vector<Json> in_order(Json data) {
  std::vector<Json> posts;
  data.each([&](Json post) { posts.push_back(post); });
  std::stable_sort(posts.begin(), posts.end(),
                   [](Json a, Json b) { return x_id_less(a["id"].id(), b["id"].id()); });
  return posts;
}

void read_page(const Answered& answered, const XIncludes& includes, const XOwner& owner, Parsed* out) {
  for (const Json post : in_order(answered.document.root()["data"])) {
    (void)take_post(answered, post, post["id"].id(), own_item(post, includes, owner, answered.capture), out);
  }
  sort_items(&out->items);
}

// One post by its id. Of an edited one only the newest version is taken, or an older text would stand in its
// place; and that only whole.
absl::Status read_post(const Answered& answered, const XIncludes& includes, const XOwner& owner,
                       Parsed* out) {
  Json post = answered.document.root()["data"];
  const Capture& capture = answered.capture;
  const bool is_reread = capture.purpose() == REREAD;
  const std::string canonical = x_canonical_id(post);
  if (is_reread && canonical != capture.native_id()) {
    return absl::InvalidArgumentError(str_cat("asked for ", capture.native_id(), ", answered ", canonical));
  }
  const std::string newest = x_newest_id(post);
  const bool is_old = newest != post["id"].id();
  if (is_old && includes.post(newest).exists()) post = includes.post(newest);
  const bool is_missing =
      is_reread && is_old && (post["id"].id() != newest || !has_all_x_media(post, includes));
  absl::StatusOr<Item> item =
      is_missing ? absl::InvalidArgumentError(str_cat("it was edited, and its newest version ", newest,
                                                      " is not whole in the answer"))
                 : own_item(post, includes, owner, capture);
  (void)take_post(answered, post, canonical, std::move(item), out);
  return absl::OkStatus();
}

absl::StatusOr<Parsed> X::parse(const Account& account, const Capture& capture) const {
  auto document = JsonDocument::parse(capture.body());
  if (!document.ok()) {
    if (capture.status() >= 300) return failure(capture, Json());
    return document.status();
  }
  const Json root = document->root();
  const Json data = root["data"];
  const bool is_page = data.is_array() || root["meta"]["result_count"].exists();
  if (capture.status() >= 300 || (!is_page && !data.is_object())) return failure(capture, root);
  const XIncludes includes(root["includes"]);
  Position next = place_of(capture.cursor());
  Parsed out;
  out.next = capture.cursor();
  out.cost_usd = includes.cost_usd(data);
  if (header_of(capture, "x-rate-limit-remaining") == "0") out.wait = x_wait(capture).value_or(out.wait);

  if (data["username"].is_string()) {
    if (!is_x_id(data["id"].id())) return absl::InvalidArgumentError("a user without id");
    out.profile = x_profile(data);
    remember_owner(data, &next);
    out.next.set_position(next.text());
    out.more = capture.purpose() == PAGE;
    return out;
  }
  const Answered answered{account, capture, *document};
  if (!is_page) {
    if (absl::Status read = read_post(answered, includes, owner_of(next), &out); !read.ok()) return read;
    return out;
  }
  if (const Json user = includes.user(next.get("id")); user.exists()) {
    out.profile = x_profile(user);
    remember_owner(user, &next);
  }
  out.next.set_position(next.text());
  read_page(answered, includes, owner_of(next), &out);
  if (capture.purpose() == PAGE) step(root, &out);
  return out;
}

// Where to stand after a page. Posts that were refused count too, or the walk would stop before them.
void X::step(Json root, Parsed* out) const {
  Position next(out->next.position());
  const std::string token(next.get("next"));
  const std::string since(next.get("since"));
  std::string top(next.get("top").empty() ? since : next.get("top"));
  root["data"].each([&](Json post) {
    if (std::string id = post["id"].id(); is_x_id(id) && x_id_less(top, id)) top = std::move(id);
  });
  const int pages = next.number("pages", 0) + 1;
  const std::string_view follows = root["meta"]["next_token"].view();
  // A place that is told again would turn us in circles.
  const bool more = !follows.empty() && follows != token && follows.size() <= kLongestToken &&
                    root["data"].size() > 0 && (is_x_id(since) || pages < first_pages_);
  for (const char* key : {"next", "top", "pages"}) next.erase(key);
  if (more) {
    next.set("next", follows);
    next.set("top", std::string_view(top));
    next.set("pages", std::int64_t{pages});
  } else {
    next.set("since", std::string_view(top));
  }
  out->more = more;
  out->next.set_position(next.text());
}

}  // namespace

const CollectorSpec& x_spec() {
  static const CollectorSpec spec = {
      .name = "x",
      .label = "X",
      .summary = "Posts, replies and reposts of an X account, by the X API, which is paid for by the post.",
      .version = 1,
      .url_shapes = {"https://x.com/USER", "https://twitter.com/USER"},
      .fields =
          {
              {.name = "token_file",
               .help = "A file with an app's bearer token.",
               .default_value = "",
               .secret = true,
               .required = true},
              {.name = "monthly_usd",
               .help = "When reading has cost so many US dollars in a calendar month, X is not asked until "
                       "the next.",
               .default_value = kMonthlyUsd,
               .kind = FieldKind::kAmount},
              {.name = "endpoint",
               .help = "The X API's address.",
               .default_value = "https://api.x.com",
               .kind = FieldKind::kServer},
              {.name = "max_results",
               .help = "How many posts a page has, from 5.",
               .default_value = "20",
               .kind = FieldKind::kCount},
              {.name = "first_pages",
               .help = "How many pages are read when an account is seen for the first time.",
               .default_value = "1",
               .kind = FieldKind::kCount},
          },
      .politest_interval = absl::Minutes(1),
      .limits =
          "an app: 10,000 timelines, 450 single posts and 300 users in 15 minutes, one request a second; of "
          "an "
          "account the newest 3,200 posts; $0.005 a post and $0.010 a user "
          "(docs.x.com/x-api/fundamentals/rate-limits, docs.x.com/x-api/getting-started/pricing)",
      .budget = {900, absl::Minutes(15), true},
      .most_cost_usd = kMostCostUsd,
  };
  return spec;
}

std::unique_ptr<Collector> make_x(const CollectorSettings& settings) { return std::make_unique<X>(settings); }

}  // namespace copytaster
