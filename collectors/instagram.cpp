// Instagram, by Business Discovery: the newsroom's own professional account asks for another one's posts.
// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/business-discovery
//
// Only Business and Creator accounts without an age limit are shown; a personal account, a renamed one and
// one that never was get the same error, so none is ever taken for gone. There is no `since`, no edit's time,
// no sign of a deletion, and other people's posts cannot be asked for by their id.
//
// The token travels in the Authorization header. Cursor: see meta_list.h; {plain} means without alt_text.
#include <memory>
#include <string>
#include <utility>

#include "collectors/instagram_post.h"
#include "collectors/instagram_profile.h"
#include "collectors/meta_asking.h"
#include "collectors/meta_list.h"
#include "collectors/meta_names.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::int64_t kInvalidUser = 110;
constexpr std::int64_t kCannotFindUser = 2207013;
constexpr std::string_view kNotShown =
    "Instagram shows apps no such account: only Business and Creator accounts without an age limit are "
    "shown. Open the profile: if it was renamed, write its new name; if it is personal or has an age limit, "
    "its owner must change that";

class Instagram final : public Collector {
 public:
  explicit Instagram(const CollectorSettings& settings)
      : meta_(instagram_spec(), settings), own_id_(setting(settings, "own_id", "")) {}

  const CollectorSpec& spec() const override { return instagram_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return instagram_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account&, std::string_view) const override {
    return absl::UnimplementedError("Instagram shows other people's posts only in their account's list");
  }
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;

 private:
  absl::Status read(const Answered& answered, Parsed* out) const;
  absl::Status read_account(const Answered& answered, Json user, Parsed* out) const;
  void read_list(const Answered& answered, Json user, Json list, Parsed* out) const;

  MetaAsking meta_;
  std::string own_id_;
};

// ---- asking

absl::StatusOr<HttpRequest> Instagram::request(const Account& account, const Cursor& cursor) const {
  CT_RETURN_IF_ERROR(meta_.ready());
  if (!is_meta_id(own_id_)) {
    return absl::FailedPreconditionError(
        "[collector.instagram] own_id is missing or no number: the id of the newsroom's own professional "
        "account, as GET /me/accounts?fields=instagram_business_account tells it");
  }
  if (!is_meta_user_name(account.handle())) return absl::InvalidArgumentError("the account has no user name");
  const MetaList list(cursor.position());
  const std::string after = list.after().empty() ? "" : str_cat(".after(", list.after(), ")");
  const std::string fields = str_cat("business_discovery.username(", account.handle(),
                                     "){id,username,name,biography,media_count,media", after, ".limit(",
                                     list.limit(), "){", instagram_media_fields(!list.plain()), "}}");
  return meta_.ask(own_id_, str_cat("fields=", percent_encode(fields)));
}

// ---- understanding

// What an operator must do, behind what the platform says.
absl::Status with_advice(const MetaError& error) {
  const auto say = [&](std::string_view advice) {
    return absl::Status(error.status.code(), str_cat(error.status.message(), " (", advice, ")"));
  };
  if (error.gone_or_hidden) {
    return say("own_id must be the id of the newsroom's own account, which the token's owner manages");
  }
  if (absl::IsPermissionDenied(error.status)) {
    return say(
        "Business Discovery needs instagram_basic, instagram_manage_insights and pages_read_engagement");
  }
  return error.status;
}

absl::StatusOr<Parsed> failure(const Capture& capture, const MetaError& error) {
  if (error.code == kInvalidUser || error.subcode == kCannotFindUser) {
    return absl::PermissionDeniedError(str_cat(kNotShown, " (", error.status.message(), ")"));
  }
  if (error.code == 100 && !MetaList(capture.cursor().position()).plain() &&
      contains_ignore_case(from_absl(error.status.message()), "alt_text")) {
    return ask_meta_list_plain(capture);
  }
  auto out = meta_list_failure(capture, error);
  if (!out.ok()) return with_advice(error);
  return out;
}

