// What was acknowledged and waits at the end of the log when a store is made anew: none of it is lost, and
// none is done twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "app/eraser.h"
#include "app/erasure_requests.h"
#include "core/bytes.h"
#include "processors/picture_facts.h"
#include "tests/app/lines_collector.h"
#include "tests/app/rebuilding.h"

namespace copytaster {
namespace {

using ::testing::SizeIs;

// Pictures are looked at beside the processing, by nobody: the processing gets ahead of them.
class RebuildTail : public testing::LinesFixture {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(start_pictures("test").ok()); }
  RebuildTail() { bus_options_.consumers = {"process", "pictures"}; }
  PictureWork* pictures() override {
    looking_ = std::make_unique<PictureWork>(bus_.get(), &media_, 1);
    return looking_.get();
  }
  void collect(const std::string& body) {
    LinesFixture::collect(body);
    clock_.advance(absl::Minutes(7));
  }
  Item bring_in(const std::string& text, const std::string& note = "") {
    const std::string picture_url = str_cat("https://files.example/", sha256_hex(text), ".jpg");
    Item item = LinesFixture::bring_in(text, note, picture_url);
    clock_.advance(absl::Minutes(7));
    return item;
  }
  // As the poller hands on a picture that it has kept; the name of its bytes.
  std::string keep_picture(const Item& item, const std::string& bytes) {
    Parcel parcel;
    PictureResult& result = *parcel.add_pictures();
    result.set_item_id(item.id());
    result.set_url(item.media(0).url());
    result.mutable_media()->set_state(KEPT);
    result.mutable_media()->set_sha256(*media_.put(bytes));
    append(parcel);
    return result.media().sha256();
  }
  void process() {
    while (bus_->lag("process") > 0) ASSERT_TRUE(turn().ok());
  }
  // As if none of the log had been processed.
  void forget_position() {
    const auto batch = database_.batch();
    batch->put(Space::kPositions, "process", big_endian(std::uint64_t{0}));
    ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  }
  void lose_capture(const std::string& sha256) {
    const auto batch = database_.batch();
    batch->erase(Space::kCaptures, sha256);
    ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  }
  absl::StatusOr<Erasure> accept_erasure(const std::string& subject) {
    return keep_erasure({subject, "the person asked for it", "Mira", {}, clock_.now()}, store_.get(),
                        bus_.get());
  }

  absl::StatusOr<ReplayCounts> rebuild_now() {
    const auto find = [&](std::string_view name) { return name == "lines" ? &collector_ : nullptr; };
    auto counts = testing::rebuild_into(database_, &made_, {&officials_, &media_, &clock_, find, {account_}});
    made_store_ = *open_store(&made_, made_folder_.path(), OpenMode::kReadWrite);
    return counts;
  }
  // The first start of a service with the new store, until nothing is left to do.
  void start_with_made() {
    const auto bus = *make_embedded_bus(&made_, {});
    Pipeline pipeline(officials_, Rules::defaults());
    Eraser eraser(EraserDependencies{&made_, made_store_.get(), bus.get(), &media_, &clock_});
    ASSERT_TRUE(eraser.restore().ok());
    Processing processing({bus.get(), made_store_.get(), &media_, &pipeline, &clock_, nullptr, &eraser}, 2);
    ASSERT_TRUE(processing.restore().ok());
    for (bool more = true; more;) {
      const auto worked = eraser.step();
      ASSERT_TRUE(worked.ok()) << worked.status();
      more = *worked;
      for (; bus->lag("process") > 0; more = true) ASSERT_TRUE(processing.turn(absl::ZeroDuration()).ok());
    }
  }
  void expect_balance(std::uint64_t collected) {
    const Counters counters = made_store_->counters();
    EXPECT_EQ(counters.collected(), collected);
    EXPECT_EQ(counters.collected(), counters.stored() + counters.dead_lettered());
  }

