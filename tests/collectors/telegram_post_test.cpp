// The traps of a post on Telegram's preview pages, one test each.
#include "collectors/telegram_post.h"

#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/time.h"
#include "tests/collectors/telegram_world.h"

namespace copytaster {
namespace {

using namespace telegram_world;  // NOLINT: the words of its pages

class TelegramPostTest : public TelegramWorld {};

TEST_F(TelegramPostTest, TextNestedTwiceInAlbumsIsTakenOnce) {
  const Item item = only_item(message("5", photo("5", "a") + text(text("Three pictures"))));
  EXPECT_EQ(item.text(), "Three pictures");
}

TEST_F(TelegramPostTest, ReplyTextIsNotThePostsOwn) {
  const Item item = only_item(message(
      "9",
      str_cat(
          R"~(<a class="tgme_widget_message_reply" href="https://t.me/Lahodyn_Rada/5">)~",
          R"~(<i class="tgme_widget_message_reply_thumb" style="background-image:url('https://cdn.example/r.jpg')"></i>)~",
          R"~(<span class="tgme_widget_message_author_name">Рада</span>)~",
          R"~(<div class="tgme_widget_message_text js-message_reply_text">Before…</div></a>)~",
          text("Now"))));
  EXPECT_EQ(item.text(), "Now");
  EXPECT_EQ(item.reply_to().item_id(), "telegram:lahodyn_rada/5");
  EXPECT_EQ(item.reply_to().url(), "https://t.me/lahodyn_rada/5");
  EXPECT_EQ(item.reply_to().text(), "Before…");
  EXPECT_EQ(item.reply_to().author().name(), "Рада");
  EXPECT_EQ(item.media_size(), 0) << "the thumbnail is of the other post";
}

TEST_F(TelegramPostTest, WhatAReplyIsToWithoutWordsIsNoText) {
  const Item item = only_item(message(
      "9", str_cat(R"~(<a class="tgme_widget_message_reply" href="https://t.me/lahodyn_rada/5">)~",
                   R"~(<div class="tgme_widget_message_metatext js-message_reply_text">Video</div></a>)~",
                   text("Now"))));
  EXPECT_EQ(item.text(), "Now");
  EXPECT_EQ(item.reply_to().text(), "");
}

TEST_F(TelegramPostTest, TheTrailingSpacerIsNoText) {
  const Item item =
      only_item(message("5", text(R"~(Good morning<span style="display:inline-block;width:78px"></span>)~")));
  EXPECT_EQ(item.text(), "Good morning");
}

TEST_F(TelegramPostTest, BrIsANewline) {
  EXPECT_EQ(only_item(message("5", text("Bigger<br/>text<br/><br/>end"))).text(), "Bigger\ntext\n\nend");
}

TEST_F(TelegramPostTest, AllPhotosOfAnAlbumComeInOrder) {
  const Item item = only_item(message("5", photo("5?single", "a.jpg") + photo("6?single", "b.jpg") +
                                               photo("7?single", "c.jpg") + text(text("x"))));
  ASSERT_EQ(item.media_size(), 3);
  EXPECT_EQ(item.media(0).url(), "https://cdn.example/a.jpg");
  EXPECT_EQ(item.media(2).url(), "https://cdn.example/c.jpg");
  EXPECT_EQ(item.media(1).native_id(), "6");
  EXPECT_EQ(item.media(1).kind(), PICTURE);
}

TEST_F(TelegramPostTest, AnAlbumIsOnePostAndItsOtherIdsAreWalkedPast) {
  const Parsed parsed = parse(answer(
      page(message("5", photo("5?single", "a.jpg") + photo("6?single", "b.jpg") + text("x"))), "since=4"));
  EXPECT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.next.position(), "since=6");
}

TEST_F(TelegramPostTest, AnEmojiSpriteIsNoPhoto) {
  const Item item = only_item(message("5", text(str_cat("Well done ", kSprite))));
  EXPECT_EQ(item.media_size(), 0);
}

TEST_F(TelegramPostTest, EmojiTextStandsInsideTheIcon) {
  const Item item = only_item(message("5", text(str_cat("Well done ", kSprite, "!"))));
  EXPECT_EQ(item.text(), "Well done 👍!");
  EXPECT_EQ(item.author().name(), "Рада 👍");
}

TEST_F(TelegramPostTest, AVideoHasAThumbAndItsHiddenWordsAreNoProblem) {
  const Item item = only_item(
      message("7", video("v.mp4?token=s", "This media is not supported in your browser") + text("x")));
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).kind(), VIDEO);
  EXPECT_EQ(item.media(0).url(), "https://cdn.example/v.mp4?token=s");
  EXPECT_EQ(item.media(0).preview_url(), "https://cdn.example/t.jpg");
  EXPECT_EQ(item.media(0).problem(), "");
}

