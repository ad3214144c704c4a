// Store, media store and bus in memory, over one MemoryKeyValue: what is appended together is one write,
// as with the real ones. For tests of what stands before and behind them.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bus.h"
#include "core/status.h"
#include "core/store.h"
#include "core/strings.h"
#include "core/text.h"
#include "tests/support/memory_key_value.h"

namespace copytaster::testing {

class MemoryStore : public Store {
 public:
  mutable std::atomic<int> item_reads = 0;  // how often item() was asked
  explicit MemoryStore(KeyValue* key_value) : kv_(key_value) {}

  // Puts an item as if it had been processed.
  void put(const Item& item) {
    auto change = batch();
    (void)stage_item(*change, item);
    (void)write(*change, Durability::kLater);
  }

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override {
    ++item_reads;
    return read<Item>(Space::kItems, id);
  }
  [[nodiscard]] absl::StatusOr<std::vector<Item>> versions(std::string_view id) const override {
    CT_ASSIGN_OR_RETURN(Item newest, item(id));
    auto all = read_all<Item>(Space::kVersions, str_cat(id, "/"), str_cat(id, "0"));
    all.push_back(std::move(newest));
    return all;
  }
  [[nodiscard]] absl::StatusOr<Story> story(std::string_view id) const override {
    return read<Story>(Space::kStories, id);
  }
  [[nodiscard]] absl::StatusOr<std::vector<Story>> stories(std::size_t limit) const override {
    auto all = read_all<Story>(Space::kStories);
    std::ranges::stable_sort(all, [](const Story& a, const Story& b) { return a.score() > b.score(); });
    if (all.size() > limit) all.resize(limit);
    return all;
  }
  [[nodiscard]] absl::StatusOr<Capture> capture(std::string_view sha256) const override {
    return read<Capture>(Space::kCaptures, sha256);
  }
  [[nodiscard]] absl::StatusOr<AccountState> account_state(std::string_view id) const override {
    return read<AccountState>(Space::kAccounts, id);
  }
  [[nodiscard]] absl::StatusOr<std::vector<AccountState>> account_states() const override {
    return read_all<AccountState>(Space::kAccounts);
  }
  [[nodiscard]] absl::StatusOr<std::vector<DeadLetter>> dead_letters(std::size_t limit) const override {
    auto all = read_all<DeadLetter>(Space::kDeadLetters);
    if (all.size() > limit) all.resize(limit);
    return all;
  }
  absl::Status each_item(const std::function<bool(const Item&)>& visit) const override {
    for (const Item& item : read_all<Item>(Space::kItems)) {
      if (!visit(item)) break;
    }
    return absl::OkStatus();
  }
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> search(std::string_view query,
                                                                std::size_t limit) const override {
    std::vector<std::string> ids;
    for (const Item& item : read_all<Item>(Space::kItems)) {
      if (ids.size() < limit && item.text().find(query) != std::string::npos) ids.push_back(item.id());
    }
    return ids;
  }
  [[nodiscard]] Counters counters() const override {
    Counters all;
    all.set_collected(count("collected"));
    all.set_stored(count("stored"));
    all.set_dead_lettered(count("dead_lettered"));
    all.set_captures(count("captures"));
    return all;
  }
  [[nodiscard]] std::string notice() const override { return kv_->get(Space::kMeta, "notice").value_or(""); }
  [[nodiscard]] absl::StatusOr<Tombstone> tombstone(std::string_view subject) const override {
    return read<Tombstone>(Space::kErasures, str_cat("tombstone/", subject));
  }
  absl::Status stage_tombstone(WriteBatch& batch, const Tombstone& tombstone) override {
    return put(batch, Space::kErasures, str_cat("tombstone/", tombstone.subject()), tombstone);
  }

  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override { return kv_->batch(); }
  absl::Status write(WriteBatch& batch, Durability durability) override {
    return kv_->write(batch, durability);
  }
  absl::Status stage_capture(WriteBatch& batch, const Capture& capture) override {
    return put(batch, Space::kCaptures, capture.sha256(), capture);
  }
  absl::Status stage_account(WriteBatch& batch, const AccountState& state) override {
    return put(batch, Space::kAccounts, state.account_id(), state);
  }
  absl::Status stage_item(WriteBatch& batch, const Item& item) override {
    const auto old = this->item(item.id());
    if (old.ok() && old->version() < item.version()) {
      CT_RETURN_IF_ERROR(
          put(batch, Space::kVersions, str_cat(item.id(), "/", big_endian(old->version())), *old));
    }
    return put(batch, Space::kItems, item.id(), item);
  }
  absl::Status stage_version(WriteBatch& batch, const Item& overtaken) override {
    return put(batch, Space::kVersions, str_cat(overtaken.id(), "/", big_endian(overtaken.version())),
               overtaken);
  }
  absl::Status stage_changed(WriteBatch& batch, std::uint64_t position,
                             std::span<const std::string> item_ids) override {
    for (const std::string& id : item_ids) batch.put(Space::kChanged, big_endian(position) + id, "");
    return absl::OkStatus();
  }
  absl::Status stage_indexed(WriteBatch& batch, std::uint64_t position) override {
    batch.erase_range(Space::kChanged, "", big_endian(position + 1));
    return absl::OkStatus();
  }
  [[nodiscard]] absl::StatusOr<std::vector<Changed>> changed(std::size_t limit) const override {
    std::vector<Changed> lists;
    CT_RETURN_IF_ERROR(kv_->scan(Space::kChanged, "", "", [&](std::string_view key, std::string_view) {
      const std::uint64_t position = from_big_endian(key.substr(0, 8));
      if (lists.empty() || lists.back().position != position) {
        if (lists.size() == limit) return false;
        lists.push_back({position, {}});
      }
      lists.back().item_ids.emplace_back(key.substr(8));
      return true;
    }));
    return lists;
  }
  absl::Status stage_story(WriteBatch& batch, const Story& story) override {
    return put(batch, Space::kStories, story.id(), story);
  }
  absl::Status stage_story_erased(WriteBatch& batch, std::string_view id) override {
    batch.erase(Space::kStories, id);
    return absl::OkStatus();
  }
  absl::Status stage_stories_behind(WriteBatch& batch, const std::vector<std::string>& ids) override {
    std::string joined;
    for (const std::string& id : ids) str_append(&joined, joined.empty() ? "" : "\n", id);
    batch.put(Space::kMeta, "stories behind", joined);
    return absl::OkStatus();
  }
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> stories_behind() const override {
    const std::string joined = kv_->get(Space::kMeta, "stories behind").value_or("");
    std::vector<std::string> ids;
    if (joined.empty()) return ids;
    for (const std::string_view id : split(joined, '\n')) ids.emplace_back(id);
    return ids;
  }
  absl::Status stage_dead_letter(WriteBatch& batch, const DeadLetter& letter) override {
    return put(batch, Space::kDeadLetters, letter.id(), letter);
  }
  absl::Status stage_dead_letter_erased(WriteBatch& batch, std::string_view id) override {
    batch.erase(Space::kDeadLetters, id);
    return absl::OkStatus();
  }
  absl::Status stage_action(WriteBatch& batch, const Action& action) override {
    return put(batch, Space::kActions, action.id(), action);
  }
  absl::Status each_action(const std::function<bool(const Action&)>& visit) const override {
    for (const Action& action : read_all<Action>(Space::kActions)) {
      if (!visit(action)) break;
    }
    return absl::OkStatus();
  }
  absl::Status stage_counters(WriteBatch& batch, const Counters& delta) override {
    batch.add(Space::kMeta, "collected", delta.collected());
    batch.add(Space::kMeta, "stored", delta.stored());
    batch.add(Space::kMeta, "dead_lettered", delta.dead_lettered());
    batch.add(Space::kMeta, "captures", delta.captures());
    return absl::OkStatus();
  }
  absl::Status set_notice(std::string_view notice) override {
    auto change = batch();
    change->put(Space::kMeta, "notice", notice);
    return write(*change, Durability::kSynced);
  }

