// Where an S3-compatible store is and how it is asked. Errors name the settings that hold it
// (docs/settings.md, [media]); never a key.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

struct S3Options {
  std::string endpoint;  // "https://s3.eu-west-3.amazonaws.com", "http://127.0.0.1:9000"
  std::string bucket;
  std::string region = "us-east-1";
  std::string prefix;           // before each key; empty, or "pictures", "house/pictures"
  bool bucket_in_host = false;  // https://BUCKET.ENDPOINT/KEY instead of https://ENDPOINT/BUCKET/KEY
  std::string access_key, secret_key;
  std::string ca_file;      // PEM; empty: the system's authorities
  bool plain_http = false;  // http:// also beyond loopback
  std::size_t max_object_bytes = std::size_t{64} << 20;
  std::size_t connections = 8;  // at once; more wait
  absl::Duration connect_timeout = absl::Seconds(5);
  absl::Duration try_timeout = absl::Seconds(60);  // of one request; one that stands still is cut earlier
  absl::Duration patience = absl::Seconds(15);     // for trying again
  std::function<void(absl::Duration)> sleep;       // null: the thread sleeps
};

// kInvalidArgument: what is wrong, by the setting's name.
absl::Status check_s3_options(const S3Options& options);

// The address of an object, or with an empty key of the bucket. `query` as S3 wants it signed: sorted by
// name, percent-encoded. The options are good.
[[nodiscard]] std::string s3_url(const S3Options& options, std::string_view key, std::string_view query = {});

}  // namespace copytaster
