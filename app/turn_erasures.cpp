#include "app/turn_erasures.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "app/eraser.h"
#include "app/erasure_action.h"
#include "app/expired.h"
#include "app/legal_holds.h"
#include "app/story_records.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

constexpr std::string_view kHouse = "copytaster";  // by whom, where no person asked

// What memory has of the turn so far is forgotten with it.
void drop_from(Turn& turn, const std::string& item_id) {
  turn.reread.erase(item_id);
  turn.renewed.erase(item_id);
  std::erase(turn.gone, item_id);
  std::erase_if(turn.overtaken, [&](const Item& item) { return item.id() == item_id; });
}

}  // namespace

// The id of the receipt that says so; "" for none. Asked of every post that comes: nothing is allocated for
// it.
absl::StatusOr<std::string> TurnErasures::tombstone_of(const Turn& turn, const Item& item) const {
  thread_local std::string subject;
  const std::array<std::pair<std::string_view, std::string_view>, 3> all = {
      {{kOfItem, item.id()}, {kOfAccount, item.account_id()}, {kOfOfficial, item.official_id()}}};
  for (const auto& [kind, name] : all) {
    if (name.empty()) continue;
    subject.assign(kind);
    subject.append(name);
    if (const auto now = turn.erased.entombed.find(subject); now != turn.erased.entombed.end())
      return now->second;
    const auto stored = store_->tombstone(subject);
    if (stored.ok()) return stored->erasure_id();
    if (!absl::IsNotFound(stored.status())) return stored.status();
  }
  return std::string();
}

absl::StatusOr<bool> TurnErasures::refuses(Turn& turn, const Item& fetched) const {
  CT_ASSIGN_OR_RETURN(const std::string receipt, tombstone_of(turn, fetched));
  if (receipt.empty()) return false;
  if (!fetched.capture_sha256().empty()) turn.erased.met.emplace_back(fetched.capture_sha256(), receipt);
  return true;
}

absl::Status TurnErasures::meet(Turn& turn, const Deletion& told) const {
  if (told.state() == GONE || told.capture_sha256().empty()) return absl::OkStatus();
  Item bare;
  bare.set_id(told.item_id());
  bare.set_capture_sha256(told.capture_sha256());
  return refuses(turn, bare).status();
}

absl::Status TurnErasures::take(Turn& turn, const Action& action) const {
  const auto request = to_erase_request(action);
  if (!request) return absl::OkStatus();
  const Erasure receipt = begin_receipt(*request);
  turn.erased.receipts.emplace(receipt.id(), receipt);
  for (const std::string& subject : entombed_by(*request))
    turn.erased.entombed.emplace(subject, receipt.id());
  if (subject_kind(request->subject) != kOfItem) return absl::OkStatus();
  return erase_item(turn, receipt.id(), std::string(subject_name(request->subject)), false);
}

std::vector<EraserOrder> TurnErasures::take_orders() const {
  return eraser_ == nullptr ? std::vector<EraserOrder>{} : eraser_->take_orders();
}

absl::Status TurnErasures::follow(Turn& turn, const std::vector<EraserOrder>& orders) const {
  for (const EraserOrder& order : orders) {
    const std::string& id = order.receipt.id();
    turn.erased.receipts.insert_or_assign(id, order.receipt);
    turn.erased.orders.push_back(id);
    CT_ASSIGN_OR_RETURN(const std::vector<std::string> erase, still_to_erase(turn, order));
    for (const std::string& item_id : erase) {
      if (order.entomb) turn.erased.entombed.emplace(str_cat(kOfItem, item_id), id);
      CT_RETURN_IF_ERROR(erase_item(turn, id, item_id, false));
    }
    for (const std::string& item_id : order.loosen) CT_RETURN_IF_ERROR(loosen(turn, item_id));
    for (const std::string& story_id : order.stories) records_->touch(story_id);
  }
  return absl::OkStatus();
}

