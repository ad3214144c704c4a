// Facebook Pages, by the Graph API: /{page}/published_posts. Other people's Pages need Meta's permission
// "Page Public Content Access". https://developers.facebook.com/docs/graph-api/reference/page/published_posts
//
// The token travels in the Authorization header, never in a URL; of an answer's paging only the place is
// kept (cursors.after, or "until" and "__paging_token" of older edges), for paging.next has the token in it.
//
// Cursor: {top, known}: the newest post so far and what the last poll saw; a poll asks for what came since
// `top` less an overlap, so that a post that shows up late is not missed. While paging also the place, {head,
// newtop, pages, limit}. {pending, batch}: see facebook_photos.h; the answer gives picture_notes.
#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "collectors/facebook_photos.h"
#include "collectors/facebook_post.h"
#include "collectors/facebook_profile.h"
#include "collectors/meta_asking.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/wire_time.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr int kLimit = 25;
constexpr std::int64_t kOverlapSeconds = std::int64_t{6} * 3600;
// Where the next page begins, in either of the two forms that are met.
constexpr std::array<std::string_view, 3> kPlace = {"after", "until", "__paging_token"};

class Facebook final : public Collector {
 public:
  explicit Facebook(const CollectorSettings& settings) : meta_(facebook_spec(), settings) {}

  const CollectorSpec& spec() const override { return facebook_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return facebook_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account& account, std::string_view native_id) const override;
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;

 private:
  absl::Status read(const Answered& answered, Parsed* out) const;
  void read_page(const Answered& answered, Parsed* out) const;

  MetaAsking meta_;
};

// ---- asking

int limit_of(const Position& position) { return std::clamp(position.number("limit", kLimit), 1, kLimit); }

absl::StatusOr<HttpRequest> Facebook::request(const Account& account, const Cursor& cursor) const {
  const Position position(cursor.position());
  if (const std::string ids = ids_of_next_photos(position); !ids.empty()) {
    return meta_.ask(
        "", str_cat("ids=", percent_encode(ids), "&fields=", percent_encode(facebook_photo_fields())));
  }
  const auto found = account.details().find("page");
  const std::string& page = found == account.details().end() ? account.handle() : found->second;
  std::string query =
      str_cat("fields=", percent_encode(facebook_post_fields()), "&limit=", limit_of(position));
  if (const std::int64_t top = position.time("top"); top > kOverlapSeconds) {
    str_append(&query, "&since=", top - kOverlapSeconds);
  }
  for (const std::string_view name : kPlace) {
    if (const std::string_view value = position.get(name); !value.empty()) {
      str_append(&query, "&", name, "=", percent_encode(value));
    }
  }
  return meta_.ask(str_cat(percent_encode(page), "/published_posts"), std::move(query));
}

absl::StatusOr<HttpRequest> Facebook::reread(const Account&, std::string_view native_id) const {
  if (!is_facebook_id(native_id)) return absl::UnimplementedError("not a post's id");
  return meta_.ask(native_id, str_cat("fields=", percent_encode(facebook_post_fields())));
}

// ---- understanding

bool has_more(const Position& position) {
  return !position.get("pending").empty() ||
         std::any_of(kPlace.begin(), kPlace.end(), [&](auto name) { return !position.get(name).empty(); });
}

// Sets where the next page begins; false at the end of the list, which is no "next", not an empty page.
bool set_place(Json paging, Position* out) {
  if (!paging["next"].exists()) return false;
  if (const std::string_view after = paging["cursors"]["after"].view(); !after.empty()) {
    out->set("after", after);
    return true;
  }
  const auto next = parse_url(paging["next"].view());
  if (!next) return false;
  bool found = false;
  for (const auto& [name, value] : query_parameters(next->query)) {
    if (value.empty() || std::find(kPlace.begin(), kPlace.end(), name) == kPlace.end()) continue;
    out->set(name, std::string_view(value));
    found = true;
  }
  return found;
}

// The same page again and again: a server that does not know what it was asked.
bool is_same_place(const Position& a, const Position& b) {
  return std::all_of(kPlace.begin(), kPlace.end(), [&](auto name) { return a.get(name) == b.get(name); });
}

absl::StatusOr<Parsed> failure(const Capture& capture, const MetaError& error) {
  const Position position(capture.cursor().position());
  Parsed out;
  out.next = capture.cursor();
  if (capture.purpose() == REREAD && error.gone_or_hidden) {
    // The same words for "gone" and for "not for you": the poller finds out which.
    add_deletion(&out, "facebook", capture, from_absl(error.status.message()), UNKNOWN);
    return out;
  }
  if (error.rate_limited) return meta_rate_limited(capture, error);
  const bool is_ours = error.status.code() == absl::StatusCode::kUnauthenticated;
  if (is_answer_on_photos(capture) && !is_ours &&
      (error.too_much || error.status.code() != absl::StatusCode::kUnavailable)) {
    const Position next = without_some_photos(position, error);
    out.next.set_position(next.text());
    out.more = has_more(next);
    return out;
  }
  if (error.too_much && capture.purpose() == PAGE && limit_of(position) > 1) {
    Position fewer(capture.cursor().position());
    fewer.set("limit", std::int64_t{limit_of(position) / 2});
    out.next.set_position(fewer.text());
    out.more = true;
    return out;
  }
  return error.status;
}

