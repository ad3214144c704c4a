#include "rehearsal/graph_answer.h"

#include "absl/strings/escaping.h"
#include "core/json.h"
#include "core/strings.h"

namespace copytaster::rehearsal {

Answer graph_error(std::string_view shape, const GraphError& error) {
  JsonWriter out;
  out.begin_object().key("error").begin_object();
  out.member("message", error.message).member("type", error.type).member("code", error.code);
  if (error.subcode != 0) out.member("error_subcode", error.subcode);
  out.member("fbtrace_id", str_cat("A", short_hash(error.message))).end_object().end_object();
  return json_answer(shape, out.text(), error.status);
}

GraphError no_such_object(std::string_view id, std::string_view type) {
  return {400,
          str_cat("Unsupported get request. Object with ID '", id,
                  "' does not exist, cannot be loaded due to missing permissions, or does not support this "
                  "operation. Please read the Graph API documentation at "
                  "https://developers.facebook.com/docs/graph-api"),
          type, 100, 33};
}

GraphError bad_graph_token(std::string_view type) {
  return {400, "Invalid OAuth access token - Cannot parse access token", type, 190, 0};
}

bool has_graph_token(const Question& question, std::string_view token) {
  return header_value(question.headers, "authorization") == str_cat("Bearer ", token) ||
         question.parameter("access_token") == token;
}

std::string graph_cursor(std::string_view number) {
  std::string out;
  absl::WebSafeBase64Escape(str_cat("post:", number), &out);
  return out;
}

std::optional<std::uint64_t> read_graph_cursor(std::string_view cursor) {
  std::string text;
  if (!absl::WebSafeBase64Unescape(to_absl(cursor), &text)) return std::nullopt;
  std::string_view number = text;
  if (!consume_prefix(&number, "post:")) return std::nullopt;
  return parse_number<std::uint64_t>(number);
}

std::string graph_time(absl::Time when) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S+0000", when, absl::UTCTimeZone());
}

}  // namespace copytaster::rehearsal
