#include "bench/crowd_town.h"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "app/files.h"
#include "bench/crowd_pages.h"
#include "core/status.h"
#include "core/strings.h"
#include "net/http_server.h"

namespace copytaster {
namespace {

constexpr std::uint64_t kPostsBefore = 3;
constexpr absl::Duration kMinute = absl::Minutes(1);
constexpr absl::Duration kLeaveAlone = absl::Seconds(90);

absl::Duration period_of(std::size_t account) {
  if (account % 100 == 0) return absl::Minutes(1);
  if (account % 10 == 1) return absl::Minutes(20 + static_cast<int>(account % 40));
  return absl::Hours(2 + static_cast<int>(account % 22));
}

// So that they do not all post at once.
absl::Duration phase_of(std::size_t account) {
  return period_of(account) * (static_cast<double>(account * 7919 % 1000) / 1000);
}

bool is_mastodon(std::size_t host) { return host % 3 == 1; }

enum class Fault { kNone, kUnavailable, kTooMany, kLoginPage };

// By the host's number and how many requests it has had: one host in ten answers each seventh with 503, one
// in ten each twentieth with 429 and a wait, one in ten each ninth with a page for people.
Fault fault_of(std::size_t host, std::size_t request) {
  if (host % 10 == 3 && request % 7 == 6) return Fault::kUnavailable;
  if (host % 10 == 5 && request % 20 == 19) return Fault::kTooMany;
  if (host % 10 == 7 && request % 9 == 8) return Fault::kLoginPage;
  return Fault::kNone;
}

// What a request asks for.
struct Wish {
  enum Kind { kFeed, kLookup, kStatuses, kStatus } kind = kFeed;
  std::size_t account = 0;
  std::uint64_t post = 0;  // kStatus: which; kStatuses: after which
};

std::string_view after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string_view::npos ? "" : text.substr(at + mark.size());
}

std::optional<Wish> read_wish(std::string_view path, std::string_view query) {
  const auto account = [](std::string_view digits) {
    return parse_number<std::size_t>(digits.substr(0, digits.find('/')));
  };
  Wish wish;
  std::optional<std::size_t> who;
  if (path.starts_with("/feed/")) {
    who = account(path.substr(6));
  } else if (path == "/api/v1/accounts/lookup") {
    wish.kind = Wish::kLookup;
    who = account(after(query, "acct=u"));
  } else if (path.starts_with("/api/v1/accounts/")) {
    wish.kind = Wish::kStatuses;
    who = account(path.substr(17));
    const std::string_view least = after(query, "min_id=");
    wish.post = read_crowd_id(least.substr(0, least.find('&'))).post;
  } else if (path.starts_with("/api/v1/statuses/")) {
    const CrowdPost post = read_crowd_id(path);
    wish = {Wish::kStatus, post.account, post.post};
    if (post.post != 0) who = post.account;
  }
  if (!who) return std::nullopt;
  wish.account = *who;
  return wish;
}

class Town {
 public:
  explicit Town(std::size_t accounts)
      : begun_(absl::Now()), shown_(accounts, 0), hosts_(accounts / kAccountsAHost + 1) {}

  ServerResponse answer(const ServerRequest& request) {
    const absl::Time now = absl::Now();
    const auto wish = read_wish(request.path, request.query);
    if (!wish || wish->account >= shown_.size()) return {404, {}, ""};
    const std::scoped_lock lock(mutex_);
    const Fault fault = note(wish->account / kAccountsAHost, now);
    if (fault != Fault::kNone) return refuse(fault);
    return show(*wish, request, crowd_posts(wish->account, now - begun_));
  }

  [[nodiscard]] std::string report() const {
    std::string out =
        str_cat(requests_, " ", most_a_minute_, " ", not_modified_, " ", faults_, " ", too_early_);
    for (const std::uint64_t posts : shown_) str_append(&out, " ", posts);
    return out + "\n";
  }

 private:
  struct Host {
    std::deque<absl::Time> times;  // of the last minute
    std::size_t requests = 0;
    absl::Time free = absl::InfinitePast();
  };

