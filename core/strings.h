// String helpers over std::string_view. Debian's Abseil is built with a string_view of its own, to which
// std::string_view does not convert; this header is the one place that bridges the two. Use
// str_cat for absl::StrCat, and StringMap where a map is looked up by std::string_view.
#pragma once

#include <charconv>
#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

namespace copytaster {

namespace strings_internal {
template <typename T>
decltype(auto) bridge(const T& value) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    return absl::string_view(value.data(), value.size());
  } else {
    return (value);
  }
}
}  // namespace strings_internal

// absl::StrCat and absl::StrAppend for std::string_view too.
template <typename... Parts>
[[nodiscard]] std::string str_cat(const Parts&... parts) {
  return absl::StrCat(strings_internal::bridge(parts)...);
}
template <typename... Parts>
void str_append(std::string* out, const Parts&... parts) {
  absl::StrAppend(out, strings_internal::bridge(parts)...);
}

[[nodiscard]] inline absl::string_view to_absl(std::string_view text) { return {text.data(), text.size()}; }
[[nodiscard]] inline std::string_view from_absl(absl::string_view text) { return {text.data(), text.size()}; }

// ASCII only: for protocol words, hosts, header names.
[[nodiscard]] constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equals_ignore_case(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_ignore_case(std::string_view text, std::string_view prefix);
[[nodiscard]] bool contains_ignore_case(std::string_view text, std::string_view needle);
[[nodiscard]] std::string_view strip_space(std::string_view text);
// Removes the prefix or suffix when it is there; says whether it was.
bool consume_prefix(std::string_view* text, std::string_view prefix);
bool consume_suffix(std::string_view* text, std::string_view suffix);

// Pieces between separators; empty pieces are kept; an empty text gives one empty piece.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
[[nodiscard]] std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

// The whole text as a decimal number; nullopt for anything else, for overflow and for a leading '+'.
// (Of floating-point numbers "inf" and "nan" are numbers, too.)
template <typename Number>
requires std::is_arithmetic_v<Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Maps and sets of std::string that are looked up by std::string_view without a copy.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <typename Value>
using StringMap = absl::flat_hash_map<std::string, Value, StringHash, std::equal_to<>>;
using StringSet = absl::flat_hash_set<std::string, StringHash, std::equal_to<>>;

}  // namespace copytaster
