#include "app/erasure_requests.h"

#include <algorithm>
#include <optional>

#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kOfStory = "story:";
constexpr std::string_view kExport = "export";

// All that the request is about, as legal holds name it.
struct Reach {
  ErasureSubject subject;
  std::string item_id;
  [[nodiscard]] bool covers(const Item& item) const {
    return item.id() == item_id || subject.accounts.contains(item.account_id()) ||
           (!subject.official_id.empty() && item.official_id() == subject.official_id);
  }
};

Reach reach_of(const EraseRequest& request) {
  Reach reach;
  const std::string_view kind = subject_kind(request.subject);
  const std::string name(subject_name(request.subject));
  if (kind == kOfItem) reach.item_id = name;
  if (kind == kOfAccount) reach.subject.accounts.insert(name);
  if (kind == kOfOfficial) reach.subject.official_id = name;
  for (const std::string& account : request.accounts) reach.subject.accounts.insert(account);
  return reach;
}

// An official's account is held with the official; a held post or story with all that it is part of.
bool is_within(const LegalHold& hold, const Reach& reach, const Store& store, const Officials& officials) {
  const std::string_view kind = subject_kind(hold.subject);
  const std::string name(subject_name(hold.subject));
  if (kind == kOfAccount) return reach.subject.accounts.contains(name);
  if (kind == kOfOfficial) {
    if (name == reach.subject.official_id) return true;
    const Official* official = officials.find(name);
    return official != nullptr && std::ranges::any_of(official->accounts(), [&](const Account& account) {
             return reach.subject.accounts.contains(account.id());
           });
  }
  if (kind == kOfItem) {
    const auto item = store.item(name);
    return item.ok() && reach.covers(*item);
  }
  const auto story = store.story(hold.subject);
  return story.ok() && std::ranges::any_of(story->item_ids(), [&](const std::string& id) {
           const auto item = store.item(id);
           return item.ok() && reach.covers(*item);
         });
}

absl::Status check_holds(const EraseRequest& request, const Store& store, const Officials& officials,
                         const LegalHolds& holds) {
  const Reach reach = reach_of(request);
  const auto refusal = [](const LegalHold& hold) {
    return absl::FailedPreconditionError(str_cat(to_text(hold), "; nothing is erased"));
  };
  if (!reach.item_id.empty()) {
    const auto item = store.item(reach.item_id);
    if (const auto hold = item.ok() ? holds.on(*item) : holds.find(request.subject); hold)
      return refusal(*hold);
  }
  for (const LegalHold& hold : holds.all()) {
    if (is_within(hold, reach, store, officials)) return refusal(hold);
  }
  return absl::OkStatus();
}

// A capture goes as a whole, with all that it proves.
absl::Status check_evidence(const EraseRequest& request, const KeyValue& key_value, const LegalHolds& holds,
                            const HoldsWords& holds_words) {
  CT_ASSIGN_OR_RETURN(const auto held, held_captures(key_value, &holds));
  if (held.empty()) return absl::OkStatus();
  const auto refusal = [](const LegalHold& hold) {
    return absl::FailedPreconditionError(
        str_cat(to_text(hold), "; it rests on a capture that would be erased, too: nothing is erased"));
  };
  const Reach reach = reach_of(request);
  StringMap<StringSet> ids_of;  // by account: the posts that would go
  std::optional<LegalHold> on;
  CT_RETURN_IF_ERROR(each_version(key_value, [&](const Item& item) {
    if (!reach.covers(item)) return;
    ids_of[item.account_id()].insert(item.id());
    if (const auto found = held.find(item.capture_sha256()); found != held.end()) on = found->second;
  }));
  if (on) return refusal(*on);
  for (const auto& [sha256, hold] : held) {
    const auto bytes = key_value.get(Space::kCaptures, sha256);
    if (absl::IsNotFound(bytes.status())) continue;
    CT_RETURN_IF_ERROR(bytes.status());
    Capture capture;
    if (!holds_words || !capture.ParseFromString(*bytes)) continue;
    const auto ids = ids_of.find(capture.account_id());
    if (ids != ids_of.end() && holds_words(capture, ids->second)) return refusal(hold);
  }
  return absl::OkStatus();
}

