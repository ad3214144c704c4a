// What verifying has found so far. Internal to app/verify*.cpp; one thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/verify.h"
#include "core/json.h"
#include "core/text.h"

namespace copytaster {

// Ids and messages may hold anything; they are told on one line.
[[nodiscard]] inline std::string in_one_line(std::string_view text) {
  const std::string quoted = json_quote(text);
  return quoted.substr(1, quoted.size() - 2);
}

// Which hashes were seen, by eight bytes each: of ten million captures 80 MB. Two that agree in them would
// hide each other's absence, once in some hundred thousand stores of that size.
class SeenHashes {
 public:
  void add(std::string_view hash) { seen_.push_back(stable_hash(hash)); }
  void close() {
    std::ranges::sort(seen_);
    seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
  }
  // After close().
  [[nodiscard]] bool contains(std::string_view hash) const {
    return std::ranges::binary_search(seen_, stable_hash(hash));
  }

 private:
  std::vector<std::uint64_t> seen_;
};

struct VerifyFindings {
  static constexpr std::size_t kMostBadCaptures = 100'000;

  void add(std::string line) {
    if (++report.problem_count <= VerifyReport::kMostProblems) report.problems.push_back(std::move(line));
  }

  VerifyReport report;
  SeenHashes chained;  // SHA-256 of captures that a link names
  // Captures that cannot be vouched for, and why: the posts from them are told with it.
  std::map<std::string, std::string, std::less<>> bad_captures;
};

}  // namespace copytaster
