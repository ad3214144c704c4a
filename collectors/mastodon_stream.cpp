#include "collectors/mastodon_stream.h"

#include <utility>

#include "collectors/mastodon_message.h"
#include "collectors/mastodon_profile.h"
#include "collectors/mastodon_status.h"
#include "collectors/platforms_support.h"
#include "collectors/unnamed_deletion.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

// "host:port" of the address; empty: it is none.
std::string host_of(std::string_view server) {
  const auto url = parse_url(server);
  if (!url || (url->scheme != "wss" && url->scheme != "ws") || url->path.size() > 1 || !url->query.empty() ||
      !url->fragment.empty())
    return "";
  return origin_of(*url).substr(url->scheme.size() + 3);
}

bool is_at_home(const Account& account, std::string_view host) {
  const auto found = account.details().find("host");
  return account.platform() == "mastodon" && found != account.details().end() &&
         equals_ignore_case(found->second, host);
}

bool is_public(Json status) {
  const std::string_view visibility = status["visibility"].view();
  return visibility.empty() || visibility == "public" || visibility == "unlisted";
}

// Whose status it is: one of this server's own accounts, which have no host in `acct`.
const Account* author_of(Json status, std::string_view host, const FindAccount& find) {
  const std::string_view acct = status["account"]["acct"].view();
  if (acct.empty() || acct.find('@') != std::string_view::npos || !is_public(status)) return nullptr;
  const Account* account = find(str_cat("mastodon:", ascii_lower(acct), "@", host));
  return account != nullptr && is_at_home(*account, host) ? account : nullptr;
}

// The stream is a person's: bytes that cannot be read are kept only where they say that they are for all, or
// tell a deletion.
absl::Status unread(const absl::Status& why, std::string_view bytes) {
  if (!absl::IsInvalidArgument(why)) return why;
  std::string plain(bytes);
  std::erase_if(plain, [](char c) { return c == '\\' || c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  const auto says = [&](std::string_view words) { return plain.find(words) != std::string::npos; };
  const bool is_for_all = says(R"("visibility":"public")") || says(R"("visibility":"unlisted")");
  const bool is_for_some = says(R"("visibility":"private")") || says(R"("visibility":"direct")") ||
                           says(R"("event":"notification")") || says(R"("event":"conversation")");
  if (says(R"("event":"delete")") || (is_for_all && !is_for_some)) return why;
  return absl::PermissionDeniedError(str_cat(from_absl(why.message()), " (it may not be for all: not kept)"));
}

// The server's own word for a status of its own, which it names by its own id only. The uris of its
// accounts' statuses end in that id; a reblog's goes on with "/activity". Newer accounts' uris have their
// number instead of their name.
void tell_deletion(std::string_view id, std::string_view host, const Capture& capture, Parsed* out) {
  if (!is_mastodon_name(id)) return;
  for (const char* users : {"/users/", "/ap/users/"}) {
    for (const char* end : {"", "/activity"}) {
      Deletion deletion;
      deletion.set_item_id(item_id(
          "mastodon", str_cat("https://", host, users, std::string(1, kAnyName), "/statuses/", id, end)));
      deletion.set_proof(str_cat("the server's own stream: delete of its status ", id));
      deletion.set_state(GONE);
      *deletion.mutable_seen_at() = capture.fetched_at();
      out->deletions.push_back(std::move(deletion));
    }
  }
}

void read_status(const Answered& answered, const MastodonMessage& message, std::string_view host,
                 Parsed* out) {
  const Json status = answered.document.root();
  auto item = mastodon_item(status, host);
  // Its bytes were mended before the status was taken out of the message.
  if (message.bytes_were_bad && message.payload.find("\uFFFD") != std::string::npos)
    item = absl::InvalidArgumentError("its bytes are not UTF-8");
  (void)take_post(answered, status, status["uri"].view(), std::move(item), out);
}

}  // namespace

MastodonStream::MastodonStream(const CollectorSettings& settings)
    : token_(setting(settings, "token", "")),
      token_host_(ascii_lower(setting(settings, "token_host", ""))),
      server_(setting(settings, "stream", "")) {
  while (server_.ends_with('/')) server_.pop_back();
}

std::vector<StreamPlan> MastodonStream::streams(std::span<const Account> accounts) const {
  StreamPlan plan{.name = str_cat("mastodon:stream/", token_host_), .account_ids = {}};
  if (server_.empty() || token_.empty() || token_host_.empty()) return {};
  for (const Account& account : accounts) {
    if (is_at_home(account, token_host_)) plan.account_ids.push_back(account.id());
  }
  if (plan.account_ids.empty()) return {};
  return {std::move(plan)};
}

absl::StatusOr<HttpRequest> MastodonStream::open_stream(const StreamPlan& /*plan*/) const {
  if (token_.empty() || token_host_.empty())
    return absl::FailedPreconditionError("[collector.mastodon] stream needs token_file and token_host");
  const std::string host = ascii_lower(host_of(server_));
  if (host.empty()) {
    return absl::FailedPreconditionError(
        str_cat("[collector.mastodon] stream is '", to_valid_utf8(server_), "': write wss://", token_host_));
  }
  if (host != token_host_ && !host.ends_with(str_cat(".", token_host_))) {
    return absl::FailedPreconditionError(str_cat("[collector.mastodon] stream is on ", host,
                                                 ": the token is for ", token_host_,
                                                 " and is not sent there"));
  }
  HttpRequest request;
  request.url = str_cat(server_, "/api/v1/streaming?stream=user");
  request.authorization = str_cat("Bearer ", token_);
  return request;
}

absl::StatusOr<FrameNews> MastodonStream::parse_frame(const FindAccount& find, const Capture& capture) const {
  if (capture.status() >= 400) {
    const auto document = JsonDocument::parse(capture.body());
    return http_failure(capture, document.ok() ? plain_line(document->root()["error"].view()) : "");
  }
  if (capture.body().size() > kMaxMastodonMessage)
    return absl::InvalidArgumentError(str_cat("a message of more than ", kMaxMastodonMessage, " bytes"));
  const auto message = mastodon_message(capture.body());
  if (!message.ok()) return unread(message.status(), capture.body());

  FrameNews news;
  news.parsed.next = capture.cursor();
  if (!capture.cursor().position().empty())
    news.gap = "Mastodon's stream does not bring again what came while it was closed";
  if (message->event == "delete") {
    tell_deletion(message->payload, token_host_, capture, &news.parsed);
    return news;
  }
  if (message->event != "update" && message->event != "status.update") return news;
  const auto document = JsonDocument::parse(message->payload);
  if (!document.ok()) {
    return unread(absl::InvalidArgumentError(
                      str_cat("the status in the message: ", from_absl(document.status().message()))),
                  capture.body());
  }
  const Json status = document->root();
  news.account = author_of(status, token_host_, find);
  if (news.account == nullptr) return news;
  read_status({*news.account, capture, *document}, *message, token_host_, &news.parsed);
  news.parsed.profile = mastodon_profile(status["account"], token_host_);
  if (message->event == "update" && !status["id"].id().empty()) {
    Position next("");
    next.set("id", std::string_view(status["id"].id()));
    news.parsed.next.set_position(next.text());
  }
  return news;
}

}  // namespace copytaster
