#include "net/host_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace copytaster {
namespace {

std::vector<int> take_all(HostQueue<int>& queue) {
  std::vector<int> out;
  for (int work = 0; queue.pop(work);) out.push_back(work);
  return out;
}

TEST(HostQueue, HostsTakeTurns) {
  HostQueue<int> queue(100, 2);
  for (int i = 0; i < 50; ++i) queue.push_back("busy", i);
  queue.push_back("small", 100);
  queue.push_back("other", 200);
  EXPECT_EQ(take_all(queue), (std::vector<int>{0, 100, 200, 1}));
  EXPECT_EQ(queue.active(), 4U);
  EXPECT_EQ(queue.waiting(), 48U);
}

TEST(HostQueue, AHostWaitsForItsOwnRequestsOnly) {
  HostQueue<int> queue(100, 1);
  queue.push_back("slow", 1);
  queue.push_back("slow", 2);
  EXPECT_EQ(take_all(queue), (std::vector<int>{1}));
  queue.push_back("quick", 3);
  EXPECT_EQ(take_all(queue), (std::vector<int>{3}));
  queue.finished("quick");
  EXPECT_EQ(take_all(queue), (std::vector<int>{}));
  queue.finished("slow");
  EXPECT_EQ(take_all(queue), (std::vector<int>{2}));
}

TEST(HostQueue, TheTotalIsBounded) {
  HostQueue<int> queue(2, 5);
  for (int i = 0; i < 3; ++i) queue.push_back(std::to_string(i), i);
  EXPECT_EQ(take_all(queue), (std::vector<int>{0, 1}));
  queue.finished("0");
  EXPECT_EQ(take_all(queue), (std::vector<int>{2}));
}

TEST(HostQueue, WorkThatComesBackGoesFirst) {
  HostQueue<int> queue(1, 1);
  queue.push_back("a", 1);
  EXPECT_EQ(take_all(queue), (std::vector<int>{1}));
  queue.push_back("a", 2);
  queue.finished("a");
  queue.push_front("a", 1);
  EXPECT_EQ(take_all(queue), (std::vector<int>{1}));
}

TEST(HostQueue, DrainsAtTheEnd) {
  HostQueue<int> queue(1, 1);
  queue.push_back("a", 1);
  queue.push_back("b", 2);
  int work = 0;
  int sum = 0;
  while (queue.drain(work)) sum += work;
  EXPECT_EQ(sum, 3);
  EXPECT_EQ(queue.waiting(), 0U);
}

}  // namespace
}  // namespace copytaster
