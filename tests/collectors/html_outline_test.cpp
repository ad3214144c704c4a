// The outline of a page: where its elements begin and end.
#include "collectors/html_outline.h"

#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

TEST(HtmlOutline, EndTagsCloseTheNearestOfTheirName) {
  const std::string html = "<div class='a'><a href=x><div>1</div><a class=\"b c\">2</a></a><br/>3</div></p>";
  const auto page = HtmlOutline::read(html);
  ASSERT_TRUE(page.ok());
  EXPECT_FALSE(page->cut_off());
  const HtmlElement* outer = page->find("a");
  ASSERT_NE(outer, nullptr);
  EXPECT_EQ(page->inner(*outer), "<a href=x><div>1</div><a class=\"b c\">2</a></a><br/>3");
  EXPECT_EQ(page->inner(*page->find(*outer, "c")), "2");
  EXPECT_EQ(page->find(*page->find("c"), "a"), nullptr);
}

TEST(HtmlOutline, ScriptsHoldNoElements) {
  const auto page =
      HtmlOutline::read("<script>if (a<b) x='<div class=q>'</script><!-- <i class=q> --><b class=r></b>");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->find("q"), nullptr);
  EXPECT_NE(page->find("r"), nullptr);
}

TEST(HtmlOutline, CapsAreErrorsNotCrashes) {
  std::string deep, many;
  for (int i = 0; i < 300; ++i) deep += "<div>";
  for (std::size_t i = 0; i <= HtmlOutline::kMaxElements; ++i) many += "<br>";
  EXPECT_TRUE(absl::IsInvalidArgument(HtmlOutline::read(deep).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(HtmlOutline::read(many).status()));
}

TEST(HtmlOutline, ReadsBackgroundsOfStyles) {
  const auto background = [](std::string_view style) {
    const std::string html = str_cat("<i style=\"", style, "\"></i>");
    return background_of(HtmlOutline::read(html)->elements().front());
  };
  EXPECT_EQ(background("width:9px;background-image:url('https://a.example/x_(1).jpg')"),
            "https://a.example/x_(1).jpg");
  EXPECT_EQ(background("background-image: url(https://a.example/y)"), "https://a.example/y");
  EXPECT_EQ(background("background-image:url(&#39;https://a.example/z&#39;)"), "https://a.example/z");
  EXPECT_EQ(background("background-image:none"), "");
  EXPECT_EQ(background("background-image:url('"), "");
}

}  // namespace
}  // namespace copytaster
