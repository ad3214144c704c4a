#include "processors/gazetteer.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/word_fold.h"
#include "processors/word_trie.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestEnding = 6;  // bytes
constexpr std::size_t kColumns = 5;        // id, country, population, name, other names

absl::Status fault(std::size_t line, std::string_view what) {
  return absl::InvalidArgumentError(str_cat("places.tsv:", line, ": ", what));
}

bool is_id(std::string_view id) {
  if (!consume_prefix(&id, "geonames:") || id.empty() || id.size() > 10) return false;
  return id.find_first_not_of("0123456789") == std::string_view::npos;
}

absl::StatusOr<GazetteerPlace> read_place(const std::vector<std::string_view>& fields, std::size_t line) {
  if (fields.size() != kColumns)
    return fault(line, str_cat(fields.size(), " columns, expected ", kColumns,
                               ": id, country, population, name, other names"));
  GazetteerPlace place;
  place.id = std::string(fields[0]);
  if (!is_id(place.id)) return fault(line, "no id, expected one as in \"geonames:703448\"");
  place.country = std::string(fields[1]);
  if (place.country.size() != 2 ||
      place.country.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)
    return fault(line, "no country, expected two letters as in \"UA\"");
  const auto population = parse_number<std::uint32_t>(fields[2]);
  if (!population) return fault(line, "no population, expected a number");
  place.population = *population;
  place.name = std::string(fields[3]);
  if (place.name.empty() || place.name.size() > kLongestPlaceName || !is_valid_utf8(fields[3]))
    return fault(line, str_cat("no name, expected 1 to ", kLongestPlaceName, " bytes of UTF-8"));
  return place;
}

// Stems whose end changes in the cases: "Харків, Харкова", "Київ, Києва", "Тернопіль, Тернополя".
void changed_stems(std::string_view folded, std::vector<std::string>* out) {
  if (folded.ends_with("ів")) {
    const std::string_view stem = folded.substr(0, folded.size() - 4);
    for (const std::string_view end : {"ов", "ев", "єв"}) out->push_back(str_cat(stem, end));
  }
  if (folded.ends_with("іль")) out->push_back(str_cat(folded.substr(0, folded.size() - 6), "ол"));
}

Script script_of_word(std::string_view folded) {
  std::size_t at = 0;
  return folded_char(next_code_point(folded, &at)).script;
}

}  // namespace

struct Gazetteer::Names {
  struct Entry {
    std::uint32_t first = 0, count = 0;  // of `places`
    std::uint8_t words = 1;              // of the longest name that begins with this word
  };
  using Table = StringMap<Entry>;
  Table names;  // folded names, and the first words of longer ones
  Table stems;  // of names of one word, without what the cases change
  std::vector<std::uint32_t> places;
  std::vector<bool> begins = std::vector<bool>(std::size_t{1} << 20);  // by the first bytes of `names`

  // Most words begin no name: one look tells it.
  static std::size_t bit_of(std::string_view word) {
    std::uint64_t key = 0;
    std::memcpy(&key, word.data(), std::min<std::size_t>(word.size(), 8));
    return (key * 0x9E3779B97F4A7C15ULL) >> 44;
  }

  // (name, place), places largest first.
  using Pairs = std::vector<std::pair<std::string, std::uint32_t>>;
  void fill(Pairs pairs, Table* table) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    for (std::size_t i = 0; i < pairs.size();) {
      const std::size_t begin = i;
      const auto first = static_cast<std::uint32_t>(places.size());
      for (; i < pairs.size() && pairs[i].first == pairs[begin].first; ++i) places.push_back(pairs[i].second);
      Entry& entry = (*table)[pairs[begin].first];
      entry.first = first;
      entry.count = static_cast<std::uint32_t>(i - begin);
      note_words(pairs[begin].first, table);
    }
  }
  static void note_words(std::string_view name, Table* table) {
    const auto words = static_cast<std::uint8_t>(1 + std::count(name.begin(), name.end(), ' '));
    if (words == 1) return;
    Entry& entry = (*table)[std::string(name.substr(0, name.find(' ')))];
    entry.words = std::max(entry.words, words);
  }
  [[nodiscard]] std::span<const std::uint32_t> of(const Entry& entry) const {
    return std::span(places).subspan(entry.first, entry.count);
  }
};