void take_instagram_post(const Answered& answered, Json user, Json post, Parsed* out) {
  auto item = instagram_item(post);
  if (item.ok()) {
    const std::string_view name = user["username"].view();
    Author* author = item->mutable_author();
    author->set_handle(is_meta_user_name(name) ? std::string(name) : answered.account.handle());
    author->set_name(plain_line(user["name"].view()));
    author->set_url(instagram_profile_url(author->handle()));
  }
  (void)take_post(answered, post, post["id"].id(), std::move(item), out);
}

void Instagram::read_list(const Answered& answered, Json user, Json list, Parsed* out) const {
  read_meta_list(
      answered.capture, list, meta_.first_pages(),
      [&](Json post) { take_instagram_post(answered, user, post, out); }, out);
}

absl::Status Instagram::read_account(const Answered& answered, Json user, Parsed* out) const {
  // Of an account with an age limit the number of posts may be all that is told. (Behind the last page there
  // are no media either.)
  const bool is_first = MetaList(answered.capture.cursor().position()).after().empty();
  if (is_first && !user["media"].exists() && user["media_count"].count() > 0) {
    return absl::PermissionDeniedError(
        str_cat("Instagram tells of ", user["media_count"].count(), " posts but shows none. ", kNotShown));
  }
  out->profile.set_title(plain_line(user["name"].view()));
  out->profile.set_description(plain_text(user["biography"].view()));
  read_list(answered, user, user["media"], out);
  return absl::OkStatus();
}

absl::Status Instagram::read(const Answered& answered, Parsed* out) const {
  const Json root = answered.document.root();
  const Json user = root["business_discovery"];
  if (user.is_object()) return read_account(answered, user, out);
  if (root["data"].is_array()) {  // /{id}/media, as a file
    read_list(answered, Json(), root, out);
  } else if (root["media_type"].exists()) {
    take_instagram_post(answered, Json(), root, out);
  } else if (is_meta_id(root["id"].id())) {
    return absl::PermissionDeniedError(std::string(kNotShown));
  } else {
    return absl::InvalidArgumentError("neither an answer of Business Discovery nor a post");
  }
  return absl::OkStatus();
}

absl::StatusOr<Parsed> Instagram::parse(const Account& account, const Capture& capture) const {
  return parse_meta_answer(
      account, capture, [this](const Answered& answered, Parsed* out) { return read(answered, out); },
      failure);
}

}  // namespace

const CollectorSpec& instagram_spec() {
  static const CollectorSpec spec = {
      .name = "instagram",
      .label = "Instagram",
      .summary = "Posts of a Business or Creator account on Instagram, by Business Discovery.",
      .url_shapes = {"https://www.instagram.com/USER/"},
      .fields =
          {
              {.name = "token_file",
               .help = "A file with a user token that has instagram_basic, instagram_manage_insights and "
                       "pages_read_engagement.",
               .default_value = "",
               .secret = true,
               .required = true},
              {.name = "token_expires",
               .help = "The day the token expires, as 2027-01-12, where it is known; empty: 60 days after "
                       "its file was written.",
               .default_value = ""},
              kMetaAppSecret,
              {.name = "own_id",
               .help = "The number of the newsroom's own professional account on Instagram, which asks.",
               .default_value = "",
               .required = true},
              kGraphVersion,
              kGraphEndpoint,
              {.name = "first_pages",
               .help = "How many pages of 25 posts are read when an account is seen for the first time.",
               .default_value = "2",
               .kind = FieldKind::kCount},
          },
      .politest_interval = absl::Minutes(10),
      .limits =
          "told in X-App-Usage and X-Business-Use-Case-Usage "
          "(developers.facebook.com/docs/graph-api/overview/rate-limiting)",
      .token_life = absl::Hours(24 * 60),
  };
  return spec;
}

std::unique_ptr<Collector> make_instagram(const CollectorSettings& settings) {
  return std::make_unique<Instagram>(settings);
}

}  // namespace copytaster
