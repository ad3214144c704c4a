// Pictures through the steps: what is folded, and what an editor is told of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "processors/copy_explain.h"
#include "processors/picture_facts.h"
#include "processors/picture_match.h"
#include "processors/pipeline.h"
#include "tests/processors/fold_support.h"
#include "tests/processors/picture_set.h"

namespace copytaster {
namespace {

using testing::Canvas;
using ::testing::HasSubstr;

class PictureFold : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(start_pictures("processors_test").ok()); }

  static Media picture(const Canvas& canvas) {
    auto media = inspect_picture(testing::encoded(canvas, ".jpg[Q=80]"));
    EXPECT_TRUE(media.ok()) << media.status();
    if (!media.ok()) return {};
    media->set_kind(PICTURE);
    return *std::move(media);
  }

  // Places a post that shows the picture; what it became.
  Item post(std::string_view id, std::string_view person, std::string_view text, const Canvas& canvas,
            std::string_view platform = "facebook") {
    Item item = testing::make_post(platform, id, person, minutes_ += 5, text);
    *item.add_media() = picture(canvas);
    EXPECT_TRUE(pipeline_.place(item, nullptr).ok());
    return item;
  }

  std::string told(const Item& a, const Item& b) {
    for (const ExplainedRule& rule : explain_copies(a, b, a.id(), b.id(), nullptr).rules) {
      if (rule.rule == "picture") return (rule.holds ? "holds: " : "no: ") + rule.why;
    }
    return "";
  }

  Canvas photograph_ = testing::photograph(3);
  int minutes_ = 0;
  Officials officials_;
  Rules rules_ = Rules::defaults();
  Pipeline pipeline_{officials_, rules_};
};

TEST_F(PictureFold, MirroredAndCutPicturesAreFoldedAndTheReasonIsTold) {
  const Item first =
      post("1", "anna", "the bridge is open for everybody again from this morning on", photograph_);
  const Item again = post("2", "bert", "we have walked over it with the whole council today", photograph_);
  const Item mirrored = post("3", "carl", "seen in town yesterday, what a fine view it is",
                             testing::turned(photograph_, 0, true));
  const Item part = post("4", "dora", "more pictures will follow in the evening, I promise",
                         testing::cut(photograph_, 30, 0, photograph_.width - 30, photograph_.height));
  const Item other =
      post("5", "emil", "and now for something else, the market of last week", testing::photograph(4));
  for (const Item* item : {&again, &mirrored, &part})
    EXPECT_EQ(item->media(0).folded_into(), picture_key(first.id(), first.media(0)));
  EXPECT_EQ(first.media(0).folded_into(), "");
  EXPECT_EQ(other.media(0).folded_into(), "");
  EXPECT_FALSE(first.media(0).has_fold());
  EXPECT_FALSE(other.media(0).has_fold());
  EXPECT_THAT(told(first, again), HasSubstr("holds: 1 picture(s) are one photograph: the same file"));
  EXPECT_THAT(told(first, mirrored), HasSubstr("turned or mirrored ("));
  EXPECT_THAT(told(first, part), HasSubstr("cut, framed or written on ("));
  EXPECT_THAT(told(part, first), HasSubstr("cut, framed or written on ("));
  EXPECT_THAT(told(first, other), HasSubstr("no: no two are one photograph; the nearest two differ in "));
}

TEST_F(PictureFold, OnesOwnPictureElsewhereUnderHardlyAWordIsAskedAbout) {
  constexpr std::string_view kWords =
      "The bridge is open for everybody again from this morning on, and so is the quay";
  const auto smaller = testing::resized(photograph_, photograph_.width * 2 / 3, photograph_.height * 2 / 3);
  const Item first = post("1", "anna", kWords, photograph_);
  const Item bare = post("2", "anna", "\U0001F309\U0001F31E", smaller, "instagram");
  EXPECT_EQ(bare.duplicate_of().item_id(), "") << "only asked";
  ASSERT_EQ(bare.may_copy_size(), 1);
  EXPECT_EQ(bare.may_copy(0).item_id(), first.id());
  EXPECT_EQ(bare.may_copy(0).rule(), "picture");
  const CopyExplanation told = explain_copies(first, bare, first.id(), bare.id(), nullptr);
  EXPECT_TRUE(told.verdict.asks());
  EXPECT_EQ(told.verdict.rule, "picture");

  EXPECT_EQ(post("3", "anna", "Finally!", photograph_, "threads").may_copy_size(), 1);
  EXPECT_EQ(post("4", "bert", "Finally!", photograph_, "threads").may_copy_size(), 0) << "another person";
  EXPECT_EQ(post("5", "anna", "Finally!", photograph_).may_copy_size(), 0) << "the same platform";
  EXPECT_EQ(post("6", "anna", "And here the old market before it was pulled down", photograph_, "bluesky")
                .may_copy_size(),
            0)
      << "it says something of its own";
  EXPECT_EQ(post("7", "anna", "Finally!", testing::photograph(4), "mastodon").may_copy_size(), 0);
  minutes_ += 60 * 12;
  EXPECT_EQ(post("8", "anna", "Finally!", photograph_, "x").may_copy_size(), 0) << "another day";
}