  Fault note(std::size_t number, absl::Time now) {
    ++requests_;
    Host& host = hosts_[number];
    host.times.push_back(now);
    while (now - host.times.front() >= kMinute) host.times.pop_front();
    most_a_minute_ = std::max(most_a_minute_, host.times.size());
    // What was on its way already is nobody's fault.
    if (now < host.free && now > host.free - kLeaveAlone + absl::Seconds(5)) ++too_early_;
    const Fault fault = fault_of(number, host.requests++);
    if (fault == Fault::kTooMany) host.free = now + kLeaveAlone;
    faults_ += fault == Fault::kNone ? 0 : 1;
    return fault;
  }

  static ServerResponse refuse(Fault fault) {
    switch (fault) {
      case Fault::kUnavailable:
        return {503, {}, "down for a moment"};
      case Fault::kTooMany:
        return {429, {{"Retry-After", str_cat(absl::ToInt64Seconds(kLeaveAlone))}}, ""};
      default:
        return {200, {{"Content-Type", "text/html"}}, "<!DOCTYPE html><title>Log in</title><p>Please log in"};
    }
  }

  ServerResponse show(const Wish& wish, const ServerRequest& request, std::uint64_t posts) {
    const std::size_t account = wish.account;
    const bool mastodon = is_mastodon(account / kAccountsAHost);
    if (mastodon != (wish.kind != Wish::kFeed)) return {404, {}, ""};
    const char* type = mastodon ? "application/json" : "application/rss+xml";
    if (wish.kind == Wish::kLookup) return {200, {{"Content-Type", type}}, crowd_profile(account)};
    if (wish.kind == Wish::kStatus)
      return {200, {{"Content-Type", type}}, crowd_status(account, wish.post, begun_)};
    const std::string etag = str_cat("\"", account, "-", wish.post, "-", posts, "\"");
    if (wish.kind == Wish::kFeed) shown_[account] = posts;
    if (request.header("if-none-match") == etag) {
      ++not_modified_;
      return {304, {{"ETag", etag}}, ""};
    }
    if (wish.kind == Wish::kFeed)
      return {200, {{"ETag", etag}, {"Content-Type", type}}, crowd_feed(account, posts, begun_)};
    shown_[account] =
        std::max(shown_[account], wish.post == 0 ? posts : std::min(posts, wish.post + kPostsAPage));
    return {200, {{"ETag", etag}, {"Content-Type", type}}, crowd_statuses(account, wish.post, posts, begun_)};
  }

  const absl::Time begun_;
  std::mutex mutex_;
  std::vector<std::uint64_t> shown_;
  std::vector<Host> hosts_;
  std::size_t requests_ = 0, most_a_minute_ = 0, not_modified_ = 0, faults_ = 0, too_early_ = 0;
};

}  // namespace

std::string crowd_url(std::size_t account) {
  const std::size_t host = account / kAccountsAHost;
  return str_cat("https://city", host, ".example/", is_mastodon(host) ? "@u" : "feed/", account);
}

std::uint64_t crowd_posts(std::size_t account, absl::Duration since) {
  return kPostsBefore + static_cast<std::uint64_t>((since + phase_of(account)) / period_of(account));
}

absl::Time crowd_time(std::size_t account, std::uint64_t post, absl::Time begun) {
  const auto number = static_cast<std::int64_t>(post) - static_cast<std::int64_t>(kPostsBefore);
  return begun + period_of(account) * number - phase_of(account);
}

absl::Status play_crowd(std::size_t accounts) {
  Town town(accounts);
  HttpServerOptions options;
  options.max_connections = 4096;
  options.idle_timeout = absl::Minutes(10);
  CT_ASSIGN_OR_RETURN(auto server, HttpServer::start(options, [&](const ServerRequest& request) {
                        return town.answer(request);
                      }));
  CT_RETURN_IF_ERROR(print(str_cat("port ", server->port(), "\n")));
  (void)std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  server.reset();
  return print(town.report());
}

}  // namespace copytaster
