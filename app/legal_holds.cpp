#include "app/legal_holds.h"

#include <mutex>

#include "app/erasure_action.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kKeep = "keep";
constexpr std::string_view kUnkeep = "unkeep";

}  // namespace

std::string to_text(const LegalHold& hold) {
  return str_cat(hold.subject, " is on legal hold by ", hold.by, " since ", format_rfc3339(hold.at), ": ",
                 hold.reason);
}

Action to_action(const LegalHold& hold, bool keep) {
  Action action;
  action.set_actor(hold.by);
  set_timestamp(action.mutable_at(), hold.at);
  action.set_verb(std::string(keep ? kKeep : kUnkeep));
  action.set_subject_id(hold.subject);
  (*action.mutable_details())["reason"] = hold.reason;
  action.set_id(sha256_hex(action.SerializeAsString()).substr(0, 32));
  return action;
}

absl::Status LegalHolds::load(const Store& store) {
  return store.each_action([&](const Action& action) { return put(action), true; });
}

void LegalHolds::put(const Action& action) {
  if (action.verb() != kKeep && action.verb() != kUnkeep) return;
  const std::unique_lock lock(mutex_);
  if (action.verb() == kUnkeep) {
    holds_.erase(action.subject_id());
    return;
  }
  const auto reason = action.details().find("reason");
  holds_[action.subject_id()] = {action.subject_id(), action.actor(),
                                 reason == action.details().end() ? std::string() : reason->second,
                                 to_time(action.at())};
}

bool LegalHolds::full() const {
  const std::shared_lock lock(mutex_);
  return holds_.size() >= kMost;
}

bool LegalHolds::empty() const {
  const std::shared_lock lock(mutex_);
  return holds_.empty();
}

std::vector<LegalHold> LegalHolds::all() const {
  const std::shared_lock lock(mutex_);
  std::vector<LegalHold> all;
  for (const auto& [subject, hold] : holds_) all.push_back(hold);
  return all;
}

std::optional<LegalHold> LegalHolds::find(std::string_view subject) const {
  const std::shared_lock lock(mutex_);
  const auto found = holds_.find(subject);
  return found == holds_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<LegalHold> LegalHolds::on(std::string_view item_id, std::string_view account_id,
                                        std::string_view official_id, std::string_view story_id) const {
  if (empty()) return std::nullopt;
  if (auto hold = find(str_cat(kOfItem, item_id))) return hold;
  if (auto hold = find(str_cat(kOfAccount, account_id))) return hold;
  if (!official_id.empty()) {
    if (auto hold = find(str_cat(kOfOfficial, official_id))) return hold;
  }
  return story_id.empty() ? std::nullopt : find(story_id);
}

}  // namespace copytaster
