// Answers: how they are made and what every one of them carries. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "net/http_server.h"

namespace copytaster {

[[nodiscard]] ServerResponse reply(int status, std::string_view content_type, std::string body);
[[nodiscard]] ServerResponse json_reply(std::string body);
// {"error":{"code","message","hint"}}; hint may be empty.
[[nodiscard]] ServerResponse error_reply(int status, std::string_view code, std::string_view message,
                                         std::string_view hint = {});
// The HTTP status that says what the Status says. Messages of kInternal and kDataLoss are logged, not sent.
[[nodiscard]] ServerResponse status_reply(const absl::Status& status);

void set_header(ServerResponse& response, std::string_view name, std::string_view value);
[[nodiscard]] std::string_view header_of(const ServerResponse& response, std::string_view name);

// An ETag over the body; 304 without a body when the request already has it (RFC 9110 §13.1.2).
[[nodiscard]] ServerResponse with_etag(const ServerRequest& request, ServerResponse response);

// What every response carries: nosniff, no referrer, no framing, a content policy and Cache-Control unless
// the handler set its own.
void add_common_headers(ServerResponse& response);
inline constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
inline constexpr std::string_view kLoginPolicy =
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
// Exported drafts: a document to look at, that may do nothing.
inline constexpr std::string_view kDocumentPolicy =
    "default-src 'none'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

// Value of a query or form parameter, '+' and percent-escapes decoded, as valid UTF-8; nullopt when absent.
[[nodiscard]] std::optional<std::string> parameter(std::string_view query, std::string_view name);

struct Window {
  std::size_t limit = 0;
  std::size_t offset = 0;
};
// limit (1 to `most`, else `usual`) and offset (0 to 100,000). kInvalidArgument says which is wrong.
[[nodiscard]] absl::StatusOr<Window> window_of(const ServerRequest& request, std::size_t usual,
                                               std::size_t most);

}  // namespace copytaster
