#include "bench/labelled_lines.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/time/time.h"
#include "core/item.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;

absl::Status read_file(const std::filesystem::path& file,
                       const std::function<absl::Status(const Struct&)>& take) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(str_cat(file.string(), " cannot be read"));
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    Struct object;
    absl::Status read = from_json(line, &object);
    if (read.ok()) read = take(object);
    if (!read.ok())
      return absl::InvalidArgumentError(
          str_cat(file.string(), ":", number, ": ", std::string(read.message())));
  }
  return absl::OkStatus();
}

}  // namespace

const Value* field_of(const Struct& object, const std::string& key) {
  const auto field = object.fields().find(key);
  return field == object.fields().end() ? nullptr : &field->second;
}

std::string text_of(const Struct& object, const std::string& key) {
  const Value* field = field_of(object, key);
  return field == nullptr ? std::string() : field->string_value();
}

const Struct& object_of(const Struct& object, const std::string& key) {
  const Value* field = field_of(object, key);
  return field == nullptr ? Struct::default_instance() : field->struct_value();
}

const ListValue& list_of(const Struct& object, const std::string& key) {
  const Value* field = field_of(object, key);
  return field == nullptr ? ListValue::default_instance() : field->list_value();
}

absl::StatusOr<Item> read_labelled_item(const Struct& wire, const std::string& native_id) {
  Item item;
  item.set_platform(text_of(wire, "platform"));
  item.set_native_id(native_id);
  item.set_id(item_id(item.platform(), native_id));
  item.set_official_id(text_of(wire, "person"));
  item.set_account_id(str_cat(item.platform(), ":", text_of(wire, "handle")));
  item.mutable_author()->set_name(text_of(wire, "name"));
  item.mutable_author()->set_handle(text_of(wire, "handle"));
  item.set_text(text_of(wire, "text"));
  item.set_title(text_of(wire, "title"));
  item.set_url(text_of(wire, "url"));
  absl::Time at;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text_of(wire, "at"), &at, &error))
    return absl::InvalidArgumentError(str_cat("at: ", error));
  set_timestamp(item.mutable_created_at(), at);
  return item;
}

absl::Status each_labelled_line(const std::string& path,
                                const std::function<absl::Status(const Struct&)>& take) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    for (const auto& file : std::filesystem::directory_iterator(path, error)) {
      if (file.path().extension() == ".jsonl") files.push_back(file.path());
    }
    std::ranges::sort(files);
  } else {
    files.emplace_back(path);
  }
  for (const auto& file : files) CT_RETURN_IF_ERROR(read_file(file, take));
  return absl::OkStatus();
}

}  // namespace copytaster
