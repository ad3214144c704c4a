// One picture in several posts: whose it is, what is in it and what may be done with it, told of all of them.
#include "processors/picture_credit.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/story_builder.h"
#include "tests/processors/fold_support.h"

namespace copytaster {
namespace {

using testing::make_official;
using testing::make_post;

const Officials& people() {
  static const Officials all({make_official("anna", "Anna Berg", "Mayor", "Lyon", "FR"),
                              make_official("bruno", "Bruno Kral", "Mayor", "Brno", "CZ")});
  return all;
}

Media picture(std::string_view source, std::string_view photographer = "",
              std::string_view rule = "photographer-in-text") {
  Media media;
  media.set_kind(PICTURE);
  media.set_state(KEPT);
  media.set_sha256("signing");
  Attribution& attribution = *media.mutable_attribution();
  attribution.set_name(std::string(photographer.empty() ? source : photographer));
  attribution.set_rule(std::string(photographer.empty() ? "account" : rule));
  const std::string line = "Source: " + std::string(source);
  attribution.set_credit_line(photographer.empty() ? line
                                                   : "Photo: " + std::string(photographer) + ". " + line);
  return media;
}

void caption(Media& media, std::string_view text, std::string_view origin, float confidence,
             std::string_view item_id) {
  Caption& added = *media.add_captions();
  added.set_text(std::string(text));
  added.set_origin(std::string(origin));
  added.set_confidence(confidence);
  added.set_item_id(std::string(item_id));
}

class PictureCredit : public ::testing::Test {
 protected:
  // `of`: whose post it passes on.
  Item& post(std::string_view id, std::string_view person, Media media, std::string_view of = "") {
    Item item = make_post("facebook", std::string(id), std::string(person),
                          static_cast<int>(items_.size()) * 9, "At the council.");
    if (!of.empty()) item.mutable_repost_of()->set_item_id(std::string(of));
    *item.add_media() = std::move(media);
    return items_.emplace_back(std::move(item));
  }
  Story story(const std::vector<const Item*>& elsewhere = {}) {
    StoryMaterial material;
    material.story_id = "story:1";
    for (const Item& item : items_) {
      if (std::ranges::find(elsewhere, &item) == elsewhere.end()) material.posts.push_back({&item, true});
    }
    material.elsewhere = elsewhere;
    return make_story(std::move(material), people(), Rules::defaults());
  }
  std::string credit() { return story().pictures(0).attribution().credit_line(); }

