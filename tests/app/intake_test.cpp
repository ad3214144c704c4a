// What an editor brings in by hand: text, a saved page, an address (features.md A13).
#include "app/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/time.h"
#include "tests/support/fake_fetcher.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
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
  return Officials({mayor});
}

IntakeRequest text(std::string words) {
  IntakeRequest request;
  request.by = "Mira";
  request.text = std::move(words);
  return request;
}

absl::StatusOr<BroughtIn> read(const IntakeRequest& request) {
  return read_intake(request, request.page.empty() ? "text" : "page", officials(), kNow);
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

// The poller as far as the intake needs it.
class Brought final : public Poller {
 public:
  absl::Status turn(absl::Duration) override { return absl::OkStatus(); }
  absl::Status hold(std::string_view, const std::optional<Hold>&) override { return absl::OkStatus(); }
  absl::Status bring(const Capture&, Item item) override {
    items.push_back(std::move(item));
    return absl::OkStatus();
  }
  [[nodiscard]] std::size_t busy() const override { return 0; }
  [[nodiscard]] absl::Time next_due() const override { return absl::InfiniteFuture(); }
  [[nodiscard]] std::vector<StreamHealth> streams() const override { return {}; }
  std::vector<Item> items;
};

class IntakeByAddress : public ::testing::Test {
 protected:
  absl::StatusOr<std::string> bring(const std::string& url) {
    IntakeRequest request;
    request.by = "Mira";
    request.url = url;
    absl::StatusOr<std::string> result = absl::InternalError("not called");
    intake_.bring(request, [&](absl::StatusOr<std::string> id) { result = std::move(id); });
    fetcher_.drive(absl::ZeroDuration());
    return result;
  }
  HttpResponse response_;
  ::copytaster::testing::FakeFetcher fetcher_{[this](const HttpRequest& request) {
    HttpResponse response = response_;
    if (response.final_url.empty()) response.final_url = request.url;
    return absl::StatusOr<HttpResponse>(response);
  }};
  Officials officials_ = officials();
  ManualClock clock_{kNow};
  Brought poller_;
  ManualIntake intake_{&poller_, &fetcher_, &officials_, &clock_};
};

TEST_F(IntakeByAddress, ThePageIsFetched) {
  response_.status = 200;
  response_.body = kPage;
  const auto id = bring("https://rouvray.example/pont");
  ASSERT_TRUE(id.ok()) << id.status();
  ASSERT_EQ(poller_.items.size(), 1U);
  EXPECT_EQ(poller_.items[0].id(), *id);
  EXPECT_EQ(poller_.items[0].intake().how(), "url");
}

TEST_F(IntakeByAddress, ALoginWallIsNotTakenForThePost) {
  response_.status = 200;
  response_.body = "<title>Log in</title><main>Log in to continue</main>";
  response_.final_url = "https://www.facebook.com/login/?next=x";
  EXPECT_THAT(bring("https://www.facebook.com/aubanel.test/posts/1").status().message(),
              HasSubstr("asks for a login"));
  response_ = {};
  response_.status = 403;
  EXPECT_THAT(bring("https://www.facebook.com/aubanel.test/posts/1").status().message(),
              HasSubstr("HTTP 403"));
  EXPECT_TRUE(poller_.items.empty());
}

}  // namespace
}  // namespace copytaster
