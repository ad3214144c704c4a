// JSON in and out: core/json.h. The bytes are JSON of a record, and text that goes into JSON.
#include "core/copytaster.pb.h"
#include "core/json.h"
#include "core/strings.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/struct.pb.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

// The bytes of a record, its maps in the order of their keys.
std::string in_order(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

template <typename Record>
void check_record_json(std::string_view json) {
  Record record;
  const absl::Status read = from_json(json, &record);
  if (!read.ok()) {
    require(absl::IsInvalidArgument(read) && !read.message().empty(),
            "bad JSON is an invalid argument with words");
    return;
  }
  const std::string written = to_json(record);
  require_utf8(written, "JSON");
  require(written.find('\n') == std::string::npos, "JSON is one line");
  Record again;
  const absl::Status reread = from_json(written, &again);
  require(reread.ok(), "JSON that was written can be read", str_cat(written, "\n", reread.ToString()));
  require(in_order(again) == in_order(record), "a record reads as it was written", written);
}

void check_quoted(std::string_view text) {
  const std::string quoted = json_quote(text);
  require_utf8(quoted, "a quoted string");
  require(quoted.size() <= 6 * text.size() + 2, "a quoted string is at most six times as long");
  JsonWriter json;
  json.begin_object().member("text", text).member_if("again", text).key("list").begin_array();
  json.value(1.5).value(std::int64_t{-3}).value(true).end_array().end_object();
  google::protobuf::Struct read;
  const absl::Status status = from_json(json.text(), &read);
  require(status.ok(), "what the writer wrote can be read", str_cat(json.text(), "\n", status.ToString()));
  const std::string valid = to_valid_utf8(text);
  require(read.fields().at("text").string_value() == valid, "a string reads as it was written");
  require(read.fields().contains("again") == !text.empty(), "an empty member is left out");
  require(read.fields().at("list").list_value().values_size() == 3, "the list has its three values");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(json)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view bytes = as_text(data, size);
  check_record_json<Item>(bytes);
  check_record_json<Capture>(bytes);
  check_record_json<google::protobuf::Struct>(bytes);
  check_quoted(bytes);
  return 0;
}
