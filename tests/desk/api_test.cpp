// The API over real HTTP on loopback.
#include "desk/api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/json.h"
#include "core/time.h"
#include "core/told_date.h"
#include "core/url.h"
#include "desk/desk_server.h"
#include "desk/thumbnails.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/desk/visit.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kJpeg = "\xff\xd8\xff\xe0 not quite a picture";

class ApiTest : public ::testing::Test {
 protected:
  ApiTest() {
    put_visit(store_);
    EXPECT_TRUE(store_.set_notice("Rehearsal.").ok());
    jpeg_ = *media_.put(kJpeg);
    AccountState state;
    state.set_account_id("facebook:aubanel.test");
    state.set_failures(2);
    state.mutable_cursor()->set_position("https://graph.test/next?access_token=s3cret");
    store_.put(state);
    start({});
  }
  void start(std::function<absl::StatusOr<std::string>(std::string_view, int)> thumbnail) {
    server_.reset();
    DeskOptions options;
    options.port = 0;
    Official mayor;
    mayor.add_accounts()->set_id("facebook:aubanel.test");
    const DeskDependencies dependencies = {
        .store = &store_,
        .media = &media_,
        .clock = &clock_,
        .not_ready = [this] { return not_ready_; },
        .thumbnail = std::move(thumbnail),
        .sources = {.officials = {mayor}, .hold = {}, .intake = {}},
        .copies = {.answer = {},
                   .explain = [](std::string_view, std::string_view) -> absl::StatusOr<std::string> {
                     return R"({"items":[],"folded":false,"answer":"apart","rules":[]})";
                   }},
    };
    auto started = DeskServer::start(options, dependencies);
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
  }
  RawReply get(std::string_view target, std::string_view more = {}) {
    return ask(server_->port(), str_cat("GET ", target), str_cat("Host: localhost\r\n", more));
  }
  static google::protobuf::Struct json(const RawReply& reply) {
    google::protobuf::Struct out;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(reply.body, &out).ok()) << reply.body;
    return out;
  }
  static std::string at(std::string_view prefix, std::string_view id, std::string_view rest = {}) {
    return str_cat(prefix, percent_encode(id), rest);
  }

  FakeStore store_;
  FakeMedia media_;
  ManualClock clock_{*parse_date("2023-05-11T19:00:00Z")};
  std::string jpeg_, not_ready_;
  std::unique_ptr<DeskServer> server_;
};

TEST_F(ApiTest, StoriesWithNotice) {
  const RawReply reply = get("/api/stories");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("content-type"), "application/json");
  const auto root = json(reply);
  EXPECT_EQ(root.fields().at("notice").string_value(), "Rehearsal.");
  Story story;
  ASSERT_EQ(root.fields().at("stories").list_value().values_size(), 1);
  std::string one;
  ASSERT_TRUE(
      google::protobuf::util::MessageToJsonString(root.fields().at("stories").list_value().values(0), &one)
          .ok());
  ASSERT_TRUE(from_json(one, &story).ok());
  EXPECT_EQ(story.id(), kVisit);
  EXPECT_EQ(story.officials_size(), 3);
}

TEST_F(ApiTest, StoriesAreNotSentAgainWhenNothingChanged) {
  const std::string etag = get("/api/stories").header("etag");
  ASSERT_FALSE(etag.empty());
  const RawReply again = get("/api/stories", str_cat("If-None-Match: ", etag, "\r\n"));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  store_.story_to_change(std::string(kVisit)).set_title("Changed");
  EXPECT_EQ(get("/api/stories", str_cat("If-None-Match: ", etag, "\r\n")).status, 200);
}

TEST_F(ApiTest, PagesAreBounded) {
  for (const std::string_view bad :
       {"limit=0", "limit=501", "limit=-1", "limit=x", "offset=100001", "limit=1e3"}) {
    EXPECT_EQ(get(str_cat("/api/stories?", bad)).status, 400) << bad;
  }
  EXPECT_EQ(json(get("/api/stories?limit=1&offset=1")).fields().at("stories").list_value().values_size(), 0);
  const auto page = json(get("/api/items?limit=2&offset=1"));
  EXPECT_EQ(page.fields().at("items").list_value().values_size(), 2);
  EXPECT_TRUE(page.fields().at("more").bool_value());
  EXPECT_FALSE(json(get("/api/items?offset=7")).fields().at("more").bool_value());
}

