// Sources on the desk: how each is and why, pausing and resuming, and what is brought in by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "core/strings.h"
#include "core/time.h"
#include "desk/desk_server.h"
#include "desk/source_list.h"
#include "google/protobuf/struct.pb.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class SourcesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Official mayor;
    mayor.set_id("aubanel");
    mayor.set_name("Claire Aubanel");
    for (const char* id :
         {"mastodon:good@social.test", "mastodon:quiet@social.test", "mastodon:new@social.test"}) {
      Account* account = mayor.add_accounts();
      account->set_id(id);
      account->set_platform("mastodon");
      account->set_profile_url(str_cat("https://social.test/@", id));
    }
    Account* silent = mayor.add_accounts();
    silent->set_id("tiktok:aubanel");
    silent->set_platform("tiktok");
    (*silent->mutable_details())[std::string(kNotCollected)] = "no collector";
    put("tiktok:aubanel", [](AccountState&) {});
    put("mastodon:good@social.test", [](AccountState&) {});
    put("mastodon:quiet@social.test", [this](AccountState& state) {
      set_timestamp(state.mutable_quiet_since(), clock_.now());
      state.add_posted(1683800000);
    });
    put("mastodon:gone@social.test", [](AccountState& state) { state.set_ended(true); });
    put("bluesky:stream/jetstream", [](AccountState&) {});
    DeskOptions options;
    options.port = 0;
    DeskDependencies house;
    house.store = &store_;
    house.media = &media_;
    house.clock = &clock_;
    house.sources.officials = {mayor};
    StreamHealth stream;
    stream.name = "bluesky:stream/jetstream";
    stream.accounts = 3;
    stream.polling_since = clock_.now() - absl::Minutes(5);
    stream.polling_why = "UNAVAILABLE: no such host";
    house.sources.streams = [stream] { return std::vector<StreamHealth>{stream}; };
    CredentialHealth token;
    token.platform = "threads";
    token.setting = "collector.threads.token_file";
    token.life = absl::Hours(60 * 24);
    token.put = clock_.now() - absl::Hours(58 * 24);
    house.sources.credentials = {token};
    house.sources.hold = [this](std::string_view id, std::optional<Hold> hold,
                                std::string_view by) -> absl::Status {
      if (id != "mastodon:good@social.test") return absl::NotFoundError("no such account is followed");
      held_ = std::move(hold);
      by_ = std::string(by);
      ++calls_;
      return absl::OkStatus();
    };
    house.sources.intake = [this](IntakeRequest request) -> absl::StatusOr<IntakeAnswer> {
      intake_ = std::move(request);
      if (intake_.text == "bad") return absl::InvalidArgumentError("nothing to bring in");
      if (intake_.text == "twice") return absl::AlreadyExistsError("that post is there already");
      IntakeAnswer answer;
      answer.item_id = "facebook:manual/1";
      answer.known = intake_.text == "known";
      answer.first_by = "Jonas";
      answer.first_at = clock_.now();
      return answer;
    };
    auto desk = DeskServer::start(options, house);
    ASSERT_TRUE(desk.ok()) << desk.status();
    desk_ = *std::move(desk);
  }
  template <typename Change>
  void put(const std::string& id, const Change& change) {
    AccountState state;
    state.set_account_id(id);
    set_timestamp(state.mutable_last_success(), clock_.now());
    change(state);
    store_.put(state);
  }
  RawReply get(const std::string& target) { return ask(desk_->port(), str_cat("GET ", target)); }
  RawReply post(const std::string& target, const std::string& type, const std::string& body,
                const std::string& origin = "http://localhost") {
    return ask(desk_->port(), str_cat("POST ", target),
               str_cat("Host: localhost\r\nOrigin: ", origin, "\r\nContent-Type: ", type, "\r\n"), body);
  }
  using Fields = google::protobuf::Map<std::string, google::protobuf::Value>;
  static std::vector<std::string> ids(const Fields& page) {
    std::vector<std::string> out;
    for (const auto& source : page.at("sources").list_value().values())
      out.push_back(source.struct_value().fields().at("id").string_value());
    return out;
  }
  static google::protobuf::Struct json(const RawReply& reply) {
    google::protobuf::Struct out;
    EXPECT_TRUE(from_json(reply.body, &out).ok()) << reply.body;
    return out;
  }

  ManualClock clock_{absl::FromUnixSeconds(1683831600)};
  FakeStore store_;
  testing::MemoryMedia media_;
  std::optional<Hold> held_;
  std::string by_;
  int calls_ = 0;
  IntakeRequest intake_;
  std::unique_ptr<DeskServer> desk_;
};