Gazetteer::Gazetteer() = default;
Gazetteer::~Gazetteer() = default;
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;

absl::StatusOr<Gazetteer> Gazetteer::from_tsv(std::string_view text) {
  struct Line {
    GazetteerPlace place;
    std::string_view others;
  };
  std::vector<Line> lines;
  absl::flat_hash_set<std::string> ids;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    const std::vector<std::string_view> fields = split(line, '\t');
    CT_ASSIGN_OR_RETURN(GazetteerPlace place, read_place(fields, number));
    if (!ids.insert(place.id).second)
      return fault(number, str_cat(place.id, " is there twice, expected one"));
    if (lines.size() == kMostGazetteerPlaces)
      return fault(number, str_cat("more than ", kMostGazetteerPlaces, " places"));
    lines.push_back({std::move(place), fields[4]});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.place.population > b.place.population; });
  Gazetteer out;
  out.names_ = std::make_unique<Names>();
  Names::Pairs names, stems;
  std::vector<std::string> changed;
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    std::size_t count = 0;
    const auto add = [&](std::string_view name) {
      if (name.empty() || name.size() > kLongestPlaceName || ++count > kMostPlaceNames) return;
      std::string folded = fold_phrase(name, ' ');
      if (folded.empty()) return;
      if (folded.find(' ') == std::string::npos) {
        stems.emplace_back(std::string(name_stem(folded, script_of_word(folded))), i);
        changed.clear();
        changed_stems(folded, &changed);
        for (std::string& stem : changed) stems.emplace_back(std::move(stem), i);
      } else if (static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' ')) >=
                 kLongestPlaceWords) {
        return;
      }
      names.emplace_back(std::move(folded), i);
    };
    add(lines[i].place.name);
    for (const std::string_view other : split(lines[i].others, '|')) add(other);
    out.places_.push_back(std::move(lines[i].place));
  }
  out.names_->fill(std::move(names), &out.names_->names);
  out.names_->fill(std::move(stems), &out.names_->stems);
  for (const auto& [name, entry] : out.names_->names)
    out.names_->begins[Names::bit_of(name.substr(0, name.find(' ')))] = true;
  return out;
}

std::span<const std::uint32_t> Gazetteer::named(std::string_view folded) const {
  if (names_ == nullptr) return {};
  const auto found = names_->names.find(folded);
  return found == names_->names.end() ? std::span<const std::uint32_t>() : names_->of(found->second);
}

GazetteerMatch Gazetteer::longest_at(const WordScan& scan, std::size_t index, bool latin_case) const {
  if (names_ == nullptr) return {};
  const Word& first = scan.words[index];
  const std::string_view word = scan.folded_word(first);
  const auto found = names_->begins[Names::bit_of(word)] ? names_->names.find(word) : names_->names.end();
  if (found != names_->names.end()) {
    const std::size_t most = std::min<std::size_t>(found->second.words, scan.words.size() - index);
    for (std::size_t words = most; words > 1; --words) {
      const std::string_view phrase =
          std::string_view(scan.folded)
              .substr(first.fold_begin, scan.words[index + words - 1].fold_end - first.fold_begin);
      if (phrase.find('\n') != std::string_view::npos) continue;
      const auto longer = names_->names.find(phrase);
      if (longer != names_->names.end() && longer->second.count > 0)
        return {names_->of(longer->second), static_cast<std::uint32_t>(words)};
    }
    if (found->second.count > 0) return {names_->of(found->second), 1};
  }
  if (first.script != Script::kCyrillic && first.script != Script::kGreek &&
      !(latin_case && first.script == Script::kLatin))
    return {};
  for (std::size_t cut = 0; cut <= kLongestEnding && cut + 4 <= word.size(); ++cut) {
    const std::string_view rest = word.substr(word.size() - cut);
    if (!is_case_ending(rest, first.script)) continue;
    const auto stem = names_->stems.find(word.substr(0, word.size() - cut));
    if (stem != names_->stems.end() && stem->second.count > 0) return {names_->of(stem->second), 1};
  }
  return {};
}

}  // namespace copytaster