TEST_F(ApiTest, OneStoryWithItsPosts) {
  const auto root = json(get(at("/api/stories/", kVisit)));
  EXPECT_EQ(root.fields().at("story").struct_value().fields().at("id").string_value(), kVisit);
  EXPECT_EQ(root.fields().at("items").list_value().values_size(), 7);
  EXPECT_THAT(get(at("/api/stories/", kVisit)).body, Not(HasSubstr("minhash")));
}

TEST_F(ApiTest, WhatIsNotThereIs404WithAReason) {
  for (const std::string_view path :
       {"/api/stories/none", "/api/stories/none/draft", "/api/items/none", "/api/items/none/versions",
        "/nothing", "/api", "/assets/none.js", "/assets/index.html"}) {
    const RawReply reply = get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(json(reply).fields().at("error").struct_value().fields().at("code").string_value(), "not_found")
        << path;
  }
}

TEST_F(ApiTest, DraftInFourFormats) {
  const std::string path = at("/api/stories/", kVisit, "/draft");
  Draft draft;
  ASSERT_TRUE(from_json(get(path).body, &draft).ok());
  EXPECT_GT(draft.blocks_size(), 10);
  EXPECT_EQ(draft.notice(), "Rehearsal.");
  const RawReply markdown = get(path + "?format=markdown");
  EXPECT_EQ(markdown.header("content-type"), "text/markdown; charset=utf-8");
  EXPECT_THAT(markdown.body, HasSubstr("\nSource: Marie Aubanel on Facebook\n"));
  EXPECT_THAT(markdown.body, HasSubstr("](</media/"));
  const RawReply html = get(path + "?format=html&download=1");
  EXPECT_THAT(html.body, HasSubstr("src=\"http://localhost/media/"))
      << "a saved file finds its pictures at the desk";
  EXPECT_THAT(html.body, StartsWith("<!DOCTYPE html>"));
  EXPECT_EQ(html.header("content-disposition"), "attachment; filename=\"draft-story-visit.html\"");
  EXPECT_THAT(html.header("content-security-policy"),
              AllOf(HasSubstr("default-src 'none'"), Not(HasSubstr("script-src"))));
  EXPECT_EQ(json(get(path + "?format=ninjs")).fields().at("type").string_value(), "text");
  EXPECT_EQ(get(path + "?format=pdf").status, 400);
}

TEST_F(ApiTest, ItemsByIdsOfAnyShape) {
  for (const std::string_view id : {kArrival, kArrivalCopy, kHost, kArticle}) {
    Item item;
    const RawReply reply = get(at("/api/items/", id));
    ASSERT_EQ(reply.status, 200) << id;
    ASSERT_TRUE(from_json(reply.body, &item).ok());
    EXPECT_EQ(item.id(), id);
    EXPECT_EQ(item.fingerprint().minhash_size(), 0);
    EXPECT_EQ(
        json(get(at("/api/items/", id, "/versions"))).fields().at("versions").list_value().values_size(), 1)
        << id;
  }
  const auto versions = json(get(at("/api/items/", kAlbum, "/versions"))).fields().at("versions");
  EXPECT_EQ(versions.list_value().values_size(), 2);
  store_.put(make_post("feed:https://a.test/x/versions", "feed", "brodzki", "2023-05-11T08:00:00Z", "en",
                       "Odd id."));
  EXPECT_EQ(get(at("/api/items/", "feed:https://a.test/x/versions")).status, 200);
}

