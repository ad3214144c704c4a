#include "collectors/meta_asking.h"

#include <algorithm>

#include "collectors/meta_proof.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// Null: the collector has no such setting.
const ConfigField* field_of(const CollectorSpec& spec, std::string_view name) {
  const auto field = std::find_if(spec.fields.begin(), spec.fields.end(),
                                  [&](const ConfigField& one) { return one.name == name; });
  return field == spec.fields.end() ? nullptr : &*field;
}

std::string_view default_of(const CollectorSpec& spec, std::string_view name) {
  const ConfigField* field = field_of(spec, name);
  return field == nullptr ? std::string_view() : field->default_value;
}

// An answer with a failing status that is not the API's: HTML, nothing. A 404 of a front server says nothing
// of the account.
absl::Status no_answer(const Capture& capture) {
  if (capture.status() == 404 || capture.status() == 410) {
    return absl::UnavailableError(str_cat("HTTP ", capture.status(), " that is not the API's own"));
  }
  absl::Status status = http_failure(capture, "");
  return status.ok() ? absl::UnavailableError("an error without a code") : status;
}

}  // namespace

MetaAsking::MetaAsking(const CollectorSpec& spec, const CollectorSettings& settings)
    : spec_(&spec),
      token_(setting(settings, "token", "")),
      app_secret_(field_of(spec, kMetaAppSecret.name) == nullptr ? "" : setting(settings, "app_secret", "")),
      version_(setting(settings, "version", default_of(spec, "version"))),
      endpoint_(setting(settings, "endpoint", default_of(spec, "endpoint"))),
      first_pages_(number_setting(settings, "first_pages",
                                  parse_number<int>(default_of(spec, "first_pages")).value_or(1),
                                  kMostPages)) {
  while (endpoint_.ends_with('/')) endpoint_.pop_back();
}

absl::Status MetaAsking::ready() const {
  if (!token_.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(str_cat("[collector.", spec_->name, "] token_file is missing"));
}

absl::StatusOr<HttpRequest> MetaAsking::ask(std::string_view path, std::string query) const {
  CT_RETURN_IF_ERROR(ready());
  if (!app_secret_.empty()) str_append(&query, "&appsecret_proof=", appsecret_proof(app_secret_, token_));
  HttpRequest request;
  request.url = str_cat(endpoint_, "/", version_, "/", path, "?", query);
  request.headers.push_back({"Accept", "application/json"});
  request.authorization = str_cat("Bearer ", token_);
  return request;
}

absl::StatusOr<Parsed> parse_meta_answer(const Account& account, const Capture& capture, MetaRead read,
                                         MetaFailure failure) {
  const auto document = JsonDocument::parse(capture.body());
  if (!document.ok()) return capture.status() >= 300 ? no_answer(capture) : document.status();
  const Json error = document->root()["error"];
  if (capture.status() >= 300 || error.exists()) {
    if (!error.is_object()) return no_answer(capture);
    return failure(capture, meta_error(error, capture.status()));
  }
  Parsed out;
  out.next = capture.cursor();
  out.wait = meta_wait(capture);
  CT_RETURN_IF_ERROR(read({account, capture, *document}, &out));
  return out;
}

absl::StatusOr<Parsed> meta_rate_limited(const Capture& capture, const MetaError& error) {
  Parsed out;
  out.next = capture.cursor();
  out.wait = meta_wait(capture);
  if (out.wait > absl::ZeroDuration()) return out;
  return error.status;
}

}  // namespace copytaster
