// Whose deletion it is when the stream does not say.
#include "collectors/unnamed_deletion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kForm[] = "mastodon:https://social.example/users/*/statuses/12";

AccountRun account(std::string_view handle, std::string_view newest) {
  AccountRun run;
  run.account.set_handle(std::string(handle));
  Reread reread;
  reread.item_id = std::string(newest);
  run.newest.push_back(reread);
  return run;
}

TEST(UnnamedDeletion, TheNameIsThatOfTheAccountsPostsAndOfItsHandle) {
  const auto run =
      account("ravenel@social.example", "mastodon:https://social.example/users/Ravenel/statuses/9");
  EXPECT_THAT(ids_of_form(kForm, run),
              ElementsAre("mastodon:https://social.example/users/Ravenel/statuses/12",
                          "mastodon:https://social.example/users/ravenel/statuses/12"));
}

TEST(UnnamedDeletion, PostsOfAnotherFormSayNothing) {
  const auto run = account("a@social.example", "mastodon:https://elsewhere.example/users/b/statuses/9");
  EXPECT_THAT(ids_of_form(kForm, run), ElementsAre("mastodon:https://social.example/users/a/statuses/12"));
  EXPECT_THAT(ids_of_form(kForm, account("", "mastodon:https://social.example/users/")), IsEmpty());
  EXPECT_THAT(ids_of_form("mastodon:https://social.example/users/a/statuses/12", run), IsEmpty());
}

}  // namespace
}  // namespace copytaster
