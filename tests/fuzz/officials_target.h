// What every file of officials must give, whatever its format: entries that are whole, a merge that loses
// none, and an officials.toml that reads as it was meant.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/officials_file.h"
#include "app/officials_formats.h"
#include "app/officials_merge.h"
#include "core/json.h"
#include "core/strings.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {

inline const Collectors& collectors_of_officials() {
  static const Collectors kAll;
  return kAll;
}

inline void check_officials_problems(const std::vector<ConfigProblem>& problems) {
  for (const ConfigProblem& problem : problems) {
    require(problem.file == "list" && !problem.what.empty(), "a problem names its file and itself");
    require_utf8(to_text(problem), "words about a problem");
  }
}

// An account's details have no order, and come from its URL alone.
inline std::string all_of(OfficialEntry entry) {
  for (Account& account : *entry.official.mutable_accounts()) account.clear_details();
  return str_cat(to_json(entry.official), join(entry.websites, "\n"));
}

inline void require_same_officials(const std::vector<OfficialEntry>& a, const std::vector<OfficialEntry>& b,
                                   std::string_view what) {
  require(a.size() == b.size(), "as many officials are read as were written", what);
  for (std::size_t i = 0; i < a.size(); ++i)
    require(all_of(a[i]) == all_of(b[i]), what, str_cat(all_of(a[i]), "\n", all_of(b[i])));
}

// Gives back the officials as they stand after the merge.
inline std::vector<OfficialEntry> check_officials_input(OfficialsInput input) {
  check_officials_problems(input.problems);
  require(input.refused == 0 || count_errors(input.problems) > 0, "what is refused is told");
  const std::size_t all = input.entries.size() + input.refused;
  for (const OfficialEntry& entry : input.entries) {
    require(!entry.official.id().empty() && !entry.official.name().empty(), "an official has id and name");
    require(Official().ParseFromString(entry.official.SerializeAsString()), "an official is valid UTF-8");
  }
  OfficialsBook book({}, "officials.toml");
  const MergeReport report = book.take(std::move(input), "list");
  check_officials_problems(report.problems);
  require(report.added + report.changed + report.unchanged + report.repeated + report.refused == all,
          "each entry is counted once");
  require(report.added == book.entries().size(), "each new one is there");
  const std::string toml = officials_to_toml(book.entries());
  const OfficialsInput again = read_officials_toml(toml, "list", collectors_of_officials());
  for (const ConfigProblem& problem : again.problems)
    require(problem.warning, "what was written is right", to_text(problem));
  require_same_officials(book.entries(), again.entries, "officials.toml reads as it was written");
  OfficialsInput repeated;
  repeated.entries = again.entries;
  const MergeReport second = book.take(std::move(repeated), "list");
  require(second.unchanged == again.entries.size(), "taking them in again changes nothing");
  return book.entries();
}

inline void check_officials_round_trip(OfficialsFormat format, const std::vector<OfficialEntry>& entries) {
  std::map<std::string, std::size_t> left_out;
  const std::string bytes = officials_as(format, entries, &left_out);
  const OfficialsInput again = read_officials_as(format, bytes, "list", collectors_of_officials());
  for (const ConfigProblem& problem : again.problems)
    require(problem.warning, "what was exported is right", str_cat(to_text(problem), "\n", bytes));
  require_same_officials(entries, again.entries, "an export reads as it was written");
}

}  // namespace copytaster::fuzz
