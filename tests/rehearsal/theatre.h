// A rehearsal with everything around it: clock, client, collectors. For tests.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "collectors/catalog.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "net/http_client.h"
#include "rehearsal/day.h"
#include "rehearsal/ids.h"
#include "rehearsal/start.h"
#include "tests/support/fetching.h"

namespace copytaster::testing {

inline absl::Time on_the_day(int hour, int minute, int second = 0) {
  return absl::FromCivil(absl::CivilSecond(2022, 4, 14, hour, minute, second), absl::UTCTimeZone());
}

// What an account gave, over one or many polls.
struct Harvest {
  Cursor cursor;
  std::map<std::string, Item> items;           // newest version by native id
  std::vector<Item> versions;                  // all, in the order they came
  std::map<std::string, PictureResult> notes;  // by photo
  std::vector<DeadLetter> refused;
  std::string etag, etag_url;
  int pages = 0;
  int unchanged = 0;  // 304
};

class Theatre {
 public:
  explicit Theatre(absl::Time now, bool faults = false)
      : Theatre(now, faults, rehearsal::embedded_day_files()) {}

  Theatre(absl::Time now, bool faults, rehearsal::DayFiles files)
      : clock(now),
        day(*rehearsal::read_day(files)),
        collectors(
            {{"facebook", {{"token", "of-the-rehearsal-only"}, {"first_pages", "50"}}},
             {"instagram",
              {{"token", "of-the-rehearsal-only"}, {"own_id", "17841400000000001"}, {"first_pages", "50"}}},
             {"threads", {{"token", "of-the-rehearsal-only"}, {"first_pages", "50"}}},
             {"x", {{"token", "of-the-rehearsal-only"}, {"first_pages", "50"}}},
             {"bluesky", {{"first_pages", "50"}}},
             {"mastodon", {{"first_pages", "50"}}},
             {"telegram", {{"first_pages", "50"}}}}) {
    RehearsalOptions options;
    options.clock = &clock;
    options.faults = faults;
    server = *rehearsal::start_rehearsal(options, *rehearsal::read_day(files));
    HttpClientOptions client_options;
    client_options.allow = {str_cat("127.0.0.1:", server->port())};
    client = *make_http_client(client_options);
    fetcher = make_rehearsal_fetcher(client.get(), server->port());
  }

  HttpResponse get(const std::string& url, std::vector<HttpHeader> headers = {}) {
    HttpRequest request = testing::get(url);
    request.headers = std::move(headers);
    return fetch(std::move(request));
  }
  HttpResponse graph(const std::string& path) {
    return get(str_cat("https://graph.facebook.com", path),
               {{"Authorization", "Bearer of-the-rehearsal-only"}});
  }
  HttpResponse fetch(HttpRequest request) {
    auto response = fetch_one(*fetcher, std::move(request));
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : HttpResponse();
  }

  // One poll as the poller makes it: pages until there is no more. False when the platform put us off.
  bool poll(const std::string& account_url, Harvest* harvest) {
    const absl::StatusOr<Account> account = collectors.recognise(account_url);
    EXPECT_TRUE(account.ok()) << account_url << ": " << account.status();
    const Collector& collector = *collectors.find(account->platform());
    for (bool more = true; more;) {
      auto request = collector.request(*account, harvest->cursor);
      EXPECT_TRUE(request.ok()) << request.status();
      if (!harvest->etag.empty() && harvest->etag_url == request->url) {
        request->headers.push_back({"If-None-Match", harvest->etag});
      }
      const std::string url = request->url;
      const HttpResponse response = fetch(*std::move(request));
      if (response.status == 304) {
        ++harvest->unchanged;
        return true;
      }
      harvest->etag = std::string(header_value(response.headers, "etag"));
      harvest->etag_url = url;
      const auto parsed = collector.parse(*account, capture_of(response, url, *account, *harvest));
      if (!parsed.ok()) {
        last_error = parsed.status();
        return false;
      }
      take(*parsed, harvest);
      more = parsed->more;
      if (++harvest->pages > 1000) {
        ADD_FAILURE() << account_url << " has no end";
        return false;
      }
    }
    return true;
  }

