#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "desk/draft.h"
#include "desk/draft_fields.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    put_visit(store_);
    draft_ = *make_draft(*store_.story(kVisit), store_);
  }
  Block& block_of(std::string_view kind) {
    for (Block& block : *draft_.mutable_blocks()) {
      if (block.kind() == kind) return block;
    }
    ADD_FAILURE() << "no " << kind;
    return *draft_.mutable_blocks(0);
  }
  // Refused with kInvalidArgument, and the message says why; the exports refuse it too.
  void expect_refused(std::string_view why) {
    const absl::Status status = check_draft(draft_, store_);
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(why)));
    EXPECT_EQ(export_markdown(draft_, store_).status(), status);
    EXPECT_EQ(export_html(draft_, store_).status(), status);
    EXPECT_EQ(export_ninjs(draft_, store_).status(), status);
  }
  FakeStore store_;
  Draft draft_;
};

TEST_F(CheckTest, TakesTheDraftAsMade) {
  EXPECT_TRUE(check_draft(draft_, store_).ok()) << check_draft(draft_, store_);
}

TEST_F(CheckTest, RefusesABlockWithoutSupport) {
  block_of("paragraph").clear_support();
  expect_refused("no support");
}

TEST_F(CheckTest, RefusesAQuoteWithOneByteChanged) {
  Block& quote = block_of("quote");
  quote.mutable_text()->back() = '!';
  expect_refused("not the bytes they point at");
}

TEST_F(CheckTest, RefusesAQuoteOfOtherBytes) {
  Block& quote = block_of("quote");
  quote.mutable_support(0)->set_begin(0);
  quote.mutable_support(0)->set_end(2);
  expect_refused("not the bytes they point at");
}

TEST_F(CheckTest, RefusesAQuoteThatIsOnlyPartlyVerbatim) {
  Block& quote = block_of("quote");
  quote.set_text("He said: " + quote.text());
  quote.set_verbatim_begin(9);
  quote.set_verbatim_end(static_cast<std::uint32_t>(quote.text().size()));
  expect_refused("verbatim from end to end");
}

TEST_F(CheckTest, RefusesAQuoteWithoutASpeaker) {
  block_of("quote").clear_speaker();
  expect_refused("without a speaker");
}

TEST_F(CheckTest, RefusesVerbatimThatMarksNothing) {
  for (Block& block : *draft_.mutable_blocks()) {
    if (block.rule() == "verbatim-first") block.clear_verbatim_end();
  }
  expect_refused("verbatim");
}

