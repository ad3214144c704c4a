// What an editor brings in by hand: text, a saved page, an address (features.md A13).
#include "app/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/intake_check.h"
#include "app/versions.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/told_date.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 26, 8, 0, 0), absl::UTCTimeZone());

constexpr char kPage[] = R"(<!DOCTYPE html><html lang="fr"><head>
<title>Rouvray – Claire Aubanel</title>
<meta property="og:title" content="Claire Aubanel &amp; le pont">
<meta property="og:description" content="Le pont rouvre.">
<meta property="og:image" content="/pont.jpg"><meta property="og:image:alt" content="Le pont, vu du sud">
<meta property='article:published_time' content='2026-11-25T17:30:00+01:00'>
<link rel="canonical" href="https://rouvray.example/pont"></head>
<body><script>var a = "<article>no</article>";</script>
<article><p>Le pont rouvre demain à 8 h.</p><p>Merci aux ouvriers.</p></article></body></html>)";

Officials officials() {
  Official mayor;
  mayor.set_id("aubanel");
  mayor.set_name("Claire Aubanel");
  Account* account = mayor.add_accounts();
  account->set_id("facebook:aubanel.test");
  account->set_platform("facebook");
  account->set_profile_url("https://www.facebook.com/aubanel.test");
  Official town;
  town.set_id("town");
  town.set_name("Ville de Rouvray");
  Account* site = town.add_accounts();
  site->set_id("feed:rouvray.example");
  site->set_platform("feed");
  site->set_profile_url("https://rouvray.example/");
  return Officials({mayor, town});
}

IntakeRequest text(std::string words) {
  IntakeRequest request;
  request.by = "Mira";
  request.text = std::move(words);
  return request;
}

absl::StatusOr<BroughtIn> read(IntakeRequest request) {
  CT_RETURN_IF_ERROR(clean_intake(&request, kNow));
  return read_intake(request, std::nullopt, officials(), kNow);
}

IntakeRequest page(std::string html, std::string url) {
  IntakeRequest request;
  request.by = "Mira";
  request.page = std::move(html);
  request.url = std::move(url);
  return request;
}

TEST(Intake, APastedTextIsMarkedWithWhoAndWhenAndKeptAsEvidence) {
  IntakeRequest request = text("Nous rouvrons le pont.\nMerci à tous ! 🎉");
  request.official_id = "aubanel";
  request.note = "from her press office, by e-mail";
  const auto brought = read(request);
  ASSERT_TRUE(brought.ok()) << brought.status();
  const Item& item = brought->item;
  EXPECT_EQ(item.text(), request.text);
  EXPECT_EQ(item.intake().by(), "Mira");
  EXPECT_EQ(to_time(item.intake().at()), kNow);
  EXPECT_EQ(item.intake().how(), "text");
  EXPECT_EQ(item.intake().note(), "from her press office, by e-mail");
  EXPECT_EQ(item.author().name(), "Claire Aubanel");
  EXPECT_EQ(item.official_id(), "aubanel");
  EXPECT_FALSE(item.has_created_at()) << "nobody said when it was posted";
  EXPECT_EQ(brought->capture.body(), request.text);
  EXPECT_EQ(brought->capture.purpose(), INTAKE);
  EXPECT_EQ(item.capture_sha256(), brought->capture.sha256());
}

TEST(Intake, AnAddressTellsPlatformAndOfficial) {
  IntakeRequest request = text("Le pont rouvre.");
  request.url = "https://m.facebook.com/aubanel.test/posts/123?mibextid=abc";
  const auto brought = read(request);
  ASSERT_TRUE(brought.ok()) << brought.status();
  EXPECT_EQ(brought->item.platform(), "facebook");
  EXPECT_EQ(brought->item.account_id(), "facebook:aubanel.test");
  EXPECT_EQ(brought->item.official_id(), "aubanel");
  EXPECT_THAT(brought->item.id(), StartsWith("facebook:manual/")) << "no id that a collector could make";
}

