// The whole house on one thread with everything that can go wrong injected: clock, network, disk and stops.
// One seed is one history; the same seed is the same history, so that a failing one can be looked at again.
//
// Accounts post, edit and take back; the real poller, bus, processing and store work on a database in memory
// that loses what was not synced. In the end all is healed, time passes, and what is stored is laid beside
// what was posted.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "app/processing.h"
#include "app/store_difference.h"
#include "app/verify.h"
#include "bus/embedded_bus.h"
#include "collectors/poller.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/open.h"
#include "tests/app/rebuilding.h"
#include "tests/collectors/poller_world.h"
#include "tests/support/temporary_folder.h"

namespace copytaster::testing {

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed)
      : random_(seed),
        fetcher_(std::make_unique<FakeFetcher>([this](const HttpRequest& r) { return answer(r); })) {
    key_value_.lose_unsynced();
    const std::uint64_t accounts = 1 + chance(3);
    for (std::uint64_t i = 0; i < accounts; ++i) {
      sites_.emplace_back();
      accounts_.push_back(World::account(str_cat("town", i)));
    }
    start();
  }

  // A history of so many steps, then healing, then the comparison.
  void play(int steps, bool rebuild = true) {
    for (int i = 0; i < steps && !::testing::Test::HasFailure(); ++i) step();
    heal();
    compare();
    if (!::testing::Test::HasFailure() && rebuild) rebuild_and_compare();
  }

  // All that is stored, as one hash: of two plays of one seed it is the same.
  [[nodiscard]] std::string digest() const {
    std::string all;
    for (int space = 0; space < static_cast<int>(Space::kCount); ++space) {
      EXPECT_TRUE(key_value_
                      .scan(static_cast<Space>(space), "", "",
                            [&](std::string_view key, std::string_view value) {
                              all = sha256_bytes(str_cat(all, space, key, "\n", value));
                              return true;
                            })
                      .ok());
    }
    return to_hex(all);
  }

  // What has happened, so that a test can tell whether anything did.
  struct Counts {
    int posts = 0, edits = 0, deletions = 0, actions = 0;
    // Posts whose edit or deletion was met by a reading again: not each is, for those end after two days.
    int edits_stored = 0, deletions_stored = 0;
    int stops = 0, refused_writes = 0, failed_answers = 0, jumps = 0;
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Post {
    std::string id;
    std::vector<std::string> texts;  // oldest first
    bool gone = false, bad = false, with_picture = false;
  };
  struct Site {
    std::vector<Post> posts;
  };
  static constexpr std::uint64_t kPostsAPage = 5;

  std::uint64_t chance(std::uint64_t of) { return random_() % of; }

  // ---------------------------------------------------------------- the world

  absl::StatusOr<HttpResponse> answer(const HttpRequest& request) {
    HttpResponse response;
    response.final_url = request.url;
    response.status = 200;
    if (failing_ > 0 && chance(100) < failing_) {
      ++counts_.failed_answers;
      if (chance(3) == 0) return absl::UnavailableError("the connection was reset");
      if (chance(2) == 0) return absl::DeadlineExceededError("no answer");
      // No 403: twice refused where another post can be read is a proof that one is gone, and a server that
      // says so of one that stands is none of the faults meant here.
      constexpr int kStatuses[] = {500, 502, 503, 429};
      response.status = kStatuses[chance(4)];
      if (response.status == 429 && chance(2) == 0) response.headers.push_back({"Retry-After", "90"});
      return response;
    }
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      std::string_view rest = request.url;
      if (!consume_prefix(&rest, accounts_[i].url())) continue;
      return fill(sites_[i], rest, std::move(response));
    }
    response.status = 404;
    return response;
  }

  static HttpResponse fill(const Site& site, std::string_view rest, HttpResponse response) {
    if (consume_prefix(&rest, "/picture/")) {
      response.body = str_cat("no picture at all, but bytes: ", rest);
      return response;
    }
    if (consume_prefix(&rest, "/post/")) {
      const auto post = std::ranges::find_if(site.posts, [&](const Post& one) { return one.id == rest; });
      if (post == site.posts.end() || post->gone) {
        response.status = 404;
      } else {
        response.body = line_of(*post);
      }
      return response;
    }
    consume_prefix(&rest, "?at=");
    const std::uint64_t from = parse_number<std::uint64_t>(rest).value_or(0);
    const std::uint64_t until = std::min<std::uint64_t>(site.posts.size(), from + kPostsAPage);
    for (std::uint64_t i = from; i < until; ++i) {
      if (!site.posts[i].gone) str_append(&response.body, line_of(site.posts[i]), "\n");
    }
    str_append(&response.body, "next ", std::max(from, until));
    if (until < site.posts.size()) response.body += "\nmore";
    return response;
  }

  static std::string line_of(const Post& post) {
    if (post.bad) return str_cat("bad ", post.id);
    std::string out = str_cat("post ", post.id, " ", post.texts.back());
    if (post.with_picture)
      str_append(&out, "\npicture https://", post.id.substr(0, 5), ".example/picture/", post.id, " ",
                 post.id);
    return out;
  }

  void post() {
    const std::size_t i = chance(sites_.size());
    Site& site = sites_[i];
    Post made;
    made.id = str_cat("town", i, "p", site.posts.size());
    made.texts.push_back(str_cat("Council of town ", i, " has decided matter ", chance(1000), " in sitting ",
                                 site.posts.size(), "."));
    made.bad = chance(25) == 0;
    made.with_picture = chance(3) == 0;
    if (made.bad) ++bad_;
    site.posts.push_back(std::move(made));
    ++counts_.posts;
  }

  void edit_or_delete() {
    Site& site = sites_[chance(sites_.size())];
    if (site.posts.empty()) return;
    Post& post = site.posts[chance(site.posts.size())];
    if (post.gone || post.bad) return;
    if (chance(3) == 0) {
      post.gone = true;
      ++counts_.deletions;
    } else {
      post.texts.push_back(str_cat(post.texts.back(), " Corrected ", post.texts.size(), "."));
      ++counts_.edits;
    }
  }

  // ---------------------------------------------------------------- the house

  void start() {
    store_ = *open_store(&key_value_, folder_.path(), OpenMode::kReadWrite);
    EmbeddedBusOptions bus;
    bus.max_unread_bytes = 4096;  // so that back-pressure is met
    bus_ = *make_embedded_bus(&key_value_, bus);
    pipeline_ = std::make_unique<Pipeline>(officials_, Rules::defaults());
    processing_ = std::make_unique<Processing>(
        ProcessingDependencies{bus_.get(), store_.get(), &media_, pipeline_.get(), &clock_, nullptr}, 1);
    const absl::Status restored = processing_->restore();
    ASSERT_TRUE(restored.ok()) << restored;
    PollerOptions options;
    options.seed = 1 + random_();
    PollerDependencies d{nullptr, fetcher_.get(), bus_.get(), store_.get(), &media_, &clock_};
    d.find = [this](std::string_view platform) { return platform == "words" ? &collector_ : nullptr; };
    poller_ = Poller::make(d, options, accounts_);
  }

  // kill -9 and a power cut: of what was not synced a part.
  void stop_and_start() {
    ++counts_.stops;
    poller_.reset();
    fetcher_ = std::make_unique<FakeFetcher>([this](const HttpRequest& r) { return answer(r); });
    processing_.reset();
    pipeline_.reset();
    bus_.reset();
    store_.reset();
    key_value_.crash(chance(key_value_.unsynced() + 1));
    key_value_.fail_writes(absl::OkStatus());
    disk_full_ = false;
    start();
  }

  // An error ends the service; whoever watches it starts it again.
  void survive(const absl::Status& status) {
    if (status.ok() || absl::IsResourceExhausted(status)) return;
    ASSERT_TRUE(disk_full_) << status;
    ++counts_.refused_writes;
    stop_and_start();
  }

  void act() {
    Action action;
    action.set_verb("claim");
    action.set_id(str_cat("action ", counts_.actions));
    const auto batch = store_->batch();
    ASSERT_TRUE(store_->stage_action(*batch, action).ok());
    if (!store_->write(*batch, Durability::kSynced).ok()) return;  // the editor is told so
    acknowledged_.push_back(action.id());
    ++counts_.actions;
  }

  void step() {
    switch (chance(20)) {
      case 0:
      case 1:
      case 2:
        post();
        break;
      case 3:
        edit_or_delete();
        break;
      case 4:
        act();
        break;
      case 5:
        clock_.advance(absl::Minutes(1 + static_cast<std::int64_t>(chance(300))));
        break;
      case 6:
        failing_ = chance(3) == 0 ? 0 : chance(90);
        break;
      case 7:
        jump();
        break;
      case 8:
        if (chance(3) == 0) stop_and_start();
        break;
      case 9:
        disk_full_ = chance(4) == 0;
        key_value_.fail_writes(disk_full_ ? absl::UnavailableError("no space left on device")
                                          : absl::OkStatus());
        break;
      case 10:
      case 11:
      case 12:
      case 13:
        survive(processing_->turn(absl::ZeroDuration()).status());
        break;
      default:
        clock_.advance(absl::Seconds(static_cast<std::int64_t>(chance(120))));
        survive(poller_->turn(absl::ZeroDuration()));
    }
  }

  void jump() {
    constexpr absl::Duration kYear = absl::Hours(365 * 24);
    const absl::Duration jumps[] = {absl::Hours(1), -absl::Hours(1), kYear, -kYear};
    if (chance(4) != 0) return;
    clock_.advance(jumps[chance(4)]);
    ++counts_.jumps;
  }

  // ---------------------------------------------------------------- the end

  void heal() {
    failing_ = 0;
    disk_full_ = false;
    key_value_.fail_writes(absl::OkStatus());
    // Nobody waits longer than six hours between two questions, or a day after the worst failures.
    for (int hour = 0; hour < 60; ++hour) {
      clock_.advance(absl::Hours(1));
      for (int i = 0; i < 12; ++i) {
        ASSERT_TRUE(survived(poller_->turn(absl::ZeroDuration())));
        ASSERT_TRUE(survived(processing_->turn(absl::ZeroDuration()).status()));
      }
    }
    for (int i = 0; i < 1000 && bus_->lag("process") > 0; ++i)
      ASSERT_TRUE(survived(processing_->turn(absl::ZeroDuration()).status()));
    EXPECT_EQ(bus_->lag("process"), 0U);
  }
  static ::testing::AssertionResult survived(const absl::Status& status) {
    if (status.ok() || absl::IsResourceExhausted(status)) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << status;
  }

  void compare() {
    std::size_t expected = 0;
    for (const Site& site : sites_) {
      for (const Post& post : site.posts) {
        if (post.bad) continue;
        const auto item = store_->item(str_cat("words:", post.id));
        // One that was taken back before anybody asked was never seen.
        if (!item.ok() && post.gone) continue;
        ++expected;
        ASSERT_TRUE(item.ok()) << post.id << " is lost: " << item.status();
        look_at(post, *item);
      }
    }
    std::size_t stored = 0;
    EXPECT_TRUE(store_->each_item([&](const Item&) { return ++stored, true; }).ok());
    EXPECT_EQ(stored, expected) << "what nobody posted is stored";
    const Counters counters = store_->counters();
    EXPECT_EQ(counters.collected(), counters.stored() + counters.dead_lettered());
    EXPECT_EQ(dead_letters(), bad_) << "each post that could not be read is a dead letter, once";
    compare_stories();
    compare_actions();
    const auto verified = verify_store(key_value_, media_, folder_.path());
    ASSERT_TRUE(verified.ok()) << verified.status();
    EXPECT_EQ(verified->problem_count, 0U) << (verified->problems.empty() ? "" : verified->problems[0]);
  }

  void look_at(const Post& post, const Item& item) {
    const auto versions = store_->versions(item.id());
    ASSERT_TRUE(versions.ok()) << versions.status();
    std::ptrdiff_t last = -1;
    for (const Item& version : *versions) {
      const auto text = std::ranges::find(post.texts, version.text());
      ASSERT_NE(text, post.texts.end()) << post.id << " never said: " << version.text();
      EXPECT_GE(text - post.texts.begin(), last) << post.id << ": an older text came after a newer one";
      last = text - post.texts.begin();
    }
    if (last > 0) ++counts_.edits_stored;
    if (item.state() == GONE) ++counts_.deletions_stored;
    EXPECT_EQ(versions->size(), item.version()) << "every version of " << post.id << " is there";
    EXPECT_TRUE(post.gone || item.state() != GONE) << post.id << " stands and is told as gone";
  }

  std::uint64_t dead_letters() const {
    const auto letters = store_->dead_letters(100'000);
    return letters.ok() ? letters->size() : 0;
  }

  // Made anew from what was kept, all posts are there with the same versions and words. In which order
  // pictures came, and when the house was stopped, is not kept; what rests on that may differ once, and never
  // again.
  void rebuild_and_compare() {
    MemoryKeyValue once, twice;
    const auto find = [this](std::string_view platform) {
      return platform == "words" ? &collector_ : nullptr;
    };
    const Rebuilding with{&officials_, &media_, &clock_, find, accounts_};
    expect_rebuilt(key_value_, &once, with);
    expect_rebuilt(once, &twice, with);
    if (::testing::Test::HasFailure()) return;
    for (const Space space : {Space::kItems, Space::kVersions, Space::kDeadLetters})
      EXPECT_EQ(as_collected(key_value_, space), as_collected(once, space));
    const auto differences = compare_stores(once, twice);
    ASSERT_TRUE(differences.ok()) << differences.status();
    for (const SpaceDifference& found : *differences) {
      EXPECT_TRUE(found.is_none()) << found.what << " differ in " << found.changed << ", "
                                   << found.only_before << " are missing, " << found.only_after << " new; "
                                   << (found.examples.empty() ? "" : found.examples[0]);
    }
  }

  void compare_stories() {
    std::map<std::string, int> listed;
    const auto stories = store_->stories(100'000);
    ASSERT_TRUE(stories.ok());
    for (const Story& story : *stories) {
      for (const std::string& id : story.item_ids()) ++listed[id];
    }
    for (const auto& [id, times] : listed) EXPECT_EQ(times, 1) << id << " is in " << times << " stories";
    EXPECT_TRUE(store_
                    ->each_item([&](const Item& item) {
                      EXPECT_TRUE(item.state() == GONE || listed.contains(item.id()))
                          << item.id() << " is in no story";
                      return true;
                    })
                    .ok());
  }

  void compare_actions() {
    std::vector<std::string> kept;
    EXPECT_TRUE(
        store_->each_action([&](const Action& action) { return kept.push_back(action.id()), true; }).ok());
    EXPECT_EQ(kept, acknowledged_) << "each action that was acknowledged, in order, once";
  }

  std::mt19937_64 random_;
  TemporaryFolder folder_;
  ManualClock clock_{absl::FromCivil(absl::CivilSecond(2026, 3, 2, 8, 0, 0), absl::UTCTimeZone())};
  MemoryKeyValue key_value_;
  MemoryMedia media_;
  WordsCollector collector_;
  Officials officials_;
  std::vector<Site> sites_;
  std::vector<Account> accounts_;
  std::unique_ptr<FakeFetcher> fetcher_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<Processing> processing_;
  std::unique_ptr<Poller> poller_;
  std::vector<std::string> acknowledged_;
  std::uint64_t failing_ = 0;  // of a hundred answers
  std::uint64_t bad_ = 0;
  bool disk_full_ = false;
  Counts counts_;
};

}  // namespace copytaster::testing
