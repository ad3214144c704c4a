// The poller's half that is told instead of asking: what streams say and what hubs deliver.
#include <utility>

#include "collectors/poller_impl.h"
#include "core/message_text.h"
#include "core/status.h"

namespace copytaster {
namespace {

constexpr std::size_t kFramesATurn = 256;
constexpr int kDeliveriesATurn = 64;

}  // namespace

absl::Status ThePoller::follow_streams() {
  const absl::Time now = d_.clock->now();
  streams_.turn(now, kFramesATurn);
  CT_RETURN_IF_ERROR(store_unread());
  while (pending_.empty() && !unread_) {
    auto frame = streams_.next(now);
    if (!frame) break;
    if (!frame->account) {  // nothing for the bus: it need not have room
      unread_ = std::move(frame);
      CT_RETURN_IF_ERROR(store_unread());
      continue;
    }
    Question question;
    question.stream = frame->stream;
    question.account = *frame->account;
    AccountState stream_state = streams_.state_after(*frame, now);
    Outcome outcome = reader_.read_frame(std::move(question), std::move(frame->capture),
                                         std::move(frame->parsed), runs_[*frame->account], now);
    outcome.stream_state = std::move(stream_state);
    pending_.push_back(std::move(outcome));
    CT_RETURN_IF_ERROR(store_pending());
  }
  if (!pending_.empty() || unread_) return absl::OkStatus();  // a position must not get ahead of its post
  return store_positions(now);
}

absl::Status ThePoller::store_positions(absl::Time now) {
  for (const std::size_t stream : streams_.positions_due(now)) {
    AccountState state = streams_.state(stream);
    (void)make_text_valid(&state);
    CT_RETURN_IF_ERROR(writes_.position(state));
    streams_.stored(stream, std::move(state), now);
  }
  return absl::OkStatus();
}

absl::Status ThePoller::store_unread() {
  if (!unread_) return absl::OkStatus();
  CT_RETURN_IF_ERROR(unless_full(writes_.unread(*unread_)));
  if (!blocked_) unread_.reset();
  return absl::OkStatus();
}

absl::Status ThePoller::follow_websub() {
  if (blocked_) return absl::OkStatus();
  const absl::Time now = d_.clock->now();
  CT_RETURN_IF_ERROR(websub_.turn(now));
  for (int i = 0; i < kDeliveriesATurn && !blocked_; ++i) {
    auto news = websub_.next_delivery(now);
    if (!news) break;
    Question question;
    question.account = news->account;
    question.delivered = true;
    pending_.push_back(reader_.read_frame(std::move(question), std::move(news->capture),
                                          std::move(news->parsed), runs_[news->account], now));
    CT_RETURN_IF_ERROR(store_pending());
  }
  return absl::OkStatus();
}

}  // namespace copytaster
