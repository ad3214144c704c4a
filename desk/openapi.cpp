// /openapi.json: paths from the table of routes, schemas of records from their descriptors, so that
// neither can fall behind the code.
#include <set>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/strings.h"
#include "core/version.h"
#include "desk/api.h"
#include "desk/reply.h"
#include "google/protobuf/descriptor.h"

namespace copytaster {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

constexpr std::string_view kTimestamp = "google.protobuf.Timestamp";

// "copytaster.EmbeddedMetadata" -> "EmbeddedMetadata", "copytaster.Facet.Kind" -> "FacetKind".
std::string schema_name(std::string_view full_name) {
  consume_prefix(&full_name, "copytaster.");
  return replace_all(full_name, ".", "");
}

void write_ref(JsonWriter& json, std::string_view name) {
  json.begin_object().member("$ref", str_cat("#/components/schemas/", name)).end_object();
}

// proto3's JSON mapping (protobuf.dev/programming-guides/json).
void write_type(JsonWriter& json, const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type()->full_name() == kTimestamp) {
        json.begin_object().member("type", "string").member("format", "date-time").end_object();
      } else {
        write_ref(json, schema_name(field.message_type()->full_name()));
      }
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      json.begin_object().member("type", "string").key("enum").begin_array();
      for (int i = 0; i < field.enum_type()->value_count(); ++i)
        json.value(field.enum_type()->value(i)->name());
      json.end_array().end_object();
      return;
    case FieldDescriptor::CPPTYPE_BOOL:
      json.begin_object().member("type", "boolean").end_object();
      return;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_UINT32:
      json.begin_object().member("type", "integer").end_object();
      return;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      json.begin_object().member("type", "number").end_object();
      return;
    default:  // text, bytes as base64, and 64-bit numbers, which JavaScript cannot hold
      json.begin_object().member("type", "string").end_object();
  }
}

void write_property(JsonWriter& json, const FieldDescriptor& field) {
  json.key(field.json_name());
  if (field.is_map()) {
    json.begin_object().member("type", "object").key("additionalProperties");
    write_type(json, *field.message_type()->map_value());
    json.end_object();
  } else if (field.is_repeated()) {
    json.begin_object().member("type", "array").key("items");
    write_type(json, field);
    json.end_object();
  } else {
    write_type(json, field);
  }
}

void write_record(JsonWriter& json, const Descriptor& record) {
  json.key(schema_name(record.full_name()))
      .begin_object()
      .member("type", "object")
      .key("properties")
      .begin_object();
  for (int i = 0; i < record.field_count(); ++i) write_property(json, *record.field(i));
  json.end_object().end_object();
}

struct ByName {
  bool operator()(const Descriptor* a, const Descriptor* b) const { return a->full_name() < b->full_name(); }
};

void collect(const Descriptor* record, std::set<const Descriptor*, ByName>& all) {
  if (record->full_name() == kTimestamp || !all.insert(record).second) return;
  for (int i = 0; i < record->field_count(); ++i) {
    const FieldDescriptor* field = record->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const Descriptor* inner = field->is_map() ? nullptr : field->message_type();
    if (inner != nullptr) collect(inner, all);
  }
}

// {"<list>": [<record>…], "more", "notice"}
void write_list(JsonWriter& json, std::string_view name, std::string_view list, std::string_view record) {
  json.key(name).begin_object().member("type", "object").key("properties").begin_object();
  json.key(list).begin_object().member("type", "array").key("items");
  write_ref(json, record);
  json.end_object().key("more").raw(R"({"type":"boolean"})").key("notice").raw(R"({"type":"string"})");
  json.end_object().key("required").begin_array().value(list).value("notice").end_array().end_object();
}