TEST_F(CheckTest, RefusesAVerbatimSpanOutsideTheText) {
  block_of("quote").set_verbatim_end(100'000);
  expect_refused("outside the text");
}

TEST_F(CheckTest, RefusesAnUnknownPost) {
  block_of("headline").mutable_support(0)->set_item_id("facebook:never");
  expect_refused("is stored");
}

TEST_F(CheckTest, RefusesAVersionThatNeverWas) {
  block_of("headline").mutable_support(0)->set_version(9);
  expect_refused("no version 9");
}

TEST_F(CheckTest, RefusesAFieldThatPostsDoNotHave) {
  for (const std::string_view field :
       {"", "likes", "media", "media[0]", "media[7].caption", "media[-1].caption", "media[0].nothing",
        "media[99999999999].caption", "repost_of", "text "}) {
    block_of("headline").mutable_support(0)->set_field(std::string(field));
    expect_refused("a post has no field");
  }
}

TEST_F(CheckTest, RefusesOffsetsOutsideOrInsideACharacter) {
  Support& support = *block_of("headline").mutable_support(0);
  const std::string text = store_.item(support.item_id())->text();
  support.set_end(static_cast<std::uint32_t>(text.size()) + 1);
  expect_refused("no span");
  support.set_begin(9);
  support.set_end(4);
  expect_refused("no span");
  const std::size_t e_acute = text.find("é");
  ASSERT_NE(e_acute, std::string::npos);
  support.set_begin(static_cast<std::uint32_t>(e_acute) + 1);
  support.set_end(static_cast<std::uint32_t>(text.size()));
  expect_refused("no span");
}

TEST_F(CheckTest, RefusesPicturesWithoutCreditOrOfAnotherPost) {
  Block& picture = block_of("picture");
  const Block good = picture;
  picture.mutable_picture()->mutable_attribution()->clear_credit_line();
  expect_refused("without a credit line");
  picture = good;
  picture.mutable_picture()->set_sha256(std::string(64, '0'));
  expect_refused("does not carry that picture");
  picture = good;
  picture.mutable_picture()->set_media_index(4'000'000'000U);
  expect_refused("does not carry that picture");
  picture = good;
  picture.mutable_picture()->mutable_caption()->set_text("Another caption");
  expect_refused("caption is not the block's verbatim text");
}

TEST_F(CheckTest, ADraftWhosePostWasDeletedSinceMustBeMadeAnew) {
  store_.newest(std::string(kEvening)).set_state(GONE);
  EXPECT_TRUE(absl::IsFailedPrecondition(check_draft(draft_, store_))) << check_draft(draft_, store_);
  const auto again = make_draft(*store_.story(kVisit), store_);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(check_draft(*again, store_).ok()) << check_draft(*again, store_);
}

TEST_F(CheckTest, ADraftThatShowsWhatWasWithheldSinceMustBeMadeAnew) {
  const StoryPicture picture = block_of("picture").picture();
  Rights& rights = *store_.newest(picture.item_id())
                        .mutable_media(static_cast<int>(picture.media_index()))
                        ->mutable_rights();
  rights.mutable_at()->set_seconds(200);
  for (const char* state : {"refused", "embed-only"}) {
    rights.set_state(state);
    EXPECT_TRUE(absl::IsFailedPrecondition(check_draft(draft_, store_))) << state;
  }
  Rights& drafted = *block_of("picture").mutable_picture()->mutable_rights();
  drafted.set_state("granted");
  drafted.mutable_at()->set_seconds(100);
  EXPECT_TRUE(absl::IsFailedPrecondition(check_draft(draft_, store_))) << "an older grant";
  drafted.mutable_at()->set_seconds(300);
  EXPECT_TRUE(check_draft(draft_, store_).ok()) << check_draft(draft_, store_);
}

TEST_F(CheckTest, AnOlderVersionStillSupportsWhatWasMadeFromIt) {
  Item edited = *store_.item(kEvening);
  edited.set_version(2);
  edited.set_text("Tout autre chose.");
  edited.clear_quotes();
  store_.put(edited);
  EXPECT_TRUE(check_draft(draft_, store_).ok()) << check_draft(draft_, store_);
}

TEST(FieldOf, ReadsEveryFieldASupportMayName) {
  Item item;
  item.set_text("text");
  item.set_title("title");
  item.set_url("url");
  item.add_media()->set_caption("caption 0");
  item.add_media()->set_alt_text("alt 1");
  item.mutable_media(1)->mutable_embedded()->set_caption("embedded 1");
  item.mutable_repost_of()->set_text("theirs");
  item.mutable_repost_of()->add_media()->set_caption("their caption");
  EXPECT_EQ(field_of(item, "text"), "text");
  EXPECT_EQ(field_of(item, "title"), "title");
  EXPECT_EQ(field_of(item, "media[0].caption"), "caption 0");
  EXPECT_EQ(field_of(item, "media[1].alt_text"), "alt 1");
  EXPECT_EQ(field_of(item, "media[1].embedded.caption"), "embedded 1");
  EXPECT_EQ(field_of(item, "repost_of.text"), "theirs");
  EXPECT_EQ(field_of(item, "repost_of.media[0].caption"), "their caption");
  EXPECT_EQ(field_of(item, "repost_of.media[1].caption"), std::nullopt);
  EXPECT_EQ(find_words(item, 0, "embedded 1")->field(), "media[1].embedded.caption");
  EXPECT_EQ(find_words(item, 0, ""), std::nullopt);
  item.mutable_media(1)->mutable_embedded()->add_other_captions()->set_text("in XMP");
  item.mutable_media(1)->mutable_embedded()->add_other_captions()->set_text("in EXIF");
  EXPECT_EQ(field_of(item, "media[1].embedded.other_captions[1].text"), "in EXIF");
  EXPECT_EQ(find_words(item, 0, "in EXIF")->field(), "media[1].embedded.other_captions[1].text");
  for (const char* wrong : {"[2].text", "[-1].text", "[].text", "[0].tex", "[0]", "[x].text"})
    EXPECT_EQ(field_of(item, str_cat("media[1].embedded.other_captions", wrong)), std::nullopt) << wrong;
  item.mutable_media(0)->set_read_text("words on a poster");
  EXPECT_EQ(find_words(item, 0, "words on a poster"), std::nullopt) << "nobody of ours has said it";
  EXPECT_EQ(find_words(item, 5, "nowhere"), std::nullopt);
}

}  // namespace
}  // namespace copytaster
