#include "net/address_guard.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>
#include <string>

#include "core/strings.h"
#include "net/allowed_addresses.h"

namespace copytaster {
namespace {

sockaddr_storage address(const std::string& text, std::uint16_t port = 80) {
  sockaddr_storage out{};
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&out, &v4, sizeof v4);
  } else if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&out, &v6, sizeof v6);
  } else {
    ADD_FAILURE() << "no address: " << text;
  }
  return out;
}

absl::Status check(const std::string& text) {
  const sockaddr_storage storage = address(text);
  return check_address(reinterpret_cast<const sockaddr&>(storage));
}

struct Block {
  const char* name;
  const char* first;
  const char* last;
  const char* before;  // the nearest allowed addresses; null: there is none
  const char* after;
};

const Block kBlocks[] = {
    {"0.0.0.0/8", "0.0.0.0", "0.255.255.255", nullptr, "1.0.0.0"},
    {"10.0.0.0/8", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"},
    {"100.64.0.0/10", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"},
    {"127.0.0.0/8", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"},
    {"169.254.0.0/16", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"},
    {"172.16.0.0/12", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"},
    {"192.0.0.0/24", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"},
    {"192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"},
    {"192.31.196.0/24", "192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"},
    {"192.52.193.0/24", "192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"},
    {"192.88.99.0/24", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"},
    {"192.168.0.0/16", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"},
    {"192.175.48.0/24", "192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"},
    {"198.18.0.0/15", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"},
    {"198.51.100.0/24", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"},
    {"203.0.113.0/24", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"},
    {"224.0.0.0/4", "224.0.0.0", "239.255.255.255", "223.255.255.255", nullptr},
    {"240.0.0.0/4", "240.0.0.0", "255.255.255.254", nullptr, nullptr},
    {"255.255.255.255/32", "255.255.255.255", "255.255.255.255", nullptr, nullptr},
    {"::/128", "::", "::", nullptr, nullptr},
    {"::1/128", "::1", "::1", nullptr, nullptr},
    {"64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"100::/64", "100::", "100::ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"100:0:0:1::/64", "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2001::/32", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff::", nullptr},
    {"2001::/23", "2001:1::1", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, "2001:200::"},
    {"2001:2::/48", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2001:3::/32", "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2001:4:112::/48", "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2001:10::/28", "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2001:20::/28", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2001:30::/28", "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:db7:ffff::", "2001:db9::"},
    {"2002::/16", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"},
    {"2620:4f:8000::/48", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
     "2620:4f:7fff::", "2620:4f:8001::"},
    {"3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff::", "3fff:1000::"},
    {"5f00::/16", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"fc00::/7", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"fe80::/10", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"fec0::/10", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"ff00::/8", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, nullptr},
    {"2000::/3", "::2", "::ffff:ffff", nullptr, "2000::"},
    {"2000::/3", "4000::", "4000::1", "3fff:ffff::", nullptr},
};

TEST(AddressGuard, RefusesEveryBlockFromItsFirstToItsLastAddressAndNothingBeside) {
  for (const Block& block : kBlocks) {
    for (const char* inside : {block.first, block.last}) {
      const absl::Status status = check(inside);
      EXPECT_TRUE(absl::IsPermissionDenied(status)) << inside;
      EXPECT_THAT(status.ToString(), ::testing::HasSubstr(block.name)) << inside;
    }
    for (const char* outside : {block.before, block.after}) {
      if (outside == nullptr) continue;
      EXPECT_TRUE(check(outside).ok()) << outside << " beside " << block.name;
    }
  }
}

TEST(AddressGuard, LetsPublicAddressesThrough) {
  for (const char* text : {"1.1.1.1", "8.8.8.8", "93.184.215.14", "223.255.255.255", "2606:4700:4700::1111",
                           "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"}) {
    EXPECT_TRUE(check(text).ok()) << text << " " << check(text);
  }
}

TEST(AddressGuard, JudgesTheIpv4AddressInside) {
  const std::pair<const char*, const char*> hidden[] = {
      {"::ffff:127.0.0.1", "127.0.0.0/8"},
      {"::ffff:10.1.2.3", "10.0.0.0/8"},
      {"::ffff:169.254.169.254", "169.254"},
      {"64:ff9b::127.0.0.1", "127.0.0.0/8"},
      {"64:ff9b::192.168.1.1", "192.168.0.0/16"},
      {"64:ff9b:1::10.0.0.1", "64:ff9b:1::/48"},
      {"2002:7f00:1::", "127.0.0.0/8"},
      {"2002:c0a8:101::1", "192.168.0.0/16"},
      {"2001:0:4136:e378:8000:63bf:80ff:fffe", "127.0.0.0/8"},  // Teredo stores the client's address inverted
      {"::127.0.0.1", "2000::/3"},
  };
  for (const auto& [text, block] : hidden) {
    EXPECT_TRUE(absl::IsPermissionDenied(check(text))) << text;
    EXPECT_THAT(check(text).ToString(), ::testing::HasSubstr(block)) << text;
  }
}

TEST(AddressGuard, RefusesOtherFamilies) {
  sockaddr_storage storage{};
  storage.ss_family = AF_UNIX;
  EXPECT_TRUE(absl::IsPermissionDenied(check_address(reinterpret_cast<const sockaddr&>(storage))));
}

TEST(AddressGuard, WritesAddressesWithTheirPort) {
  const auto v4 = address("127.0.0.1", 8080);
  const auto v6 = address("2001:db8::1", 443);
  EXPECT_EQ(address_text(reinterpret_cast<const sockaddr&>(v4)), "127.0.0.1:8080");
  EXPECT_EQ(address_text(reinterpret_cast<const sockaddr&>(v6)), "[2001:db8::1]:443");
}

TEST(AllowedAddresses, OpenOnlyWhatTheyName) {
  auto allowed = AllowedAddresses::parse({"127.0.0.1:8080", "[::1]:*"});
  ASSERT_TRUE(allowed.ok());
  EXPECT_TRUE(allowed->check_literal("127.0.0.1", 8080).ok());
  EXPECT_TRUE(absl::IsPermissionDenied(allowed->check_literal("127.0.0.1", 8081)));
  EXPECT_TRUE(absl::IsPermissionDenied(allowed->check_literal("127.0.0.2", 8080)));
  EXPECT_TRUE(allowed->check_literal("::1", 1).ok());
  EXPECT_TRUE(absl::IsPermissionDenied(allowed->check_literal("::ffff:127.0.0.1", 8080)));
  EXPECT_TRUE(allowed->check_literal("example.org", 80).ok());
}

TEST(AllowedAddresses, RefuseWhatIsNoAddressWithAPort) {
  for (const char* entry : {"", "127.0.0.1", "localhost:80", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536",
                            "127.0.0.1:*x", "::1", ":80", "*:80"}) {
    const auto status = AllowedAddresses::parse({entry}).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << entry << " " << status;
  }
}

}  // namespace
}  // namespace copytaster