TEST_F(SourcesTest, EachTellsHowItIsAndWhy) {
  const auto sources = json(get("/api/sources")).fields().at("sources").list_value();
  ASSERT_EQ(sources.values_size(), 4);
  const auto at = [&](int i, const char* name) {
    return sources.values(i).struct_value().fields().at(name).string_value();
  };
  EXPECT_EQ(at(0, "health"), "good");
  EXPECT_EQ(at(0, "official"), "Claire Aubanel");
  EXPECT_EQ(at(1, "health"), "quiet");
  EXPECT_THAT(at(1, "reason"), HasSubstr("silent since 2023-05-11"));
  EXPECT_EQ(at(2, "health"), "new") << "followed, not asked yet";
  EXPECT_EQ(at(3, "id"), "mastodon:gone@social.test");
  EXPECT_FALSE(sources.values(3).struct_value().fields().at("followed").bool_value());
  EXPECT_FALSE(sources.values(3).struct_value().fields().at("alarm").bool_value()) << "nobody follows it";
}

TEST_F(SourcesTest, APageHasThoseThatNeedALookFirstAndTheCountsOfAll) {
  const auto page = json(get("/api/sources?limit=2&followed=true")).fields();
  EXPECT_THAT(ids(page), ElementsAre("mastodon:quiet@social.test", "mastodon:new@social.test"));
  EXPECT_TRUE(page.at("more").bool_value());
  EXPECT_EQ(page.at("matched").number_value(), 3);
  EXPECT_EQ(page.at("former").number_value(), 1);
  const auto& counts = page.at("counts").struct_value().fields();
  EXPECT_EQ(counts.at("all").number_value(), 3);
  EXPECT_EQ(counts.at("alarms").number_value(), 1);
  EXPECT_EQ(counts.at("good").number_value(), 1);
  const auto next = json(get("/api/sources?limit=2&offset=2&followed=true")).fields();
  EXPECT_THAT(ids(next), ElementsAre("mastodon:good@social.test"));
  EXPECT_FALSE(next.at("more").bool_value());
  EXPECT_THAT(ids(json(get("/api/sources?offset=9")).fields()), ElementsAre());
}

TEST_F(SourcesTest, AccountsThatNoCollectorReadsAreNoneAndAreCountedApart) {
  for (const char* query : {"", "?limit=9", "?followed=true", "?followed=false", "?q=tiktok"}) {
    const auto page = json(get(str_cat("/api/sources", query))).fields();
    EXPECT_THAT(ids(page), Not(Contains("tiktok:aubanel"))) << query;
    EXPECT_EQ(page.at("counts").struct_value().fields().at("all").number_value(), 3) << query;
    EXPECT_EQ(page.at("former").number_value(), 1) << query;
    EXPECT_EQ(page.at("not_collected").struct_value().fields().at("tiktok").number_value(), 1) << query;
  }
  const auto status = json(get("/api/status")).fields();
  EXPECT_EQ(status.at("sources").struct_value().fields().at("all").number_value(), 3);
}

TEST_F(SourcesTest, AreFoundByWordsAndByHowTheyAre) {
  const auto found = [&](const std::string& query) {
    return ids(json(get(str_cat("/api/sources?limit=9&", query))).fields());
  };
  EXPECT_THAT(found("q=AUBANEL+silent"), ElementsAre("mastodon:quiet@social.test"));
  EXPECT_THAT(found("q=aub%C3%A0nel+mastodon+new%40"), ElementsAre("mastodon:new@social.test"));
  EXPECT_THAT(found("q=nobody"), ElementsAre());
  EXPECT_THAT(found("health=alarm"), ElementsAre("mastodon:quiet@social.test"));
  EXPECT_THAT(found("health=good"), ElementsAre("mastodon:good@social.test"));
  EXPECT_THAT(found("health=ended"), ElementsAre()) << "nobody follows it";
  EXPECT_THAT(found("followed=false"), ElementsAre("mastodon:gone@social.test"));
  EXPECT_THAT(found("health=good&q=silent"), ElementsAre());
}

TEST_F(SourcesTest, AWrongParameterIsToldWithWhatWouldBeRight) {
  EXPECT_EQ(get("/api/sources?limit=0").status, 400);
  EXPECT_EQ(get("/api/sources?limit=1001").status, 400);
  EXPECT_EQ(get("/api/sources?followed=maybe").status, 400);
  EXPECT_EQ(get(str_cat("/api/sources?q=", std::string(501, 'a'))).status, 400);
  const RawReply reply = get("/api/sources?health=bad");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("alarm, new, good, quiet"));
}

