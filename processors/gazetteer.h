// The big gazetteer: places.tsv, as `copytaster places import` makes it (docs/formats.md). Beside the curated
// places.toml: what stands here alone needs a witness in the text, for every other word is a town somewhere.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "processors/word_scan.h"

namespace copytaster {

struct GazetteerPlace {
  std::string name;
  std::string id;  // "geonames:703448"
  std::string country;
  std::uint32_t population = 0;
  std::int32_t curated = -1;  // index into Rules::places where that is the same place
};

struct GazetteerMatch {
  std::span<const std::uint32_t> places;  // indices, the largest first; good as long as the gazetteer
  std::uint32_t words = 0;                // 0: none
};

// Immutable once loaded, but for link(); any thread. About 100 bytes a name.
class Gazetteer {
 public:
  Gazetteer();
  ~Gazetteer();
  Gazetteer(Gazetteer&&) noexcept;
  Gazetteer& operator=(Gazetteer&&) noexcept;

  // kInvalidArgument: "places.tsv:12: …, expected …". Two lines of one id are such a fault.
  static absl::StatusOr<Gazetteer> from_tsv(std::string_view text);

  // The longest name at word `index`. Case endings are read off Cyrillic and Greek names of one word, and off
  // Latin ones where `latin_case`: the text is in a language that declines them.
  [[nodiscard]] GazetteerMatch longest_at(const WordScan& scan, std::size_t index, bool latin_case) const;

  [[nodiscard]] const GazetteerPlace& place(std::uint32_t index) const { return places_[index]; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  // Says which of its places is which of another list.
  void link(std::uint32_t index, std::int32_t curated) { places_[index].curated = curated; }
  // The places of exactly that folded name, largest first.
  [[nodiscard]] std::span<const std::uint32_t> named(std::string_view folded) const;

 private:
  struct Names;
  std::vector<GazetteerPlace> places_;
  std::unique_ptr<Names> names_;
};

// Limits of places.tsv, for those who write it.
inline constexpr std::size_t kMostGazetteerPlaces = 300'000;
inline constexpr std::size_t kMostPlaceNames = 64;     // of one place
inline constexpr std::size_t kLongestPlaceName = 120;  // bytes
inline constexpr std::size_t kLongestPlaceWords = 6;

}  // namespace copytaster
