#include "bus/remote_key_value.h"

#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

template <typename Record>
void take(std::string_view value, std::vector<Record>* into, absl::Status* staged) {
  Record record;
  if (record.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    into->push_back(std::move(record));
  } else if (staged->ok()) {
    *staged = absl::InternalError("a record that was staged does not parse");
  }
}

}  // namespace

void RemoteBatch::put(Space space, std::string_view key, std::string_view value) {
  bytes_ += key.size() + value.size();
  switch (space) {
    case Space::kCaptures:
      return take(value, &captures, &staged);
    case Space::kAccounts:
      return take(value, &accounts, &staged);
    case Space::kDeadLetters:
      return take(value, &letters, &staged);
    default:
      if (staged.ok())
        staged = absl::InternalError("a collector writes captures, accounts and dead letters only");
  }
}

void RemoteBatch::clear() {
  captures.clear();
  accounts.clear();
  letters.clear();
  staged = absl::OkStatus();
  bytes_ = 0;
}

void RemoteKeyValue::remember(Space space, std::string_view key, std::string value) {
  const std::scoped_lock lock(mutex_);
  (space == Space::kItems ? items_ : accounts_).insert_or_assign(std::string(key), std::move(value));
}

void RemoteKeyValue::forget(Space space, std::string_view key) {
  const std::scoped_lock lock(mutex_);
  Records& records = space == Space::kItems ? items_ : accounts_;
  if (const auto found = records.find(key); found != records.end()) records.erase(found);
}

absl::Status RemoteKeyValue::write(WriteBatch& batch, Durability durability) {
  auto& ours = dynamic_cast<RemoteBatch&>(batch);
  CT_RETURN_IF_ERROR(ours.staged);
  CT_RETURN_IF_ERROR(send_(ours, durability));
  ours.clear();
  return absl::OkStatus();
}

const RemoteKeyValue::Records* RemoteKeyValue::records(Space space) const {
  if (space == Space::kItems) return &items_;
  return space == Space::kAccounts ? &accounts_ : nullptr;
}

absl::StatusOr<std::string> RemoteKeyValue::get(Space space, std::string_view key) const {
  const std::scoped_lock lock(mutex_);
  const Records* const held = records(space);
  if (held == nullptr) return absl::NotFoundError("a collector holds no such records");
  const auto found = held->find(key);
  if (found == held->end()) return absl::NotFoundError("no such key");
  return found->second;
}

absl::Status RemoteKeyValue::scan(
    Space space, std::string_view from, std::string_view until,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  Records snapshot;
  {
    const std::scoped_lock lock(mutex_);
    if (const Records* const held = records(space)) snapshot = *held;
  }
  for (auto at = snapshot.lower_bound(from); at != snapshot.end(); ++at) {
    if (!until.empty() && at->first >= until) break;
    if (!visit(at->first, at->second)) break;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> RemoteKeyValue::last_key(Space space) const {
  const std::scoped_lock lock(mutex_);
  const Records* const held = records(space);
  if (held == nullptr || held->empty()) return absl::NotFoundError("the space is empty");
  return held->rbegin()->first;
}

}  // namespace copytaster
