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

#include "collectors/meta_asking.h"
#include "collectors/meta_list.h"
#include "collectors/meta_names.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/threads_post.h"
#include "collectors/threads_profile.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

class Threads final : public Collector {
 public:
  explicit Threads(const CollectorSettings& settings) : meta_(threads_spec(), settings) {}

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
  absl::Status read(const Answered& answered, Parsed* out) const;

  MetaAsking meta_;
};

// ---- asking

absl::StatusOr<HttpRequest> Threads::request(const Account& account, const Cursor& cursor) const {
  CT_RETURN_IF_ERROR(meta_.ready());
  if (!is_meta_user_name(account.handle())) return absl::InvalidArgumentError("the account has no user name");
  const MetaList list(cursor.position());
  std::string query =
      str_cat("username=", percent_encode(account.handle()),
              "&fields=", percent_encode(threads_fields(list.plain())), "&limit=", list.limit());
  if (list.since() > 0) str_append(&query, "&since=", list.since());
  if (!list.after().empty()) str_append(&query, "&after=", percent_encode(list.after()));
  return meta_.ask("profile_posts", std::move(query));
}

// ---- understanding

absl::StatusOr<Parsed> failure(const Capture& capture, const MetaError& error) {
  const std::string_view said = from_absl(error.status.message());
  // "Tried accessing nonexisting field", "Syntax error": an API that expands less than it was asked to.
  if (error.code == 100 && absl::IsInvalidArgument(error.status) &&
      !MetaList(capture.cursor().position()).plain() &&
      (contains_ignore_case(said, "field") || contains_ignore_case(said, "syntax"))) {
    return ask_meta_list_plain(capture);
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

absl::Status Threads::read(const Answered& answered, Parsed* out) const {
  const Json root = answered.document.root();
  const auto take = [&](Json post) { take_threads_post(answered, post, out); };
  if (root["data"].is_array()) {
    read_meta_list(answered.capture, root, meta_.first_pages(), take, out);
  } else if (root["media_type"].exists()) {
    take(root);
  } else {
    return absl::InvalidArgumentError("neither posts nor a post");
  }
  return absl::OkStatus();
}

absl::StatusOr<Parsed> Threads::parse(const Account& account, const Capture& capture) const {
  return parse_meta_answer(
      account, capture, [this](const Answered& answered, Parsed* out) { return read(answered, out); },
      failure);
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
              {.name = "token_expires",
               .help = "The day the token expires, as 2027-01-12, where it is known; empty: 60 days after "
                       "its file was written.",
               .default_value = ""},
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