// What has become too old was looked for some time ago: since then it may have been put on hold, or used.
absl::StatusOr<std::vector<std::string>> TurnErasures::still_to_erase(const Turn& turn,
                                                                      const EraserOrder& order) const {
  if (order.receipt.basis() != kByRetention || order.erase.empty()) return order.erase;
  CT_ASSIGN_OR_RETURN(const InUse used, in_use(*store_));
  std::vector<std::string> erase;
  for (const std::string& item_id : order.erase) {
    const auto pending = turn.pending.find(item_id);
    const auto item = pending == turn.pending.end() ? store_->item(item_id) : pending->second;
    if (absl::IsNotFound(item.status())) continue;
    CT_RETURN_IF_ERROR(item.status());
    const bool held = rules_.holds != nullptr && rules_.holds->on(*item).has_value();
    if (!held && !used.covers(item_id, item->story_id())) erase.push_back(item_id);
  }
  return erase;
}

absl::Status TurnErasures::apply_policy(Turn& turn, const std::string& item_id) const {
  const Item& item = turn.pending.find(item_id)->second;
  const DeletedPolicy policy =
      rules_.retention == nullptr ? DeletedPolicy::kKeep : rules_.retention->deleted_on(item.platform());
  if (policy == DeletedPolicy::kKeep) return absl::OkStatus();
  if (const auto hold = rules_.holds == nullptr ? std::nullopt : rules_.holds->on(item); hold) {
    log_info("erasure.held", "A post is gone from its platform and is kept, for it is on legal hold",
             {{"item.id", item_id}, {"user.name", hold->by}});
    return absl::OkStatus();
  }
  const bool blank = policy == DeletedPolicy::kBlank;
  const Erasure receipt = begin_receipt(
      str_cat(kOfItem, item_id), kHouse, to_time(item.gone_at()),
      blank ? "deleted by its author: blanked" : "deleted by its author: removed", kGoneFromPlatform);
  turn.erased.receipts.emplace(receipt.id(), receipt);
  if (!blank) turn.erased.entombed.emplace(receipt.subject(), receipt.id());
  return erase_item(turn, receipt.id(), item_id, blank);
}

void TurnErasures::note_unused(Turn& turn, const PictureResult& result) const {
  const bool kept = result.media().state() == KEPT && !result.media().sha256().empty();
  if (eraser_ != nullptr && kept) turn.erased.unused.push_back(result.media().sha256());
}

bool TurnErasures::may_keep(const PictureResult& result) const {
  const bool kept = result.media().state() == KEPT && !result.media().sha256().empty();
  return eraser_ == nullptr || !kept || eraser_->may_keep_picture(result.media().sha256());
}

absl::Status TurnErasures::erase_item(Turn& turn, const std::string& receipt_id, const std::string& item_id,
                                      bool blank) const {
  if (turn.erased.items.contains(item_id)) return absl::OkStatus();
  ErasureWork work;
  work.item_id = item_id;
  std::optional<Item> newest;
  std::uint64_t versions = 0;
  const auto take = [&](const Item& version) {
    work.note(version);
    ++versions;
  };
  auto stored = store_->versions(item_id);
  if (!stored.ok() && !absl::IsNotFound(stored.status())) return stored.status();
  if (stored.ok()) {
    std::ranges::for_each(*stored, take);
    newest = std::move(stored->back());
  }
  for (const Item& item : turn.overtaken) {
    if (item.id() == item_id) take(item);
  }
  if (const auto pending = turn.pending.find(item_id); pending != turn.pending.end()) {
    if (!newest || newest->version() != pending->second.version()) ++versions;
    work.note(pending->second);
    newest = pending->second;
  }
  if (!newest) return absl::OkStatus();  // it never came, or is erased already
  Erasure& receipt = turn.erased.receipts.at(receipt_id);
  receipt.set_items(receipt.items() + 1);
  receipt.set_versions(receipt.versions() + versions);
  if (!newest->story_id().empty()) records_->touch(newest->story_id());
  turn.erased.work.emplace_back(receipt_id, std::move(work));
  if (blank) {
    turn.pending.insert_or_assign(item_id, blank_of(*newest));
    turn.erased.blanked.insert(item_id);
    std::erase_if(turn.overtaken, [&](const Item& item) { return item.id() == item_id; });
    return absl::OkStatus();
  }
  drop_from(turn, item_id);
  turn.pending.erase(item_id);
  turn.erased.items.insert(item_id);
  return absl::OkStatus();
}

