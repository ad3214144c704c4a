// What an editor brings in by hand: text, a saved page, an address (features.md A13).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/intake_check.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/told_date.h"
#include "tests/app/intake_support.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

absl::StatusOr<BroughtIn> read(IntakeRequest request) {
  CT_RETURN_IF_ERROR(clean_intake(&request, kNow));
  return read_intake(request, std::nullopt, intake_officials(), kNow);
}

IntakeRequest page(std::string html, std::string url) {
  IntakeRequest request;
  request.by = "Mira";
  request.page = std::move(html);
  request.url = std::move(url);
  return request;
}

TEST(Intake, APastedTextIsMarkedWithWhoAndWhenAndKeptAsEvidence) {
  IntakeRequest request = pasted("Nous rouvrons le pont.\nMerci à tous ! 🎉");
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
  IntakeRequest request = pasted("Le pont rouvre.");
  request.url = "https://m.facebook.com/aubanel.test/posts/123?mibextid=abc";
  const auto brought = read(request);
  ASSERT_TRUE(brought.ok()) << brought.status();
  EXPECT_EQ(brought->item.platform(), "facebook");
  EXPECT_EQ(brought->item.account_id(), "facebook:aubanel.test");
  EXPECT_EQ(brought->item.official_id(), "aubanel");
  EXPECT_THAT(brought->item.id(), StartsWith("facebook:manual/")) << "no id that a collector could make";
}

TEST(Intake, AnAccountWhoseNameOnlyBeginsTheSameIsAnother) {
  IntakeRequest request = pasted("x");
  request.url = "https://www.facebook.com/aubanel.testing/posts/1";
  const auto brought = read(request);
  ASSERT_TRUE(brought.ok());
  EXPECT_EQ(brought->item.official_id(), "");
}

TEST(Intake, APlatformWithoutCollectorHasItsName) {
  IntakeRequest request = pasted("x");
  request.url = "https://www.tiktok.com/@aubanel/video/7";
  EXPECT_EQ(read(request)->item.platform(), "tiktok");
  request.url = "https://nottiktok.com/@a";
  EXPECT_EQ(read(request)->item.platform(), "web");
}

TEST(Intake, ASavedPageGivesItsArticleDateAndPicture) {
  IntakeRequest request = pasted("");
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
  IntakeRequest request = pasted("Le pont rouvre.");
  const std::string first = read(request)->item.id();
  request.by = "Jonas";
  EXPECT_EQ(read(request)->item.id(), first);
  request.text = "Le pont ferme.";
  EXPECT_NE(read(request)->item.id(), first);
}

TEST(Intake, TheSameWordsOfTwoOfficialsAreTwoItems) {
  IntakeRequest request = pasted("We mourn.");
  request.official_id = "aubanel";
  const std::string first = read(request)->item.id();
  request.official_id = "town";
  EXPECT_NE(read(request)->item.id(), first);
}

TEST(Intake, APasteHasNoHeadersThatNobodySent) {
  const Capture capture = read(pasted("Le pont rouvre."))->capture;
  EXPECT_EQ(capture.headers_size(), 0);
  EXPECT_EQ(capture.status(), 0);
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
  IntakeRequest request = pasted("Le pont rouvre.");
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
  IntakeRequest request = pasted("Le pont rouvre.");
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
    IntakeRequest request = pasted("x");
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
    IntakeRequest request = pasted("");
    while (request.page.size() < (std::size_t{1} << 20)) request.page += piece;
    (void)read(request);  // any answer
  }
}

}  // namespace
}  // namespace copytaster
