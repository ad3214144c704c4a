#include "storage/erasure_records.h"

#include <algorithm>
#include <mutex>

#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

constexpr std::string_view kSeparator("\0", 1);

template <typename Record>
absl::StatusOr<Record> parse(std::string_view bytes, std::string_view key) {
  Record record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return absl::DataLossError(str_cat("the record of an erasure ", key, " does not parse"));
  return record;
}

bool is_newer(const Erasure& a, const Erasure& b) {
  if (a.at().seconds() != b.at().seconds()) return a.at().seconds() > b.at().seconds();
  if (a.at().nanos() != b.at().nanos()) return a.at().nanos() > b.at().nanos();
  return a.id() < b.id();
}

}  // namespace

absl::Status ErasureRecords::load() {
  const std::unique_lock lock(mutex_);
  return kv_->scan(Space::kErasures, kTombstones, behind_prefix(kTombstones),
                   [&](std::string_view key, std::string_view) {
                     subjects_.insert(stable_hash(key.substr(kTombstones.size())));
                     return true;
                   });
}

absl::StatusOr<Tombstone> ErasureRecords::tombstone(std::string_view subject) const {
  static const absl::Status kNotErased = absl::NotFoundError("it was not erased");  // asked of every post
  {
    const std::shared_lock lock(mutex_);
    if (subjects_.empty() || !subjects_.contains(stable_hash(subject))) return kNotErased;
  }
  const std::string key = tombstone_key(subject);
  CT_ASSIGN_OR_RETURN(const std::string bytes, kv_->get(Space::kErasures, key));
  return parse<Tombstone>(bytes, key);
}

absl::StatusOr<std::vector<Erasure>> ErasureRecords::receipts(std::size_t limit) const {
  std::vector<Erasure> all;
  absl::Status bad;
  CT_RETURN_IF_ERROR(kv_->scan(Space::kErasures, kReceipts, behind_prefix(kReceipts),
                               [&](std::string_view key, std::string_view value) {
                                 auto receipt = parse<Erasure>(value, key);
                                 if (!receipt.ok()) return bad = receipt.status(), false;
                                 all.push_back(*std::move(receipt));
                                 return true;
                               }));
  CT_RETURN_IF_ERROR(bad);
  // The turn that met it may not touch the receipt, which the eraser counts on.
  absl::flat_hash_set<std::string> open;
  CT_RETURN_IF_ERROR(kv_->scan(Space::kErasures, kMetCaptures, behind_prefix(kMetCaptures),
                               [&](std::string_view key, std::string_view) {
                                 const std::string_view rest = key.substr(kMetCaptures.size());
                                 open.emplace(rest.substr(0, rest.find('/')));
                                 return true;
                               }));
  for (Erasure& receipt : all) {
    if (open.contains(receipt.id())) receipt.clear_files_at();
  }
  std::ranges::sort(all, is_newer);
  if (all.size() > limit) all.resize(limit);
  return all;
}

// In memory at once: a post that comes between staging and writing is refused rather than let in.
void ErasureRecords::stage_tombstone(WriteBatch& batch, const Tombstone& tombstone) {
  batch.put(Space::kErasures, tombstone_key(tombstone.subject()), tombstone.SerializeAsString());
  const std::unique_lock lock(mutex_);
  subjects_.insert(stable_hash(tombstone.subject()));
}

void ErasureRecords::stage_receipt(WriteBatch& batch, const Erasure& receipt) {
  batch.put(Space::kErasures, receipt_key(receipt.id()), receipt.SerializeAsString());
}

absl::Status ErasureRecords::stage_item(WriteBatch& batch, std::string_view item_id) const {
  batch.erase(Space::kItems, item_id);
  const std::string first = str_cat(item_id, kSeparator);
  return kv_->scan(Space::kVersions, first, behind_prefix(first),
                   [&](std::string_view key, std::string_view) {
                     batch.erase(Space::kVersions, key);
                     return true;
                   });
}

}  // namespace copytaster
