#include "processors/photoshop_resources.h"

#include <openssl/evp.h>

#include <array>

#include "core/strings.h"
#include "processors/byte_numbers.h"

namespace copytaster {
namespace {

constexpr unsigned kIimDigest = 0x0425;

struct Resource {
  unsigned number = 0;
  std::string_view all;  // with its head and padding
  std::string_view data;
};

bool is_signature(std::string_view four) {
  return four == "8BIM" || four == "AgHg" || four == "DCSR" || four == "PHUT" || four == "MeSa";
}

bool take(std::string_view& rest, Resource* out) {
  if (rest.size() < 12 || !is_signature(rest.substr(0, 4))) return false;
  out->number = static_cast<unsigned>(big_endian(rest, 4, 2));
  std::size_t at = 6;
  const std::size_t name = 1 + static_cast<unsigned char>(rest[at]);
  at += name + name % 2;
  if (at + 4 > rest.size()) return false;
  const std::uint64_t length = big_endian(rest, at, 4);
  at += 4;
  if (length > rest.size() - at) return false;
  out->data = rest.substr(at, length);
  out->all = rest.substr(0, at + length + length % 2);  // at the very end the padding may be left out
  rest.remove_prefix(out->all.size());
  return true;
}

std::string block_of(unsigned number, std::string_view data) {
  return str_cat("8BIM", as_big_endian(number, 2), std::string_view("\0\0", 2), as_big_endian(data.size(), 4),
                 data, std::string(data.size() % 2, '\0'));
}

std::string md5(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) return {};
  return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

std::string_view photoshop_resource(std::string_view resources, unsigned number) {
  for (Resource block; take(resources, &block);) {
    if (block.number == number) return block.data;
  }
  return {};
}

std::optional<std::string_view> photoshop_resource_in(std::string_view file, unsigned number) {
  const std::size_t at = file.find(str_cat("8BIM", as_big_endian(number, 2)));
  if (at == std::string_view::npos) return std::nullopt;
  file.remove_prefix(at);
  Resource block;
  if (!take(file, &block)) return std::nullopt;
  return block.data;
}

bool iim_differs_from_digest(std::string_view file) {
  const auto digest = photoshop_resource_in(file, kIimDigest);
  const auto block = photoshop_resource_in(file, kIimResource);
  if (!digest || !block || digest->size() != 16) return false;
  if (digest->find_first_not_of('\0') == std::string_view::npos) return false;  // it says nothing
  const std::string now = md5(*block);
  return !now.empty() && now != *digest;
}

std::string resources_with_iim(std::string_view resources, std::string_view iim) {
  std::string out = block_of(kIimResource, iim);
  // Where there is no MD5 (a system without it) readers hold XMP for the newer, which is right too.
  if (const std::string digest = md5(iim); !digest.empty()) out += block_of(kIimDigest, digest);
  for (Resource block; take(resources, &block);) {
    if (block.number == kIimResource || block.number == kIimDigest) continue;
    out += block.all;
    if (block.all.size() % 2 != 0) out.push_back('\0');
  }
  return out;
}

}  // namespace copytaster
