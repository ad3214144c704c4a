#include "storage/schema.h"

#include <array>
#include <string>

#include "core/bytes.h"
#include "core/copytaster.pb.h"
#include "core/crash_point.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/chain_entry.h"

namespace copytaster {
namespace {

constexpr std::string_view kSchemaKey = "schema";
constexpr std::string_view kReachedKey = "migration/reached";
constexpr std::size_t kRecordsABatch = 256;

absl::StatusOr<std::string> reached(const KeyValue& store) {
  auto found = store.get(Space::kMeta, kReachedKey);
  if (absl::IsNotFound(found.status())) return std::string();
  return found;
}

// Schema 2: every capture is in the chain. Those of before are chained in the order of their keys, for when
// they came is not to be proved any more.
absl::Status chain_captures(KeyValue& store) {
  CT_ASSIGN_OR_RETURN(std::string last, reached(store));
  while (true) {
    const auto batch = store.batch();
    std::size_t taken = 0;
    absl::Status bad;
    const std::string from = last;
    CT_RETURN_IF_ERROR(
        store.scan(Space::kCaptures, from, "", [&](std::string_view key, std::string_view value) {
          if (key == from) return true;  // done in the batch before
          Capture capture;
          if (!capture.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            bad = absl::DataLossError(str_cat("the capture ", key, " does not parse: restore the backup"));
            return false;
          }
          batch->chain(make_chain_entry(capture));
          last = std::string(key);
          return ++taken < kRecordsABatch;
        }));
    CT_RETURN_IF_ERROR(bad);
    if (taken == 0) return absl::OkStatus();
    batch->put(Space::kMeta, kReachedKey, last);
    CT_RETURN_IF_ERROR(store.write(*batch, Durability::kSynced));
    crash_point(CrashPoint::kMigrationBatch);
  }
}

// Schema 3: the spaces erasures and stamps, which opening makes.
absl::Status add_spaces(KeyValue& /*store*/) { return absl::OkStatus(); }

// The step that ends in schema `to` stands at to - 2.
constexpr std::array<absl::Status (*)(KeyValue&), kSchema - 1> kSteps = {chain_captures, add_spaces};

absl::Status set_schema(KeyValue& store, std::uint64_t schema) {
  const auto batch = store.batch();
  batch->put(Space::kMeta, kSchemaKey, little_endian64(schema));
  batch->erase(Space::kMeta, kReachedKey);
  return store.write(*batch, Durability::kSynced);
}

absl::Status migrate(KeyValue& store, std::uint64_t schema) {
  for (; schema < kSchema; ++schema) {
    const absl::Time begun = absl::Now();
    log_info(
        "store.migrating", "The store is being brought to this program's schema; a stop does no harm",
        {{"store.schema", schema},
         {"store.schema_next", schema + 1},
         {"hint", "an older program does not read it afterwards: the way back is the backup made before"}});
    CT_RETURN_IF_ERROR(kSteps[schema - 1](store));
    crash_point(CrashPoint::kMigrationNumber);
    CT_RETURN_IF_ERROR(set_schema(store, schema + 1));
    log_info("store.migrated", "The store has this program's schema",
             {{"store.schema", schema + 1}, duration_field(absl::Now() - begun)});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status older_store() {
  return absl::FailedPreconditionError(
      str_cat("the store is of an older schema than ", kSchema,
              ", and is opened for reading only: start the service on it once (copytaster run), which brings "
              "it to this schema; make a backup before (copytaster backup DIR)"));
}

absl::Status newer_store(std::string_view what) {
  return absl::FailedPreconditionError(str_cat("the store ", what, ", this program reads schema ", kSchema,
                                               ": use the program that wrote it, or a newer one"));
}

absl::Status open_schema(KeyValue& store, OpenMode mode) {
  const auto found = store.get(Space::kMeta, kSchemaKey);
  if (absl::IsNotFound(found.status())) {
    if (mode == OpenMode::kReadOnly) return absl::NotFoundError("the store is empty: it was never written");
    return set_schema(store, kSchema);
  }
  CT_RETURN_IF_ERROR(found.status());
  const std::uint64_t schema = from_little_endian64(*found);
  if (schema > kSchema || schema == 0) return newer_store(str_cat("has schema ", schema));
  if (schema == kSchema) return absl::OkStatus();
  return mode == OpenMode::kReadOnly ? older_store() : migrate(store, schema);
}

}  // namespace copytaster
