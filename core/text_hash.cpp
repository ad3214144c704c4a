// Hashes: SHA-256 for evidence, a fast one for memory.
#include <openssl/evp.h>

#include <array>
#include <cstring>

#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::uint64_t kMul1 = 0x9E3779B97F4A7C15ULL;
constexpr std::uint64_t kMul2 = 0xD1B54A32D192ED03ULL;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Little-endian whatever the machine: the value is stored.
std::uint64_t load(const char* p, std::size_t n) {
  std::uint64_t word = 0;
  for (std::size_t i = n; i-- > 0;) word = (word << 8) | static_cast<unsigned char>(p[i]);
  return word;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::array<unsigned char, 32> digest{};
  unsigned length = 0;
  // Fails only when memory is out; the digest would then be zeros, which no capture has.
  (void)EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  std::string out;
  out.reserve(64);
  for (const unsigned char byte : digest) {
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

std::uint64_t stable_hash(std::string_view bytes) {
  std::uint64_t hash = mix(bytes.size() + kMul2, kMul1);
  const char* p = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; p += 8, left -= 8) hash = mix(hash ^ load(p, 8), kMul1);
  if (left > 0) hash = mix(hash ^ load(p, left), kMul2);
  return mix(hash ^ (hash >> 29), kMul2);
}

}  // namespace copytaster
