// A request as it reaches the desk: desk/routes.h. The input reads like HTTP: "METHOD target", header lines,
// an empty line, the body.
#include <algorithm>

#include "core/clock.h"
#include "core/json.h"
#include "core/rights.h"
#include "core/strings.h"
#include "core/url.h"
#include "desk/gate.h"
#include "desk/reply.h"
#include "desk/routes.h"
#include "google/protobuf/struct.pb.h"
#include "net/request_target.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::string_view kDeskToken = "0123456789abcdef-secret";

struct House {
  FakeStore store;
  FakeMedia media;
  ManualClock clock{absl::FromUnixSeconds(1683830000)};
  House() {
    put_visit(store);
    (void)media.put("\xff\xd8\xff\xe0 not quite a picture");
  }
};

// False: the server would not have handed this on (net/http_server.h).
bool read_request(std::string_view rest, ServerRequest& request) {
  const std::string_view first = take_line(rest);
  const std::size_t space = std::min(first.find(' '), first.size());
  request.method = std::string(first.substr(0, space));
  const auto target = parse_request_target(first.substr(std::min(space + 1, first.size())));
  if (!target.ok()) return false;
  request.path = target->path;
  request.query = target->query;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.empty()) break;
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view value = strip_space(line.substr(std::min(colon + 1, line.size())));
    if (!is_clean_header(line.substr(0, colon), value)) return false;
    request.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  }
  request.body = std::string(rest);
  request.peer = "127.0.0.1:40000";
  return true;
}

void check_response(const ServerResponse& response) {
  require(response.status >= 200 && response.status < 600, "an answer has a status",
          str_cat(response.status));
  for (const HttpHeader& header : response.headers)
    require(is_clean_header(header.name, header.value), "an answer's headers are clean", header.name);
  require(!header_of(response, "Content-Security-Policy").empty() &&
              header_of(response, "X-Content-Type-Options") == "nosniff",
          "an answer says what may run");
  if (header_of(response, "Content-Type") != "application/json" || response.body.empty()) return;
  google::protobuf::Struct read;
  const absl::Status status = from_json(response.body, &read);
  require(status.ok(), "a JSON answer is JSON", status.ToString());
}

ServerResponse ask_desk(const House& house, const ServerRequest& request, std::string token) {
  DeskOptions options;
  options.token = std::move(token);
  Gate gate(options, [] { return absl::Hours(1); });
  Thumbnails thumbnails(&house.media, {});
  DeskDependencies dependencies = {
      &house.store, &house.media, &house.clock, [] { return std::string(); }, {}};
  dependencies.copies.answer = [](const CopyAnswer& answer) {
    require(!answer.by.empty() && is_clean_header("by", answer.by) && answer.by.size() <= 200,
            "an editor's name is one clean line");
    require(!answer.other_id.empty() && answer.other_id != answer.item_id, "an answer is about two posts");
    return absl::OkStatus();
  };
  dependencies.copies.explain = [](std::string_view id,
                                   std::string_view other) -> absl::StatusOr<std::string> {
    require(!other.empty() && other != id, "two posts are compared");
    return R"({"items":[],"folded":false,"answer":"apart","rules":[]})";
  };
  dependencies.rights.decide = [](const RightsAnswer& answer) {
    require(!answer.by.empty() && is_clean_header("by", answer.by) && answer.by.size() <= 200,
            "an editor's name is one clean line");
    require(is_rights_state(answer.state), "what is decided is a state");
    require(answer.note.empty() || is_clean_header("note", answer.note), "a note is one clean line");
    return absl::OkStatus();
  };
  return dispatch({dependencies, &gate, &thumbnails}, request);
}

void check_parameters(std::string_view query) {
  for (const std::string_view name : {"q", "limit", "format"}) {
    const auto value = parameter(query, name);
    require(!value || (is_valid_utf8(*value) && value->size() <= 3 * query.size()),
            "a parameter is valid UTF-8");
  }
  const auto q = parameter(str_cat("a=1&q=", percent_encode(query)), "q");
  require(q && *q == to_valid_utf8(query), "an escaped parameter reads as it was");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(desk_request)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  static const House kHouse;
  ServerRequest request;
  if (!read_request(as_text(data, size), request)) return 0;
  const ServerResponse response = ask_desk(kHouse, request, "");
  check_response(response);
  require(response.status != 500, "no request is a bug");
  if (request.method == "GET")
    require(ask_desk(kHouse, request, "").body == response.body, "the same request gets the same answer");
  // With a token set, nobody without it sees a post.
  const ServerResponse closed = ask_desk(kHouse, request, std::string(kDeskToken));
  check_response(closed);
  const bool has_token = as_text(data, size).find(kDeskToken) != std::string_view::npos;
  if (request.path.starts_with("/api/") && !has_token)
    require(closed.status >= 400 || closed.status == 303, "without the token nothing is told", request.path);
  check_parameters(request.query);
  return 0;
}
