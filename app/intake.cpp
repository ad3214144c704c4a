#include "app/intake.h"

#include <algorithm>
#include <array>
#include <utility>

#include "collectors/intake_page.h"
#include "collectors/platforms_support.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostText = std::size_t{256} << 10;
constexpr std::size_t kMostPage = std::size_t{4} << 20;
constexpr std::size_t kMostUrl = 2048;

// The platform whose post an address shows; "web" for any other site.
std::string_view platform_of(std::string_view host) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kHosts = {{
      {"facebook.com", "facebook"},
      {"fb.com", "facebook"},
      {"instagram.com", "instagram"},
      {"threads.net", "threads"},
      {"threads.com", "threads"},
      {"x.com", "x"},
      {"twitter.com", "x"},
      {"bsky.app", "bluesky"},
      {"t.me", "telegram"},
      {"telegram.me", "telegram"},
      {"youtube.com", "youtube"},
      {"youtu.be", "youtube"},
      {"tiktok.com", "tiktok"},
      {"linkedin.com", "linkedin"},
      {"vk.com", "vk"},
      {"ok.ru", "ok"},
      {"whatsapp.com", "whatsapp"},
      {"weibo.com", "weibo"},
  }};
  for (const auto& [name, platform] : kHosts) {
    const bool below =
        host.size() > name.size() && host.ends_with(name) && host[host.size() - name.size() - 1] == '.';
    if (host == name || below) return platform;
  }
  return "web";
}

struct Poster {
  const Official* official = nullptr;
  const Account* account = nullptr;
};

// Whose profile address the post's begins with.
Poster poster_of(std::string_view url, const Officials& officials) {
  const std::string post = ascii_lower(canonical_url(url));
  Poster best;
  std::size_t longest = 0;
  for (const Official& official : officials.all()) {
    for (const Account& account : official.accounts()) {
      const std::string profile = ascii_lower(canonical_url(account.profile_url()));
      const bool below = post.size() > profile.size() && post.starts_with(profile) &&
                         (post[profile.size()] == '/' || post[profile.size()] == '?');
      if ((post == profile || below) && profile.size() > longest) {
        best = {&official, &account};
        longest = profile.size();
      }
    }
  }
  return best;
}

absl::Status check(const IntakeRequest& request) {
  if (request.by.empty()) return absl::InvalidArgumentError("who brings it in? Send the field by");
  if (request.url.empty() && request.text.empty() && request.page.empty())
    return absl::InvalidArgumentError("nothing to bring in: send url, text or page");
  if (request.text.size() > kMostText)
    return absl::InvalidArgumentError(str_cat("the text is longer than ", kMostText >> 10, " KiB"));
  if (request.page.size() > kMostPage)
    return absl::InvalidArgumentError(str_cat("the page is larger than ", kMostPage >> 20, " MiB"));
  if (!request.url.empty() && (request.url.size() > kMostUrl || !is_web_url(request.url)))
    return absl::InvalidArgumentError("url must be a web address, https://…");
  if (!request.created_at.empty() && !parse_date(request.created_at))
    return absl::InvalidArgumentError("created_at is no date; 2026-11-26T08:30:00Z would be one");
  return absl::OkStatus();
}

absl::StatusOr<Poster> find_poster(const IntakeRequest& request, const Officials& officials) {
  Poster poster = poster_of(request.url, officials);
  if (request.official_id.empty()) return poster;
  const Official* named = officials.find(request.official_id);
  if (named == nullptr)
    return absl::InvalidArgumentError(
        str_cat("there is no official \"", request.official_id, "\" in officials.toml"));
  return named == poster.official ? poster : Poster{named, nullptr};
}

void set_content(const IntakeRequest& request, Item* item) {
  if (!request.page.empty()) {
    const IntakePage page = read_intake_page(to_valid_utf8(request.page), request.url);
    item->set_title(page.title);
    item->set_text(page.text);
    if (is_language_tag(page.language)) item->set_declared_language(page.language);
    if (!page.picture.empty()) {
      Media* media = item->add_media();
      media->set_url(page.picture);
      media->set_alt_text(page.picture_alt);
    }
    if (item->url().empty()) item->set_url(page.canonical);
    if (const auto published = parse_date(page.published))
      set_timestamp(item->mutable_created_at(), *published);
    item->mutable_author()->set_name(page.author);
  }
  if (!request.text.empty()) item->set_text(plain_text(to_valid_utf8(request.text)));
  if (const auto created = parse_date(request.created_at))
    set_timestamp(item->mutable_created_at(), *created);
  mark_links_and_hashtags(item);
}

