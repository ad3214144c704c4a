// The registry of officials that the evaluation set holds, imported whole. It is not part of the repository:
// where it is not there, the test says so and is skipped. Another place: COPYTASTER_REGISTRY.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "app/officials_accounts.h"
#include "app/officials_jsonl.h"
#include "app/officials_merge.h"
#include "app/officials_words.h"
#include "tests/app/officials_support.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

std::string registry_path() {
  const char* told = std::getenv("COPYTASTER_REGISTRY");
  return told != nullptr ? told
                         : COPYTASTER_SOURCE_DIR "/../shared/reference/evaluation/officials_registry.jsonl";
}

class Registry : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!std::filesystem::exists(registry_path())) return;
    bytes_ = new std::string(bytes_of(registry_path()));
    book_ = new OfficialsBook({}, "officials.toml");
    report_ = new MergeReport(
        book_->take(read_officials_jsonl(*bytes_, "registry.jsonl", Collectors()), "registry.jsonl"));
  }
  static void TearDownTestSuite() {
    delete bytes_;
    delete book_;
    delete report_;
    bytes_ = nullptr;
  }
  void SetUp() override {
    if (bytes_ == nullptr) GTEST_SKIP() << "the registry is not here: " << registry_path();
    for (const OfficialEntry& entry : book_->entries()) by_id_[entry.official.id()] = &entry;
  }
  // Each line and the official it became.
  template <typename Visit>
  void each_line(const Visit& visit) {
    std::string_view rest = *bytes_;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const auto document = JsonDocument::parse(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      ASSERT_TRUE(document.ok());
      const auto found = by_id_.find(document->root()["id"].view());
      ASSERT_NE(found, by_id_.end()) << document->root()["id"].view();
      visit(document->root(), *found->second);
    }
  }
  static std::string* bytes_;
  static OfficialsBook* book_;
  static MergeReport* report_;
  StringMap<const OfficialEntry*> by_id_;
};
std::string* Registry::bytes_ = nullptr;
OfficialsBook* Registry::book_ = nullptr;
MergeReport* Registry::report_ = nullptr;

TEST_F(Registry, All2251EntriesAreTakenNoneRefused) {
  EXPECT_THAT(texts_of(report_->problems), testing::IsEmpty());
  EXPECT_EQ(report_->added + report_->repeated, 2251U);
  EXPECT_EQ(report_->refused, 0U);
  EXPECT_EQ(report_->added, book_->entries().size());
  // 2,216 ids: some people are there several times, for several offices or with several coordinates of a
  // town.
  EXPECT_EQ(by_id_.size(), 2216U);
}

TEST_F(Registry, NoNameRoleDatePlaceOrCountryIsLost) {
  each_line([](Json line, const OfficialEntry& entry) {
    const Official& official = entry.official;
    const std::string name = line["name"].text();
    EXPECT_TRUE(official.name() == name ||
                std::count(official.aliases().begin(), official.aliases().end(), name) > 0)
        << name;
    if (line["wikidata"].exists()) {
      EXPECT_EQ(official.wikidata(), line["wikidata"].view());
    }
    EXPECT_TRUE(std::any_of(official.roles().begin(), official.roles().end(), [&](const Role& role) {
      return role.title() == line["role"].view() && role.place() == line["place"].view() &&
             role.country() == country_code(line["country"].view()) &&
             (line["start_date"].exists() ? day_text(role.from()) == line["start_date"].view()
                                          : !role.has_from());
    })) << line.raw(400);
  });
}

TEST_F(Registry, NoAccountIsLost) {
  StringMap<std::string> owners;
  for (const OfficialEntry& entry : book_->entries()) {
    for (const Account& account : entry.official.accounts()) owners[account.id()] = entry.official.id();
  }
  const Collectors collectors;
  std::size_t accounts = 0;
  StringSet disputed;
  each_line([&](Json line, const OfficialEntry& entry) {
    line["accounts"].each_member([&](std::string_view key, Json value) {
      std::vector<std::string> urls;
      value.each([&](Json site) { urls.push_back(site.text()); });
      const bool is_second_name =
          key.ends_with("_id") || (key == "youtube" && line["accounts"]["youtube_id"].exists());
      if (urls.empty() && (!is_second_name || key == "youtube_id"))
        urls.push_back(profile_url_of(platform_named_by(key), value.id()));
      for (const std::string& url : urls) {
        const auto named = official_account(collectors, url);
        if (named.ok() && named->account.platform() != "feed") {
          ++accounts;
          const auto owner = owners.find(named->account.id());
          ASSERT_NE(owner, owners.end()) << url;
          if (owner->second != entry.official.id()) disputed.insert(named->account.profile_url());
        } else {
          EXPECT_EQ(std::count(entry.websites.begin(), entry.websites.end(), strip_space(url)), 1) << url;
        }
      }
    });
  });
  EXPECT_GT(accounts, 4000U);
  // Accounts that the registry gives to two people stay with the first, each with a warning.
  std::string warnings;
  for (const std::string& warning : texts_of(report_->problems, true)) str_append(&warnings, warning, "\n");
  EXPECT_LE(disputed.size(), 10U);
  for (const std::string& url : disputed)
    EXPECT_THAT(warnings, testing::HasSubstr(str_cat(url, " of "))) << url;
}

TEST_F(Registry, WrittenAsTomlItReadsTheSame) {
  const std::string toml = officials_to_toml(book_->entries());
  const OfficialsInput again = toml_of(toml);
  EXPECT_THAT(texts_of(again.problems), testing::IsEmpty());
  EXPECT_EQ(shown(again.entries), shown(book_->entries()));
}

}  // namespace
}  // namespace copytaster
