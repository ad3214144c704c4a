// Pictures beside the stream: their facts come into the items, once, over stops and a full log.
#include "app/picture_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "core/item.h"
#include "core/time.h"
#include "processing_support.h"
#include "processors/picture_facts.h"

namespace copytaster {
namespace {

std::string grey_picture(int shade) {
  std::string bytes = "P5\n64 48\n255\n";
  for (int i = 0; i < 64 * 48; ++i) bytes.push_back(static_cast<char>((i * 7 + shade) % 251));
  return bytes;
}

Item post_with_picture(const std::string& native_id) {
  Item item;
  item.set_platform("mastodon");
  item.set_native_id(native_id);
  item.set_id(item_id("mastodon", native_id));
  item.set_account_id("mastodon:mayor");
  item.set_text("The new tram line to the harbour opens in May, says the mayor. " + native_id);
  set_timestamp(item.mutable_created_at(), absl::FromUnixSeconds(1650000000));
  Media* media = item.add_media();
  media->set_kind(PICTURE);
  media->set_url("https://files.example/" + native_id + ".pgm");
  item.set_content_hash(content_hash(item));
  return item;
}

// A store over the network: the next so many questions get no answer.
class FarMedia final : public MediaStore {
 public:
  explicit FarMedia(MediaStore* media) : media_(media) {}
  void be_away(int questions, absl::Status why = absl::UnavailableError("away")) {
    why_ = std::move(why);
    away_ = questions;
  }
  [[nodiscard]] int refused() const { return refused_; }
  absl::StatusOr<std::string> put(std::string_view bytes) override { return media_->put(bytes); }
  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view sha256) const override {
    if (away_.fetch_sub(1) > 0) return ++refused_, why_;
    return media_->get(sha256);
  }
  [[nodiscard]] bool has(std::string_view sha256) const override { return media_->has(sha256); }

 private:
  MediaStore* media_;
  absl::Status why_;
  mutable std::atomic<int> away_ = 0, refused_ = 0;
};

class PictureWorkTest : public testing::ProcessingFixture {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(start_pictures("test").ok()); }
  PictureWorkTest() {
    bus_options_.consumers = {"process", "pictures"};
    bus_options_.max_unread_bytes = 1 << 20;
  }
  void TearDown() override { stop(); }

  PictureWork* pictures() override {
    pictures_ = std::make_unique<PictureWork>(bus_.get(), &far_, 2, reader_.get(), pause_when_away_);
    return pictures_.get();
  }
  void stop() {
    if (bus_ == nullptr) return;
    bus_->close();
    pictures_->stop();
    processing_.reset();
    pictures_.reset();
    bus_.reset();
  }
  void bring(const std::string& native_id) { append({post_with_picture(native_id)}); }
  // As the poller hands on a picture that it has kept.
  PictureResult kept(const std::string& native_id, const std::string& bytes) {
    PictureResult result;
    result.set_item_id("mastodon:" + native_id);
    result.set_url("https://files.example/" + native_id + ".pgm");
    result.mutable_media()->set_state(KEPT);
    result.mutable_media()->set_sha256(*media_.put(bytes));
    return result;
  }
  void fetched(const std::string& native_id, const std::string& bytes) {
    Parcel parcel;
    *parcel.add_pictures() = kept(native_id, bytes);
    append(parcel);
  }
  // Turns until nothing is left; each waits for what comes next.
  void work_off() {
    for (int turn = 0; turn < 200 && !(pictures_->idle() && bus_->lag("process") == 0); ++turn)
      ASSERT_TRUE(processing_->turn(absl::Milliseconds(200)).ok());
    EXPECT_TRUE(pictures_->idle());
    EXPECT_TRUE(pictures_->failure().ok()) << pictures_->failure();
  }
  Media picture_of(const std::string& native_id) { return store_->item("mastodon:" + native_id)->media(0); }

  // From now on words are read by a program that is this script.
  void read_with(const std::string& script) {
    stop();
    TextReaderOptions options;
    options.program = folder_.path() + "/tesseract";
    std::ofstream(options.program) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(options.program, std::filesystem::perms::owner_all);
    reader_ = std::make_unique<TextReader>(options);
    start();
  }

  FarMedia far_{&media_};
  absl::Duration pause_when_away_ = absl::ZeroDuration();
  std::unique_ptr<TextReader> reader_;
  std::unique_ptr<PictureWork> pictures_;
};

TEST_F(PictureWorkTest, PostsDoNotWaitForPictures) {
  bring("1");
  fetched("1", grey_picture(1));
  ASSERT_TRUE(processing_->turn(absl::ZeroDuration()).ok());  // nobody has looked at a picture yet
  EXPECT_TRUE(store_->item("mastodon:1").ok());
  EXPECT_EQ(picture_of("1").width(), 0U);
  EXPECT_EQ(bus_->lag("process"), 0U);
  EXPECT_EQ(bus_->lag("pictures"), 2U) << "what is not looked at is not done";
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
  EXPECT_EQ(picture_of("1").height(), 48U);
  EXPECT_FALSE(picture_of("1").pdq().hash().empty());
  EXPECT_EQ(bus_->lag("pictures"), 0U);
}

TEST_F(PictureWorkTest, AStopBeforeTheFactsAreStoredLooksAgain) {
  bring("1");
  fetched("1", grey_picture(1));
  ASSERT_TRUE(processing_->turn(absl::ZeroDuration()).ok());
  pictures_->start();
  // Looked at, found, handed to nobody: the nudge is on the log.
  ASSERT_FALSE((*bus_->poll("process", 1, absl::Seconds(60))).empty());
  stop();
  start();
  EXPECT_EQ(picture_of("1").width(), 0U);
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
}

