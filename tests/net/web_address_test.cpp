#include "net/web_address.h"

#include <gtest/gtest.h>

namespace copytaster {
namespace {

TEST(WebAddress, HostsAreInTheirUsualSpelling) {
  for (const char* url :
       {"http://127.0.0.1/", "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/",
        "http://%31%32%37.0.0.1/", "http://%31%32%37.1/", "http://%30x7f.1/"}) {
    const auto address = parse_web_address(url);
    ASSERT_TRUE(address.ok()) << url << ": " << address.status();
    EXPECT_EQ(address->host, "127.0.0.1") << url;
    EXPECT_EQ(address->url, "http://127.0.0.1/") << url;
  }
}

TEST(WebAddress, ALocationIsReadTheSameWay) {
  const auto base = parse_web_address("https://city.example/a/b?c");
  ASSERT_TRUE(base.ok()) << base.status();
  EXPECT_EQ(resolve_web_address(*base, "../d?e#f")->url, "https://city.example/d?e");
  EXPECT_EQ(resolve_web_address(*base, "//%31%32%37.1/x")->host, "127.0.0.1");
  EXPECT_TRUE(absl::IsPermissionDenied(resolve_web_address(*base, "file:///etc/passwd").status()));
}

TEST(WebAddress, AHostEscapedTwiceIsRefused) {
  for (const char* url : {"http://%2531%2532%2537.1/", "http://a%2525.example/"}) {
    const auto address = parse_web_address(url);
    EXPECT_TRUE(absl::IsInvalidArgument(address.status())) << url << ": " << address.status();
  }
}

TEST(WebAddress, AZoneIsRefused) {
  for (const char* url : {"http://[fe80::1%25eth0]/", "http://[fe80::1%25eth0<a href=]/"})
    EXPECT_TRUE(absl::IsInvalidArgument(parse_web_address(url).status())) << url;
}

TEST(WebAddress, AHostThatEndsInANumberIsAnAddressOrRefused) {
  for (const char* url : {"http://0x/", "http://1.2.3.4.5/", "http://a.example.0x1g/", "http://256.1.1.1/",
                          "http://a.5/", "http://1.2.3.999/"}) {
    const bool name = std::string_view(url).find("0x1g") != std::string_view::npos;
    EXPECT_EQ(parse_web_address(url).ok(), name) << url;
  }
  EXPECT_TRUE(parse_web_address("http://[2001:db8::1]/").ok());
  EXPECT_TRUE(parse_web_address("http://city1.example/").ok());
}

}  // namespace
}  // namespace copytaster
