// The fields of a POST: a form (application/x-www-form-urlencoded) or a flat JSON object of strings,
// flags and whole numbers. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/strings.h"
#include "net/http_server.h"

namespace copytaster {

// Only those named in `known`; others are an error, for a misspelt field must not be lost. Values are valid
// UTF-8; in a form those named in `raw` are the bytes as sent (JSON has only text). Those named in `flags`
// are "true" or "false"; in JSON true or false itself may stand there. Those in `numbers` may be whole
// numbers in JSON, and are their digits: whether a text there is one is the caller's to see. kInvalidArgument
// says what is wrong.
[[nodiscard]] absl::StatusOr<StringMap<std::string>> body_fields(
    const ServerRequest& request, std::initializer_list<std::string_view> known,
    std::initializer_list<std::string_view> raw = {}, std::initializer_list<std::string_view> flags = {},
    std::initializer_list<std::string_view> numbers = {});

}  // namespace copytaster
