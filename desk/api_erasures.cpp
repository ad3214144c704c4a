// Erasing, and legal holds.
#include <algorithm>

#include "core/json.h"
#include "core/strings.h"
#include "core/time.h"
#include "desk/api.h"
#include "desk/body_fields.h"
#include "desk/one_line.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestReason = 2000;
constexpr std::size_t kLongestSubject = 4096;
constexpr std::size_t kUsualReceipts = 100;
constexpr std::size_t kMostReceipts = 1000;

ServerResponse cannot() {
  return error_reply(503, "unavailable", "Nothing can be erased here.",
                     "Ask the process that keeps the posts.");
}

// What is asked, or what is wrong with it.
absl::StatusOr<SubjectAsked> asked_in(StringMap<std::string> fields) {
  SubjectAsked asked;
  asked.subject = strip_space(fields["subject"]);
  asked.reason = one_line(fields["reason"], kLongestReason);
  asked.by = one_line(fields["by"], kLongestName);
  if (asked.subject.empty() || asked.subject.size() > kLongestSubject)
    return absl::InvalidArgumentError(
        "Which one? subject is item:ID, account:ID or official:ID, with the id as the desk shows it.");
  return asked;
}

absl::Status check_person(const SubjectAsked& asked) {
  if (asked.by.empty()) return absl::InvalidArgumentError("Who says so? Send your name in the field by.");
  if (asked.reason.empty())
    return absl::InvalidArgumentError("Why? Send the field reason: it is kept for good.");
  return absl::OkStatus();
}

ServerResponse change_hold(const Desk& desk, const ServerRequest& request, bool keep) {
  if (!desk.house.erasures.hold) return cannot();
  auto fields = body_fields(request, {"subject", "reason", "by"});
  if (!fields.ok()) return status_reply(fields.status());
  const auto asked = asked_in(*std::move(fields));
  if (!asked.ok()) return status_reply(asked.status());
  if (const absl::Status person = check_person(*asked); !person.ok()) return status_reply(person);
  if (const absl::Status kept = desk.house.erasures.hold(*asked, keep); !kept.ok()) return status_reply(kept);
  JsonWriter json;
  json.begin_object().member("subject", asked->subject).member("held", keep).member("by", asked->by);
  return json_reply(json.end_object().text());
}

}  // namespace

ServerResponse get_erasures(const Desk& desk, const ServerRequest& request, const std::string&) {
  const auto window = window_of(request, kUsualReceipts, kMostReceipts);
  if (!window.ok()) return status_reply(window.status());
  const auto receipts = desk.house.store->erasures(window->offset + window->limit + 1);
  if (!receipts.ok()) return status_reply(receipts.status());
  JsonWriter json;
  json.begin_object().key("erasures").begin_array();
  const std::size_t until = std::min(receipts->size(), window->offset + window->limit);
  for (std::size_t i = window->offset; i < until; ++i) json.raw(to_json((*receipts)[i]));
  json.end_array().member("more", receipts->size() > until).member("notice", desk.house.store->notice());
  return json_reply(json.end_object().text());
}

ServerResponse post_erasure(const Desk& desk, const ServerRequest& request, const std::string&) {
  if (!desk.house.erasures.erase || !desk.house.erasures.preview) return cannot();
  auto fields = body_fields(request, {"subject", "reason", "by", "dry_run"}, {}, {"dry_run"});
  if (!fields.ok()) return status_reply(fields.status());
  const bool dry = (*fields)["dry_run"] == "true";
  const auto asked = asked_in(*std::move(fields));
  if (!asked.ok()) return status_reply(asked.status());
  if (dry) {
    const auto counted = desk.house.erasures.preview(asked->subject);
    return counted.ok() ? json_reply(to_json(*counted)) : status_reply(counted.status());
  }
  if (const absl::Status person = check_person(*asked); !person.ok()) return status_reply(person);
  const auto begun = desk.house.erasures.erase(*asked);
  return begun.ok() ? reply(202, "application/json", to_json(*begun)) : status_reply(begun.status());
}

ServerResponse get_legal_holds(const Desk& desk, const ServerRequest&, const std::string&) {
  JsonWriter json;
  json.begin_object().key("holds").begin_array();
  if (desk.house.erasures.holds) {
    for (const LegalHoldTold& hold : desk.house.erasures.holds()) {
      json.begin_object().member("subject", hold.subject).member("by", hold.by).member("reason", hold.reason);
      json.member("at", format_rfc3339(hold.at)).end_object();
    }
  }
  return json_reply(json.end_array().end_object().text());
}

ServerResponse post_legal_hold(const Desk& desk, const ServerRequest& request, const std::string&) {
  return change_hold(desk, request, true);
}

ServerResponse release_legal_hold(const Desk& desk, const ServerRequest& request, const std::string&) {
  return change_hold(desk, request, false);
}

}  // namespace copytaster
