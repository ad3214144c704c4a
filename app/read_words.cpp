#include "app/read_words.h"

#include <array>

#include "core/strings.h"
#include "core/text.h"
#include "processors/metadata_text.h"
#include "processors/word_scan.h"

namespace copytaster {
namespace {

// Percent. Below it Tesseract guesses: leaves, windows, the weave of a cloth.
constexpr double kSureEnough = 60;
constexpr std::size_t kFields = 12;

struct Row {
  std::string_view paragraph, line;  // the numbers of both, with those around them
  std::string_view text;
};

// The row of a word that can be relied on; false: another row, or no such word.
bool read_row(std::string_view row, Row* out) {
  std::array<std::size_t, kFields> begins{};
  std::size_t at = 0;
  for (std::size_t field = 0; field < kFields; ++field) {
    begins[field] = at;
    if (field + 1 == kFields) break;
    at = row.find('\t', at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  const auto field = [&](std::size_t i) { return row.substr(begins[i], begins[i + 1] - 1 - begins[i]); };
  const auto sure = parse_number<double>(field(10));
  if (field(0) != "5" || !sure || !(*sure >= kSureEnough)) return false;
  out->paragraph = row.substr(begins[1], begins[4] - 1 - begins[1]);
  out->line = row.substr(begins[1], begins[5] - 1 - begins[1]);
  out->text = row.substr(begins[11]);
  return true;
}

bool says_something(std::string_view line) {
  WordScan scan;
  scan_words_into(line, &scan);
  for (const Word& word : scan.words) {
    std::size_t second = word.begin;
    next_code_point(line, &second);
    if (second < word.end) return true;
  }
  return false;
}

class Lines {
 public:
  explicit Lines(std::size_t most) : most_(most) {}

  void add(const Row& row) {
    const std::string word = printable_text(row.text);
    if (word.empty()) return;
    if (row.line != number_) {
      close();
      apart_ = row.paragraph != paragraph_ && !text_.empty();
      number_ = row.line;
      paragraph_ = row.paragraph;
    }
    str_append(&line_, line_.empty() ? "" : " ", word);
  }
  [[nodiscard]] bool full() const { return text_.size() + line_.size() >= most_; }
  std::string take() {
    close();
    return std::move(text_);
  }

 private:
  void close() {
    if (says_something(line_)) {
      std::string more = str_cat(text_.empty() ? "" : apart_ ? "\n\n" : "\n", line_);
      if (more.size() > most_ - text_.size()) {
        more.resize(utf8_floor(more, most_ - text_.size()));
        more.resize(std::min(more.size(), more.find_last_of(" \n") + 1));  // npos + 1: nothing of it
        while (!more.empty() && is_ascii_space(more.back())) more.pop_back();
      }
      text_ += more;
    }
    line_.clear();
  }

  std::size_t most_;
  std::string text_, line_;
  std::string_view number_, paragraph_;
  bool apart_ = false;
};

}  // namespace

std::string words_of_table(std::string_view table, std::size_t most) {
  Lines lines(most);
  for (Row row; !table.empty() && !lines.full();) {
    const std::size_t end = table.find('\n');
    if (read_row(table.substr(0, end), &row)) lines.add(row);
    table.remove_prefix(end == std::string_view::npos ? table.size() : end + 1);
  }
  return lines.take();
}

}  // namespace copytaster
