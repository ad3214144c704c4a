// stable_hash() (core/text.h) where it is asked once a word: in a header, so that it is compiled into its
// caller. Pure.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace copytaster::hash_bytes {

inline constexpr std::uint64_t kMul1 = 0x9E3779B97F4A7C15ULL;
inline constexpr std::uint64_t kMul2 = 0xD1B54A32D192ED03ULL;

[[nodiscard]] inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Little-endian whatever the machine: the value is stored.
template <typename Word>
[[nodiscard]] std::uint64_t load(const char* p) {
  Word word = 0;
  std::memcpy(&word, p, sizeof word);
  if constexpr (std::endian::native == std::endian::little) return word;
  std::uint64_t turned = 0;
  for (std::size_t i = sizeof word; i-- > 0;) turned = (turned << 8) | static_cast<unsigned char>(p[i]);
  return turned;
}

// Of 1 to 7 bytes: loads that overlap give what a loop over the bytes would.
[[nodiscard]] inline std::uint64_t load_rest(const char* p, std::size_t n) {
  if (n >= 4) return load<std::uint32_t>(p) | (load<std::uint32_t>(p + n - 4) << (8 * (n - 4)));
  const auto byte = [p](std::size_t i) {
    return static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
  };
  return byte(0) | byte(n / 2) | byte(n - 1);
}

[[nodiscard]] inline std::uint64_t of(std::string_view bytes) {
  std::uint64_t hash = mix(bytes.size() + kMul2, kMul1);
  const char* p = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; p += 8, left -= 8) hash = mix(hash ^ load<std::uint64_t>(p), kMul1);
  if (left > 0) hash = mix(hash ^ load_rest(p, left), kMul2);
  return mix(hash ^ (hash >> 29), kMul2);
}

}  // namespace copytaster::hash_bytes
