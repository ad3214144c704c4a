#include "core/json.h"

#include <charconv>
#include <cmath>
#include <memory>

#include "core/message_text.h"
#include "core/strings.h"
#include "core/text.h"
#include "google/protobuf/util/json_util.h"

namespace copytaster {
namespace {

// Longer than any record we write; keeps a hostile line from becoming an unbounded parse.
constexpr std::size_t kMaxJsonBytes = std::size_t{64} << 20;
// Nesting that the records need is under 10. The parser recurses, so depth is checked before it runs.
constexpr int kMaxJsonDepth = 64;

bool too_deep(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
      continue;
    }
    if (c == '"') in_string = true;
    if ((c == '{' || c == '[') && ++depth > kMaxJsonDepth) return true;
    if (c == '}' || c == ']') --depth;
  }
  return false;
}

void append_escaped(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x20 || c == 0x7f) {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    } else if (c == 0xe2 && text.substr(i, 3) == "\xe2\x80\xa8") {  // U+2028 ends a line in JavaScript
      out += "\\u2028";
      i += 2;
    } else if (c == 0xe2 && text.substr(i, 3) == "\xe2\x80\xa9") {
      out += "\\u2029";
      i += 2;
    } else if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      out += "\\u00";  // C1 controls: some terminals obey them
      out += kHex[static_cast<unsigned char>(text[i + 1]) >> 4];
      out += kHex[static_cast<unsigned char>(text[i + 1]) & 15];
      ++i;
    } else {
      out += static_cast<char>(c);
    }
  }
}

// protobuf's message as one line of plain text: it quotes the input, which may hold anything.
std::string parser_words(std::string_view message) {
  while (consume_prefix(&message, ":") || consume_prefix(&message, " ")) {
  }
  std::string out;
  for (const char c : to_valid_utf8(message.substr(0, utf8_floor(message, 200)))) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    out += control ? ' ' : c;
  }
  return collapse_space(out);
}

}  // namespace

std::string to_json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  std::string out;
  if (google::protobuf::util::MessageToJsonString(message, &out, options).ok()) return out;
  // Values outside the mapping: text that is none, a time beyond the calendar. The rest must not go with
  // them.
  const std::unique_ptr<google::protobuf::Message> mended(message.New());
  mended->CopyFrom(message);
  (void)make_text_valid(mended.get());
  (void)drop_impossible_times(mended.get());
  out.clear();
  return google::protobuf::util::MessageToJsonString(*mended, &out, options).ok() ? out : "{}";
}

absl::Status from_json(std::string_view json, google::protobuf::Message* message) {
  if (json.size() > kMaxJsonBytes) return absl::InvalidArgumentError("JSON is larger than 64 MiB");
  if (too_deep(json)) return absl::InvalidArgumentError("JSON is nested deeper than 64 levels");
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  message->Clear();
  try {
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), message, options);
    if (!status.ok()) return absl::InvalidArgumentError(parser_words(std::string(status.message())));
    if (drop_impossible_times(message) > 0)
      return absl::InvalidArgumentError("a time is outside the years 1 to 9999");
  } catch (const std::exception& error) {  // protobuf may throw FatalException
    return absl::InvalidArgumentError(error.what());
  }
  return absl::OkStatus();
}

std::string json_quote(std::string_view text) {
  std::string out = "\"";
  if (is_valid_utf8(text)) {
    append_escaped(out, text);
  } else {
    append_escaped(out, to_valid_utf8(text));
  }
  out += '"';
  return out;
}

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}
JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  first_ = true;
  return *this;
}
JsonWriter& JsonWriter::end_object() {
  out_ += '}';
  first_ = false;
  return *this;
}
JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  first_ = true;
  return *this;
}
JsonWriter& JsonWriter::end_array() {
  out_ += ']';
  first_ = false;
  return *this;
}
JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  str_append(&out_, json_quote(name), ":");
  first_ = true;  // the value follows without a comma
  return *this;
}
JsonWriter& JsonWriter::value(std::string_view text) { return raw(json_quote(text)); }
JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return raw("null");
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return raw(std::string_view(buffer, static_cast<std::size_t>(end - buffer)));
}
JsonWriter& JsonWriter::value(std::int64_t number) { return raw(str_cat(number)); }
JsonWriter& JsonWriter::value(std::uint64_t number) { return raw(str_cat(number)); }
JsonWriter& JsonWriter::value(bool yes) { return raw(yes ? "true" : "false"); }
JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace copytaster
