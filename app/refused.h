// What the processing cannot take in, as dead letters, and a parcel taken apart to find out which part of it
// that is. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/bus.h"
#include "core/copytaster.pb.h"
#include "core/key_value.h"

namespace copytaster {

// A post that cannot be processed or stored. `times`: how often it was handed on; 0: it is stored, and
// something else was to be made of it.
[[nodiscard]] DeadLetter refused_post(const Item& item, std::uint64_t times, const absl::Status& why,
                                      absl::Time now);
// The same of a part of a parcel, whatever is in it.
[[nodiscard]] DeadLetter refused_part(const Parcel& part, const absl::Status& why, absl::Time now);

// What of a turn can be taken in, and letters for the rest.
struct Sifted {
  Parcel good;
  std::vector<DeadLetter> letters;
};
// Parcels with one post, deletion, engagement, answer or picture each are tried, in order: those of `log` at
// the positions of `deliveries` (what was delivered may be used up), then `pictures` instead of their own.
// `trial` leaves nothing behind. An error that is not of the record ends it.
[[nodiscard]] absl::StatusOr<Sifted> sift(std::span<const Delivery> deliveries, const KeyValue& log,
                                          const std::vector<PictureResult>& pictures, absl::Time now,
                                          const std::function<absl::Status(const Parcel& part)>& trial);

// Whether an error may be the fault of what was to be done, and not of the disk or of a stop.
[[nodiscard]] bool may_be_of_the_record(const absl::Status& error);

}  // namespace copytaster
