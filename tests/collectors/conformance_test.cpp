// What every collector of the catalog owes its users, whatever its platform.
#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "collectors/catalog.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

// std::mt19937 gives longs.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  unsigned operator()() { return static_cast<unsigned>(engine_()); }

 private:
  std::mt19937 engine_;
};

std::unique_ptr<Collector> make(std::string_view name, const CollectorSettings& settings = {}) {
  for (const CatalogEntry& entry : catalog()) {
    if (entry.spec().name == name) return entry.make(settings);
  }
  return nullptr;
}

// "https://HOST/@USER" → something that could stand there.
std::string example_of(std::string_view shape) {
  std::string out(shape);
  for (const auto& [word, example] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"HANDLE", "ravenel.portvent.example"},
           {"DID", "did:plc:ravenel2345portvent234567"},
           {"HOST", "social.example"},
           {"USER", "ravenel"},
           {"PAGE", "ravenel.portvent"},
           {"NAME", "Ravenel"},
           {"PATH", "feed.xml"},
           {"ID", "100064000000042"}}) {
    out = replace_all(out, word, example);
  }
  return out;
}

class EveryCollector : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<Collector> collector_ = make(GetParam(), canary_settings());
  const CollectorSpec& spec_ = collector_->spec();
};

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const CatalogEntry& entry : catalog()) out.emplace_back(entry.spec().name);
  return out;
}

INSTANTIATE_TEST_SUITE_P(Catalog, EveryCollector, testing::ValuesIn(names()),
                         [](const auto& one) { return one.param; });

TEST_P(EveryCollector, DescribesItself) {
  EXPECT_FALSE(spec_.label.empty());
  EXPECT_TRUE(spec_.summary.ends_with('.')) << spec_.summary;
  EXPECT_EQ(spec_.summary.find('\n'), std::string_view::npos);
  EXPECT_GE(spec_.version, 1);
  EXPECT_GT(spec_.politest_interval, absl::ZeroDuration());
  EXPECT_FALSE(spec_.limits.empty());
  EXPECT_FALSE(spec_.url_shapes.empty());
  std::set<std::string_view> fields;
  for (const ConfigField& field : spec_.fields) {
    EXPECT_TRUE(fields.insert(field.name).second) << field.name << " twice";
    EXPECT_TRUE(field.help.ends_with('.')) << field.name;
    EXPECT_EQ(field.secret, field.name.ends_with("_file")) << field.name << ": secrets come from files";
    EXPECT_FALSE(field.required && !field.default_value.empty()) << field.name;
  }
}

TEST_P(EveryCollector, RecognisesItsUrlShapes) {
  for (const std::string_view shape : spec_.url_shapes) {
    const std::string url = example_of(shape);
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << ": " << account.status();
    EXPECT_EQ(account->platform(), spec_.name);
    EXPECT_TRUE(account->id().starts_with(str_cat(spec_.name, ":")) &&
                account->id().size() > spec_.name.size() + 1)
        << account->id();
    const auto again = collector_->recognise(account->profile_url());
    ASSERT_TRUE(again.ok()) << account->profile_url() << ": " << again.status();
    EXPECT_EQ(again->id(), account->id());
    EXPECT_EQ(again->profile_url(), account->profile_url());
    // The whole catalog finds the same one: no platform before it claims the URL.
    const auto found = Collectors().recognise(url);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(found->id(), account->id());
  }
}

TEST_P(EveryCollector, SurvivesAnyProfileUrl) {
  for (const std::string_view url :
       {"", " ", "https://", "http://[::1", "@", "@@", "@a@", "https://x/@", "https://facebook.com/%ff%fe",
        "https://bsky.app/profile/", "https://bsky.app/profile/%00", "\xff\xfe", "javascript:alert(1)",
        "https://a:b@social.example/@u", "data:text/html,x", "https://social.example/@u%2Fetc"}) {
    const auto account = collector_->recognise(url);
    if (account.ok()) {
      EXPECT_TRUE(Account().ParseFromString(account->SerializeAsString())) << url;
    } else {
      EXPECT_TRUE(absl::IsNotFound(account.status()) || absl::IsInvalidArgument(account.status()))
          << account.status();
    }
  }
}

TEST_P(EveryCollector, AsksWithoutASecretInTheUrl) {
  const auto account = collector_->recognise(example_of(spec_.url_shapes.front()));
  ASSERT_TRUE(account.ok());
  const auto request = collector_->request(*account, {});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_TRUE(is_web_url(request->url)) << request->url;
  EXPECT_EQ(request->method, "GET");
  EXPECT_EQ(request->url.find("canary"), std::string::npos) << request->url;
  for (const HttpHeader& header : request->headers) EXPECT_EQ(header.value.find("canary"), std::string::npos);
}

TEST_P(EveryCollector, SaysWhichRequiredSettingIsMissing) {
  const auto account = collector_->recognise(example_of(spec_.url_shapes.front()));
  ASSERT_TRUE(account.ok());
  const auto request = make(GetParam())->request(*account, {});
  for (const ConfigField& field : spec_.fields) {
    if (!field.required) continue;
    EXPECT_TRUE(absl::IsFailedPrecondition(request.status())) << request.status();
    EXPECT_NE(request.status().message().find(absl::string_view(field.name.data(), field.name.size())),
              absl::string_view::npos);
    return;
  }
  EXPECT_TRUE(request.ok()) << request.status();
}

