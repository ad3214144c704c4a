// What RocksDB has to say, as events of our own log: an operator watches one log. Any thread.
//
// RocksDB's own LOG file is not written. On a full disk it would be the first file that fails, and then
// RocksDB 7.8 as Debian builds it ends the process by an assertion at the next line for it
// (file/writable_file_writer.h, AssertFalseAndGetStatusForPrevError).
#pragma once

#include <rocksdb/env.h>

#include <memory>

namespace copytaster {

[[nodiscard]] std::shared_ptr<rocksdb::Logger> make_rocks_log();

}  // namespace copytaster