void write_schemas(JsonWriter& json) {
  std::set<const Descriptor*, ByName> records;
  for (const Descriptor* root :
       {Story::descriptor(), Item::descriptor(), Draft::descriptor(), AccountState::descriptor()}) {
    collect(root, records);
  }
  json.key("schemas").begin_object();
  for (const Descriptor* record : records) write_record(json, *record);
  write_list(json, "Stories", "stories", "Story");
  write_list(json, "Items", "items", "Item");
  write_list(json, "Versions", "versions", "Item");
  json.key("Sources").raw(
      R"({"type":"object","properties":{"sources":{"type":"array","items":{"$ref":"#/components/schemas/Source"}},"more":{"type":"boolean"},"matched":{"type":"integer"},"counts":{"type":"object","additionalProperties":{"type":"integer"}},"former":{"type":"integer"},"not_collected":{"type":"object","description":"Accounts that no collector reads, by platform; they are not among the sources.","additionalProperties":{"type":"integer"}},"spent":{"type":"object","properties":{"month":{"type":"string"},"usd":{"type":"number"}},"required":["month","usd"]},"notice":{"type":"string"}},"required":["sources","more","matched","counts","former","not_collected","spent","notice"]})");
  json.key("Source").raw(
      R"({"type":"object","properties":{"id":{"type":"string"},"followed":{"type":"boolean"},"official":{"type":"string"},"official_id":{"type":"string"},"platform":{"type":"string"},"handle":{"type":"string"},"profile_url":{"type":"string"},"health":{"type":"string","enum":["new","good","quiet","waiting","failing","blocked","paused","ended"]},"alarm":{"type":"boolean"},"reason":{"type":"string"},"state":{"$ref":"#/components/schemas/AccountState"}},"required":["id","followed","health","alarm","state"]})");
  json.key("CopyAnswer")
      .raw(
          R"({"type":"object","properties":{"item_id":{"type":"string"},"other_id":{"type":"string"},"same":{"type":"boolean"}},"required":["item_id","other_id","same"]})");
  json.key("RightsAnswer")
      .raw(
          R"({"type":"object","properties":{"item_id":{"type":"string"},"picture":{"type":"integer"},"state":{"type":"string","enum":["unknown","asked","granted","refused","embed-only"]},"by":{"type":"string"},"note":{"type":"string"}},"required":["item_id","picture","state","by"]})");
  json.key("CopyExplanation")
      .raw(
          R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"platform":{"type":"string"},"at":{"type":"string","format":"date-time"},"day_only":{"type":"boolean","description":"Of at only the day is known."},"words":{"type":"integer"},"shown":{"type":"boolean"}},"required":["id"]}},"folded":{"type":"boolean"},"shown":{"type":"string"},"answer":{"type":"string","enum":["fold","ask","apart"]},"rule":{"type":"string"},"score":{"type":"number"},"reason":{"type":"string"},"editor":{"type":"object","properties":{"by":{"type":"string"},"at":{"type":"string","format":"date-time"},"same":{"type":"boolean"}},"required":["by","same"]},"figures":{"type":"object","properties":{"words_inside":{"type":"number"},"shingles_inside":{"type":"number"},"similarity":{"type":"number"},"same_person":{"type":"boolean"},"same_platform":{"type":"boolean"},"same_link":{"type":"boolean"},"shared_pictures":{"type":"integer"},"hours_apart":{"type":"number","description":"Where the times of both are known, else days_apart."},"days_apart":{"type":"integer"},"numbers_agree":{"type":"boolean"},"names_agree":{"type":"boolean"},"same_start":{"type":"boolean"},"lengths":{"type":"number"},"in_order":{"type":"number"},"replaced":{"type":"integer"},"negated":{"type":"boolean"}}},"rules":{"type":"array","items":{"type":"object","properties":{"rule":{"type":"string"},"holds":{"type":"boolean"},"why":{"type":"string"}},"required":["rule","holds"]}}},"required":["items","folded","answer","rules"]})");
  json.key("Backup").raw(
      R"({"type":"object","properties":{"name":{"type":"string"},"path":{"type":"string"},"state":{"type":"string","enum":["running","done","failed"]},"begun":{"type":"string","format":"date-time"},"ended":{"type":"string","format":"date-time"},"files":{"type":"integer"},"bytes":{"type":"integer"},"damaged_pictures":{"type":"integer","description":"Damaged in the store itself; they are in the backup as they are."},"message":{"type":"string"}},"required":["name","path","state","begun"]})");
  json.key("Backups").raw(
      R"({"type":"object","properties":{"backups":{"type":"array","items":{"$ref":"#/components/schemas/Backup"}}},"required":["backups"]})");
  json.key("StoryWithItems")
      .raw(
          R"({"type":"object","properties":{"story":{"$ref":"#/components/schemas/Story"},"items":{"type":"array","items":{"$ref":"#/components/schemas/Item"}},"more":{"type":"boolean"},"notice":{"type":"string"}},"required":["story","items","notice"]})");
  json.key("Status").raw(
      R"({"type":"object","properties":{"ready":{"type":"boolean"},"why_not_ready":{"type":"string"},"now":{"type":"string","format":"date-time"},"counters":{"type":"object","additionalProperties":{"type":"integer"}},"sources":{"type":"object","additionalProperties":{"type":"integer"}},"streams":{"type":"array","items":{"$ref":"#/components/schemas/Stream"}},"credentials":{"type":"array","items":{"$ref":"#/components/schemas/Credential"}},"balance":{"$ref":"#/components/schemas/Balance"},"dead_letters":{"$ref":"#/components/schemas/DeadLetters"},"login":{"type":"boolean"},"notice":{"type":"string"}},"required":["ready","counters","notice"]})");
  json.key("Stream").raw(
      R"({"type":"object","properties":{"name":{"type":"string"},"state":{"type":"string","enum":["open","polling","closed"]},"alarm":{"type":"boolean"},"words":{"type":"string"},"accounts":{"type":"integer"},"reconnects":{"type":"integer"},"open_since":{"type":"string","format":"date-time"},"last_message":{"type":"string","format":"date-time"},"position_at":{"type":"string","format":"date-time"},"polling_since":{"type":"string","format":"date-time"},"polling_why":{"type":"string"},"gap_at":{"type":"string","format":"date-time"},"gap_why":{"type":"string"},"last_error":{"type":"string"}},"required":["name","state","alarm","words","accounts","reconnects"]})");
  json.key("Credential")
      .raw(
          R"({"type":"object","properties":{"platform":{"type":"string"},"setting":{"type":"string"},"state":{"type":"string","enum":["good","soon","expired","unknown"]},"alarm":{"type":"boolean"},"words":{"type":"string"},"stated":{"type":"boolean"},"expires":{"type":"string","format":"date-time"},"put_at":{"type":"string","format":"date-time"}},"required":["platform","setting","state","alarm","words","stated"]})");
  json.key("VersionDiff")
      .raw(
          R"({"type":"object","properties":{"id":{"type":"string"},"from":{"$ref":"#/components/schemas/VersionRef"},"to":{"$ref":"#/components/schemas/VersionRef"},"changes":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"from":{"type":"string"},"to":{"type":"string"},"parts":{"type":"array","items":{"type":"object","properties":{"kind":{"type":"string","enum":["same","gone","new"]},"text":{"type":"string"}},"required":["kind","text"]}}},"required":["field","from","to","parts"]}},"notice":{"type":"string"}},"required":["id","from","to","changes","notice"]})");
  json.key("VersionRef")
      .raw(
          R"({"type":"object","properties":{"version":{"type":"integer"},"collected_at":{"type":"string","format":"date-time"},"capture_sha256":{"type":"string"}},"required":["version"]})");
  json.key("Balance").raw(
      R"({"type":"object","description":"collected = stored + dead_lettered, and what waits in the log.","properties":{"collected":{"type":"integer"},"stored":{"type":"integer"},"dead_lettered":{"type":"integer"},"settled":{"type":"boolean","description":"Nothing waits: the sum must hold."},"waiting":{"type":"integer","description":"Unless it is settled: posts in the log."},"unaccounted":{"type":"integer","description":"When it is settled: anything but 0 is a fault."}},"required":["collected","stored","dead_lettered","settled"]})");
  json.key("Retried").raw(
      R"({"type":"object","properties":{"id":{"type":"string"},"read":{"type":"boolean","description":"The letter is gone."},"posts":{"type":"integer","description":"Handed on by that; 0: nothing was missing."},"attempts":{"type":"integer"},"why":{"type":"string","description":"Why it stays."}},"required":["id","read","posts","attempts"]})");
  json.key("DeadLetters")
      .raw(
          R"({"type":"object","properties":{"count":{"type":"integer"},"reasons":{"type":"array","items":{"type":"object","properties":{"stage":{"type":"string"},"reason":{"type":"string"},"count":{"type":"integer"}},"required":["reason","count"]}},"newest":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"account":{"type":"string"},"stage":{"type":"string"},"reason":{"type":"string"},"at":{"type":"string","format":"date-time"}},"required":["id","reason","at"]}}},"required":["count","reasons","newest"]})");
  json.key("Error").raw(
      R"({"type":"object","properties":{"error":{"type":"object","properties":{"code":{"type":"string"},"message":{"type":"string"},"hint":{"type":"string"}},"required":["code","message"]}},"required":["error"]})");
  json.end_object();
}

void write_values(JsonWriter& json, const RouteParameter& parameter) {
  json.member("type", parameter.type);
  if (parameter.values.empty()) return;
  json.key("enum").begin_array();
  for (const std::string_view value : parameter.values) json.value(value);
  json.end_array();
}

void write_parameter(JsonWriter& json, const RouteParameter& parameter) {
  json.begin_object().member("name", parameter.name).member("in", parameter.in_path ? "path" : "query");
  json.member("required", parameter.in_path).member("description", parameter.help);
  json.key("schema").begin_object();
  write_values(json, parameter);
  json.end_object().end_object();
}

// Answers of one status stand together: one response with several content types.
void write_responses(JsonWriter& json, const Route& route) {
  json.key("responses").begin_object();
  std::set<int> done;
  for (const RouteAnswer& answer : route.answers) {
    if (!done.insert(answer.status).second) continue;
    json.key(str_cat(answer.status)).begin_object().member("description", answer.help);
    if (!answer.content_type.empty()) {
      json.key("content").begin_object();
      for (const RouteAnswer& other : route.answers) {
        if (other.status != answer.status) continue;
        json.key(other.content_type.substr(0, other.content_type.find(';'))).begin_object().key("schema");
        if (other.schema.empty()) {
          json.begin_object().end_object();
        } else {
          write_ref(json, other.schema);
        }
        json.end_object();
      }
      json.end_object();
    }
    json.end_object();
  }
  json.key("default").begin_object().member("description", "What went wrong.").key("content").begin_object();
  json.key("application/json").begin_object().key("schema");
  write_ref(json, "Error");
  json.end_object().end_object().end_object().end_object();
}

void write_operation(JsonWriter& json, const Route& route) {
  json.key(ascii_lower(route.method))
      .begin_object()
      .member("operationId", route.id)
      .member("summary", route.help);
  json.key("parameters").begin_array();
  for (const RouteParameter& parameter : route.parameters) write_parameter(json, parameter);
  json.end_array();
  if (route.method == "POST" && route.path == "/login") {
    json.key("requestBody")
        .raw(
            R"({"required":true,"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"token":{"type":"string"}},"required":["token"]}}}})");
  }
  if (!route.body.empty()) {
    json.key("requestBody").begin_object().member("required", true).key("content").begin_object();
    for (const char* type : {"application/json", "application/x-www-form-urlencoded"}) {
      json.key(type).begin_object().key("schema").begin_object().member("type", "object");
      json.key("properties").begin_object();
      for (const RouteParameter& field : route.body) {
        json.key(field.name).begin_object().member("description", field.help);
        write_values(json, field);
        json.end_object();
      }
      json.end_object().end_object().end_object();
    }
    json.end_object().end_object();
  }
  if (route.open) json.key("security").begin_array().end_array();
  write_responses(json, route);
  json.end_object();
}

