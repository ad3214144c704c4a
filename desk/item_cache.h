// Items as a draft needs them: each read from the store once, and the same bytes for all of one draft.
// One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

class ItemCache {
 public:
  explicit ItemCache(const StoreReader& reader) : reader_(reader) {}
  // Pointers live as long as the cache. Errors as StoreReader's.
  absl::StatusOr<const Item*> newest(std::string_view item_id);
  // kNotFound when there is no such version.
  absl::StatusOr<const Item*> version(std::string_view item_id, std::uint32_t version);

 private:
  const StoreReader& reader_;
  std::deque<Item> items_;
  StringMap<const Item*> newest_;
  StringMap<const Item*> versions_;  // id, '#', version
};

}  // namespace copytaster
