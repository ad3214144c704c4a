// A small world for the poller: a platform in a few words, a web made of a map, a store in memory and a clock
// that stands still.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collectors/poller.h"
#include "collectors/poller_reread.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/fake_streams.h"
#include "tests/support/memory_store.h"

namespace copytaster::testing {

// Reads pages of lines:
//   post ID TEXT…         a post, created when it was fetched
//   old ID TEXT…          a post of a year ago
//   picture URL [NATIVE]  a picture of the post above
//   bad ID                a post that cannot be read
//   gone ID               a proven deletion
//   note ID NATIVE TEXT…  an alt text that came later
//   next POSITION         where to go on
//   more                  ask again now
//   wait SECONDS          the platform says: not now
//   error CODE TEXT…      the page means an error
//   title TEXT…           the profile's title
//   likes NUMBER          of the post above
//   cost DOLLARS          what the answer cost
class WordsCollector final : public Collector {
 public:
  WordsCollector() {
    spec_.name = "words";
    spec_.label = "Words";
    spec_.summary = "For tests.";
    spec_.version = 3;
    spec_.politest_interval = absl::Minutes(1);
    spec_.fields = {
        {.name = "token_file", .help = "", .default_value = "", .secret = true, .required = true}};
  }
  [[nodiscard]] const CollectorSpec& spec() const override { return spec_; }
  CollectorSpec& describe() { return spec_; }
  [[nodiscard]] absl::StatusOr<Account> recognise(std::string_view) const override {
    return absl::NotFoundError("for tests");
  }
  [[nodiscard]] absl::StatusOr<HttpRequest> request(const Account& account,
                                                    const Cursor& cursor) const override {
    if (account.handle() == "unset")
      return absl::FailedPreconditionError("[collector.words] token_file is missing");
    HttpRequest request;
    const auto moved = account.details().find("moved_to");
    const std::string& address = moved == account.details().end() ? account.url() : moved->second;
    request.url = str_cat(address, cursor.position().empty() ? "" : "?at=", cursor.position());
    request.authorization = "Bearer canary-token-1";
    return request;
  }
  [[nodiscard]] absl::StatusOr<HttpRequest> reread(const Account& account,
                                                   std::string_view id) const override {
    if (account.handle() == "feed") return absl::UnimplementedError("no");
    HttpRequest request;
    request.url = str_cat(account.url(), "/post/", id);
    const auto others = account.details().find(kWitnesses);
    if (ask_with_witnesses && others != account.details().end())
      str_append(&request.url, "?beside=", replace_all(others->second, "\n", ","));
    return request;
  }
  bool ask_with_witnesses = false;
  // One stream over all accounts, where it is asked for. A frame's first line is "for NAME", "old" (the
  // cursor is too old) or "gap WHY", or "deleted TAIL" (words:*TAIL
  // was deleted). A refusal's is "old" or anything.
  bool has_stream = false;
  [[nodiscard]] std::vector<StreamPlan> streams(std::span<const Account> all) const override {
    if (!has_stream) return {};
    StreamPlan plan;
    plan.name = "words:stream/all";
    for (const Account& account : all) plan.account_ids.push_back(account.id());
    return {plan};
  }
  [[nodiscard]] absl::StatusOr<HttpRequest> open_stream(const StreamPlan&, const FindAccount&,
                                                        const Cursor& cursor) const override {
    HttpRequest request;
    request.authorization = "Bearer canary-token-1";
    request.url = str_cat("wss://stream.example/?cursor=", cursor.position());
    return request;
  }
  [[nodiscard]] absl::StatusOr<FrameNews> parse_frame(const FindAccount& find_account,
                                                      const Capture& frame) const override {
    std::string_view body = frame.body();
    if (body == "old") return absl::OutOfRangeError("the cursor is too old");
    if (body.starts_with("private ")) return absl::PermissionDeniedError("not for all");
    if (frame.status() >= 400) {
      return absl::Status(
          frame.status() == 403 ? absl::StatusCode::kPermissionDenied : absl::StatusCode::kInvalidArgument,
          to_absl(str_cat("refused: ", body)));
    }
    FrameNews news;
    if (consume_prefix(&body, "gap ")) {
      news.gap = std::string(body);
      return news;
    }
    if (consume_prefix(&body, "deleted ")) {
      add_gone(&news.parsed, str_cat("*", body));
      news.parsed.deletions.back().set_proof("the stream says so");
      return news;
    }
    if (!consume_prefix(&body, "for ")) return absl::InvalidArgumentError("no frame");
    const std::size_t end = std::min(body.find('\n'), body.size());
    news.account = find_account(str_cat("words:", body.substr(0, end)));
    for (std::string_view line : split(body.substr(std::min(end + 1, body.size())), '\n')) {
      if (consume_prefix(&line, "key ")) {
        news.key = std::string(line);
        continue;
      }
      const absl::Status read =
          read_line(line, news.account == nullptr ? Account() : *news.account, frame, &news.parsed);
      if (!read.ok()) return read;
    }
    return news;
  }

