#include "processors/rights_decisions.h"

#include <algorithm>
#include <utility>

#include "core/rights.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/picture_address.h"
#include "processors/picture_match.h"

namespace copytaster {
namespace {

constexpr std::string_view kVerb = "rights";
constexpr std::string_view kPicture = "picture.";

// Its bytes are not here: where it stands is all that is known of it.
std::string address_name(const Item& item, const Media& media) {
  const std::string address = picture_address(media);
  return address.empty() || !is_only_there(item, media) ? std::string() : str_cat(item.id(), "#@", address);
}

bool is_granted(const Rights& rights) { return state_of(rights) == kRightsGranted; }

bool is_newer(const Rights* a, const Rights* b) { return b == nullptr || &newest_rights(*b, *a) == a; }

}  // namespace

std::vector<std::string> picture_names(const Item& item, const Media& media) {
  std::vector<std::string> names;
  if (!media.sha256().empty()) {
    names.push_back(str_cat("sha256:", media.sha256()));
    names.push_back(picture_key(item.id(), media));
  }
  if (std::string address = address_name(item, media); !address.empty()) names.push_back(std::move(address));
  return names;
}

absl::StatusOr<std::vector<std::string>> decided_pictures(const Item& item, std::uint32_t index,
                                                          std::string_view state) {
  if (static_cast<int>(index) >= item.media_size() || item.media(static_cast<int>(index)).kind() != PICTURE)
    return absl::InvalidArgumentError(str_cat(item.id(), " has no picture ", index, "; the first one is 0"));
  const Media& media = item.media(static_cast<int>(index));
  std::vector<std::string> names = picture_names(item, media);
  // Behind one address another picture may stand tomorrow: where the bytes are known it says nothing.
  if (!media.sha256().empty()) std::erase(names, address_name(item, media));
  if (!media.folded_into().empty() && state != kRightsGranted) names.push_back(media.folded_into());
  if (names.empty())
    return absl::InvalidArgumentError(
        str_cat("nothing tells picture ", index, " of ", item.id(), " from others"));
  return names;
}

bool is_shown(const Media& media, std::string_view shown) {
  if (shown.empty()) return false;
  if (shown == media.sha256() || shown == media.native_id() || shown == media.url()) return true;
  Media other;
  other.set_url(std::string(shown));
  return media.native_id().empty() && picture_address(other) == picture_address(media);
}

bool is_about(const RightsDecision& decision, const Item& item, const Media& media) {
  const auto named = [&](const std::string& name) {
    return std::ranges::find(decision.pictures, name) != decision.pictures.end();
  };
  if (std::ranges::any_of(picture_names(item, media), named)) return true;
  return !media.folded_into().empty() && !is_granted(decision.rights) && named(media.folded_into());
}

Action to_action(const RightsDecision& decision) {
  Action action;
  action.set_actor(decision.rights.by());
  *action.mutable_at() = decision.rights.at();
  action.set_verb(std::string(kVerb));
  action.set_subject_id(decision.item_id);
  auto& details = *action.mutable_details();
  details["state"] = decision.rights.state();
  if (!decision.rights.note().empty()) details["note"] = decision.rights.note();
  std::string all;
  for (std::size_t i = 0; i < decision.pictures.size(); ++i) {
    details[str_cat(kPicture, i)] = decision.pictures[i];
    str_append(&all, decision.pictures[i], "\n");
  }
  action.set_id(
      sha256_hex(str_cat(kVerb, "\n", all, decision.rights.state(), "\n", decision.rights.note(), "\n",
                         decision.rights.by(), "\n", absl::ToUnixNanos(to_time(decision.rights.at()))))
          .substr(0, 32));
  return action;
}

std::optional<RightsDecision> to_rights_decision(const Action& action) {
  if (action.verb() != kVerb || action.subject_id().empty()) return std::nullopt;
  const auto detail = [&](std::string_view name) {
    const auto found = action.details().find(std::string(name));
    return found == action.details().end() ? std::string() : found->second;
  };
  RightsDecision out;
  out.item_id = action.subject_id();
  out.rights.set_state(detail("state"));
  out.rights.set_note(detail("note"));
  out.rights.set_by(action.actor());
  *out.rights.mutable_at() = action.at();
  for (int i = 0; i < static_cast<int>(RightsDecisions::kMostNames); ++i) {
    if (std::string name = detail(str_cat(kPicture, i)); !name.empty())
      out.pictures.push_back(std::move(name));
  }
  if (!is_rights_state(out.rights.state()) || out.pictures.empty()) return std::nullopt;
  return out;
}

void RightsDecisions::put(const RightsDecision& decision) {
  for (const std::string& name : decision.pictures) {
    auto known = of_.find(name);
    if (known == of_.end()) {
      if (of_.size() >= most_) continue;
      known = of_.emplace(name, Known()).first;
    }
    known->second.newest = decision.rights;
    if (is_granted(decision.rights)) continue;
    known->second.withheld = decision.rights;
  }
}

const Rights* RightsDecisions::find(const Item& item, const Media& media) const {
  const Rights* newest = nullptr;
  for (const std::string& name : picture_names(item, media)) {
    const auto known = of_.find(name);
    if (known != of_.end() && is_newer(&known->second.newest, newest)) newest = &known->second.newest;
  }
  const auto like = media.folded_into().empty() ? of_.end() : of_.find(media.folded_into());
  if (like == of_.end() || !like->second.withheld) return newest;
  return is_newer(&*like->second.withheld, newest) ? &*like->second.withheld : newest;
}

std::size_t RightsDecisions::memory_bytes() const {
  std::size_t bytes = 0;
  for (const auto& [name, known] : of_)
    bytes += name.size() + known.newest.SpaceUsedLong() * (known.withheld ? 2 : 1) + 64;
  return bytes;
}

}  // namespace copytaster
