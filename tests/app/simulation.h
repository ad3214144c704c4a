// The whole house on one thread with everything that can go wrong injected: clock, network, disk and stops.
// One seed is one history; the same seed is the same history, so that a failing one can be looked at again.
//
// Accounts post, edit and take back; the real poller, bus, processing and store work on a database in memory
// that loses what was not synced. In the end all is healed, time passes, and what is stored is laid beside
// what was posted.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/processing.h"
#include "app/verify.h"
#include "bus/embedded_bus.h"
#include "collectors/poller.h"
#include "core/strings.h"
#include "storage/open.h"
#include "tests/app/simulated_outcome.h"
#include "tests/app/simulated_towns.h"
#include "tests/support/temporary_folder.h"

namespace copytaster::testing {

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed) : chance_(seed), towns_(&chance_, 1 + chance_(3)) {
    key_value_.lose_unsynced();
    connect();
    start();
  }

  // A history of so many steps, then healing, then the comparison.
  void play(int steps, bool rebuild = true) {
    for (int i = 0; i < steps && !::testing::Test::HasFailure(); ++i) step();
    heal();
    compare();
    if (::testing::Test::HasFailure() || !rebuild) return;
    expect_rebuilt_twice_the_same(key_value_,
                                  {&officials_, &media_, &clock_, find_collector(), towns_.accounts()});
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
    Met met;
    int actions = 0, stops = 0, refused_writes = 0, jumps = 0;
    Counts& operator+=(const Counts& more) {
      met.edits += more.met.edits;
      met.deletions += more.met.deletions;
      actions += more.actions;
      stops += more.stops;
      refused_writes += more.refused_writes;
      jumps += more.jumps;
      return *this;
    }
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] const SimulatedTowns::Counts& posted() const { return towns_.counts(); }

 private:
  std::function<const Collector*(std::string_view)> find_collector() {
    return [this](std::string_view platform) { return platform == "words" ? &collector_ : nullptr; };
  }

  void connect() {
    fetcher_ = std::make_unique<FakeFetcher>([this](const HttpRequest& r) { return towns_.answer(r); });
  }

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
    options.seed = 1 + chance_.any();
    PollerDependencies d{nullptr, fetcher_.get(), bus_.get(), store_.get(), &media_, &clock_};
    d.find = find_collector();
    poller_ = Poller::make(d, options, towns_.accounts());
  }

  // kill -9 and a power cut: of what was not synced a part.
  void stop_and_start() {
    ++counts_.stops;
    poller_.reset();
    connect();
    processing_.reset();
    pipeline_.reset();
    bus_.reset();
    store_.reset();
    key_value_.crash(chance_(key_value_.unsynced() + 1));
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
    switch (chance_(20)) {
      case 0:
      case 1:
      case 2:
        towns_.post();
        break;
      case 3:
        towns_.edit_or_delete();
        break;
      case 4:
        act();
        break;
      case 5:
        clock_.advance(absl::Minutes(1 + static_cast<std::int64_t>(chance_(300))));
        break;
      case 6:
        towns_.fail(chance_(3) == 0 ? 0 : chance_(90));
        break;
      case 7:
        jump();
        break;
      case 8:
        if (chance_(3) == 0) stop_and_start();
        break;
      case 9:
        disk_full_ = chance_(4) == 0;
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
        clock_.advance(absl::Seconds(static_cast<std::int64_t>(chance_(120))));
        survive(poller_->turn(absl::ZeroDuration()));
    }
  }

  void jump() {
    constexpr absl::Duration kYear = absl::Hours(365 * 24);
    const absl::Duration jumps[] = {absl::Hours(1), -absl::Hours(1), kYear, -kYear};
    if (chance_(4) != 0) return;
    clock_.advance(jumps[chance_(4)]);
    ++counts_.jumps;
  }

  void heal() {
    towns_.fail(0);
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
    expect_as_posted(*store_, towns_, &counts_.met);
    expect_each_in_one_story(*store_);
    expect_actions(*store_, acknowledged_);
    const auto verified = verify_store(key_value_, media_, folder_.path());
    ASSERT_TRUE(verified.ok()) << verified.status();
    EXPECT_EQ(verified->problem_count, 0U) << (verified->problems.empty() ? "" : verified->problems[0]);
  }

  Chance chance_;
  SimulatedTowns towns_;
  TemporaryFolder folder_;
  ManualClock clock_{absl::FromCivil(absl::CivilSecond(2026, 3, 2, 8, 0, 0), absl::UTCTimeZone())};
  MemoryKeyValue key_value_;
  MemoryMedia media_;
  WordsCollector collector_;
  Officials officials_;
  std::unique_ptr<FakeFetcher> fetcher_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<Processing> processing_;
  std::unique_ptr<Poller> poller_;
  std::vector<std::string> acknowledged_;
  bool disk_full_ = false;
  Counts counts_;
};

}  // namespace copytaster::testing
