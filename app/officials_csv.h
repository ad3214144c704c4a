// Spreadsheets saved as text: RFC 4180 with what spreadsheets really write. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "app/officials_entry.h"

namespace copytaster {

struct CsvRow {
  std::vector<std::string> cells;
  unsigned line = 0;  // where it begins
};

struct CsvTable {
  std::vector<CsvRow> rows;  // none of them empty; the first is the header
  // The bytes were no UTF-8 and were read as windows-1252; this is a word of it that was not ASCII.
  std::string guessed_word;
};

// Cells separated by ; or , or tab (whichever the first line has most of, or "sep=;" says), quoted with
// doubled quotes and line ends inside, lines ended by LF, CRLF or CR; UTF-8 with or without a byte order
// mark, UTF-16 with one, or windows-1252. kInvalidArgument, with "LINE: " before the words: a quote that is
// not closed or stands inside a cell, more than 500 columns, and bytes of which nobody can say what letters
// they are.
[[nodiscard]] absl::StatusOr<CsvTable> read_csv(std::string_view bytes);

// Cells quoted where they must be; separated by commas; CRLF. UTF-8 with a byte order mark, for spreadsheets.
[[nodiscard]] std::string write_csv(const std::vector<std::vector<std::string>>& rows);

// One official a row or a row for each account, the columns in any order by the names that people give them
// (docs/officials.md).
[[nodiscard]] OfficialsInput read_officials_csv(std::string_view bytes, const std::string& file,
                                                const Collectors& collectors);

// All that an official has: a row each, and one more for each further role.
[[nodiscard]] std::string officials_to_csv(const std::vector<OfficialEntry>& entries);

}  // namespace copytaster
