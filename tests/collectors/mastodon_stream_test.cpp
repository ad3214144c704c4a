// The traps of Mastodon's streaming, one test each.
#include "collectors/mastodon_stream.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "collectors/platforms.h"
#include "collectors/stream_accounts.h"
#include "core/json.h"
#include "core/strings.h"
#include "tests/collectors/stream_world.h"

namespace copytaster {
namespace {

std::string status(std::string_view id, std::string_view content, std::string_view acct = "ravenel",
                   std::string_view more = "") {
  return str_cat(
      R"({"id":")", id, R"(","uri":"https://social.example/users/ravenel/statuses/)", id,
      R"(","url":"https://social.example/@ravenel/)", id,
      R"(","created_at":"2022-04-14T08:00:00.000Z","visibility":"public","language":"fr","content":"<p>)",
      content, R"(</p>","account":{"id":"42","username":"ravenel","acct":")", acct,
      R"(","display_name":"Amélie Ravenel","url":"https://social.example/@ravenel","note":"<p>Maire</p>"},"media_attachments":[{"id":"7","type":"image","url":"https://files.social.example/7.jpg","description":"Un rail"}])",
      more, "}");
}
std::string web_socket(std::string_view event, std::string_view payload) {
  return str_cat(R"({"stream":["user"],"event":")", event, R"(","payload":)", json_quote(payload), "}");
}
bool is_unread(const absl::Status& error) {
  return absl::IsInvalidArgument(error) || absl::IsPermissionDenied(error);
}

class MastodonStreamTest : public testing::Test {
 protected:
  static CollectorSettings settings(std::string_view stream, std::string_view host = "social.example") {
    return {{"token", "canary-token"}, {"token_host", std::string(host)}, {"stream", std::string(stream)}};
  }
  FrameNews read(std::string_view body, std::string_view position = "") {
    return read_frame(*collector_, find_, stream_message(body, position));
  }
  absl::Status error_of(std::string_view body) {
    return collector_->parse_frame(find_, stream_message(body)).status();
  }

  std::unique_ptr<Collector> collector_ = make_mastodon(settings("wss://social.example/"));
  std::vector<Account> accounts_ = {*collector_->recognise("https://social.example/@ravenel"),
                                    *collector_->recognise("https://elsewhere.example/@hartwig")};
  StreamAccounts index_{accounts_};
  FindAccount find_ = index_.finder();
};

TEST_F(MastodonStreamTest, OnlyAccountsAtHomeOnTheTokensServerAreNamed) {
  const auto plans = collector_->streams(accounts_);
  ASSERT_EQ(plans.size(), 1U);
  EXPECT_EQ(plans[0].name, "mastodon:stream/social.example");
  EXPECT_EQ(plans[0].account_ids, (std::vector<std::string>{"mastodon:ravenel@social.example"}));
}

TEST_F(MastodonStreamTest, TheUserStreamBringsOnlyWhomTheUserFollowsSoItIsOffUntilSet) {
  EXPECT_TRUE(make_mastodon(settings(""))->streams(accounts_).empty());
  EXPECT_TRUE(make_mastodon({{"stream", "wss://social.example"}})->streams(accounts_).empty());
  EXPECT_TRUE(make_mastodon(settings("wss://third.example", "third.example"))->streams(accounts_).empty());
}

TEST_F(MastodonStreamTest, TheTokenIsNeverInTheUrl) {
  const auto request = collector_->open_stream(collector_->streams(accounts_).at(0), find_, {});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->url, "wss://social.example/api/v1/streaming?stream=user");
  EXPECT_EQ(request->authorization, "Bearer canary-token");
  EXPECT_TRUE(request->headers.empty());
}

TEST_F(MastodonStreamTest, TheTokenGoesToItsOwnServerOnly) {
  for (const char* server :
       {"wss://evil.example", "wss://notsocial.example", "wss://example", "social.example",
        "wss://social.example/api", "wss://social.example.evil.example", "ftp://social.example",
        "https://social.example"}) {
    const auto request = make_mastodon(settings(server))->open_stream({}, find_, {});
    EXPECT_TRUE(absl::IsFailedPrecondition(request.status())) << server << request.status();
    EXPECT_EQ(request.status().ToString().find("canary"), std::string::npos);
  }
}