TEST_F(PictureFold, ItIsAskedAboutWhicheverComesFirst) {
  const Item bare = post("1", "anna", "\U0001F309", photograph_, "instagram");
  const Item whole =
      post("2", "anna", "The bridge is open for everybody again from this morning on", photograph_);
  ASSERT_EQ(whole.may_copy_size(), 1);
  EXPECT_EQ(whole.may_copy(0).item_id(), bare.id());
}

TEST_F(PictureFold, TheReasonIsStoredWithThePicture) {
  const Item first =
      post("1", "anna", "the bridge is open for everybody again from this morning on", photograph_);
  const auto again =
      post("2", "bert", "we have walked over it with the whole council today", photograph_).media(0).fold();
  EXPECT_EQ(again.rule(), "same-bytes");
  EXPECT_EQ(again.distance(), 0U);
  EXPECT_EQ(again.agreement(), 0);
  EXPECT_EQ(again.like_key(), "");
  const Item smaller =
      post("3", "carl", "what a fine view it is over the river, and how wide",
           testing::resized(photograph_, photograph_.width * 2 / 3, photograph_.height * 2 / 3));
  EXPECT_EQ(smaller.media(0).fold().rule(), "same-picture");
  EXPECT_EQ(static_cast<int>(smaller.media(0).fold().distance()),
            compare_pictures(first.media(0), smaller.media(0))->distance);
  EXPECT_GT(smaller.media(0).fold().distance(), 0U) << "else this shows nothing";
  const Item mirrored = post("4", "dora", "seen in town yesterday, by somebody who stood on the roof",
                             testing::turned(photograph_, 0, true));
  EXPECT_EQ(mirrored.media(0).fold().rule(), "turned");
  EXPECT_LE(mirrored.media(0).fold().distance(), 31U);
  const auto part = post("5", "emil", "more pictures will follow in the evening, I promise",
                         testing::cut(photograph_, 30, 0, photograph_.width - 30, photograph_.height))
                        .media(0)
                        .fold();
  EXPECT_EQ(part.rule(), "cut");
  EXPECT_GE(part.agreement(), 0.92F);
  EXPECT_EQ(part.distance(), 0U);
  // Found by the bytes of the mirrored one, and folded into the first all the same.
  const Item mirrored_again = post("6", "fred", "and the same view once more for those who have missed it",
                                   testing::turned(photograph_, 0, true));
  EXPECT_EQ(mirrored_again.media(0).folded_into(), picture_key(first.id(), first.media(0)));
  EXPECT_EQ(mirrored_again.media(0).fold().rule(), "same-bytes");
  EXPECT_EQ(mirrored_again.media(0).fold().like_key(), picture_key(mirrored.id(), mirrored.media(0)));
}

TEST_F(PictureFold, AReasonGoesWithItsFold) {
  (void)post("1", "anna", "the bridge is open for everybody again from this morning on", photograph_);
  Item item = post("2", "bert", "we have walked over it with the whole council today", photograph_);
  ASSERT_TRUE(item.media(0).has_fold());
  *item.mutable_media(0)->mutable_pdq() =
      inspect_picture(testing::encoded(testing::photograph(4), ".jpg[Q=80]"))->pdq();
  item.mutable_media(0)->set_sha256(std::string(64, 'a'));
  ASSERT_TRUE(pipeline_.place(item, nullptr).ok());
  EXPECT_EQ(item.media(0).folded_into(), "");
  EXPECT_FALSE(item.media(0).has_fold());
}

