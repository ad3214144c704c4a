#include "processors/word_scan.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kKept = 5;
constexpr std::size_t kLargestKept = std::size_t{32} << 10;  // longer texts give their memory back

Gap gap_of(char32_t c) {
  switch (c) {
    case U' ':
    case U'\t':
    case 0xA0:
    case 0x202F:
    case 0x2009:
    case 0x200A:
    case 0x3000:
      return Gap::kSpace;
    case U'\n':
    case U'\r':
    case 0x2028:
    case 0x2029:
      return Gap::kLine;
    case U'-':
    case 0x2010:
    case 0x2011:
      return Gap::kHyphen;
    case U'\'':
    case 0x2019:
    case 0x2BC:
    case 0x60:
    case 0xB4:
      return Gap::kApostrophe;
    case U'_':
      return Gap::kUnderscore;
    case U',':
    case 0x3001:
    case 0xFF0C:
      return Gap::kComma;
    case U'.':
      return Gap::kStop;
    default:
      return Gap::kOther;
  }
}

class Scanner {
 public:
  Scanner(std::string_view text, WordScan* out) : text_(text), out_(out) {}

  void run() {
    out_->words.clear();
    out_->folded.clear();
    out_->folded.reserve(text_.size() + text_.size() / 4 + 8);
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t begin = at;
      const char32_t c = next_code_point(text_, &at);
      const FoldedChar& folded = folded_char(c);
      if ((folded.flags & FoldedChar::kWord) != 0) {
        letter(folded, begin, at);
      } else if ((folded.flags & FoldedChar::kTransparent) == 0) {
        between(c);
      } else if (open_ && (folded.flags & FoldedChar::kMark) != 0) {
        last_end_ = at;
      }
    }
    close();
  }

 private:
  void letter(const FoldedChar& folded, std::size_t begin, std::size_t end) {
    const bool cjk = folded.script == Script::kCjk;
    if (open_ && (cjk || word().script == Script::kCjk)) {
      close();
    }
    if (!open_) start(folded, begin);
    Word& now = word();
    if (now.script == Script::kOther) now.script = folded.script;
    if ((folded.flags & FoldedChar::kUpper) == 0 && (folded.flags & FoldedChar::kDigit) == 0)
      all_upper_ = false;
    ++letters_;
    out_->folded.append(folded.bytes, folded.size);
    last_end_ = end;
  }

  void start(const FoldedChar& folded, std::size_t begin) {
    if (!out_->words.empty()) out_->folded += joins(between_) ? ' ' : '\n';
    Word fresh;
    fresh.begin = static_cast<std::uint32_t>(begin);
    fresh.fold_begin = static_cast<std::uint32_t>(out_->folded.size());
    fresh.gap = between_;
    fresh.capital = (folded.flags & FoldedChar::kUpper) != 0;
    fresh.digit = (folded.flags & FoldedChar::kDigit) != 0;
    fresh.hash = last_ == U'#' || last_ == 0xFF03;
    fresh.at = last_ == U'@';
    out_->words.push_back(fresh);
    open_ = true;
    all_upper_ = true;
    letters_ = 0;
  }

  void between(char32_t c) {
    if (open_) close();
    Gap gap = gap_of(c);
    if (gap == Gap::kStop && between_ == Gap::kNone && letters_ <= 3) gap = Gap::kAbbreviation;
    between_ = std::max(between_, gap);
    last_ = c;
  }

  void close() {
    if (!open_) return;
    Word& now = word();
    now.end = static_cast<std::uint32_t>(last_end_);
    now.fold_end = static_cast<std::uint32_t>(out_->folded.size());
    now.all_upper = all_upper_ && letters_ >= 2 && now.capital;
    open_ = false;
    between_ = Gap::kNone;
    last_ = 0;
  }

  static bool joins(Gap gap) { return gap <= Gap::kAbbreviation; }
  Word& word() { return out_->words.back(); }

  std::string_view text_;
  WordScan* out_;
  bool open_ = false;
  bool all_upper_ = false;
  int letters_ = 0;
  std::size_t last_end_ = 0;
  Gap between_ = Gap::kLine;
  char32_t last_ = U'\n';
};

struct Kept {
  std::string text;
  WordScan scan;
  bool used = false;
};

}  // namespace

std::size_t WordScan::first_word_from(std::size_t byte) const {
  const auto found = std::lower_bound(words.begin(), words.end(), byte,
                                      [](const Word& word, std::size_t at) { return word.begin < at; });
  return static_cast<std::size_t>(found - words.begin());
}

void scan_words_into(std::string_view text, WordScan* out) {
  if (text.size() > kMaxScannedBytes) text = text.substr(0, utf8_floor(text, kMaxScannedBytes));
  Scanner(text, out).run();
  if (!out->words.empty()) out->folded += '\n';
}

const WordScan& scan_words(std::string_view text) {
  static thread_local std::array<Kept, kKept> kept;
  static thread_local std::size_t next = 0;
  if (text.size() > kMaxScannedBytes) text = text.substr(0, utf8_floor(text, kMaxScannedBytes));
  for (const Kept& one : kept) {
    if (one.used && one.text == text) return one.scan;
  }
  Kept& slot = kept[next];
  next = (next + 1) % kKept;
  if (slot.text.capacity() > kLargestKept) slot = Kept();
  slot.text.assign(text);
  slot.used = true;
  scan_words_into(slot.text, &slot.scan);
  return slot.scan;
}

}  // namespace copytaster
