// The subscriber's half of WebSub: what is asked, what is answered, what is believed.
#include "collectors/websub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/feed.h"
#include "core/strings.h"
#include "core/url.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

void add_link(Capture* capture, std::string_view value) {
  Header* header = capture->add_headers();
  header->set_name("link");
  header->set_value(std::string(value));
}

Account profile_of(std::string_view feed) {
  const auto collector = make_feed({});
  Capture capture = answer(feed);
  capture.set_url("https://hill.example/feed");
  const auto parsed = collector->parse(*collector->recognise("https://hill.example/feed"), capture);
  return parsed.ok() ? parsed->profile : Account();
}

constexpr std::string_view kAtom =
    "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='hub' href='https://hub.example/'/>"
    "<link rel='self' href='/feed.atom'/></feed>";

TEST(WebSubOffer, StandsInTheDocument) {
  const WebSubOffer atom = websub_offer(answer(""), profile_of(kAtom));
  ASSERT_TRUE(atom);
  EXPECT_THAT(atom.hubs, ElementsAre("https://hub.example/"));
  EXPECT_EQ(atom.topic, "https://hill.example/feed.atom");
  const WebSubOffer rss = websub_offer(
      answer(""), profile_of("<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
                             "<atom:link rel='hub' href='https://hub.example/'/>"
                             "<atom:link rel='self' href='https://hill.example/rss'/></channel></rss>"));
  EXPECT_TRUE(rss);
  EXPECT_EQ(rss.topic, "https://hill.example/rss");
  const WebSubOffer json = websub_offer(
      answer(""),
      profile_of(
          R"({"version":"https://jsonfeed.org/version/1.1","title":"Hill","feed_url":)"
          R"("https://hill.example/f.json","hubs":[{"type":"WebSub","url":"https://hub.example/j"}],"items":[]})"));
  EXPECT_THAT(json.hubs, ElementsAre("https://hub.example/j"));
  EXPECT_EQ(json.topic, "https://hill.example/f.json");
}

TEST(WebSubOffer, InLinkHeadersGoesFirst) {
  Capture capture = answer("");
  add_link(&capture,
           "<https://a.example/>; rel=\"hub\", <ftp://b.example/>; rel=hub, <https://c.example/>;rel=hub");
  add_link(&capture, "<https://hill.example/self>; rel=\"self\"; type=\"application/rss+xml\"");
  const WebSubOffer offer = websub_offer(capture, profile_of(kAtom));
  EXPECT_THAT(offer.hubs, ElementsAre("https://a.example/", "https://c.example/"));
  EXPECT_EQ(offer.topic, "https://hill.example/self");
}

TEST(WebSubOffer, NeedsAHubAndATopic) {
  EXPECT_FALSE(websub_offer(answer(""), Account()));
  EXPECT_FALSE(websub_offer(
      answer(""),
      profile_of(
          "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='hub' href='https://h.example/'/></feed>")));
  Account odd;
  (*odd.mutable_details())["hub"] = "javascript:1";
  (*odd.mutable_details())["topic"] = "https://hill.example/";
  EXPECT_FALSE(websub_offer(answer(""), odd));
}

WebSubSubscription subscription() {
  return {"https://hub.example/push?a=1", "https://hill.example/feed?x=1&y=ü",
          "https://desk.example/websub/k3y", "s&cret", absl::Hours(48)};
}

TEST(WebSubRequest, IsAFormByPost) {
  const auto request = websub_request(subscription(), WebSubMode::kSubscribe);
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->method, "POST");
  EXPECT_EQ(request->url, "https://hub.example/push?a=1");
  EXPECT_EQ(header_line(*request, "content-type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(request->max_redirects, 0);
  EXPECT_EQ(
      request->body,
      "hub.mode=subscribe&hub.topic=https%3A%2F%2Fhill.example%2Ffeed%3Fx%3D1%26y%3D%C3%BC"
      "&hub.callback=https%3A%2F%2Fdesk.example%2Fwebsub%2Fk3y&hub.secret=s%26cret&hub.lease_seconds=172800");
}

TEST(WebSubRequest, ToEndASubscriptionTellsNoSecret) {
  const auto request = websub_request(subscription(), WebSubMode::kUnsubscribe);
  ASSERT_TRUE(request.ok());
  EXPECT_THAT(request->body, HasSubstr("hub.mode=unsubscribe&"));
  EXPECT_THAT(request->body, Not(HasSubstr("cret")));
}

TEST(WebSubRequest, RefusesWhatNoHubMayGet) {
  const auto refused = [](auto change, WebSubMode mode = WebSubMode::kSubscribe) {
    WebSubSubscription one = subscription();
    change(&one);
    return websub_request(one, mode).status().code();
  };
  EXPECT_EQ(refused([](auto* one) { one->secret = ""; }), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused([](auto* one) { one->secret.assign(200, 'x'); }), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused([](auto* one) { one->hub = "file:///x"; }), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused([](auto* one) { one->callback = ""; }), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused([](auto* one) { one->topic = "feed"; }), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused([](auto* one) { one->hub = "http://hub.example/"; }), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused([](auto*) {}, WebSubMode::kDenied), absl::StatusCode::kInvalidArgument);
}

std::string question(std::string_view mode, std::string_view more) {
  return str_cat("hub.mode=", mode, "&hub.topic=", percent_encode(subscription().topic), more);
}

TEST(WebSubQuestion, IsAnsweredWithItsChallenge) {
  const auto read =
      read_websub_question(question("subscribe", "&hub.challenge=a%2Bb%20c&hub.lease_seconds=3600"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->lease, absl::Hours(1));
  EXPECT_EQ(answer_websub_question(*read, subscription(), WebSubMode::kSubscribe).value_or("refused"),
            "a+b c");
  const auto end = read_websub_question(question("unsubscribe", "&hub.challenge=x"));
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(answer_websub_question(*end, subscription(), WebSubMode::kUnsubscribe).value_or("refused"), "x");
}

TEST(WebSubQuestion, ThatNobodyAskedForIsRefused) {
  const auto read = read_websub_question(question("subscribe", "&hub.challenge=x&hub.lease_seconds=3600"));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(answer_websub_question(*read, subscription(), WebSubMode::kUnsubscribe).status().code(),
            absl::StatusCode::kNotFound);
  WebSubSubscription other = subscription();
  other.topic = "https://hill.example/other";
  EXPECT_EQ(answer_websub_question(*read, other, WebSubMode::kSubscribe).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(WebSubQuestion, MayBeADenial) {
  const auto read = read_websub_question(question("denied", "&hub.reason=No+such+feed&hub.challenge=x"));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->mode, WebSubMode::kDenied);
  EXPECT_EQ(read->reason, "No such feed");
  EXPECT_EQ(answer_websub_question(*read, subscription(), WebSubMode::kSubscribe).value_or("refused"), "");
}

TEST(WebSubQuestion, IsRefusedWhenItIsNone) {
  for (const std::string& text :
       {std::string(), std::string("hub.mode=subscribe"), question("publish", "&hub.challenge=x"),
        question("subscribe", "&hub.lease_seconds=60"), question("subscribe", "&hub.challenge=x"),
        question("subscribe", "&hub.challenge=x&hub.lease_seconds=-1"),
        question("unsubscribe", str_cat("&hub.challenge=", std::string(5000, 'x')))}) {
    EXPECT_EQ(read_websub_question(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

// The values are those of RFC 2202 (case 2) and RFC 4231 (§4.3).
constexpr std::string_view kBody = "what do ya want for nothing?";
constexpr std::string_view kSha1 = "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
constexpr std::string_view kSha256 =
    "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
constexpr std::string_view kSha384 =
    "sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649";
constexpr std::string_view kSha512 =
    "sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
    "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";

TEST(WebSubSignature, IsTheBodysWithOurSecret) {
  for (const std::string_view good : {kSha1, kSha256, kSha384, kSha512}) {
    EXPECT_TRUE(is_websub_signature(kBody, good, "Jefe")) << good;
    EXPECT_FALSE(is_websub_signature(kBody, good, "jefe")) << good;
    EXPECT_FALSE(is_websub_signature(str_cat(kBody, " "), good, "Jefe")) << good;
    EXPECT_FALSE(is_websub_signature(kBody, good.substr(0, good.size() - 1), "Jefe")) << "cut short";
    EXPECT_FALSE(is_websub_signature(kBody, str_cat(good, "0"), "Jefe"));
    EXPECT_FALSE(is_websub_signature(kBody, good, "")) << "without a secret nothing is proved";
  }
  EXPECT_TRUE(is_websub_signature(kBody, replace_all(kSha1, "sha1=eff", " SHA1=EFF"), "Jefe"));
}

TEST(WebSubSignature, OfAnUnknownMethodIsNone) {
  for (const char* bad : {"", "sha256", "sha256=", "=", "md5=1", "sha224=x", "sha256=zz"})
    EXPECT_FALSE(is_websub_signature(kBody, bad, "Jefe")) << bad;
  EXPECT_FALSE(is_websub_signature(kBody, replace_all(kSha256, "sha256", "sha512"), "Jefe"));
}

TEST(WebSubRenewal, ComesBeforeTheLeaseEndsAndNotAtOnce) {
  const absl::Time now = absl::FromUnixSeconds(1649926800);
  EXPECT_EQ(websub_renewal(now, absl::Hours(240)), now + absl::Hours(216));
  EXPECT_EQ(websub_renewal(now, absl::Minutes(10)), now + absl::Minutes(9));
  EXPECT_EQ(websub_renewal(now, absl::Seconds(1)), now + absl::Minutes(5));
}

}  // namespace
}  // namespace copytaster