  std::unique_ptr<PictureWork> looking_;
  testing::MemoryKeyValue made_;
  TemporaryFolder made_folder_;
  std::unique_ptr<Store> made_store_;
};

TEST_F(RebuildTail, APictureThatNobodyHadLookedAtIsKept) {
  collect("1 The bridge opens on Friday.");
  ASSERT_TRUE(bus_->commit("pictures", bus_->position("process"), nullptr).ok());
  const Item item = bring_in("The council meets on Monday.");
  const std::string sha256 = keep_picture(item, "bytes of a picture");
  process();
  ASSERT_EQ(store_->item(item.id())->media(0).state(), WANTED) << "only the bytes are there";
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  const auto made = made_store_->item(item.id());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->media(0).state(), KEPT);
  EXPECT_EQ(made->media(0).sha256(), sha256);
  EXPECT_EQ(made->version(), 1U);
  expect_balance(2);
  EXPECT_EQ((*make_embedded_bus(&made_, bus_options_))->lag("pictures"), 0U);
}

TEST_F(RebuildTail, APictureOfAPostThatNoCaptureGivesIsKeptToo) {
  const Item item = bring_in("The council meets on Monday.");
  keep_picture(item, "bytes of a picture");
  const std::string newer = keep_picture(item, "other bytes of it");
  process();
  lose_capture(item.capture_sha256());
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  ASSERT_EQ(counts->missing, 1U);
  const auto made = made_store_->item(item.id());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->media(0).state(), KEPT);
  EXPECT_EQ(made->media(0).sha256(), newer) << "of two the later one";
}

TEST_F(RebuildTail, OfARecordWhosePicturesWaitNothingElseIsTakenAgain) {
  collect("1 The bridge opens on Friday.");
  collect("1 The bridge opens on Saturday.");
  ASSERT_EQ(store_->item("lines:1")->version(), 2U);
  ASSERT_TRUE(rebuild_now().ok());
  const auto versions = made_store_->versions("lines:1");
  ASSERT_TRUE(versions.ok()) << versions.status();
  ASSERT_THAT(*versions, SizeIs(2));
  EXPECT_EQ(versions->back().text(), "The bridge opens on Saturday.");
  expect_balance(2);
}

TEST_F(RebuildTail, EditsThatWaitInTheLogAreNoMoreVersionsThanTheyAre) {
  collect("1 The bridge opens on Friday.");
  collect("1 The bridge opens on Saturday.");
  forget_position();
  ASSERT_TRUE(rebuild_now().ok());
  const auto versions = made_store_->versions("lines:1");
  ASSERT_TRUE(versions.ok()) << versions.status();
  ASSERT_THAT(*versions, SizeIs(2));
  EXPECT_EQ(versions->front().text(), "The bridge opens on Friday.");
  EXPECT_EQ(versions->back().text(), "The bridge opens on Saturday.");
  expect_balance(2);
}

TEST_F(RebuildTail, APostThatTheLogTakesBackAndServesAgainIsThere) {
  collect("1 The bridge opens on Friday.");
  Parcel parcel;
  Deletion& deletion = *parcel.add_deletions();
  deletion.set_item_id("lines:1");
  deletion.set_state(GONE);
  deletion.set_proof("HTTP 404 on the post itself");
  set_timestamp(deletion.mutable_seen_at(), clock_.now());
  append(parcel);
  process();
  ASSERT_EQ(store_->item("lines:1")->state(), GONE);
  collect("1 The bridge opens on Friday.\n2 The market moves.");
  forget_position();
  ASSERT_TRUE(rebuild_now().ok());
  EXPECT_EQ(made_store_->item("lines:1")->state(), LIVE);
  EXPECT_EQ(made_store_->item("lines:1")->version(), 1U);
  EXPECT_TRUE(made_store_->item("lines:2").ok());
}

