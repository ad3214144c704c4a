// Pictures in an S3-compatible bucket, for many machines: objects PREFIX/ab/abcdef…, named by the SHA-256 of
// their bytes, as the folder names its files. Any thread; blocks while it asks, at most patience and one try.
//
// put: what is there already, whole as far as the server tells (size, SHA-256 checksum), is not sent again.
// Each upload carries its SHA-256 twice, in the signature and as a checksum that the server keeps: it refuses
// other bytes. get: bytes of another hash are asked for once more, then they are kDataLoss.
// Errors of all: kUnavailable (away, "slow down", nothing is lost, later it goes), kPermissionDenied and
// kFailedPrecondition (an operator must act; the message names the setting). has() says no when it cannot
// know, and logs why.
// each() lists by "start after this key": of buckets that list in order (AWS's directory buckets do not).
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/store.h"
#include "net/s3_options.h"

namespace copytaster {

// Asks nothing yet. kInvalidArgument: check_s3_options().
absl::StatusOr<std::unique_ptr<MediaStore>> make_s3_media(S3Options options);
// Whether the server, the bucket and the keys are right: reads the beginning of its list.
absl::Status look_at_s3(const S3Options& options);

}  // namespace copytaster
