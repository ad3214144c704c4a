// What this process has used so far, and the middle of what was measured. Linux; any thread.
#pragma once

#include <vector>

namespace copytaster {

[[nodiscard]] double cpu_microseconds();                  // of all threads
[[nodiscard]] double resident_bytes();                    // 0 where /proc is not there
[[nodiscard]] double median(std::vector<double> values);  // of an even number the upper one; of none 0

}  // namespace copytaster
