#include "desk/body_fields.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/json.h"
#include "core/text.h"
#include "core/url.h"
#include "google/protobuf/struct.pb.h"

namespace copytaster {
namespace {

// '+' is a space in a form, %2B a plus.
std::string form_text(std::string_view value) { return replace_all(value, "+", " "); }

bool is_among(std::initializer_list<std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// And small enough to be the same in every program's numbers.
bool is_whole(const google::protobuf::Value& value) {
  constexpr double kMost = 9007199254740992.0;
  return value.kind_case() == google::protobuf::Value::kNumberValue &&
         std::abs(value.number_value()) <= kMost && std::floor(value.number_value()) == value.number_value();
}

absl::StatusOr<StringMap<std::string>> json_fields(const std::string& body,
                                                   std::initializer_list<std::string_view> flags,
                                                   std::initializer_list<std::string_view> numbers) {
  google::protobuf::Struct fields;
  if (!from_json(body, &fields).ok()) return absl::InvalidArgumentError("the body is no JSON object");
  StringMap<std::string> out;
  for (const auto& [name, value] : fields.fields()) {
    if (value.kind_case() == google::protobuf::Value::kNullValue) continue;
    if (value.kind_case() == google::protobuf::Value::kBoolValue && is_among(flags, name)) {
      out[name] = value.bool_value() ? "true" : "false";
      continue;
    }
    if (is_among(numbers, name) && is_whole(value)) {
      out[name] = str_cat(static_cast<std::int64_t>(value.number_value()));
      continue;
    }
    if (value.kind_case() != google::protobuf::Value::kStringValue)
      return absl::InvalidArgumentError(
          str_cat("the field ", name, is_among(flags, name) ? " must be true or false" : " is no text"));
    out[name] = to_valid_utf8(value.string_value());
  }
  return out;
}

StringMap<std::string> form_fields(std::string_view body, std::initializer_list<std::string_view> raw) {
  StringMap<std::string> out;
  for (const std::string_view pair : split(body, '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.empty()) continue;
    const std::string name = percent_decode(form_text(pair.substr(0, equals)));
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    std::string bytes = percent_decode(form_text(value));
    out[name] = is_among(raw, name) ? std::move(bytes) : to_valid_utf8(bytes);
  }
  return out;
}

}  // namespace

absl::StatusOr<StringMap<std::string>> body_fields(const ServerRequest& request,
                                                   std::initializer_list<std::string_view> known,
                                                   std::initializer_list<std::string_view> raw,
                                                   std::initializer_list<std::string_view> flags,
                                                   std::initializer_list<std::string_view> numbers) {
  const std::string_view header = request.header("content-type");
  const std::string_view type = strip_space(header.substr(0, header.find(';')));
  absl::StatusOr<StringMap<std::string>> fields = StringMap<std::string>();
  if (equals_ignore_case(type, "application/json")) {
    fields = json_fields(request.body, flags, numbers);
  } else if (equals_ignore_case(type, "application/x-www-form-urlencoded")) {
    fields = form_fields(request.body, raw);
  } else if (!request.body.empty()) {
    return absl::InvalidArgumentError(
        "the body must be application/json or application/x-www-form-urlencoded");
  }
  if (!fields.ok()) return fields;
  for (const auto& [name, value] : *fields) {
    if (!is_among(known, name))
      return absl::InvalidArgumentError(str_cat("there is no field \"", to_valid_utf8(name), "\" here"));
    if (is_among(flags, name) && value != "true" && value != "false")
      return absl::InvalidArgumentError(str_cat("the field ", name, " must be true or false"));
  }
  return fields;
}

}  // namespace copytaster
