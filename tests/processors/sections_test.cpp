#include <gtest/gtest.h>

#include <cmath>

#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using testing::Steps;

class SectionsTest : public Steps {
 protected:
  SectionsTest() {
    auto rules = Rules::from_toml(R"(
[[section]]
id = "green"
name = "Green City"
media_topics = ["medtop:20000418", "medtop:06000000"]
places = ["Île-de-France"]
  [section.words]
  en = ["tram*", "trams", "cycle lane*", "war", "tree*", "flood*", "waste"]
  fr = ["tram*", "arbre*"]
  de = ["straßenbahn*"]
  sv = ["spårvagn*", "war"]
[[section]]
id = "social"
name = "Social City"
weight = 0.5
  [section.words]
  en = ["school*", "famil*", "library"]
[[section]]
id = "grow"
name = "Growing City"
  [section.words]
  en = ["budget*"]
[[section]]
id = "smart"
name = "Smart City"
  [section.words]
  en = ["app"]
)",
                                  "", R"([credit.en]
account = "{name} on {platform}"
feed = "{name}"
via = "{source} {via}"
photographer = "{photographer}"
)");
    EXPECT_TRUE(rules.ok()) << rules.status();
    rules_ = *std::move(rules);
    context_.rules = &rules_;
  }

  std::vector<SectionMatch> found(Item item) const {
    run(&item, *make_sections_step());
    return {item.sections().begin(), item.sections().end()};
  }
  std::vector<SectionMatch> found(std::string_view text, std::string_view language = "en") const {
    return found(item(text, language));
  }
  static std::vector<std::string> ids(const std::vector<SectionMatch>& sections) {
    std::vector<std::string> out;
    for (const SectionMatch& one : sections) out.push_back(one.id());
    return out;
  }

  Rules rules_;
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(SectionsTest, AWordProposesItsSectionAndSaysWhy) {
  const auto sections = found("The new tram runs past the old tree.");
  ASSERT_EQ(sections.size(), 1U);
  EXPECT_EQ(sections[0].id(), "green");
  EXPECT_EQ(sections[0].name(), "Green City");
  EXPECT_EQ(sections[0].reason(), "words: “tram”, “tree”");
  EXPECT_NEAR(sections[0].confidence(), 1 - std::pow(0.6, 2), 1e-6);
  EXPECT_THAT(sections[0].media_topics(), ElementsAre("medtop:20000418", "medtop:06000000"));
}

TEST_F(SectionsTest, TheSameWordCountsOnce) {
  const float once = found("The tram.")[0].confidence();
  EXPECT_EQ(found("The tram, the tram, the TRAM!")[0].confidence(), once);
  EXPECT_EQ(found("Trams everywhere.")[0].confidence(), once) << "it fits two patterns and is one word";
  EXPECT_GT(found("The tram and the flood.")[0].confidence(), once);
}

TEST_F(SectionsTest, TheFormsOfAWordCountOnce) {
  auto rules = Rules::from_toml(R"([[section]]
id = "a"
name = "A"
[section.words]
fr = ["école*", "bibliothèque*", "écoles", "parc|parcs|jardins publics"]
)",
                                "",
                                "[credit.en]\naccount = \"{name} {platform}\"\nfeed = \"{name}\"\nvia = "
                                "\"{source} {via}\"\nphotographer = \"{photographer}\"\n");
  ASSERT_TRUE(rules.ok()) << rules.status();
  context_.rules = &*rules;
  const float once = found("Une école.", "fr")[0].confidence();
  EXPECT_EQ(found("Une école, des écoles.", "fr")[0].confidence(), once);
  EXPECT_EQ(found("Des écoles, une école.", "fr")[0].reason(), "words: “écoles”");
  EXPECT_EQ(found("Le parc, les parcs et les jardins publics.", "fr")[0].confidence(), once);
  EXPECT_GT(found("Le parc et l'école.", "fr")[0].confidence(), once);
}

