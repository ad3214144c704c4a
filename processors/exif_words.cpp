#include "processors/exif_words.h"

#include "core/strings.h"
#include "processors/byte_numbers.h"

namespace copytaster {
namespace {

constexpr std::size_t kEntry = 12;  // tag (2), type (2), count (4), value or its offset (4): TIFF 6.0 §2
constexpr unsigned kAscii = 2, kUtf8 = 129;

class Tiff {
 public:
  Tiff(std::string_view bytes, std::size_t most)
      : bytes_(bytes), most_(most), little_(bytes.starts_with("II")) {}

  void put(const PictureWords& words) {
    const std::uint64_t directory = number(4, 4);
    if (directory > bytes_.size() || bytes_.size() - directory < 2) return;
    const std::uint64_t entries = number(directory, 2);
    for (std::uint64_t i = 0; i < entries; ++i) {
      const std::uint64_t at = directory + 2 + i * kEntry;
      if (at + kEntry > bytes_.size()) return;
      const std::uint64_t type = number(at + 2, 2);
      const std::string& value = words_of(words, number(at, 2));
      if (!value.empty() && (type == kAscii || type == kUtf8)) put_value(at, value + '\0');
    }
  }
  [[nodiscard]] std::string bytes() && { return std::move(bytes_); }

 private:
  static const std::string& words_of(const PictureWords& words, std::uint64_t tag) {
    static const std::string kNone;
    return tag == 270 ? words.caption : tag == 315 ? words.creator : tag == 33432 ? words.copyright : kNone;
  }

  [[nodiscard]] std::uint64_t number(std::size_t at, std::size_t size) const {
    return little_ ? little_endian(bytes_, at, size) : big_endian(bytes_, at, size);
  }
  [[nodiscard]] std::string as_number(std::uint64_t value) const {
    return little_ ? as_little_endian(value, 4) : as_big_endian(value, 4);
  }

  // The value stands there already.
  [[nodiscard]] bool has(std::size_t entry, const std::string& value) const {
    if (number(entry + 4, 4) != value.size()) return false;
    const std::size_t at = value.size() <= 4 ? entry + 8 : number(entry + 8, 4);
    return at <= bytes_.size() && bytes_.compare(at, value.size(), value) == 0;
  }

  void put_value(std::size_t entry, std::string value) {
    if (has(entry, value)) return;
    const std::size_t end = bytes_.size() + bytes_.size() % 2;
    if (value.size() > 4 && end + value.size() > most_) value = std::string(1, '\0');
    bytes_.replace(entry + 4, 4, as_number(value.size()));
    if (value.size() <= 4) {
      value.resize(4);
      bytes_.replace(entry + 8, 4, value);
      return;
    }
    bytes_.replace(entry + 8, 4, as_number(end));
    bytes_.resize(end);
    bytes_ += value;
  }

  std::string bytes_;
  std::size_t most_;
  bool little_;
};

}  // namespace

std::string exif_with_words(std::string_view tiff, const PictureWords& words, std::size_t most) {
  const bool is_tiff =
      tiff.starts_with(std::string_view("II*\0", 4)) || tiff.starts_with(std::string_view("MM\0*", 4));
  if (!is_tiff || tiff.size() < 8) return std::string(tiff);
  Tiff out(tiff, most);
  out.put(words);
  return std::move(out).bytes();
}

}  // namespace copytaster
