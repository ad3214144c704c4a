#include "bench/crowd_town.h"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <mutex>
#include <vector>

#include "app/files.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "net/http_server.h"

namespace copytaster {
namespace {

constexpr std::uint64_t kPostsBefore = 3;
constexpr absl::Duration kMinute = absl::Minutes(1);
const absl::Time kFirst = absl::FromCivil(absl::CivilDay(2026, 1, 1), absl::UTCTimeZone());

absl::Duration period_of(std::size_t account) {
  if (account % 100 == 0) return absl::Minutes(1);
  if (account % 10 == 1) return absl::Minutes(20 + static_cast<int>(account % 40));
  return absl::Hours(2 + static_cast<int>(account % 22));
}

class Town {
 public:
  explicit Town(std::size_t accounts)
      : begun_(absl::Now()), shown_(accounts, 0), hosts_(accounts / kAccountsAHost + 1) {}

  ServerResponse answer(const ServerRequest& request) {
    const absl::Time now = absl::Now();
    const auto account =
        parse_number<std::size_t>(request.path.substr(std::min<std::size_t>(6, request.path.size())));
    if (!request.path.starts_with("/feed/") || !account || *account >= shown_.size()) return {404, {}, ""};
    const std::uint64_t posts = crowd_posts(*account, now - begun_);
    const std::string etag = str_cat("\"", *account, "-", posts, "\"");
    const bool known = request.header("if-none-match") == etag;
    {
      const std::scoped_lock lock(mutex_);
      note(*account / kAccountsAHost, now);
      not_modified_ += known ? 1 : 0;
      shown_[*account] = posts;
    }
    if (known) return {304, {{"ETag", etag}}, ""};
    return {200, {{"ETag", etag}, {"Content-Type", "application/rss+xml"}}, feed(*account, posts)};
  }

  [[nodiscard]] std::string report() const {
    std::string out = str_cat(requests_, " ", most_a_minute_, " ", not_modified_);
    for (const std::uint64_t posts : shown_) str_append(&out, " ", posts);
    return out + "\n";
  }

 private:
  void note(std::size_t host, absl::Time now) {
    ++requests_;
    std::deque<absl::Time>& times = hosts_[host];
    times.push_back(now);
    while (now - times.front() >= kMinute) times.pop_front();
    most_a_minute_ = std::max(most_a_minute_, times.size());
  }

  [[nodiscard]] std::string feed(std::size_t account, std::uint64_t posts) const {
    std::string out = str_cat("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>City ", account,
                              "</title><link>", crowd_url(account), "</link>");
    const std::uint64_t oldest = posts > kPostsAPage ? posts - kPostsAPage : 0;
    for (std::uint64_t post = posts; post > oldest; --post) {
      str_append(
          &out, "<item><guid isPermaLink=\"false\">", account, "-", post, "</guid><title>News ", post,
          " of city ", account, "</title><link>", crowd_url(account), "/", post,
          "</link><description>The council has met and decided on matter ", post,
          " of its agenda; the mayor thanks all who came, and the works begin on Monday at "
          "eight.</description>",
          "<pubDate>",
          from_absl(absl::FormatTime(absl::RFC1123_full, kFirst + post * kMinute, absl::UTCTimeZone())),
          "</pubDate></item>");
    }
    return out + "</channel></rss>";
  }

  const absl::Time begun_;
  std::mutex mutex_;
  std::vector<std::uint64_t> shown_;
  std::vector<std::deque<absl::Time>> hosts_;
  std::size_t requests_ = 0, most_a_minute_ = 0, not_modified_ = 0;
};

}  // namespace

std::string crowd_url(std::size_t account) {
  return str_cat("https://city", account / kAccountsAHost, ".example/feed/", account);
}

std::uint64_t crowd_posts(std::size_t account, absl::Duration since) {
  const absl::Duration period = period_of(account);
  const absl::Duration phase = period * (static_cast<double>(account * 7919 % 1000) / 1000);
  return kPostsBefore + static_cast<std::uint64_t>((since + phase) / period);
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
