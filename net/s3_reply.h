// What an S3 server says in XML: which objects there are, and why it refuses. A strict reader of the few
// elements that are needed, of bounded input; no entities but XML's own five and numbers, no DOCTYPE. Pure.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, …/ErrorResponses.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace copytaster {

struct S3Error {
  std::string code;    // "SlowDown": letters, digits and dots, at most 64; empty: the body is none of S3's
  std::string region;  // where the bucket is, if it says so; as short and plain
};
// The server's own words are left out: they may hold keys and names.
[[nodiscard]] S3Error read_s3_error(std::string_view xml);

struct S3Listing {
  std::vector<std::string> keys;  // in the server's order
  bool is_truncated = false;      // there are more behind the last
};
// kUnavailable: it is not a whole listing, and says where it ends to be one.
[[nodiscard]] absl::StatusOr<S3Listing> read_s3_listing(std::string_view xml);

}  // namespace copytaster
