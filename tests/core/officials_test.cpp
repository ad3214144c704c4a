// Who the officials are and what they are at the time.
#include "core/officials.h"

#include <gtest/gtest.h>

#include "core/time.h"

namespace copytaster {
namespace {

Official make_official(const std::string& id, const std::string& platform, const std::string& handle,
                       const std::string& url) {
  Official official;
  official.set_id(id);
  Account* account = official.add_accounts();
  account->set_id(platform + ":" + handle);
  account->set_platform(platform);
  account->set_handle(handle);
  account->set_profile_url(url);
  return official;
}

std::string name_of(const Official* official) { return official == nullptr ? "nobody" : official->id(); }

TEST(Officials, AreFoundByWhatPostsSayOfThem) {
  const Officials officials(
      {make_official("anne", "bluesky", "Anne.bsky.social", "https://bsky.app/profile/anne.bsky.social"),
       make_official("ben", "facebook", "", "https://www.facebook.com/profile.php?id=100"),
       make_official("cy", "facebook", "", "https://www.facebook.com/profile.php?id=200"),
       make_official("dee", "threads", "@dee", "")});
  EXPECT_EQ(officials.all().size(), 4U);
  EXPECT_EQ(name_of(officials.find("anne")), "anne");
  EXPECT_EQ(name_of(officials.find("ANNE")), "nobody");
  EXPECT_EQ(name_of(officials.of_account("bluesky:Anne.bsky.social")), "anne");
  EXPECT_EQ(name_of(officials.of_handle("bluesky", "@anne.BSKY.social")), "anne");
  EXPECT_EQ(name_of(officials.of_handle("threads", "dee")), "dee");
  EXPECT_EQ(name_of(officials.of_handle("x", "anne.bsky.social")), "nobody");
  EXPECT_EQ(name_of(officials.of_handle("facebook", "")), "nobody");
  EXPECT_EQ(name_of(officials.of_url("http://www.BSKY.app/profile/anne.bsky.social/?ref=x#y")), "anne");
  EXPECT_EQ(name_of(officials.of_url("https://bsky.app/profile/anne.bsky.social.evil.example")), "nobody");
  EXPECT_EQ(name_of(officials.of_url("https://facebook.com/profile.php?ref=1&id=100")), "ben")
      << "the id is the name";
  EXPECT_EQ(name_of(officials.of_url("https://www.facebook.com/profile.php?id=200")), "cy");
  EXPECT_EQ(name_of(officials.of_url("https://www.facebook.com/profile.php?id=300")), "nobody");
  EXPECT_EQ(name_of(officials.of_url("")), "nobody") << "an account without an address is no address";
  EXPECT_EQ(name_of(Officials().find("anne")), "nobody");
}

TEST(Officials, TheLaterEntryWins) {
  const Officials officials(
      {make_official("a", "x", "h", "https://x.com/h"), make_official("b", "x", "H", "https://x.com/H")});
  EXPECT_EQ(name_of(officials.of_handle("x", "h")), "b");
  EXPECT_EQ(name_of(officials.of_url("https://x.com/h")), "b");
}

TEST(RoleAt, IsTheOneThatBeganLast) {
  Official official;
  const auto add = [&](const char* title, const char* from, const char* until) {
    Role* role = official.add_roles();
    role->set_title(title);
    if (from != nullptr) set_timestamp(role->mutable_from(), *parse_date(from));
    if (until != nullptr) set_timestamp(role->mutable_until(), *parse_date(until));
  };
  EXPECT_EQ(role_at(official, absl::UnixEpoch()), nullptr);
  add("Deputy", "2001-03-01", "2014-04-05");
  add("Mayor", "2014-04-05", "2026-03-29");
  add("President", "2022-01-01", "2022-06-01");
  const auto title = [&](const char* day) {
    const Role* role = role_at(official, *parse_date(day));
    return role == nullptr ? std::string("none") : role->title();
  };
  EXPECT_EQ(title("2001-02-28"), "none");
  EXPECT_EQ(title("2014-04-04"), "Deputy");
  EXPECT_EQ(title("2014-04-05"), "Mayor") << "the day of the change is the successor's";
  EXPECT_EQ(title("2022-04-14"), "President");
  EXPECT_EQ(title("2022-06-01"), "Mayor");
  EXPECT_EQ(title("2026-03-29"), "none");
  add("Citizen", nullptr, nullptr);
  EXPECT_EQ(title("2026-03-29"), "Citizen");
  EXPECT_EQ(title("2022-06-01"), "Mayor") << "a role with a beginning goes before one without";
}

TEST(RoleLabel, NamesThePlaceWhereThereIsOne) {
  Role role;
  role.set_title("Mayor");
  EXPECT_EQ(role_label(&role), "Mayor");
  role.set_place("Paris");
  EXPECT_EQ(role_label(&role), "Mayor of Paris");
  EXPECT_EQ(role_label(nullptr), "");
}

}  // namespace
}  // namespace copytaster
