// The letters and small words by which languages that CLD2 confuses are told apart (language_close.h).
#pragma once

#include <span>
#include <string_view>

namespace copytaster {

// One language in one script. All lower case, NFC, with diacritics.
struct CloseLanguage {
  std::string_view code;     // BCP 47 primary subtag; twice where a language has two scripts
  std::string_view letters;  // of its alphabet beyond those that all languages in its script have
  std::string_view words;    // separated by single spaces; an apostrophe or a hyphen ends a word
  // How words begin or end, for languages whose small words are the same; as `words`.
  std::string_view stems = {};    // 4 to 10 bytes
  std::string_view endings = {};  // 3 to 6 bytes, with two letters or more before them
};

// At most 64 together: each is a bit.
[[nodiscard]] std::span<const CloseLanguage> latin_lists();
[[nodiscard]] std::span<const CloseLanguage> slavic_latin_lists();
[[nodiscard]] std::span<const CloseLanguage> cyrillic_lists();

}  // namespace copytaster