  [[nodiscard]] absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override {
    Parsed out;
    out.next = capture.cursor();
    if (capture.purpose() == REREAD && capture.status() == 404) {
      add_gone(&out, capture.native_id());
      return out;
    }
    if (capture.purpose() == REREAD && capture.status() == 403) {
      add_gone(&out, capture.native_id());
      out.deletions.back().set_state(UNKNOWN);
      out.deletions.back().set_proof("HTTP 403: gone, or not for us");
      return out;
    }
    if (capture.status() == 410) return absl::NotFoundError("HTTP 410: gone for good");
    if (capture.status() == 429) return absl::ResourceExhaustedError("HTTP 429");
    if (capture.status() >= 400) return absl::UnavailableError(str_cat("HTTP ", capture.status()));
    for (std::string_view line : split(capture.body(), '\n')) {
      if (absl::Status status = read_line(line, account, capture, &out); !status.ok()) return status;
    }
    return out;
  }

 private:
  static std::string_view word(std::string_view* line) {
    const std::size_t end = std::min(line->find(' '), line->size());
    const std::string_view out = line->substr(0, end);
    line->remove_prefix(std::min(end + 1, line->size()));
    return out;
  }
  static void add_gone(Parsed* out, std::string_view native_id) {
    Deletion deletion;
    deletion.set_item_id(item_id("words", native_id));
    deletion.set_proof("HTTP 404 on the post itself");
    deletion.set_state(GONE);
    out->deletions.push_back(deletion);
  }
  absl::Status read_line(std::string_view line, const Account& account, const Capture& capture,
                         Parsed* out) const {
    const std::string_view kind = word(&line);
    if (kind == "post" || kind == "old") {
      Item item;
      item.set_platform("words");
      item.set_native_id(std::string(word(&line)));
      item.set_id(item_id("words", item.native_id()));
      item.set_text(std::string(line));
      item.set_content_hash(content_hash(item));
      const absl::Time created =
          to_time(capture.fetched_at()) - (kind == "old" ? absl::Hours(365 * 24) : absl::ZeroDuration());
      set_timestamp(item.mutable_created_at(), created_.emplace(item.id(), created).first->second);
      out->items.push_back(item);
    } else if (kind == "picture") {
      Media* media = out->items.back().add_media();
      media->set_url(std::string(word(&line)));
      media->set_native_id(std::string(line));
      out->items.back().set_content_hash(content_hash(out->items.back()));
    } else if (kind == "bad") {
      DeadLetter letter;
      letter.set_account_id(account.id());
      letter.set_native_id(std::string(line));
      letter.set_id(str_cat(capture.sha256(), "/", line));
      letter.set_stage("parse");
      letter.set_reason("it is bad");
      out->refused.push_back(letter);
    } else if (kind == "gone") {
      add_gone(out, line);
    } else if (kind == "note") {
      PictureResult note;
      note.set_item_id(item_id("words", word(&line)));
      note.mutable_media()->set_native_id(std::string(word(&line)));
      note.mutable_media()->set_alt_text(std::string(line));
      out->picture_notes.push_back(note);
    } else if (kind == "next") {
      out->next.set_position(std::string(line));
    } else if (kind == "more") {
      out->more = true;
    } else if (kind == "wait") {
      out->wait = absl::Seconds(parse_number<int>(line).value_or(0));
    } else if (kind == "error") {
      return absl::Status(static_cast<absl::StatusCode>(parse_number<int>(word(&line)).value_or(2)),
                          to_absl(line));
    } else if (kind == "likes") {
      out->items.back().mutable_engagement()->set_likes(parse_number<std::uint64_t>(line).value_or(0));
    } else if (kind == "cost") {
      out->cost_usd = parse_number<double>(line).value_or(0);
    } else if (kind == "title") {
      out->profile.set_title(std::string(line));
    }
    return absl::OkStatus();
  }

  CollectorSpec spec_;
  mutable std::map<std::string, absl::Time> created_;  // as first shown
};

struct Page {
  int status = 200;
  std::string body;
  std::vector<HttpHeader> headers;
  absl::Status error = absl::OkStatus();  // instead of an answer
  std::string permanent_url = "";         // answered from there after 301s
};

class World {
 public:
  World() : fetcher([this](const HttpRequest& request) { return answer(request); }) {
    options.seed = 7;
    options.reread_for = absl::ZeroDuration();
    add("a");
  }

