// Times on the wire. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace copytaster {

// Any date a feed or a platform writes: RFC 3339, W3CDTF, ISO 8601 basic and week/ordinal dates, RFC 822/1123
// with named zones, asctime, and what publishers really write ("Lundi, 16. Novembre 2020 - 15:54", "Apr 16,
// 2023 08:01 GMT"). Without a zone: UTC. nullopt when it is no date: never a guess, never outside years 1 to
// 9999.
[[nodiscard]] std::optional<absl::Time> parse_date(std::string_view text);

// Clamped to what google.protobuf.Timestamp holds (years 1 to 9999).
void set_timestamp(google::protobuf::Timestamp* out, absl::Time when);
[[nodiscard]] absl::Time to_time(const google::protobuf::Timestamp& stamp);
// "2022-04-14T08:12:00Z", fraction only when there is one.
[[nodiscard]] std::string format_rfc3339(absl::Time when);

}  // namespace copytaster
