#include "app/intake.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "app/intake_check.h"
#include "app/versions.h"
#include "collectors/intake_page.h"
#include "collectors/login_wall.h"
#include "collectors/platforms_support.h"
#include "collectors/poller_capture.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/told_date.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostPage = std::size_t{4} << 20;

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

// A site has many writers, guests too: its address tells nothing of who wrote a page of it.
bool is_site(const Account& account) { return account.platform() == "feed" || account.platform() == "web"; }

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

absl::StatusOr<Poster> find_poster(const IntakeRequest& request, const Officials& officials) {
  const Poster poster = poster_of(request.url, officials);
  if (request.official_id.empty())
    return poster.account != nullptr && is_site(*poster.account) ? Poster{} : poster;
  const Official* named = officials.find(request.official_id);
  if (named == nullptr)
    return absl::InvalidArgumentError(
        str_cat("there is no official \"", request.official_id, "\" in officials.toml"));
  return named == poster.official ? poster : Poster{named, nullptr};
}

// What a page says of when it was written is believed where it can be read one way only.
void take_date(std::string_view told, absl::Time now, Item* item) {
  if (const auto date = read_intake_date(told, now); date.ok()) set_created_at(*date, item);
}

void set_page(const IntakePage& page, absl::Time now, Item* item) {
  item->set_title(page.title);
  item->set_text(page.text);
  if (is_language_tag(page.language)) item->set_declared_language(page.language);
  if (!page.picture.empty()) {
    Media* media = item->add_media();
    media->set_url(page.picture);
    media->set_alt_text(page.picture_alt);
  }
  if (item->url().empty()) item->set_url(without_secrets(page.canonical));
  take_date(page.published, now, item);
  item->mutable_author()->set_name(page.author);
}

std::string_view platform_of_url(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? platform_of(parsed->host) : "manual";
}

// The words, the date and what else stands in what was sent or fetched.
absl::Status set_content(const IntakeRequest& request, const HttpResponse* fetched, absl::Time now,
                         Item* item) {
  const std::string& bytes = fetched != nullptr ? fetched->body : request.page;
  if (!bytes.empty()) {
    const std::string_view type = fetched == nullptr ? "" : header_value(fetched->headers, "content-type");
    const std::string landed = fetched == nullptr ? "" : fetched->final_url;
    const IntakePage page =
        read_intake_page(decode_intake_page(bytes, type), landed.empty() ? request.url : landed);
    const std::string& address = request.url.empty() ? page.canonical : request.url;
    if (request.text.empty() &&
        asks_for_login(page, {address.empty() ? "web" : platform_of_url(address), request.url, landed}))
      return absl::FailedPreconditionError("the page asks for a login: open it yourself and paste its text");
    set_page(page, now, item);
  }
  if (!request.text.empty()) item->set_text(intake_text(request.text));
  if (!request.created_at.empty()) take_date(request.created_at, now, item);
  if (!has_visible(item->text()) && !has_visible(item->title()))
    return absl::InvalidArgumentError("the page has no words that could be read: paste the text instead");
  mark_links_and_hashtags(item);
  return absl::OkStatus();
}

// The bytes as they came. Only a server's answer has headers and a status: none are made up for a paste.
Capture make_intake_capture(const IntakeRequest& request, std::optional<HttpResponse> fetched,
                            absl::Time now) {
  Asked asked;
  asked.url = request.url;
  asked.purpose = INTAKE;
  CollectorSpec spec;
  spec.name = "intake";
  HttpResponse answer;
  if (fetched) {
    answer = *std::move(fetched);
  } else {
    answer.body = request.page.empty() ? request.text : request.page;
  }
  return make_capture(asked, std::move(answer), spec, now);
}

// A person who was named is believed; one who was found by the address yields to the author a page names.
void set_poster(const Poster& poster, bool named, Item* item) {
  item->set_account_id(poster.account != nullptr ? poster.account->id() : "manual");
  if (poster.official == nullptr) return;
  item->set_official_id(poster.official->id());
  Author& author = *item->mutable_author();
  if (!named && !author.name().empty() && !equals_ignore_case(author.name(), poster.official->name())) return;
  author.set_name(poster.official->name());
  author.set_official_id(poster.official->id());
  if (poster.account != nullptr) author.set_url(poster.account->profile_url());
}

// The same paste twice is the same item, the same words of two officials are two; no collector makes such an
// id.
std::string native_id_of(const Item& item) {
  const std::string& words = item.text().empty() ? item.title() : item.text();
  return str_cat(
      "manual/",
      sha256_hex(str_cat(canonical_url(item.url()), "\n", item.official_id(), "\n", words)).substr(0, 32));
}

