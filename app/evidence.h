// The captures behind what is stored, written as one WARC file. Reads a store from any thread; holds one
// capture at a time, and of the others hash and date.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

struct EvidenceReport {
  static constexpr std::size_t kMostProblems = 50;
  std::uint64_t captures = 0;
  std::uint64_t records = 0;
  std::uint64_t without_capture = 0;  // posts and dead letters that name none
  std::uint64_t erased = 0;           // captures that were erased, with a receipt: not in the file
  std::uint64_t problem_count = 0;    // what could not be written
  std::vector<std::string> problems;  // the first of them, one line each
};

// Writes every capture that a post, one of its older versions or a dead letter points at, in the order in
// which they were fetched. The same store gives the same bytes. What is missing or damaged is left out and
// told. Errors: those of `out`, and of a database that cannot be read.
absl::StatusOr<EvidenceReport> write_evidence(const KeyValue& key_value, const StoreReader& store,
                                              const std::function<absl::Status(std::string_view)>& out);

}  // namespace copytaster
