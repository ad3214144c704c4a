// What a draft and its exports say of pictures: whose they are, what else is said of them, their rights.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "desk/draft.h"
#include "desk/wording_rights.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kGroup = "Avec des acteurs de la ville. Marie Aubanel est la 4e à gauche.";

class DraftPicturesTest : public testing::Test {
 protected:
  DraftPicturesTest() { put_visit(store_); }
  Draft draft() { return *make_draft(*store_.story(kVisit), store_); }
  std::vector<std::string> notes(std::string_view rule) { return texts(draft(), "note", rule); }
  // The album's picture of the signing, which the draft shows first.
  StoryPicture& signing() { return *store_.story_to_change(std::string(kVisit)).mutable_pictures(1); }
  static void name_photographer(Attribution* attribution, std::string_view name) {
    attribution->set_name(std::string(name));
    attribution->set_rule("photographer-in-text");
  }
  // A copy of the signing under the arrival's post on Bluesky.
  Media& copy() {
    Media& media = *store_.newest(std::string(kArrivalCopy)).add_media();
    media.set_kind(PICTURE);
    media.set_state(KEPT);
    media.set_url("https://cdn.test/copy.jpg");
    media.set_sha256(sha256_hex("signing, smaller"));
    media.mutable_attribution()->set_name("Marie Aubanel");
    media.mutable_attribution()->set_rule("account");
    media.mutable_attribution()->set_credit_line("Source: Marie Aubanel on Bluesky");
    return media;
  }
  void fold(Media& copy) { copy.set_folded_into(str_cat(kAlbum, "#", sha256_hex("signing").substr(0, 16))); }
  void decide(std::string_view state, std::string_view note = "") {
    Rights& rights = *signing().mutable_rights();
    rights.set_state(std::string(state));
    rights.set_by("Mira");
    rights.set_note(std::string(note));
    set_timestamp(rights.mutable_at(), *parse_date("2023-05-12T09:00:00Z"));
  }
  std::string markdown() { return *export_markdown(draft(), store_); }
  std::string html() { return *export_html(draft(), store_); }
  std::string ninjs() { return *export_ninjs(draft(), store_, {.media_base = "https://desk.test/media/"}); }
  FakeStore store_;
};

TEST_F(DraftPicturesTest, AFoldedPictureIsNoFurtherPicture) {
  Media& again = copy();
  EXPECT_THAT(notes("picture-credit"), Contains(HasSubstr("Source: Marie Aubanel on Bluesky")))
      << "one that is not folded is another picture";
  fold(again);
  EXPECT_THAT(notes("picture-credit"), Not(Contains(HasSubstr("Source: Marie Aubanel on Bluesky"))));
}

TEST_F(DraftPicturesTest, AFurtherPictureIsListedOnceWithAllWhoPostedIt) {
  Media& again = copy();
  again.set_folded_into(str_cat(kHost, "#", sha256_hex("signing, cropped").substr(0, 16)));
  EXPECT_THAT(
      notes("picture-credit"),
      ElementsAre(
          "Picture posted by Petro Halenko, Mayor of Zelenohrad, on Mastodon, 11 May 2023, 11:09 UTC; "
          "also posted by Marie Aubanel, Mayor of Rouvray, on Bluesky, 11 May 2023, 06:20 UTC; passed on by "
          "Jan Brodzki, Mayor of Kalinowo (Facebook). Source: Petro Halenko on Mastodon"));
}

TEST_F(DraftPicturesTest, SaysWhichPostNamesThePhotographer) {
  Media& again = copy();
  fold(again);
  name_photographer(again.mutable_attribution(), "Jane Roe");
  name_photographer(signing().mutable_attribution(), "Jane Roe");
  signing().mutable_attribution()->set_credit_line("Photo: Jane Roe. Source: Marie Aubanel on Facebook");
  EXPECT_THAT(
      notes("picture-author"),
      ElementsAre("The photographer of picture 1, Jane Roe, is named in another post of it: Marie Aubanel, "
                  "Mayor of Rouvray, on Bluesky, 11 May 2023, 06:20 UTC."));
  EXPECT_THAT(ninjs(), AllOf(HasSubstr("\"by\":\"Jane Roe\""), HasSubstr("Photo: Jane Roe. Source: Marie")));
  EXPECT_THAT(html(), HasSubstr("Photo: Jane Roe. Source: Marie Aubanel on Facebook"));
  EXPECT_THAT(markdown(), HasSubstr("The photographer of picture 1, Jane Roe"));
}

TEST_F(DraftPicturesTest, ThePictureOfTheLeadStaysHersWhoeverTookIt) {
  const std::vector<std::string> before = texts(draft(), "picture");
  name_photographer(signing().mutable_attribution(), "Jane Roe");
  signing().mutable_attribution()->clear_official_id();
  EXPECT_EQ(texts(draft(), "picture"), before);
}

