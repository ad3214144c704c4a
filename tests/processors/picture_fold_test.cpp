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

  // Places a post that shows the picture; what it became.
  Item post(std::string_view id, std::string_view person, std::string_view text, const Canvas& canvas) {
    Item item = testing::make_post("facebook", id, person, minutes_ += 5, text);
    auto media = inspect_picture(testing::encoded(canvas, ".jpg[Q=80]"));
    EXPECT_TRUE(media.ok());
    media->set_kind(PICTURE);
    *item.add_media() = *std::move(media);
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
  for (const Item* item : {&again, &mirrored, &part}) EXPECT_EQ(item->media(0).folded_into(), "facebook:1#0");
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
  EXPECT_EQ(mirrored_again.media(0).folded_into(), "facebook:1#0");
  EXPECT_EQ(mirrored_again.media(0).fold().rule(), "same-bytes");
  EXPECT_EQ(mirrored_again.media(0).fold().like_key(), "facebook:4#0");
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
  (void)post("1", "anna", "today we raise our flag in front of the town hall", flag);
  EXPECT_EQ(
      post("2", "bert", "happy birthday to all who live here and to our guests", flag).media(0).folded_into(),
      "facebook:1#0");
  for (std::uint64_t seed = 2; seed < 12; ++seed) {
    EXPECT_EQ(post(std::to_string(seed + 1), "carl",
                   "another town, another flag, and another day for it: " + std::to_string(seed),
                   testing::negative("cross", seed))
                  .media(0)
                  .folded_into(),
              "");
  }
}

}  // namespace
}  // namespace copytaster
