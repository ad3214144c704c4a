// The traps of Telegram's preview pages, one test each.
#include <gtest/gtest.h>

#include "collectors/html_outline.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/telegram_post.h"
#include "core/strings.h"
#include "core/time.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

constexpr std::string_view kSprite =
    R"~(<i class="emoji" style="background-image:url('//telegram.org/img/emoji/40/F09F918D.png')"><b>👍</b></i>)~";

std::string text(std::string_view html) {
  return str_cat(R"~(<div class="tgme_widget_message_text js-message_text" dir="auto">)~", html, "</div>");
}

std::string photo(std::string_view id, std::string_view file) {
  return str_cat(R"~(<a class="tgme_widget_message_photo_wrap 1 2" href="https://t.me/lahodyn_rada/)~", id,
                 R"~(" style="width:800px;background-image:url('https://cdn.example/)~", file,
                 R"~(')"><div class="tgme_widget_message_photo" style="padding-top:66%"></div></a>)~");
}

// Of a video with its file when there is a `source`.
std::string video(std::string_view source, std::string_view label) {
  const std::string tag =
      source.empty() ? "" : str_cat(R"~(<video src="https://cdn.example/)~", source, R"~("></video>)~");
  return str_cat(
      R"~(<a class="tgme_widget_message_video_player" href="https://t.me/lahodyn_rada/7">)~",
      R"~(<i class="tgme_widget_message_video_thumb" style="background-image:url('https://cdn.example/t.jpg')"></i>)~",
      tag, R"~(<time class="message_video_duration">0:52</time>)~",
      R"~(<div class="message_media_not_supported_label">)~", label, "</div></a>");
}

std::string message(std::string_view id, std::string_view inner, std::string_view meta = "",
                    std::string_view classes = "") {
  return str_cat(
      R"~(<div class="tgme_widget_message_wrap"><div class="tgme_widget_message )~", classes,
      R"~( js-widget_message" data-post="Lahodyn_Rada/)~", id,
      R"~("><div class="tgme_widget_message_author">)~",
      R"~(<a class="tgme_widget_message_owner_name" href="https://t.me/lahodyn_rada"><span>Рада )~", kSprite,
      "</span></a></div>", inner,
      R"~(<div class="tgme_widget_message_info"><span class="tgme_widget_message_views">33.0K</span>)~",
      R"~(<span class="tgme_widget_message_meta">)~", meta,
      R"~(<a class="tgme_widget_message_date" href="x"><time datetime="2022-04-14T05:10:00+00:00">)~",
      "05:10</time></a></span></div></div></div>");
}

std::string page(std::string_view messages, std::string_view older = "") {
  const std::string link =
      older.empty() ? "" : str_cat(R"~(<link rel="prev" href="/s/x?before=)~", older, "\">");
  return str_cat("<!DOCTYPE html><html><head>", link,
                 R"~(</head><body><section class="tgme_channel_history">)~", messages,
                 "</section></body></html>");
}

class TelegramTest : public testing::Test {
 protected:
  Parsed parse(const Capture& capture) {
    auto parsed = collector_->parse(account_, capture);
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    if (!parsed.ok()) return {};
    EXPECT_EQ(faults_of(*parsed, account_, capture), "");
    return *std::move(parsed);
  }
  Item only_item(std::string_view messages) {
    Parsed parsed = parse(answer(page(messages), "since=1"));
    EXPECT_EQ(parsed.items.size(), 1U);
    return parsed.items.empty() ? Item() : parsed.items[0];
  }
  absl::Status error_of(const Capture& capture) { return collector_->parse(account_, capture).status(); }
  std::string url_for(std::string_view position) {
    Cursor cursor;
    cursor.set_position(std::string(position));
    auto request = collector_->request(account_, cursor);
    return request.ok() ? request->url : request.status().ToString();
  }
  Parsed reread(std::string_view messages, std::string_view native_id) {
    Capture capture = answer(page(messages), "since=200");
    capture.set_purpose(REREAD);
    capture.set_native_id(std::string(native_id));
    return parse(capture);
  }
  std::unique_ptr<Collector> collector_ = make_telegram({});
  Account account_ = *collector_->recognise("https://t.me/lahodyn_rada");
};