TEST_F(MastodonStreamTest, AStatusIsTheSameItemAsOnAPage) {
  const std::string wire = status("12", "Le tram 🚋");
  Capture page = answer(str_cat("[", wire, "]"), "id=42&since=11");
  const auto parsed = collector_->parse(accounts_[0], page);
  ASSERT_TRUE(parsed.ok() && parsed->items.size() == 1);
  {
    const FrameNews news = read(web_socket("update", wire));
    EXPECT_EQ(news.account, &accounts_[0]);
    ASSERT_EQ(news.parsed.items.size(), 1U);
    Item item = news.parsed.items[0];
    EXPECT_EQ(item.text(), "Le tram 🚋");
    EXPECT_EQ(item.media(0).alt_text(), "Un rail");
    item.set_capture_sha256(parsed->items[0].capture_sha256());
    EXPECT_EQ(item.SerializeAsString(), parsed->items[0].SerializeAsString());
    EXPECT_EQ(news.parsed.profile.title(), "Amélie Ravenel");
    EXPECT_EQ(news.parsed.next.position(), "id=12");
  }
}

TEST_F(MastodonStreamTest, ThePayloadOfAWebSocketIsJsonInsideAString) {
  const FrameNews news = read(web_socket("update", status("12", R"(\"Ja\" \\u20ac 🇺🇦 Київ)")));
  ASSERT_EQ(news.parsed.items.size(), 1U);
  EXPECT_EQ(news.parsed.items[0].text(), "\"Ja\" \\u20ac 🇺🇦 Київ");
}

TEST_F(MastodonStreamTest, AnEditIsTheSameItem) {
  const FrameNews news = read(web_socket(
      "status.update", status("12", "corrigé", "ravenel", R"(,"edited_at":"2022-04-14T09:00:00.000Z")")));
  ASSERT_EQ(news.parsed.items.size(), 1U);
  EXPECT_EQ(news.parsed.items[0].id(), "mastodon:https://social.example/users/ravenel/statuses/12");
  EXPECT_TRUE(news.parsed.items[0].has_edited_at());
  EXPECT_EQ(news.parsed.next.position(), "") << "an old status's id is no place";
}

TEST_F(MastodonStreamTest, AReblogIsHers) {
  const std::string original =
      replace_all(replace_all(status("7", "Hallo"), "ravenel", "hartwig"), "42", "43");
  const FrameNews news =
      read(web_socket("update", status("13", "Hallo", "ravenel", str_cat(R"(,"reblog":)", original))));
  ASSERT_EQ(news.parsed.items.size(), 1U);
  EXPECT_EQ(news.parsed.items[0].repost_of().item_id(),
            "mastodon:https://social.example/users/hartwig/statuses/7");
}

TEST_F(MastodonStreamTest, ADeleteTellsTheFormsThatTheStatussIdMayHave) {
  for (const std::string& body :
       {web_socket("delete", "12"), std::string(R"({"event":"delete","payload":12})")}) {
    const auto news = collector_->parse_frame(find_, stream_message(body));
    ASSERT_TRUE(news.ok()) << news.status();
    EXPECT_EQ(news->account, nullptr) << "whose it was is not said";
    ASSERT_EQ(news->parsed.deletions.size(), 4U);
    EXPECT_EQ(news->parsed.deletions[0].item_id(), "mastodon:https://social.example/users/*/statuses/12");
    EXPECT_EQ(news->parsed.deletions[0].state(), GONE);
    EXPECT_EQ(news->parsed.deletions[0].proof(), "the server's own stream: delete of its status 12");
    EXPECT_EQ(news->gap, "") << "a poll would not show it";
  }
  for (const char* id : {"", "12/..", "*", "1 2"}) EXPECT_EQ(read(web_socket("delete", id)).account, nullptr);
}

TEST_F(MastodonStreamTest, OthersAndOtherServersStatusesAreIgnored) {
  EXPECT_EQ(read(web_socket("update", status("12", "x", "stranger"))).account, nullptr);
  // One we follow, but this server's copy of his post has other picture ids.
  EXPECT_EQ(read(web_socket("update", status("12", "x", "hartwig@elsewhere.example"))).account, nullptr);
  EXPECT_EQ(read(web_socket("update", status("12", "x", ""))).account, nullptr);
}

TEST_F(MastodonStreamTest, WhatIsNotPublicIsDroppedWhole) {
  for (const char* visibility : {"private", "direct"}) {
    const std::string wire = replace_all(status("12", "unter uns"), R"("visibility":"public")",
                                         str_cat(R"("visibility":")", visibility, "\""));
    const FrameNews news = read(web_socket("update", wire));
    EXPECT_EQ(news.account, nullptr);
    EXPECT_EQ(news.parsed.profile.ByteSizeLong(), 0U);
  }
  for (const char* event : {"notification", "conversation", "filters_changed", "announcement", "new.event"}) {
    EXPECT_EQ(read(web_socket(event, status("12", "x"))).account, nullptr) << event;
  }
}