  static Account account(const std::string& name) {
    Account out;
    out.set_id("words:" + name);
    out.set_platform("words");
    out.set_handle(name);
    out.set_url("https://" + name + ".example");
    out.set_official_id("official-" + name);
    return out;
  }
  void add(const std::string& name) { accounts.push_back(account(name)); }

  Poller& poller() {
    if (poller_ == nullptr) {
      PollerDependencies d{nullptr, &fetcher, &bus, &store, &media, &clock};
      d.streams = &streams;
      d.websub = websub;
      d.find = [this](std::string_view platform) { return platform == "words" ? &collector : nullptr; };
      poller_ = Poller::make(d, options, accounts);
    }
    return *poller_;
  }
  // As after a crash: what is only in memory is gone.
  void restart() { poller_.reset(); }

  // Turns until nothing more happens at this moment.
  absl::Status settle() {
    int quiet = 0;  // a page that follows is asked in one turn and answered in the next
    for (int i = 0; i < 1000; ++i) {
      if (absl::Status status = poller().turn(absl::ZeroDuration()); !status.ok()) return status;
      const bool only_held = poller().busy() == fetcher.waiting();
      quiet = only_held && poller().next_due() > clock.now() ? quiet + 1 : 0;
      if (quiet == 3) return absl::OkStatus();
    }
    return absl::InternalError("it does not settle");
  }
  // Moves the clock on to what is due next, and lets it happen. Returns how long that took.
  absl::Duration next() {
    const absl::Time before = clock.now();
    clock.set(std::max(poller().next_due(), before));
    (void)settle();
    return clock.now() - before;
  }

  // It is erased: "item:ID" or "account:ID".
  void entomb(const std::string& subject) {
    Tombstone stone;
    stone.set_subject(subject);
    auto batch = store.batch();
    ASSERT_TRUE(store.stage_tombstone(*batch, stone).ok());
    ASSERT_TRUE(store.write(*batch, Durability::kSynced).ok());
  }

  [[nodiscard]] AccountState state(const std::string& name = "a") const {
    return store.account_state("words:" + name).value_or(AccountState());
  }
  [[nodiscard]] std::vector<Item> items() const {
    std::vector<Item> all;
    for (const Parcel& parcel : bus.parcels())
      all.insert(all.end(), parcel.items().begin(), parcel.items().end());
    return all;
  }
  [[nodiscard]] std::vector<EngagementAt> engagements() const {
    std::vector<EngagementAt> all;
    for (const Parcel& parcel : bus.parcels())
      all.insert(all.end(), parcel.engagements().begin(), parcel.engagements().end());
    return all;
  }
  [[nodiscard]] std::vector<PictureResult> pictures() const {
    std::vector<PictureResult> all;
    for (const Parcel& parcel : bus.parcels())
      all.insert(all.end(), parcel.pictures().begin(), parcel.pictures().end());
    return all;
  }
  // As the processing would: items of the bus into the store.
  void process() {
    for (const Parcel& parcel : bus.parcels()) {
      for (const Item& item : parcel.items()) store.put(item);
      for (const Deletion& deletion : parcel.deletions()) {
        auto item = store.item(deletion.item_id());
        if (!item.ok()) continue;
        item->set_state(deletion.state());
        store.put(*item);
      }
    }
  }

  ManualClock clock{absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone())};
  PollerOptions options;
  std::vector<Account> accounts;
  std::map<std::string, Page> web;  // by URL; others are 404
  WordsCollector collector;
  MemoryKeyValue key_value;
  MemoryStore store{&key_value};
  MemoryBus bus{&key_value};
  MemoryMedia media;
  FakeFetcher fetcher;
  FakeStreams streams;
  WebSubDoor* websub = nullptr;

 private:
  absl::StatusOr<HttpResponse> answer(const HttpRequest& request) {
    HttpResponse response;
    const auto found = web.find(request.url);
    if (found == web.end()) {
      response.status = 404;
      return response;
    }
    const Page& page = found->second;
    if (!page.error.ok()) return page.error;
    response.status = page.status;
    response.headers = page.headers;
    const std::string_view etag = header_value(page.headers, "etag");
    if (!etag.empty() && header_value(request.headers, "if-none-match") == etag) {
      response.status = 304;
    } else {
      response.body = page.body;
    }
    response.final_url = page.permanent_url.empty() ? request.url : page.permanent_url;
    response.permanent_url = page.permanent_url;
    return response;
  }

  std::unique_ptr<Poller> poller_;
};

}  // namespace copytaster::testing
