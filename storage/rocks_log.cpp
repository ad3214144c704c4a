#include "storage/rocks_log.h"

#include <array>
#include <cstdarg>
#include <cstdio>

#include "core/log.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

class RocksLog final : public rocksdb::Logger {
 public:
  RocksLog() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}
  using rocksdb::Logger::Logv;
  // Lines without a level are RocksDB's headers: its options, its version.
  void Logv(const char*, std::va_list) override {}
  void Logv(const rocksdb::InfoLogLevel level, const char* format, std::va_list values) override {
    if (level < rocksdb::InfoLogLevel::WARN_LEVEL || level >= rocksdb::InfoLogLevel::HEADER_LEVEL) return;
    std::array<char, 1024> line;
    if (std::vsnprintf(line.data(), line.size(), format, values) < 0) return;
    const std::string text = to_valid_utf8(strip_space(line.data()));
    if (level == rocksdb::InfoLogLevel::WARN_LEVEL) {
      log_warn("store.rocksdb", "RocksDB warns", {{"error.message", text}});
    } else {
      log_error("store.rocksdb", "RocksDB reports an error", {{"error.message", text}});
    }
  }
};

}  // namespace

std::shared_ptr<rocksdb::Logger> make_rocks_log() { return std::make_shared<RocksLog>(); }

}  // namespace copytaster
