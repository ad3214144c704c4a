#include "bus/kafka_bus.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <utility>

#include "core/crash_point.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// What of a parcel may be sent: it grows when its posts are processed.
constexpr std::size_t kMaxParcelBytes = kMaxKafkaRecordBytes / 2;
constexpr std::size_t kMaxDeadLetterBytes = 64 << 10;

// A post that no record can hold.
DeadLetter too_large(const Item& item) {
  DeadLetter letter;
  letter.set_id(str_cat("send:", item.id(), ":", item.content_hash()));
  letter.set_account_id(item.account_id());
  letter.set_capture_sha256(item.capture_sha256());
  letter.set_stage("store");
  letter.set_reason(str_cat("the post has ", item.ByteSizeLong(), " bytes, a record of the bus ",
                            kMaxParcelBytes, " at most"));
  letter.set_native_id(item.native_id());
  letter.set_payload(item.SerializeAsString().substr(0, kMaxDeadLetterBytes));
  letter.set_cut(true);
  *letter.mutable_at() = item.collected_at();
  return letter;
}

// In parts that can be sent, in order; what goes with the items goes with the last, behind them all.
void split_into(Parcel parcel, std::vector<Parcel>* parts) {
  if (parcel.ByteSizeLong() <= kMaxParcelBytes) return parts->push_back(std::move(parcel));
  if (parcel.items_size() <= 1) {
    if (parcel.items_size() == 1) *parcel.add_dead_letters() = too_large(parcel.items(0));
    parcel.clear_items();
    return parts->push_back(std::move(parcel));
  }
  const int half = parcel.items_size() / 2;
  Parcel first;
  first.set_account_id(parcel.account_id());
  first.set_capture_sha256(parcel.capture_sha256());
  first.set_trace_id(parcel.trace_id());
  for (int i = 0; i < half; ++i) *first.add_items() = std::move(*parcel.mutable_items(i));
  parcel.mutable_items()->DeleteSubrange(0, half);
  split_into(std::move(first), parts);
  split_into(std::move(parcel), parts);
}

bool is_empty(const Parcel& parcel) { return parcel.ByteSizeLong() == 0; }

class KafkaBus final : public Bus {
 public:
  KafkaBus(KafkaWriter* writer, RemoteKeyValue* key_value, KafkaBusOptions options)
      : writer_(writer), key_value_(key_value), options_(std::move(options)) {
    key_value->send_by([this](RemoteBatch& batch, Durability durability) {
      return ship({}, &batch, durability == Durability::kSynced, absl::ZeroDuration());
    });
  }

  absl::Status append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration wait) override {
    if (closed_) return absl::CancelledError("the bus is closed");
    auto* const batch = dynamic_cast<RemoteBatch*>(together);
    CT_RETURN_IF_ERROR(ship(parcels, batch, false, wait));
    if (batch != nullptr) batch->clear();
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Delivery>> poll(std::string_view, std::size_t, absl::Duration) override {
    return absl::UnimplementedError("a collector's bus is not read");
  }
  absl::Status commit(std::string_view, std::uint64_t, WriteBatch*) override {
    return absl::UnimplementedError("a collector's bus is not read");
  }
  [[nodiscard]] std::uint64_t lag(std::string_view) const override { return 0; }
  [[nodiscard]] std::uint64_t position(std::string_view) const override { return 0; }
  void close() override { closed_ = true; }

 private:
  absl::StatusOr<std::int64_t> owner(std::int32_t partition) const {
    const std::int64_t mine = partition < 0 ? -1 : options_.owner(partition);
    if (mine < 0) return absl::AbortedError("the account is another collector's by now");
    return mine;
  }

  absl::StatusOr<KafkaRecord> record(KafkaTopic topic, std::string_view account_id, std::string_view type,
                                     std::string value, std::string_view trace_id = {}) const {
    const std::int32_t partition =
        account_id.empty() ? options_.any_partition() : partition_of(options_.settings, account_id);
    CT_ASSIGN_OR_RETURN(const std::int64_t mine, owner(partition));
    KafkaRecord made = make_kafka_record(topic, partition, account_id, type, std::move(value), trace_id);
    made.headers.emplace_back(kafka_header::kOwner, str_cat(mine));
    return made;
  }

  absl::Status ship(std::span<const Parcel> parcels, RemoteBatch* batch, bool wait_for_state,
                    absl::Duration wait) {
    const RemoteBatch none;
    const RemoteBatch& with = batch == nullptr ? none : *batch;
    CT_RETURN_IF_ERROR(with.staged);
    const std::vector<Parcel> parts = to_send(parcels, with);
    std::vector<KafkaRecord> records;
    for (const Capture& capture : with.captures) {
      CT_ASSIGN_OR_RETURN(records.emplace_back(), record(KafkaTopic::kCaptures, capture.account_id(),
                                                         "Capture", capture.SerializeAsString()));
    }
    for (const Parcel& parcel : parts) {
      CT_ASSIGN_OR_RETURN(records.emplace_back(), record(KafkaTopic::kItems, parcel.account_id(), "Parcel",
                                                         parcel.SerializeAsString(), parcel.trace_id()));
    }
    CT_RETURN_IF_ERROR(writer_->write(records, std::max(wait, options_.least_wait)));
    if (options_.on_sent) std::ranges::for_each(parts, options_.on_sent);
    crash_point(CrashPoint::kCommitBefore);
    CT_RETURN_IF_ERROR(ship_states(with.accounts, wait_for_state));
    crash_point(CrashPoint::kCommitAfter);
    return absl::OkStatus();
  }

  // Letters travel with the parcel of their account.
  static std::vector<Parcel> to_send(std::span<const Parcel> parcels, const RemoteBatch& with) {
    std::vector<Parcel> whole;
    for (const Parcel& parcel : parcels) {
      if (!is_empty(parcel)) whole.push_back(parcel);
    }
    for (const DeadLetter& letter : with.letters) {
      auto place = std::ranges::find(whole, letter.account_id(), &Parcel::account_id);
      if (place == whole.end()) {
        whole.emplace_back().set_account_id(letter.account_id());
        place = whole.end() - 1;
        place->set_capture_sha256(letter.capture_sha256());
      }
      *place->add_dead_letters() = letter;
    }
    std::vector<Parcel> parts;
    for (Parcel& parcel : whole) split_into(std::move(parcel), &parts);
    return parts;
  }

  // What is sent and not waited for is sent in its order: of an account the newest stays. If it is lost, we
  // ask again.
  absl::Status ship_states(const std::vector<AccountState>& states, bool wait_for_state) {
    for (const AccountState& state : states) {
      std::string bytes = state.SerializeAsString();
      if (options_.is_account(state.account_id())) {
        CT_ASSIGN_OR_RETURN(KafkaRecord one,
                            record(KafkaTopic::kAccounts, state.account_id(), "AccountState", bytes));
        if (wait_for_state) {
          CT_RETURN_IF_ERROR(writer_->write({&one, 1U}, options_.least_wait));
        } else {
          writer_->send(one);
        }
      }
      key_value_->remember(Space::kAccounts, state.account_id(), std::move(bytes));
    }
    return absl::OkStatus();
  }

  KafkaWriter* writer_;
  RemoteKeyValue* key_value_;
  KafkaBusOptions options_;
  std::atomic<bool> closed_{false};
};

}  // namespace

std::unique_ptr<Bus> make_kafka_bus(KafkaWriter* writer, RemoteKeyValue* key_value, KafkaBusOptions options) {
  return std::make_unique<KafkaBus>(writer, key_value, std::move(options));
}

}  // namespace copytaster