TEST_F(TelegramPostTest, MediaIsTooBigIsNoted) {
  const Item item = only_item(message("7", video("", "Media is too big") + text("Whole session")));
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).kind(), VIDEO);
  EXPECT_EQ(item.media(0).url(), "");
  EXPECT_EQ(item.media(0).preview_url(), "https://cdn.example/t.jpg");
  EXPECT_EQ(item.media(0).problem(), "Media is too big");
  EXPECT_EQ(item.text(), "Whole session");
}

TEST_F(TelegramPostTest, ALinkPreviewImageIsNoPostMedia) {
  const Item item = only_item(message(
      "5", text("Read") +
               R"~(<a class="tgme_widget_message_link_preview" href="https://city.example/a?b=1&amp;c=2">
<i class="link_preview_image" style="background-image:url('https://cdn.example/card.jpg')"></i>
<div class="link_preview_site_name">City</div><div class="link_preview_title">The bridge</div>
<div class="link_preview_description">Opens<br/>today</div></a>)~"));
  EXPECT_EQ(item.media_size(), 0);
  ASSERT_EQ(item.links_size(), 1);
  EXPECT_EQ(item.links(0).url(), "https://city.example/a?b=1&c=2");
  EXPECT_EQ(item.links(0).title(), "The bridge");
  EXPECT_EQ(item.links(0).description(), "Opens\ntoday");
  EXPECT_EQ(item.text(), "Read");
}

TEST_F(TelegramPostTest, TheDateIsTheDatetimeAttributeNotTheLocalisedText) {
  const Item item = only_item(message("5", video("v.mp4", "") + text("x")));
  EXPECT_EQ(format_rfc3339(to_time(item.created_at())), "2022-04-14T05:10:00Z");
}

TEST_F(TelegramPostTest, EditedHasNoTimeAndIsNoText) {
  const Item item = only_item(message("5", text("x"), "edited &nbsp;"));
  EXPECT_FALSE(item.has_edited_at());
  EXPECT_EQ(item.text(), "x");
  // The words make the new version.
  EXPECT_NE(only_item(message("5", text("y"), "edited &nbsp;")).content_hash(), item.content_hash());
  EXPECT_EQ(only_item(message("5", text("x"))).content_hash(), item.content_hash());
}

TEST_F(TelegramPostTest, ViewsAreShortened) {
  EXPECT_EQ(only_item(message("5", text("x"))).engagement().views(), 33000U);
  EXPECT_EQ(telegram_count("812"), 812U);
  EXPECT_EQ(telegram_count("436.6K"), 436600U);
  EXPECT_EQ(telegram_count("1.2M"), 1200000U);
  EXPECT_EQ(telegram_count("2.01B"), 2010000000U);
  for (const char* none : {"", "K", "-3", "1.2.3K", "inf", "nan", "many", "99999999999999M"}) {
    EXPECT_EQ(telegram_count(none), 0U) << none;
  }
}

std::string forwarded(std::string_view name) {
  return str_cat(R"~(<div class="tgme_widget_message_forwarded_from">Forwarded from&nbsp;)~", name, "</div>");
}

TEST_F(TelegramPostTest, AForwardCreditsTheOrigin) {
  const Item item = only_item(message(
      "5",
      forwarded(
          R"~(<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/Rescuers/77"><span>Rescuers</span></a>)~") +
          photo("5", "a.jpg") + text("Drill")));
  EXPECT_EQ(item.repost_of().item_id(), "telegram:rescuers/77");
  EXPECT_EQ(item.repost_of().url(), "https://t.me/rescuers/77");
  EXPECT_EQ(item.repost_of().author().name(), "Rescuers");
  EXPECT_EQ(item.repost_of().author().url(), "https://t.me/rescuers");
  EXPECT_EQ(item.repost_of().text(), "Drill");
  EXPECT_EQ(item.repost_of().media_size(), 1);
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.media_size(), 0);
}

TEST_F(TelegramPostTest, AForwardMayBeAUsersOrWithoutALink) {
  const Item user = only_item(message(
      "5",
      forwarded(
          R"~(<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/marta_kolos"><span>Marta</span></a>)~") +
          text("Thanks")));
  EXPECT_EQ(user.repost_of().item_id(), "");
  EXPECT_EQ(user.repost_of().author().name(), "Marta");
  EXPECT_EQ(user.repost_of().author().url(), "https://t.me/marta_kolos");
  EXPECT_EQ(user.repost_of().text(), "Thanks");
  const Item hidden = only_item(message(
      "5", forwarded(R"~(<span class="tgme_widget_message_forwarded_from_name"><span>S. K.</span></span>)~") +
               text("Thanks")));
  EXPECT_TRUE(hidden.has_repost_of());
  EXPECT_EQ(hidden.repost_of().author().name(), "S. K.");
  EXPECT_EQ(hidden.repost_of().url(), "");
}