TEST_F(DraftPicturesTest, SaysThatTwoPostsNameDifferentPhotographers) {
  Media& again = copy();
  fold(again);
  name_photographer(again.mutable_attribution(), "Jane Roe");
  Media& own = *store_.newest(std::string(kAlbum)).mutable_media(0);
  name_photographer(own.mutable_attribution(), "John Doe");
  *signing().mutable_attribution() = own.attribution();
  EXPECT_THAT(notes("picture-author"),
              ElementsAre(AllOf(HasSubstr("different photographers: Jane Roe (Marie Aubanel"),
                                HasSubstr("John Doe (Marie Aubanel"), HasSubstr("ask before you print"))));
}

TEST_F(DraftPicturesTest, OffersTheOtherCaptionsWithWhereTheyStand) {
  Media& again = copy();
  fold(again);
  again.set_caption("La signature, vue de près.");
  Caption& other = *signing().add_other_captions();
  other.set_text("La signature, vue de près.");
  other.set_language("fr");
  other.set_origin("description");
  other.set_item_id(std::string(kArrivalCopy));
  signing().add_other_captions()->set_text("Words that stand nowhere");
  const Draft made = draft();
  EXPECT_THAT(
      texts(made, "note", "picture-caption"),
      ElementsAre("Another caption of picture 1, from the platform's description, Marie Aubanel, Mayor of "
                  "Rouvray (Bluesky): «La signature, vue de près.»"));
  EXPECT_TRUE(check_draft(made, store_).ok()) << check_draft(made, store_);
}

TEST_F(DraftPicturesTest, WithoutADecisionTheRightsAreMarkedAsNotCleared) {
  EXPECT_THAT(markdown(),
              HasSubstr("**Rights not cleared: ask the holder before publishing this picture.**"));
  EXPECT_THAT(html(), HasSubstr("<strong class=\"mark\">Rights not cleared: ask"));
  EXPECT_THAT(ninjs(), HasSubstr("\"usageTerms\":\"Rights not cleared: ask"));
  decide("asked", "by mail");
  const std::string mark = "Rights not cleared: asked on 12 May 2023; there is no answer yet.";
  EXPECT_THAT(html(), HasSubstr(str_cat("<strong class=\"mark\">", mark, "</strong>")));
  EXPECT_THAT(markdown(), HasSubstr(str_cat("**", mark, "**")));
  EXPECT_THAT(
      notes("picture-rights"),
      ElementsAre("Of picture 1: Rights not cleared: asked by Mira, 12 May 2023; there is no answer yet. "
                  "Note: by mail"));
  EXPECT_THAT(ninjs(), AllOf(Not(HasSubstr("Mira")), Not(HasSubstr("by mail"))))
      << "who asked, and how, stays in the house";
  EXPECT_THAT(ninjs(), HasSubstr("{\"role\":\"rights\",\"contentType\":\"text/plain\",\"value\":\"asked\"}"));
}

TEST_F(DraftPicturesTest, GrantedIsExportedWithoutAMark) {
  decide("granted", "for one story");
  const std::string said = "Rights granted, says Mira, 12 May 2023. Note: for one story";
  EXPECT_THAT(notes("picture-rights"), ElementsAre(str_cat("Of picture 1: ", said)));
  EXPECT_THAT(ninjs(), HasSubstr("\"usageTerms\":\"Rights granted on 12 May 2023.\""));
  EXPECT_THAT(html(), HasSubstr("\"conditionsOfAccess\":\"Rights granted on 12 May 2023.\""));
  EXPECT_THAT(ninjs(), HasSubstr(str_cat("https://desk.test/media/", sha256_hex("signing"))));
  const std::string page = html();
  std::size_t marks = 0;
  for (std::size_t at = page.find("class=\"mark\""); at != std::string::npos;
       at = page.find("class=\"mark\"", at + 1))
    ++marks;
  EXPECT_EQ(marks, 1U) << "only the other picture's";
}

