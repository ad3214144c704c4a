// Pictures, and what the whole API has in common: methods, and the description of its routes.
#include <gmock/gmock.h>

#include <atomic>
#include <set>

#include "desk/api.h"
#include "desk/thumbnails.h"
#include "tests/desk/api_support.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

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

TEST_F(ApiTest, OfWhatMayNotBeExportedOnlyASmallPictureIsShown) {
  std::string state = "refused";
  of_bytes_ = [&](std::string_view sha256) {
    Rights rights;
    if (sha256 == jpeg_) rights.set_state(state);
    return rights;
  };
  start([](std::string_view, int edge) -> absl::StatusOr<std::string> { return str_cat("small ", edge); });
  const RawReply whole = get(str_cat("/media/", jpeg_));
  EXPECT_EQ(whole.status, 409);
  EXPECT_THAT(whole.body, ::testing::HasSubstr("do not use this picture"));
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=4096")).body, "small 480");
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=100")).body, "small 160");
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=100")).header("cache-control"), "no-store");
  state = "embed-only";
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=4096")).body, "small 480");
  const RawReply embed = get(str_cat("/media/", jpeg_));
  EXPECT_EQ(embed.status, 409) << "the post is shown, not a copy of its picture";
  EXPECT_THAT(embed.body, ::testing::HasSubstr("show the post itself"));
  EXPECT_EQ(embed.header("cache-control"), "no-store") << "it may be granted yet";
  state = "granted";
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=960")).body, "small 960");
  EXPECT_EQ(get(str_cat("/media/", jpeg_)).body, kJpeg);
  state = "refused";
  start({});
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=480")).status, 409) << "the original is no thumbnail";
  state = "embed-only";
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?edge=480")).status, 409);
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

TEST(OpenApi, DatesThatAreADayAndFoldsOfPicturesAreDescribed) {
  google::protobuf::Struct document;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(openapi_document(), &document).ok());
  const auto& schemas =
      document.fields().at("components").struct_value().fields().at("schemas").struct_value().fields();
  const auto properties = [&](const char* schema) {
    return schemas.at(schema).struct_value().fields().at("properties").struct_value().fields();
  };
  for (const auto& [schema, field] : {std::pair{"Item", "dayOnly"},
                                      {"Item", "editedDayOnly"},
                                      {"Story", "firstDayOnly"},
                                      {"Story", "lastDayOnly"},
                                      {"Background", "dayOnly"},
                                      {"Draft", "madeDayOnly"},
                                      {"Media", "fold"},
                                      {"PictureFold", "rule"},
                                      {"PictureFold", "distance"},
                                      {"PictureFold", "agreement"},
                                      {"PictureFold", "likeKey"}}) {
    EXPECT_TRUE(properties(schema).contains(field)) << schema << "." << field;
  }
  const auto figures = properties("CopyExplanation").at("figures").struct_value().fields();
  EXPECT_TRUE(figures.at("properties").struct_value().fields().contains("days_apart"));
}

TEST(OpenApi, FieldsOfABodyHaveTheirTypesAndValues) {
  google::protobuf::Struct document;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(openapi_document(), &document).ok());
  const auto inside = [](const google::protobuf::Struct& object, std::initializer_list<const char*> names) {
    const google::protobuf::Struct* at = &object;
    for (const char* name : names) at = &at->fields().at(name).struct_value();
    return *at;
  };
  const auto fields = inside(document, {"paths", "/api/items/{id}/rights", "post", "requestBody", "content",
                                        "application/json", "schema", "properties"});
  EXPECT_EQ(inside(fields, {"picture"}).fields().at("type").string_value(), "integer");
  const auto state = inside(fields, {"state"});
  EXPECT_EQ(state.fields().at("enum").list_value().values_size(), 5);
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
    if (route.path == "/api/items/{id}/diff") path += "?from=1&to=2";
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