// Prefixes that let in other words, of the shipped file.
TEST_F(Steps, SectionsOfOtherWordsThatBeginAlikeAreNone) {
  constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
      {"en", "The familiar investigation restored the floodlights at a green signal."},
      {"fr", "L'investigation des velours, la climatisation et la trame."},
      {"uk", "Зеленський біля дерев'яного паркану, паркування, енергійний пан Сміт."},
      {"de", "Herr Müller gründete am Gründonnerstag die Grundlage: Wir kriegen das hin, trotz Klimaanlage."},
      {"es", "Ningún solar. Con el semáforo en verde me acuerdo; de acuerdo con los mayores."},
      {"it", "Alberto ha il verde del semaforo, d'accordo, e rifiuta il lavoro nell'albergo."},
      {"pl", "Powodem jest parking gospodarza. Powodzenia, mieszkańcy! Umówiliśmy się zdrowo. Cyfra."},
      {"pt", "Acordou com o semáforo verde, de acordo com o familiar, num solar com ruas cheias. Digitar."},
      {"nl", "De burgers eten groente op die data. GroenLinks."},
      {"el", "Σύμφωνα με τον κλιματισμό, η κλίμακα και τα κατοικίδια στις ενέργειες. Πράσινο φανάρι."},
  };
  for (const auto& [language, text] : kTexts) {
    Item one = item(text, language);
    run(&one, *make_sections_step());
    EXPECT_EQ(one.sections_size(), 0) << text << ": " << one.sections(0).reason();
  }
}

TEST_F(SectionsTest, AWordOfTheTitleCountsDouble) {
  Item titled = item("Details tomorrow.", "en");
  titled.set_title("A tram for the harbour");
  EXPECT_NEAR(found(titled)[0].confidence(), 1 - std::pow(0.6, 2), 1e-6);
}

TEST_F(SectionsTest, CaptionsAndTagsCountAndAltTextDoesNot) {
  Item captioned = item("Good morning.", "en");
  captioned.add_media()->set_caption("The flood at six in the morning");
  EXPECT_THAT(ids(found(captioned)), ElementsAre("green"));
  Item tagged = item("Good morning.", "en");
  tagged.add_tags("trams");
  EXPECT_THAT(ids(found(tagged)), ElementsAre("green"));
  Item described = item("Good morning.", "en");
  described.add_media()->set_alt_text("A tram beside a tree");
  EXPECT_THAT(found(described), IsEmpty()) << "what is to be seen is not what it is about";
}

TEST_F(SectionsTest, AWordCountsInItsOwnLanguageOnly) {
  EXPECT_THAT(ids(found("The war is near.", "en")), ElementsAre("green"));
  EXPECT_THAT(found("Es war ein langer Tag.", "de"), IsEmpty());
  EXPECT_THAT(ids(found("Die Straßenbahnen fahren.", "de")), ElementsAre("green"));
  EXPECT_THAT(ids(found("Die STRASSENBAHN fährt.", "de")), ElementsAre("green"));
  EXPECT_THAT(ids(found("Det var tram.", "da")), ElementsAre("green"))
      << "no list of its own: any of the ten";
  EXPECT_THAT(ids(found("Spårvagnen kommer.", "sv")), ElementsAre("green"));
  EXPECT_THAT(found("Spårvagnen kommer.", "en"), IsEmpty())
      << "a list of an eleventh language is its own too";
  EXPECT_THAT(found("Es war spårvagn.", "de"), IsEmpty());
}

TEST_F(SectionsTest, WordsArePrefixesOnlyWhereTheRuleSaysSo) {
  EXPECT_THAT(found("We apply for it.", "en"), IsEmpty()) << "\"app\" is a whole word";
  EXPECT_THAT(found("Wasteland", "en"), IsEmpty());
  EXPECT_THAT(ids(found("A new cycle lane", "en")), ElementsAre("green"));
  EXPECT_THAT(found("A lane for every cycle", "en"), IsEmpty());
  EXPECT_THAT(found("The cycle. Lanes are closed.", "en"), IsEmpty()) << "a phrase ends with its sentence";
}

TEST_F(SectionsTest, APlaceSpeaksForItsSectionUnlessItIsOnlyTheAuthorsOwn) {
  Item one = item("x", "en");
  Mention* place = one.add_places();
  place->set_name("Ile-de-France");
  place->set_rule("name");
  const auto sections = found(one);
  EXPECT_THAT(ids(sections), ElementsAre("green"));
  EXPECT_EQ(sections[0].reason(), "places: “Ile-de-France”");
  one.set_text("A tram.");
  EXPECT_EQ(found(one)[0].reason(), "words: “tram”; places: “Ile-de-France”");
  one.set_text("x");
  one.mutable_places(0)->set_rule("role");
  EXPECT_THAT(found(one), IsEmpty());
}

