// Numbers in the bytes of picture files. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace copytaster {

// `size` bytes at `at`, which must be there (size at most 8).
[[nodiscard]] inline std::uint64_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}
[[nodiscard]] inline std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

[[nodiscard]] inline std::string as_big_endian(std::uint64_t number, std::size_t size) {
  std::string out(size, '\0');
  for (std::size_t i = size; i-- > 0; number >>= 8) out[i] = static_cast<char>(number & 0xFF);
  return out;
}
[[nodiscard]] inline std::string as_little_endian(std::uint64_t number, std::size_t size) {
  std::string out(size, '\0');
  for (std::size_t i = 0; i < size; ++i, number >>= 8) out[i] = static_cast<char>(number & 0xFF);
  return out;
}

}  // namespace copytaster
