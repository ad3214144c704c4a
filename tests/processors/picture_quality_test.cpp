// How well pictures are found again, on the project's own labelled set (picture_set.h): by attack, in both
// orders of time, and how often pictures that only look alike are taken for one. Thresholds were chosen on
// the first half; the second was looked at afterwards.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "processors/picture_facts.h"
#include "processors/picture_index.h"
#include "tests/processors/picture_set.h"

namespace copytaster {
namespace {

using testing::attacks;
using testing::Canvas;

constexpr std::size_t kPhotographs = 32;  // in a half
constexpr std::size_t kNegatives = 32;    // of a kind: 496 pairs

// One after the other before a camera on its stand, the light and all else the same: near to what a burst is,
// which nobody labels. Counted for itself.
constexpr std::string_view kFixedCamera = "other speaker";

struct Count {
  std::size_t right = 0, all = 0;
  [[nodiscard]] double share() const { return double(right) / double(all); }
  void add(bool one) { right += one ? 1 : 0, ++all; }
};

Media inspected(const std::string& bytes) {
  auto media = inspect_picture(bytes);
  EXPECT_TRUE(media.ok()) << media.status();
  return media.ok() ? *std::move(media) : Media();
}

std::string key_of(std::string_view what, std::size_t number) {
  return std::string(what) + ":" + std::to_string(number) + "#0";
}

class PictureQuality : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(start_pictures("processors_test").ok()); }

  // Photographs from `seed` on, as they are and after each attack, and the negatives.
  void make(std::uint64_t seed) {
    for (std::uint64_t i = 0; i < kPhotographs; ++i) {
      const Canvas photograph = testing::photograph(seed + i);
      originals_.push_back(inspected(testing::encoded(photograph, ".jpg[Q=92]")));
      EXPECT_GE(originals_.back().pdq().quality(), kLeastPictureQuality) << "photograph " << seed + i;
      for (std::size_t attack = 0; attack < attacks().size(); ++attack)
        attacked_[attack].push_back(inspected(testing::attacked(photograph, attack, seed + i)));
    }
    for (const std::string_view kind : testing::negative_kinds()) {
      for (std::uint64_t i = 0; i < kNegatives; ++i)
        negatives_[kind].push_back(
            inspected(testing::encoded(testing::negative(kind, seed + i), ".jpg[Q=88]")));
    }
  }