absl::Status check_there(const EraseRequest& request, const KeyValue& key_value, const Store& store,
                         const Officials& officials) {
  const std::string_view kind = subject_kind(request.subject);
  const std::string_view name = subject_name(request.subject);
  const auto nothing = absl::NotFoundError(str_cat("there is nothing of ", request.subject, " here"));
  if (kind == kOfItem) {
    const auto item = store.item(name);
    if (absl::IsNotFound(item.status())) {
      if (const auto stone = store.tombstone(request.subject); stone.ok())
        return absl::FailedPreconditionError(
            str_cat(request.subject, " was erased already: receipt ", stone->erasure_id()));
      return nothing;
    }
    return item.status();
  }
  if (kind == kOfOfficial ? officials.find(name) != nullptr
                          : officials.of_account(name) != nullptr || store.account_state(name).ok())
    return absl::OkStatus();
  CT_ASSIGN_OR_RETURN(const auto ids, items_of(key_value, reach_of(request).subject));
  return ids.empty() ? nothing : absl::OkStatus();
}

absl::Status count(const Store& store, const std::string& item_id, StringSet& captures, Erasure* counted) {
  const auto versions = store.versions(item_id);
  if (absl::IsNotFound(versions.status())) return absl::OkStatus();
  CT_RETURN_IF_ERROR(versions.status());
  counted->set_items(counted->items() + 1);
  counted->set_versions(counted->versions() + versions->size());
  for (const Item& version : *versions) captures.insert(version.capture_sha256());
  return absl::OkStatus();
}

absl::Status keep(Store* store, const Action& action) {
  auto batch = store->batch();
  CT_RETURN_IF_ERROR(store->stage_action(*batch, action));
  return store->write(*batch, Durability::kSynced);
}

// Also where the request is for a single post of what would be held.
bool takes_of(const EraseRequest& request, const LegalHold& hold, const Store& store,
              const Officials& officials) {
  const Reach reach = reach_of(request);
  if (is_within(hold, reach, store, officials)) return true;
  if (reach.item_id.empty()) return false;
  const auto item = store.item(reach.item_id);
  if (!item.ok()) return false;
  const Official* official = officials.of_account(item->account_id());
  return hold.subject == str_cat(kOfAccount, item->account_id()) ||
         hold.subject == str_cat(kOfOfficial, item->official_id()) ||
         (official != nullptr && hold.subject == str_cat(kOfOfficial, official->id()));
}

// The receipt of an erasure that was accepted, that is not done (files_at is the last that it gets, and posts
// go a few hundred a turn), and that takes something of what the hold would hold: it is too late for that.
absl::StatusOr<std::optional<Erasure>> accepted_before(const LegalHold& hold, const Store& store,
                                                       const Officials& officials) {
  std::vector<EraseRequest> requests;
  CT_RETURN_IF_ERROR(store.each_action([&](const Action& action) {
    if (auto request = to_erase_request(action)) requests.push_back(*std::move(request));
    return true;
  }));
  if (requests.empty()) return std::optional<Erasure>();
  CT_ASSIGN_OR_RETURN(const std::vector<Erasure> receipts, store.erasures(SIZE_MAX));
  StringSet done;
  for (const Erasure& receipt : receipts) {
    if (receipt.has_files_at()) done.insert(receipt.id());
  }
  for (const EraseRequest& request : requests) {
    Erasure receipt = begin_receipt(request);
    if (!done.contains(receipt.id()) && takes_of(request, hold, store, officials))
      return std::optional(std::move(receipt));
  }
  return std::optional<Erasure>();
}

}  // namespace

absl::StatusOr<EraseRequest> check_erase(const SubjectAsked& asked, const KeyValue& key_value,
                                         const Store& store, const Officials& officials,
                                         const LegalHolds& holds, absl::Time now,
                                         const HoldsWords& holds_words) {
  const std::string_view kind = subject_kind(asked.subject);
  if (kind.empty() || asked.subject.find('\0') != std::string::npos)
    return absl::InvalidArgumentError(str_cat(
        "\"", asked.subject, "\" names nothing that can be erased: item:ID, account:ID or official:ID"));
  EraseRequest request{asked.subject, asked.reason, asked.by, {}, now};
  if (kind == kOfOfficial) {
    if (const Official* official = officials.find(subject_name(asked.subject)); official != nullptr) {
      for (const Account& account : official->accounts()) request.accounts.push_back(account.id());
    }
  }
  CT_RETURN_IF_ERROR(check_there(request, key_value, store, officials));
  CT_RETURN_IF_ERROR(check_holds(request, store, officials, holds));
  CT_RETURN_IF_ERROR(check_evidence(request, key_value, holds, holds_words));
  return request;
}

