// Which pictures a decision is about.
#include "processors/rights_decisions.h"

#include <gtest/gtest.h>

#include "core/time.h"
#include "processors/picture_address.h"
#include "processors/picture_match.h"

namespace copytaster {
namespace {

Item post(const std::string& id, const std::string& sha256, const std::string& folded_into = {}) {
  Item item;
  item.set_id(id);
  Media& media = *item.add_media();
  media.set_kind(PICTURE);
  media.set_sha256(sha256);
  media.set_folded_into(folded_into);
  media.set_url("https://cdn.test/" + id + ".jpg");
  return item;
}

class RightsDecisionsTest : public ::testing::Test {
 protected:
  void decide(const Item& item, const std::string& state) {
    RightsDecision decision;
    decision.item_id = item.id();
    decision.pictures = *decided_pictures(item, 0, state);
    decision.rights.set_state(state);
    set_timestamp(decision.rights.mutable_at(), absl::FromUnixSeconds(++now_));
    last_ = *to_rights_decision(to_action(decision));
    decisions_.put(last_);
  }
  std::string state(const Item& item) {
    const Rights* rights = decisions_.find(item, item.media(0));
    return rights == nullptr ? "" : rights->state();
  }

  RightsDecisions decisions_;
  RightsDecision last_;
  int now_ = 0;
};

TEST_F(RightsDecisionsTest, WhatIsGrantedIsTheFileAndWhatIsWithheldIsAllThatIsFolded) {
  const Item whole = post("a:1", std::string(64, '1'));
  const Item cut = post("a:2", std::string(64, '2'), picture_key("a:1", whole.media(0)));
  const Item other_cut = post("a:3", std::string(64, '3'), cut.media(0).folded_into());
  const Item again = post("a:4", std::string(64, '2'));
  decide(cut, "granted");
  EXPECT_EQ(state(cut), "granted");
  EXPECT_EQ(state(again), "granted") << "the same file";
  EXPECT_EQ(state(whole), "");
  EXPECT_EQ(state(other_cut), "");
  decide(whole, "granted");
  EXPECT_EQ(state(other_cut), "");
  EXPECT_FALSE(is_about(last_, other_cut, other_cut.media(0)));
  for (const char* withheld : {"refused", "embed-only"}) {
    decide(cut, withheld);
    EXPECT_EQ(state(whole), withheld);
    EXPECT_EQ(state(other_cut), withheld);
    EXPECT_EQ(state(again), withheld);
    EXPECT_TRUE(is_about(last_, other_cut, other_cut.media(0)));
  }
  decide(whole, "granted");
  EXPECT_EQ(state(whole), "granted");
  EXPECT_EQ(state(cut), "embed-only") << "nobody has said that this file may be printed";
  EXPECT_EQ(state(other_cut), "embed-only");
}

TEST_F(RightsDecisionsTest, MoreThanItCanKeepInMindIsSaid) {
  decisions_ = RightsDecisions(5);
  EXPECT_FALSE(decisions_.full());
  decide(post("a:1", std::string(64, '1')), "refused");
  EXPECT_TRUE(decisions_.full());
}

TEST(PictureAddress, IsWhatStaysTheSameWhenThePictureIsServedAgain) {
  Media media;
  const auto of = [&](const char* url) {
    media.set_url(url);
    return picture_address(media);
  };
  EXPECT_EQ(of("https://a.test/i.php?id=1&X-Amz-Signature=2&w=3#top"), "https://a.test/i.php?id=1&w=3");
  EXPECT_EQ(of("https://a.test/i.jpg?oh=1&oe=2&_nc_cat=3"), "https://a.test/i.jpg");
  EXPECT_EQ(of("https://a.test/i.jpg"), "https://a.test/i.jpg");
  EXPECT_EQ(of("?&&="), "?=");
  media.set_native_id("7");
  EXPECT_EQ(picture_address(media), "7");
}

TEST(PictureAddress, TwoThatDifferByTheirSignaturesOnlyHaveNoName) {
  Item item = post("a:1", "");
  *item.add_media() = item.media(0);
  EXPECT_TRUE(is_only_there(item, item.media(0))) << "one picture, shown twice";
  item.mutable_media(0)->set_url("https://a.test/i?sig=1");
  item.mutable_media(1)->set_url("https://a.test/i?sig=2");
  EXPECT_FALSE(is_only_there(item, item.media(0)));
  EXPECT_TRUE(picture_names(item, item.media(0)).empty());
}

}  // namespace
}  // namespace copytaster
