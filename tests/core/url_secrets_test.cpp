// What must not be written down of a URL.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "core/url.h"

namespace copytaster {
namespace {

TEST(WithoutSecrets, HidesThemWhereverTheyStand) {
  const std::pair<const char*, const char*> cases[] = {
      {"https://a.example/?access_token=SECRET&b=1#x", "https://a.example/?access_token=…&b=1#x"},
      {"https://a.example/?b=1&Access_Token=SECRET", "https://a.example/?b=1&Access_Token=…"},
      {"GET https://a.example/?key=SECRET failed", "GET https://a.example/?key=… failed"},
      {"a?token=SECRET&token=SECRET&sig=SECRET;x=1", "a?token=…&token=…&sig=…;x=1"},
      {"fb_exchange_token=SECRET input_token=SECRET", "fb_exchange_token=… input_token=…"},
      {"x?client_secret=SECRET\"}", "x?client_secret=…\"}"},
      {"x?appsecret_proof=SECRET'", "x?appsecret_proof=…'"},
      {"x?access%5Ftoken=SECRET&y", "x?access%5Ftoken=…&y"},
      {"u=https://b.example/%3Fkey=SECRET", "u=https://b.example/%3Fkey=…"},
      {"https://name:SECRET@a.example/ and https://SECRET@b.example",
       "https://…@a.example/ and https://…@b.example"},
      {"https://a.example/@name?key=", "https://a.example/@name?key=…"},
      {"monkey=1 page_token=2 pageToken=3 x_key2=4 tokens=5",
       "monkey=1 page_token=2 pageToken=3 x_key2=4 tokens=5"},
      {"a=b=c", "a=b=c"},
      {"=", "="},
      {"", ""},
      {"key=", "key=…"},
      {"://@", "://@"}};
  for (const auto& [text, safe] : cases) {
    EXPECT_EQ(without_secrets(text), safe);
    EXPECT_EQ(without_secrets(without_secrets(text)), safe);
    EXPECT_EQ(without_secrets(text).find("SECRET"), std::string::npos);
  }
}

TEST(WithoutSecrets, AreFoundInOnePass) {
  std::string many;
  for (int i = 0; i < 200'000; ++i) many += "key=SECRET&";
  EXPECT_EQ(without_secrets(many).find("SECRET"), std::string::npos);
  std::string urls;
  for (int i = 0; i < 200'000; ++i) urls += "://a ";
  EXPECT_EQ(without_secrets(urls), urls);
  EXPECT_EQ(without_secrets(std::string(1'000'000, 'a') + "=").size(), 1'000'001U);
}

}  // namespace
}  // namespace copytaster
