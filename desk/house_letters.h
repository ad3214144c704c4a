// What the desk may ask of the house about dead letters, wired by app. Any of the server's threads.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/balance.h"
#include "desk/dead_letter_digest.h"

namespace copytaster {

// What came of trying a dead letter again.
struct LetterAnswer {
  std::string id;
  bool read = false;        // the letter is gone; else it stays, and `why` says why
  std::uint64_t posts = 0;  // handed on by that; 0: nothing was missing
  std::uint32_t attempts = 0;
  std::string why;
};

struct HouseLetters {
  // For /api/status; empty: nothing is said of them.
  std::function<absl::StatusOr<DeadLetterDigest>()> digest = nullptr;
  // kNotFound: no such letter. kResourceExhausted: the log is full. Empty: cannot be done here.
  std::function<absl::StatusOr<LetterAnswer>(std::string_view id)> retry = nullptr;
  // Whether the sum holds. Empty: nothing is said of it.
  std::function<Balance()> balance = nullptr;
};

}  // namespace copytaster