Capture make_intake_capture(const IntakeRequest& request, absl::Time now) {
  Capture capture;
  const std::string& body = request.page.empty() ? request.text : request.page;
  capture.set_body(body);
  capture.set_sha256(sha256_hex(body));
  capture.set_url(to_valid_utf8(without_secrets(request.url)));
  capture.set_collector("intake/1");
  capture.set_purpose(INTAKE);
  set_timestamp(capture.mutable_fetched_at(), now);
  Header* type = capture.add_headers();
  type->set_name("content-type");
  type->set_value(request.page.empty() ? "text/plain; charset=utf-8" : "text/html; charset=utf-8");
  return capture;
}

}  // namespace

absl::StatusOr<BroughtIn> read_intake(const IntakeRequest& request, std::string_view how,
                                      const Officials& officials, absl::Time now) {
  CT_RETURN_IF_ERROR(check(request));
  CT_ASSIGN_OR_RETURN(const Poster poster, find_poster(request, officials));
  BroughtIn out;
  out.capture = make_intake_capture(request, now);
  Item& item = out.item;
  item.set_url(request.url);
  set_content(request, &item);
  if (item.text().empty() && item.title().empty())
    return absl::InvalidArgumentError("the page has no words that could be read: paste the text instead");
  const auto url = parse_url(item.url());
  item.set_platform(poster.account != nullptr ? poster.account->platform()
                    : url                     ? std::string(platform_of(url->host))
                                              : "manual");
  // The same paste twice is the same item; no collector makes such an id.
  item.set_native_id(
      str_cat("manual/", sha256_hex(str_cat(canonical_url(item.url()), "\n", item.text())).substr(0, 32)));
  item.set_account_id(poster.account != nullptr ? poster.account->id() : "manual");
  if (poster.official != nullptr) {
    item.set_official_id(poster.official->id());
    item.mutable_author()->set_name(poster.official->name());
    item.mutable_author()->set_official_id(poster.official->id());
  }
  if (poster.account != nullptr) item.mutable_author()->set_url(poster.account->profile_url());
  item.set_id(item_id(item.platform(), item.native_id()));
  item.set_capture_sha256(out.capture.sha256());
  item.set_content_hash(content_hash(item));
  set_timestamp(item.mutable_collected_at(), now);
  item.mutable_intake()->set_by(request.by);
  item.mutable_intake()->set_how(std::string(how));
  item.mutable_intake()->set_note(request.note);
  set_timestamp(item.mutable_intake()->mutable_at(), now);
  out.capture.set_account_id(item.account_id());
  return out;
}

void ManualIntake::bring(IntakeRequest request, Done done) {
  if (const absl::Status status = check(request); !status.ok()) return done(status);
  if (request.text.empty() && request.page.empty()) return fetch(std::move(request), std::move(done));
  done(store(request, request.page.empty() ? "text" : "page"));
}

void ManualIntake::fetch(IntakeRequest request, Done done) {
  HttpRequest http;
  http.url = request.url;
  http.headers.push_back({"Accept", "text/html, application/xhtml+xml"});
  http.max_body_bytes = kMostPage;
  fetcher_->fetch(std::move(http), [this, alive = std::weak_ptr<bool>(alive_), request = std::move(request),
                                    done = std::move(done)](absl::StatusOr<HttpResponse> response) mutable {
    if (alive.expired()) return done(absl::CancelledError("the service is stopping"));
    if (!response.ok()) return done(response.status());
    if (response->status != 200) {
      return done(absl::FailedPreconditionError(
          str_cat("the page answered HTTP ", response->status, ": open it yourself and paste its text")));
    }
    const auto landed = parse_url(response->final_url);
    if (landed && contains_ignore_case(landed->path, "login"))
      return done(
          absl::FailedPreconditionError("the page asks for a login: open it yourself and paste its text"));
    request.page = std::move(response->body);
    done(store(request, "url"));
  });
}

absl::StatusOr<std::string> ManualIntake::store(const IntakeRequest& request, std::string_view how) {
  CT_ASSIGN_OR_RETURN(BroughtIn brought, read_intake(request, how, *officials_, clock_->now()));
  std::string id = brought.item.id();
  CT_RETURN_IF_ERROR(poller_->bring(brought.capture, std::move(brought.item)));
  return id;
}

}  // namespace copytaster
