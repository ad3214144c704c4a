// The database as a collector on a machine of its own sees it: what it writes goes to Kafka (kafka_bus.h),
// and of what is known it holds in memory only what it needs: where its accounts stand, and their recent
// posts. The Store over it is the same as on one machine.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/key_value.h"

namespace copytaster {

// What one batch holds for the topics. Counters and links of the chain are made where the records are stored.
class RemoteBatch final : public WriteBatch {
 public:
  void put(Space space, std::string_view key, std::string_view value) override;
  void erase(Space /*space*/, std::string_view /*key*/) override {}
  void erase_range(Space /*space*/, std::string_view /*begin*/, std::string_view /*end*/) override {}
  void add(Space /*space*/, std::string_view /*key*/, std::uint64_t /*delta*/) override {}
  void chain(std::string_view /*entry*/) override {}
  [[nodiscard]] std::size_t bytes() const override { return bytes_; }
  void clear();

  std::vector<Capture> captures;
  std::vector<AccountState> accounts;
  std::vector<DeadLetter> letters;
  // What was staged does not parse, or is of a space that no collector writes.
  absl::Status staged;

 private:
  std::size_t bytes_ = 0;
};

class RemoteKeyValue final : public KeyValue {
 public:
  using Send = std::function<absl::Status(RemoteBatch& batch, Durability durability)>;
  // Where write() hands its batches; before the first.
  void send_by(Send send) { send_ = std::move(send); }

  // Puts into memory and nowhere else; only Space::kItems and Space::kAccounts.
  void remember(Space space, std::string_view key, std::string value);
  void forget(Space space, std::string_view key);

  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override { return std::make_unique<RemoteBatch>(); }
  absl::Status write(WriteBatch& batch, Durability durability) override;
  [[nodiscard]] absl::StatusOr<std::string> get(Space space, std::string_view key) const override;
  absl::Status scan(Space space, std::string_view from, std::string_view until,
                    const std::function<bool(std::string_view, std::string_view)>& visit) const override;
  [[nodiscard]] absl::StatusOr<std::string> last_key(Space space) const override;

 private:
  using Records = std::map<std::string, std::string, std::less<>>;
  // Null: nothing of this space is held. Caller holds mutex_.
  [[nodiscard]] const Records* records(Space space) const;

  Send send_;
  mutable std::mutex mutex_;
  Records items_, accounts_;
};

}  // namespace copytaster
