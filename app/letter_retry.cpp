#include "app/letter_retry.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/capture_order.h"
#include "app/dead_letters.h"
#include "app/guard.h"
#include "app/versions.h"
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

bool is_same_post(const DeadLetter& letter, const DeadLetter& now) {
  if (!letter.native_id().empty()) return letter.native_id() == now.native_id();
  return letter.payload() == now.payload();
}

Parcel parcel_of(std::string_view account_id, std::string_view capture) {
  Parcel parcel;
  parcel.set_account_id(std::string(account_id));
  parcel.set_capture_sha256(std::string(capture));
  parcel.set_trace_id(std::string(capture.substr(0, 32)));
  return parcel;
}

bool is_empty(const Parcel& parcel) {
  return parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() + parcel.engagements_size() +
             parcel.actions_size() ==
         0;
}

Counter& retried(std::string_view result) {
  return counter("copytaster_dead_letters_retried_total", "Dead letters that were tried again.",
                 {{"result", result}});
}

}  // namespace

absl::StatusOr<LetterAnswer> LetterRetry::retry(std::string_view id) const {
  std::unique_lock<std::mutex> lock;
  if (d_.letters != nullptr) lock = std::unique_lock(*d_.letters);
  CT_ASSIGN_OR_RETURN(const DeadLetter letter, find_dead_letter(*d_.key_value, id));
  absl::StatusOr<Again> again = absl::InternalError("not tried");
  CT_RETURN_IF_ERROR(guarded([&] { return (again = read_again(letter)).status(); }));
  auto answer = again->refused.empty() ? hand_on(letter, again->parcel) : keep(letter, again->refused);
  if (!answer.ok()) return answer;
  retried(answer->read ? "read" : "refused").add();
  log_info("letter.retried",
           answer->read ? "A dead letter was read" : "A dead letter could not be read again",
           {{"letter", letter.id()},
            {"account.id", letter.account_id()},
            {"posts", answer->posts},
            {"attempt", std::uint64_t{answer->attempts}},
            {"error.message", answer->why}});
  return answer;
}

absl::StatusOr<LetterRetry::Again> LetterRetry::read_again(const DeadLetter& letter) const {
  if (letter.stage() == letter_stage::kParse) return from_capture(letter);
  CT_ASSIGN_OR_RETURN(Again again, from_payload(letter));
  if (again.whole || !again.refused.empty()) return again;
  if (!letter.capture_sha256().empty()) return from_capture(letter);
  again.refused = "what is kept of it cannot be read, and no answer that it came in is kept";
  return again;
}

// Neither whole nor refused: the letter does not hold it.
absl::StatusOr<LetterRetry::Again> LetterRetry::from_payload(const DeadLetter& letter) const {
  Again again;
  again.parcel = parcel_of(letter.account_id(), letter.capture_sha256());
  if (letter.cut()) {
    if (letter.stage() == letter_stage::kUpdate) again.refused = "the letter holds only its beginning";
    return again;
  }
  if (letter.stage() == letter_stage::kUpdate || letter.stage() == letter_stage::kLog) {
    Parcel whole;
    again.whole = whole.ParseFromString(letter.payload());
    if (again.whole) {
      again.parcel.MergeFrom(whole);
    } else if (letter.stage() == letter_stage::kUpdate) {
      again.refused = "what is kept of it cannot be read";
    }
    again.parcel.clear_dead_letters();
    return again;
  }
  Item item;
  if (!item.ParseFromString(letter.payload())) return again;
  item = collected(std::move(item));
  if (const absl::Status tried = try_post(item); absl::IsInvalidArgument(tried) || absl::IsInternal(tried)) {
    again.refused = std::string(tried.message());
  } else {
    CT_RETURN_IF_ERROR(tried);
  }
  CT_ASSIGN_OR_RETURN(const std::vector<bool> news,
                      are_news({&item, 1}, item.capture_sha256(), to_time(item.collected_at())));
  if (news.front()) *again.parcel.add_items() = std::move(item);
  again.whole = true;
  return again;
}

// What the processing would say of it, as far as that can be told without doing it.
absl::Status LetterRetry::try_post(Item item) const {
  if (const auto known = d_.store->item(item.id()); absl::IsDataLoss(known.status()))
    return absl::InvalidArgumentError(known.status().message());
  item.set_version(1);
  const auto scratch = d_.store->batch();
  CT_RETURN_IF_ERROR(d_.store->stage_item(*scratch, item));
  return d_.pipeline == nullptr ? absl::OkStatus() : guarded([&]() -> absl::Status {
    const absl::Status prepared = d_.pipeline->prepare(item);
    return prepared.ok() ? prepared : absl::InvalidArgumentError(prepared.message());
  });
}

absl::StatusOr<LetterRetry::Again> LetterRetry::from_capture(const DeadLetter& letter) const {
  Again again;
  if (letter.capture_sha256().empty()) {
    again.refused = str_cat("no answer is kept that it could be read from again; ", letter.reason());
    return again;
  }
  auto capture = d_.store->capture(letter.capture_sha256());
  if (absl::IsNotFound(capture.status())) {
    again.refused = "the answer that it came in is not kept any more";
    return again;
  }
  CT_RETURN_IF_ERROR(capture.status());
  Account account;
  auto parsed = captures_.read(*capture, letter.account_id(), &account);
  if (absl::IsFailedPrecondition(parsed.status())) return parsed.status();
  if (!parsed.ok()) {
    again.refused = from_absl(parsed.status().message());
    return again;
  }
  return take(letter, *capture, account, *std::move(parsed));
}