TEST_F(ApiTest, ADeletedPostIsATombstone) {
  const std::string path = at("/api/items/", kDeleted);
  const RawReply reply = get(path);
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("\"state\":\"GONE\""));
  EXPECT_THAT(reply.body, HasSubstr("\"goneAt\""));
  for (const std::string& target :
       {path, path + "/versions", std::string("/api/items?limit=200"), at("/api/stories/", kVisit),
        at("/api/stories/", kVisit, "/draft?format=markdown"),
        str_cat("/api/search?q=", percent_encode("чернетка"))}) {
    EXPECT_THAT(get(target).body, Not(HasSubstr("Секретна"))) << target;
  }
}

TEST_F(ApiTest, ADayOfWhichNoTimeIsKnownIsMarkedDeletedToo) {
  for (const std::string_view id : {kEvening, kDeleted}) {
    Item item = *store_.item(std::string(id));
    set_created_at(*parse_told_date("2023-05-11"), &item);
    store_.put(item);
    const auto shown = json(get(at("/api/items/", id))).fields();
    EXPECT_TRUE(shown.at("dayOnly").bool_value()) << id;
    EXPECT_EQ(shown.at("createdAt").string_value(), "2023-05-11T00:00:00Z") << id;
  }
  EXPECT_FALSE(json(get(at("/api/items/", kAlbum))).fields().contains("dayOnly"));
}

TEST_F(ApiTest, Search) {
  const auto found = json(get("/api/search?q=Berezivka")).fields().at("items").list_value();
  ASSERT_EQ(found.values_size(), 1);
  EXPECT_EQ(found.values(0).struct_value().fields().at("id").string_value(), kEvening);
  EXPECT_EQ(json(get("/api/search?q=notre+soutien")).fields().at("items").list_value().values_size(), 1);
  EXPECT_EQ(get("/api/search").status, 400);
  EXPECT_EQ(get("/api/search?q=%20").status, 400);
  EXPECT_EQ(get(str_cat("/api/search?q=", std::string(501, 'a'))).status, 400);
}

TEST_F(ApiTest, SourcesTellNoPagingPositions) {
  const RawReply reply = get("/api/sources");
  EXPECT_THAT(reply.body, HasSubstr("facebook:aubanel.test"));
  EXPECT_THAT(reply.body, Not(HasSubstr("s3cret")));
}

TEST_F(ApiTest, StatusAndProbes) {
  EXPECT_EQ(get("/livez").status, 200);
  EXPECT_EQ(get("/readyz").status, 200);
  auto status = json(get("/api/status")).fields();
  EXPECT_TRUE(status.at("ready").bool_value());
  EXPECT_EQ(status.at("now").string_value(), "2023-05-11T19:00:00Z");
  EXPECT_EQ(status.at("sources").struct_value().fields().at("failing").number_value(), 1);
  not_ready_ = "the disk is full";
  const RawReply ready = get("/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("the disk is full"));
  EXPECT_EQ(get("/livez").status, 200);
  EXPECT_EQ(json(get("/api/status")).fields().at("why_not_ready").string_value(), "the disk is full");
}

TEST_F(ApiTest, DamageIsReportedWithoutInnards) {
  store_.break_reads(absl::DataLossError("/secret/path/db is damaged"));
  const RawReply reply = get("/api/stories");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.body, Not(HasSubstr("secret")));
  store_.break_reads(absl::UnavailableError("disk busy"));
  EXPECT_EQ(get("/api/stories").status, 503);
}

TEST_F(ApiTest, PicturesByTheirBytes) {
  const RawReply picture = get(str_cat("/media/", jpeg_, ".jpg"));
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(picture.body, kJpeg);
  EXPECT_EQ(picture.header("content-type"), "image/jpeg");
  EXPECT_THAT(picture.header("cache-control"), HasSubstr("immutable"));
  const std::string svg = *media_.put("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>");
  const RawReply document = get(str_cat("/media/", svg));
  EXPECT_EQ(document.header("content-type"), "application/octet-stream");
  EXPECT_EQ(document.header("content-disposition"), "attachment");
  for (const std::string& bad : {std::string(64, '0'), std::string("..%2f..%2fetc%2fpasswd"),
                                 std::string("ABC"), std::string(64, 'G'), jpeg_.substr(1)}) {
    const int status = get(str_cat("/media/", bad)).status;
    EXPECT_TRUE(status == 404 || status == 400) << bad << ' ' << status;
  }
}

