// The lists of language_lists.h, to be looked up by letter and by word.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "processors/language_lists.h"

namespace copytaster {

// Immutable; any thread.
class CloseIndex {
 public:
  using Mask = std::uint64_t;                     // a bit a list
  static constexpr char32_t kLettersEnd = 0x530;  // Latin and Cyrillic alphabets lie below

  // Built at the first call, in about a tenth of a millisecond.
  static const CloseIndex& get();

  // The lists of the languages in `codes` ("nb nn da sv") that are in the script asked for.
  [[nodiscard]] Mask of(std::string_view codes, bool cyrillic) const;
  // All lists in Cyrillic or in Latin letters.
  [[nodiscard]] Mask script(bool cyrillic) const { return cyrillic ? all() & ~latin_ : latin_; }
  [[nodiscard]] std::string_view code(std::size_t list) const { return codes_[list]; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // The lists whose alphabet has the small letter `c`; 0 also for letters that are not listed.
  [[nodiscard]] Mask letter(char32_t c) const { return c < kLettersEnd ? letters_[c] : 0; }
  // Those of `candidates` that have the word, which is in lower case, or else one that begins or ends like
  // it.
  [[nodiscard]] Mask word(std::string_view lower, Mask candidates) const;

 private:
  using Table = absl::flat_hash_map<std::string_view, Mask>;

  CloseIndex();
  [[nodiscard]] Mask all() const { return (Mask{1} << size_) - 1; }
  void add(const CloseLanguage& language);
  static void fill(std::string_view list, Mask bit, Table* table);
  static Mask find(const Table& table, std::string_view key);

  std::array<std::string_view, 64> codes_ = {};
  std::size_t size_ = 0;
  Mask latin_ = 0;
  std::array<Mask, kLettersEnd> letters_ = {};
  Table words_, stems_, endings_;
  Mask with_stems_ = 0, with_endings_ = 0;
};

}  // namespace copytaster