// The API tells the author's name only; the rest is how the account is written.
const Item* take_facebook_post(const Answered& answered, Json post, Parsed* out) {
  auto item = facebook_item(post);
  if (item.ok()) {
    item->mutable_author()->set_handle(answered.account.handle());
    item->mutable_author()->set_url(answered.account.profile_url());
    if (out->profile.title().empty()) out->profile.set_title(item->author().name());
  }
  return take_post(answered, post, post["id"].id(), std::move(item), out);
}

// What a page showed; times in Unix seconds.
struct Shown {
  KnownPosts head;  // of this poll so far, newest first
  std::int64_t newest = 0;
  std::int64_t oldest = 0;  // of this page
  std::size_t posts = 0;
  FacebookPhotos photos;  // of the posts handed on, each with its post
};

Shown read_posts(const Answered& answered, const Position& before, Parsed* out) {
  const KnownPosts known(before.get("known"));
  Shown shown{.head = KnownPosts(before.get("head")),
              .newest = std::max(before.time("newtop"), before.time("top")),
              .oldest = std::numeric_limits<std::int64_t>::max(),
              .posts = 0,
              .photos = {}};
  answered.document.root()["data"].each([&](Json post) {
    const std::string key = facebook_post_key(post);
    shown.head.add(key);
    ++shown.posts;
    if (const auto when = wire_time(post["created_time"].view())) {
      shown.newest = std::max(shown.newest, absl::ToUnixSeconds(*when));
      shown.oldest = std::min(shown.oldest, absl::ToUnixSeconds(*when));
    }
    if (known.contains(key)) return;
    const Item* item = take_facebook_post(answered, post, out);
    if (item == nullptr) return;
    for (const Media& media : item->media()) {
      const bool is_photo = media.kind() == PICTURE && !media.native_id().empty();
      if (is_photo && shown.photos.size() < kMostPendingPhotos) {
        shown.photos.emplace_back(media.native_id(), item->native_id());
      }
    }
  });
  return shown;
}

void Facebook::read_page(const Answered& answered, Parsed* out) const {
  const Position before(answered.capture.cursor().position());
  Shown shown = read_posts(answered, before, out);
  const int pages = before.number("pages", 0) + 1;
  Position next("");
  const bool follows = set_place(answered.document.root()["paging"], &next);
  const std::int64_t top = before.time("top");
  // The second for a server that does not know "since".
  const bool enough = top == 0 ? pages >= meta_.first_pages() : shown.oldest < top - kOverlapSeconds;
  if (shown.posts == 0 || !follows || enough || is_same_place(next, before)) {
    next = Position("");
    shown.head.add_all(KnownPosts(before.get("known")));
    if (shown.newest > 0) next.set("top", shown.newest);
    next.set("known", std::string_view(shown.head.text()));
  } else {
    next.set("top", before.get("top"));
    next.set("known", before.get("known"));
    next.set("head", std::string_view(shown.head.text()));
    next.set("newtop", shown.newest);
    next.set("pages", std::int64_t{pages});
    next.set("limit", before.get("limit"));
  }
  set_pending_photos(&next, shown.photos);
  out->more = has_more(next);
  out->next.set_position(next.text());
}

absl::Status Facebook::read(const Answered& answered, Parsed* out) const {
  const Json root = answered.document.root();
  const Capture& capture = answered.capture;
  if (is_answer_on_photos(capture)) {
    read_photos(capture, root, out);
    out->more = has_more(Position(out->next.position()));
    return absl::OkStatus();
  }
  if (root["data"].is_array()) {
    read_page(answered, out);
    sort_items(&out->items);
    return absl::OkStatus();
  }
  if (!root["id"].exists()) return absl::InvalidArgumentError("neither posts nor a post");
  if (capture.purpose() == REREAD && root["id"].view() != capture.native_id()) {
    return absl::InvalidArgumentError(
        str_cat("asked for ", capture.native_id(), ", answered ", root["id"].view()));
  }
  (void)take_facebook_post(answered, root, out);
  return absl::OkStatus();
}

absl::StatusOr<Parsed> Facebook::parse(const Account& account, const Capture& capture) const {
  return parse_meta_answer(
      account, capture, [this](const Answered& answered, Parsed* out) { return read(answered, out); },
      failure);
}

}  // namespace

const CollectorSpec& facebook_spec() {
  static const CollectorSpec spec = {
      .name = "facebook",
      .label = "Facebook",
      .summary = "Posts of a Facebook Page, by the Graph API.",
      .version = 2,
      .url_shapes = {"https://www.facebook.com/PAGE", "https://www.facebook.com/profile.php?id=ID",
                     "https://www.facebook.com/people/NAME/ID"},
      .fields =
          {
              {.name = "token_file",
               .help = "A file with an access token that has Page Public Content Access.",
               .default_value = "",
               .secret = true,
               .required = true},
              {.name = "token_expires",
               .help = "The day the token expires, as 2027-01-12, where it is known; empty: it does not "
                       "expire, or nobody knows.",
               .default_value = ""},
              kMetaAppSecret,
              kGraphVersion,
              kGraphEndpoint,
              {.name = "first_pages",
               .help = "How many pages of 25 posts are read when a Page is seen for the first time.",
               .default_value = "2",
               .kind = FieldKind::kCount},
          },
      .politest_interval = absl::Minutes(5),
      .limits =
          "told in X-App-Usage and X-Business-Use-Case-Usage; 200 requests an hour and user of the app "
          "(developers.facebook.com/docs/graph-api/overview/rate-limiting)",
  };
  return spec;
}

std::unique_ptr<Collector> make_facebook(const CollectorSettings& settings) {
  return std::make_unique<Facebook>(settings);
}

}  // namespace copytaster
