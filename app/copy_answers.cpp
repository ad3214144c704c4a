#include "app/copy_answers.h"

#include <optional>
#include <utility>

#include "absl/time/civil_time.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/copy_index.h"

namespace copytaster {
namespace {

constexpr int kMostHops =
    16;  // copies of a group of thousands lead to a former root, and by it to the new one

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

// What has left memory's window is taken out of a group, but put into none.
absl::Status check_window(const Store& store, const Item& item, const Item& other, std::int64_t begins) {
  CT_ASSIGN_OR_RETURN(const std::string shown, shown_for(store, item));
  CT_ASSIGN_OR_RETURN(const std::string other_shown, shown_for(store, other));
  if (shown == other_shown) return absl::OkStatus();
  const auto too_old = [&](const Item& post) { return traits_of(post).seconds < begins; };
  const auto refusal = [&](std::string_view id) {
    return absl::FailedPreconditionError(
        str_cat(id, " is older than the posts that are still compared (since ",
                absl::FormatCivilTime(absl::ToCivilDay(absl::FromUnixSeconds(begins), absl::UTCTimeZone())),
                "): it can be kept apart from others, but not be folded any more"));
  };
  if (too_old(item)) return refusal(item.id());
  if (too_old(other)) return refusal(other.id());
  const auto root = store.item(shown);
  const auto other_root = store.item(other_shown);
  // Two groups that are both stored under what has left would have to be written anew as a whole.
  if (root.ok() && other_root.ok() && too_old(*root) && too_old(*other_root)) return refusal(shown);
  return absl::OkStatus();
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

absl::Status keep_answer(const CopyAnswer& answer, std::int64_t begins, Store* store, Bus* bus,
                         const Clock& clock) {
  CT_RETURN_IF_ERROR(check_two(answer.item_id, answer.other_id));
  CT_ASSIGN_OR_RETURN(const Item item, read_post(*store, answer.item_id));
  CT_ASSIGN_OR_RETURN(const Item other, read_post(*store, answer.other_id));
  if (answer.same) CT_RETURN_IF_ERROR(check_window(*store, item, other, begins));
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
