// Opens (or makes) the house's data directory:
//   DIR/db        RocksDB: bus, items, captures, accounts (docs/formats.md)
//   DIR/media     pictures by SHA-256
//   DIR/search    Xapian, rebuildable
//   DIR/marks     high-water mark of what cannot be fetched again
#pragma once

#include <memory>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

enum class OpenMode {
  kReadWrite,  // one process at a time; makes the directory
  kReadOnly,   // beside a running service or on a copy; kNotFound when there is none
};

// kFailedPrecondition: another process has it, or the schema is newer than this program (the message
// says which). kDataLoss: damaged below the high-water mark; says what.
absl::StatusOr<std::unique_ptr<KeyValue>> open_key_value(const std::string& directory, OpenMode mode);
// Reads every block of every file of the database and compares its checksum. Any thread; minutes for large
// ones. kDataLoss: the first file that is damaged, by name. Databases that are no files are sound.
absl::Status check_files(const KeyValue& key_value);
// What was erased, or written over, leaves the files of these spaces: they are written anew as a whole, and
// old ends of the write-ahead log removed. Any thread, beside others that read and write; minutes for large
// ones. Whoever reads meanwhile keeps the files that it reads until it has done. Databases that are no files:
// OK.
absl::Status rewrite_files(KeyValue& key_value, std::span<const Space> spaces);
// `key_value` outlives the store.
absl::StatusOr<std::unique_ptr<Store>> open_store(KeyValue* key_value, const std::string& directory,
                                                  OpenMode mode);
absl::StatusOr<std::unique_ptr<MediaStore>> open_folder_media(const std::string& directory, OpenMode mode);

}  // namespace copytaster