// Old evidence must not overwrite what was read since. Which is older the chain of evidence tells: a clock
// that was set back would have an edit thrown away. Only of captures without a link their times must do.
absl::StatusOr<std::vector<bool>> LetterRetry::are_news(std::span<const Item> items,
                                                        const std::string& capture_sha256,
                                                        absl::Time fetched) const {
  struct Stored {
    std::size_t of;
    std::string capture_sha256;
    absl::Time fetched;
  };
  std::vector<bool> news(items.size(), true);
  std::vector<Stored> others;  // that say something else
  StringSet captures = {capture_sha256};
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto stored = d_.store->item(items[i].id());
    if (absl::IsNotFound(stored.status()) || absl::IsDataLoss(stored.status())) continue;
    CT_RETURN_IF_ERROR(stored.status());
    news[i] = false;
    if (stored->content_hash() == items[i].content_hash()) continue;
    captures.insert(stored->capture_sha256());
    others.push_back({i, stored->capture_sha256(), to_time(stored->collected_at())});
  }
  if (others.empty()) return news;
  CT_ASSIGN_OR_RETURN(const auto links, last_links(*d_.key_value, captures));
  const auto ours = links.find(capture_sha256);
  for (const Stored& other : others) {
    const auto theirs = links.find(other.capture_sha256);
    const bool both = ours != links.end() && theirs != links.end();
    news[other.of] = both ? theirs->second < ours->second : other.fetched < fetched;
  }
  return news;
}

absl::StatusOr<LetterRetry::Again> LetterRetry::take(const DeadLetter& letter, const Capture& capture,
                                                     const Account& account, Parsed parsed) const {
  Again again;
  again.parcel = parcel_of(account.id(), capture.sha256());
  const bool one_post = letter.stage() != letter_stage::kLog;
  if (one_post) {
    for (const DeadLetter& refused : parsed.refused) {
      if (is_same_post(letter, refused)) again.refused = refused.reason();
    }
    if (!again.refused.empty()) return again;
  }
  // The post by its own name, where the letter knows it as the items do; else all that is missing.
  const bool named = one_post && std::ranges::any_of(parsed.items, [&](const Item& item) {
                       return item.native_id() == letter.native_id();
                     });
  if (named)
    std::erase_if(parsed.items, [&](const Item& item) { return item.native_id() != letter.native_id(); });
  CT_ASSIGN_OR_RETURN(const std::vector<bool> news,
                      are_news(parsed.items, capture.sha256(), to_time(capture.fetched_at())));
  for (std::size_t i = 0; i < parsed.items.size(); ++i) {
    if (!news[i]) continue;
    Item& item = parsed.items[i];
    item.set_account_id(account.id());
    item.set_official_id(account.official_id());
    item.set_capture_sha256(capture.sha256());
    *item.mutable_collected_at() = capture.fetched_at();
    if (const absl::Status tried = try_post(item); named && absl::IsInvalidArgument(tried))
      again.refused = std::string(tried.message());
    *again.parcel.add_items() = std::move(item);
  }
  (void)make_text_valid(&again.parcel);
  return again;
}

absl::StatusOr<LetterAnswer> LetterRetry::keep(DeadLetter letter, std::string_view why) const {
  letter.set_attempts(letter.attempts() + 1);
  letter.set_reason(to_valid_utf8(why));
  // Put as it is: staged as a new one it would be counted once more.
  const auto batch = d_.store->batch();
  batch->put(Space::kDeadLetters, letter.id(), letter.SerializeAsString());
  CT_RETURN_IF_ERROR(d_.store->write(*batch, Durability::kSynced));
  return LetterAnswer{letter.id(), false, 0, letter.attempts(), letter.reason()};
}

absl::StatusOr<LetterAnswer> LetterRetry::hand_on(const DeadLetter& letter, const Parcel& parcel) const {
  const auto batch = d_.store->batch();
  CT_RETURN_IF_ERROR(d_.store->stage_dead_letter_erased(*batch, letter.id()));
  const auto posts = static_cast<std::uint64_t>(parcel.items_size());
  Counters delta;  // below zero by two's complement, as the counters add
  delta.set_collected(posts - posts_of(letter));
  delta.set_dead_lettered(0 - posts_of(letter));
  CT_RETURN_IF_ERROR(d_.store->stage_counters(*batch, delta));
  const absl::Status written =
      is_empty(parcel) ? d_.store->write(*batch, Durability::kSynced) : d_.hand_on(parcel, batch.get());
  if (absl::IsResourceExhausted(written))
    return absl::ResourceExhaustedError("the log is full: try again when the processing has caught up");
  CT_RETURN_IF_ERROR(written);
  return LetterAnswer{letter.id(), true, posts, letter.attempts() + 1, ""};
}

}  // namespace copytaster
