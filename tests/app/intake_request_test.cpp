// A request for intake up to the store: what is fetched, what is known, what is corrected.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/versions.h"
#include "core/strings.h"
#include "core/time.h"
#include "tests/app/intake_support.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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
  absl::Status hand_on(const Parcel&, WriteBatch*) override {
    return absl::UnimplementedError("not asked for here");
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
  Officials officials_ = intake_officials();
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
  IntakeRequest request = pasted("Le pont rouvre.");
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
  IntakeRequest request = pasted("Le pont rouvre.");
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