TEST_F(SourcesTest, StatusTellsStreamsAndTokensThatExpire) {
  const auto status = json(get("/api/status")).fields();
  const auto& stream = status.at("streams").list_value().values(0).struct_value().fields();
  EXPECT_EQ(stream.at("name").string_value(), "bluesky:stream/jetstream");
  EXPECT_EQ(stream.at("state").string_value(), "polling");
  EXPECT_TRUE(stream.at("alarm").bool_value());
  EXPECT_EQ(stream.at("polling_since").string_value(), "2023-05-11T18:55:00Z");
  EXPECT_THAT(stream.at("words").string_value(), HasSubstr("no such host"));
  const auto& token = status.at("credentials").list_value().values(0).struct_value().fields();
  EXPECT_EQ(token.at("setting").string_value(), "collector.threads.token_file");
  EXPECT_EQ(token.at("state").string_value(), "soon");
  EXPECT_EQ(token.at("expires").string_value(), "2023-05-13T19:00:00Z");
  EXPECT_THAT(token.at("words").string_value(),
              HasSubstr("expires about 2023-05-13 (60 days after it was put there)"));
}

// What a page of twenty thousand costs is printed, not asserted: it depends on the machine.
TEST(ManySources, APageOfThemIsSmall) {
  const ManualClock clock(absl::FromUnixSeconds(1683831600));
  FakeStore store;
  testing::MemoryMedia media;
  std::vector<Official> officials;
  for (int i = 0; i < 20000; ++i) {
    Official& official = officials.emplace_back();
    official.set_id(str_cat("o", i));
    official.set_name(str_cat(i % 3 == 0 ? "Bürgermeister " : "Councillor ", i));
    Account* account = official.add_accounts();
    account->set_id(str_cat("mastodon:a", i, "@social.test"));
    account->set_platform("mastodon");
    account->set_handle(str_cat("a", i, "@social.test"));
    account->set_profile_url(str_cat("https://social.test/@a", i));
    AccountState state;
    state.set_account_id(account->id());
    set_timestamp(state.mutable_last_success(), clock.now());
    for (int post = 0; post < 21; ++post) state.add_posted(1683800000 + post);
    if (i % 1000 == 999) state.set_failures(3);
    store.put(state);
  }
  DeskOptions options;
  options.port = 0;
  DeskDependencies house;
  house.store = &store;
  house.media = &media;
  house.clock = &clock;
  house.sources.officials = officials;
  const auto desk = DeskServer::start(options, house);
  ASSERT_TRUE(desk.ok()) << desk.status();
  const auto asked = [&](const std::string& target) {
    const absl::Time begin = absl::Now();
    RawReply reply = ask((*desk)->port(), str_cat("GET ", target));
    std::printf("%-45s %9zu bytes %6.0f ms\n", target.c_str(), reply.body.size(),
                absl::ToDoubleMilliseconds(absl::Now() - begin));
    EXPECT_EQ(reply.status, 200);
    return reply;
  };
  const RawReply all = asked("/api/sources");
  const RawReply page = asked("/api/sources?followed=true&limit=200");
  const RawReply found = asked("/api/sources?followed=true&limit=200&q=burgermeister+19998");
  EXPECT_LT(page.body.size() * 50, all.body.size());
  google::protobuf::Struct out;
  ASSERT_TRUE(from_json(page.body, &out).ok());
  EXPECT_EQ(out.fields().at("sources").list_value().values_size(), 200);
  EXPECT_EQ(out.fields().at("counts").struct_value().fields().at("failing").number_value(), 20);
  EXPECT_EQ(out.fields().at("matched").number_value(), 20000);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(
        out.fields().at("sources").list_value().values(i).struct_value().fields().at("health").string_value(),
        "failing");
  }
  ASSERT_TRUE(from_json(found.body, &out).ok());
  ASSERT_EQ(out.fields().at("sources").list_value().values_size(), 1);
  EXPECT_THAT(found.body, HasSubstr("mastodon:a19998@social.test"));
}

TEST_F(SourcesTest, StatusCountsTheFollowedByHealth) {
  const auto sources = json(get("/api/status")).fields().at("sources").struct_value().fields();
  EXPECT_EQ(sources.at("all").number_value(), 3);
  EXPECT_EQ(sources.at("good").number_value(), 1);
  EXPECT_EQ(sources.at("quiet").number_value(), 1);
  EXPECT_EQ(sources.at("new").number_value(), 1);
  EXPECT_EQ(sources.at("alarms").number_value(), 1);
  EXPECT_EQ(sources.at("ended").number_value(), 0);
}

