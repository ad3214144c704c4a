// The processing with an eraser beside it, on one thread, for the tests of what is erased.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/eraser.h"
#include "app/erasure_requests.h"
#include "core/chain.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "tests/app/processing_support.h"

namespace copytaster::testing {

// The media store as the eraser sees it: one over a network, which may be away. What is asked while it is
// away changes nothing.
class FarEraserMedia final : public MediaStore {
 public:
  explicit FarEraserMedia(MediaStore* media) : media_(media) {}
  void be_away(absl::Status why) { why_ = std::move(why); }
  void be_here() { why_ = absl::OkStatus(); }
  [[nodiscard]] int refused() const { return refused_; }  // erasures
  void before_erasing(std::function<void(std::string_view)> look) { before_ = std::move(look); }
  void after_erasing(std::function<void(std::string_view)> look) { after_ = std::move(look); }

  absl::StatusOr<std::string> put(std::string_view bytes) override { return media_->put(bytes); }
  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view sha256) const override {
    return media_->get(sha256);
  }
  [[nodiscard]] bool has(std::string_view sha256) const override { return why_.ok() && media_->has(sha256); }
  absl::Status erase(std::string_view sha256) override {
    if (!why_.ok()) return ++refused_, why_;
    if (before_) before_(sha256);
    const absl::Status erased = media_->erase(sha256);
    if (after_) after_(sha256);
    return erased;
  }

 private:
  MediaStore* media_;
  absl::Status why_;
  int refused_ = 0;
  std::function<void(std::string_view)> before_, after_;
};

class ErasingFixture : public ::testing::Test {
 protected:
  void SetUp() override { start(); }
  // What a restart does: everything in memory is new.
  void start() {
    processing_.reset();
    eraser_.reset();
    bus_.reset();
    store_ = *open_store(&database_, folder_.path(), OpenMode::kReadWrite);
    bus_ = *make_embedded_bus(&database_, bus_options_);
    pipeline_ = std::make_unique<Pipeline>(officials_, Rules::defaults());
    holds_ = std::make_unique<LegalHolds>();
    ASSERT_TRUE(holds_->load(*store_).ok());
    EraserDependencies d{&database_, store_.get(), bus_.get(), &far_, &clock_};
    d.pause_when_away = pause_when_away_;
    d.retention = &retention_;
    d.holds = holds_.get();
    d.holds_words = words_in_body;
    eraser_ = std::make_unique<Eraser>(d);
    ASSERT_TRUE(eraser_->restore().ok());
    processing_ = std::make_unique<Processing>(ProcessingDependencies{bus_.get(),
                                                                      store_.get(),
                                                                      &media_,
                                                                      pipeline_.get(),
                                                                      &clock_,
                                                                      nullptr,
                                                                      eraser_.get(),
                                                                      {&retention_, holds_.get()},
                                                                      log_},
                                               2);
    ASSERT_TRUE(processing_->restore().ok());
  }
  static bool words_in_body(const Capture& capture, const StringSet& ids) {
    for (const std::string& id : ids) {
      if (capture.body().find(id) != std::string::npos) return true;
    }
    return false;
  }
  void hold(const std::string& subject) {
    ASSERT_TRUE(keep_hold({subject, "a court has asked", "Olga"}, true, store_.get(), holds_.get(),
                          officials_, clock_.now())
                    .ok());
  }
  void turn() {
    const auto done = processing_->turn(absl::ZeroDuration());
    ASSERT_TRUE(done.ok()) << done.status();
  }
  // One step of the eraser, and of the processing what it has waiting.
  bool step() {
    const auto worked = eraser_->step();
    EXPECT_TRUE(worked.ok()) << worked.status();
    bool turned = false;
    while (bus_->lag("process") > 0) {
      turn();
      turned = true;
    }
    return (worked.ok() && *worked) || turned;
  }
  void settle() {
    while (step()) {
    }
  }

  // As they do for a service that runs: it looks every hour, here every day.
  void days_pass(int days) {
    for (int day = 0; day < days; ++day) {
      clock_.advance(absl::Hours(24));
      settle();
    }
  }