TEST_F(TelegramTest, RecognisesChannelsAsPeoplePasteThem) {
  for (const char* url : {"https://t.me/lahodyn_rada", "http://t.me/Lahodyn_Rada/", "t.me/lahodyn_rada",
                          "https://t.me/s/lahodyn_rada", "https://telegram.me/lahodyn_rada",
                          " https://www.t.me/lahodyn_rada?x=1#y ", "https://telegram.dog/s/lahodyn_rada",
                          "https://lahodyn_rada.t.me/"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << ": " << account.status();
    EXPECT_EQ(account->id(), "telegram:lahodyn_rada") << url;
    EXPECT_EQ(account->profile_url(), "https://t.me/lahodyn_rada") << url;
  }
}

TEST_F(TelegramTest, PostsInvitationsAndPrivateChatsAreNoChannels) {
  for (const char* url :
       {"https://t.me/lahodyn_rada/123", "https://t.me/s/lahodyn_rada/123", "https://t.me/joinchat/AAAAAE",
        "https://t.me/+AbCdEf", "https://t.me/c/1234567/89", "https://t.me/", "https://t.me/addstickers/Mist",
        "https://t.me/share/url?url=x", "https://t.me/1city", "https://t.me/abc"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << ": " << account.status();
    EXPECT_NE(std::string(account.status().message()).find("https://t.me/CHANNEL"), std::string::npos) << url;
  }
}

TEST_F(TelegramTest, OtherSitesAreNotClaimed) {
  for (const char* url : {"https://telegram.org/blog", "https://t.me.example/lahodyn_rada", "@lahodyn_rada",
                          "https://not.me/lahodyn_rada", "https://social.example/@lahodyn_rada"}) {
    EXPECT_TRUE(absl::IsNotFound(collector_->recognise(url).status())) << url;
  }
}

TEST_F(TelegramTest, FirstContactGoesBackWithBeforeUpToFirstPages) {
  EXPECT_EQ(url_for(""), "https://t.me/s/lahodyn_rada");
  const Parsed one = parse(answer(page(message("41", text("a")) + message("42", text("b")), "41")));
  EXPECT_TRUE(one.more);
  EXPECT_EQ(url_for(one.next.position()), "https://t.me/s/lahodyn_rada?before=41");
  const Parsed two = parse(answer(page(message("40", text("c")), "40"), one.next.position()));
  EXPECT_FALSE(two.more) << "two pages are the default";
  EXPECT_EQ(two.next.position(), "since=42");
}

TEST_F(TelegramTest, AChannelWhoseFirstPageIsAllIsNotAskedForOlder) {
  const Parsed one = parse(answer(page(message("2", text("a")))));
  EXPECT_FALSE(one.more);
  EXPECT_EQ(one.next.position(), "since=2");
}

TEST_F(TelegramTest, CatchesUpWithAfterUntilNothingNewerComes) {
  EXPECT_EQ(url_for("since=42"), "https://t.me/s/lahodyn_rada?after=42");
  const Parsed some = parse(answer(page(message("43", text("a")) + message("44", text("b"))), "since=42"));
  EXPECT_TRUE(some.more);
  EXPECT_EQ(some.next.position(), "since=44");
  const Parsed end =
      parse(answer(page(R"~(<div class="tme_no_messages_found">No posts found</div>)~"), "since=44"));
  EXPECT_FALSE(end.more);
  EXPECT_EQ(end.next.position(), "since=44");
}

TEST_F(TelegramTest, APageThatDoesNotHeedAfterDoesNotTurnUsInCircles) {
  EXPECT_FALSE(parse(answer(page(message("42", text("a"))), "since=42")).more);
  EXPECT_FALSE(parse(answer(page(message("50", text("a")), "50"), "top=60&before=50&pages=1")).more);
}

TEST_F(TelegramTest, ServiceMessagesAreSkippedButWalkedPast) {
  const Parsed parsed = parse(answer(
      page(message("43", text("a")) + message("44", text("Channel photo updated"), "", "service_message")),
      "since=42"));
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].native_id(), "lahodyn_rada/43");
  EXPECT_EQ(parsed.next.position(), "since=44");
}

TEST_F(TelegramTest, TextNestedTwiceInAlbumsIsTakenOnce) {
  const Item item = only_item(message("5", photo("5", "a") + text(text("Three pictures"))));
  EXPECT_EQ(item.text(), "Three pictures");
}

