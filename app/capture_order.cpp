#include "app/capture_order.h"

#include "core/bytes.h"
#include "core/chain.h"
#include "core/copytaster.pb.h"
#include "core/status.h"

namespace copytaster {

absl::StatusOr<StringMap<std::uint64_t>> last_links(const KeyValue& key_value, const StringSet& captures) {
  StringMap<std::uint64_t> links;
  Capture head;
  CT_RETURN_IF_ERROR(key_value.scan(Space::kChain, "", "", [&](std::string_view key, std::string_view value) {
    const auto record = parse_chain_record(value);
    if (record.ok() && !record->entry.empty() && head.ParseFromString(record->entry) &&
        captures.contains(head.sha256()))
      links.insert_or_assign(head.sha256(), from_big_endian(key));
    return true;
  }));
  return links;
}

}  // namespace copytaster
