// How far the log on the bus was acknowledged, in a file beside the database: what of its tail is missing at
// the next start can then be told by number. RocksDB's recovery takes a log that ends early, or whose last
// record is damaged, for the end that a stop in mid-write leaves (docs/decisions/0003-durability.md).
//
// The file is written in place and not synced: it outlives the process, not a power cut, after which it may
// be behind (then less is told) but never ahead.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace copytaster {

class TailMark {
 public:
  // Opens or makes DIR/marks/log. A file that holds no mark counts as 0. kUnavailable: I/O.
  static absl::StatusOr<std::unique_ptr<TailMark>> open(const std::string& directory);
  // What the file says, without making one: 0 where there is none.
  static absl::StatusOr<std::uint64_t> read(const std::string& directory);
  ~TailMark();
  TailMark(const TailMark&) = delete;
  TailMark& operator=(const TailMark&) = delete;

  // Everything before it was acknowledged when the file was opened.
  [[nodiscard]] std::uint64_t found() const { return found_; }
  // Everything before `position` is acknowledged. One thread at a time. A failure is logged once: the mark
  // helps to tell, nothing rests on it.
  void raise(std::uint64_t position);

 private:
  TailMark(int file, std::string path, std::uint64_t found)
      : file_(file), path_(std::move(path)), found_(found) {}
  int file_;
  std::string path_;
  std::uint64_t found_;
  bool failed_ = false;
};

}  // namespace copytaster
