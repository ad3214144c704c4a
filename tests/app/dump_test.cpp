// What is on disk, as lines that a person or a script can read.
#include "app/dump.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/bytes.h"
#include "core/chain.h"
#include "core/copytaster.pb.h"
#include "core/json.h"
#include "storage/open.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string kNul(1, '\0');

TEST(Dump, EverySpaceHasAName) {
  std::set<Space> named;
  for (const SpaceName& one : space_names()) named.insert(one.space);
  EXPECT_EQ(named.size(), static_cast<std::size_t>(Space::kCount));
}

TEST(Dump, KeysAndRecordsAreReadable) {
  Item item;
  item.set_id("x:1");
  item.set_text("bridges");
  const std::string bytes = item.SerializeAsString();
  EXPECT_EQ(dump_line(Space::kItems, "x:1", bytes),
            R"({"key":"x:1","record":{"id":"x:1","text":"bridges"}})");
  EXPECT_EQ(dump_line(Space::kVersions, "x:1" + kNul + big_endian(std::uint32_t{2}), bytes),
            R"({"key":"x:1/2","record":{"id":"x:1","text":"bridges"}})");
  Action action;
  action.set_verb("fold");
  EXPECT_EQ(dump_line(Space::kActions, big_endian(std::uint64_t{12}), action.SerializeAsString()),
            R"({"key":12,"record":{"verb":"fold"}})");
  EXPECT_EQ(dump_line(Space::kMeta, "count/stored", little_endian64(300)),
            R"({"key":"count/stored","record":300})");
  EXPECT_EQ(dump_line(Space::kMeta, "notice", "a \"rehearsal\"\n"),
            R"({"key":"notice","record":"a \"rehearsal\"\n"})");
  EXPECT_EQ(dump_line(Space::kPositions, "process", big_endian(std::uint64_t{7})),
            R"({"key":"process","record":7})");
  EXPECT_EQ(dump_line(Space::kChanged, big_endian(std::uint64_t{3}), "x:1" + kNul + "x:2"),
            R"({"key":3,"record":["x:1","x:2"]})");
}

TEST(Dump, TheChainShowsItsLinksAndWhatWasErased) {
  Capture capture;
  capture.set_url("https://town.example/");
  const std::string record = make_chain_record(chain_begin(), capture.SerializeAsString());
  EXPECT_THAT(dump_line(Space::kChain, big_endian(std::uint64_t{0}), record),
              AllOf(HasSubstr("\"key\":0"), HasSubstr("\"entry\":{\"url\":\"https://town.example/\"}"),
                    HasSubstr("\"link\":\"")));
  EXPECT_THAT(dump_line(Space::kChain, big_endian(std::uint64_t{0}),
                        erase_chain_record(*parse_chain_record(record), "receipt 4")),
              HasSubstr("\"erasedBy\":\"receipt 4\"}}"));
}

TEST(Dump, WhatDoesNotParseIsShownAsBytes) {
  for (const SpaceName& one : space_names()) {
    if (one.space == Space::kMeta || one.space == Space::kChanged) continue;  // any text is one
    EXPECT_THAT(dump_line(one.space, "key", "\xff\xfe"),
                AllOf(HasSubstr("does not parse"), HasSubstr("\"bytes\":\"fffe\"")))
        << one.name;
  }
  EXPECT_EQ(dump_line(Space::kMeta, "schema", "\x01"),
            R"({"key":"schema","problem":"the record does not parse","bytes":"01"})");
}

TEST(Dump, AKeyIsReadAsItIsPrinted) {
  EXPECT_EQ(key_of_text(Space::kItems, "x:1/2"), "x:1/2");
  EXPECT_EQ(key_of_text(Space::kVersions, "x:1/2"), "x:1" + kNul + big_endian(std::uint32_t{2}));
  EXPECT_EQ(key_of_text(Space::kChain, "258"), big_endian(std::uint64_t{258}));
  EXPECT_EQ(key_of_text(Space::kChain, "two"), std::nullopt);
  EXPECT_EQ(key_of_text(Space::kVersions, "x:1"), std::nullopt);
  EXPECT_EQ(key_of_text(Space::kVersions, "x:1/99999999999"), std::nullopt);
}

class DumpCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    const auto batch = store->batch();
    for (int i = 0; i < 5; ++i) {
      Item item;
      item.set_id(str_cat("x:", i));
      batch->put(Space::kItems, item.id(), item.SerializeAsString());
    }
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  }
  std::string said(std::vector<std::string> arguments, int expected = 0) {
    arguments.insert(arguments.begin(), "dump");
    arguments.insert(arguments.end(), {"--data", folder_.path()});
    Program program(arguments);
    EXPECT_EQ(program.exit_code(), expected) << program.err();
    return expected == 0 ? program.out() : program.err();
  }
  TemporaryFolder folder_;
};

TEST_F(DumpCommand, PrintsFromAKeyOnSoManyOrOne) {
  EXPECT_EQ(said({"items", "--from", "x:2", "--limit", "2"}),
            "{\"key\":\"x:2\",\"record\":{\"id\":\"x:2\"}}\n{\"key\":\"x:3\",\"record\":{\"id\":\"x:3\"}}\n");
  EXPECT_EQ(said({"items", "--key", "x:4"}), "{\"key\":\"x:4\",\"record\":{\"id\":\"x:4\"}}\n");
  EXPECT_EQ(said({"meta"}), "{\"key\":\"schema\",\"record\":3}\n");
  EXPECT_EQ(said({"marks"}), "{\"key\":\"actions\",\"record\":0}\n{\"key\":\"log\",\"record\":0}\n");
}

TEST_F(DumpCommand, SaysWhatThereIsInstead) {
  EXPECT_THAT(said({"posts"}, 65), HasSubstr("there are meta, captures, items"));
  EXPECT_THAT(said({"items", "--key", "x:9"}, 66), HasSubstr("NotFound"));
  EXPECT_THAT(said({"chain", "--from", "two"}, 65), HasSubstr("two is no key there"));
}

}  // namespace
}  // namespace copytaster
