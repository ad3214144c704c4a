#include "bus/embedded_bus.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "bus/parcel_record.h"
#include "core/bytes.h"
#include "core/crash_point.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// Behind the slowest consumer the log is trimmed in steps: one range tombstone for many records.
constexpr std::uint64_t kTrimStep = 256;
// Longer waits would overflow the condition variable's clock; callers loop anyway.
constexpr absl::Duration kLongestWait = absl::Hours(24);

// A parcel as it was written: the consumer's thread parses it, outside all locks.
struct InMemory {
  std::uint64_t position;
  std::shared_ptr<const std::string> bytes;
};

class EmbeddedBus final : public Bus {
 public:
  EmbeddedBus(KeyValue* key_value, EmbeddedBusOptions options)
      : kv_(key_value), options_(std::move(options)) {}

  absl::Status open() {
    auto last = kv_->last_key(Space::kLog);
    if (last.ok())
      next_ = from_big_endian(*last) + 1;
    else if (!absl::IsNotFound(last.status()))
      return last.status();
    CT_RETURN_IF_ERROR(open_positions());
    trimmed_ = slowest();
    const std::string wanted = big_endian(trimmed_);
    // What was done with and not trimmed before the stop is trimmed with the rest.
    CT_RETURN_IF_ERROR(kv_->scan(Space::kLog, "", wanted, [&](std::string_view key, std::string_view) {
      trimmed_ = from_big_endian(key);
      return false;
    }));
    CT_RETURN_IF_ERROR(kv_->scan(Space::kLog, wanted, "", [&](std::string_view key, std::string_view value) {
      sizes_[from_big_endian(key)] = value.size();
      unread_bytes_ += value.size();
      return true;
    }));
    durable_ = next_;
    if (next_ < options_.acknowledged) tell_lost_tail();
    return absl::OkStatus();
  }

  void tell_lost_tail() const {
    log_error(
        "bus.tail_lost", "The end of the log is gone or damaged; what came in it is fetched again",
        {{"bus.first_lost", next_},
         {"bus.last_lost", options_.acknowledged - 1},
         {"error.type", "DATA_LOSS"},
         {"hint", "posts that still stand are fetched again; look at the disk; compare with a backup"}});
    if (options_.on_tail_lost) options_.on_tail_lost(next_, options_.acknowledged - 1);
    // It has been told: the next start has nothing to tell.
    if (options_.on_acknowledged) options_.on_acknowledged(next_);
  }

  absl::Status open_positions() {
    std::vector<std::string> fresh;
    for (const std::string& consumer : options_.consumers) {
      auto stored = kv_->get(Space::kPositions, consumer);
      if (!stored.ok() && !absl::IsNotFound(stored.status())) return stored.status();
      if (!stored.ok()) {
        fresh.push_back(consumer);
        continue;
      }
      committed_[consumer] = reading_[consumer] = from_big_endian(*stored);
      // A log that was trimmed whole and a position beyond it: numbers go on from the position.
      next_ = std::max(next_, committed_[consumer]);
    }
    // A consumer that is new begins with what the log still holds.
    std::uint64_t first = next_;
    CT_RETURN_IF_ERROR(kv_->scan(Space::kLog, "", "", [&](std::string_view key, std::string_view) {
      first = from_big_endian(key);
      return false;
    }));
    for (const std::string& consumer : fresh) committed_[consumer] = reading_[consumer] = first;
    return absl::OkStatus();
  }

