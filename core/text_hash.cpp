// Hashes: SHA-256 for evidence, a fast one for memory.
#include <openssl/evp.h>

#include <array>
#include <memory>

#include "core/hash_bytes.h"
#include "core/text.h"

namespace copytaster {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Looked up once: OpenSSL 3 goes through its providers, under locks, each time it is asked by name
// (EVP_MD_fetch(3), "performance"). Never freed: others may still hash while the process ends.
const EVP_MD* sha256() {
  static const EVP_MD* const kFetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kFetched != nullptr ? kFetched : EVP_sha256();
}

}  // namespace

std::string sha256_bytes(std::string_view bytes) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  std::array<unsigned char, 32> digest{};
  // Fails only when memory is out; the digest would then be zeros, which no capture has.
  if (context != nullptr && EVP_DigestInit_ex2(context.get(), sha256(), nullptr) == 1 &&
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1) {
    (void)EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  }
  return {digest.begin(), digest.end()};
}

std::string to_hex(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out(2 * bytes.size(), '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out[2 * i] = kHex[byte >> 4];
    out[2 * i + 1] = kHex[byte & 15];
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256_bytes(bytes)); }

std::uint64_t stable_hash(std::string_view bytes) { return hash_bytes::of(bytes); }

}  // namespace copytaster