TEST_P(EveryCollector, SurvivesAnyCursor) {
  const auto account = collector_->recognise(example_of(spec_.url_shapes.front()));
  ASSERT_TRUE(account.ok());
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (int i = 0; i < 300; ++i) {
    Cursor cursor;
    std::string position;
    for (const char* key :
         {"id", "since", "older", "known", "top", "cur", "after", "pending", "limit", "batch", "pages"}) {
      if (random() % 2 == 0) continue;
      str_append(&position, "&", key, "=");
      for (unsigned n = random() % 20; n > 0; --n) position.push_back(static_cast<char>(' ' + random() % 95));
    }
    cursor.set_position(position);
    const auto request = collector_->request(*account, cursor);
    if (request.ok()) {
      EXPECT_TRUE(is_web_url(request->url)) << position << " → " << request->url;
    }
    for (const char* body : {"[]", "{}", "{\"data\":[]}", "{\"feed\":[]}", "x"}) {
      const Capture capture = answer(body, position);
      const auto parsed = collector_->parse(*account, capture);
      if (parsed.ok()) {
        EXPECT_EQ(faults_of(*parsed, *account, capture), "");
      }
    }
  }
}

TEST_P(EveryCollector, HasFixtures) {
  int cases = 0;
  for (const Fixture& fixture : load_fixtures()) cases += fixture.collector == GetParam() ? 1 : 0;
  EXPECT_GE(cases, 3) << "tests/collectors/fixtures/" << GetParam();
}

// ---- one test a fixture

class EveryFixture : public testing::TestWithParam<Fixture> {
 protected:
  const Fixture& fixture_ = GetParam();
  std::unique_ptr<Collector> collector_ = make(fixture_.collector);

  Capture with_body(std::string body) const {
    Capture capture = fixture_.capture;
    capture.set_body(std::move(body));
    capture.set_sha256(sha256_hex(capture.body()));
    return capture;
  }
};

INSTANTIATE_TEST_SUITE_P(Fixtures, EveryFixture, testing::ValuesIn(load_fixtures()), [](const auto& one) {
  std::string name = one.param.collector + "_" + one.param.name;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

TEST_P(EveryFixture, ParsesAsExpected) {
  ASSERT_FALSE(fixture_.account.id().empty()) << "no account: profile.txt or capture.json's url is missing";
  const auto parsed = collector_->parse(fixture_.account, fixture_.capture);
  const std::string got = render(parsed);
  const std::string path = fixture_.folder + "/expected.json";
  if (std::getenv("COPYTASTER_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << got;
  EXPECT_EQ(got, read_file(path)) << "COPYTASTER_UPDATE_GOLDEN=1 writes " << path << " anew";
  if (parsed.ok()) {
    EXPECT_EQ(faults_of(*parsed, fixture_.account, fixture_.capture), "");
  }
  EXPECT_EQ(render(collector_->parse(fixture_.account, fixture_.capture)), got)
      << "the same capture, another result";
}

// Cut at any byte, an answer gives an error, says what it refuses, or is whole. It never gives fewer posts
// in silence.
TEST_P(EveryFixture, IsNeverReadWrongWhenCutShort) {
  const std::string& body = fixture_.capture.body();
  const auto whole = collector_->parse(fixture_.account, fixture_.capture);
  const bool is_json =
      body.find_first_of("{[") != std::string::npos && body.find('<') > body.find_first_of("{[");
  for (std::size_t size = 0; size < body.size(); size += size < 4096 ? 1 : 7) {
    const Capture capture = with_body(body.substr(0, size));
    const auto parsed = collector_->parse(fixture_.account, capture);
    if (!parsed.ok()) {
      EXPECT_FALSE(parsed.status().message().empty());
      continue;
    }
    ASSERT_EQ(faults_of(*parsed, fixture_.account, capture), "") << "cut at byte " << size;
    if (!is_json) continue;  // XML is read as far as it goes: the feed's own tests say how that is told
    ASSERT_TRUE(whole.ok() && (!parsed->refused.empty() || parsed->items.size() == whole->items.size()))
        << "cut at byte " << size;
  }
}

TEST_P(EveryFixture, SurvivesDamagedBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (int round = 0; round < 60; ++round) {
    std::string body = fixture_.capture.body();
    for (unsigned n = 1 + random() % 4; n > 0 && !body.empty(); --n) {
      const std::size_t at = random() % body.size();
      switch (random() % 3) {
        case 0:
          body[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          body.erase(at, 1 + random() % 40);
          break;
        default:
          body.insert(at, body.substr(random() % body.size(), random() % 60));
          break;
      }
    }
    const Capture capture = with_body(std::move(body));
    const auto parsed = collector_->parse(fixture_.account, capture);
    if (parsed.ok()) {
      ASSERT_EQ(faults_of(*parsed, fixture_.account, capture), "");
    }
  }
}

}  // namespace
}  // namespace copytaster
