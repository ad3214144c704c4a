#include "desk/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/time.h"
#include "desk/draft_fields.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class DraftTest : public testing::Test {
 protected:
  DraftTest() { put_visit(store_); }
  Draft draft() {
    auto made = make_draft(*store_.story(kVisit), store_);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : Draft();
  }
  FakeStore store_;
};

TEST_F(DraftTest, SaysWhoWhereWhenAndAboutWhat) {
  const Draft made = draft();
  EXPECT_THAT(texts(made, "headline"),
              ElementsAre("Mayor of Rouvray: «Je suis arrivée ce matin à Zelenohrad, à l'invitation de son "
                          "maire, Petro Halenko»"))
      << "two who post about each other's towns say best what they did";
  EXPECT_THAT(texts(made, "note", "headline-places"),
              ElementsAre("Mayor of Rouvray posts about Zelenohrad and Berezivka; Mayor of Zelenohrad posts "
                          "about Rouvray"));
  EXPECT_THAT(
      texts(made, "standfirst"),
      ElementsAre(
          "Marie Aubanel, Mayor of Rouvray, and Petro Halenko, Mayor of Zelenohrad, wrote in French and "
          "Ukrainian on Facebook, Bluesky and Mastodon on 11 May 2023, 21 days after this newsroom "
          "reported “Rouvray honours Zelenohrad”."));
  EXPECT_THAT(
      texts(made, "paragraph", "posted-about"),
      ElementsAre("Marie Aubanel, Mayor of Rouvray, posted about Zelenohrad and Berezivka on Facebook and "
                  "Bluesky on 11 May 2023.",
                  "Petro Halenko, Mayor of Zelenohrad, posted about Rouvray on Mastodon on 11 May 2023."));
  EXPECT_THAT(
      texts(made, "paragraph", "named"),
      ElementsAre(
          "Marie Aubanel named Petro Halenko (Mayor of Zelenohrad), Olha Sydorets and Ivan Kravtsun in "
          "the posts."))
      << "that he names her the standfirst has said";
  EXPECT_EQ(made.blocks(0).kind(), "headline");
}

TEST_F(DraftTest, ReportsTheirWordsVerbatimWithSpeakerAndLanguage) {
  const Draft made = draft();
  EXPECT_THAT(
      texts(made, "paragraph", "verbatim-first"),
      Contains(
          "«Je suis arrivée ce matin à Zelenohrad, à l'invitation de son maire, Petro Halenko», wrote Marie "
          "Aubanel, Mayor of Rouvray, in French on Facebook on 11 May 2023."));
  EXPECT_THAT(
      texts(made, "paragraph", "verbatim-next"),
      Contains("Marie Aubanel added, in French: «Je viens lui dire l'amitié de Rouvray et notre soutien sans "
               "réserve.»"));
  // Hashtags are no sentence, and the quoted words are not told twice.
  for (const std::string& text : texts(made, "paragraph")) {
    EXPECT_THAT(text, Not(HasSubstr("#Rouvray")));
    EXPECT_THAT(text, Not(HasSubstr("Ces rues détruites")));
  }
}

TEST_F(DraftTest, EndsWithTheLeadPersonsClosingStatement) {
  const Draft made = draft();
  EXPECT_THAT(
      texts(made, "quote"),
      ElementsAre("Дякую Марі і всім мешканцям Рувре за підтримку в найважчий час.", std::string(kClosing)));
  const auto closing =
      std::ranges::find_if(made.blocks(), [](const Block& b) { return b.text() == kClosing; });
  ASSERT_NE(closing, made.blocks().end());
  EXPECT_EQ(closing->speaker().name(), "Marie Aubanel");
  EXPECT_EQ(closing->speaker().role(), "Mayor of Rouvray");
  EXPECT_EQ(closing->language(), "fr");
  const Support& support = closing->support(0);
  EXPECT_EQ(store_.item(kEvening)->text().substr(support.begin(), support.end() - support.begin()), kClosing);
}

TEST_F(DraftTest, ShowsTwoDifferentPicturesOfTheLeadWithCaptionAndCredit) {
  const Draft made = draft();
  // The newest version of the caption; the host's copy of the signing comes third and is left out.
  EXPECT_THAT(texts(made, "picture"),
              ElementsAre("Avec Petro Halenko, au moment de signer l'accord entre nos deux villes.",
                          "Avec des acteurs de la ville. Marie Aubanel est la 4e à gauche."));
  for (const Block& block : made.blocks()) {
    if (block.kind() != "picture") continue;
    EXPECT_EQ(block.picture().attribution().credit_line(), "Source: Marie Aubanel on Facebook");
    EXPECT_EQ(block.support(0).version(), 2U);
  }
  EXPECT_THAT(texts(made, "note", "picture-credit"),
              ElementsAre("Picture posted by Petro Halenko, Mayor of Zelenohrad, on Mastodon, 11 May 2023, "
                          "11:09 UTC; passed on "
                          "by Jan Brodzki, Mayor of Kalinowo (Facebook). Source: Petro Halenko on Mastodon"))
      << "once, though two posts show it";
}

