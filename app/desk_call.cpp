#include "app/desk_call.h"

#include <algorithm>

#include "app/config_folder.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"
#include "google/protobuf/struct.pb.h"
#include "net/http_client.h"

namespace copytaster {
namespace {

// An address that stands for all is asked on loopback.
std::string host_of_desk(const Settings& settings) {
  const std::string& address = settings.desk_address;
  if (address == "0.0.0.0" || address == "localhost") return "127.0.0.1";
  if (address == "::") return "[::1]";
  return address.find(':') == std::string::npos ? address : str_cat("[", address, "]");
}

// Hints of the API are for programs that speak HTTP: "Send the field by".
bool is_for_programs(std::string_view hint) { return starts_with_ignore_case(hint, "send the field"); }

// What the desk said, in its own words where it has any.
std::string words_of(const HttpResponse& response) {
  google::protobuf::Struct body;
  std::string words;
  if (from_json(response.body, &body).ok()) {
    if (const auto error = body.fields().find("error"); error != body.fields().end()) {
      const auto& fields = error->second.struct_value().fields();
      for (const char* name : {"message", "hint"}) {
        const auto found = fields.find(name);
        if (found == fields.end() || is_for_programs(found->second.string_value())) continue;
        if (const std::string& said = found->second.string_value(); !said.empty())
          str_append(&words, words.empty() ? "" : ": ", said);
      }
    }
  }
  return words.empty() ? str_cat("the desk answered HTTP ", response.status) : words;
}

absl::Status refusal(const HttpResponse& response) {
  const std::string message = words_of(response);
  if (response.status == 404) return absl::NotFoundError(message);
  if (response.status == 401 || response.status == 403) return absl::PermissionDeniedError(message);
  if (response.status >= 500) return absl::UnavailableError(message);
  return absl::InvalidArgumentError(message);
}

// JSON; a form where bytes are sent that are no UTF-8, which JSON cannot hold.
std::string body_of(const std::vector<std::pair<std::string_view, std::string>>& fields,
                    std::vector<HttpHeader>* headers) {
  const bool text =
      std::ranges::all_of(fields, [](const auto& field) { return is_valid_utf8(field.second); });
  headers->push_back({"Content-Type", text ? "application/json" : "application/x-www-form-urlencoded"});
  if (!text) {
    std::string form;
    for (const auto& [name, value] : fields)
      if (!value.empty()) str_append(&form, form.empty() ? "" : "&", name, "=", percent_encode(value));
    return form;
  }
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, value] : fields) json.member_if(name, value);
  return json.end_object().text();
}

absl::StatusOr<std::string> ask_desk(const std::string& config, std::string_view path, HttpRequest request) {
  std::vector<ConfigProblem> problems;
  CT_ASSIGN_OR_RETURN(const Config read, read_config(config, &problems));
  const std::string host = str_cat(host_of_desk(read.settings), ":", read.settings.desk_port);
  request.url = str_cat("http://", host, path);
  request.headers.push_back({"Origin", str_cat("http://", host)});
  if (!read.settings.desk_token.empty()) request.authorization = str_cat("Bearer ", read.settings.desk_token);
  request.max_redirects = 0;
  request.timeout = absl::Seconds(60);
  HttpClientOptions options;
  options.allow = {host};
  CT_ASSIGN_OR_RETURN(const auto client, make_http_client(options));
  absl::StatusOr<HttpResponse> answer = absl::UnavailableError("no answer");
  client->fetch(std::move(request),
                [&](absl::StatusOr<HttpResponse> response) { answer = std::move(response); });
  while (client->drive(absl::Milliseconds(200)) > 0) {
  }
  if (!answer.ok())
    return absl::UnavailableError(str_cat("no desk answers at ", host, " (",
                                          from_absl(answer.status().message()),
                                          "); is the service running with these settings?"));
  if (answer->status >= 300) return refusal(*answer);
  return std::move(answer->body);
}

}  // namespace

absl::StatusOr<std::string> post_to_desk(
    const std::string& config, std::string_view path,
    const std::vector<std::pair<std::string_view, std::string>>& fields) {
  HttpRequest request;
  request.method = "POST";
  request.body = body_of(fields, &request.headers);
  return ask_desk(config, path, std::move(request));
}

absl::StatusOr<std::string> get_from_desk(const std::string& config, std::string_view path) {
  return ask_desk(config, path, HttpRequest());
}

}  // namespace copytaster
