#include "processors/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "processors/rules_tables.h"
#include "processors/word_scan.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kHouse = R"(language = "en"
[credit.en]
account = "Source: {name} on {platform}"
feed = "Source: {name}, {host}"
via = "{source}, via {via}"
photographer = "Photo: {photographer}. {source}"
)";

constexpr std::string_view kTen[] = {"en", "fr", "uk", "de", "es", "it", "pl", "pt", "nl", "el"};

std::string fault(std::string_view sections, std::string_view places = "", std::string_view house = kHouse) {
  const auto rules = Rules::from_toml(sections, places, house);
  EXPECT_TRUE(absl::IsInvalidArgument(rules.status())) << rules.status();
  return std::string(rules.status().message());
}

TEST(Rules, TheBuiltInOnesSpeakTenLanguages) {
  const Rules& rules = Rules::defaults();
  for (const std::string_view language : kTen) {
    for (const auto* templates : {&rules.credit_templates, &rules.feed_templates, &rules.via_templates,
                                  &rules.photographer_templates}) {
      EXPECT_TRUE(templates->contains(language)) << language;
    }
    for (const SectionRule& section : rules.sections) {
      EXPECT_THAT(section.languages, ::testing::Contains(language)) << section.id;
    }
  }
  EXPECT_EQ(rules.credit_templates.at("en"), "Source: {name} on {platform}");
  EXPECT_EQ(rules.house_language, "en");
  EXPECT_EQ(rules.sections.size(), 5U);
  EXPECT_GT(rules.places.size(), 100U);
}

TEST(Rules, NoSectionSaysAWordTwiceInALanguage) {
  for (const SectionRule& section : Rules::defaults().sections) {
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t i = 0; i < section.words.size(); ++i) {
      EXPECT_TRUE(seen.emplace(section.languages[i], section.words[i]).second)
          << section.id << ", " << section.languages[i] << ": " << section.words[i];
    }
  }
}

TEST(Rules, EveryFileInConfigIsBuiltIn) {
  std::vector<std::string_view> paths;
  for (const auto& [path, bytes] : embedded_config()) {
    paths.push_back(path);
    EXPECT_FALSE(bytes.empty()) << path;
  }
  EXPECT_THAT(paths, ::testing::IsSupersetOf(
                         {"config/sections.toml", "config/places.toml", "config/house_style.toml"}));
}

TEST(Rules, ReadsASectionWithItsWordsByLanguage) {
  const auto rules = Rules::from_toml(R"([[section]]
id = "green"
name = "Green City"
media_topics = ["medtop:20000418"]
weight = 2
places = ["Île-de-France"]
  [section.words]
  en = ["Tram*", "cycle  lane"]
  fr = ["vélo"]
)",
                                      "", kHouse);
  ASSERT_TRUE(rules.ok()) << rules.status();
  ASSERT_EQ(rules->sections.size(), 1U);
  const SectionRule& section = rules->sections[0];
  EXPECT_EQ(section.name, "Green City");
  EXPECT_EQ(section.weight, 2);
  EXPECT_THAT(section.words, ::testing::ElementsAre("tram*", "cycle lane", "velo"));
  EXPECT_THAT(section.languages, ::testing::ElementsAre("en", "en", "fr"));
  EXPECT_THAT(section.places, ::testing::ElementsAre("ile de france"));
  EXPECT_THAT(section.media_topics, ::testing::ElementsAre("medtop:20000418"));
}

TEST(Rules, ReadsAPlaceAndFindsItByEveryAlias) {
  const auto rules = Rules::from_toml("", R"([[place]]
name = "Bath"
country = "GB"
id = "geonames:2656173"
homonym = true
[[place]]
name = "Lviv"
country = "UA"
aliases = ["Львів", "Льв*", "?Lwów"]
)",
                                      kHouse);
  ASSERT_TRUE(rules.ok()) << rules.status();
  const auto value = [&](std::string_view word) {
    const WordScan& scan = scan_words(word);
    const PhraseMatch match = rules->tables().places.longest_at(scan, 0);
    return match.words == 0 ? -1 : static_cast<int>(match.value);
  };
  EXPECT_EQ(value("Bath"), 1) << "a homonym needs a witness";
  EXPECT_EQ(value("Lviv"), 2);
  EXPECT_EQ(value("ЛЬВІВ"), 2);
  EXPECT_EQ(value("Lwów"), 3) << "this alias alone is a homonym";
  EXPECT_EQ(value("Lvivska"), -1);
}

struct Faulty {
  std::string_view text, says;
};

