// How CopyIndex keeps ids. In a chunk's `ids` there stands for each post:
//
//   4 bytes    number of the prefix in prefixes_, little-endian
//   id_size    the rest: as it is, or, with id_is_number, a decimal number without leading zeros as
//              little-endian bytes without leading zeros
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "core/text.h"
#include "processors/copy_index.h"
#include "processors/copy_index_post.h"

namespace copytaster {
namespace {

constexpr std::size_t kPrefixBytes = 4;
constexpr std::size_t kMaxDigits = 19;  // fit into 64 bits whatever they are

// The rest of an id as it is kept.
class Rest {
 public:
  explicit Rest(std::string_view rest) : text_(rest) {
    const bool digits = !rest.empty() && rest.size() <= kMaxDigits && rest.front() != '0' &&
                        std::ranges::all_of(rest, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return;
    std::uint64_t number = 0;
    (void)std::from_chars(rest.data(), rest.data() + rest.size(), number);
    std::size_t size = 0;
    for (; number != 0; number >>= 8) packed_[size++] = static_cast<char>(number & 0xff);
    is_number_ = true;
    text_ = {packed_.data(), size};
  }
  Rest(const Rest&) = delete;
  Rest& operator=(const Rest&) = delete;
  [[nodiscard]] std::string_view bytes() const { return text_; }
  [[nodiscard]] bool is_number() const { return is_number_; }

 private:
  std::array<char, 8> packed_;
  std::string_view text_;
  bool is_number_ = false;
};

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

}  // namespace

std::string_view CopyIndex::id_record(std::uint32_t number) const {
  const Post& one = post(number);
  const Chunk& chunk = *chunks_[number / kChunkPosts - first_ / kChunkPosts];
  return std::string_view(chunk.ids).substr(one.id_begin, kPrefixBytes + one.id_size);
}

void CopyIndex::write_id(std::uint32_t number, std::string_view id) {
  Post& one = post(number);
  Chunk& chunk = *chunks_[number / kChunkPosts - first_ / kChunkPosts];
  id = id.substr(0, 0xffff);
  one.id_hash = copy_keys::id_hash(id);
  const std::size_t split = id_prefix_size(id);
  const Rest rest(id.substr(split));
  const std::uint32_t prefix = prefixes_.take(id.substr(0, split));
  one.id_begin = static_cast<std::uint32_t>(chunk.ids.size());
  one.id_size = static_cast<std::uint16_t>(rest.bytes().size());
  one.id_is_number = rest.is_number();
  for (std::size_t i = 0; i < kPrefixBytes; ++i) chunk.ids += static_cast<char>(prefix >> (8 * i) & 0xff);
  chunk.ids += rest.bytes();
}

void CopyIndex::give_back_id(std::uint32_t number) {
  prefixes_.give_back(static_cast<std::uint32_t>(little_endian(id_record(number).substr(0, kPrefixBytes))));
}

std::string CopyIndex::id_of(std::uint32_t number) const {
  const std::string_view record = id_record(number);
  const std::string_view rest = record.substr(kPrefixBytes);
  const auto prefix = static_cast<std::uint32_t>(little_endian(record.substr(0, kPrefixBytes)));
  std::string id(prefixes_.text(prefix));
  if (!post(number).id_is_number) return id.append(rest);
  std::array<char, kMaxDigits + 1> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), little_endian(rest)).ptr;
  return id.append(digits.data(), end);
}

bool CopyIndex::has_id(std::uint32_t number, std::string_view id) const {
  const std::size_t split = id_prefix_size(id);
  const Rest rest(id.substr(split));
  if (post(number).id_is_number != rest.is_number()) return false;
  const std::string_view record = id_record(number);
  if (record.substr(kPrefixBytes) != rest.bytes()) return false;
  const auto prefix = static_cast<std::uint32_t>(little_endian(record.substr(0, kPrefixBytes)));
  return prefixes_.text(prefix) == id.substr(0, split);
}

std::optional<std::uint32_t> CopyIndex::number_of(std::string_view item_id) const {
  const std::string_view id = item_id.substr(0, 0xffff);
  const std::uint32_t hash = copy_keys::id_hash(id);
  std::optional<std::uint32_t> found;
  ids_.each(copy_keys::key(hash), [&](std::uint32_t masked) {
    const std::uint32_t number = unmasked(masked);
    if (post(number).id_hash != hash || !has_id(number, id)) return true;
    found = number;
    return false;
  });
  return found;
}

}  // namespace copytaster
