#include "app/picture_work.h"

#include <algorithm>
#include <utility>

#include "app/guard.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "processors/picture_facts.h"

namespace copytaster {
namespace {

constexpr std::size_t kParcelsATurn = 64;
constexpr absl::Duration kWait = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Minutes(1);

Counter& inspected() {
  static Counter& all = counter("copytaster_process_pictures_total", "Pictures inspected.");
  return all;
}

Counter& not_read() {
  static Counter& all = counter("copytaster_process_picture_texts_skipped_total",
                                "Pictures in which no words were looked for because too many waited.");
  return all;
}

// The store is away, or wants an operator: nothing is known of the picture.
bool may_be_had_later(const absl::Status& status) {
  return !status.ok() && !absl::IsNotFound(status) && !absl::IsDataLoss(status) &&
         !absl::IsInvalidArgument(status);
}

void warn_of_unreadable(const PictureResult& result) {
  log_warn("picture.unreadable",
           "A picture is kept but cannot be read; its post is shown without facts about it",
           {{"item.id", result.item_id()}, {"error.message", result.media().problem()}});
}

absl::Status inspect_kept(PictureResult& result, const MediaStore& store, TextReader* reader) {
  Media& media = *result.mutable_media();
  auto bytes = store.get(media.sha256());
  Media partial;
  auto facts = bytes.ok() ? inspect_picture(*bytes, {}, &partial) : absl::StatusOr<Media>(bytes.status());
  inspected().add();
  if (!facts.ok()) {
    media.set_problem(std::string(facts.status().message()));
    if (partial.has_embedded()) *media.mutable_embedded() = partial.embedded();
    if (may_be_had_later(bytes.status())) return bytes.status();
    warn_of_unreadable(result);
    return absl::OkStatus();
  }
  media.set_width(facts->width());
  media.set_height(facts->height());
  media.set_mime_type(facts->mime_type());
  *media.mutable_pdq() = facts->pdq();
  *media.mutable_embedded() = facts->embedded();
  if (reader != nullptr) reader->read_into(*bytes, &media);
  return absl::OkStatus();
}

}  // namespace

void inspect(PictureResult& result, const MediaStore& media, TextReader* reader) {
  if (!try_to_inspect(result, media, reader).ok()) warn_of_unreadable(result);
}

absl::Status try_to_inspect(PictureResult& result, const MediaStore& media, TextReader* reader) {
  if (result.media().state() != KEPT || result.media().sha256().empty()) return absl::OkStatus();
  if (result.media().width() > 0 || !result.media().problem().empty())
    return absl::OkStatus();  // by a processor elsewhere
  absl::Status away;
  const absl::Status done =
      guarded([&] { return away = inspect_kept(result, media, reader), absl::OkStatus(); });
  if (!done.ok()) result.mutable_media()->set_problem(std::string(done.message()));
  return away;
}

PictureWork::PictureWork(Bus* bus, const MediaStore* media, int threads, TextReader* reader,
                         absl::Duration pause_when_away)
    : bus_(bus),
      media_(media),
      reader_(reader),
      parallel_(threads),
      pause_when_away_(pause_when_away),
      pause_(pause_when_away),
      committed_(bus->position(kConsumer)) {}

void PictureWork::start() {
  thread_ = std::thread([this] { run(); });
}

void PictureWork::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    taken_.notify_all();
  }
  if (reader_ != nullptr) reader_->stop();
  if (thread_.joinable()) thread_.join();
}

void PictureWork::run() {
  for (;;) {
    {
      const std::scoped_lock lock(mutex_);
      if (stopping_) return;
    }
    const absl::Status done = guarded([&] { return turn(); });
    if (done.ok()) continue;
    if (absl::IsCancelled(done)) return;
    const std::scoped_lock lock(mutex_);
    failure_ = done;
    return;
  }
}

absl::Status PictureWork::turn() {
  {
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [&] { return stopping_ || waiting_ < kMostWaiting; });
    if (stopping_) return absl::CancelledError("stopping");
  }
  CT_ASSIGN_OR_RETURN(auto deliveries, bus_->poll(kConsumer, kParcelsATurn, kWait));
  return deliveries.empty() ? absl::OkStatus() : look_at(std::move(deliveries));
}

absl::Status PictureWork::look_at(std::vector<Delivery> deliveries) {
  std::vector<PictureResult> results;
  for (Delivery& delivery : deliveries) {
    for (PictureResult& result : *delivery.parcel.mutable_pictures()) results.push_back(std::move(result));
  }
  const bool any = !results.empty();
  {
    const std::scoped_lock lock(mutex_);
    waiting_ += results.size();
  }
  CT_RETURN_IF_ERROR(inspect_all(results));
  std::uint64_t done = 0;
  {
    const std::scoped_lock lock(mutex_);
    // The reader has stopped half way: all of them are looked at again after the start.
    if (stopping_ && reader_ != nullptr) return absl::CancelledError("stopping");
    found_.push_back({deliveries.back().position + 1, std::move(results)});
    done = done_to();
  }
  CT_RETURN_IF_ERROR(commit(done));
  if (!any) return absl::OkStatus();
  // An empty parcel: the processing takes the results with it. It is let in also when the log is full.
  const Parcel nudge;
  return bus_->append({&nudge, 1U}, nullptr, absl::ZeroDuration());
}