TEST(Intake, AnAccountWhoseNameOnlyBeginsTheSameIsAnother) {
  IntakeRequest request = text("x");
  request.url = "https://www.facebook.com/aubanel.testing/posts/1";
  const auto brought = read(request);
  ASSERT_TRUE(brought.ok());
  EXPECT_EQ(brought->item.official_id(), "");
}

TEST(Intake, APlatformWithoutCollectorHasItsName) {
  IntakeRequest request = text("x");
  request.url = "https://www.tiktok.com/@aubanel/video/7";
  EXPECT_EQ(read(request)->item.platform(), "tiktok");
  request.url = "https://nottiktok.com/@a";
  EXPECT_EQ(read(request)->item.platform(), "web");
}

TEST(Intake, ASavedPageGivesItsArticleDateAndPicture) {
  IntakeRequest request = text("");
  request.page = kPage;
  request.url = "https://rouvray.example/pont?utm_source=x";
  const auto brought = read(request);
  ASSERT_TRUE(brought.ok()) << brought.status();
  const Item& item = brought->item;
  EXPECT_EQ(item.title(), "Claire Aubanel & le pont");
  EXPECT_EQ(item.text(), "Le pont rouvre demain à 8 h.\n\nMerci aux ouvriers.");
  EXPECT_EQ(format_rfc3339(to_time(item.created_at())), "2026-11-25T16:30:00Z");
  EXPECT_EQ(item.declared_language(), "fr");
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).url(), "https://rouvray.example/pont.jpg");
  EXPECT_EQ(item.media(0).alt_text(), "Le pont, vu du sud");
  EXPECT_EQ(item.intake().how(), "page");
  EXPECT_EQ(brought->capture.body(), kPage);
}

TEST(Intake, TheSamePasteTwiceIsTheSameItem) {
  IntakeRequest request = text("Le pont rouvre.");
  const std::string first = read(request)->item.id();
  request.by = "Jonas";
  EXPECT_EQ(read(request)->item.id(), first);
  request.text = "Le pont ferme.";
  EXPECT_NE(read(request)->item.id(), first);
}

TEST(Intake, TheSameWordsOfTwoOfficialsAreTwoItems) {
  IntakeRequest request = text("We mourn.");
  request.official_id = "aubanel";
  const std::string first = read(request)->item.id();
  request.official_id = "town";
  EXPECT_NE(read(request)->item.id(), first);
}

TEST(Intake, APasteHasNoHeadersThatNobodySent) {
  const Capture pasted = read(text("Le pont rouvre."))->capture;
  EXPECT_EQ(pasted.headers_size(), 0);
  EXPECT_EQ(pasted.status(), 0);
  const Capture saved = read(page(kPage, "https://rouvray.example/pont"))->capture;
  EXPECT_EQ(saved.headers_size(), 0);
  EXPECT_EQ(saved.body(), kPage);
}

TEST(Intake, ASavedPageIsReadInItsOwnEncodingAndKeptAsItIs) {
  const std::string bytes =
      "<meta charset=windows-1251><article>\xCC\xEE\xF1\xF2 \xEE\xF2\xEA\xF0\xFB\xF2</article>";
  const auto brought = read(page(bytes, ""));
  ASSERT_TRUE(brought.ok()) << brought.status();
  EXPECT_EQ(brought->item.text(), "Мост открыт");
  EXPECT_EQ(brought->capture.body(), bytes);
}

TEST(Intake, APageOfASiteIsNotCreditedToItsOwnerByItsAddress) {
  const std::string html =
      "<title>Guest</title><meta name=author content='Jo Guest'><article>My view.</article>";
  IntakeRequest request = page(html, "https://rouvray.example/guests/1");
  const Item guest = read(request)->item;
  EXPECT_EQ(guest.official_id(), "");
  EXPECT_EQ(guest.author().name(), "Jo Guest");
  EXPECT_EQ(guest.account_id(), "manual");
  EXPECT_EQ(guest.platform(), "web");
  request.official_id = "town";
  const Item named = read(request)->item;
  EXPECT_EQ(named.official_id(), "town");
  EXPECT_EQ(named.author().name(), "Ville de Rouvray") << "whoever brought it says so";
}