void mark_intake(const IntakeRequest& request, std::string_view how, absl::Time now, Item* item) {
  item->mutable_intake()->set_by(request.by);
  item->mutable_intake()->set_how(std::string(how));
  item->mutable_intake()->set_note(request.note);
  set_timestamp(item->mutable_intake()->mutable_at(), now);
}

}  // namespace

absl::StatusOr<BroughtIn> read_intake(const IntakeRequest& request, std::optional<HttpResponse> fetched,
                                      const Officials& officials, absl::Time now) {
  CT_ASSIGN_OR_RETURN(const Poster poster, find_poster(request, officials));
  if (fetched && fetched->status != 200) {
    return absl::FailedPreconditionError(
        str_cat("the page answered HTTP ", fetched->status, ": open it yourself and paste its text"));
  }
  const std::string_view how = fetched ? "url" : request.page.empty() ? "text" : "page";
  BroughtIn out;
  Item& item = out.item;
  item.set_url(without_secrets(request.url));
  CT_RETURN_IF_ERROR(set_content(request, fetched ? &*fetched : nullptr, now, &item));
  item.set_platform(poster.account != nullptr ? poster.account->platform()
                                              : std::string(platform_of_url(item.url())));
  set_poster(poster, !request.official_id.empty(), &item);
  item.set_native_id(native_id_of(item));
  item.set_id(item_id(item.platform(), item.native_id()));
  out.capture = make_intake_capture(request, std::move(fetched), now);
  out.capture.set_account_id(item.account_id());
  item.set_capture_sha256(out.capture.sha256());
  item.set_content_hash(content_hash(item));
  set_timestamp(item.mutable_collected_at(), now);
  mark_intake(request, how, now, &item);
  return out;
}

void ManualIntake::fetch(const std::string& url, Fetched done) {
  HttpRequest http;
  http.url = url;
  http.headers.push_back({"Accept", "text/html, application/xhtml+xml"});
  http.max_body_bytes = kMostPage;
  fetcher_->fetch(std::move(http), [alive = std::weak_ptr<bool>(alive_),
                                    done = std::move(done)](absl::StatusOr<HttpResponse> response) {
    if (alive.expired()) return done(absl::CancelledError("the service is stopping"));
    done(std::move(response));
  });
}

absl::StatusOr<IntakeAnswer> ManualIntake::store(BroughtIn brought) {
  IntakeAnswer answer;
  answer.item_id = brought.item.id();
  const auto known = store_->item(answer.item_id);
  if (!known.ok() && !absl::IsNotFound(known.status())) return known.status();
  if (known.ok()) {
    CT_ASSIGN_OR_RETURN(const std::vector<Item> versions, store_->versions(answer.item_id));
    const Item& first = versions.empty() ? *known : versions.front();
    answer.known = true;
    answer.first_by = first.intake().by();
    answer.first_at = to_time(first.intake().at());
    answer.corrected = next_version(&*known, brought.item).version() > known->version();
    if (!answer.corrected) return answer;
  }
  CT_RETURN_IF_ERROR(poller_->bring(brought.capture, std::move(brought.item)));
  return answer;
}

absl::StatusOr<IntakeAnswer> bring_in(IntakeRequest request, ManualIntake* intake, const AskCollector& ask,
                                      const Officials& officials, const Clock& clock) {
  CT_RETURN_IF_ERROR(clean_intake(&request, clock.now()));
  std::optional<HttpResponse> fetched;
  if (request.text.empty() && request.page.empty()) {
    // Shared: an answer may come when nobody waits any more.
    auto page = std::make_shared<HttpResponse>();
    CT_RETURN_IF_ERROR(ask([intake, page, url = request.url](Calls::Done done) {
      intake->fetch(url, [page, done = std::move(done)](absl::StatusOr<HttpResponse> response) {
        if (response.ok()) *page = *std::move(response);
        done(response.status());
      });
    }));
    fetched = std::move(*page);
  }
  CT_ASSIGN_OR_RETURN(BroughtIn read, read_intake(request, std::move(fetched), officials, clock.now()));
  auto brought = std::make_shared<BroughtIn>(std::move(read));
  auto answer = std::make_shared<IntakeAnswer>();
  CT_RETURN_IF_ERROR(ask([intake, brought, answer](const Calls::Done& done) {
    auto stored = intake->store(std::move(*brought));
    if (stored.ok()) *answer = *std::move(stored);
    done(stored.status());
  }));
  return *std::move(answer);
}

}  // namespace copytaster