TEST_F(ApiTest, FewSmallPicturesAreMadeAtOnceSoThatTheDeskGoesOnAnswering) {
  testing::MemoryMedia media;
  std::vector<std::string> ids;
  for (const char* bytes : {"a", "b", "c"}) ids.push_back(*media.put(bytes));
  std::vector<absl::StatusCode> inner;
  Thumbnails* self = nullptr;
  Thumbnails thumbnails(&media, [&](std::string_view bytes, int) -> absl::StatusOr<std::string> {
    // While one is being made the next is asked for.
    const std::size_t next = bytes == "a" ? 1 : 2;
    if (bytes != "c") inner.push_back(self->get(ids[next], 96).status().code());
    return "small";
  });
  self = &thumbnails;
  EXPECT_TRUE(thumbnails.get(ids[0], 96).ok());
  EXPECT_EQ(inner, (std::vector{absl::StatusCode::kAborted, absl::StatusCode::kOk}));
  EXPECT_TRUE(thumbnails.get(ids[2], 96).ok()) << "later it is";
}

TEST_F(ApiTest, ThumbnailsAreMadeOnceAndInFewSizes) {
  std::atomic<int> made = 0;
  start([&](std::string_view bytes, int edge) -> absl::StatusOr<std::string> {
    ++made;
    EXPECT_EQ(bytes, kJpeg);
    return str_cat("small ", edge);
  });
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=480")).body, "small 480");
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=470")).body, "small 480");
  EXPECT_EQ(made, 1);
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=100")).body, "small 160");
  EXPECT_EQ(made, 2);
  for (const std::string_view bad : {"0", "-5", "15", "4097", "x", ""}) {
    EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=", bad)).status, 400) << bad;
  }
  const auto missing = get(str_cat("/media/", std::string(64, '0')));
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.body.find("/media"), std::string::npos) << "no path of this machine: " << missing.body;
  EXPECT_EQ(get(str_cat("/media/", std::string(64, '0'), "?edge=480")).status, 404);
  start([](std::string_view, int) -> absl::StatusOr<std::string> {
    return absl::InvalidArgumentError("broken");
  });
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=480")).body, kJpeg)
      << "the original, when it cannot be made smaller";
}

TEST_F(ApiTest, ThePageAndItsFiles) {
  const RawReply page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<title>Copytaster</title>"));
  // Whatever the page asks for by name is there.
  std::set<std::string> wanted;
  for (std::size_t at = 0; (at = page.body.find("/assets/", at)) != std::string::npos; ++at) {
    wanted.insert(page.body.substr(at, page.body.find('"', at) - at));
  }
  EXPECT_GE(wanted.size(), 3U);
  for (const std::string& file : wanted) EXPECT_EQ(get(file).status, 200) << file;
  EXPECT_EQ(get("/assets/app.js").header("content-type"), "text/javascript; charset=utf-8");
  const std::string etag = get("/assets/app.css").header("etag");
  EXPECT_EQ(get("/assets/app.css", str_cat("If-None-Match: ", etag, "\r\n")).status, 304);
}

TEST_F(ApiTest, EveryAnswerCarriesTheSafeHeaders) {
  for (const std::string_view path :
       {"/", "/api/stories", "/nothing", "/assets/app.js", "/livez", "/login"}) {
    const RawReply reply = get(path);
    EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(reply.header("referrer-policy"), "no-referrer") << path;
    EXPECT_THAT(reply.header("content-security-policy"),
                AllOf(HasSubstr("default-src 'none'"), HasSubstr("frame-ancestors 'none'"),
                      HasSubstr("base-uri 'none'"), Not(HasSubstr("unsafe"))))
        << path;
    EXPECT_FALSE(reply.header("cache-control").empty()) << path;
  }
  EXPECT_THAT(get("/").header("content-security-policy"),
              AllOf(HasSubstr("script-src 'self'"), HasSubstr("connect-src 'self'"),
                    HasSubstr("form-action 'none'")));
}

