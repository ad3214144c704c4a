// A story made of posts that a test writes, and its draft, which is checked each time it is made.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/strings.h"
#include "desk/draft.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {

class DraftWordsTest : public testing::Test {
 protected:
  Item& post(std::string_view official, std::string_view when, std::string_view language,
             std::string_view text, std::string_view platform = "facebook") {
    const std::string id = str_cat(platform, ":", ++count_);
    store_.put(make_post(id, platform, official, when, language, text));
    story_.add_item_ids(id);
    return store_.newest(id);
  }
  Draft draft() {
    const auto made = make_draft(story_, store_);
    EXPECT_TRUE(made.ok()) << made.status();
    if (!made.ok()) return Draft();
    EXPECT_TRUE(check_draft(*made, store_).ok()) << check_draft(*made, store_);
    return *made;
  }
  std::string headline() { return texts(draft(), "headline").front(); }

  FakeStore store_;
  Story story_;
  int count_ = 0;
};

}  // namespace copytaster
