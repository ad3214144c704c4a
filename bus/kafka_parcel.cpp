#include "bus/kafka_parcel.h"

#include "bus/parcel_record.h"
#include "core/dead_letter.h"
#include "core/message_text.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostReason = 500;

std::string letter_id(const KafkaRecord& record, std::string_view what) {
  return str_cat("kafka:", static_cast<int>(record.topic), ":", record.partition, ":", record.offset, ":",
                 what);
}

}  // namespace

Parcel read_kafka_parcel(const KafkaRecord& record) {
  Parcel parcel;
  if (parcel.ParseFromString(record.value)) return parcel;
  parcel = read_parcel(static_cast<std::uint64_t>(record.offset), record.value);
  for (DeadLetter& letter : *parcel.mutable_dead_letters()) letter.set_id(letter_id(record, letter.id()));
  (void)make_text_valid(&parcel);
  return parcel;
}

Parcel unreadable_parcel(const KafkaRecord& record, std::string_view why, absl::Time now) {
  Parcel parcel;
  parcel.set_account_id(record.key);
  DeadLetter* const letter = parcel.add_dead_letters();
  letter->set_id(letter_id(record, "whole"));
  letter->set_account_id(record.key);
  letter->set_stage(std::string(letter_stage::kLog));
  letter->set_reason(std::string(why.substr(0, kMostReason)));
  set_payload(record.value, letter);
  set_timestamp(letter->mutable_at(), now);
  (void)make_text_valid(&parcel);
  return parcel;
}

}  // namespace copytaster