TEST_F(ApiTest, OtherMethodsAreRefused) {
  const std::string own = str_cat("Host: localhost\r\nOrigin: http://localhost\r\n");
  for (const std::string_view method : {"POST", "PUT", "DELETE", "PATCH"}) {
    const RawReply reply = ask(server_->port(), str_cat(method, " /api/stories"), own);
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.header("allow"), "GET");
  }
  const RawReply head = ask(server_->port(), "HEAD /api/stories", "Host: localhost\r\n");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
}

TEST_F(ApiTest, OpenApiDescribesEveryRouteAndNothingElse) {
  const auto document = json(get("/openapi.json"));
  EXPECT_EQ(document.fields().at("openapi").string_value(), "3.1.0");
  const auto& paths = document.fields().at("paths").struct_value().fields();
  std::size_t operations = 0;
  for (const auto& [path, methods] : paths) operations += methods.struct_value().fields().size();
  EXPECT_EQ(operations, routes().size());
  std::set<std::string_view> ids;
  for (const Route& route : routes()) {
    SCOPED_TRACE(route.path);
    ASSERT_TRUE(paths.contains(std::string(route.path)));
    const auto& methods = paths.at(std::string(route.path)).struct_value().fields();
    ASSERT_TRUE(methods.contains(ascii_lower(route.method)));
    const auto& operation = methods.at(ascii_lower(route.method)).struct_value().fields();
    EXPECT_EQ(operation.at("operationId").string_value(), route.id);
    EXPECT_TRUE(ids.insert(route.id).second) << "twice";
    std::size_t in_path = 0;
    for (const auto& parameter : operation.at("parameters").list_value().values()) {
      in_path += parameter.struct_value().fields().at("in").string_value() == "path" ? 1 : 0;
    }
    EXPECT_EQ(in_path, route.path.find('{') == std::string_view::npos ? 0U : 1U);
    EXPECT_FALSE(operation.at("responses").struct_value().fields().empty());
  }
}

// Every $ref of the document leads to a schema of the document.
TEST(OpenApi, ReferencesLeadSomewhere) {
  google::protobuf::Struct document;
  const std::string text = openapi_document();
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(text, &document).ok());
  const auto& schemas =
      document.fields().at("components").struct_value().fields().at("schemas").struct_value().fields();
  constexpr std::string_view kRef = "\"$ref\":\"#/components/schemas/";
  std::size_t seen = 0;
  for (std::size_t i = 0; (i = text.find(kRef, i)) != std::string::npos; ++seen) {
    i += kRef.size();
    EXPECT_TRUE(schemas.contains(text.substr(i, text.find('"', i) - i))) << text.substr(i, 40);
  }
  EXPECT_GT(seen, 40U);
}

// What the routes promise is what they answer: every described GET answers with a described status and type.
TEST_F(ApiTest, EveryRouteAnswersAsDescribed) {
  for (const Route& route : routes()) {
    if (route.method != "GET") continue;
    SCOPED_TRACE(route.path);
    std::string path(route.path);
    for (const auto& [hole, with] :
         {std::pair<std::string, std::string>{"/api/stories/{id}", at("/api/stories/", kVisit)},
          {"/api/items/{id}", at("/api/items/", kAlbum)},
          {"{sha256}", jpeg_},
          {"{file}", "app.css"}}) {
      path = replace_all(path, hole, with);
    }
    if (route.path == "/api/search") path += "?q=Zelenohrad";
    if (route.path == "/api/items/{id}/copies") path += at("?of=", kArrival);
    const RawReply reply = get(path);
    EXPECT_EQ(reply.status, 200);
    bool described = false;
    for (const RouteAnswer& answer : route.answers) {
      described |= answer.status == 200 && (reply.header("content-type") == answer.content_type ||
                                            answer.content_type == "*/*" || answer.content_type == "image/*");
    }
    EXPECT_TRUE(described) << reply.header("content-type");
  }
}

}  // namespace
}  // namespace copytaster