TEST_F(PictureWorkTest, AFullLogHoldsNobodyUp) {
  stop();
  bus_options_.max_unread_bytes = 1;
  start();
  Parcel both;
  *both.add_items() = post_with_picture("1");
  *both.add_pictures() = kept("1", grey_picture(1));
  append(both);
  Parcel one_more;
  *one_more.add_items() = post_with_picture("2");
  ASSERT_TRUE(absl::IsResourceExhausted(bus_->append({&one_more, 1}, nullptr, absl::ZeroDuration())))
      << "full";
  ASSERT_TRUE(processing_->turn(absl::ZeroDuration()).ok());
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
  EXPECT_TRUE(bus_->append({&one_more, 1}, nullptr, absl::ZeroDuration()).ok());
}

TEST_F(PictureWorkTest, WhatIsNoPictureSaysSoAndHoldsNothingUp) {
  bring("1");
  bring("2");
  fetched("1", "<html>no picture</html>");
  fetched("2", grey_picture(2));
  pictures_->start();
  work_off();
  EXPECT_FALSE(picture_of("1").problem().empty());
  EXPECT_EQ(picture_of("2").width(), 64U);
}

TEST_F(PictureWorkTest, WordsInAPictureComeWithItsFacts) {
  read_with(R"(cat >/dev/null
for word in The harbour market opens; do printf '5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\t%s\n' "$word"; done)");
  bring("1");
  fetched("1", grey_picture(1));
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
  EXPECT_EQ(picture_of("1").read_text(), "The harbour market opens");
  ASSERT_EQ(picture_of("1").captions_size(), 1);
  EXPECT_EQ(picture_of("1").captions(0).origin(), "ocr");
  // An edit of the post's words takes them with the picture.
  Item edited = post_with_picture("1");
  edited.set_text("The new tram line opens in June.");
  edited.set_content_hash(content_hash(edited));
  append({edited});
  work_off();
  EXPECT_EQ(store_->item("mastodon:1")->text(), "The new tram line opens in June.");
  EXPECT_EQ(picture_of("1").read_text(), "The harbour market opens");
}

TEST_F(PictureWorkTest, WhereNoWordsCanBeReadThePictureGoesItsWay) {
  read_with("exit 1");
  bring("1");
  fetched("1", grey_picture(1));
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
  EXPECT_EQ(picture_of("1").problem(), "");
  EXPECT_EQ(picture_of("1").read_text(), "");
}

// A service that is asked to stop does not wait for posters; what was not stored is looked at again.
TEST_F(PictureWorkTest, AStopEndsTheReadingAndItIsDoneAgain) {
  read_with("echo reading >&2; sleep 1000");
  bring("1");
  fetched("1", grey_picture(1));
  pictures_->start();
  stop();
  reader_.reset();
  start();
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
}

TEST_F(PictureWorkTest, AStoreThatIsAwayMakesNoPictureUnreadable) {
  stop();
  pause_when_away_ = absl::Milliseconds(1);
  start();
  far_.be_away(7);
  for (const char* id : {"1", "2", "3"}) {
    bring(id);
    fetched(id, grey_picture(id[0]));
  }
  pictures_->start();
  work_off();
  for (const char* id : {"1", "2", "3"}) {
    EXPECT_EQ(picture_of(id).problem(), "");
    EXPECT_EQ(picture_of(id).width(), 64U);
  }
  EXPECT_EQ(far_.refused(), 7);
}

TEST_F(PictureWorkTest, WhatAnOperatorMustMendMakesNoneUnreadableEither) {
  stop();
  pause_when_away_ = absl::Milliseconds(1);
  start();
  far_.be_away(3, absl::PermissionDeniedError("the secret key is wrong"));
  bring("1");
  fetched("1", grey_picture(1));
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").problem(), "");
  EXPECT_EQ(picture_of("1").width(), 64U);
  far_.be_away(1, absl::DataLossError("the bytes have changed"));
  bring("2");
  fetched("2", grey_picture(2));
  work_off();
  EXPECT_EQ(picture_of("2").problem(), "the bytes have changed");
}

TEST_F(PictureWorkTest, AStoreThatIsAwayAndAFullLogEndInTime) {
  stop();
  pause_when_away_ = absl::Milliseconds(1);
  bus_options_.max_unread_bytes = 1;
  start();
  far_.be_away(4);
  Parcel both;
  *both.add_items() = post_with_picture("1");
  *both.add_pictures() = kept("1", grey_picture(1));
  append(both);
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
}

TEST_F(PictureWorkTest, AStopWhileTheStoreIsAwayDoesNotWaitForIt) {
  stop();
  pause_when_away_ = absl::Hours(1);
  start();
  far_.be_away(1);
  bring("1");
  fetched("1", grey_picture(1));
  pictures_->start();
  while (far_.refused() == 0) std::this_thread::yield();
  stop();
  start();
  pictures_->start();
  work_off();
  EXPECT_EQ(picture_of("1").width(), 64U);
}

TEST_F(PictureWorkTest, ManyPicturesAreAllTaken) {
  for (int i = 0; i < 400; ++i) bring(std::to_string(i));
  for (int i = 0; i < 400; ++i) fetched(std::to_string(i), grey_picture(i % 3));
  pictures_->start();
  work_off();
  for (int i = 0; i < 400; ++i) ASSERT_EQ(picture_of(std::to_string(i)).width(), 64U) << i;
}

}  // namespace
}  // namespace copytaster