TEST_F(DraftPicturesTest, RefusedIsLeftOutAndTheDraftSaysWhy) {
  const Draft before = draft();
  decide("refused", "the mother objects");
  store_.newest(std::string(kAlbum)).mutable_media(0)->mutable_rights()->set_state("refused");
  EXPECT_THAT(texts(draft(), "picture"), Not(Contains(HasSubstr("au moment de signer"))));
  EXPECT_THAT(texts(draft(), "picture"), Contains(std::string(kGroup))) << "the next one takes its place";
  EXPECT_THAT(
      notes("picture-rights"),
      ElementsAre(
          "Left out: the picture posted by Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023, "
          "10:40 UTC. Rights refused, says Mira, 12 May 2023: do not use this picture. Note: the mother "
          "objects"));
  for (const std::string& out : {markdown(), html(), ninjs()}) {
    EXPECT_THAT(out, Not(HasSubstr(sha256_hex("signing"))));
    EXPECT_THAT(out, Not(HasSubstr("cdn.test/1.jpg")));
  }
  // A draft that was made before.
  EXPECT_TRUE(absl::IsFailedPrecondition(export_html(before, store_).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(export_ninjs(before, store_).status()));
}

TEST_F(DraftPicturesTest, EmbedOnlyIsALinkToThePost) {
  decide("embed-only");
  const std::string url = store_.item(kAlbum)->url();
  EXPECT_THAT(html(), AllOf(HasSubstr(str_cat("<a href=\"", url, "\">The picture in its post</a>")),
                            Not(HasSubstr(sha256_hex("signing") + ".jpg"))));
  EXPECT_THAT(markdown(), AllOf(HasSubstr(str_cat("[The picture in its post](<", url, ">)")),
                                Not(HasSubstr(sha256_hex("signing") + ".jpg"))));
  EXPECT_THAT(ninjs(),
              AllOf(HasSubstr(str_cat("\"renditions\":[{\"name\":\"post\",\"href\":\"", url, "\"")),
                    Not(HasSubstr(sha256_hex("signing") + ".jpg")), Not(HasSubstr("cdn.test/1.jpg"))));
  EXPECT_THAT(html(), HasSubstr("Embed only on 12 May 2023: show the post itself"));
}

TEST_F(DraftPicturesTest, APictureOfAPostBroughtInByHandSaysSo) {
  store_.newest(std::string(kAlbum)).mutable_intake()->set_by("Mira");
  EXPECT_THAT(html(), HasSubstr("<strong class=\"mark\">Its post was brought in by hand by Mira.</strong>"));
  EXPECT_THAT(markdown(), HasSubstr("**Its post was brought in by hand by Mira.**"));
  EXPECT_THAT(ninjs(), HasSubstr("Its post was brought in by hand by Mira."));
}

TEST_F(DraftPicturesTest, ANoteTellsTheCaptionsLanguageNotThePosts) {
  EXPECT_THAT(html(), HasSubstr("media[0].caption, bytes 0 to 71, verbatim, in French."));
  signing().mutable_caption()->set_language("en");
  EXPECT_THAT(html(), HasSubstr("media[0].caption, bytes 0 to 71, verbatim, in English."));
}

TEST_F(DraftPicturesTest, ByIsWhoTookItAndNobodyElse) {
  EXPECT_THAT(ninjs(), Not(HasSubstr("\"by\":"))) << "whose account it is says nothing of the photographer";
  name_photographer(signing().mutable_attribution(), "Jane Roe / City of Rouvray");
  EXPECT_THAT(ninjs(), HasSubstr("\"by\":\"Jane Roe\""));
  EXPECT_THAT(html(), HasSubstr("\"creator\":{\"@type\":\"Person\",\"name\":\"Jane Roe\"}"));
}

TEST_F(DraftPicturesTest, SaysWhoElsePostedAPictureAsHisOwn) {
  Media& own = *store_.newest(std::string(kHost)).mutable_media(0);
  own.set_folded_into(str_cat(kAlbum, "#", sha256_hex("signing").substr(0, 16)));
  EXPECT_THAT(
      notes("picture-author"),
      ElementsAre("Picture 1 was posted first by Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May "
                  "2023, 10:40 UTC; also posted by Petro Halenko, Mayor of Zelenohrad, on Mastodon, 11 "
                  "May 2023, 11:09 UTC. The credit is that of the post it is shown from: ask before "
                  "you print."));
}

TEST_F(DraftPicturesTest, SaysWhyAPhotographersPictureIsLeftOut) {
  StoryPicture& theirs = *store_.story_to_change(std::string(kVisit)).mutable_pictures(0);
  name_photographer(theirs.mutable_attribution(), "Jane Roe");
  EXPECT_THAT(
      notes("picture-left-out"),
      ElementsAre(
          "Left out: the picture by Jane Roe, posted by Petro Halenko, Mayor of Zelenohrad (Mastodon). "
          "The draft shows two pictures at most, those of Marie Aubanel first. Rights not "
          "cleared: ask the holder before publishing this picture."));
}

TEST(RightsWords, AStateThatIsNotKnownClearsNothing) {
  Rights rights;
  rights.set_state("cleared by aliens");
  EXPECT_THAT(rights_mark(rights), HasSubstr("Rights not cleared"));
}

}  // namespace
}  // namespace copytaster
