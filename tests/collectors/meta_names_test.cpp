// Names as Instagram and Threads share them.
#include "collectors/meta_names.h"

#include <gtest/gtest.h>

#include <string>

#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

TEST(MetaNames, UserNamesAreWhatInstagramAllows) {
  for (const char* name : {"a", "ravenel.portvent", "_a_", "1.2.3", "abcdefghijklmnopqrstuvwxyz0123"})
    EXPECT_TRUE(is_meta_user_name(name)) << name;
  for (const char* name :
       {"", ".a", "a.", "a..b", "a-b", "a b", "é", "abcdefghijklmnopqrstuvwxyz01234", "a)"})
    EXPECT_FALSE(is_meta_user_name(name)) << name;
}

TEST(MetaNames, MentionsAreOfWholeNames) {
  const auto mentions = [](std::string_view text) {
    Item item;
    item.set_text(std::string(text));
    mark_links_and_hashtags(&item);
    mark_meta_mentions(&item, "https://p.example/");
    std::string out;
    for (const Facet& facet : item.facets()) {
      if (facet.kind() == Facet::MENTION)
        str_append(&out, item.text().substr(facet.begin(), facet.end() - facet.begin()), " ");
    }
    return out;
  };
  EXPECT_EQ(mentions("@a et (@b.c), 🚋@d_e… «@f»."), "@a @b.c @d_e @f ");
  EXPECT_EQ(mentions("a@b.example é@x @@y https://x.example/@z /@w @ @. @-"), "");
  EXPECT_EQ(mentions("@abcdefghijklmnopqrstuvwxyz0123456789"), "");
}

}  // namespace
}  // namespace copytaster
