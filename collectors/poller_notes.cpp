#include "collectors/poller_notes.h"

#include "collectors/engagement_ages.h"
#include "collectors/poller_report.h"

namespace copytaster {
namespace {

void note_age(const EngagementAt& noted, AccountRun* run) {
  const auto passed = passed_age(absl::Seconds(noted.age_seconds()));
  SeenPosts::Post* seen = run->seen.find(noted.item_id());
  if (passed && seen != nullptr) seen->ages |= static_cast<std::uint8_t>(1U << passed->number);
}

}  // namespace

void PollerNotes::answer(const Outcome& outcome, std::size_t number, absl::Time now, AccountRun* run) {
  for (const Outcome::Found& known : outcome.found) run->seen.put(known.id, known.content, known.ages);
  for (const Item& item : outcome.parcel.items()) {
    run->seen.put(item.id(), item.content_hash());
    if (item.media_size() > 0) {
      const auto known = store_->item(item.id());
      pictures_->want(item, known.ok() ? &*known : nullptr);
    }
    rereading_->add(item, number, now);
  }
  for (const EngagementAt& noted : outcome.parcel.engagements()) note_age(noted, run);
  for (const Item& item : outcome.unchanged) pictures_->refresh(item);
  for (const DeadLetter& letter : outcome.letters) run->seen.put(letter_key(letter), "refused");
  for (const Deletion& deletion : outcome.parcel.deletions()) {
    run->seen.forget(deletion.item_id());
    if (deletion.state() == UNKNOWN) continue;
    rereading_->gone(deletion.item_id(), number);
    pictures_->forget(deletion.item_id());
  }
  run->metrics->items->add(static_cast<std::uint64_t>(outcome.parcel.items_size()));
  run->metrics->refused->add(outcome.letters.size());
}

void note_host(const Outcome& outcome, absl::Time now, HostBudgets* budgets) {
  const std::string& key = outcome.question.key;
  if (key.empty()) return;  // it was never asked
  budgets->pause(key, outcome.host_free, now);
  budgets->told(key, outcome.limit, now);
  if (outcome.host_limited) budgets->limited(key, now);
  const bool changed =
      outcome.host_failed ? budgets->failed(key, now) : budgets->answered(key, outcome.host_limited);
  if (changed) report_circuit(key, outcome.host_failed, budgets->paused_until(key), now);
}

}  // namespace copytaster