absl::StatusOr<Erasure> preview_erasure(std::string_view subject, const KeyValue& key_value,
                                        const Store& store, const Officials& officials,
                                        const LegalHolds& holds, const HoldsWords& holds_words) {
  CT_ASSIGN_OR_RETURN(const EraseRequest request,
                      check_erase({std::string(subject), "", ""}, key_value, store, officials, holds,
                                  absl::UnixEpoch(), holds_words));
  Erasure counted;
  counted.set_subject(request.subject);
  StringSet captures;
  if (subject_kind(subject) == kOfItem) {
    CT_RETURN_IF_ERROR(count(store, std::string(subject_name(subject)), captures, &counted));
  } else {
    CT_ASSIGN_OR_RETURN(const auto ids, items_of(key_value, reach_of(request).subject));
    for (const std::string& id : ids) CT_RETURN_IF_ERROR(count(store, id, captures, &counted));
  }
  captures.erase("");
  counted.set_captures(captures.size());
  return counted;
}

absl::StatusOr<Erasure> keep_erasure(const EraseRequest& request, Store* store, Bus* bus) {
  const Action action = to_action(request);
  auto batch = store->batch();
  CT_RETURN_IF_ERROR(store->stage_action(*batch, action));
  Parcel parcel;
  *parcel.add_actions() = action;
  CT_RETURN_IF_ERROR(bus->append({&parcel, 1U}, batch.get(), absl::ZeroDuration()));
  // The bus has written it; the store's mark of what was acknowledged follows.
  CT_RETURN_IF_ERROR(store->write(*store->batch(), Durability::kSynced));
  return begin_receipt(request);
}

absl::Status keep_hold(const SubjectAsked& asked, bool keep_it, Store* store, LegalHolds* holds,
                       const Officials& officials, absl::Time now) {
  const bool story = asked.subject.starts_with(kOfStory);
  const std::string_view kind = subject_kind(asked.subject);
  if (!story && kind.empty())
    return absl::InvalidArgumentError(str_cat("\"", asked.subject,
                                              "\" names nothing that can be held: item:ID, account:ID, "
                                              "official:ID or a story's id"));
  if (keep_it) {
    if (holds->full())
      return absl::ResourceExhaustedError("there are more legal holds than can be kept in mind");
    CT_ASSIGN_OR_RETURN(const auto accepted,
                        accepted_before({asked.subject, asked.by, asked.reason, now}, *store, officials));
    if (accepted)
      return absl::FailedPreconditionError(
          str_cat(asked.subject, " cannot be held any more: ", accepted->by(), " had ", accepted->subject(),
                  " erased before (receipt ", accepted->id(), "), which is being done"));
    // Behind that: what an erasure takes out in between is not here any more.
    if (story) CT_RETURN_IF_ERROR(store->story(asked.subject).status());
    if (kind == kOfItem) CT_RETURN_IF_ERROR(store->item(subject_name(asked.subject)).status());
  } else if (!holds->find(asked.subject)) {
    return absl::NotFoundError(str_cat(asked.subject, " is on no legal hold"));
  }
  const Action action = to_action(LegalHold{asked.subject, asked.by, asked.reason, now}, keep_it);
  CT_RETURN_IF_ERROR(keep(store, action));
  holds->put(action);
  return absl::OkStatus();
}

absl::Status keep_export(const std::string& story_id, std::string_view format,
                         const std::vector<std::string>& item_ids, Store* store, absl::Time now) {
  Action action;
  set_timestamp(action.mutable_at(), now);
  action.set_verb(std::string(kExport));
  action.set_subject_id(story_id);
  auto& details = *action.mutable_details();
  details["format"] = std::string(format);
  for (std::size_t i = 0; i < item_ids.size(); ++i) details[str_cat("item.", i)] = item_ids[i];
  action.set_id(sha256_hex(str_cat(kExport, "\n", story_id, "\n", format, "\n", join(item_ids, "\n"), "\n",
                                   absl::ToUnixNanos(now)))
                    .substr(0, 32));
  return keep(store, action);
}

}  // namespace copytaster
