// Labelled sets: files of one JSON object a line, as tests/processors/copies and tests/processors/printable
// have them. Internal to the readers of bench/.
#pragma once

#include <google/protobuf/struct.pb.h>

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Null where there is none.
[[nodiscard]] const google::protobuf::Value* field_of(const google::protobuf::Struct& object,
                                                      const std::string& key);
// Empty where there is none, or it is of another kind.
[[nodiscard]] std::string text_of(const google::protobuf::Struct& object, const std::string& key);
[[nodiscard]] const google::protobuf::Struct& object_of(const google::protobuf::Struct& object,
                                                        const std::string& key);
[[nodiscard]] const google::protobuf::ListValue& list_of(const google::protobuf::Struct& object,
                                                         const std::string& key);

// The collector's half of a post but its pictures and relations: "platform", "person", "name", "handle",
// "text", "title", "url", "at".
[[nodiscard]] absl::StatusOr<Item> read_labelled_item(const google::protobuf::Struct& wire,
                                                      const std::string& native_id);

// Calls `take` for each line of a file, or of all files of a folder whose names end in .jsonl, in their
// order. An error names file and line.
[[nodiscard]] absl::Status each_labelled_line(
    const std::string& path, const std::function<absl::Status(const google::protobuf::Struct&)>& take);

}  // namespace copytaster
