#include "desk/reply.h"

#include <utility>

#include "core/json.h"
#include "core/log.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxOffset = 100'000;

struct Meaning {
  int http;
  std::string_view code;
};

Meaning meaning_of(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return {400, "invalid_argument"};
    case absl::StatusCode::kUnauthenticated:
      return {401, "unauthenticated"};
    case absl::StatusCode::kPermissionDenied:
      return {403, "permission_denied"};
    case absl::StatusCode::kNotFound:
      return {404, "not_found"};
    case absl::StatusCode::kFailedPrecondition:
      return {409, "failed_precondition"};
    case absl::StatusCode::kAlreadyExists:
      return {409, "already_exists"};
    case absl::StatusCode::kResourceExhausted:
      return {429, "resource_exhausted"};
    case absl::StatusCode::kUnavailable:
      return {503, "unavailable"};
    case absl::StatusCode::kDeadlineExceeded:
      return {503, "deadline_exceeded"};
    case absl::StatusCode::kCancelled:
      return {503, "shutting_down"};
    case absl::StatusCode::kDataLoss:
      return {500, "data_loss"};
    default:
      return {500, "internal"};
  }
}

absl::StatusOr<std::size_t> number_of(const ServerRequest& request, std::string_view name, std::size_t absent,
                                      std::size_t least, std::size_t most) {
  const auto text = parameter(request.query, name);
  if (!text) return absent;
  const auto number = parse_number<std::size_t>(*text);
  if (number && *number >= least && *number <= most) return *number;
  return absl::InvalidArgumentError(str_cat(name, " must be a whole number from ", least, " to ", most));
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  for (std::string_view one : split(if_none_match, ',')) {
    one = strip_space(one);
    consume_prefix(&one, "W/");  // weak comparison (RFC 9110 §13.1.2)
    if (one == etag || one == "*") return true;
  }
  return false;
}

}  // namespace

ServerResponse reply(int status, std::string_view content_type, std::string body) {
  return {status, {{"Content-Type", std::string(content_type)}}, std::move(body)};
}

ServerResponse json_reply(std::string body) { return reply(200, "application/json", std::move(body)); }

ServerResponse error_reply(int status, std::string_view code, std::string_view message,
                           std::string_view hint) {
  JsonWriter json;
  json.begin_object().key("error").begin_object().member("code", code).member("message", message);
  json.member_if("hint", hint).end_object().end_object();
  return reply(status, "application/json", json.text());
}

ServerResponse status_reply(const absl::Status& status) {
  const Meaning meaning = meaning_of(status.code());
  const std::string_view words = from_absl(status.message());
  if (meaning.http != 500) return error_reply(meaning.http, meaning.code, words);
  log_error("desk.request.failed", words, {{"error.code", meaning.code}});
  return error_reply(500, meaning.code, "The store could not answer this.",
                     "The log says why: desk.request.failed.");
}

void set_header(ServerResponse& response, std::string_view name, std::string_view value) {
  for (HttpHeader& header : response.headers) {
    if (!equals_ignore_case(header.name, name)) continue;
    header.value = std::string(value);
    return;
  }
  response.headers.push_back({std::string(name), std::string(value)});
}

std::string_view header_of(const ServerResponse& response, std::string_view name) {
  return header_value(response.headers, name);
}

ServerResponse with_etag(const ServerRequest& request, ServerResponse response) {
  if (response.status != 200) return response;
  const std::string etag = str_cat("\"", sha256_hex(response.body).substr(0, 32), "\"");
  set_header(response, "ETag", etag);
  if (header_of(response, "Cache-Control").empty())
    set_header(response, "Cache-Control", "private, no-cache");
  if (names_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

void add_common_headers(ServerResponse& response) {
  const auto unless_set = [&](std::string_view name, std::string_view value) {
    if (header_of(response, name).empty()) set_header(response, name, value);
  };
  unless_set("Cache-Control", "no-store");
  unless_set("Content-Security-Policy", kDocumentPolicy);
  set_header(response, "X-Content-Type-Options", "nosniff");
  set_header(response, "X-Frame-Options", "DENY");
  set_header(response, "Referrer-Policy", "no-referrer");
  set_header(response, "Cross-Origin-Resource-Policy", "same-origin");
  set_header(response, "Cross-Origin-Opener-Policy", "same-origin");
}

std::optional<std::string> parameter(std::string_view query, std::string_view name) {
  for (const std::string_view pair : split(query, '&')) {
    const std::size_t equals = pair.find('=');
    const auto decoded = [](std::string_view text) { return percent_decode(replace_all(text, "+", " ")); };
    if (decoded(pair.substr(0, equals)) != name) continue;
    return to_valid_utf8(equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1)));
  }
  return std::nullopt;
}

absl::StatusOr<Window> window_of(const ServerRequest& request, std::size_t usual, std::size_t most) {
  auto limit = number_of(request, "limit", usual, 1, most);
  if (!limit.ok()) return limit.status();
  auto offset = number_of(request, "offset", 0, 0, kMaxOffset);
  if (!offset.ok()) return offset.status();
  return Window{*limit, *offset};
}

}  // namespace copytaster