TEST_F(TelegramTest, ReplyTextIsNotThePostsOwn) {
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

TEST_F(TelegramTest, WhatAReplyIsToWithoutWordsIsNoText) {
  const Item item = only_item(message(
      "9", str_cat(R"~(<a class="tgme_widget_message_reply" href="https://t.me/lahodyn_rada/5">)~",
                   R"~(<div class="tgme_widget_message_metatext js-message_reply_text">Video</div></a>)~",
                   text("Now"))));
  EXPECT_EQ(item.text(), "Now");
  EXPECT_EQ(item.reply_to().text(), "");
}

TEST_F(TelegramTest, TheTrailingSpacerIsNoText) {
  const Item item =
      only_item(message("5", text(R"~(Good morning<span style="display:inline-block;width:78px"></span>)~")));
  EXPECT_EQ(item.text(), "Good morning");
}

TEST_F(TelegramTest, BrIsANewline) {
  EXPECT_EQ(only_item(message("5", text("Bigger<br/>text<br/><br/>end"))).text(), "Bigger\ntext\n\nend");
}

TEST_F(TelegramTest, AllPhotosOfAnAlbumComeInOrder) {
  const Item item = only_item(message("5", photo("5?single", "a.jpg") + photo("6?single", "b.jpg") +
                                               photo("7?single", "c.jpg") + text(text("x"))));
  ASSERT_EQ(item.media_size(), 3);
  EXPECT_EQ(item.media(0).url(), "https://cdn.example/a.jpg");
  EXPECT_EQ(item.media(2).url(), "https://cdn.example/c.jpg");
  EXPECT_EQ(item.media(1).native_id(), "6");
  EXPECT_EQ(item.media(1).kind(), PICTURE);
}

TEST_F(TelegramTest, AnAlbumIsOnePostAndItsOtherIdsAreWalkedPast) {
  const Parsed parsed = parse(answer(
      page(message("5", photo("5?single", "a.jpg") + photo("6?single", "b.jpg") + text("x"))), "since=4"));
  EXPECT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.next.position(), "since=6");
}

TEST_F(TelegramTest, AnEmojiSpriteIsNoPhoto) {
  const Item item = only_item(message("5", text(str_cat("Well done ", kSprite))));
  EXPECT_EQ(item.media_size(), 0);
}

TEST_F(TelegramTest, EmojiTextStandsInsideTheIcon) {
  const Item item = only_item(message("5", text(str_cat("Well done ", kSprite, "!"))));
  EXPECT_EQ(item.text(), "Well done 👍!");
  EXPECT_EQ(item.author().name(), "Рада 👍");
}

TEST_F(TelegramTest, AVideoHasAThumbAndItsHiddenWordsAreNoProblem) {
  const Item item = only_item(
      message("7", video("v.mp4?token=s", "This media is not supported in your browser") + text("x")));
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).kind(), VIDEO);
  EXPECT_EQ(item.media(0).url(), "https://cdn.example/v.mp4?token=s");
  EXPECT_EQ(item.media(0).preview_url(), "https://cdn.example/t.jpg");
  EXPECT_EQ(item.media(0).problem(), "");
}

TEST_F(TelegramTest, MediaIsTooBigIsNoted) {
  const Item item = only_item(message("7", video("", "Media is too big") + text("Whole session")));
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).kind(), VIDEO);
  EXPECT_EQ(item.media(0).url(), "");
  EXPECT_EQ(item.media(0).preview_url(), "https://cdn.example/t.jpg");
  EXPECT_EQ(item.media(0).problem(), "Media is too big");
  EXPECT_EQ(item.text(), "Whole session");
}

