// Whether all that is stored is as it was written: the chain of evidence link by link, each capture's bytes,
// each post against its capture and its own hash, each picture, and every block of every file. Reads only; a
// running service may write meanwhile, for what it adds stands behind what was there at the beginning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

struct VerifyReport {
  static constexpr std::size_t kMostProblems = 200;
  std::uint64_t links = 0, erased = 0;    // of the chain
  std::uint64_t captures = 0;             // whose bytes are those that were fetched
  std::uint64_t posts = 0, versions = 0;  // that are as they were written; older versions apart
  std::uint64_t unproven = 0;             // of these, whose capture was erased, with a receipt
  std::uint64_t pictures = 0;             // files whose bytes have the name that they stand under
  std::uint64_t records = 0;              // of the other spaces, that can be read
  std::string last_link;                  // 64 hex digits: who notes it elsewhere can prove all before it
  std::uint64_t stamps = 0, stamps_trusted = 0;  // time stamps that fit; whose authority was checked
  std::uint64_t stamped_link = 0;                // number of the last of them, where there is one
  std::string stamped_at, stamped_by;            // "2022-04-14T09:00:00Z"; the authority's name
  std::uint64_t problem_count = 0;
  std::vector<std::string>
      problems;  // the first of them, one line each, with the post's id where it costs one
};

// What was acknowledged, as the marks beside the database say. Read before the database is opened: what a
// running service acknowledges later is then no loss.
struct VerifyMarks {
  std::uint64_t actions = 0;  // editors' actions
  std::uint64_t log = 0;      // everything on the bus before it
};

// `data` is the folder that the search index stands in: posts whose own records cannot be read are named from
// it and from the stories. `ca_file`: whom time stamps must come from (PEM); empty: anybody. Errors: only
// what makes looking impossible; damage is a problem in the report.
absl::StatusOr<VerifyReport> verify_store(const KeyValue& key_value, const MediaStore& media,
                                          const std::string& data, const VerifyMarks& marks = {},
                                          const std::string& ca_file = {});

}  // namespace copytaster