TEST_F(SourcesTest, PauseNeedsWhoAndWhy) {
  const std::string path = "/api/sources/mastodon%3Agood%40social.test/pause";
  EXPECT_EQ(post(path, "application/json", R"({"by":"Mira"})").status, 400);
  EXPECT_EQ(post(path, "application/json", R"({"reason":"x"})").status, 400);
  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(post(path, "application/json", R"({"by":"Mira","reason":"hacked account"})").status, 200);
  ASSERT_TRUE(held_);
  EXPECT_EQ(held_->by(), "Mira");
  EXPECT_EQ(held_->reason(), "hacked account");
  EXPECT_EQ(to_time(held_->at()), clock_.now());
}

TEST_F(SourcesTest, ResumeTakesAForm) {
  held_.emplace();
  EXPECT_EQ(post("/api/sources/mastodon%3Agood%40social.test/resume", "application/x-www-form-urlencoded",
                 "by=Mira+B%C3%A9")
                .status,
            200);
  EXPECT_FALSE(held_);
  EXPECT_EQ(by_, "Mira Bé");
  EXPECT_EQ(calls_, 1);
}

TEST_F(SourcesTest, WhoIsNotFollowedIsNotFound) {
  const RawReply reply = post("/api/sources/x/pause", "application/json", R"({"by":"M","reason":"r"})");
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(reply.body, HasSubstr("no such account is followed"));
}

TEST_F(SourcesTest, AnotherSitesPageCanChangeNothing) {
  EXPECT_EQ(post("/api/sources/mastodon%3Agood%40social.test/pause", "application/json",
                 R"({"by":"M","reason":"r"})", "https://evil.example")
                .status,
            403);
  EXPECT_EQ(
      post("/api/intake", "application/json", R"({"by":"M","text":"t"})", "https://evil.example").status,
      403);
  EXPECT_EQ(calls_, 0);
}

TEST_F(SourcesTest, WhatIsBroughtInArrivesByteForByte) {
  const RawReply reply = post(
      "/api/intake", "application/json",
      R"({"by":"Mira","url":"https://vk.com/wall-1_2","text":"Добрый \"день\"\n\u00e9","note":"seen on air"})");
  EXPECT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(json(reply).fields().at("item_id").string_value(), "facebook:manual/1");
  EXPECT_EQ(intake_.text, "Добрый \"день\"\né");
  EXPECT_EQ(intake_.by, "Mira");
  EXPECT_EQ(intake_.note, "seen on air");
}

TEST_F(SourcesTest, WhatIsThereAlreadyIsAConflictAndNotOurFault) {
  const RawReply reply = post("/api/intake", "application/json", R"({"by":"M","text":"twice"})");
  EXPECT_EQ(reply.status, 409);
  EXPECT_THAT(reply.body, HasSubstr("already_exists"));
  EXPECT_THAT(reply.body, HasSubstr("that post is there already"));
}

TEST_F(SourcesTest, AFormCarriesASavedPageInItsOwnEncoding) {
  EXPECT_EQ(post("/api/intake", "application/x-www-form-urlencoded",
                 "by=Mira&note=%CC%EE&page=%3Cmeta+charset%3Dwindows-1251%3E%CC%EE%F1%F2")
                .status,
            201);
  EXPECT_EQ(intake_.page, "<meta charset=windows-1251>\xCC\xEE\xF1\xF2");
  EXPECT_EQ(intake_.note, "\uFFFD\uFFFD") << "all other fields are text";
}

TEST_F(SourcesTest, WhatIsKnownSaysWhoBroughtItFirst) {
  const RawReply reply = post("/api/intake", "application/json", R"({"by":"Mira","text":"known"})");
  EXPECT_EQ(reply.status, 200);
  const auto fields = json(reply).fields();
  EXPECT_EQ(fields.at("item_id").string_value(), "facebook:manual/1");
  EXPECT_TRUE(fields.at("known").bool_value());
  EXPECT_FALSE(fields.at("corrected").bool_value());
  EXPECT_EQ(fields.at("first_by").string_value(), "Jonas");
  EXPECT_EQ(fields.at("first_at").string_value(), format_rfc3339(clock_.now()));
}

TEST_F(SourcesTest, WhatIsWrongIsSaid) {
  EXPECT_THAT(post("/api/intake", "application/json", R"({"by":"M","text":"bad"})").body,
              HasSubstr("nothing to bring in"));
  EXPECT_THAT(post("/api/intake", "application/json", R"({"by":"M","txet":"x"})").body,
              HasSubstr("no field \\\"txet\\\""));
  EXPECT_THAT(post("/api/intake", "application/json", R"({"by":["M"]})").body, HasSubstr("by is no text"));
  EXPECT_EQ(post("/api/intake", "application/json", "{").status, 400);
  EXPECT_EQ(post("/api/intake", "multipart/form-data", "x").status, 400);
}

}  // namespace
}  // namespace copytaster
