#include "app/officials_csv.h"

#include <algorithm>
#include <array>

#include "collectors/charset.h"
#include "core/code_points.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostColumns = 500;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

// ---- letters

// windows-1252 as WHATWG maps it; the five bytes that mean nothing there are 0.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_high_letter(char c) { return static_cast<unsigned char>(c) >= 0xC0; }

absl::Status unreadable(unsigned line, std::string_view why) {
  return absl::InvalidArgumentError(
      str_cat(line, ": the letters cannot be read: ", why, "; save it as \"CSV UTF-8\""));
}

// The word around `at`, of a text in one-byte letters.
std::string_view word_at(std::string_view bytes, std::size_t at) {
  const auto ends = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == ';' || c == ',' || c == '"';
  };
  std::size_t begin = at, end = at;
  while (begin > 0 && at - begin < 40 && !ends(bytes[begin - 1])) --begin;
  while (end < bytes.size() && end - at < 40 && !ends(bytes[end])) ++end;
  return bytes.substr(begin, end - begin);
}

std::string from_windows(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows[byte - 0x80] : byte);
  }
  return out;
}

// Three letters beyond ASCII in a row stand in no word of the languages that windows-1252 is for, but in
// nearly every word of those in Cyrillic or Greek pages.
absl::Status check_windows(std::string_view bytes) {
  unsigned line = 1;
  std::size_t run = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    line += byte == '\n' ? 1U : 0U;
    if (byte >= 0x80 && byte < 0xA0 && kWindows[byte - 0x80] == 0)
      return unreadable(line, "they are neither UTF-8 nor windows-1252");
    run = is_high_letter(bytes[i]) ? run + 1 : 0;
    if (run == 3) {
      return unreadable(line, str_cat("they are no UTF-8, and as windows-1252 a word would be \"",
                                      from_windows(word_at(bytes, i)), "\""));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> letters_of(std::string_view bytes, std::string* guessed_word) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    const DecodedText decoded = decode_text(bytes, "");
    if (decoded.damaged()) return unreadable(1, "the UTF-16 is damaged");
    return std::string(decoded.text());
  }
  consume_prefix(&bytes, kMark);
  if (bytes.find('\0') != std::string_view::npos) return unreadable(1, "it holds zero bytes");
  if (is_valid_utf8(bytes)) return std::string(bytes);
  if (absl::Status status = check_windows(bytes); !status.ok()) return status;
  const auto high = std::find_if(bytes.begin(), bytes.end(), is_high);
  *guessed_word = from_windows(word_at(bytes, static_cast<std::size_t>(high - bytes.begin())));
  return from_windows(bytes);
}

// ---- cells

char separator_of(std::string_view* text) {
  const std::size_t end = std::min(text->find_first_of("\r\n"), text->size());
  std::string_view first = text->substr(0, end);
  if (starts_with_ignore_case(first, "sep=") && first.size() == 5) {
    // The line stays, empty, so that the others keep their numbers.
    text->remove_prefix(end);
    return first[4];
  }
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char separator : {'\t', ';', ','}) {
    bool quoted = false;
    std::ptrdiff_t count = 0;
    for (const char c : first) {
      quoted ^= c == '"';
      count += !quoted && c == separator ? 1 : 0;
    }
    if (count > most) {
      most = count;
      best = separator;
    }
  }
  return best;
}

class Cells {
 public:
  Cells(std::string_view text, char separator) : text_(text), separator_(separator) {}

  absl::StatusOr<std::vector<CsvRow>> all() {
    std::vector<CsvRow> rows;
    while (at_ < text_.size()) {
      CsvRow row;
      row.line = line_;
      if (absl::Status status = read_row(&row); !status.ok()) return status;
      const bool is_empty = std::all_of(row.cells.begin(), row.cells.end(),
                                        [](const std::string& cell) { return strip_space(cell).empty(); });
      if (!is_empty) rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  absl::Status read_row(CsvRow* row) {
    while (true) {
      std::string cell;
      const std::size_t begin = std::min(text_.find_first_not_of(' ', at_), text_.size());
      const bool is_quoted = begin < text_.size() && text_[begin] == '"';
      if (is_quoted) at_ = begin;
      if (absl::Status status = is_quoted ? quoted(&cell) : plain(&cell); !status.ok()) return status;
      row->cells.push_back(std::move(cell));
      if (row->cells.size() > kMostColumns)
        return absl::InvalidArgumentError(str_cat(line_, ": more than ", kMostColumns, " columns"));
      if (at_ == text_.size()) return absl::OkStatus();
      if (text_[at_] == separator_) {
        ++at_;
        continue;
      }
      end_of_line();
      return absl::OkStatus();
    }
  }

  absl::Status plain(std::string* cell) {
    const char stops[] = {separator_, '\r', '\n', 0};
    const std::size_t end = std::min(text_.find_first_of(stops, at_), text_.size());
    *cell = std::string(text_.substr(at_, end - at_));
    at_ = end;
    return absl::OkStatus();
  }

  absl::Status quoted(std::string* cell) {
    const unsigned begin = line_;
    ++at_;
    while (true) {
      if (at_ == text_.size())
        return absl::InvalidArgumentError(
            str_cat(begin, ": a quote is opened and not closed; a quote inside a cell is written twice"));
      const char c = text_[at_];
      if (c == '\r' || c == '\n') {
        end_of_line();
        *cell += '\n';
        continue;
      }
      ++at_;
      if (c != '"') {
        *cell += c;
      } else if (at_ < text_.size() && text_[at_] == '"') {
        *cell += '"';
        ++at_;
      } else {
        break;
      }
    }
    while (at_ < text_.size() && text_[at_] == ' ' && separator_ != ' ') ++at_;
    if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n')
      return absl::InvalidArgumentError(
          str_cat(line_, ": text stands behind a closing quote; a quote inside a cell is written twice"));
    return absl::OkStatus();
  }

  void end_of_line() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  unsigned line_ = 1;
};

}  // namespace

absl::StatusOr<CsvTable> read_csv(std::string_view bytes) {
  CsvTable table;
  auto letters = letters_of(bytes, &table.guessed_word);
  if (!letters.ok()) return letters.status();
  std::string_view text = *letters;
  const char separator = separator_of(&text);
  auto rows = Cells(text, separator).all();
  if (!rows.ok()) return rows.status();
  table.rows = *std::move(rows);
  return table;
}

std::string write_csv(const std::vector<std::vector<std::string>>& rows) {
  std::string out(kMark);
  for (const std::vector<std::string>& row : rows) {
    bool first = true;
    for (const std::string& cell : row) {
      if (!first) out += ',';
      first = false;
      const bool plain = cell.find_first_of(",;\t\"\r\n") == std::string::npos && strip_space(cell) == cell;
      if (plain)
        out += cell;
      else
        str_append(&out, "\"", replace_all(cell, "\"", "\"\""), "\"");
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace copytaster
