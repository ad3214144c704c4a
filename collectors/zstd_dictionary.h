// Messages that are each one zstd frame (RFC 8878) made with a dictionary known beforehand, as Jetstream
// sends them. Any bytes: what is no such frame, or grows beyond what the caller allows, is refused. Immutable
// after construction; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

struct ZSTD_DDict_s;

namespace copytaster {

inline constexpr std::size_t kMaxZstdDictionaryBytes = std::size_t{1} << 20;

class ZstdDictionary {
 public:
  // kNotFound: no such file, or it cannot be read. kInvalidArgument: as make(). Both name the file.
  static absl::StatusOr<ZstdDictionary> read(const std::string& path);
  // kInvalidArgument: not a dictionary as `zstd --train` writes it (magic number, id, tables), or too large.
  static absl::StatusOr<ZstdDictionary> make(std::string_view bytes);

  // As it stands in the dictionary itself; frames made with it name it.
  [[nodiscard]] std::uint32_t id() const { return id_; }
  // The content of `frame`. kInvalidArgument: not one whole frame made with this dictionary.
  // kResourceExhausted: its content is larger than `max` bytes; no more than that is ever held.
  [[nodiscard]] absl::StatusOr<std::string> decompress(std::string_view frame, std::size_t max) const;

 private:
  struct Free {
    void operator()(ZSTD_DDict_s* dictionary) const;
  };
  ZstdDictionary() = default;

  std::unique_ptr<ZSTD_DDict_s, Free> dictionary_;
  std::uint32_t id_ = 0;
};

// Whether these are the first bytes of a zstd frame: JSON never begins so.
[[nodiscard]] bool is_zstd_frame(std::string_view bytes);

}  // namespace copytaster
