// Threads, by profile_posts: the posts of a public profile.
// https://developers.facebook.com/docs/threads/retrieve-and-discover-posts/retrieve-posts
//
// Other people's profiles need Meta's approval of threads_profile_discovery; without it only a few accounts
// of Meta's own answer. Posts of others cannot be asked for by their id, so none is ever found to be gone.
//
// The token travels in the Authorization header. Cursor: see meta_list.h; {plain} means that the API did not
// know the fields inside of quoted and reposted posts and of albums.
#include <memory>
#include <string>
#include <utility>

#include "collectors/meta_error.h"
#include "collectors/meta_list.h"
#include "collectors/meta_names.h"
#include "collectors/meta_picture.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/threads_post.h"
#include "collectors/threads_profile.h"
#include "collectors/wire_time.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

class Threads final : public Collector {
 public:
  explicit Threads(const CollectorSettings& settings)
      : token_(setting(settings, "token", "")),
        version_(setting(settings, "version", "v1.0")),
        endpoint_(setting(settings, "endpoint", "https://graph.threads.com")),
        first_pages_(number_setting(settings, "first_pages", 2, kMostPages)) {
    while (endpoint_.ends_with('/')) endpoint_.pop_back();
  }

  const CollectorSpec& spec() const override { return threads_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return threads_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account&, std::string_view) const override {
    return absl::UnimplementedError("Threads shows other people's posts only in their profile's list");
  }
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;

 private:
  std::string token_;
  std::string version_;
  std::string endpoint_;
  int first_pages_;
};

// ---- asking

absl::StatusOr<HttpRequest> Threads::request(const Account& account, const Cursor& cursor) const {
  if (token_.empty()) return absl::FailedPreconditionError("[collector.threads] token_file is missing");
  if (!is_meta_user_name(account.handle())) return absl::InvalidArgumentError("the account has no user name");
  const MetaList list(cursor.position());
  HttpRequest request;
  request.url =
      str_cat(endpoint_, "/", version_, "/profile_posts?username=", percent_encode(account.handle()),
              "&fields=", percent_encode(threads_fields(list.plain())), "&limit=", list.limit());
  if (list.since() > 0) str_append(&request.url, "&since=", list.since());
  if (!list.after().empty()) str_append(&request.url, "&after=", percent_encode(list.after()));
  request.headers.push_back({"Accept", "application/json"});
  request.authorization = str_cat("Bearer ", token_);
  return request;
}

// ---- understanding

absl::StatusOr<Parsed> failure(const Capture& capture, Json wire) {
  if (!wire.is_object()) return meta_no_answer(capture);
  const MetaError error = meta_error(wire, capture.status());
  const std::string_view said = from_absl(error.status.message());
  MetaList list(capture.cursor().position());
  // "Tried accessing nonexisting field", "Syntax error": an API that expands less than it was asked to.
  if (error.code == 100 && !list.plain() && absl::IsInvalidArgument(error.status) &&
      (contains_ignore_case(said, "field") || contains_ignore_case(said, "syntax"))) {
    list.ask_plain();
    Parsed out;
    out.next.set_position(list.position());
    out.more = true;
    return out;
  }
  auto out = meta_list_failure(capture, error);
  if (out.ok() || !absl::IsPermissionDenied(out.status())) return out;
  return absl::PermissionDeniedError(str_cat(
      said,
      " (to read other people's profiles Meta must approve the app for threads_profile_discovery, by App "
      "Review; standard access reaches only a few accounts of Meta's own. The profile must also be "
      "public)"));
}

void take_threads_post(const Answered& answered, Json post, Parsed* out) {
  (void)take_post(answered, post, post["id"].id(), threads_item(post, answered.account.handle()), out);
}

absl::StatusOr<Parsed> Threads::parse(const Account& account, const Capture& capture) const {
  auto document = JsonDocument::parse(capture.body());
  if (!document.ok()) return capture.status() >= 300 ? meta_no_answer(capture) : document.status();
  const Json root = document->root();
  if (capture.status() >= 300 || root["error"].exists()) return failure(capture, root["error"]);
  Parsed out;
  out.next = capture.cursor();
  out.wait = meta_wait(capture);
  const Answered answered{account, capture, *document};
  if (!root["data"].is_array()) {
    if (!root["media_type"].exists()) return absl::InvalidArgumentError("neither posts nor a post");
    take_threads_post(answered, root, &out);
    return out;
  }
  MetaList place(capture.cursor().position());
  root["data"].each([&](Json post) {
    if (place.note(meta_post_key(post), wire_time(post["timestamp"].view()))) return;
    take_threads_post(answered, post, &out);
  });
  place.turn_page(root["paging"]["cursors"]["after"].view(), first_pages_);
  out.next.set_position(place.position());
  out.more = place.more();
  sort_items(&out.items);
  return out;
}

}  // namespace

const CollectorSpec& threads_spec() {
  static const CollectorSpec spec = {
      .name = "threads",
      .label = "Threads",
      .summary = "Posts of a public Threads profile, by the Threads API.",
      .url_shapes = {"https://www.threads.com/@USER", "https://www.threads.net/@USER"},
      .fields =
          {
              {.name = "token_file",
               .help = "A file with a user token that has threads_basic and threads_profile_discovery.",
               .default_value = "",
               .secret = true,
               .required = true},
              {.name = "version",
               .help = "The version of the Threads API.",
               .default_value = "v1.0",
               .kind = FieldKind::kName},
              {.name = "endpoint",
               .help = "The Threads API's address.",
               .default_value = "https://graph.threads.com",
               .kind = FieldKind::kServer},
              {.name = "first_pages",
               .help = "How many pages of 25 posts are read when a profile is seen for the first time.",
               .default_value = "2",
               .kind = FieldKind::kCount},
          },
      .politest_interval = absl::Minutes(5),
      .limits =
          "48000 requests in 24 hours for an app and its user, more with many impressions "
          "(developers.facebook.com/docs/threads/overview#rate-limiting)",
      .budget = {.requests = 48000, .per = absl::Hours(24), .by_app = true},
      .token_life = absl::Hours(24 * 60),
  };
  return spec;
}

std::unique_ptr<Collector> make_threads(const CollectorSettings& settings) {
  return std::make_unique<Threads>(settings);
}

}  // namespace copytaster
