// The chain of evidence: records numbered from 0, each with a hash over itself and all before it, so that
// nothing can be changed, taken out or put in between without every later link telling. Pure; any thread.
// Bytes of a record: docs/formats.md.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace copytaster {

inline constexpr std::size_t kLinkBytes = 32;

// What the first record is linked to.
[[nodiscard]] std::string chain_begin();

struct ChainRecord {
  std::string link;        // kLinkBytes
  std::string entry_hash;  // SHA-256 of the entry, kLinkBytes
  std::string entry;       // empty where it was erased
  std::string receipt;     // of the erasure; empty where the entry is there
};

// The record of `entry` behind the one whose link is `before`.
[[nodiscard]] std::string make_chain_record(std::string_view before, std::string_view entry);
// The same record without what it holds: links stay good, for they hold the entry's hash.
[[nodiscard]] std::string erase_chain_record(const ChainRecord& record, std::string_view receipt);
// kDataLoss: no such record was ever written. Whether the link is right only the record before can tell.
[[nodiscard]] absl::StatusOr<ChainRecord> parse_chain_record(std::string_view bytes);
// The link that a record must have.
[[nodiscard]] std::string chain_link(std::string_view before, std::string_view entry_hash);

}  // namespace copytaster