  // The photograph first, what was made of it later; everything else of the half is there, too.
  void look_up_attacked() {
    PictureIndex index(10'000);
    for (std::size_t i = 0; i < originals_.size(); ++i) index.remember(key_of("original", i), originals_[i]);
    for (const auto& [kind, all] : negatives_) {
      for (std::size_t i = 0; i < all.size(); ++i) index.remember(key_of(kind, i), all[i]);
    }
    for (std::size_t attack = 0; attack < attacks().size(); ++attack) {
      for (std::size_t i = 0; i < originals_.size(); ++i) {
        const auto match = index.find(attacked_[attack][i], "later#0");
        const bool right = match && match->key == key_of("original", i);
        found_[attack].add(right);
        wrong_ += match && !right ? 1 : 0;
        const std::string_view group = attacks()[attack].group;
        if (right && group == "turned") {
          EXPECT_EQ(match->likeness, PictureLikeness::kTurned);
        }
        if (right && group == "recompressed") {
          EXPECT_EQ(match->likeness, PictureLikeness::kSame);
        }
        // Without an index at least as much is found: there no list is full.
        EXPECT_TRUE(!right || compare_pictures(originals_[i], attacked_[attack][i]))
            << attacks()[attack].name << " of " << i;
      }
    }
  }

  // What was made of it came first.
  void look_up_originals() {
    for (std::size_t attack = 0; attack < attacks().size(); ++attack) {
      PictureIndex index(10'000);
      for (std::size_t i = 0; i < originals_.size(); ++i)
        index.remember(key_of("earlier", i), attacked_[attack][i]);
      for (std::size_t i = 0; i < originals_.size(); ++i) {
        const auto match = index.find(originals_[i], "later#0");
        const bool right = match && match->key == key_of("earlier", i);
        found_back_[attack].add(right);
        wrong_ += match && !right ? 1 : 0;
      }
    }
  }

  // Each kind for itself, all pairs.
  void look_up_negatives() {
    for (const auto& [kind, all] : negatives_) {
      PictureIndex index(10'000);
      for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string key = key_of(kind, i);
        for (std::size_t hit = 0; hit < index.same_as(all[i], key).size(); ++hit) false_[kind].right++;
        false_[kind].all += i;
        index.remember(key, all[i]);
      }
    }
  }

  void print(const char* half) const {
    std::printf("pictures, %s: found later / when the changed one came first\n", half);
    for (std::size_t attack = 0; attack < attacks().size(); ++attack) {
      std::printf("  %-28s %3zu of %3zu / %3zu\n", std::string(attacks()[attack].name).c_str(),
                  found_.at(attack).right, found_.at(attack).all, found_back_.at(attack).right);
    }
    for (const auto& [kind, count] : false_)
      std::printf("  false: %-21s %3zu of %4zu pairs\n", std::string(kind).c_str(), count.right, count.all);
    // Collected for CI's quality report.
    std::printf("quality: pictures, %s: recall %.4f, of what is promised %.4f, precision %.4f\n", half,
                recall(false), recall(true), precision());
  }

  // `promised`: without what leaves less than two thirds of the picture.
  [[nodiscard]] double recall(bool promised) const {
    Count all;
    for (std::size_t attack = 0; attack < attacks().size(); ++attack) {
      const std::string_view name = attacks()[attack].name;
      if (promised && (name == "crop 10 % off all sides" || name == "crop 15 % off all sides")) continue;
      for (const auto* counts : {&found_, &found_back_}) {
        all.right += counts->at(attack).right;
        all.all += counts->at(attack).all;
      }
    }
    return all.share();
  }
  [[nodiscard]] double precision() const {
    std::size_t right = 0, wrong = wrong_;
    for (const auto* counts : {&found_, &found_back_}) {
      for (const auto& [attack, count] : *counts) right += count.right;
    }
    for (const auto& [kind, count] : false_) wrong += kind == kFixedCamera ? 0 : count.right;
    return double(right) / double(right + wrong);
  }

  void run(const char* half, std::uint64_t seed) {
    make(seed);
    look_up_attacked();
    look_up_originals();
    look_up_negatives();
    print(half);
  }

  void check() {
    for (std::size_t attack = 0; attack < attacks().size(); ++attack) {
      const auto& [name, group] = attacks()[attack];
      if (group != "crop" && group != "bars" && group != "overlay") {
        EXPECT_GE(found_[attack].share(), 0.97) << name;
      }
    }
    for (const std::string_view kind : {"flat", "flag", "cross", "logo", "light card", "dark card"})
      EXPECT_EQ(false_[kind].right, 0U) << kind;
    EXPECT_LE(false_[kFixedCamera].share(), 0.1);
    EXPECT_GE(recall(true), 0.97);
    EXPECT_GE(precision(), 0.995);
  }

  std::vector<Media> originals_;
  std::map<std::size_t, std::vector<Media>> attacked_;
  std::map<std::string_view, std::vector<Media>> negatives_;
  std::map<std::size_t, Count> found_, found_back_;
  std::map<std::string_view, Count> false_;  // `right`: pairs taken for one
  std::size_t wrong_ = 0;
};

TEST_F(PictureQuality, OnTheHalfThatThresholdsWereChosenOn) {
  run("development", 0);
  check();
}

TEST_F(PictureQuality, OnTheOtherHalf) {
  run("held out", 100);
  check();
}

}  // namespace
}  // namespace copytaster
