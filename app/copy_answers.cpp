#include "app/copy_answers.h"

#include <optional>
#include <utility>

#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr int kMostHops = 16;  // a copy never points at a copy; a crash may leave one for a moment

absl::StatusOr<Item> read_post(const Store& store, std::string_view id) {
  auto item = store.item(id);
  if (absl::IsNotFound(item.status())) return absl::NotFoundError(str_cat("there is no post ", id));
  return item;
}

absl::Status check_two(std::string_view item_id, std::string_view other_id) {
  if (item_id == other_id)
    return absl::InvalidArgumentError(str_cat(item_id, " is one post; name another one to compare it with"));
  return absl::OkStatus();
}

absl::StatusOr<std::string> shown_for(const Store& store, const Item& item) {
  std::string id = item.id();
  std::string next = item.duplicate_of().item_id();
  for (int hop = 0; hop < kMostHops && !next.empty() && next != id; ++hop) {
    id = next;
    const auto shown = store.item(id);
    if (absl::IsNotFound(shown.status())) break;
    CT_RETURN_IF_ERROR(shown.status());
    next = shown->duplicate_of().item_id();
  }
  return id;
}

absl::StatusOr<std::optional<CopyJudgement>> newest_judgement(const Store& store, std::string_view a,
                                                              std::string_view b) {
  std::optional<CopyJudgement> newest;
  CT_RETURN_IF_ERROR(store.each_action([&](const Action& action) {
    auto said = to_judgement(action);
    if (said && ((said->item_id == a && said->other_id == b) || (said->item_id == b && said->other_id == a)))
      newest = std::move(said);
    return true;
  }));
  return newest;
}

}  // namespace

absl::Status keep_answer(const CopyAnswer& answer, Store* store, Bus* bus, const Clock& clock) {
  CT_RETURN_IF_ERROR(check_two(answer.item_id, answer.other_id));
  CT_RETURN_IF_ERROR(read_post(*store, answer.item_id).status());
  CT_RETURN_IF_ERROR(read_post(*store, answer.other_id).status());
  const Action action = to_action({answer.item_id, answer.other_id, answer.same, answer.by, clock.now()});
  auto batch = store->batch();
  CT_RETURN_IF_ERROR(store->stage_action(*batch, action));
  Parcel parcel;
  *parcel.add_actions() = action;
  CT_RETURN_IF_ERROR(bus->append({&parcel, 1U}, batch.get(), absl::ZeroDuration()));
  // The bus has written it; the store's mark of what was acknowledged follows.
  return store->write(*store->batch(), Durability::kSynced);
}

absl::StatusOr<CopyExplanation> explain_stored(const Store& store, std::string_view item_id,
                                               std::string_view other_id) {
  CT_RETURN_IF_ERROR(check_two(item_id, other_id));
  CT_ASSIGN_OR_RETURN(const Item item, read_post(store, item_id));
  CT_ASSIGN_OR_RETURN(const Item other, read_post(store, other_id));
  CT_ASSIGN_OR_RETURN(const std::string root, shown_for(store, item));
  CT_ASSIGN_OR_RETURN(const std::string other_root, shown_for(store, other));
  CT_ASSIGN_OR_RETURN(const auto said, newest_judgement(store, item_id, other_id));
  return explain_copies(item, other, root, other_root, said ? &*said : nullptr);
}

}  // namespace copytaster