void write_paths(JsonWriter& json) {
  json.key("paths").begin_object();
  std::set<std::string_view> done;
  for (const Route& route : routes()) {
    if (!done.insert(route.path).second) continue;
    json.key(route.path).begin_object();
    for (const Route& other : routes()) {
      if (other.path == route.path) write_operation(json, other);
    }
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string openapi_document() {
  JsonWriter json;
  json.begin_object()
      .member("openapi", "3.1.0")
      .key("info")
      .begin_object()
      .member("title", "Copytaster desk");
  json.member("version", version())
      .member(
          "description",
          "Stories, posts, pictures and drafts. Records are in proto3's JSON mapping: fields "
          "with default values are left out, 64-bit numbers are strings. A program that POSTs sends the "
          "header Origin with the desk's own address, as in Host (Origin: http://127.0.0.1:8642): browsers "
          "cannot be made to lie about it, and without it a change is refused with 403.");
  json.end_object();
  write_paths(json);
  json.key("components").begin_object().key("securitySchemes").begin_object();
  json.key("token").raw(R"({"type":"http","scheme":"bearer"})");
  json.key("session")
      .raw(R"({"type":"apiKey","in":"cookie","name":"__Host-copytaster_session"})")
      .end_object();
  write_schemas(json);
  json.end_object().key("security").raw(R"([{"token":[]},{"session":[]},{}])");
  return json.end_object().text();
}

ServerResponse get_openapi(const Desk&, const ServerRequest& request, const std::string&) {
  static const std::string kDocument = openapi_document();
  return with_etag(request, json_reply(kDocument));
}

}  // namespace copytaster
