#include "core/message_text.h"

#include <gtest/gtest.h>

#include "core/copytaster.pb.h"

namespace copytaster {
namespace {

TEST(MessageText, EveryStringOfARecordCanBeReadBack) {
  const std::string bad = "caf\xE9";
  Parcel parcel;
  parcel.set_account_id(bad);
  Item& item = *parcel.add_items();
  item.set_text("fine");
  item.add_links()->set_url("https://a.example/" + bad);
  item.mutable_author()->set_name(bad);
  (*parcel.add_deletions()).set_proof(bad);
  Account account;
  (*account.mutable_details())["key " + bad] = bad;
  ASSERT_FALSE(Parcel().ParseFromString(parcel.SerializeAsString())) << "else this test shows nothing";
  EXPECT_EQ(make_text_valid(&parcel), 4);
  EXPECT_EQ(make_text_valid(&account), 2) << "keys of a map too";
  Parcel read;
  ASSERT_TRUE(read.ParseFromString(parcel.SerializeAsString()));
  EXPECT_EQ(read.items(0).text(), "fine");
  EXPECT_EQ(read.items(0).links(0).url(), "https://a.example/caf\xEF\xBF\xBD");
  EXPECT_EQ(make_text_valid(&parcel), 0);
}

TEST(MessageText, BytesStayAsTheyCame) {
  Capture capture;
  capture.set_body("\xFF\xFE");
  EXPECT_EQ(make_text_valid(&capture), 0);
  EXPECT_EQ(capture.body(), "\xFF\xFE");
}

}  // namespace
}  // namespace copytaster
