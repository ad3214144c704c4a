// Text helpers. All take any bytes and return valid UTF-8; offsets are bytes. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace copytaster {

// Whether `bytes` is valid UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);
// Replaces each ill-formed sequence by U+FFFD, the WHATWG way. Valid input is returned unchanged.
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);
// The largest n' <= n at which `text` may be cut without splitting a character.
[[nodiscard]] std::size_t utf8_floor(std::string_view text, std::size_t n);

// Runs of white space (Unicode) to one space, ends trimmed.
[[nodiscard]] std::string collapse_space(std::string_view text);
// Like collapse_space within lines, but keeps single line breaks and at most one empty line.
[[nodiscard]] std::string tidy_lines(std::string_view text);

// For comparing: NFKC, case folded, URLs removed, everything but letters, marks and digits to single
// spaces. "Merci, Kyiv! 🇺🇦 https://…" and "merci kyiv" are the same.
[[nodiscard]] std::string normalise_for_match(std::string_view text);
// Case folded and without diacritics or Cyrillic/Greek look-alike problems: for names and search.
[[nodiscard]] std::string fold_name(std::string_view text);

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};
// Sentence spans by ICU's rules for `language` (BCP 47, may be empty), trimmed of white space;
// a line break always ends a sentence. Abbreviations such as "M." may split: callers must bear it.
[[nodiscard]] std::vector<Span> sentences(std::string_view text, std::string_view language);
// Word spans (letters and digits only).
[[nodiscard]] std::vector<Span> words(std::string_view text);

// Byte offset of the code point number `index` (X entities); text.size() when past the end.
[[nodiscard]] std::size_t byte_of_code_point(std::string_view text, std::size_t index);

// SHA-256: 32 bytes.
[[nodiscard]] std::string sha256_bytes(std::string_view bytes);
// Lower case, two digits a byte.
[[nodiscard]] std::string to_hex(std::string_view bytes);
// Lower-case hex SHA-256.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// A fast 64-bit hash, stable over versions and machines (it is stored).
[[nodiscard]] std::uint64_t stable_hash(std::string_view bytes);

}  // namespace copytaster