TEST_F(PictureFold, FlagsAreFoldedByTheirBytesOnly) {
  const Canvas flag = testing::negative("cross", 1);
  const Item first = post("1", "anna", "today we raise our flag in front of the town hall", flag);
  EXPECT_EQ(
      post("2", "bert", "happy birthday to all who live here and to our guests", flag).media(0).folded_into(),
      picture_key(first.id(), first.media(0)));
  for (std::uint64_t seed = 2; seed < 12; ++seed) {
    EXPECT_EQ(post(std::to_string(seed + 1), "carl",
                   "another town, another flag, and another day for it: " + std::to_string(seed),
                   testing::negative("cross", seed))
                  .media(0)
                  .folded_into(),
              "");
  }
}

// A page that is edited, and what others show of its pictures.
class EditedPictures : public PictureFold {
 protected:
  void SetUp() override {
    PictureFold::SetUp();
    for (std::uint64_t i = 0; i < 4; ++i) pictures_.push_back(picture(testing::photograph(10 + i)));
  }

  // As the service does it: placed, stored, and what it taught about others written into these.
  const Item& show(std::string_view id, const std::vector<std::size_t>& shown) {
    Item item = testing::make_post("feed", id, id, minutes_ += 5, texts_[id.size() % 3]);
    for (const std::size_t one : shown) *item.add_media() = pictures_[one];
    testing::run_through(pipeline_, item, store_);
    return stored(id);
  }
  const Item& stored(std::string_view id) { return store_.items.find("feed:" + std::string(id))->second; }
  std::string folds(std::string_view id) {
    std::string out;
    for (const Media& media : stored(id).media())
      out += (out.empty() ? "" : ", ") + (media.folded_into().empty() ? "-" : media.folded_into());
    return out;
  }
  std::string key(std::string_view id, std::size_t number) {
    return picture_key("feed:" + std::string(id), pictures_[number]);
  }

  std::vector<Media> pictures_;
  testing::ItemsReader store_;
  std::vector<std::string> texts_ = {"the new bridge over the river is open for everybody",
                                     "on Saturday there is a market in the old town again",
                                     "the council has voted for the budget of the coming year"};
};

TEST_F(EditedPictures, APictureThatIsPutBeforeAnotherLeavesTheFoldOfThatOne) {
  show("page", {0});
  show("copy", {0});
  show("page", {1, 0});
  EXPECT_EQ(folds("page"), "-, -");
  EXPECT_EQ(folds("copy"), key("page", 0));
  show("later", {0, 1});
  EXPECT_EQ(folds("later"), key("page", 0) + ", " + key("page", 1));
}

TEST_F(EditedPictures, PicturesThatChangePlacesKeepTheirFolds) {
  show("page", {0, 1, 2});
  show("copy", {1});
  show("page", {2, 1, 0});
  EXPECT_EQ(folds("copy"), key("page", 1));
  EXPECT_EQ(folds("page"), "-, -, -");
  show("later", {0, 2});
  EXPECT_EQ(folds("later"), key("page", 0) + ", " + key("page", 2));
}

TEST_F(EditedPictures, WhatWasFoldedIntoAPictureThatIsGoneIsFoldedIntoTheNextOne) {
  show("page", {0, 1});
  show("second", {0});
  show("third", {2, 0});
  show("page", {1});
  EXPECT_EQ(folds("second"), "-");
  EXPECT_EQ(folds("third"), "-, " + key("second", 0));
  EXPECT_FALSE(stored("second").media(0).has_fold());
  EXPECT_EQ(stored("third").media(1).fold().like_key(), key("page", 0)) << "what it was found to be";
  show("later", {0});
  EXPECT_EQ(folds("later"), key("second", 0));
  // It comes back, and is no longer the first.
  show("page", {1, 0});
  EXPECT_EQ(folds("page"), "-, " + key("second", 0));
}

TEST_F(EditedPictures, PicturesThatAnEditRemovedAreForgotten) {
  show("page", {0, 1, 2, 3});
  show("page", {0});
  show("later", {1, 2, 3, 0});
  EXPECT_EQ(folds("later"), "-, -, -, " + key("page", 0));
}

// The heir was folded, and found by the other one's marks: it gets marks of its own.
TEST_F(EditedPictures, TheNextOneIsFoundByAPart) {
  const Canvas whole = testing::photograph(10);
  show("page", {0});
  show("second", {0});
  show("page", {});
  pictures_.push_back(picture(testing::cut(whole, 30, 0, whole.width - 30, whole.height)));
  show("later", {4});
  EXPECT_EQ(folds("later"), key("second", 0));
}

}  // namespace
}  // namespace copytaster
