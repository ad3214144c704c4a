// That an account was erased is told until somebody has heard it.
#include "app/erasure_orders.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/app/erasing_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ErasureOrdersTest : public testing::ErasingFixture {
 protected:
  ErasureOrders make() {
    return ErasureOrders([this](std::string_view account_id, const Hold& hold) {
      asked_.emplace_back(account_id);
      if (answer_.ok()) told_.push_back(hold);
      return answer_;
    });
  }
  std::vector<std::string> asked_;
  std::vector<Hold> told_;
  absl::Status answer_;
  absl::Time now_ = absl::UnixEpoch() + absl::Hours(1);
};

// Killed between the two: the processing has not even met the request.
TEST_F(ErasureOrdersTest, IsToldAgainAtAStart) {
  bring({post("anna", 1, "The bridge is closed until Monday.")});
  const auto begun = ask("account:feed:anna");
  ASSERT_TRUE(begun.ok()) << begun.status();
  for (int start = 1; start <= 2; ++start) {
    ErasureOrders orders = make();
    ASSERT_TRUE(orders.load(*store_).ok());
    orders.turn(now_);
    EXPECT_TRUE(orders.idle());
    ASSERT_EQ(told_.size(), static_cast<std::size_t>(start));
    EXPECT_EQ(asked_.back(), "feed:anna");
    EXPECT_TRUE(told_.back().erased());
    EXPECT_EQ(told_.back().by(), "Mira");
    EXPECT_EQ(told_.back().reason(), "erased: receipt " + begun->id());
    EXPECT_EQ(told_.back().SerializeAsString(), told_.front().SerializeAsString());
    settle();
  }
}

TEST_F(ErasureOrdersTest, IsToldUntilItIsHeardAndNotAllTheTime) {
  ErasureOrders orders = make();
  orders.add({"official:anna", "asked", "Mira", {"feed:anna", "x:anna"}, clock_.now()});
  answer_ = absl::ResourceExhaustedError("no broker answers");
  orders.turn(now_);
  orders.turn(now_ + absl::Seconds(1));
  EXPECT_THAT(asked_, ElementsAre("feed:anna"));
  EXPECT_FALSE(orders.idle());
  answer_ = absl::OkStatus();
  orders.turn(now_ + absl::Minutes(1));
  EXPECT_THAT(asked_, ElementsAre("feed:anna", "feed:anna", "x:anna"));
  EXPECT_TRUE(orders.idle());
  orders.turn(now_ + absl::Hours(1));
  EXPECT_EQ(asked_.size(), 3U);
}

TEST_F(ErasureOrdersTest, NobodyIsToldOfWhatNobodyFollowsNorOfPosts) {
  ErasureOrders orders = make();
  orders.add({"item:feed:anna/1", "asked", "Mira", {}, clock_.now()});
  EXPECT_TRUE(orders.idle());
  orders.add({"account:feed:anna", "asked", "Mira", {}, clock_.now()});
  answer_ = absl::NotFoundError("nobody follows it");
  orders.turn(now_);
  EXPECT_TRUE(orders.idle());
  EXPECT_THAT(told_, IsEmpty());
}

}  // namespace
}  // namespace copytaster