TEST_F(MastodonStreamTest, NothingIsReplayedSoEachOpeningIsAGap) {
  EXPECT_EQ(read(web_socket("update", status("12", "x"))).gap, "");
  EXPECT_NE(read(web_socket("update", status("12", "x")), "id=11").gap, "");
  EXPECT_NE(read("\n", "id=11").gap, "");
  EXPECT_EQ(read("\n", "id=11").parsed.next.position(), "id=11");
}

TEST_F(MastodonStreamTest, HeartbeatsAreNoNews) {
  for (const char* body : {"\n", "", "\r\n"}) {
    const FrameNews news = read(body);
    EXPECT_EQ(news.account, nullptr) << body;
    EXPECT_EQ(news.gap, "");
  }
}

TEST_F(MastodonStreamTest, ErrorsSayWhatToDoNext) {
  EXPECT_TRUE(absl::IsUnauthenticated(error_of(R"({"error":"Invalid access token","status":401})")));
  EXPECT_TRUE(absl::IsUnavailable(error_of(R"({"error":"Database is busy"})")));
  Capture refused = stream_message(R"({"error":"The access token is invalid"})");
  refused.set_status(401);
  EXPECT_TRUE(absl::IsUnauthenticated(collector_->parse_frame(find_, refused).status()));
  refused.set_status(404);  // GoToSocial has no server-sent events
  refused.set_body("<html>");
  EXPECT_TRUE(absl::IsNotFound(collector_->parse_frame(find_, refused).status()));
}

TEST_F(MastodonStreamTest, AStatusThatCannotBeReadIsRefusedWithItsReason) {
  const FrameNews news =
      read(web_socket("update", replace_all(status("12", "x"), "2022-04-14T08", "gestern")));
  ASSERT_EQ(news.parsed.refused.size(), 1U);
  EXPECT_NE(news.parsed.refused[0].reason().find("created_at"), std::string::npos);
  std::string bad = web_socket("update", status("12", "caf\u00e9"));
  bad = replace_all(bad, "caf\u00e9", "caf\xe9");
  const FrameNews worse = read(bad);
  EXPECT_TRUE(worse.parsed.items.empty());
  ASSERT_EQ(worse.parsed.refused.size(), 1U);
  EXPECT_NE(worse.parsed.refused[0].reason().find("UTF-8"), std::string::npos);
}

TEST_F(MastodonStreamTest, AnyBytesAreAnErrorOrAMessage) {
  for (const std::string& body :
       {std::string("{"), std::string("{}"), std::string("[]"), std::string("<html>"), std::string("event"),
        std::string(R"({"event":"update"})"), std::string(R"({"event":"update","payload":"{"})"),
        std::string(R"({"event":7})"), std::string((std::size_t{1} << 20) + 1, '\n'),
        std::string(":thump\n\n")}) {
    const absl::Status error = error_of(body);
    EXPECT_TRUE(is_unread(error)) << body.substr(0, 80) << error;
  }
  const std::string whole = web_socket("update", status("12", "x"));
  for (std::size_t size = 1; size < whole.size(); ++size)
    EXPECT_TRUE(is_unread(error_of(whole.substr(0, size)))) << size;
}

TEST_F(MastodonStreamTest, WhatCannotBeReadAndMayBePrivateIsNotToBeKept) {
  const auto cut = [](std::string bytes) { return bytes.substr(0, bytes.size() - 3); };
  const std::string wire = status("12", "x");
  EXPECT_TRUE(absl::IsInvalidArgument(error_of(cut(web_socket("update", wire)))));
  EXPECT_TRUE(absl::IsInvalidArgument(error_of(cut(web_socket("delete", "12")))));
  for (const char* visibility : {"private", "direct", "anything"}) {
    const std::string other =
        replace_all(wire, R"("visibility":"public")", str_cat(R"("visibility":")", visibility, "\""));
    EXPECT_TRUE(absl::IsPermissionDenied(error_of(cut(web_socket("update", other))))) << visibility;
  }
  EXPECT_TRUE(absl::IsPermissionDenied(error_of(cut(web_socket("notification", wire)))));
  EXPECT_TRUE(absl::IsPermissionDenied(error_of("<html>")));
}

// Constructed messages outside the repository: of nobody we follow, but messages.
TEST_F(MastodonStreamTest, ReadsTheReferenceMessages) {
  const std::string folder = source_path("../shared/reference/samples/_constructed/");
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "SKIPPED: " << folder << " not present";
  EXPECT_EQ(read(read_file(folder + "mastodon_ws_frame.json")).account, nullptr);
}

}  // namespace
}  // namespace copytaster