// What cannot be had now goes to the end of the log after a pause, and comes up again there: the log goes on.
// A log that is full, perhaps because of us, takes nothing: then they are asked for again from here.
absl::Status PictureWork::inspect_all(std::vector<PictureResult>& results) {
  std::vector<PictureResult> left = std::exchange(results, {});
  while (true) {
    Parcel away;
    const absl::Status why = inspect_some(std::move(left), results, away);
    if (why.ok()) return pause_ = pause_when_away_, absl::OkStatus();
    CT_RETURN_IF_ERROR(pause(away.pictures_size(), why));
    const absl::Status appended = bus_->append({&away, 1U}, nullptr, absl::ZeroDuration());
    if (appended.ok()) {
      const std::scoped_lock lock(mutex_);
      waiting_ -= static_cast<std::size_t>(away.pictures_size());
      return appended;
    }
    if (!absl::IsResourceExhausted(appended)) return appended;
    left.assign(away.pictures().begin(), away.pictures().end());
  }
}

absl::Status PictureWork::inspect_some(std::vector<PictureResult> results, std::vector<PictureResult>& found,
                                       Parcel& away) {
  TextReader* const reader = bus_->lag(kConsumer) < kMostBehindToRead ? reader_ : nullptr;
  if (reader != reader_) not_read().add(results.size());
  const bool may_be_away = pause_when_away_ > absl::ZeroDuration();
  const std::vector<PictureResult> as_they_came = may_be_away ? results : std::vector<PictureResult>();
  std::vector<absl::Status> outcomes(results.size());
  parallel_.each(results.size(),
                 [&](std::size_t i) { outcomes[i] = try_to_inspect(results[i], *media_, reader); });
  absl::Status why;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (may_be_away && !outcomes[i].ok()) {
      *away.add_pictures() = as_they_came[i];
      why = outcomes[i];
    } else {
      if (!outcomes[i].ok()) warn_of_unreadable(results[i]);
      found.push_back(std::move(results[i]));
    }
  }
  return why;
}

absl::Status PictureWork::pause(int pictures, const absl::Status& why) {
  log_warn("picture.store.away", "Kept pictures cannot be looked at now; they are looked at later",
           {{"pictures", pictures},
            {"error.message", std::string(why.message())},
            {"retry_in_ms", absl::ToInt64Milliseconds(pause_)}});
  std::unique_lock lock(mutex_);
  const auto pause = absl::ToChronoMilliseconds(pause_);
  if (taken_.wait_for(lock, pause, [&] { return stopping_; })) return absl::CancelledError("stopping");
  pause_ = std::min(2 * pause_, kLongestPause);
  return absl::OkStatus();
}

std::vector<PictureResult> PictureWork::take(std::uint64_t position) {
  std::vector<PictureResult> all;
  const std::scoped_lock lock(mutex_);
  for (; !found_.empty() && found_.front().position <= position; found_.pop_front()) {
    for (PictureResult& result : found_.front().results) all.push_back(std::move(result));
    stored_to_ = found_.front().position;
  }
  being_stored_ += all.size();
  return all;
}

absl::Status PictureWork::stored() {
  std::uint64_t done = 0;
  {
    const std::scoped_lock lock(mutex_);
    waiting_ -= being_stored_;
    being_stored_ = 0;
    done = std::max(stored_to_, done_to());
    taken_.notify_all();
  }
  return commit(done);
}

std::uint64_t PictureWork::done_to() {
  std::uint64_t done = 0;
  if (being_stored_ > 0) return done;
  for (; !found_.empty() && found_.front().results.empty(); found_.pop_front())
    done = found_.front().position;
  return done;
}

absl::Status PictureWork::commit(std::uint64_t position) {
  const std::scoped_lock lock(commit_mutex_);
  if (position <= committed_) return absl::OkStatus();
  CT_RETURN_IF_ERROR(bus_->commit(kConsumer, position, nullptr));
  committed_ = position;
  return absl::OkStatus();
}

bool PictureWork::idle() const {
  const std::scoped_lock lock(mutex_);
  return waiting_ == 0 && bus_->lag(kConsumer) == 0;
}

absl::Status PictureWork::failure() const {
  const std::scoped_lock lock(mutex_);
  return failure_;
}

}  // namespace copytaster