TEST_F(DraftTest, TellsTheEditorWhatSheNeedsBesides) {
  const Draft made = draft();
  EXPECT_THAT(
      texts(made, "background"),
      ElementsAre("This newsroom reported on 20 April 2023: “Rouvray honours Zelenohrad”.",
                  "“The Council of Rouvray voted on Thursday to make Zelenohrad an honorary citizen”, this "
                  "newsroom wrote."));
  EXPECT_THAT(texts(made, "section"), ElementsAre("Social City"));
  EXPECT_THAT(texts(made, "note", "official"), ElementsAre("Marie Aubanel, Mayor of Rouvray: 3 posts, 1 copy",
                                                           "Petro Halenko, Mayor of Zelenohrad: 1 post"));
  EXPECT_THAT(
      texts(made, "note", "post"),
      Contains("Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023, 06:12 UTC; also on Bluesky"));
  EXPECT_THAT(
      texts(made, "note", "post"),
      Contains("Petro Halenko, Mayor of Zelenohrad, on Mastodon, 11 May 2023, 11:09 UTC; passed on by Jan "
               "Brodzki, Mayor of Kalinowo (Facebook)"));
  EXPECT_THAT(texts(made, "note", "edited"), ElementsAre(HasSubstr("Version 2 is the one used here.")));
  EXPECT_THAT(texts(made, "note", "headline-words"),
              ElementsAre("Mayor of Rouvray: «Rouvray restera aux côtés de Zelenohrad pour "
                          "reconstruire»"));
}

TEST_F(DraftTest, SaysWhatWasBroughtInByHand) {
  for (const std::string_view id : {kEvening, kArrivalCopy, kReshare}) {
    Item& item = store_.newest(std::string(id));
    item.mutable_intake()->set_by("Mira\nB.");
    set_timestamp(item.mutable_intake()->mutable_at(), *parse_date("2023-05-12T23:30:00Z"));
  }
  const std::string by_hand = "brought in by hand by Mira B., 12 May 2023";
  const std::vector<std::string> posts = texts(draft(), "note", "post");
  EXPECT_THAT(posts, Contains(str_cat(
                         "Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023, 18:48 UTC; ", by_hand)));
  EXPECT_THAT(posts, Contains(HasSubstr(str_cat("; also on Bluesky (", by_hand, ")"))));
  EXPECT_THAT(posts, Contains(HasSubstr(str_cat("(Facebook; ", by_hand, ")"))));
  EXPECT_THAT(
      texts(draft(), "note", "picture-credit"),
      ElementsAre(HasSubstr(str_cat("Jan Brodzki, Mayor of Kalinowo (Facebook; ", by_hand, "). Source: "))));
  std::size_t told = 0;
  for (const std::string& post : posts) told += post.find("by hand") != std::string::npos ? 1 : 0;
  EXPECT_EQ(told, 3U) << "nothing is said of what a collector has read";
}

TEST_F(DraftTest, NeverShowsTheWordsOfADeletedPost) {
  const Draft made = draft();
  EXPECT_THAT(
      texts(made, "note", "deleted"),
      ElementsAre(
          "Deleted by its author and not used here: Petro Halenko, Mayor of Zelenohrad, on Mastodon, 11 "
          "May 2023, 11:02 UTC."));
  for (const Block& block : made.blocks()) EXPECT_THAT(block.text(), Not(HasSubstr("Секретна")));
}

TEST_F(DraftTest, ACopyStandsInWhereTheOriginalIsDeleted) {
  store_.newest(std::string(kArrival)).set_state(GONE);
  const Draft made = draft();
  EXPECT_THAT(
      texts(made, "paragraph", "verbatim-first"),
      Contains(HasSubstr("«Arrivée ce matin à Zelenohrad, à l'invitation de son maire Petro Halenko»")));
  EXPECT_TRUE(check_draft(made, store_).ok()) << check_draft(made, store_);
}

TEST_F(DraftTest, EverySentenceIsSupportedAndEveryVerbatimWordIsThere) {
  const Draft made = draft();
  ASSERT_TRUE(check_draft(made, store_).ok()) << check_draft(made, store_);
  std::size_t verbatim = 0;
  for (const Block& block : made.blocks()) {
    ASSERT_GT(block.support_size(), 0) << block.text();
    for (const Support& support : block.support()) {
      EXPECT_FALSE(support.url().empty());
      EXPECT_GT(support.end(), support.begin()) << block.text();
    }
    if (block.verbatim_end() == block.verbatim_begin()) continue;
    ++verbatim;
    const Support& support = block.support(0);
    const Item item = *store_.item(support.item_id());
    const auto field = field_of(item, support.field());
    ASSERT_TRUE(field);
    EXPECT_EQ(block.text().substr(block.verbatim_begin(), block.verbatim_end() - block.verbatim_begin()),
              field->substr(support.begin(), support.end() - support.begin()));
  }
  EXPECT_GE(verbatim, 10U);
}