 private:
  static constexpr std::size_t kMaxKey = 4096;

  template <typename Record>
  static absl::Status put(WriteBatch& batch, Space space, std::string_view key, const Record& record) {
    if (key.empty() || key.size() > kMaxKey) return absl::InvalidArgumentError("bad key");
    batch.put(space, key, record.SerializeAsString());
    return absl::OkStatus();
  }
  template <typename Record>
  absl::StatusOr<Record> read(Space space, std::string_view key) const {
    CT_ASSIGN_OR_RETURN(const std::string bytes, kv_->get(space, key));
    Record record;
    if (!record.ParseFromString(bytes)) return absl::DataLossError("does not parse");
    return record;
  }
  template <typename Record>
  std::vector<Record> read_all(Space space, std::string_view from = "", std::string_view until = "") const {
    std::vector<Record> all;
    (void)kv_->scan(space, from, until, [&](std::string_view, std::string_view bytes) {
      Record record;
      if (record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        all.push_back(std::move(record));
      return true;
    });
    return all;
  }
  [[nodiscard]] std::uint64_t count(std::string_view name) const {
    return from_little_endian64(kv_->get(Space::kMeta, name).value_or(""));
  }

  KeyValue* kv_;
};

// Keeps everything. Full on demand.
class MemoryBus final : public Bus {
 public:
  explicit MemoryBus(KeyValue* key_value) : kv_(key_value) {}

