// GeoNames' published tables into places.tsv (docs/formats.md). Formats: the "readme.txt" beside GeoNames'
// export files: 19 columns of the table geoname, 8 or 10 of alternate names, all tab-separated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "app/files.h"
#include "core/strings.h"

namespace copytaster {

// A line of these files is at most that long: 10,000 characters of names and the rest.
inline constexpr std::size_t kLongestGeoNamesLine = 256 << 10;

struct PlacesCount {
  std::size_t lines = 0;
  std::size_t taken = 0;
  std::size_t small = 0;     // fewer people than asked for
  std::size_t other = 0;     // no town: mountains, quarters, what is no more
  std::size_t repeated = 0;  // there already, from a file before
  std::size_t names = 0;     // added to places that are there
};

// One thread. Holds the places taken and their names, no more.
class PlacesImport {
 public:
  explicit PlacesImport(std::uint32_t least_population) : least_(least_population) {}

  // A table of places: cities15000.txt, FR.txt, allCountries.txt. `own_names`: with the names of all
  // languages that stand in it, unsorted.
  absl::Status add_places(LineReader* in, bool own_names, PlacesCount* count);
  // admin1CodesASCII.txt, before the places: a name that is a region's is no name of a town that lies
  // elsewhere.
  absl::Status add_regions(LineReader* in, PlacesCount* count);
  // alternateNames.txt or alternateNamesV2.txt: of the places that are there, the names of today in the ten
  // languages.
  absl::Status add_names(LineReader* in, PlacesCount* count);
  // All: kInvalidArgument "cities15000.txt:12: …, expected …"; kDataLoss; kResourceExhausted: too many.

  // places.tsv, the largest first. The same files give the same bytes.
  [[nodiscard]] std::string to_tsv() const;
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    std::string name, country, region;  // region: "US.FL"
    std::uint32_t population = 0;
    std::vector<std::string> others;
  };
  void add_name(std::string_view name, Place* place) const;
  // Whether it is the name of a country or region that the place does not lie in.
  [[nodiscard]] bool is_larger_thing(std::string_view name, const Place& place) const;

  std::uint32_t least_;
  StringMap<std::vector<std::string>> regions_;       // folded name to "US.FL"
  absl::flat_hash_map<std::uint32_t, Place> places_;  // by GeoNames' number
};

}  // namespace copytaster