TEST(Intake, APagesOwnAuthorStays) {
  const std::string html =
      "<meta property='og:url' content='https://www.facebook.com/aubanel.test/posts/2'>"
      "<meta name=author content='Jo Guest'><article>My view.</article>";
  const Item item = read(page(html, "https://www.facebook.com/aubanel.test/posts/2"))->item;
  EXPECT_EQ(item.official_id(), "aubanel");
  EXPECT_EQ(item.author().name(), "Jo Guest");
}

TEST(Intake, AnAddressKeepsNoKey) {
  IntakeRequest request = text("Le pont rouvre.");
  request.url = "https://rouvray.example/pont?access_token=verysecret&id=3";
  const auto brought = read(request);
  ASSERT_TRUE(brought.ok());
  EXPECT_THAT(brought->item.SerializeAsString(), Not(HasSubstr("verysecret")));
  EXPECT_THAT(brought->capture.SerializeAsString(), Not(HasSubstr("verysecret")));
  EXPECT_THAT(brought->item.url(), HasSubstr("id=3"));
}

TEST(Intake, APagesImpossibleDateIsNone) {
  for (const char* date : {"9999-12-31", "12/11/2026"}) {
    const auto brought = read(page(
        str_cat("<meta property='article:published_time' content='", date, "'><article>Words.</article>"),
        ""));
    ASSERT_TRUE(brought.ok());
    EXPECT_FALSE(brought->item.has_created_at()) << date;
  }
}

TEST(Intake, ADateWithoutATimeIsADay) {
  IntakeRequest request = text("Le pont rouvre.");
  request.created_at = "2026-11-20";
  EXPECT_EQ(created_at_text(read(request)->item), "2026-11-20");
  const std::string dated =
      "<meta property='article:published_time' content='2026-11-20'><article>A.</article>";
  request = page(dated, "");
  EXPECT_EQ(created_at_text(read(request)->item), "2026-11-20");
  request.created_at = "2026-11-20T08:30:00+01:00";
  EXPECT_EQ(created_at_text(read(request)->item), "2026-11-20T07:30:00Z") << "who brings it in knows more";
}

TEST(Intake, ASavedLoginWallIsRefusedUnlessTheTextIsPasted) {
  IntakeRequest request =
      page("<title>Log in or sign up to view</title><main>See more on Facebook</main><input type=password>",
           "https://www.facebook.com/aubanel.test/posts/1");
  EXPECT_THAT(read(request).status().message(), HasSubstr("asks for a login"));
  request.text = "Le pont rouvre.";
  EXPECT_TRUE(read(request).ok());
}

TEST(Intake, SaysWhatIsWrong) {
  const auto wrong = [](auto change) {
    IntakeRequest request = text("x");
    change(request);
    return std::string(read(request).status().message());
  };
  EXPECT_THAT(wrong([](auto& r) { r.by.clear(); }), HasSubstr("who brings it in"));
  EXPECT_THAT(wrong([](auto& r) { r.text.clear(); }), HasSubstr("nothing to bring in"));
  EXPECT_THAT(wrong([](auto& r) { r.url = "javascript:alert(1)"; }), HasSubstr("web address"));
  EXPECT_THAT(wrong([](auto& r) { r.official_id = "nobody"; }), HasSubstr("no official \"nobody\""));
  EXPECT_THAT(wrong([](auto& r) { r.created_at = "some day"; }), HasSubstr("created_at is no date"));
  EXPECT_THAT(wrong([](auto& r) { r.text = std::string(300 << 10, 'x'); }), HasSubstr("longer than"));
  EXPECT_THAT(wrong([](auto& r) {
                r.text.clear();
                r.page = "<html><body></body></html>";
              }),
              HasSubstr("no words"));
}

TEST(Intake, HostilePagesEndInTime) {
  for (const std::string& piece :
       {std::string("<meta "), std::string("<article"), std::string("<meta property="), std::string("<a<a<"),
        std::string("\"'><meta x=\"")}) {
    IntakeRequest request = text("");
    while (request.page.size() < (std::size_t{1} << 20)) request.page += piece;
    (void)read(request);  // any answer
  }
}

