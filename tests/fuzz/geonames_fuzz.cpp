// GeoNames' tables into places.tsv: app/places_import.h. The bytes stand for a table of places, then for
// names.
#include "app/places_import.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/gazetteer.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::string_view kGeoNamesTown =
    "703448\tKyiv\tKyiv\tKiev\t50.4\t30.5\tP\tPPLC\tUA\t\t12\t\t\t\t2797553\t\t187\tEurope/"
    "Kyiv\t2022-01-01\n";

void check_geonames_status(const absl::Status& status) {
  if (status.ok()) return;
  const std::string_view words = from_absl(status.message());
  require(absl::IsInvalidArgument(status), "a bad table is an invalid argument", words);
  require(words.starts_with("table:"), "a fault says file and line", words);
  require_utf8(words, "words about a fault");
}

template <typename Read>
void read_geonames(std::string_view bytes, Read read) {
  if (bytes.empty()) return;
  std::string copy(bytes);
  std::FILE* file = fmemopen(copy.data(), copy.size(), "r");
  require(file != nullptr, "memory can be read as a file");
  LineReader in(file, "table", kLongestGeoNamesLine);
  check_geonames_status(read(&in));
  std::fclose(file);
}

void check_places_tsv(const PlacesImport& places) {
  const std::string text = places.to_tsv();
  const auto read = Gazetteer::from_tsv(text);
  require(read.ok(), "what the import writes can be read", text);
  require(read->size() == places.size(), "no place is lost between", text);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(geonames)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view text = as_text(data, size);
  PlacesCount count;
  PlacesImport places(0);
  read_geonames(text, [&](LineReader* in) { return places.add_regions(in, &count); });
  read_geonames(text, [&](LineReader* in) { return places.add_places(in, true, &count); });
  check_places_tsv(places);
  PlacesImport named(0);
  read_geonames(kGeoNamesTown, [&](LineReader* in) { return named.add_places(in, false, &count); });
  read_geonames(text, [&](LineReader* in) { return named.add_names(in, &count); });
  check_places_tsv(named);
  return 0;
}