// It points at posts that are not there: it is shown by itself, and nobody is asked whether it repeats them.
absl::Status TurnErasures::loosen(Turn& turn, const std::string& item_id) const {
  if (turn.erased.items.contains(item_id)) return absl::OkStatus();
  auto pending = turn.pending.find(item_id);
  if (pending == turn.pending.end()) {
    auto stored = store_->item(item_id);
    if (absl::IsNotFound(stored.status())) return absl::OkStatus();
    CT_RETURN_IF_ERROR(stored.status());
    turn.order.push_back(item_id);
    pending = turn.pending.emplace(item_id, *std::move(stored)).first;
  }
  const auto is_there = [&](const std::string& id) {
    return !turn.erased.items.contains(id) && (turn.pending.contains(id) || store_->item(id).ok());
  };
  Item& item = pending->second;
  if (item.has_duplicate_of() && !is_there(item.duplicate_of().item_id())) item.clear_duplicate_of();
  auto& asked = *item.mutable_may_copy();
  asked.erase(std::remove_if(asked.begin(), asked.end(),
                             [&](const DuplicateOf& one) { return !is_there(one.item_id()); }),
              asked.end());
  for (Media& media : *item.mutable_media()) {
    const std::string& key = media.folded_into();
    if (key.empty() || is_there(key.substr(0, key.rfind('#')))) continue;
    media.clear_folded_into();
    media.clear_fold();
  }
  if (!item.story_id().empty()) records_->touch(item.story_id());
  return absl::OkStatus();
}

absl::Status TurnErasures::stage(const Turn& turn, WriteBatch& batch, std::uint64_t position,
                                 std::vector<std::string>& changed) const {
  for (const auto& [receipt_id, work] : turn.erased.work) {
    CT_RETURN_IF_ERROR(store_->stage_item_erased(batch, work.item_id));
    batch.put(Space::kErasures, erasure_work_key(receipt_id, work.item_id), to_bytes(work));
    if (turn.erased.items.contains(work.item_id)) changed.push_back(work.item_id);
  }
  for (const auto& [subject, receipt_id] : turn.erased.entombed) {
    Tombstone tombstone;
    tombstone.set_subject(subject);
    tombstone.set_erasure_id(receipt_id);
    const auto receipt = turn.erased.receipts.find(receipt_id);
    if (receipt != turn.erased.receipts.end()) *tombstone.mutable_at() = receipt->second.at();
    CT_RETURN_IF_ERROR(store_->stage_tombstone(batch, tombstone));
  }
  for (const auto& [id, receipt] : turn.erased.receipts)
    CT_RETURN_IF_ERROR(store_->stage_erasure(batch, receipt));
  // What is in memory alone a stop would forget, and with it words that are to go.
  for (const auto& [capture, receipt_id] : turn.erased.met)
    batch.put(Space::kErasures, met_capture_key(receipt_id, capture), "");
  for (const auto& [account_id, capture] : turn.erased.came) {
    if (eraser_ != nullptr && eraser_->watches(account_id))
      batch.put(Space::kErasures, came_capture_key(account_id, capture, position), "");
  }
  for (const std::string& sha256 : turn.erased.unused)
    batch.put(Space::kErasures, unused_picture_key(sha256), "");
  return absl::OkStatus();
}

void TurnErasures::committed(const Turn& turn, std::uint64_t position) const {
  for (const auto& [id, receipt] : turn.erased.receipts) {
    log_info("erasure.taken_out", "Posts were erased; captures, pictures and files follow",
             {{"erasure.id", id}, {"erasure.basis", receipt.basis()}, {"items", receipt.items()}});
  }
  if (eraser_ == nullptr) return;
  std::vector<Erasure> receipts;
  for (const auto& [id, receipt] : turn.erased.receipts) receipts.push_back(receipt);
  eraser_->committed(std::move(receipts), turn.erased.orders, position);
  for (const auto& [capture, receipt_id] : turn.erased.met) eraser_->met(capture, receipt_id);
  for (const auto& [account_id, capture] : turn.erased.came) eraser_->came(account_id);
  for (const std::string& sha256 : turn.erased.unused) eraser_->note_unused(sha256);
}

}  // namespace copytaster