  absl::Status append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration wait) override {
    std::vector<std::string> bytes;
    std::size_t total = 0;
    for (const Parcel& parcel : parcels) {
      bytes.push_back(parcel.SerializeAsString());
      total += bytes.back().size();
    }
    // An empty parcel takes no room: it wakes consumers, also when the log is full because they sleep.
    CT_RETURN_IF_ERROR(!parcels.empty() && total == 0 ? open_still() : wait_for_room(wait));
    if (parcels.empty() && together == nullptr) return absl::OkStatus();
    // One writer at a time numbers and writes, so that no reader can see a record before an earlier one.
    const std::scoped_lock appending(append_mutex_);
    std::unique_ptr<WriteBatch> own;
    if (together == nullptr) own = kv_->batch();
    WriteBatch& batch = together == nullptr ? *own : *together;
    const std::uint64_t first = next_position();
    for (std::size_t i = 0; i < bytes.size(); ++i) batch.put(Space::kLog, big_endian(first + i), bytes[i]);
    crash_point(CrashPoint::kAppendBefore);
    CT_RETURN_IF_ERROR(kv_->write(batch, Durability::kSynced));
    crash_point(CrashPoint::kAppendAfter);
    const std::uint64_t acknowledged = first + bytes.size();
    remember(std::move(bytes), first);
    if (options_.on_acknowledged) options_.on_acknowledged(acknowledged);
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Delivery>> poll(std::string_view consumer, std::size_t max,
                                             absl::Duration wait) override {
    std::uint64_t from = 0;
    std::uint64_t until = 0;
    std::vector<Delivery> out;
    std::vector<InMemory> taken;
    {
      std::unique_lock lock(mutex_);
      const auto reading = reading_.find(consumer);
      if (reading == reading_.end()) return absl::InvalidArgumentError(str_cat("no consumer ", consumer));
      const auto ready = [&] { return closed_ || durable_ > reading->second; };
      if (!ready()) changed_.wait_for(lock, absl::ToChronoNanoseconds(std::min(wait, kLongestWait)), ready);
      if (closed_) return absl::CancelledError("the bus is closed");
      from = reading->second;
      until = std::min<std::uint64_t>(durable_, from + max);
      if (from == until) return out;
      taken = take_from_memory(from, until);
      if (!taken.empty()) reading->second = taken.back().position + 1;
    }
    if (!taken.empty()) {
      for (const InMemory& one : taken) {
        out.push_back({one.position, read_parcel(one.position, *one.bytes)});
      }
      return out;
    }
    CT_RETURN_IF_ERROR(read_back(from, until, out));
    const std::scoped_lock lock(mutex_);
    reading_.find(consumer)->second = out.empty() ? until : out.back().position + 1;
    return out;
  }

  absl::Status commit(std::string_view consumer, std::uint64_t position, WriteBatch* together) override {
    std::unique_ptr<WriteBatch> own;
    if (together == nullptr) own = kv_->batch();
    WriteBatch& batch = together == nullptr ? *own : *together;
    batch.put(Space::kPositions, consumer, big_endian(position));
    std::uint64_t trim_from = 0;
    std::uint64_t trim_to = 0;
    {
      const std::scoped_lock lock(mutex_);
      if (!committed_.contains(consumer)) {
        return absl::InvalidArgumentError(str_cat("no consumer ", consumer));
      }
      // Others count with what they have written, this one with what it is about to write in the same batch.
      const std::uint64_t done = std::min(slowest(consumer), position);
      if (done >= trimmed_ + kTrimStep) {
        trim_from = trimmed_;
        trim_to = done;
      }
    }
    if (trim_to > trim_from) batch.erase_range(Space::kLog, big_endian(trim_from), big_endian(trim_to));
    // Derived data: if it is lost, the log still holds what it was made from.
    crash_point(CrashPoint::kCommitBefore);
    CT_RETURN_IF_ERROR(kv_->write(batch, Durability::kLater));
    crash_point(CrashPoint::kCommitAfter);
    const std::scoped_lock lock(mutex_);
    committed_.find(consumer)->second = position;
    forget_before(slowest());
    trimmed_ = std::max(trimmed_, trim_to);
    changed_.notify_all();
    return absl::OkStatus();
  }

  [[nodiscard]] std::uint64_t lag(std::string_view consumer) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = committed_.find(consumer);
    return found == committed_.end() ? 0 : durable_ - found->second;
  }

  [[nodiscard]] std::uint64_t position(std::string_view consumer) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = committed_.find(consumer);
    return found == committed_.end() ? 0 : found->second;
  }

  void close() override {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  // Position before which every consumer but `except` is done. Caller holds mutex_ (or is alone).
  [[nodiscard]] std::uint64_t slowest(std::string_view except = "") const {
    std::uint64_t least = next_;
    for (const auto& [name, position] : committed_) {
      if (name != except) least = std::min(least, position);
    }
    return least;
  }

  std::uint64_t next_position() {
    const std::scoped_lock lock(mutex_);
    return next_;
  }

  absl::Status open_still() {
    const std::scoped_lock lock(mutex_);
    return closed_ ? absl::CancelledError("the bus is closed") : absl::OkStatus();
  }

  absl::Status wait_for_room(absl::Duration wait) {
    std::unique_lock lock(mutex_);
    const auto room = [&] { return closed_ || unread_bytes_ < options_.max_unread_bytes; };
    if (!room()) changed_.wait_for(lock, absl::ToChronoNanoseconds(std::min(wait, kLongestWait)), room);
    if (closed_) return absl::CancelledError("the bus is closed");
    if (!room()) return absl::ResourceExhaustedError("the log is full: processing is behind");
    return absl::OkStatus();
  }

  void remember(std::vector<std::string> bytes, std::uint64_t first) {
    const std::scoped_lock lock(mutex_);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const std::size_t size = bytes[i].size();
      sizes_[first + i] = size;
      unread_bytes_ += size;
      // Memory must stay without holes: once full, readers go to the database until it has drained.
      const bool follows = memory_.empty() || memory_.back().position + 1 == first + i;
      if (follows && memory_bytes_ + size <= options_.max_memory_bytes) {
        memory_.push_back({first + i, std::make_shared<const std::string>(std::move(bytes[i]))});
        memory_bytes_ += size;
      }
    }
    next_ = first + bytes.size();
    durable_ = next_;
    changed_.notify_all();
  }

  // Caller holds mutex_.
  [[nodiscard]] std::vector<InMemory> take_from_memory(std::uint64_t from, std::uint64_t until) const {
    std::vector<InMemory> taken;
    if (memory_.empty() || from < memory_.front().position) return taken;
    std::uint64_t bytes = 0;
    for (std::size_t i = from - memory_.front().position; i < memory_.size(); ++i) {
      bytes += memory_[i].bytes->size();
      if (memory_[i].position >= until || (!taken.empty() && bytes > options_.max_poll_bytes)) break;
      taken.push_back(memory_[i]);
    }
    return taken;
  }

  absl::Status read_back(std::uint64_t from, std::uint64_t until, std::vector<Delivery>& out) const {
    std::uint64_t bytes = 0;
    return kv_->scan(Space::kLog, big_endian(from), big_endian(until),
                     [&](std::string_view key, std::string_view value) {
                       bytes += value.size();
                       if (!out.empty() && bytes > options_.max_poll_bytes) return false;
                       const std::uint64_t position = from_big_endian(key);
                       out.push_back({position, read_parcel(position, value)});
                       return true;
                     });
  }

  // Caller holds mutex_.
  void forget_before(std::uint64_t position) {
    while (!sizes_.empty() && sizes_.begin()->first < position) {
      unread_bytes_ -= sizes_.begin()->second;
      sizes_.erase(sizes_.begin());
    }
    while (!memory_.empty() && memory_.front().position < position) {
      memory_bytes_ -= memory_.front().bytes->size();
      memory_.pop_front();
    }
  }

  KeyValue* kv_;
  EmbeddedBusOptions options_;
  std::mutex append_mutex_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  std::uint64_t next_ = 0;     // number of the next record
  std::uint64_t durable_ = 0;  // everything before is on disk
  std::uint64_t trimmed_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> committed_;
  std::map<std::string, std::uint64_t, std::less<>> reading_;
  std::map<std::uint64_t, std::size_t> sizes_;  // of records not yet done by all
  std::uint64_t unread_bytes_ = 0;
  std::deque<InMemory> memory_;
  std::uint64_t memory_bytes_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Bus>> make_embedded_bus(KeyValue* key_value,
                                                       const EmbeddedBusOptions& options) {
  auto bus = std::make_unique<EmbeddedBus>(key_value, options);
  CT_RETURN_IF_ERROR(bus->open());
  return bus;
}

}  // namespace copytaster