  // Reads one known post again.
  absl::StatusOr<Parsed> reread(const std::string& account_url, const std::string& native_id,
                                const Harvest& harvest = {}) {
    const Account account = *collectors.recognise(account_url);
    const Collector& collector = *collectors.find(account.platform());
    auto request = collector.reread(account, native_id);
    if (!request.ok()) return request.status();
    const std::string url = request->url;
    Capture capture = capture_of(fetch(*std::move(request)), url, account, harvest);
    capture.set_purpose(REREAD);
    capture.set_native_id(native_id);
    return collector.parse(account, capture);
  }

  ManualClock clock;
  rehearsal::Day day;
  Collectors collectors;
  std::unique_ptr<Rehearsal> server;
  std::unique_ptr<Fetcher> client;
  std::unique_ptr<Fetcher> fetcher;
  absl::Status last_error;

 private:
  static void take(const Parsed& parsed, Harvest* harvest) {
    for (const Item& item : parsed.items) {
      harvest->items[item.native_id()] = item;
      harvest->versions.push_back(item);
    }
    for (const PictureResult& note : parsed.picture_notes) harvest->notes[note.media().native_id()] = note;
    harvest->refused.insert(harvest->refused.end(), parsed.refused.begin(), parsed.refused.end());
    harvest->cursor = parsed.next;
  }

  Capture capture_of(const HttpResponse& response, const std::string& url, const Account& account,
                     const Harvest& harvest) const {
    Capture capture;
    capture.set_body(response.body);
    capture.set_sha256(sha256_hex(response.body));
    capture.set_account_id(account.id());
    capture.set_url(url);
    capture.set_final_url(response.final_url);
    capture.set_status(response.status);
    for (const HttpHeader& header : response.headers) {
      Header* kept = capture.add_headers();
      kept->set_name(ascii_lower(header.name));
      kept->set_value(header.value);
    }
    set_timestamp(capture.mutable_fetched_at(), clock.now());
    *capture.mutable_cursor() = harvest.cursor;
    return capture;
  }
};

// A day of tests' own: two officials on all platforms, and these posts.
class SmallDay {
 public:
  explicit SmallDay(std::string posts, std::string_view officials = kOfficials) : posts_(std::move(posts)) {
    files_ = {{"t/officials.toml", officials},
              {"t/notice.txt", "A test.\n"},
              {"t/pictures/scene.svg", kScene},
              {"t/pictures/metadata.toml", "[scene]\ncreator = \"Ada Example\"\n"},
              {"t/posts/test.jsonl", posts_}};
  }
  [[nodiscard]] rehearsal::DayFiles files() const { return files_; }

  static constexpr std::string_view kOfficials = R"([[official]]
id = "ada"
name = "Ada Example"
languages = ["en"]
accounts = ["https://www.facebook.com/ada", "https://bsky.app/profile/ada.test", "https://one.example/@ada",
  "https://x.com/ada", "https://ada.example/feed.xml"]
[[official]]
id = "bob"
name = "Bob Example"
languages = ["en"]
accounts = ["https://www.facebook.com/bob", "https://bsky.app/profile/bob.test", "https://two.example/@bob",
  "https://x.com/bob", "https://bob.example/atom.xml"]
)";
  static constexpr std::string_view kScene =
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1067" viewBox="0 0 1600 1067"><rect )"
      R"(width="800" height="1067" fill="#c00"/><rect x="800" width="800" height="1067" fill="#00c"/></svg>)";

 private:
  std::string posts_;
  std::vector<std::pair<std::string_view, std::string_view>> files_;
};

}  // namespace copytaster::testing