TEST(Rules, AFaultInTheSectionsNamesItsLineAndWhatWasExpected) {
  for (const Faulty& one : {
           Faulty{"[[section]]\nid = \"a\"\n", "sections.toml:1: no \"name\", expected a text"},
           Faulty{"[[section]]\nname = \"A\"\n", "sections.toml:1: no \"id\""},
           Faulty{"[[section]]\nid = \"\"\nname = \"A\"\n", "sections.toml:2: \"id\" is no text"},
           Faulty{"[[section]]\nid = 7\nname = \"A\"\n", "sections.toml:2: \"id\" is no text"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nwieght = 1.0\n",
                  "sections.toml:4: unknown key \"wieght\""},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nweight = 0\n",
                  "sections.toml:4: weight is out of range"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nweight = 11\n",
                  "sections.toml:4: weight is out of range"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nweight = nan\n",
                  "sections.toml:4: weight is out of range"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nweight = \"1\"\n",
                  "sections.toml:4: weight is out of range"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\n \"medtop:20000639\",\n "
                  "\"medtop:639\"]\n",
                  "sections.toml:6: \"medtop:639\" is no Media Topic, expected medtop: and one of IPTC's "
                  "numbers"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\"medtop:2000063x\"]\n",
                  "sections.toml:4: \"medtop:2000063x\" is no Media Topic"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\"20000639\"]\n",
                  "sections.toml:4: \"20000639\" is no Media Topic"},
           // Well formed, and given to nothing: too far, between the top topics, before the first, a gap.
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\"medtop:99999999\"]\n",
                  "sections.toml:4: \"medtop:99999999\" is no Media Topic"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\"medtop:18000000\"]\n",
                  "sections.toml:4: \"medtop:18000000\" is no Media Topic"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\"medtop:06000001\"]\n",
                  "sections.toml:4: \"medtop:06000001\" is no Media Topic"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\"medtop:20000001\"]\n",
                  "sections.toml:4: \"medtop:20000001\" is no Media Topic"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [\"medtop:20000052\"]\n",
                  "sections.toml:4: \"medtop:20000052\" is no Media Topic"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nmedia_topics = [1]\n",
                  "sections.toml:4: \"media_topics\" holds"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nplaces = \"Kyiv\"\n",
                  "sections.toml:4: \"places\" is no list"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\nwords = [\"tram\"]\n",
                  "sections.toml:4: \"words\" is no table"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\n[section.words]\nen = [\"…\"]\n",
                  "sections.toml:5: \"…\" has no letter"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\n[section.words]\nen = [\"tram|\"]\n",
                  "sections.toml:5: \"tram|\" has no letter"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\n[section.words]\nen = [\"*\"]\n",
                  "sections.toml:5: \"*\" has no letter"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\n[section.words]\nenglish = [\"tram\"]\n",
                  "sections.toml:5: \"english\" is no language"},
           Faulty{"[[section]]\nid = \"a\"\nname = \"A\"\n[[section]]\nid = \"a\"\nname = \"B\"\n",
                  "sections.toml:4: section \"a\" is there twice"},
           Faulty{"section = \"a\"\n", "sections.toml:1: \"section\" is no list"},
           Faulty{"section = [1]\n", "sections.toml:1: an entry of \"section\" is no table"},
           Faulty{"[[sections]]\nid = \"a\"\n", "sections.toml:1: unknown key \"sections\""},
           Faulty{"[[section]\n", "sections.toml:1: "},
       }) {
    EXPECT_THAT(fault(one.text), StartsWith(std::string(one.says))) << one.text;
  }
}

TEST(Rules, AFaultInThePlacesNamesItsLineAndWhatWasExpected) {
  for (const Faulty& one : {
           Faulty{"[[place]]\ncountry = \"UA\"\n", "places.toml:1: no \"name\""},
           Faulty{"[[place]]\nname = \"Kyiv\"\n", "places.toml:1: no \"country\""},
           Faulty{"[[place]]\nname = \"Kyiv\"\ncountry = \"Ukraine\"\n",
                  "places.toml:3: \"Ukraine\" is no country"},
           Faulty{"[[place]]\nname = \"Kyiv\"\ncountry = \"U1\"\n", "places.toml:3: \"U1\" is no country"},
           Faulty{"[[place]]\nname = \"Kyiv\"\ncountry = \"UA\"\nhomonym = 1\n",
                  "places.toml:4: \"homonym\" is neither"},
           Faulty{"[[place]]\nname = \"Kyiv\"\ncountry = \"UA\"\nalias = []\n",
                  "places.toml:4: unknown key \"alias\""},
           Faulty{"[[place]]\nname = \"Kyiv\"\ncountry = \"UA\"\naliases = [\"Kyiv\", \"*\"]\n",
                  "places.toml:4: \"*\" has no letter"},
           Faulty{"[[place]]\nname = \"…\"\ncountry = \"UA\"\n", "places.toml:2: \"…\" has no letter"},
       }) {
    EXPECT_THAT(fault("", one.text), StartsWith(std::string(one.says))) << one.text;
  }
}

std::string house_with(std::string_view key, std::string_view value) {
  std::string out = "language = \"en\"\n[credit.en]\n";
  for (const auto& [name, pattern] :
       {std::pair<std::string_view, std::string_view>{"account", "{name} on {platform}"},
        {"feed", "{name}, {host}"},
        {"via", "{source}, via {via}"},
        {"photographer", "{photographer}. {source}"}}) {
    out += std::string(name) + " = \"" + std::string(name == key ? value : pattern) + "\"\n";
  }
  return out;
}

TEST(Rules, ACreditLineMustHoldWhatItIsMadeOf) {
  EXPECT_THAT(fault("", "", house_with("account", "Source: {name}")),
              StartsWith("house_style.toml:3: \"account\" leaves out {platform}"));
  EXPECT_THAT(fault("", "", house_with("account", "on {platform}")),
              StartsWith("house_style.toml:3: \"account\" leaves out {name}"));
  EXPECT_THAT(fault("", "", house_with("feed", "Source: {host}")),
              StartsWith("house_style.toml:4: \"feed\" leaves out {name}"));
  EXPECT_THAT(fault("", "", house_with("via", "{source}")),
              StartsWith("house_style.toml:5: \"via\" leaves out {via}"));
  EXPECT_THAT(fault("", "", house_with("photographer", "{source}")),
              StartsWith("house_style.toml:6: \"photographer\" leaves out {photographer}"));
  // A misspelt one would be printed under every picture.
  EXPECT_THAT(fault("", "", house_with("account", "{name} on {platform} {plattform}")),
              StartsWith("house_style.toml:3: \"account\" has no placeholder {plattform}"));
  EXPECT_THAT(fault("", "", house_with("via", "{source}, via {via}, {host}")),
              StartsWith("house_style.toml:5: \"via\" has no placeholder {host}"));
  EXPECT_THAT(
      fault("", "", house_with("account", "{name} ({rolle}) on {platform}")),
      StartsWith("house_style.toml:3: \"account\" has no placeholder {rolle}, expected {name}, {platform} or "
                 "{role}, {city}"));
  EXPECT_THAT(fault("", "", house_with("photographer", "{photographer}, {city}. {source}")),
              StartsWith("house_style.toml:6: \"photographer\" has no placeholder {city}"));
  EXPECT_TRUE(Rules::from_toml("", "", house_with("account", "{name}, {role} ({city}) on {platform}")).ok());
  EXPECT_TRUE(Rules::from_toml("", "", house_with("feed", "{name}")).ok())
      << "a house may leave the host out";
}

TEST(Rules, TheHousesOwnLanguageNeedsItsLines) {
  EXPECT_THAT(fault("", "", ""), HasSubstr("no credit lines, expected [credit.en]"));
  EXPECT_THAT(fault("", "", "language = \"sv\"\n" + house_with("", "").substr(16)),
              StartsWith("house_style.toml:1: no [credit.sv]"));
  EXPECT_THAT(fault("", "", "[credit]\nen = 1\n"), StartsWith("house_style.toml:2: credit.en is no table"));
  EXPECT_THAT(fault("", "", std::string(kHouse) + "caption = \"x\"\n"),
              StartsWith("house_style.toml:7: unknown key \"caption\""));
}

TEST(Rules, TheHouseStyleThatIsShippedSpeaksTenLanguages) {
  const Rules& rules = Rules::defaults();
  for (const char* language : {"en", "fr", "uk", "de", "es", "it", "pl", "pt", "nl", "el"}) {
    for (const auto* templates : {&rules.credit_templates, &rules.feed_templates, &rules.via_templates,
                                  &rules.photographer_templates})
      EXPECT_TRUE(templates->contains(language)) << language;
  }
  EXPECT_EQ(rules.credit_templates.size(), 10U);
}

TEST(Rules, SurvivesAnyBytes) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_FALSE(Rules::from_toml(all, "", kHouse).ok());
  EXPECT_FALSE(Rules::from_toml("", all, kHouse).ok());
  EXPECT_FALSE(Rules::from_toml("", "", all).ok());
  EXPECT_FALSE(Rules::from_toml(std::string(100000, '['), "", kHouse).ok());
}

}  // namespace
}  // namespace copytaster
