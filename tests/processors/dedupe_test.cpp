#include "processors/dedupe.h"

#include <gtest/gtest.h>

#include "fold_support.h"
#include "processors/copy_index.h"

namespace copytaster {
namespace {

using testing::make_post;

struct Pair {
  const char* what;
  const char* first;
  const char* second;
};

// The second is judged with the first in memory.
std::string rule_of(const Pair& pair, std::string_view person, std::string_view other,
                    std::string_view platform, std::string_view other_platform) {
  CopyIndex copies;
  EXPECT_TRUE(copies.remember(make_post(platform, "1", person, 0, pair.first)).empty());
  return find_original(make_post(other_platform, "2", other, 9, pair.second), copies).rule();
}

const Pair kCrossPosts[] = {
    {"cut with an ellipsis",
     "Since this morning the 14 runs again to the harbour. Four years of works, two floods and one lost "
     "shovel are "
     "behind us. Thank you to the crews and above all to the neighbours, who put up with the noise.",
     "Since this morning the 14 runs again to the harbour. Four years of works, two floods and one lost "
     "shovel are "
     "beh… https://t.example/a1"},
    {"hashtags instead of a paragraph",
     "Ce matin nous avons rouvert la passerelle des Tanneurs aux piétons et aux cyclistes.\n\nLes travaux "
     "ont duré "
     "dix-huit mois et coûté moins que prévu. Merci aux équipes.",
     "Ce matin nous avons rouvert la passerelle des Tanneurs aux piétons et aux cyclistes. #Tanneurs #vélo"},
    {"shortened by hand",
     "Я зустрівся сьогодні з лікарями обласної лікарні. Вони працюють без вихідних уже шостий тиждень. Ми "
     "передали "
     "їм два генератори та медикаменти від міста-партнера, а завтра приїде ще одна вантажівка.",
     "Зустрівся сьогодні з лікарями обласної лікарні. Вони працюють без вихідних уже шостий тиждень. "
     "Передали два "
     "генератори та медикаменти від міста-партнера."},
    {"Greek, with a line less",
     "Από σήμερα το λεωφορείο της γραμμής 5 φτάνει ως το νέο νοσοκομείο. Κάθε δέκα λεπτά, έξι μέρες την "
     "εβδομάδα. "
     "Ευχαριστώ τους οδηγούς για την υπομονή τους.",
     "Από σήμερα το λεωφορείο της γραμμής 5 φτάνει ως το νέο νοσοκομείο. Κάθε δέκα λεπτά, έξι μέρες την "
     "εβδομάδα."},
    {"Japanese has no spaces",
     "本日、市民図書館の新しい児童室が開館しました。午前中だけで三百人以上の子どもたちが訪れ、新しい貸出券を"
     "作りました。",
     "本日、市民図書館の新しい児童室が開館しました。午前中だけで三百人以上の子どもたちが訪れました。 "
     "#図書館"},
};

// The same hand, not the same statement.
const Pair kNotCrossPosts[] = {
    {"birthdays", "Happy birthday to Nora Fallon of Mill Lane, 103 today!",
     "Happy birthday to Pat Burke of Mervue, 100 today!"},
    {"the number moved",
     "Storm warning: gusts of up to 75 km/h between 17 and 21 o'clock. The parks stay closed.",
     "Storm warning: gusts of up to 95 km/h between 17 and 23 o'clock. The parks stay closed."},
    {"the place changed",
     "Reminder: tomorrow the Tanner's Bridge is closed all day for repairs of the railings.",
     "Reminder: tomorrow the Miller's Bridge is closed all day for repairs of the railings."},
    {"what is open again", "Відбій тривоги. Бібліотека на Соборності знову працює.",
     "Відбій тривоги. Школа мистецтв на Соборності знову працює."},
    {"very short", "Good night, all.", "Good night, all!"},
    {"a follow-up",
     "This morning we signed the agreement with the university about the new campus on the river.",
     "After the signing of the agreement with the university we visited the site of the campus and met "
     "students."},
    {"a translation", "Since this morning the tram runs again to the harbour, every ten minutes.",
     "Depuis ce matin, le tram circule de nouveau jusqu'au port, toutes les dix minutes."},
};

const Pair kSameWords[] = {
    {"word for word", "The council has voted for the new hospital by 41 votes to 28.",
     "The council has voted for the new hospital by 41 votes to 28."},
    {"in capitals with a flag", "We stand with the people of Ukraine today and every day.",
     "WE STAND WITH THE PEOPLE OF UKRAINE TODAY AND EVERY DAY 🇺🇦"},
    {"retweeted by hand",
     "The bridge at Colne is open again, thank you to the fire brigade and all volunteers.",
     "RT @office: The bridge at Colne is open again, thank you to the fire brigade and all volunt…"},
};

const Pair kNotSameWords[] = {
    {"a quotation with own words", "We will not leave a single street without light this winter.",
     "The mayor says: “We will not leave a single street without light this winter.” I asked her in January "
     "who pays "
     "for it, and I am asking again, because the budget in front of us has no line for street lamps at all."},
    {"another town's warning",
     "Status yellow wind warning for Galway: gusts of up to 90 km/h between 14:00 and 20:00.",
     "Status yellow wind warning for Limerick: gusts of up to 90 km/h between 14:00 and 20:00."},
    {"the same phrase in another matter",
     "Today we opened the new library in the old mill, with three hundred guests.",
     "Today we opened the new playground in the old park, with three hundred children."},
    {"numbers by person", "Our town has taken in 312 people from Kharkiv since Monday, all have a bed.",
     "Our town has taken in 54 people from Kharkiv since Monday, all have a bed."},
    {"polite formula", "Thank you very much for your support!",
     "Thank you very much for your support and have a nice day!"},
};

TEST(Dedupe, SamePersonElsewhereIsACrossPost) {
  for (const Pair& pair : kCrossPosts) {
    EXPECT_EQ(rule_of(pair, "anna", "anna", "facebook", "x"), "cross-post") << pair.what;
    const Pair turned = {pair.what, pair.second, pair.first};
    EXPECT_EQ(rule_of(turned, "anna", "anna", "x", "facebook"), "cross-post")
        << pair.what << ", shorter one first";
  }
}

TEST(Dedupe, SamePersonsTemplatesAndFollowUpsAreNotCopies) {
  for (const Pair& pair : kNotCrossPosts) {
    EXPECT_EQ(rule_of(pair, "anna", "anna", "facebook", "x"), "") << pair.what;
    EXPECT_EQ(rule_of(pair, "anna", "anna", "facebook", "facebook"), "") << pair.what;
  }
}

TEST(Dedupe, AnotherPersonsSameWords) {
  for (const Pair& pair : kSameWords) {
    const std::string rule = rule_of(pair, "anna", "bruno", "x", "x");
    EXPECT_TRUE(rule == "same-words" || rule == "near-text") << pair.what << ": " << rule;
  }
}

TEST(Dedupe, AnotherPersonsLikeWordsAreNotCopies) {
  for (const Pair& pair : kNotSameWords) {
    EXPECT_EQ(rule_of(pair, "anna", "bruno", "x", "x"), "") << pair.what;
    EXPECT_EQ(rule_of({pair.what, pair.second, pair.first}, "anna", "bruno", "x", "x"), "") << pair.what;
  }
  for (const Pair& pair : kNotCrossPosts)
    EXPECT_EQ(rule_of(pair, "anna", "bruno", "x", "x"), "") << pair.what;
}

TEST(Dedupe, SaysRelationScoreAndFigures) {
  CopyIndex copies;
  (void)copies.remember(
      make_post("x", "1", "anna", 0, "The new hospital opens its doors on the first of May."));
  const DuplicateOf fold = find_original(
      make_post("x", "2", "bruno", 5, "The new hospital opens its doors on the first of May."), copies);
  EXPECT_EQ(fold.item_id(), "x:1");
  EXPECT_EQ(fold.relation(), "other-person");
  EXPECT_FLOAT_EQ(fold.score(), 1);
  EXPECT_FALSE(fold.reason().empty());
}

TEST(Dedupe, ThePlatformsReshareIsBelieved) {
  CopyIndex copies;
  (void)copies.remember(
      make_post("mastodon", "original", "anna", 0, "A long statement about the tram and the bridge."));
  Item reshare = make_post("mastodon", "boost", "bruno", 5, "");
  reshare.mutable_repost_of()->set_item_id("mastodon:original");
  const DuplicateOf fold = find_original(reshare, copies);
  EXPECT_EQ(fold.rule(), "reshare");
  EXPECT_EQ(fold.item_id(), "mastodon:original");
  EXPECT_EQ(fold.relation(), "other-person");
}

TEST(Dedupe, AReshareWithAStatementOfItsOwnIsNotFolded) {
  CopyIndex copies;
  (void)copies.remember(make_post("facebook", "original", "anna", 0, "A statement."));
  Item reshare =
      make_post("facebook", "share", "bruno", 5,
                "I want to add to what my colleague writes that our own town has been waiting for these "
                "trains since the year my daughter was born, and she votes now.");
  reshare.mutable_repost_of()->set_item_id("facebook:original");
  EXPECT_EQ(find_original(reshare, copies).rule(), "");
  reshare.set_text("A strong sign!");
  *reshare.mutable_fingerprint() = to_fingerprint(sketch_of("", reshare.text()));
  EXPECT_EQ(find_original(reshare, copies).rule(), "reshare");
}

TEST(Dedupe, FirstReshareStandsForAnOriginalThatIsNotFollowed) {
  CopyIndex copies;
  Item first = make_post("mastodon", "b1", "bruno", 0, "");
  first.mutable_repost_of()->set_item_id("mastodon:unknown");
  EXPECT_EQ(find_original(first, copies).rule(), "");
  (void)copies.remember(first);
  Item second = make_post("mastodon", "b2", "carla", 3, "");
  second.mutable_repost_of()->set_item_id("mastodon:unknown");
  EXPECT_EQ(find_original(second, copies).item_id(), "mastodon:b1");
}

TEST(Dedupe, SharedPicturesMakeAShortenedPostACopy) {
  const auto with_picture = [](Item item) {
    Media* media = item.add_media();
    media->set_kind(PICTURE);
    media->set_sha256("same-bytes");
    return item;
  };
  const char* longer =
      "First departure at half past five this morning, with some forty early risers and a proud driver: line "
      "T3 runs "
      "at last! Twelve kilometres and twenty-two stops from Courrouze to the campus.";
  const char* shorter =
      "Line T3 runs at last, with forty early risers and one proud driver on board. Twelve kilometres! Come "
      "and try it.";
  CopyIndex bare, pictured;
  (void)bare.remember(make_post("facebook", "1", "anna", 0, longer));
  (void)pictured.remember(with_picture(make_post("facebook", "1", "anna", 0, longer)));
  EXPECT_EQ(find_original(make_post("bluesky", "2", "anna", 7, shorter), bare).rule(), "");
  Item copy = with_picture(make_post("bluesky", "2", "anna", 7, shorter));
  EXPECT_EQ(find_original(copy, pictured).rule(), "cross-post");
  // A flag or a logo is under many of his statements.
  copy.mutable_media(0)->mutable_pdq()->set_quality(kLeastPictureQuality - 1);
  EXPECT_EQ(find_original(copy, pictured).rule(), "");
}

TEST(Dedupe, TheSameWordsAYearLaterAreANewStatement) {
  CopySettings settings;
  settings.window = absl::Hours(24 * 30);
  CopyIndex copies(settings);
  const char* text = "On this day we remember the victims of the flood of 1953 in our town.";
  (void)copies.remember(make_post("x", "old", "anna", 0, text));
  for (int i = 0; i < 8; ++i) {
    (void)copies.remember(make_post("x", "between" + std::to_string(i), "bruno", 60 * 24 * 365 - 100 + i,
                                    "Another thing " + std::to_string(i)));
  }
  EXPECT_EQ(find_original(make_post("x", "new", "anna", 60 * 24 * 365, text), copies).rule(), "");
}

Item of_feed(std::string_view id, std::string_view person, std::string_view url, std::string_view text) {
  Item item = make_post("feed", id, person, 0, text);
  item.set_url(std::string(url));
  return item;
}

constexpr std::string_view kNotice =
    "The swimming pool on Mill Lane opens again on Monday with two new lanes.";
constexpr std::string_view kSummary =
    "The swimming pool on Mill Lane opens again on Monday. It has been renovated since March.";

TEST(Dedupe, ThePageOfOneAddressInTwoFeedsIsOne) {
  CopyIndex copies;
  (void)copies.remember(
      of_feed("1", "council", "https://www.town.example/news/pool?utm_source=rss", kNotice));
  const DuplicateOf fold =
      find_original(of_feed("2", "mayor", "https://m.town.example/news/pool/amp", kSummary), copies);
  EXPECT_EQ(fold.rule(), "same-link");
  EXPECT_EQ(fold.item_id(), "feed:1");
}

TEST(Dedupe, AnAddressThatEveryItemOfAFeedLeadsToMakesNoCopies) {
  CopyIndex copies;
  (void)copies.remember(of_feed("1", "council", "https://town.example/alerts", kNotice));
  EXPECT_EQ(find_original(of_feed("2", "council", "https://town.example/alerts",
                                  "The library at the old market stays closed until the roof is dry."),
                          copies)
                .rule(),
            "");
  EXPECT_EQ(find_original(of_feed("3", "council", "https://town.example/alerts",
                                  "Gusts of up to 95 km/h on Mill Lane and at the swimming pool on Monday."),
                          copies)
                .rule(),
            "");
}

}  // namespace
}  // namespace copytaster
