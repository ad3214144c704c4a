#include "app/places_import.h"

#include <algorithm>
#include <array>
#include <vector>

#include "app/officials_words.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/gazetteer.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr std::size_t kPlaceColumns = 19;
constexpr std::array<std::string_view, 10> kLanguages = {"en", "fr", "uk", "de", "es",
                                                         "it", "pl", "pt", "nl", "el"};
// Feature codes of class P that are no town of today: a quarter, one that is abandoned, destroyed,
// historical.
constexpr std::array<std::string_view, 4> kNoTown = {"PPLX", "PPLQ", "PPLW", "PPLH"};

constexpr std::string_view kHead =
    "# copytaster places 1: id, country, population, name, other names. Made by `copytaster places import`.\n"
    "# From GeoNames (https://www.geonames.org), CC BY 4.0: who shows it says so.\n";

absl::Status fault(const LineReader& in, std::string_view what) {
  return absl::InvalidArgumentError(str_cat(in.place(), ": ", what));
}

// What can stand in a field, and what a post could hold.
bool is_clean(std::string_view name) {
  return !name.empty() && name.size() <= kLongestPlaceName && is_valid_utf8(name) &&
         name.find_first_of("|\t\r\n") == std::string_view::npos && !fold_phrase(name).empty();
}

// The table's own names are of all languages and kinds: airports' codes and transcriptions among them.
bool is_written_name(std::string_view name, bool latin) {
  std::size_t letters = 0, upper = 0;
  bool first = true, begins = false;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = next_code_point(name, &at);
    const FoldedChar folded = folded_char(c);
    if ((folded.flags & FoldedChar::kMark) != 0) continue;
    if ((folded.flags & FoldedChar::kWord) == 0) {
      if (c != U' ' && c != U'-' && c != U'\'' && c != 0x2019 && c != 0x2BC && c != U'.') return false;
      continue;
    }
    const bool known = (latin && folded.script == Script::kLatin) || folded.script == Script::kCyrillic ||
                       folded.script == Script::kGreek;
    if (!known || (folded.flags & FoldedChar::kDigit) != 0) return false;
    ++letters;
    const bool capital = (folded.flags & FoldedChar::kUpper) != 0;
    upper += capital ? 1 : 0;
    begins = begins || (first && capital);
    first = false;
  }
  return begins && letters >= 4 && upper < letters;
}

struct Row {
  std::uint32_t id = 0, population = 0;
  std::string_view name, ascii, others, country, region;
  bool town = false;
};

absl::StatusOr<Row> read_row(const LineReader& in, std::string_view line) {
  const std::vector<std::string_view> fields = split(line, '\t');
  if (fields.size() != kPlaceColumns)
    return fault(in,
                 str_cat(fields.size(), " columns, expected the ", kPlaceColumns, " of a GeoNames table"));
  Row row;
  const auto id = parse_number<std::uint32_t>(fields[0]);
  if (!id) return fault(in, "the first column is no number, expected a GeoNames id");
  row.id = *id;
  row.name = fields[1];
  row.ascii = fields[2];
  row.others = fields[3];
  row.country = fields[8];
  row.region = fields[10];
  row.town = fields[6] == "P" && std::ranges::find(kNoTown, fields[7]) == kNoTown.end();
  const auto population =
      fields[14].empty() ? std::optional<std::uint64_t>(0) : parse_number<std::uint64_t>(fields[14]);
  if (!population) return fault(in, "column 15 is no number, expected the population");
  row.population = static_cast<std::uint32_t>(std::min<std::uint64_t>(*population, 0xFFFFFFFFU));
  if (!row.town) return row;
  if (!is_clean(row.name)) return fault(in, "column 2 is no name, expected one in UTF-8");
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (row.country.size() != 2 || !std::ranges::all_of(row.country, letter))
    return fault(in, "column 9 is no country, expected two letters as in \"UA\"");
  return row;
}

}  // namespace

bool PlacesImport::is_larger_thing(std::string_view name, const Place& place) const {
  if (const auto country = country_code(name); country && *country != place.country && name.size() > 3)
    return true;
  const auto region = regions_.find(fold_phrase(name));
  return region != regions_.end() && std::ranges::find(region->second, place.region) == region->second.end();
}

