#include "app/rebuild.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/dead_letters.h"
#include "app/processing.h"
#include "core/bytes.h"
#include "core/dead_letter.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::string_view kConsumers[] = {"process", "pictures"};

absl::Status clear_space(KeyValue& made, Space space) {
  const auto last = made.last_key(space);
  if (absl::IsNotFound(last.status())) return absl::OkStatus();
  CT_RETURN_IF_ERROR(last.status());
  const auto batch = made.batch();
  batch->erase_range(space, "", *last + '\0');
  return made.write(*batch, Durability::kLater);
}

// Where the log ends: everything before it is done when all is replayed.
absl::StatusOr<std::uint64_t> end_of_log(const KeyValue& old) {
  std::uint64_t end = 0;
  const auto last = old.last_key(Space::kLog);
  if (last.ok()) end = from_big_endian(*last) + 1;
  if (!last.ok() && !absl::IsNotFound(last.status())) return last.status();
  for (const std::string_view consumer : kConsumers) {
    const auto stored = old.get(Space::kPositions, consumer);
    if (stored.ok()) end = std::max(end, from_big_endian(*stored));
  }
  return end;
}

absl::Status take_out_derived(KeyValue& made) {
  for (const Space space :
       {Space::kItems, Space::kVersions, Space::kStories, Space::kDeadLetters, Space::kChanged, Space::kLog})
    CT_RETURN_IF_ERROR(clear_space(made, space));
  const auto batch = made.batch();
  for (const std::string_view key :
       {"stories/behind", "count/collected", "count/stored", "count/dead_lettered"})
    batch->erase(Space::kMeta, key);
  return made.write(*batch, Durability::kLater);
}

// Letters of the log's records: what they stand for is nowhere else.
absl::Status take_over_letters(const KeyValue& old, Store& made) {
  const auto batch = made.batch();
  Counters counters;
  absl::Status staged;
  CT_RETURN_IF_ERROR(each_dead_letter(old, [&](const DeadLetter& letter) {
    if (letter.stage() != letter_stage::kLog && letter.stage() != letter_stage::kUpdate) return true;
    counters.set_dead_lettered(counters.dead_lettered() + posts_of(letter));
    counters.set_collected(counters.dead_lettered());
    return (staged = made.stage_dead_letter(*batch, letter)).ok();
  }));
  CT_RETURN_IF_ERROR(staged);
  CT_RETURN_IF_ERROR(made.stage_counters(*batch, counters));
  return made.write(*batch, Durability::kLater);
}

absl::Status finish(KeyValue& made, std::uint64_t end) {
  CT_RETURN_IF_ERROR(clear_space(made, Space::kChanged));  // the index is made anew
  const auto batch = made.batch();
  for (const std::string_view consumer : kConsumers) batch->put(Space::kPositions, consumer, big_endian(end));
  return made.write(*batch, Durability::kSynced);
}

// As a stream's accounts are known: with what the platform said of them.
absl::StatusOr<std::vector<Account>> with_details(std::vector<Account> accounts, const Store& old) {
  for (Account& account : accounts) {
    const auto state = old.account_state(account.id());
    if (absl::IsNotFound(state.status())) continue;
    CT_RETURN_IF_ERROR(state.status());
    for (const auto& [name, value] : state->profile().details())
      account.mutable_details()->insert({name, value});
  }
  return accounts;
}

}  // namespace

absl::StatusOr<ReplayCounts> rebuild(const RebuildDependencies& d) {
  CT_ASSIGN_OR_RETURN(const std::uint64_t end, end_of_log(*d.old_key_value));
  CT_RETURN_IF_ERROR(take_out_derived(*d.made_key_value));
  CT_RETURN_IF_ERROR(take_over_letters(*d.old_key_value, *d.made));
  CT_ASSIGN_OR_RETURN(ReplayMemory memory, ReplayMemory::of(*d.old));
  ReplayWindow window(d.made);
  CT_ASSIGN_OR_RETURN(std::vector<Account> accounts, with_details(d.accounts, *d.old));
  CaptureReader captures(d.find_collector, std::move(accounts));
  ReplayCounts counts;
  const ReplayDependencies replay{d.old_key_value, d.old,   d.made_key_value, d.made,
                                  &captures,       &memory, &window,          &counts};
  const auto chain = replay_chain(replay), log = replay_log(replay), rest = replay_rest(replay),
             engagements = replay_engagements(replay), pictures = replay_pictures(replay),
             erasures = replay_erasures(replay);
  ReplayBus bus({chain.get(), log.get(), rest.get(), engagements.get(), pictures.get(), erasures.get()},
                d.made, &window);
  Processing processing({&bus, d.made, d.media, d.pipeline, d.clock}, d.threads);
  for (;;) {
    if (d.stop != nullptr && d.stop()) return absl::CancelledError("stopped: nothing was made");
    CT_ASSIGN_OR_RETURN(const std::size_t done, processing.turn(absl::ZeroDuration()));
    if (done == 0) break;
    if (d.on_progress != nullptr) d.on_progress(counts);
  }
  CT_RETURN_IF_ERROR(finish(*d.made_key_value, end));
  return counts;
}

}  // namespace copytaster
