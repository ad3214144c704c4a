// WARC/1.1 (ISO 28500:2017) made from what was fetched, so that the evidence can be read and replayed by
// other archives' programs. What is in which record: docs/formats.md. Pure; any thread.
//
// Nothing that a server sent can begin a record or a field of its own: URLs are escaped, values lose their
// control characters, and a body's end is told by its length alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The first record of a file, which the others name by its id.
struct WarcInfo {
  std::string id;  // "<urn:uuid:…>"
  std::string record;
};
// `contents` tells files with other captures apart (any text); the same arguments give the same bytes.
[[nodiscard]] WarcInfo make_warc_info(std::string_view software, std::string_view notice, absl::Time date,
                                      std::string_view contents);

// A capture's records: a response (of a web server) or a resource (a message of a stream, what was brought in
// by hand), then the metadata on how it came. Ids are made from the capture's hash. Its cursor is left out:
// it belongs to the collector.
inline constexpr std::uint64_t kWarcRecordsOfCapture = 2;
[[nodiscard]] std::string make_warc_records(const Capture& capture, std::string_view warc_info_id);

}  // namespace copytaster
