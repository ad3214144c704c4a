#include "core/chain.h"

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// Forms of a record: its first byte.
constexpr char kWhole = 1;
constexpr char kErased = 2;
constexpr std::size_t kHead = 1 + kLinkBytes;
// No other hash of ours begins with it.
constexpr std::string_view kDomain = "copytaster chain 1\n";

}  // namespace

std::string chain_begin() { return std::string(kLinkBytes, '\0'); }

std::string chain_link(std::string_view before, std::string_view entry_hash) {
  return sha256_bytes(str_cat(kDomain, before, entry_hash));
}

std::string make_chain_record(std::string_view before, std::string_view entry) {
  return str_cat(std::string_view(&kWhole, 1), chain_link(before, sha256_bytes(entry)), entry);
}

std::string erase_chain_record(const ChainRecord& record, std::string_view receipt) {
  return str_cat(std::string_view(&kErased, 1), record.link, record.entry_hash, receipt);
}

absl::StatusOr<ChainRecord> parse_chain_record(std::string_view bytes) {
  if (bytes.size() < kHead) return absl::DataLossError("a record of the chain is cut short");
  ChainRecord record;
  record.link = std::string(bytes.substr(1, kLinkBytes));
  const std::string_view rest = bytes.substr(kHead);
  if (bytes[0] == kWhole) {
    record.entry = std::string(rest);
    record.entry_hash = sha256_bytes(rest);
    return record;
  }
  if (bytes[0] != kErased || rest.size() < kLinkBytes)
    return absl::DataLossError("a record of the chain has a form that was never written");
  record.entry_hash = std::string(rest.substr(0, kLinkBytes));
  record.receipt = std::string(rest.substr(kLinkBytes));
  return record;
}

}  // namespace copytaster