TEST_F(DraftTest, SameStoreSameBytes) {
  const Draft once = draft();
  EXPECT_EQ(once.SerializeAsString(), draft().SerializeAsString());
  EXPECT_EQ(format_rfc3339(to_time(once.made_at())), "2023-05-11T18:48:00Z");
}

TEST_F(DraftTest, ACaptionThatStandsNowhereIsNotUsed) {
  Story& story = store_.story_to_change(std::string(kVisit));
  for (StoryPicture& picture : *story.mutable_pictures())
    picture.mutable_caption()->set_text("Invented by a machine");
  const Draft made = draft();
  for (const std::string& text : texts(made, "picture")) EXPECT_THAT(text, Not(HasSubstr("Invented")));
  EXPECT_TRUE(check_draft(made, store_).ok());
}

TEST_F(DraftTest, AQuoteThatIsNotTheTextIsNotUsed) {
  Item& item = store_.newest(std::string(kEvening));
  item.mutable_quotes(0)->set_text("Rouvray paiera tout.");
  item.mutable_quotes(1)->set_end(100'000);
  const Draft made = draft();
  EXPECT_THAT(texts(made, "quote"), Not(Contains("Rouvray paiera tout.")));
  EXPECT_TRUE(check_draft(made, store_).ok());
}

TEST_F(DraftTest, TheCommaBeforeTheSpeakerIsNoPartOfTheQuote) {
  Item& item = store_.newest(std::string(kEvening));
  item.set_text("“A budget that keeps the doors open for everybody,” said Marie Aubanel tonight.");
  item.clear_quotes();
  Quote& quote = *item.add_quotes();
  quote.set_text("A budget that keeps the doors open for everybody,");
  quote.set_begin(3);
  quote.set_end(static_cast<std::uint32_t>(3 + quote.text().size()));
  quote.mutable_speaker()->set_name("Marie Aubanel");
  quote.mutable_speaker()->set_official_id("aubanel");
  quote.set_score(1);
  const Draft made = draft();
  EXPECT_THAT(texts(made, "quote"), Contains("A budget that keeps the doors open for everybody"));
  EXPECT_TRUE(check_draft(made, store_).ok()) << check_draft(made, store_);
}

TEST_F(DraftTest, AStoryWithoutALivePostHasNoDraft) {
  Story story = *store_.story(kVisit);
  story.clear_item_ids();
  story.add_item_ids(std::string(kDeleted));
  story.add_item_ids("facebook:never");
  EXPECT_TRUE(absl::IsNotFound(make_draft(story, store_).status()));
}

TEST_F(DraftTest, OneOrdinaryPost) {
  Item item = make_post("feed:1", "feed", "brodzki", "2023-05-11T08:00:00Z", "en", "");
  item.set_title("New tram line opens on Monday");
  item.set_url("https://www.kalinowo.test/tram");
  store_.put(item);
  Story story;
  story.set_id("story/tram");
  story.add_item_ids("feed:1");
  const auto made = make_draft(story, store_);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(texts(*made, "headline"), ElementsAre("Mayor of Kalinowo: “New tram line opens on Monday”"));
  EXPECT_THAT(
      texts(*made, "standfirst"),
      ElementsAre("Jan Brodzki, Mayor of Kalinowo, wrote in English on kalinowo.test on 11 May 2023."));
  EXPECT_TRUE(check_draft(*made, store_).ok()) << check_draft(*made, store_);
}

TEST_F(DraftTest, AnEmptyRepostOfAStrangerIsADraftToo) {
  Item item = make_post("mastodon:1", "mastodon", "brodzki", "2023-05-11T08:00:00Z", "", "");
  item.mutable_repost_of()->set_url("https://elsewhere.test/1");
  item.mutable_repost_of()->set_text("Someone else's words.");
  store_.put(item);
  Story story;
  story.add_item_ids("mastodon:1");
  const auto made = make_draft(story, store_);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(texts(*made, "headline"),
              ElementsAre("Jan Brodzki, Mayor of Kalinowo, passed on a post on Mastodon on 11 May 2023"));
  EXPECT_THAT(texts(*made, "paragraph"), ElementsAre());
  EXPECT_TRUE(check_draft(*made, store_).ok()) << check_draft(*made, store_);
}

}  // namespace
}  // namespace copytaster
