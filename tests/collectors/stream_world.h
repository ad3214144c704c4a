// What a stream's message means, in tests.
#pragma once

#include <gtest/gtest.h>

#include "tests/collectors/conformance_support.h"
#include "tests/collectors/stream_support.h"

namespace copytaster {

// Of a message that can be read.
inline FrameNews read_frame(const Collector& collector, const FindAccount& find, const Capture& frame) {
  auto news = collector.parse_frame(find, frame);
  EXPECT_TRUE(news.ok()) << news.status();
  if (!news.ok()) return {};
  if (news->account != nullptr) {
    EXPECT_EQ(faults_of(news->parsed, *news->account, frame), "");
  } else {
    EXPECT_TRUE(news->parsed.items.empty() && news->parsed.deletions.empty() && news->parsed.refused.empty());
  }
  return *std::move(news);
}

}  // namespace copytaster
