#include "core/json.h"

#include <gtest/gtest.h>

#include "core/copytaster.pb.h"

namespace copytaster {
namespace {

TEST(Json, ARecordComesBackAsItWas) {
  Item item;
  item.set_id("mastodon:https://a.example/1");
  item.set_text("Київ — «Paris» \"x\"\n\t\\ 🇺🇦");
  item.mutable_created_at()->set_seconds(1650000000);
  item.mutable_created_at()->set_nanos(500000000);
  item.add_media()->set_alt_text("Zwei Personen");
  Item back;
  ASSERT_TRUE(from_json(to_json(item), &back).ok());
  EXPECT_EQ(back.SerializeAsString(), item.SerializeAsString());
  EXPECT_NE(to_json(item).find("\"createdAt\":\"2022-04-15T05:20:00.500Z\""), std::string::npos)
      << to_json(item);
}

TEST(Json, UnknownFieldsAreIgnoredAndWrongOnesAreTold) {
  Item item;
  EXPECT_TRUE(from_json(R"({"id":"x:1","somethingNew":[1,{"a":2}]})", &item).ok());
  EXPECT_EQ(item.id(), "x:1");
  for (const char* bad :
       {"", "[]", "{", R"({"text":5})", R"({"createdAt":"yesterday"})", "nul", "{\"id\":\"\xff\"}"}) {
    Item other;
    const absl::Status status = from_json(bad, &other);
    EXPECT_TRUE(status.ok() ? std::string_view(bad) == R"({"text":5})" : absl::IsInvalidArgument(status))
        << bad << status;
  }
}

TEST(Json, DeepNestingIsRefusedBeforeItCostsTheStack) {
  Item item;
  const std::string deep = "{\"x\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_TRUE(absl::IsInvalidArgument(from_json(deep, &item)));
  EXPECT_TRUE(from_json("{\"text\":\"" + std::string(1000, '[') + "\"}", &item).ok())
      << "brackets in a text are no nesting";
}

TEST(JsonWriter, KeepsCommasAndNesting) {
  JsonWriter json;
  json.begin_object()
      .member("a", 1)
      .key("b")
      .begin_array()
      .value("x")
      .value(true)
      .begin_object()
      .end_object()
      .end_array();
  json.member_if("empty", "").member("c", 0.5).key("d").raw("null").end_object();
  EXPECT_EQ(json.text(), R"({"a":1,"b":["x",true,{}],"c":0.5,"d":null})");
}

TEST(JsonWriter, WhatIsNoNumberInJsonIsNull) {
  JsonWriter json;
  json.begin_array().value(0.0 / 0.0).value(1e308 * 10).end_array();
  EXPECT_EQ(json.text(), "[null,null]");
}

}  // namespace
}  // namespace copytaster