TEST_F(SectionsTest, BestFirstAtMostThreeAndNoneThatIsTooWeak) {
  EXPECT_THAT(ids(found("The budget, the app, one tram, one tree, schools, families and the library.")),
              ElementsAre("green", "social", "grow"))
      << "equals keep the order of the file";
  EXPECT_THAT(found("A school."), IsEmpty()) << "0.6^0.5 is under the least confidence";
  EXPECT_THAT(ids(found("Schools and families.")), ElementsAre("social"));
  EXPECT_THAT(found("Happy birthday!"), IsEmpty());
  EXPECT_THAT(found(""), IsEmpty());
}

TEST_F(SectionsTest, LongReasonsAreCut) {
  const auto sections = found("A tram, a tree, a flood, waste, a cycle lane and a war.");
  ASSERT_EQ(sections.size(), 1U);
  EXPECT_EQ(sections[0].reason(), "words: “tram”, “tree”, “flood”, “waste”, “cycle lane” and 1 more");
}

struct Subject {
  std::string_view language, text, section;
};

// With the sections of config/, one post each in ten languages.
TEST_F(Steps, TheBuiltInSectionsKnowTheirSubjectsInTenLanguages) {
  for (const Subject& one : {
           Subject{"en", "The two cities signed a partnership agreement on rebuilding.", "growing-city"},
           Subject{"fr", "Les deux villes ont signé un pacte et un partenariat.", "growing-city"},
           Subject{"uk", "Підписали угоду про партнерство і відбудову.", "growing-city"},
           Subject{"de", "Ein Abkommen zur Städtepartnerschaft und zum Wiederaufbau.", "growing-city"},
           Subject{"es", "Firmamos un convenio de hermanamiento.", "growing-city"},
           Subject{"it", "Abbiamo firmato il gemellaggio e un accordo.", "growing-city"},
           Subject{"pl", "Podpisaliśmy umowę o partnerstwie i odbudowie.", "growing-city"},
           Subject{"pt", "Assinámos um protocolo de geminação.", "growing-city"},
           Subject{"nl", "We tekenden een overeenkomst voor wederopbouw.", "growing-city"},
           Subject{"el", "Υπογράψαμε συμφωνία αδελφοποίησης.", "growing-city"},
           Subject{"en", "Forty new trees along the cycle lane.", "green-city"},
           Subject{"fr", "Quarante arbres le long de la piste cyclable.", "green-city"},
           Subject{"uk", "Сорок дерев уздовж велодоріжки.", "green-city"},
           Subject{"de", "Vierzig Bäume am neuen Radweg.", "green-city"},
           Subject{"es", "Cuarenta árboles junto al carril bici.", "green-city"},
           Subject{"it", "Quaranta alberi lungo la pista ciclabile.", "green-city"},
           Subject{"pl", "Czterdzieści drzew przy drodze rowerowej.", "green-city"},
           Subject{"pt", "Quarenta árvores ao longo da ciclovia.", "green-city"},
           Subject{"nl", "Veertig bomen langs het fietspad.", "green-city"},
           Subject{"el", "Σαράντα δέντρα δίπλα στον ποδηλατόδρομο.", "green-city"},
       }) {
    Item post = item(one.text, one.language);
    run(&post, *make_sections_step());
    ASSERT_GT(post.sections_size(), 0) << one.text;
    EXPECT_EQ(post.sections(0).id(), one.section) << one.text << " " << post.sections(0).reason();
  }
}

TEST_F(Steps, SectionsSurviveHostileText) {
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "tram tree* \xE2\x80\xAE ";
  Item post = item(text, "en");
  post.set_title(std::string(1 << 18, 't'));
  run(&post, *make_sections_step());
  EXPECT_LE(post.sections_size(), 3);
  post.set_title("Tree" + std::string(1 << 16, 'e'));
  run(&post, *make_sections_step());
  ASSERT_GT(post.sections_size(), 0);
  for (const SectionMatch& section : post.sections()) EXPECT_LT(section.reason().size(), 400U);
}

}  // namespace
}  // namespace copytaster
