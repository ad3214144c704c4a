// The generated documents say what the code says.
#include "app/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/settings.h"
#include "collectors/catalog.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::HasSubstr;

TEST(Reference, TheDocumentsAreFresh) {
  for (const char* what : {"settings", "collectors", "steps"}) {
    const std::string path = str_cat(COPYTASTER_SOURCE_DIR, "/docs/", what, ".md");
    EXPECT_EQ(bytes_of(path), reference_of(what, ReferenceFormat::kMarkdown))
        << "make it anew: copytaster list " << what << " --markdown >docs/" << what << ".md";
  }
}

TEST(Reference, CollectorsTellTheirLimits) {
  for (const auto format : {ReferenceFormat::kText, ReferenceFormat::kMarkdown}) {
    const std::string text = reference_of("collectors", format).value();
    for (const CatalogEntry& entry : catalog()) {
      ASSERT_FALSE(entry.spec().limits.empty()) << entry.spec().name;
      EXPECT_THAT(text, HasSubstr(std::string(entry.spec().limits)));
    }
  }
}

TEST(Reference, SettingsOfCollectorsAreSettings) {
  std::vector<std::string> names;
  for (const SettingSpec& spec : setting_specs()) names.push_back(spec.name);
  EXPECT_THAT(names, testing::IsSupersetOf({"desk.token_file", "desk.host_names",
                                            "collector.facebook.token_file", "collector.bluesky.endpoint"}));
}

TEST(Reference, EverySettingSaysWhatItTakes) {
  StringMap<std::string> takes;
  for (const SettingSpec& spec : setting_specs()) {
    EXPECT_FALSE(spec.takes.empty()) << spec.name;
    takes[spec.name] = spec.takes;
  }
  EXPECT_EQ(takes["copies.max_posts"], "a whole number from 1000 to 16000000");
  EXPECT_EQ(takes["copies.window_days"], "a number of days from 1 to 3650");
  EXPECT_EQ(takes["log.format"], "one of \"auto\" \"json\" \"text\"");
  EXPECT_EQ(takes["desk.token_file"], "a file");
  EXPECT_EQ(takes["collector.x.first_pages"], "a whole number from 1 to 50");
}

TEST(Reference, EverySettingOfTheDocumentCanBeSet) {
  for (const SettingSpec& spec : setting_specs()) {
    const std::size_t dot = spec.name.rfind('.');
    const std::string text = str_cat("[", spec.name.substr(0, dot), "]\n", spec.name.substr(dot + 1),
                                     " = [{}]\n");  // which none takes
    std::vector<ConfigProblem> problems;
    (void)read_settings(text, "settings.toml", "/nowhere", &problems);
    ASSERT_EQ(problems.size(), 1U) << spec.name;
    EXPECT_EQ(problems[0].what.find("there is no"), std::string::npos) << to_text(problems[0]);
    EXPECT_EQ(problems[0].what.find("has no setting"), std::string::npos) << to_text(problems[0]);
  }
}

}  // namespace
}  // namespace copytaster
