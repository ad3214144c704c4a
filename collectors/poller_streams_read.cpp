// What the messages of a stream say: of whom, new or again, and what cannot be read.
#include <algorithm>
#include <utility>

#include "collectors/poller_streams.h"
#include "collectors/unnamed_deletion.h"
#include "core/dead_letter.h"
#include "core/log.h"
#include "core/message_text.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostUnread = 60;
// Of the frames of a few seconds, which come again after a rewind, those of followed accounts.
constexpr int kMostRecent = 512;
constexpr std::size_t kMostUnreadCapture = std::size_t{1} << 20;

Counter& frames(std::string_view stream, std::string_view result) {
  return counter("copytaster_stream_frames_total", "Messages of a stream, by what they were.",
                 {{"stream", stream}, {"result", result}});
}

}  // namespace

absl::Status stage_unread(Store* store, WriteBatch& batch, const FrameOutcome& frame) {
  Counters counters;
  if (!frame.capture.sha256().empty()) {
    CT_RETURN_IF_ERROR(store->stage_capture(batch, frame.capture));
    counters.set_captures(1);
  }
  for (const DeadLetter& letter : frame.parsed.refused)
    CT_RETURN_IF_ERROR(store->stage_dead_letter(batch, letter));
  counters.set_collected(frame.parsed.refused.size());
  counters.set_dead_lettered(frame.parsed.refused.size());
  return store->stage_counters(batch, counters);
}

std::optional<FrameOutcome> PollerStreams::read(std::size_t number, std::string bytes, absl::Time now) {
  Run& run = streams_[number];
  run.health.last_frame = now;
  run.position_moved = true;
  FrameOutcome frame;
  frame.stream = number;
  Capture& capture = frame.capture;
  capture.set_sha256(sha256_hex(bytes));
  capture.set_body(std::move(bytes));
  capture.set_status(200);
  set_timestamp(capture.mutable_fetched_at(), now);
  capture.set_collector(str_cat(run.collector->spec().name, "/", run.collector->spec().version));
  capture.set_url(run.plan.name);
  if (std::exchange(run.first_frame, false)) *capture.mutable_cursor() = run.state.cursor();
  auto news = run.collector->parse_frame(finder(), capture);
  if (!news.ok()) {
    frames(run.plan.name, "unread").add();
    if (absl::IsInvalidArgument(news.status()) || absl::IsPermissionDenied(news.status()))
      return keep_unread(&run, std::move(frame), news.status(), now);
    note_end(&run, news.status(), now);  // the server's own words
    return std::nullopt;
  }
  if (news->account == nullptr && !news->parsed.deletions.empty()) find_deleted(run, &*news);
  frames(run.plan.name, news->account == nullptr ? "ignored" : "read").add();
  if (!news->gap.empty()) {
    log_warn("stream.gap", "A stream has a gap; its accounts are polled once",
             {{"stream", run.plan.name}, {"reason", news->gap}});
    poll_over_gap(&run, news->gap, now);
  }
  if (!news->parsed.next.position().empty()) {
    *run.state.mutable_cursor() = news->parsed.next;
    run.health.position_at = now;
  }
  if (news->account == nullptr) return std::nullopt;
  frame.account = runs_->number_of(news->account->id());
  if (!frame.account || (*runs_)[*frame.account].is_silenced()) return std::nullopt;
  if (!news->key.empty()) {
    frame.mark = stable_hash(news->key);
    const auto& before = run.state.recent_frames();
    if (std::find(before.begin(), before.end(), frame.mark) != before.end()) {
      frames(run.plan.name, "again").add();
      return std::nullopt;
    }
  }
  capture.set_account_id(news->account->id());
  frame.parsed = std::move(news->parsed);
  return frame;
}

AccountState PollerStreams::state_after(const FrameOutcome& frame, absl::Time now) const {
  AccountState state = this->state(frame.stream);
  if (!frame.parsed.next.position().empty()) *state.mutable_cursor() = frame.parsed.next;
  set_timestamp(state.mutable_last_success(), now);
  if (frame.mark != 0) {
    if (state.recent_frames_size() >= kMostRecent)
      state.mutable_recent_frames()->erase(state.recent_frames().begin(),
                                           state.recent_frames().begin() + kMostRecent / 2);
    state.add_recent_frames(frame.mark);
  }
  state.set_items_seen(state.items_seen() + frame.parsed.items.size());
  return state;
}

std::optional<FrameOutcome> PollerStreams::keep_unread(Run* run, FrameOutcome frame, const absl::Status& why,
                                                       absl::Time now) {
  if (now - run->unread_since >= absl::Hours(1)) {
    run->unread_since = now;
    run->unread_kept = 0;
  }
  const bool may_be_kept = absl::IsInvalidArgument(why);
  DeadLetter letter;
  letter.set_id(str_cat(frame.capture.sha256(), "/stream"));
  letter.set_stage("parse");
  letter.set_reason(str_cat("a message of ", run->plan.name, ": ", from_absl(why.message())));
  letter.set_counted(1);
  if (may_be_kept) set_payload(frame.capture.body(), &letter);
  set_timestamp(letter.mutable_at(), now);
  (void)make_text_valid(&letter);
  const bool keep = run->unread_kept < kMostUnread && run->unread.find(letter.id()) == nullptr;
  log_warn("stream.frame.unread", "A message of a stream could not be read",
           {{"stream", run->plan.name}, {"error.message", letter.reason()}, {"dead_lettered", keep}});
  if (!keep) return std::nullopt;
  ++run->unread_kept;
  run->unread.put(letter.id(), "unread");
  if (may_be_kept && frame.capture.body().size() <= kMostUnreadCapture) {
    letter.set_capture_sha256(frame.capture.sha256());
  } else {
    frame.capture.Clear();
  }
  frame.parsed.refused.push_back(std::move(letter));
  return frame;
}

void PollerStreams::find_deleted(const Run& run, FrameNews* news) const {
  const std::vector<Deletion> forms = std::exchange(news->parsed.deletions, {});
  for (const std::string& account_id : run.plan.account_ids) {
    const auto number = runs_->number_of(account_id);
    if (!number) continue;
    const AccountRun& account = (*runs_)[*number];
    for (const Deletion& form : forms) {
      for (const std::string& id : ids_of_form(form.item_id(), account)) {
        // Handed on just now, or in the store.
        if (account.seen.find(id) == nullptr && !store_->item(id).ok()) continue;
        news->account = &account.account;
        news->parsed.deletions = {form};
        news->parsed.deletions.back().set_item_id(id);
        return;
      }
    }
  }
}

}  // namespace copytaster