void PlacesImport::add_name(std::string_view name, Place* place) const {
  if (!is_clean(name) || name == place->name || is_larger_thing(name, *place) ||
      place->others.size() + 1 >= kMostPlaceNames)
    return;
  if (std::ranges::find(place->others, name) == place->others.end()) place->others.emplace_back(name);
}

absl::Status PlacesImport::add_places(LineReader* in, bool own_names, PlacesCount* count) {
  std::string line;
  for (;;) {
    CT_ASSIGN_OR_RETURN(const bool more, in->next(&line));
    if (!more) return absl::OkStatus();
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    ++count->lines;
    CT_ASSIGN_OR_RETURN(const Row row, read_row(*in, line));
    if (!row.town || row.population < least_) {
      ++(row.town ? count->small : count->other);
      continue;
    }
    if (places_.contains(row.id)) {
      ++count->repeated;
      continue;
    }
    if (places_.size() == kMostGazetteerPlaces)
      return absl::ResourceExhaustedError(str_cat(in->place(), ": more than ", kMostGazetteerPlaces,
                                                  " places; ask for larger ones with --min-population"));
    Place place{std::string(row.name),
                std::string(row.country),
                str_cat(row.country, ".", row.region),
                row.population,
                {}};
    if (is_larger_thing(place.name, place)) {
      ++count->other;
      continue;
    }
    if (row.ascii != row.name && is_written_name(row.ascii, true)) add_name(row.ascii, &place);
    if (own_names) {
      for (const std::string_view other : split(row.others, ',')) {
        if (is_written_name(other, false)) add_name(other, &place);
      }
    }
    places_.emplace(row.id, std::move(place));
    ++count->taken;
  }
}

absl::Status PlacesImport::add_regions(LineReader* in, PlacesCount* count) {
  std::string line;
  for (;;) {
    CT_ASSIGN_OR_RETURN(const bool more, in->next(&line));
    if (!more) return absl::OkStatus();
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    ++count->lines;
    const std::vector<std::string_view> fields = split(line, '\t');
    if (fields.size() < 2 || fields.size() > 4 || fields[0].size() > 20)
      return fault(*in, str_cat(fields.size(), " columns, expected the 4 of admin1CodesASCII.txt"));
    for (std::size_t i = 1; i < std::min<std::size_t>(fields.size(), 3); ++i) {
      const std::string folded = fold_phrase(fields[i]);
      if (folded.empty()) continue;
      regions_[folded].emplace_back(fields[0]);
      ++count->names;
    }
  }
}

absl::Status PlacesImport::add_names(LineReader* in, PlacesCount* count) {
  std::string line;
  for (;;) {
    CT_ASSIGN_OR_RETURN(const bool more, in->next(&line));
    if (!more) return absl::OkStatus();
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    ++count->lines;
    const std::vector<std::string_view> fields = split(line, '\t');
    // Empty columns at the end are left out by some.
    if (fields.size() < 4 || fields.size() > 10)
      return fault(*in,
                   str_cat(fields.size(), " columns, expected the 8 or 10 of GeoNames' alternate names"));
    const auto id = parse_number<std::uint32_t>(fields[1]);
    if (!id) return fault(*in, "the second column is no number, expected a GeoNames id");
    const auto found = places_.find(*id);
    if (found == places_.end() || std::ranges::find(kLanguages, fields[2]) == kLanguages.end()) continue;
    const bool colloquial = fields.size() > 6 && fields[6] == "1",
               past = fields.size() > 7 && fields[7] == "1";
    if (colloquial || past) continue;
    const std::size_t before = found->second.others.size();
    add_name(fields[3], &found->second);
    count->names += found->second.others.size() - before;
  }
}

std::string PlacesImport::to_tsv() const {
  std::vector<std::pair<std::uint32_t, const Place*>> all;
  all.reserve(places_.size());
  for (const auto& [id, place] : places_) all.emplace_back(id, &place);
  std::ranges::sort(all, [](const auto& a, const auto& b) {
    return a.second->population != b.second->population ? a.second->population > b.second->population
                                                        : a.first < b.first;
  });
  std::string out(kHead);
  for (const auto& [id, place] : all) {
    str_append(&out, "geonames:", id, "\t", place->country, "\t", place->population, "\t", place->name, "\t");
    std::vector<std::string> others = place->others;
    std::ranges::sort(others);
    for (std::size_t i = 0; i < others.size(); ++i) str_append(&out, i == 0 ? "" : "|", others[i]);
    out += '\n';
  }
  return out;
}

}  // namespace copytaster