TEST_F(RebuildTail, ACorrectionByHandThatWaitsInTheLogIsTaken) {
  const Item item = bring_in("The council meets on Monday.");
  process();
  (void)bring_in("The council meets on Monday.", "told by phone");
  ASSERT_TRUE(rebuild_now().ok());
  const auto made = made_store_->item(item.id());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->version(), 2U);
  EXPECT_EQ(made->intake().note(), "told by phone");
  expect_balance(2);
}

TEST_F(RebuildTail, AnAcceptedErasureOfAnAccountIsDoneByTheNewStoresService) {
  collect("1 The bridge opens on Friday.\n2 The market moves.");
  const std::string page = store_->item("lines:1")->capture_sha256();
  const auto accepted = accept_erasure("account:lines:mayor");
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->erasures, 1U);
  const auto begun = made_store_->erasures(10);
  ASSERT_TRUE(begun.ok()) << begun.status();
  ASSERT_THAT(*begun, SizeIs(1));
  EXPECT_EQ(begun->front().id(), accepted->id());
  EXPECT_FALSE(begun->front().has_files_at());
  EXPECT_TRUE(made_store_->tombstone("account:lines:mayor").ok());
  start_with_made();
  EXPECT_TRUE(absl::IsNotFound(made_store_->item("lines:1").status()));
  EXPECT_TRUE(absl::IsNotFound(made_store_->item("lines:2").status()));
  EXPECT_TRUE(absl::IsNotFound(made_store_->capture(page).status()));
  const auto done = made_store_->erasures(10);
  ASSERT_TRUE(done.ok()) << done.status();
  ASSERT_THAT(*done, SizeIs(1));
  EXPECT_EQ(done->front().items(), 2U);
  expect_balance(2);
  LegalHolds holds;
  ASSERT_TRUE(holds.load(*made_store_).ok());
  const absl::Status held = keep_hold({"account:lines:mayor", "a court has asked", "Olga"}, true,
                                      made_store_.get(), &holds, officials_, clock_.now());
  EXPECT_TRUE(held.ok()) << held;
}

TEST_F(RebuildTail, AnAcceptedErasureOfAPostTakesItAndNoOther) {
  collect("1 The bridge opens on Friday.");
  collect("1 The bridge opens on Saturday.\n2 The market moves.");
  const auto accepted = accept_erasure("item:lines:1");
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  ASSERT_TRUE(rebuild_now().ok());
  EXPECT_TRUE(absl::IsNotFound(made_store_->item("lines:1").status()));
  EXPECT_TRUE(made_store_->tombstone("item:lines:1").ok());
  EXPECT_TRUE(made_store_->item("lines:2").ok());
  const auto receipts = made_store_->erasures(10);
  ASSERT_TRUE(receipts.ok()) << receipts.status();
  ASSERT_THAT(*receipts, SizeIs(1));
  EXPECT_EQ(receipts->front().id(), accepted->id());
  EXPECT_EQ(receipts->front().items(), 1U);
  EXPECT_EQ(receipts->front().versions(), 2U);
  start_with_made();
  EXPECT_TRUE(absl::IsNotFound(made_store_->item("lines:1").status()));
  EXPECT_TRUE(made_store_->item("lines:2").ok());
  expect_balance(3);
}

TEST_F(RebuildTail, AnErasureThatHadBegunIsNotBegunAgain) {
  collect("1 The bridge opens on Friday.\n2 The market moves.");
  const auto accepted = accept_erasure("item:lines:1");
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  process();
  const auto before = store_->erasures(10);
  ASSERT_TRUE(before.ok()) << before.status();
  ASSERT_THAT(*before, SizeIs(1));
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->erasures, 0U);
  const auto after = made_store_->erasures(10);
  ASSERT_TRUE(after.ok()) << after.status();
  ASSERT_THAT(*after, SizeIs(1));
  EXPECT_EQ(after->front().SerializeAsString(), before->front().SerializeAsString());
}

}  // namespace
}  // namespace copytaster