// The poller as far as the intake needs it: what it is given is stored as the pipeline would.
class Brought final : public Poller {
 public:
  explicit Brought(testing::MemoryStore* store) : store_(store) {}
  absl::Status turn(absl::Duration) override { return absl::OkStatus(); }
  absl::Status hold(std::string_view, const std::optional<Hold>&) override { return absl::OkStatus(); }
  absl::Status bring(const Capture& capture, Item item) override {
    captures.push_back(capture);
    items.push_back(item);
    const auto known = store_->item(item.id());
    store_->put(next_version(known.ok() ? &*known : nullptr, std::move(item)));
    return absl::OkStatus();
  }
  [[nodiscard]] std::size_t busy() const override { return 0; }
  [[nodiscard]] absl::Time next_due() const override { return absl::InfiniteFuture(); }
  [[nodiscard]] std::vector<StreamHealth> streams() const override { return {}; }
  std::vector<Capture> captures;
  std::vector<Item> items;

 private:
  testing::MemoryStore* store_;
};

class IntakeByRequest : public ::testing::Test {
 protected:
  absl::StatusOr<IntakeAnswer> bring(const IntakeRequest& request) {
    const auto ask = [this](const Calls::Call& call) {
      absl::Status answer = absl::InternalError("not called");
      call([&](absl::Status status) { answer = std::move(status); });
      fetcher_.drive(absl::ZeroDuration());
      return answer;
    };
    return bring_in(request, &intake_, ask, officials_, clock_);
  }
  absl::StatusOr<IntakeAnswer> bring(const std::string& url) {
    IntakeRequest request;
    request.by = "Mira";
    request.url = url;
    return bring(request);
  }
  HttpResponse response_;
  testing::FakeFetcher fetcher_{[this](const HttpRequest& request) {
    HttpResponse response = response_;
    if (response.final_url.empty()) response.final_url = request.url;
    return absl::StatusOr<HttpResponse>(response);
  }};
  Officials officials_ = officials();
  ManualClock clock_{kNow};
  testing::MemoryKeyValue key_value_;
  testing::MemoryStore store_{&key_value_};
  Brought poller_{&store_};
  ManualIntake intake_{&poller_, &fetcher_, &store_};
};
using IntakeByAddress = IntakeByRequest;
using IntakeAgain = IntakeByRequest;

TEST_F(IntakeByAddress, ThePageIsFetched) {
  response_.status = 200;
  response_.body = kPage;
  const auto answer = bring("https://rouvray.example/pont");
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(poller_.items.size(), 1U);
  EXPECT_EQ(poller_.items[0].id(), answer->item_id);
  EXPECT_EQ(poller_.items[0].intake().how(), "url");
  EXPECT_FALSE(answer->known);
}

TEST_F(IntakeByAddress, ThePageIsReadInTheEncodingItsServerNames) {
  response_.status = 200;
  response_.headers = {{"Content-Type", "text/html; charset=iso-8859-2"}};
  response_.body = "<title>Miasto</title><article>\xA3\xF3\x64\xBC</article>";
  ASSERT_TRUE(bring("https://miasto.example/a").ok());
  ASSERT_EQ(poller_.items.size(), 1U);
  EXPECT_EQ(poller_.items[0].text(), "Łódź");
  EXPECT_EQ(poller_.captures[0].body(), response_.body) << "evidence is the bytes as they came";
}

