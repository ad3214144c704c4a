#include "app/refused.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "bus/parcel_record.h"
#include "core/bytes.h"
#include "core/dead_letter.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

std::string short_hash(std::string_view bytes) { return sha256_hex(bytes).substr(0, 32); }

void fill(std::string_view stage, const absl::Status& why, absl::Time now, DeadLetter* letter) {
  letter->set_stage(std::string(stage));
  letter->set_reason(to_valid_utf8(from_absl(why.message())));
  set_timestamp(letter->mutable_at(), now);
}

// One post, deletion, engagement or answer each; letters stay together. Without pictures.
std::vector<Parcel> parts_of(const Parcel& parcel) {
  Parcel head;
  head.set_account_id(parcel.account_id());
  head.set_capture_sha256(parcel.capture_sha256());
  head.set_trace_id(parcel.trace_id());
  head.set_prepared_by(parcel.prepared_by());
  std::vector<Parcel> parts;
  const auto part = [&]() -> Parcel& { return parts.emplace_back(head); };
  for (const Item& item : parcel.items()) *part().add_items() = item;
  for (const Deletion& deletion : parcel.deletions()) *part().add_deletions() = deletion;
  for (const EngagementAt& noted : parcel.engagements()) *part().add_engagements() = noted;
  for (const Action& action : parcel.actions()) *part().add_actions() = action;
  if (parcel.dead_letters_size() > 0) *part().mutable_dead_letters() = parcel.dead_letters();
  return parts;
}

}  // namespace

DeadLetter refused_post(const Item& item, std::uint64_t times, const absl::Status& why, absl::Time now) {
  DeadLetter letter;
  fill(times > 0 ? letter_stage::kProcess : letter_stage::kUpdate, why, now, &letter);
  // By hash: what makes an item impossible to store may be its id.
  letter.set_id(str_cat(letter.stage(), ":", short_hash(item.id()), ":", item.version()));
  letter.set_account_id(item.account_id());
  letter.set_capture_sha256(item.capture_sha256());
  letter.set_native_id(item.native_id());
  letter.set_counted(times);
  set_payload(times > 0 ? item.SerializeAsString() : std::string(), &letter);
  return letter;
}

DeadLetter refused_part(const Parcel& part, const absl::Status& why, absl::Time now) {
  if (part.items_size() == 1) return refused_post(part.items(0), 1, why, now);
  DeadLetter letter;
  fill(letter_stage::kUpdate, why, now, &letter);
  const std::string bytes = part.SerializeAsString();
  letter.set_id(str_cat(letter.stage(), ":", short_hash(bytes)));
  letter.set_account_id(part.account_id());
  letter.set_capture_sha256(part.capture_sha256());
  set_payload(bytes, &letter);
  return letter;
}

absl::StatusOr<Sifted> sift(std::span<const Delivery> deliveries, const KeyValue& log,
                            const std::vector<PictureResult>& pictures, absl::Time now,
                            const std::function<absl::Status(const Parcel& part)>& trial) {
  Sifted out;
  std::vector<Parcel> parts;
  for (const Delivery& delivery : deliveries) {
    CT_ASSIGN_OR_RETURN(const std::string bytes, log.get(Space::kLog, big_endian(delivery.position)));
    std::ranges::move(parts_of(read_parcel(delivery.position, bytes)), std::back_inserter(parts));
  }
  for (const PictureResult& picture : pictures) *parts.emplace_back().add_pictures() = picture;
  for (const Parcel& part : parts) {
    const absl::Status done = part.dead_letters_size() > 0 ? absl::OkStatus() : trial(part);
    if (done.ok()) {
      out.good.MergeFrom(part);
    } else if (may_be_of_the_record(done)) {
      out.letters.push_back(refused_part(part, done, now));
    } else {
      return done;
    }
  }
  return out;
}

bool may_be_of_the_record(const absl::Status& error) {
  return !error.ok() && !absl::IsUnavailable(error) && !absl::IsCancelled(error) &&
         !absl::IsFailedPrecondition(error) && !absl::IsResourceExhausted(error) &&
         !absl::IsDeadlineExceeded(error);
}

}  // namespace copytaster
