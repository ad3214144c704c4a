// The commands that read a store: which one, and what they say of what cannot be found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/indexing.h"
#include "app/store_choice.h"
#include "storage/open.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class StoreCommands : public testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  void have(std::string_view name, std::string_view bytes) const { write_bytes(at(name), bytes); }

  // A store with one post; `indexed`: which the search index holds.
  void make_store(const std::string& data, bool indexed = true, std::string_view notice = "") const {
    const auto database = *open_key_value(data, OpenMode::kReadWrite);
    const auto store = *open_store(database.get(), data, OpenMode::kReadWrite);
    ASSERT_TRUE(open_folder_media(data, OpenMode::kReadWrite).ok());
    if (!notice.empty()) {
      ASSERT_TRUE(store->set_notice(notice).ok());
    }
    Item item;
    item.set_id("x:1");
    item.set_version(1);
    item.set_text("bridges over the river");
    Counters counters;
    counters.set_collected(1);
    counters.set_stored(1);
    auto batch = store->batch();
    ASSERT_TRUE(store->stage_item(*batch, item).ok());
    ASSERT_TRUE(store->stage_changed(*batch, 1, std::vector<std::string>{"x:1"}).ok());
    ASSERT_TRUE(store->stage_counters(*batch, counters).ok());
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
    const auto indexing = *Indexing::open(store.get(), data);
    for (int turns = 0; indexed && !indexing->idle(); ++turns) {
      ASSERT_LT(turns, 100) << "it never comes to rest";
      ASSERT_TRUE(indexing->turn(absl::ZeroDuration()).ok());
    }
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(StoreCommands, TheStoreIsTheOneThatWasNamedElseTheSettings) {
  have("house/settings.toml", str_cat("[service]\ndata = \"", at("elsewhere"), "\"\n"));
  have("plain/settings.toml", "[desk]\nport = 8700\n");
  std::filesystem::create_directories(at("bare"));
  EXPECT_EQ(*chosen_store({"given", at("house")}), "given");
  EXPECT_EQ(*chosen_store({std::nullopt, at("house")}), at("elsewhere"));
  EXPECT_EQ(*chosen_store({std::nullopt, at("plain")}), "data");
  EXPECT_EQ(*chosen_store({std::nullopt, at("bare")}), "data") << "as the service takes it";
  EXPECT_TRUE(absl::IsNotFound(chosen_store({std::nullopt, at("nowhere")}).status()));
}

TEST_F(StoreCommands, SettingsThatCannotBeReadMeanNoStore) {
  have("bad/settings.toml", "[service]\ndata = \n");
  have("wrong/settings.toml", "[service]\ndata = 5\n");
  for (const char* folder : {"bad", "wrong"}) {
    const auto chosen = chosen_store({std::nullopt, at(folder)});
    EXPECT_TRUE(absl::IsFailedPrecondition(chosen.status())) << folder;
    EXPECT_THAT(std::string(chosen.status().message()),
                AllOf(HasSubstr("settings.toml:2: "), HasSubstr("--data")));
  }
}

TEST_F(StoreCommands, AFaultElsewhereInTheSettingsKeepsNobodyFromReading) {
  have("house/settings.toml",
       str_cat("[collector.x]\ntoken_file = \"not there\"\n[service]\ndata = \"", at("elsewhere"), "\"\n"));
  EXPECT_EQ(*chosen_store({std::nullopt, at("house")}), at("elsewhere"));
}

TEST_F(StoreCommands, AllReadTheStoreOfTheSettings) {
  make_store(at("elsewhere"));
  have("house/settings.toml", str_cat("[service]\ndata = \"", at("elsewhere"), "\"\n"));
  const std::vector<std::vector<std::string>> all = {
      {"status"}, {"stories"}, {"dlq", "ls"}, {"search", "river"}, {"export", "--warc", at("out.warc")}};
  for (std::vector<std::string> arguments : all) {
    arguments.insert(arguments.end(), {"--config", at("house")});
    Program program(arguments);
    EXPECT_EQ(program.exit_code(), 0) << testing::PrintToString(arguments) << program.err();
  }
  Program status({"status", "--config", at("house")});
  EXPECT_EQ(status.exit_code(), 0);
  EXPECT_THAT(status.out(),
              AllOf(HasSubstr(str_cat("store ", at("elsewhere"), "\n")), HasSubstr("stored 1")));
  Program json({"status", "--json", "--config", at("house")});
  EXPECT_EQ(json.exit_code(), 0);
  EXPECT_THAT(json.out(), HasSubstr(str_cat("\"store\":\"", at("elsewhere"), "\"")));
}

TEST_F(StoreCommands, TheRehearsalDoesNotPlayInTheHousesStore) {
  make_store(at("house"));
  Program refused({"demo", "--once", "--data", at("house")});
  EXPECT_EQ(refused.exit_code(), 78);
  EXPECT_THAT(refused.err(), AllOf(HasSubstr(at("house")), HasSubstr("--data OTHER")));
  Program status({"status", "--data", at("house")});
  EXPECT_EQ(status.exit_code(), 0);
  EXPECT_THAT(status.out(), AllOf(HasSubstr("stored 1 "), HasSubstr("sources 0"))) << "nothing was mixed in";
}

TEST_F(StoreCommands, TheRehearsalGoesOnInAStoreOfItsOwn) {
  make_store(at("demo"), true, "A rehearsal.");
  Program taken({"demo", "--once", "--data", at("demo")});
  ASSERT_TRUE(taken.wait_until([&] {  // it is at work in it
    return taken.err().find("holds a store") != std::string::npos ||
           !std::filesystem::is_empty(at("demo/media"));
  }));
  EXPECT_THAT(taken.err(), Not(HasSubstr("holds a store")));
  taken.signal(SIGTERM);
  EXPECT_EQ(taken.exit_code(), 128 + SIGTERM) << taken.err();
}

TEST_F(StoreCommands, TheServiceDoesNotCollectIntoARehearsalsStore) {
  make_store(at("demo"), true, "A rehearsal: nobody has written this.");
  have("house/officials.toml", "[[official]]\nid = \"a\"\nname = \"A\"\n");
  have("house/settings.toml", "[desk]\nport = 0\n[metrics]\nport = 0\n");
  Program refused({"run", "--config", at("house"), "--data", at("demo")});
  EXPECT_EQ(refused.exit_code(), 78);
  EXPECT_THAT(refused.err(), AllOf(HasSubstr(at("demo")), HasSubstr("rehearsal"), HasSubstr("--data OTHER")));
  make_store(at("own"));
  Program taken({"run", "--config", at("house"), "--data", at("own")});
  ASSERT_TRUE(taken.wait_until([&] { return taken.err().find("service.started") != std::string::npos; }))
      << taken.err();
  taken.signal(SIGTERM);
  EXPECT_EQ(taken.exit_code(), 0) << taken.err();
}

TEST_F(StoreCommands, ASearchSaysThatItsIndexIsNotThere) {
  make_store(at("data"));
  std::filesystem::remove_all(at("data/search"));
  Program search({"search", "river", "--data", at("data")});
  EXPECT_EQ(search.exit_code(), 66);
  EXPECT_THAT(search.err(), AllOf(HasSubstr(at("data/search")), HasSubstr("makes it anew")));
}

TEST_F(StoreCommands, ASearchSaysThatItsIndexIsNotWhole) {
  make_store(at("data"), false);
  Program search({"search", "river", "--data", at("data")});
  EXPECT_EQ(search.exit_code(), 0) << search.err();
  EXPECT_THAT(search.err(), AllOf(HasSubstr("not whole yet"), HasSubstr("nothing found")));
}

TEST_F(StoreCommands, WhatIsNotThereIsSaid) {
  make_store(at("data"));
  Program found({"search", "river", "--data", at("data")});
  EXPECT_EQ(found.exit_code(), 0);
  EXPECT_THAT(found.out(), HasSubstr("x:1\n"));
  EXPECT_EQ(found.err(), "");
  Program nothing({"search", "--json", "tulips", "--data", at("data")});
  EXPECT_EQ(nothing.exit_code(), 0);
  EXPECT_THAT(nothing.err(), HasSubstr("nothing found"));
  EXPECT_EQ(nothing.out(), "{\"items\":[]}\n");
  Program prefix({"search", "town:river", "--data", at("data")});
  EXPECT_EQ(prefix.exit_code(), 0);
  EXPECT_THAT(prefix.err(), AllOf(HasSubstr("no \"town:\""), HasSubstr("place:")));
  Program none({"dlq", "ls", "--data", at("data")});
  EXPECT_EQ(none.exit_code(), 0);
  EXPECT_THAT(none.err(), HasSubstr("no dead letters"));
}

}  // namespace
}  // namespace copytaster
