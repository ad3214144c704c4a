// A program of others, run as a child: no shell, and bounded in time, memory, processor and output, so that
// nothing it meets in its input harms the service. Any thread; nothing is thrown.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

struct ChildLimits {
  absl::Duration most_time = absl::Seconds(20);    // by the clock; of the processor's time as much
  std::size_t most_memory = std::size_t{1} << 30;  // bytes of address space
  std::size_t most_output = std::size_t{1} << 20;  // bytes on its standard output
  std::vector<std::pair<std::string, std::string>> environment = {};  // beside PATH; nothing else of ours
};

struct ChildEnd {
  int code = 0;        // what it exited with; 128 + the signal that killed it
  std::string output;  // any bytes
  std::string errors;  // the beginning of what it said on standard error, 2000 bytes at most
};

// Runs arguments[0], looked up in PATH, with `input` on its standard input, and waits for its end; what it
// has started itself ends with it. It writes no files. Its bounds are set before the first byte of input is
// there. Whatever its exit code, an end is no error. Errors: kNotFound: there is no such program;
// kDeadlineExceeded, kResourceExhausted: it took more time, said more than is allowed, and was killed;
// kCancelled: `stop` became true (looked at ten times a second); kInternal: the system refuses.
[[nodiscard]] absl::StatusOr<ChildEnd> run_child(const std::vector<std::string>& arguments,
                                                 std::string_view input, const ChildLimits& limits,
                                                 const std::atomic<bool>& stop);

}  // namespace copytaster