  std::deque<Item> items_;
};

TEST_F(PictureCredit, APhotographerNamedAtACopyIsCreditedAtTheOneShown) {
  post("1", "anna", picture("Anna Berg on Facebook"));
  post("2", "anna", picture("Anna Berg on Bluesky", "Jane Roe"));
  const Story made = story();
  ASSERT_EQ(made.pictures_size(), 1);
  EXPECT_EQ(made.pictures(0).item_id(), "facebook:1");
  EXPECT_EQ(made.pictures(0).attribution().credit_line(), "Photo: Jane Roe. Source: Anna Berg on Facebook");
  EXPECT_EQ(made.pictures(0).attribution().name(), "Jane Roe");
  EXPECT_EQ(made.pictures(0).attribution().rule(), "photographer-in-text");
  EXPECT_EQ(made.pictures(0).attribution().official_id(), "");
}

TEST_F(PictureCredit, WhereNobodyNamesOneTheAccountIsCredited) {
  post("1", "anna", picture("Anna Berg on Facebook"));
  post("2", "bruno", picture("Bruno Kral on Facebook"));
  EXPECT_EQ(credit(), "Source: Anna Berg on Facebook");
}

TEST_F(PictureCredit, TheFullestFormOfOneNameIsTaken) {
  post("1", "anna", picture("Anna Berg on Facebook"));
  post("2", "anna", picture("Anna Berg on X", "jane roe"));
  post("3", "anna", picture("Anna Berg on Bluesky", "Jane Roe / Agency", "embedded-credit"));
  EXPECT_EQ(credit(), "Photo: Jane Roe / Agency. Source: Anna Berg on Facebook");
}

TEST_F(PictureCredit, OfTwoPhotographersNoneIsChosenSilently) {
  post("1", "anna", picture("Anna Berg on Facebook"));
  post("2", "anna", picture("Anna Berg on X", "Jane Roe"));
  post("3", "anna", picture("Anna Berg on Bluesky", "John Doe"));
  EXPECT_EQ(credit(), "Source: Anna Berg on Facebook") << "the post that is shown names none";
  items_.clear();
  post("1", "anna", picture("Anna Berg on Facebook", "Max Muster"));
  post("2", "anna", picture("Anna Berg on X", "Jane Roe"));
  EXPECT_EQ(credit(), "Photo: Max Muster. Source: Anna Berg on Facebook") << "its own post wins";
}

TEST_F(PictureCredit, AnOriginalsWordComesBeforeAReshares) {
  post("1", "anna", picture("Anna Berg on Facebook"));
  post("2", "bruno", picture("Anna Berg on Facebook", "John Doe"), "facebook:1");
  EXPECT_EQ(credit(), "Photo: John Doe. Source: Anna Berg on Facebook") << "where only a reshare names one";
  post("3", "anna", picture("Anna Berg on X", "Jane Roe"));
  EXPECT_EQ(credit(), "Photo: Jane Roe. Source: Anna Berg on Facebook");
}

TEST_F(PictureCredit, WhoQuotesAPostIsNotTheAuthorOfItsPicture) {
  Media quoted = picture("Bruno Kral on Facebook, via Anna Berg");
  quoted.mutable_attribution()->set_rule("quote");
  post("1", "anna", quoted);
  post("2", "bruno", picture("Bruno Kral on Facebook"));
  const Story made = story();
  EXPECT_EQ(made.pictures(0).item_id(), "facebook:2");
  EXPECT_EQ(made.pictures(0).attribution().credit_line(), "Source: Bruno Kral on Facebook");
}

TEST_F(PictureCredit, APostOfAnotherStoryTellsThePhotographerToo) {
  post("1", "anna", picture("Anna Berg on Facebook"));
  Media theirs = picture("Bruno Kral on Facebook", "Jane Roe");
  caption(theirs, "Their words", "description", 0.95F, "facebook:2");
  const Item& other = post("2", "bruno", theirs);
  const Story made = story({&other});
  ASSERT_EQ(made.pictures_size(), 1);
  EXPECT_EQ(made.pictures(0).attribution().credit_line(), "Photo: Jane Roe. Source: Anna Berg on Facebook");
  EXPECT_EQ(made.pictures(0).also_in_size(), 0) << "it is not a post of this story";
  EXPECT_FALSE(made.pictures(0).has_caption()) << "nor are its words";
}

TEST_F(PictureCredit, AFoldedCopyWhosePictureIsNotHereYetIsShownInItsPlaceAndLendsNothing) {
  post("1", "anna", picture("Anna Berg on Facebook"));
  Media wanted = picture("Anna Berg on X", "Jane Roe");
  wanted.clear_sha256();
  wanted.set_state(WANTED);
  Item& copy = post("2", "anna", wanted);
  EXPECT_EQ(story().pictures_size(), 2) << "two posts, two pictures";
  copy.mutable_duplicate_of()->set_item_id("facebook:1");
  copy.mutable_duplicate_of()->set_relation("same-person");
  EXPECT_EQ(story().pictures_size(), 1);
  EXPECT_EQ(credit(), "Source: Anna Berg on Facebook") << "it may turn out to be another picture";
  Rights& rights = *copy.mutable_media(0)->mutable_rights();
  rights.set_state("granted");
  EXPECT_FALSE(story().pictures(0).has_rights());
  copy.mutable_duplicate_of()->set_relation("other-person");
  EXPECT_EQ(story().pictures_size(), 2) << "another may have put another picture to the same words";
}

TEST_F(PictureCredit, TheBestCaptionOfAllCopiesIsProposedAndTheOthersAreOffered) {
  Media own = picture("Anna Berg on Facebook");
  caption(own, "Two people sign", "alt", 0.7F, "facebook:1");
  Media second = picture("Anna Berg on Bluesky");
  caption(second, "Anna Berg and Bruno Kral sign the pact", "description", 0.95F, "facebook:2");
  caption(second, "TWO PEOPLE SIGN", "alt", 0.7F, "facebook:2");
  Media reshared = picture("Anna Berg on Facebook");
  caption(reshared, "Look at this!", "description", 0.95F, "facebook:3");
  post("1", "anna", own);
  post("2", "bruno", second);
  post("3", "bruno", reshared, "facebook:1");
  const Story made = story();
  ASSERT_EQ(made.pictures_size(), 1);
  EXPECT_EQ(made.pictures(0).item_id(), "facebook:1");
  const StoryPicture& shown = made.pictures(0);
  EXPECT_EQ(shown.caption().text(), "Anna Berg and Bruno Kral sign the pact");
  EXPECT_EQ(shown.caption().item_id(), "facebook:2");
  EXPECT_EQ(shown.caption().origin(), "description");
  ASSERT_EQ(shown.other_captions_size(), 2) << "the same words are offered once";
  EXPECT_EQ(shown.other_captions(0).text(), "Two people sign");
  EXPECT_EQ(shown.other_captions(1).text(), "Look at this!") << "what who passes it on says comes last";
}

TEST_F(PictureCredit, WhatAMachineReadStandsBehindWhatAnybodySays) {
  Media own = picture("Anna Berg on Facebook");
  caption(own, "HARBOUR MARKET", "ocr", 0.2F, "facebook:1");
  Media reshared = picture("Anna Berg on Facebook");
  caption(reshared, "Look at this!", "post-sentence", 0.1F, "facebook:2");
  post("1", "anna", own);
  post("2", "bruno", reshared, "facebook:1");
  const Story made = story();
  ASSERT_EQ(made.pictures_size(), 1);
  EXPECT_EQ(made.pictures(0).caption().text(), "Look at this!");
  ASSERT_EQ(made.pictures(0).other_captions_size(), 1);
  EXPECT_EQ(made.pictures(0).other_captions(0).origin(), "ocr");
}

TEST_F(PictureCredit, TheNewestDecisionOfAnyCopyHoldsAndWhatIsRefusedIsLast) {
  Media refused = picture("Anna Berg on Facebook");
  refused.mutable_rights()->set_state("granted");
  set_timestamp(refused.mutable_rights()->mutable_at(), absl::FromUnixSeconds(100));
  Media copy = picture("Anna Berg on X");
  copy.mutable_rights()->set_state("refused");
  set_timestamp(copy.mutable_rights()->mutable_at(), absl::FromUnixSeconds(200));
  Media other = picture("Bruno Kral on Facebook");
  other.set_sha256("another");
  post("1", "anna", refused);
  post("2", "anna", copy);
  post("3", "bruno", other);
  const Story made = story();
  ASSERT_EQ(made.pictures_size(), 2);
  EXPECT_EQ(made.pictures(0).item_id(), "facebook:3");
  EXPECT_EQ(made.pictures(1).rights().state(), "refused");
}

}  // namespace
}  // namespace copytaster
