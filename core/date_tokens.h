// The words, numbers and marks of a written date. Internal to core/date_reader.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copytaster {

struct DateToken {
  enum class Kind { kNumber, kWord, kMark };
  Kind kind = Kind::kMark;
  std::string text;  // words folded (core/text.h, fold_name); a mark is one character
  std::int64_t number = 0;
  std::size_t digits = 0;
  bool glued = false;  // nothing stands between it and the token before
};

// At most 40 tokens: what has more is no date. The parts that Korean, Chinese and Japanese dates name are '-'
// for days and ':' for hours.
[[nodiscard]] std::vector<DateToken> date_tokens(std::string_view text);

}  // namespace copytaster