TEST_F(TelegramTest, ALinkPreviewImageIsNoPostMedia) {
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

TEST_F(TelegramTest, TheDateIsTheDatetimeAttributeNotTheLocalisedText) {
  const Item item = only_item(message("5", video("v.mp4", "") + text("x")));
  EXPECT_EQ(format_rfc3339(to_time(item.created_at())), "2022-04-14T05:10:00Z");
}

TEST_F(TelegramTest, EditedHasNoTimeAndIsNoText) {
  const Item item = only_item(message("5", text("x"), "edited &nbsp;"));
  EXPECT_FALSE(item.has_edited_at());
  EXPECT_EQ(item.text(), "x");
  // The words make the new version.
  EXPECT_NE(only_item(message("5", text("y"), "edited &nbsp;")).content_hash(), item.content_hash());
  EXPECT_EQ(only_item(message("5", text("x"))).content_hash(), item.content_hash());
}

TEST_F(TelegramTest, ViewsAreShortened) {
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

TEST_F(TelegramTest, AForwardCreditsTheOrigin) {
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

TEST_F(TelegramTest, AForwardMayBeAUsersOrWithoutALink) {
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

TEST_F(TelegramTest, ASignatureNamesTheAuthor) {
  const Item item = only_item(
      message("5", text("x"),
              R"~(<span class="tgme_widget_message_from_author">Ірина Довга</span>,&nbsp;edited &nbsp;)~"));
  EXPECT_EQ(item.author().name(), "Ірина Довга");
  EXPECT_EQ(item.author().handle(), "lahodyn_rada");
  EXPECT_EQ(item.text(), "x");
}

TEST_F(TelegramTest, NoAltTextExists) {
  EXPECT_EQ(only_item(message("5", photo("5", "a.jpg") + text("A bridge"))).media(0).alt_text(), "");
}

TEST_F(TelegramTest, LinksMentionsAndHashtagsAreToldApart) {
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

TEST_F(TelegramTest, SignedAddressesThatChangeMakeNoNewVersion) {
  const Item one = only_item(message("5", photo("5", "signed-monday.jpg") + text("x")));
  const Item two = only_item(message("5", photo("5", "signed-tuesday.jpg") + text("x")));
  EXPECT_NE(one.media(0).url(), two.media(0).url());
  EXPECT_EQ(one.content_hash(), two.content_hash());
}

TEST_F(TelegramTest, TwoMediaOfOneAddressHaveTwoNames) {
  const Item item =
      only_item(message("5", photo("5", "a.jpg") + photo("5", "b.jpg") + photo("6?single", "c.jpg")));
  ASSERT_EQ(item.media_size(), 3);
  EXPECT_EQ(item.media(0).native_id(), "5");
  EXPECT_EQ(item.media(1).native_id(), "5/2");
  EXPECT_EQ(item.media(2).native_id(), "6");
}

// A dash before an answer would be a sign nobody wrote (docs/decisions/0011).
TEST_F(TelegramTest, APollsWordsAreKeptEachOnItsLineWithoutDashes) {
  const Item item = only_item(message(
      "5",
      R"~(<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Where?</div><div class="tgme_widget_message_poll_type">Anonymous Poll</div><a class="tgme_widget_message_poll_options"><div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">61%</div><div class="tgme_widget_message_poll_option_text">Here</div></div><div class="tgme_widget_message_poll_option_text">There</div></a></div>)~"));
  EXPECT_EQ(item.text(), "Where?\n\nHere\nThere");
}

TEST_F(TelegramTest, WhatOnlyTheAppsShowIsRefusedWithItsReasonNotLost) {
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

TEST_F(TelegramTest, APartThatIsNotShownIsNotedBesideTheWords) {
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

TEST_F(TelegramTest, AnEmptyChannelIsReadAndEmpty) {
  const Parsed parsed = parse(answer(page(R"~(<div class="tme_no_messages_found">No posts found</div>)~")));
  EXPECT_TRUE(parsed.items.empty());
  EXPECT_FALSE(parsed.more);
  EXPECT_EQ(parsed.next.position(), "");
}

TEST_F(TelegramTest, NoPreviewIsNotReadableNeitherEmptyNorGone) {
  Capture capture = answer(
      R"~(<html><body><div class="tgme_page_wrap"><div class="tgme_page"><div class="tgme_page_extra">4 120 subscribers</div></div></div></body></html>)~");
  capture.set_final_url("https://t.me/lahodyn_rada");
  const absl::Status status = error_of(capture);
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_NE(std::string(status.message()).find("no preview"), std::string::npos);
  capture.set_purpose(REREAD);
  capture.set_native_id("lahodyn_rada/5");
  EXPECT_TRUE(absl::IsPermissionDenied(error_of(capture))) << "no deletion of a post";
  EXPECT_TRUE(absl::IsPermissionDenied(error_of(answer("", "", 302))));
}

TEST_F(TelegramTest, FaultsOnTheWayAreNeitherEmptyNorGone) {
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("<html><body>Hotel sign in</body></html>"))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer(""))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("x", "", 404))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("x", "", 503))));
  EXPECT_TRUE(absl::IsResourceExhausted(error_of(answer("x", "", 429))));
}

TEST_F(TelegramTest, APageThatIsCutOffIsAskedForAgain) {
  const std::string whole = page(message("5", text("a")) + message("6", text("b")));
  for (const std::size_t size : {whole.size() - 1, whole.size() - 20, whole.size() / 2}) {
    EXPECT_TRUE(absl::IsUnavailable(error_of(answer(whole.substr(0, size), "since=4")))) << size;
  }
}

TEST_F(TelegramTest, APostOfOtherBytesThanUtf8IsRefusedAndItsNeighboursAreNot) {
  const Parsed parsed = parse(answer(
      page(message("5", text("a")) + message("6", text("\xd0\xff")) + message("7", text("c"))), "since=4"));
  EXPECT_EQ(parsed.items.size(), 2U);
  ASSERT_EQ(parsed.refused.size(), 1U);
  EXPECT_EQ(parsed.refused[0].reason(), "its bytes are not UTF-8");
}

// ---- a post asked again

TEST_F(TelegramTest, AsksForAPageThatShowsBothNeighbours) {
  const auto request = collector_->reread(account_, "lahodyn_rada/100");
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->url, "https://t.me/s/lahodyn_rada?before=116");
  EXPECT_TRUE(absl::IsInvalidArgument(collector_->reread(account_, "lahodyn_rada").status()));
}

TEST_F(TelegramTest, ARereadGivesThatPostAlone) {
  const Parsed parsed = reread(
      message("99", text("a")) + message("100", text("b")) + message("101", text("c")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].text(), "b");
  EXPECT_TRUE(parsed.deletions.empty());
}

TEST_F(TelegramTest, AnIdGapBetweenNeighboursIsADeletion) {
  const Parsed parsed = reread(message("98", text("a")) + message("101", text("c")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].state(), GONE);
  EXPECT_EQ(parsed.deletions[0].item_id(), "telegram:lahodyn_rada/100");
  EXPECT_EQ(parsed.deletions[0].proof(), "the channel's page shows 98 and 101 and no 100 between them");
}

TEST_F(TelegramTest, WithoutANewerNeighbourItIsNotProven) {
  const Parsed parsed = reread(message("98", text("a")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].state(), UNKNOWN);
}

TEST_F(TelegramTest, APageOfOtherPostsProvesNothing) {
  EXPECT_TRUE(
      reread(message("300", text("a")) + message("301", text("b")), "lahodyn_rada/100").deletions.empty());
  EXPECT_TRUE(reread("", "lahodyn_rada/100").deletions.empty());
}

TEST_F(TelegramTest, APictureOfAnAlbumIsNotGone) {
  const std::string album = message("99", photo("99?single", "a") + photo("100?single", "b") + text("x"));
  EXPECT_TRUE(reread(album + message("103", text("c")), "lahodyn_rada/100").deletions.empty());
}

TEST_F(TelegramTest, AServiceMessageIsANeighbour) {
  const Parsed parsed =
      reread(message("99", text("x"), "", "service_message") + message("101", text("c")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].state(), GONE);
}

// ---- the outline

TEST(HtmlOutline, EndTagsCloseTheNearestOfTheirName) {
  const std::string html = "<div class='a'><a href=x><div>1</div><a class=\"b c\">2</a></a><br/>3</div></p>";
  const auto page = HtmlOutline::read(html);
  ASSERT_TRUE(page.ok());
  EXPECT_FALSE(page->cut_off());
  const HtmlElement* outer = page->find("a");
  ASSERT_NE(outer, nullptr);
  EXPECT_EQ(page->inner(*outer), "<a href=x><div>1</div><a class=\"b c\">2</a></a><br/>3");
  EXPECT_EQ(page->inner(*page->find(*outer, "c")), "2");
  EXPECT_EQ(page->find(*page->find("c"), "a"), nullptr);
}

TEST(HtmlOutline, ScriptsHoldNoElements) {
  const auto page =
      HtmlOutline::read("<script>if (a<b) x='<div class=q>'</script><!-- <i class=q> --><b class=r></b>");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->find("q"), nullptr);
  EXPECT_NE(page->find("r"), nullptr);
}

TEST(HtmlOutline, CapsAreErrorsNotCrashes) {
  std::string deep, many;
  for (int i = 0; i < 300; ++i) deep += "<div>";
  for (std::size_t i = 0; i <= HtmlOutline::kMaxElements; ++i) many += "<br>";
  EXPECT_TRUE(absl::IsInvalidArgument(HtmlOutline::read(deep).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(HtmlOutline::read(many).status()));
}

TEST(HtmlOutline, ReadsBackgroundsOfStyles) {
  const auto background = [](std::string_view style) {
    const std::string html = str_cat("<i style=\"", style, "\"></i>");
    return background_of(HtmlOutline::read(html)->elements().front());
  };
  EXPECT_EQ(background("width:9px;background-image:url('https://a.example/x_(1).jpg')"),
            "https://a.example/x_(1).jpg");
  EXPECT_EQ(background("background-image: url(https://a.example/y)"), "https://a.example/y");
  EXPECT_EQ(background("background-image:url(&#39;https://a.example/z&#39;)"), "https://a.example/z");
  EXPECT_EQ(background("background-image:none"), "");
  EXPECT_EQ(background("background-image:url('"), "");
}

}  // namespace
}  // namespace copytaster