  void set_full(bool full) {
    const std::scoped_lock lock(mutex_);
    full_ = full;
  }
  [[nodiscard]] std::vector<Parcel> parcels() const {
    const std::scoped_lock lock(mutex_);
    return parcels_;
  }

  absl::Status append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration) override {
    const std::scoped_lock lock(mutex_);
    if (closed_) return absl::CancelledError("the bus is closed");
    const bool only_wakes = !parcels.empty() && std::ranges::all_of(parcels, [](const Parcel& parcel) {
      return parcel.ByteSizeLong() == 0;
    });
    if (full_ && !only_wakes) return absl::ResourceExhaustedError("the log is full");
    auto own = kv_->batch();
    CT_RETURN_IF_ERROR(kv_->write(together == nullptr ? *own : *together, Durability::kSynced));
    parcels_.insert(parcels_.end(), parcels.begin(), parcels.end());
    return absl::OkStatus();
  }
  absl::StatusOr<std::vector<Delivery>> poll(std::string_view consumer, std::size_t max,
                                             absl::Duration) override {
    const std::scoped_lock lock(mutex_);
    if (closed_) return absl::CancelledError("the bus is closed");
    std::vector<Delivery> out;
    for (std::size_t& at = reading_[std::string(consumer)]; at < parcels_.size() && out.size() < max; ++at) {
      out.push_back({at, parcels_[at]});
    }
    return out;
  }
  absl::Status commit(std::string_view consumer, std::uint64_t position, WriteBatch* together) override {
    const std::scoped_lock lock(mutex_);
    if (together != nullptr) CT_RETURN_IF_ERROR(kv_->write(*together, Durability::kLater));
    committed_[std::string(consumer)] = position;
    return absl::OkStatus();
  }
  [[nodiscard]] std::uint64_t lag(std::string_view consumer) const override {
    return parcels().size() - position(consumer);
  }
  [[nodiscard]] std::uint64_t position(std::string_view consumer) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = committed_.find(std::string(consumer));
    return found == committed_.end() ? 0 : found->second;
  }
  void close() override {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }

 private:
  KeyValue* kv_;
  mutable std::mutex mutex_;
  bool full_ = false, closed_ = false;
  std::vector<Parcel> parcels_;
  std::map<std::string, std::size_t> reading_;
  std::map<std::string, std::uint64_t> committed_;
};

class MemoryMedia final : public MediaStore {
 public:
  void fail_puts(absl::Status status) { failure_ = std::move(status); }
  absl::StatusOr<std::string> put(std::string_view bytes) override {
    if (!failure_.ok()) return failure_;
    std::string sha256 = sha256_hex(bytes);
    const std::scoped_lock lock(mutex_);
    bytes_[sha256] = std::string(bytes);
    return sha256;
  }
  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view sha256) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = bytes_.find(std::string(sha256));
    if (found == bytes_.end()) return absl::NotFoundError("no such bytes");
    return found->second;
  }
  [[nodiscard]] bool has(std::string_view sha256) const override { return get(sha256).ok(); }
  absl::Status erase(std::string_view sha256) override {
    const std::scoped_lock lock(mutex_);
    bytes_.erase(std::string(sha256));
    return absl::OkStatus();
  }
  absl::Status each(const std::function<bool(std::string_view)>& visit) const override {
    const std::scoped_lock lock(mutex_);
    for (const auto& [sha256, bytes] : bytes_) {
      if (!visit(sha256)) break;
    }
    return absl::OkStatus();
  }

 private:
  mutable std::mutex mutex_;
  absl::Status failure_;
  std::map<std::string, std::string> bytes_;
};

}  // namespace copytaster::testing
