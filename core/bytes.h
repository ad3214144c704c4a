// Numbers in keys and values. Big-endian keys sort as numbers; values are little-endian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace copytaster {

template <typename Unsigned>
[[nodiscard]] std::string big_endian(Unsigned number) {
  std::string out(sizeof(Unsigned), '\0');
  for (std::size_t i = sizeof(Unsigned); i-- > 0; number = static_cast<Unsigned>(number >> 8)) {
    out[i] = static_cast<char>(number & 0xff);
  }
  return out;
}

// 0 for a view of another size: callers check the size where it matters.
[[nodiscard]] inline std::uint64_t from_big_endian(std::string_view bytes) {
  if (bytes.size() > 8) return 0;
  std::uint64_t out = 0;
  for (const char c : bytes) out = (out << 8) | static_cast<unsigned char>(c);
  return out;
}

[[nodiscard]] inline std::string little_endian64(std::uint64_t number) {
  std::string out(8, '\0');
  for (char& c : out) {
    c = static_cast<char>(number & 0xff);
    number >>= 8;
  }
  return out;
}

[[nodiscard]] inline std::uint64_t from_little_endian64(std::string_view bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = bytes.size() < 8 ? bytes.size() : 8; i-- > 0;) {
    out = (out << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return out;
}

}  // namespace copytaster
