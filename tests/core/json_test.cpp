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

TEST(Json, ATimeBeyondTheCalendarIsRefusedAndLosesNothingElse) {
  for (const char* time : {R"({"seconds":9000000000000000000})", R"({"seconds":253402300800})",
                           R"({"seconds":-62135596801})", R"({"nanos":-5})", R"({"nanos":2000000000})"}) {
    Item item;
    const std::string json = std::string(R"({"id":"x:1","createdAt":)") + time + "}";
    EXPECT_TRUE(absl::IsInvalidArgument(from_json(json, &item))) << json;
  }
  Item item;
  item.set_id("x:1");
  item.mutable_gone_at()->set_seconds(9'000'000'000'000'000'000);
  item.add_media()->mutable_pdq()->set_quality(3);
  item.mutable_repost_of()->set_url("https://a.example/\xff");
  Item back;
  ASSERT_TRUE(from_json(to_json(item), &back).ok()) << to_json(item);
  EXPECT_EQ(back.id(), "x:1");
  EXPECT_EQ(back.media(0).pdq().quality(), 3U);
  EXPECT_FALSE(back.has_gone_at());
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

TEST(Json, QuotesWhatATerminalOrAScriptWouldObey) {
  EXPECT_EQ(json_quote("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(json_quote("\n\r\t\b\x01\x1F\x7F"), R"("\n\r\t\u0008\u0001\u001f\u007f")");
  EXPECT_EQ(json_quote(std::string_view("\0", 1)), R"("\u0000")");
  EXPECT_EQ(json_quote("a\u2028b\u2029c"), R"("a\u2028b\u2029c")");
  EXPECT_EQ(json_quote("\u0085\u009B\u00A0é"), "\"\\u0085\\u009b\u00A0é\"") << "C1 controls";
  EXPECT_EQ(json_quote("a\xFF\xC3"), "\"a\uFFFD\uFFFD\"");
  EXPECT_EQ(json_quote(""), "\"\"");
}

TEST(Json, WhatIsQuotedIsReadBack) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  all += "é\u0085\u2028😀";
  Item item;
  ASSERT_TRUE(from_json("{\"text\":" + json_quote(all) + "}", &item).ok());
  EXPECT_EQ(item.text(), all);
}

TEST(Json, SizeAndDepthAreBounded) {
  Item item;
  EXPECT_TRUE(absl::IsInvalidArgument(from_json(std::string((std::size_t{64} << 20) + 1, ' '), &item)));
  const auto nested = [](std::size_t depth) {
    return "{\"x\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  EXPECT_TRUE(from_json(nested(64), &item).ok());
  EXPECT_FALSE(from_json(nested(65), &item).ok());
}

TEST(JsonWriter, WritesNumbersAsTheyAre) {
  JsonWriter json;
  json.begin_array().value(std::int64_t{-9007199254740993}).value(std::uint64_t{18446744073709551615U});
  json.value(0.1).value(1e21).value(-0.0).value(3.0).value(std::string_view("é")).end_array();
  EXPECT_EQ(json.text(), R"([-9007199254740993,18446744073709551615,0.1,1e+21,-0,3,"é"])");
  JsonWriter nested;
  nested.begin_object().key("a").begin_object().end_object().key("b").begin_array().end_array();
  nested.member("c\"", false).member("d", std::string("x")).end_object();
  EXPECT_EQ(nested.text(), R"({"a":{},"b":[],"c\"":false,"d":"x"})");
}

}  // namespace
}  // namespace copytaster