TEST_F(TelegramPostTest, ASignatureNamesTheAuthor) {
  const Item item = only_item(
      message("5", text("x"),
              R"~(<span class="tgme_widget_message_from_author">Ірина Довга</span>,&nbsp;edited &nbsp;)~"));
  EXPECT_EQ(item.author().name(), "Ірина Довга");
  EXPECT_EQ(item.author().handle(), "lahodyn_rada");
  EXPECT_EQ(item.text(), "x");
}

TEST_F(TelegramPostTest, NoAltTextExists) {
  EXPECT_EQ(only_item(message("5", photo("5", "a.jpg") + text("A bridge"))).media(0).alt_text(), "");
}

TEST_F(TelegramPostTest, LinksMentionsAndHashtagsAreToldApart) {
  const Item item = only_item(message(
      "5",
      text(
          R"~(👍 <a href="?q=%23%D0%BC%D1%96%D1%81%D1%82">#міст</a> <a href="https://t.me/lahodyn_pres">@lahodyn_pres</a> <a href="https://city.example/?a=1&amp;amp;b=2" onclick="return confirm('Open?\n\n'+this.href);">here</a> <a href="?q=%24EUR">$EUR</a>)~")));
  EXPECT_EQ(item.text(), "👍 #міст @lahodyn_pres here $EUR");
  ASSERT_EQ(item.facets_size(), 3);
  const auto shown = [&](int i) {
    return item.text().substr(item.facets(i).begin(), item.facets(i).end() - item.facets(i).begin());
  };
  EXPECT_EQ(item.facets(0).kind(), Facet::HASHTAG);
  EXPECT_EQ(item.facets(0).target(), "міст");
  EXPECT_EQ(shown(0), "#міст");
  EXPECT_EQ(item.facets(1).kind(), Facet::MENTION);
  EXPECT_EQ(shown(1), "@lahodyn_pres");
  EXPECT_EQ(item.facets(2).kind(), Facet::LINK);
  EXPECT_EQ(item.facets(2).target(), "https://city.example/?a=1&b=2") << "escaped twice since 2024";
  EXPECT_EQ(shown(2), "here");
  ASSERT_EQ(item.tags_size(), 1);
  EXPECT_EQ(item.tags(0), "міст");
}

TEST_F(TelegramPostTest, SignedAddressesThatChangeMakeNoNewVersion) {
  const Item one = only_item(message("5", photo("5", "signed-monday.jpg") + text("x")));
  const Item two = only_item(message("5", photo("5", "signed-tuesday.jpg") + text("x")));
  EXPECT_NE(one.media(0).url(), two.media(0).url());
  EXPECT_EQ(one.content_hash(), two.content_hash());
}

TEST_F(TelegramPostTest, TwoMediaOfOneAddressHaveTwoNames) {
  const Item item =
      only_item(message("5", photo("5", "a.jpg") + photo("5", "b.jpg") + photo("6?single", "c.jpg")));
  ASSERT_EQ(item.media_size(), 3);
  EXPECT_EQ(item.media(0).native_id(), "5");
  EXPECT_EQ(item.media(1).native_id(), "5/2");
  EXPECT_EQ(item.media(2).native_id(), "6");
}

// A dash before an answer would be a sign nobody wrote (docs/decisions/0011).
TEST_F(TelegramPostTest, APollsWordsAreKeptEachOnItsLineWithoutDashes) {
  const Item item = only_item(message(
      "5",
      R"~(<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Where?</div><div class="tgme_widget_message_poll_type">Anonymous Poll</div><a class="tgme_widget_message_poll_options"><div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">61%</div><div class="tgme_widget_message_poll_option_text">Here</div></div><div class="tgme_widget_message_poll_option_text">There</div></a></div>)~"));
  EXPECT_EQ(item.text(), "Where?\n\nHere\nThere");
}

TEST_F(TelegramPostTest, WhatOnlyTheAppsShowIsRefusedWithItsReasonNotLost) {
  const Parsed parsed = parse(answer(
      page(message(
          "5",
          R"~(<div class="message_media_not_supported_label">Please open Telegram to view this post</div>)~")),
      "since=4"));
  EXPECT_TRUE(parsed.items.empty());
  ASSERT_EQ(parsed.refused.size(), 1U);
  EXPECT_EQ(parsed.refused[0].native_id(), "lahodyn_rada/5");
  EXPECT_EQ(parsed.refused[0].reason(),
            "a post that Telegram shows in its apps only: Please open Telegram to view this post");
  EXPECT_EQ(parsed.next.position(), "since=5");
}

TEST_F(TelegramPostTest, APartThatIsNotShownIsNotedBesideTheWords) {
  const Item item = only_item(message(
      "5",
      R"~(<div class="message_media_not_supported_label">Please open Telegram to view this post</div>)~" +
          text("Words")));
  EXPECT_EQ(item.text(), "Words");
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).kind(), DOCUMENT);
  EXPECT_EQ(item.media(0).url(), "https://t.me/lahodyn_rada/5");
  EXPECT_EQ(item.media(0).problem(), "Please open Telegram to view this post");
}

}  // namespace
}  // namespace copytaster
