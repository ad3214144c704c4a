// A collector on a machine of its own: the same poller as on one machine, over the accounts of those
// partitions that the consumer group of `<prefix>.accounts` gives it. All that it knows comes from Kafka, so
// that any collector can go on where another has stopped or died:
//   - it takes a partition over by a record of its own; the record's offset is its number as the owner, which
//   all it
//     writes carries. What an earlier owner writes later (one that was taken for dead and wakes) is told by
//     the lower number and passed by, here and at the desk;
//   - it reads where the accounts of the partition stand, and the posts that were handed on lately;
//   - then it polls them.
// One thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "app/known_posts.h"
#include "bus/kafka_bus.h"
#include "bus/kafka_member.h"
#include "bus/kafka_reader.h"
#include "bus/kafka_writer.h"
#include "collectors/poller.h"

namespace copytaster {

struct CollectRoleOptions {
  KafkaSettings kafka;
  PollerOptions poller;
  std::vector<Account> accounts;  // of all officials: the same list at every collector
  const Collectors* collectors = nullptr;
  const Clock* clock = nullptr;
  Fetcher* fetcher = nullptr;
  StreamOpener* streams = nullptr;
  MediaStore* media = nullptr;  // shared with the processors and the desk
};

class CollectRole {
 public:
  static absl::StatusOr<std::unique_ptr<CollectRole>> start(CollectRoleOptions options);
  ~CollectRole();
  CollectRole(const CollectRole&) = delete;
  CollectRole& operator=(const CollectRole&) = delete;

  // Takes over and gives away what the group says, then one turn of the poller. An error ends the role.
  absl::Status turn(absl::Duration wait);
  // How many accounts are this collector's.
  [[nodiscard]] std::size_t accounts() const { return mine_; }
  // Nothing is under way and nothing is due at the clock's time.
  [[nodiscard]] bool settled() const;

 private:
  explicit CollectRole(CollectRoleOptions options);
  absl::Status open();
  absl::Status take_one_over();
  absl::Status take_over(std::int32_t partition);
  // Returns the offset behind what was read.
  absl::StatusOr<std::int64_t> read_states(std::int32_t partition);
  absl::Status read_posts(std::int32_t partition);
  void give_away(std::int32_t partition);
  void follow_accounts();
  void take_state(const KafkaRecord& record, std::map<std::string, std::optional<Hold>>* holds);
  absl::Status take_hold(const KafkaRecord& record);
  absl::Status strip_erased();

  CollectRoleOptions o_;
  std::set<std::string, std::less<>> ids_;  // of all accounts
  std::unique_ptr<KafkaWriter> writer_;
  std::unique_ptr<KafkaReader> reader_;
  std::unique_ptr<KafkaMember> member_;
  RemoteKeyValue memory_;
  std::unique_ptr<KnownPosts> known_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Poller> poller_;              // null: no partition is ours
  std::map<std::int32_t, std::int64_t> owner_;  // of partitions that are taken over whole
  std::set<std::int32_t> to_take_;              // given to us, and not taken over yet
  // Erased accounts whose state on the topic still says more than that.
  std::map<std::string, Hold> to_strip_;
  absl::Time take_at_ = absl::InfinitePast();
  bool is_shared_anew_ = false;
  std::size_t mine_ = 0;
};

// Key of what people say of an account on `<prefix>.accounts`: "hold/ID". Its value is a Hold; none: it goes
// on.
[[nodiscard]] std::string hold_key(std::string_view account_id);
[[nodiscard]] KafkaRecord make_hold_record(const KafkaSettings& settings, std::string_view account_id,
                                           const std::optional<Hold>& hold);

}  // namespace copytaster