  static std::string id(const std::string& account, int number) {
    return str_cat("feed:", account, "/", number);
  }
  // A post as a page of the account brought it; the page's body names the posts that it shows.
  static Item post(const std::string& account, int number, std::string_view text) {
    Item item;
    item.set_platform("feed");
    item.set_native_id(str_cat(account, "/", number));
    item.set_id(id(account, number));
    item.set_account_id("feed:" + account);
    item.set_official_id(account);
    item.set_text(std::string(text));
    set_timestamp(item.mutable_created_at(), absl::FromUnixSeconds(1'650'000'000 + 60 * number));
    set_timestamp(item.mutable_collected_at(), absl::FromUnixSeconds(1'650'000'000 + 60 * number));
    item.set_content_hash(content_hash(item));
    return item;
  }
  // Posts of one answer, as the poller hands them on: capture, counters and parcel in one write.
  std::string bring(std::vector<Item> items, std::string_view also_shows = "") {
    Capture capture;
    capture.set_account_id(items.front().account_id());
    std::string body(also_shows);
    for (const Item& item : items) str_append(&body, "\n", item.id(), " ", item.text());
    capture.set_sha256(sha256_hex(body));
    capture.set_body(std::move(body));
    set_timestamp(capture.mutable_fetched_at(), clock_.now());
    auto batch = store_->batch();
    EXPECT_TRUE(store_->stage_capture(*batch, capture).ok());
    Counters counters;
    counters.set_collected(items.size());
    counters.set_captures(1);
    EXPECT_TRUE(store_->stage_counters(*batch, counters).ok());
    Parcel parcel;
    parcel.set_capture_sha256(capture.sha256());
    parcel.set_account_id(capture.account_id());
    for (Item& item : items) {
      item.set_capture_sha256(capture.sha256());
      *parcel.add_items() = std::move(item);
    }
    EXPECT_TRUE(bus_->append({&parcel, 1}, batch.get(), absl::ZeroDuration()).ok());
    turn();
    return capture.sha256();
  }
  void say_gone(const std::string& item_id, ItemState state) {
    Parcel parcel;
    Deletion& deletion = *parcel.add_deletions();
    deletion.set_item_id(item_id);
    deletion.set_state(state);
    deletion.set_proof(state == GONE ? "HTTP 404 on the post itself" : "a page that asks for a login");
    set_timestamp(deletion.mutable_seen_at(), clock_.now());
    EXPECT_TRUE(bus_->append({&parcel, 1}, nullptr, absl::ZeroDuration()).ok());
    turn();
  }
  absl::StatusOr<Erasure> ask(const std::string& subject) {
    clock_.advance(absl::Seconds(1));
    CT_ASSIGN_OR_RETURN(const EraseRequest request,
                        check_erase({subject, "the person asked for it", "Mira"}, database_, *store_,
                                    officials_, *holds_, clock_.now(), words_in_body));
    return keep_erasure(request, store_.get(), bus_.get());
  }
  Erasure erase(const std::string& subject) {
    const auto begun = ask(subject);
    EXPECT_TRUE(begun.ok()) << begun.status();
    settle();
    return begun.ok() ? receipt(begun->id()) : Erasure();
  }
  Erasure receipt(const std::string& receipt_id) {
    const std::vector<Erasure> all = *store_->erasures(1000);
    for (const Erasure& one : all) {
      if (one.id() == receipt_id) return one;
    }
    ADD_FAILURE() << "no receipt " << receipt_id;
    return {};
  }
  // Every record of the database whose bytes hold this.
  std::vector<std::string> records_with(std::string_view what) {
    std::vector<std::string> found;
    for (int space = 0; space < static_cast<int>(Space::kCount); ++space) {
      EXPECT_TRUE(database_
                      .scan(static_cast<Space>(space), "", "",
                            [&](std::string_view key, std::string_view value) {
                              if (value.find(what) != std::string_view::npos)
                                found.push_back(str_cat("space ", space, ": ", key));
                              return true;
                            })
                      .ok());
    }
    return found;
  }
  void expect_counted() {
    const Counters counters = store_->counters();
    EXPECT_EQ(counters.collected(), counters.stored() + counters.dead_lettered());
  }

  TemporaryFolder folder_;
  MemoryKeyValue database_;
  MemoryMedia media_;
  FarEraserMedia far_{&media_};
  absl::Duration pause_when_away_ = absl::Seconds(1);
  EmbeddedBusOptions bus_options_;
  KeyValue* log_ = nullptr;  // with it what cannot be taken in is looked for part by part
  Officials officials_;
  Retention retention_;
  ManualClock clock_{absl::FromUnixSeconds(1'650'010'000)};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<LegalHolds> holds_;
  std::unique_ptr<Eraser> eraser_;
  std::unique_ptr<Processing> processing_;
};

}  // namespace copytaster::testing
