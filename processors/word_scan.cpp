#include "processors/word_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/text.h"
#include "processors/contrast_signs.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace copytaster {
namespace {

constexpr std::size_t kRun = 16;  // bytes looked at together
constexpr std::size_t kKept = 5;
constexpr std::size_t kLargestKept = std::size_t{32} << 10;  // longer texts give their memory back

// How many of the 16 bytes at `p` are a to z, from the first on. Each is a letter that stays as it is.
std::size_t lower_run(const char* p) {
#ifdef __SSE2__
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  // SSE2 compares signed bytes only: 'a' to 'z' are moved to the lowest of them.
  const __m128i moved = _mm_sub_epi8(bytes, _mm_set1_epi8(static_cast<char>('a' + 128)));
  const __m128i is_lower = _mm_cmplt_epi8(moved, _mm_set1_epi8(static_cast<char>(-128 + 26)));
  return static_cast<std::size_t>(std::countr_one(static_cast<unsigned>(_mm_movemask_epi8(is_lower))));
#else
  std::size_t run = 0;
  while (run < kRun && p[run] >= 'a' && p[run] <= 'z') ++run;
  return run;
#endif
}

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

// The loops over characters keep what they change in local variables: through `this` the compiler would have
// to read all of it again after each byte that is written.
class Scanner {
 public:
  Scanner(std::string_view text, WordScan* out) : text_(text), out_(out) {}

  void run() {
    out_->words.clear();
    out_->signs = 0;
    // A letter of one byte gives one, any other at most five, and before a word stands one more. A run is
    // written whole.
    out_->folded.resize(text_.size() * 3 + 8 + kRun);
    begin_ = write_ = out_->folded.data();
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t next = at;
      const char32_t c = code_point(&next);
      const FoldedChar& folded = fold(c);
      if ((folded.flags & FoldedChar::kWord) != 0) {
        at = word(folded, at, next);
        continue;
      }
      if ((folded.flags & FoldedChar::kTransparent) == 0) between(c);
      at = next;
    }
    out_->folded.resize(static_cast<std::size_t>(write_ - begin_));
  }

 private:
  // next_code_point() with its commonest cases in place.
  char32_t code_point(std::size_t* at) const {
    const auto lead = static_cast<unsigned char>(text_[*at]);
    if (lead < 0x80) return ++*at, lead;
    if (lead >= 0xC2 && lead < 0xE0 && *at + 1 < text_.size()) {
      const auto second = static_cast<unsigned char>(text_[*at + 1]);
      if ((second & 0xC0U) == 0x80) return *at += 2, ((lead & 0x1FU) << 6) | (second & 0x3FU);
    }
    return next_code_point(text_, at);
  }
  const FoldedChar& fold(char32_t c) const { return c < kFoldedTableSize ? table_[c] : folded_char(c); }

  // What a word's letters add up to.
  struct Letters {
    char* write;  // where the next one goes
    unsigned flags = 0;
    int count = 0;
    bool has_lower = false;  // one that is neither upper case nor a digit
    Script script = Script::kOther;

    void take(const FoldedChar& letter) {
      script = script == Script::kOther ? letter.script : script;
      flags |= letter.flags;
      has_lower |= (letter.flags & (FoldedChar::kUpper | FoldedChar::kDigit)) == 0;
      ++count;
      // Always five bytes: what is too many is written over, or cut off at the end.
      std::memcpy(write, letter.bytes, sizeof letter.bytes);
      write += letter.size;
    }
    void take_lower(const char* run, std::size_t size) {
      script = script == Script::kOther ? Script::kLatin : script;
      flags |= FoldedChar::kWord | FoldedChar::kLower;
      has_lower = true;
      count += static_cast<int>(size);
      std::memcpy(write, run, kRun);
      write += size;
    }
  };

  // The word that begins with the letter `first` at bytes [begin, next). Where it ends.
  std::size_t word(const FoldedChar& first, std::size_t begin, std::size_t next) {
    if (!out_->words.empty()) *write_++ = joins(between_) ? ' ' : '\n';
    Word now = begun(first, begin);
    Letters all{.write = write_};
    std::size_t at = begin, end = begin;
    for (const FoldedChar* letter = &first; letter != nullptr; letter = next_letter(&at, &next, &end)) {
      if (all.count > 0 && ((letter->flags | all.flags) & FoldedChar::kAlone) != 0) break;
      all.take(*letter);
      end = next = behind_lower(next, &all);
    }
    write_ = all.write;
    letters_ = all.count;
    now.script = all.script;
    now.end = static_cast<std::uint32_t>(end);
    now.fold_end = folded_size();
    now.all_upper = !all.has_lower && all.count >= 2 && now.capital;
    now.number = (all.flags & FoldedChar::kNumber) != 0;
    out_->words.push_back(now);
    between_ = Gap::kNone;
    last_ = 0;
    return at;
  }

  // Takes what goes on with a word in plain small letters, as most words of most posts do. Where that ends.
  std::size_t behind_lower(std::size_t at, Letters* all) const {
    if ((all->flags & FoldedChar::kAlone) != 0) return at;
    while (at + kRun <= text_.size()) {
      const std::size_t run = lower_run(text_.data() + at);
      if (run == 0) break;
      all->take_lower(text_.data() + at, run);
      at += run;
      if (run < kRun) break;
    }
    return at;
  }

  // The letter that goes on with a word at *next, now bytes [*at, *next); null where the word is over, at
  // *at. What is transparent on the way to it is skipped; a mark belongs to the word, whose end is *end.
  const FoldedChar* next_letter(std::size_t* at, std::size_t* next, std::size_t* end) const {
    for (;;) {
      *at = *next;
      if (*at == text_.size()) return nullptr;
      const FoldedChar& folded = fold(code_point(next));
      if ((folded.flags & FoldedChar::kWord) != 0) return &folded;
      if ((folded.flags & FoldedChar::kTransparent) == 0) return nullptr;
      if ((folded.flags & FoldedChar::kMark) != 0) *end = *next;
    }
  }

  [[nodiscard]] Word begun(const FoldedChar& first, std::size_t begin) const {
    Word now;
    now.begin = static_cast<std::uint32_t>(begin);
    now.fold_begin = folded_size();
    now.gap = between_;
    now.capital = (first.flags & FoldedChar::kUpper) != 0;
    now.digit = (first.flags & FoldedChar::kDigit) != 0;
    now.hash = last_ == U'#' || last_ == 0xFF03;
    now.at = last_ == U'@';
    return now;
  }

  void between(char32_t c) {
    Gap gap = c == U' ' ? Gap::kSpace : gap_of(c);
    if (gap == Gap::kStop && between_ == Gap::kNone && letters_ <= 3) gap = Gap::kAbbreviation;
    between_ = std::max(between_, gap);
    last_ = c;
    if (c >= kFirstContrastSign || c == U'$') out_->signs |= contrast_sign(c);
  }

  static bool joins(Gap gap) { return gap <= Gap::kAbbreviation; }
  [[nodiscard]] std::uint32_t folded_size() const { return static_cast<std::uint32_t>(write_ - begin_); }

  std::string_view text_;
  WordScan* out_;
  const FoldedChar* table_ = folded_table();
  char* begin_ = nullptr;  // of out_->folded
  char* write_ = nullptr;
  int letters_ = 0;  // of the last word
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
  for (std::size_t i = 0; i < kKept; ++i) {
    if (!kept[i].used || kept[i].text != text) continue;
    // What was asked for just now is not the next to go.
    if (i == next) next = (next + 1) % kKept;
    return kept[i].scan;
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