TEST_F(IntakeByAddress, TheEvidenceIsTheServersAnswer) {
  response_.status = 200;
  response_.headers = {{"Content-Type", "text/html; charset=windows-1251"},
                       {"Date", "Thu, 26 Nov 2026 07:59:59 GMT"},
                       {"Set-Cookie", "session=verysecret"}};
  response_.body = "<article>Words.</article>";
  response_.final_url = "https://rouvray.example/new/pont";
  ASSERT_TRUE(bring("https://rouvray.example/pont?token=verysecret").ok());
  ASSERT_EQ(poller_.captures.size(), 1U);
  const Capture& capture = poller_.captures[0];
  EXPECT_EQ(capture.status(), 200);
  EXPECT_EQ(capture.final_url(), "https://rouvray.example/new/pont");
  EXPECT_EQ(capture.purpose(), INTAKE);
  EXPECT_EQ(capture.collector(), "intake/1");
  EXPECT_EQ(capture.account_id(), "manual");
  ASSERT_EQ(capture.headers_size(), 2);
  EXPECT_EQ(capture.headers(0).value(), "text/html; charset=windows-1251");
  EXPECT_EQ(capture.headers(1).name(), "date");
  EXPECT_THAT(capture.SerializeAsString(), Not(HasSubstr("verysecret")));
  EXPECT_EQ(capture.sha256(), poller_.items[0].capture_sha256());
}

TEST_F(IntakeByAddress, ALoginWallIsNotTakenForThePost) {
  response_.status = 200;
  response_.body = "<title>Log in</title><main>Log in to continue</main>";
  response_.final_url = "https://www.facebook.com/login/?next=x";
  EXPECT_THAT(bring("https://www.facebook.com/aubanel.test/posts/1").status().message(),
              HasSubstr("asks for a login"));
  response_.final_url.clear();
  response_.body =
      "<title>Facebook – log in or sign up</title>"
      "<meta property='og:description' content='Share with the people you know.'>";
  EXPECT_THAT(bring("https://www.facebook.com/aubanel.test/posts/1").status().message(),
              HasSubstr("asks for a login"))
      << "at the post's own address";
  response_ = {};
  response_.status = 403;
  EXPECT_THAT(bring("https://www.facebook.com/aubanel.test/posts/1").status().message(),
              HasSubstr("HTTP 403"));
  EXPECT_TRUE(poller_.items.empty());
}

TEST_F(IntakeByAddress, AnArticleOfALoginIsTaken) {
  response_.status = 200;
  response_.body = "<title>News</title><article>The town has a new login.</article>";
  EXPECT_TRUE(bring("https://rouvray.example/news/new-login-portal").ok());
}

TEST_F(IntakeAgain, TheSamePasteSaysWhoBroughtItFirst) {
  IntakeRequest request = text("Le pont rouvre.");
  request.created_at = "2026-11-25T08:00:00Z";
  request.note = "by e-mail";
  const auto first = bring(request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->known);
  clock_.advance(absl::Hours(1));
  request.by = "Jonas";
  for (const bool told : {true, false}) {
    if (!told) request.created_at = request.note = "";
    const auto again = bring(request);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_TRUE(again->known);
    EXPECT_FALSE(again->corrected);
    EXPECT_EQ(again->item_id, first->item_id);
    EXPECT_EQ(again->first_by, "Mira");
    EXPECT_EQ(again->first_at, kNow);
  }
  EXPECT_EQ(poller_.items.size(), 1U);
}

TEST_F(IntakeAgain, ACorrectionIsAVersion) {
  IntakeRequest request = text("Le pont rouvre.");
  request.created_at = "2026-11-25T08:00:00Z";
  request.note = "by e-mail";
  const auto first = bring(request);
  ASSERT_TRUE(first.ok());
  request.by = "Jonas";
  request.created_at = "2026-11-24T08:00:00Z";
  request.note.clear();
  const auto again = bring(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->corrected);
  EXPECT_EQ(again->item_id, first->item_id);
  const auto versions = store_.versions(first->item_id);
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_EQ(format_rfc3339(to_time((*versions)[0].created_at())), "2026-11-25T08:00:00Z");
  EXPECT_EQ(format_rfc3339(to_time((*versions)[1].created_at())), "2026-11-24T08:00:00Z");
  EXPECT_EQ((*versions)[1].intake().by(), "Jonas");
  EXPECT_EQ((*versions)[1].intake().note(), "by e-mail") << "what is not told again stays";
}

}  // namespace
}  // namespace copytaster
