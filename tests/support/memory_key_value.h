// The database in memory, with faults on demand. Any thread.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/chain.h"
#include "core/key_value.h"

namespace copytaster::testing {

class MemoryKeyValue final : public KeyValue {
 public:
  using Map = std::map<std::pair<Space, std::string>, std::string>;

  // The next writes fail with this until it is OK again.
  void fail_writes(absl::Status status) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::move(status);
  }
  // The next reads of this space fail with this until it is OK again.
  void fail_reads(Space space, absl::Status status) {
    const std::scoped_lock lock(mutex_);
    failing_space_ = space;
    read_failure_ = std::move(status);
  }
  // Called at the beginning of each write, outside all locks: what can others see just now?
  void before_write(std::function<void()> look) { before_write_ = std::move(look); }
  [[nodiscard]] int synced_writes() const {
    const std::scoped_lock lock(mutex_);
    return synced_;
  }

  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override { return std::make_unique<Batch>(); }

  absl::Status write(WriteBatch& batch, Durability durability) override {
    if (before_write_) before_write_();
    const std::scoped_lock lock(mutex_);
    if (!failure_.ok()) return failure_;
    auto& ours = static_cast<Batch&>(batch);
    for (const auto& change : ours.changes) change(map_);
    if (losing_) unsynced_.push_back(std::move(ours.changes));
    ours.changes.clear();
    if (durability == Durability::kSynced) {
      ++synced_;
      make_durable(unsynced_.size());
    }
    return absl::OkStatus();
  }

  // From now on crash() can take what no synced write has made durable.
  void lose_unsynced() {
    const std::scoped_lock lock(mutex_);
    losing_ = true;
    durable_ = map_;
  }
  [[nodiscard]] std::size_t unsynced() const {
    const std::scoped_lock lock(mutex_);
    return unsynced_.size();
  }
  // What a power cut leaves: all that was synced, and the first `kept` writes since.
  void crash(std::size_t kept) {
    const std::scoped_lock lock(mutex_);
    make_durable(kept);
    unsynced_.clear();
    map_ = durable_;
  }

  [[nodiscard]] absl::StatusOr<std::string> get(Space space, std::string_view key) const override {
    const std::scoped_lock lock(mutex_);
    if (!read_failure_.ok() && space == failing_space_) return read_failure_;
    const auto found = map_.find({space, std::string(key)});
    if (found == map_.end()) return absl::NotFoundError("no such key");
    return found->second;
  }

  absl::Status scan(Space space, std::string_view from, std::string_view until,
                    const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    const Map snapshot = copy();
    for (auto at = snapshot.lower_bound({space, std::string(from)}); at != snapshot.end(); ++at) {
      const std::string& key = at->first.second;
      if (at->first.first != space || (!until.empty() && key >= until)) break;
      if (!visit(key, at->second)) break;
    }
    return absl::OkStatus();
  }

  [[nodiscard]] absl::StatusOr<std::string> last_key(Space space) const override {
    const std::scoped_lock lock(mutex_);
    auto at = map_.lower_bound({static_cast<Space>(static_cast<int>(space) + 1), ""});
    if (at == map_.begin() || (--at)->first.first != space) return absl::NotFoundError("the space is empty");
    return at->first.second;
  }

 private:
  struct Batch final : WriteBatch {
    void put(Space space, std::string_view key, std::string_view value) override {
      size += key.size() + value.size();
      changes.push_back([at = std::pair(space, std::string(key)), value = std::string(value)](Map& map) {
        map[at] = value;
      });
    }
    void erase(Space space, std::string_view key) override {
      changes.push_back([at = std::pair(space, std::string(key))](Map& map) { map.erase(at); });
    }
    void erase_range(Space space, std::string_view begin, std::string_view end) override {
      changes.push_back(
          [from = std::pair(space, std::string(begin)), to = std::pair(space, std::string(end))](Map& map) {
            map.erase(map.lower_bound(from), map.lower_bound(to));
          });
    }
    void add(Space space, std::string_view key, std::uint64_t delta) override {
      changes.push_back([at = std::pair(space, std::string(key)), delta](Map& map) {
        map[at] = little_endian64(from_little_endian64(map[at]) + delta);
      });
    }
    void chain(std::string_view entry) override {
      size += entry.size();
      changes.push_back([entry = std::string(entry)](Map& map) {
        auto behind = map.lower_bound({static_cast<Space>(static_cast<int>(Space::kChain) + 1), ""});
        std::uint64_t number = 0;
        std::string before = chain_begin();
        if (behind != map.begin() && (--behind)->first.first == Space::kChain) {
          number = from_big_endian(behind->first.second) + 1;
          before = parse_chain_record(behind->second)->link;
        }
        map[{Space::kChain, big_endian(number)}] = make_chain_record(before, entry);
      });
    }
    [[nodiscard]] std::size_t bytes() const override { return size; }

    std::vector<std::function<void(Map&)>> changes;
    std::size_t size = 0;
  };

  // Caller holds mutex_.
  void make_durable(std::size_t writes) {
    for (std::size_t i = 0; i < writes && i < unsynced_.size(); ++i) {
      for (const auto& change : unsynced_[i]) change(durable_);
    }
    unsynced_.erase(unsynced_.begin(),
                    unsynced_.begin() + static_cast<std::ptrdiff_t>(std::min(writes, unsynced_.size())));
  }

  [[nodiscard]] Map copy() const {
    const std::scoped_lock lock(mutex_);
    return map_;
  }

  mutable std::mutex mutex_;
  Map map_;
  bool losing_ = false;
  Map durable_;  // where losing_: what a stop leaves for sure
  std::vector<std::vector<std::function<void(Map&)>>> unsynced_;  // and the writes since
  absl::Status failure_, read_failure_;
  Space failing_space_ = Space::kMeta;
  std::function<void()> before_write_;
  int synced_ = 0;
};

}  // namespace copytaster::testing
