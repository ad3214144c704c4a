// What of an erased post is still to be erased: where its words and pictures stand apart from its record.
// Written in the batch that takes the post out, gone when all of it is done; a stop between goes on from it.
// docs/formats.md, space `erasures`. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

struct ErasureWork {
  std::string item_id, account_id, native_id;
  std::int64_t since = 0;  // Unix seconds when the house first had it; 0: not known
  StringSet captures;      // SHA-256 of those that its versions came in
  StringSet pictures;      // SHA-256 of its pictures' bytes

  void note(const Item& version);
};

[[nodiscard]] std::string to_bytes(const ErasureWork& work);
// kDataLoss: no such record was ever written.
[[nodiscard]] absl::StatusOr<ErasureWork> parse_erasure_work(std::string_view bytes);

// The post without anything that it said: who, where, when, and that it is gone.
[[nodiscard]] Item blank_of(const Item& item);

}  // namespace copytaster
