// What the two files of PictureIndex share.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace copytaster {

inline std::uint64_t head_of(const std::array<std::uint8_t, 32>& sha) {
  std::uint64_t head = 0;
  std::memcpy(&head, sha.data(), sizeof head);
  return head;
}

// What std::string keeps outside of itself.
inline std::size_t heap_bytes(const std::string& text) {
  return text.capacity() > 15 ? text.capacity() + 1 : 0;
}

}  // namespace copytaster
