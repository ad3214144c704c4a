#include "processors/quote_marks.h"

#include <algorithm>
#include <array>

#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostSpans = 500;
constexpr std::size_t kDeepest = 8;
constexpr std::size_t kLongestSingle = 600;       // bytes within ‘ ’ on one line
constexpr std::size_t kLookAhead = 1500;          // bytes: how far a missing closing mark is sought
constexpr std::size_t kLookAheadBudget = 200000;  // bytes a text: keeps hostile texts linear
constexpr std::size_t kLongestSpan = 6000;        // bytes: longer "quotations" are lost marks

enum class Kind : std::uint8_t {
  kCurly,
  kLow,
  kStraight,
  kSwedish,
  kGuillemet,
  kReversed,
  kAngle,
  kSingle,
  kLowSingle,
  kApostrophe,
  kCorner,
  kWhiteCorner
};

bool is_space(char32_t c) {
  return c == U' ' || c == U'\n' || c == U'\t' || c == U'\r' || c == 0xA0 || c == 0x202F || c == 0x2009 ||
         c == 0x3000;
}
bool is_word(char32_t c) { return (folded_char(c).flags & FoldedChar::kWord) != 0; }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool opens_bracket(char32_t c) {
  return c == U'(' || c == U'[' || c == 0x2014 || c == 0x2013 || c == U'/' || c == U'-' || c == U'>' ||
         c == U':' || c == U'*';
}
bool is_mark(char32_t c) {
  switch (c) {
    case U'"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
    case 0x2039:
    case 0x203A:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case U'\'':
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0xFF62:
    case 0xFF63:
    case 0xFF02:
      return true;
    default:
      return false;
  }
}

struct Open {
  Kind kind;
  std::size_t outer, inner;
  bool own_paragraph;
};

class Finder {
 public:
  Finder(std::string_view text, std::vector<QuotedSpan>* out) : text_(text), out_(out) {}

  void run() {
    for (at_ = 0; at_ < text_.size() && out_->size() < kMostSpans;) {
      here_ = at_;
      const unsigned char byte = static_cast<unsigned char>(text_[at_]);
      // Letters and spaces are most of a text: no decoding for them.
      if (byte < 0x80 && byte != '"' && byte != '\'' && byte != '\n' && byte != ',') {
        ++at_;
        continue;
      }
      const char32_t c = next_code_point(text_, &at_);
      if (c == U'\n') {
        line_end();
      } else if (c == U',' && at_ < text_.size() && text_[at_] == ',' && looks_opening(here_, at_ + 1)) {
        ++at_;  // ,,so''
        open(Kind::kLow);
      } else if (c == U'\'' && at_ < text_.size() && text_[at_] == '\'' && top_is(Kind::kLow)) {
        ++at_;
        close();
      } else if (is_mark(c)) {
        mark(c);
      }
    }
    if (!stack_.empty()) give_up(text_.size());
  }

 private:
  [[nodiscard]] char32_t before(std::size_t at) const {
    return at == 0 ? U'\n' : code_point_before(text_, at);
  }
  [[nodiscard]] char32_t after(std::size_t at) const {
    if (at >= text_.size()) return U'\n';
    return next_code_point(text_, &at);
  }
  [[nodiscard]] bool looks_opening(std::size_t begin, std::size_t end) const {
    const char32_t prev = before(begin), next = after(end);
    return (is_space(prev) || opens_bracket(prev) || is_mark(prev)) && !is_space(next) && next != U',' &&
           next != U'.' && next != U')';
  }
  [[nodiscard]] bool looks_closing(std::size_t begin, std::size_t end) const {
    return !is_space(before(begin)) && !is_word(after(end));
  }
  [[nodiscard]] bool top_is(Kind kind) const { return !stack_.empty() && stack_.back().kind == kind; }
  [[nodiscard]] bool has(Kind kind) const {
    return std::any_of(stack_.begin(), stack_.end(), [&](const Open& open) { return open.kind == kind; });
  }
  [[nodiscard]] bool single_at_bottom() const {
    return !stack_.empty() && (stack_[0].kind == Kind::kSingle || stack_[0].kind == Kind::kLowSingle ||
                               stack_[0].kind == Kind::kApostrophe);
  }

  // Whether `c` is a closing mark of `kind`.
  [[nodiscard]] static bool closes(Kind kind, char32_t c) {
    switch (kind) {
      case Kind::kCurly:
        return c == 0x201D || c == U'"';
      case Kind::kLow:
        return c == 0x201C || c == 0x201D || c == U'"' || c == 0x201F;
      case Kind::kStraight:
        return c == U'"' || c == 0x201D || c == 0xFF02;
      case Kind::kSwedish:
        return c == 0x201D;
      case Kind::kGuillemet:
        return c == 0xBB;
      case Kind::kReversed:
        return c == 0xAB;
      case Kind::kAngle:
        return c == 0x203A || c == 0x2039;
      case Kind::kSingle:
        return c == 0x2019;
      case Kind::kLowSingle:
        return c == 0x2018 || c == 0x2019;
      case Kind::kApostrophe:
        return c == U'\'';
      case Kind::kCorner:
        return c == 0x300D || c == 0xFF63;
      case Kind::kWhiteCorner:
        return c == 0x300F;
    }
    return false;
  }
  [[nodiscard]] static bool reopens(Kind kind, char32_t c) {
    switch (kind) {
      case Kind::kCurly:
        return c == 0x201C || c == U'"';
      case Kind::kLow:
        return c == 0x201E;
      case Kind::kStraight:
        return c == U'"' || c == 0x201C;
      case Kind::kSwedish:
        return c == 0x201D;
      case Kind::kGuillemet:
        return c == 0xAB || c == 0xBB;
      case Kind::kReversed:
        return c == 0xBB;
      case Kind::kCorner:
        return c == 0x300C;
      default:
        return false;
    }
  }

  void mark(char32_t c) {
    if (here_ == continuation_) return;  // "each paragraph opens with the mark again"
    const bool single = c == U'\'' || c == 0x2018 || c == 0x2019 || c == 0x201A || c == 0x201B;
    if (single) {
      single_mark(c);
      return;
    }
    for (std::size_t level = stack_.size(); level-- > 0;) {
      if (!closes(stack_[level].kind, c)) continue;
      if (ambiguous(stack_[level].kind, c)) break;
      stack_.resize(level + 1);
      close();
      return;
    }
    try_open(c);
  }

  // The mark would close `kind`, but it stands like an opening one.
  [[nodiscard]] bool ambiguous(Kind kind, char32_t c) {
    if (c != U'"' && c != 0xFF02 && !(kind == Kind::kLow && c == 0x201C) && !(kind == Kind::kSwedish))
      return false;
    if (looks_closing(here_, at_) || !looks_opening(here_, at_)) return false;
    if (c != U'"') return kind == Kind::kLow && odd_marks_ahead(c);
    return true;
  }

  void try_open(char32_t c) {
    switch (c) {
      case 0x201C:
      case 0x201F:
        reopen_or(Kind::kCurly);
        break;
      case 0x201E:
        reopen_or(Kind::kLow);
        break;
      case 0xAB:
        if (stack_.empty() || looks_opening(here_, at_) || is_space(after(at_))) open(Kind::kGuillemet);
        break;
      case 0xBB:
        if (stack_.empty() && looks_opening(here_, at_)) open(Kind::kReversed);
        break;
      case 0x2039:
        if (stack_.empty() && looks_opening(here_, at_)) open(Kind::kAngle);
        break;
      case 0x203A:
        if (stack_.empty() && looks_opening(here_, at_)) open(Kind::kAngle);
        break;
      case 0x201D:
        if (stack_.empty() && looks_opening(here_, at_)) open(Kind::kSwedish);
        break;
      case 0x300C:
      case 0xFF62:
        open(Kind::kCorner);
        break;
      case 0x300E:
        open(Kind::kWhiteCorner);
        break;
      case U'"':
      case 0xFF02:
        straight();
        break;
      default:
        break;
    }
  }

  void straight() {
    if (stack_.empty() || single_at_bottom()) {
      if (is_digit(before(here_)) || !looks_opening(here_, at_)) return;  // inches; a stray mark
      open(Kind::kStraight);
      return;
    }
    // An opening mark inside a quotation: nested when an odd number of marks follows, else the first
    // one was never closed.
    if (odd_marks_ahead(U'"')) {
      open(Kind::kStraight);
    } else {
      give_up(here_);
      open(Kind::kStraight);
    }
  }

  void reopen_or(Kind kind) {
    if (has(kind)) give_up(here_);
    open(kind);
  }

  // Whether the number of marks `c` from here to the end of the paragraph is odd.
  [[nodiscard]] bool odd_marks_ahead(char32_t c) {
    std::size_t count = 0;
    const std::size_t end = std::min(text_.size(), here_ + kLookAhead);
    if (!spend(kLookAhead)) return false;
    for (std::size_t i = here_; i < end;) {
      const char32_t now = next_code_point(text_, &i);
      if (now == U'\n' && i < end && text_[i] == '\n') break;
      if (now == c || (c == U'"' && now == 0x201D)) ++count;
    }
    return count % 2 == 1;
  }

  void single_mark(char32_t c) {
    if (single_at_bottom() && closes(stack_[0].kind, c) && looks_closing(here_, at_) &&
        !is_plural_possessive(c)) {
      stack_.resize(1);
      close();
      return;
    }
    if (!stack_.empty()) return;  // nested: its outer quotation is what counts
    const bool can_open = c == 0x2018 || c == 0x201A || c == 0x201B || c == U'\'';
    if (c == U'\'' && (before(here_) == U'\'' || after(at_) == U'\'')) return;  // ''so''
    if (!can_open || !looks_opening(here_, at_) || !is_word(after(at_)) || is_digit(after(at_)) ||
        is_elision())
      return;
    if (!closes_on_this_line(c)) return;
    open(c == U'\'' ? Kind::kApostrophe : c == 0x201A ? Kind::kLowSingle : Kind::kSingle);
  }

  // "the boys’ house" within ‘ ’: another closing mark comes before the line is over.
  [[nodiscard]] bool is_plural_possessive(char32_t c) {
    const char32_t prev = before(here_);
    if (prev != U's' || after(at_) != U' ' || !spend(kLongestSingle)) return false;
    const std::size_t end = std::min(text_.size(), at_ + kLongestSingle);
    if (at_ + 1 >= end || (folded_char(after(at_ + 1)).flags & FoldedChar::kLower) == 0) return false;
    for (std::size_t i = at_; i < end;) {
      const std::size_t begin = i;
      const char32_t now = next_code_point(text_, &i);
      if (now == U'\n' || now == 0x2018) return false;
      if (now == c && looks_closing(begin, i)) return true;
    }
    return false;
  }

  // 's avonds, 't, 'n, 'em, 'tis, 'cause
  [[nodiscard]] bool is_elision() const {
    std::size_t end = at_;
    while (end < text_.size() && is_word(after(end)) && end - at_ < 6) {
      std::size_t next = end;
      next_code_point(text_, &next);
      end = next;
    }
    static constexpr std::string_view kElided[] = {"s",     "t", "n", "em", "tis", "twas", "cause", "til",
                                                   "round", "k", "m", "ne", "Em",  "Tis",  "S",     "T"};
    const std::string_view word = text_.substr(at_, end - at_);
    return std::find(std::begin(kElided), std::end(kElided), word) != std::end(kElided);
  }

  [[nodiscard]] bool closes_on_this_line(char32_t opening) {
    if (!spend(kLongestSingle)) return false;
    const std::size_t end = std::min(text_.size(), at_ + kLongestSingle);
    for (std::size_t i = at_; i < end;) {
      const std::size_t begin = i;
      const char32_t now = next_code_point(text_, &i);
      if (now == U'\n') return false;
      const bool fits =
          opening == U'\'' ? now == U'\'' : now == 0x2019 || (opening == 0x201A && now == 0x2018);
      if (fits && looks_closing(begin, i)) return true;
    }
    return false;
  }

  [[nodiscard]] bool spend(std::size_t bytes) {
    if (budget_ < bytes) return false;
    budget_ -= bytes;
    return true;
  }

  void open(Kind kind) {
    if (stack_.size() >= kDeepest) return;
    stack_.push_back({kind, here_, at_, here_ == 0 || before_spaces_is_line(here_)});
  }

  [[nodiscard]] bool before_spaces_is_line(std::size_t at) const {
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    return at == 0 || text_[at - 1] == '\n';
  }

  void close() {
    const Open done = stack_.back();
    stack_.pop_back();
    if (stack_.empty()) emit(done, here_, at_, true);
  }

  void line_end() {
    if (stack_.empty()) return;
    if (single_at_bottom()) {
      stack_.clear();
      return;
    }
    std::size_t next = at_;
    bool paragraph = false;
    while (next < text_.size() && is_space(static_cast<unsigned char>(text_[next]))) {
      paragraph = paragraph || text_[next] == '\n';
      ++next;
    }
    if (!paragraph || next >= text_.size()) return;
    stack_.resize(1);
    std::size_t end = next;
    if (reopens(stack_[0].kind, next_code_point(text_, &end)) && here_ - stack_[0].outer < kLongestSpan) {
      continuation_ = next;
      at_ = next;
      return;
    }
    if (!closes_later(next)) give_up(here_);
  }

  // Without the mark at the new paragraph's beginning: only paired marks, and only when the closing one
  // comes before another opening one.
  [[nodiscard]] bool closes_later(std::size_t from) {
    const Kind kind = stack_[0].kind;
    if (kind == Kind::kStraight || kind == Kind::kSwedish || !spend(kLookAhead)) return false;
    const std::size_t end = std::min(text_.size(), from + kLookAhead);
    for (std::size_t i = from; i < end;) {
      const char32_t c = next_code_point(text_, &i);
      if (c != U'"' && closes(kind, c)) return true;
      if (reopens(kind, c)) return false;
    }
    return false;
  }

  // No closing mark: the quotation ends, unsurely, where the paragraph does.
  void give_up(std::size_t end) {
    if (stack_.empty()) return;
    const Open bottom = stack_[0];
    stack_.clear();
    if (bottom.kind == Kind::kSingle || bottom.kind == Kind::kLowSingle || bottom.kind == Kind::kApostrophe)
      return;
    emit(bottom, end, end, false);
  }

  void emit(const Open& opened, std::size_t inner_end, std::size_t outer_end, bool closed) {
    std::size_t begin = opened.inner, end = inner_end;
    while (begin < end && is_space(after(begin))) next_code_point(text_, &begin);
    while (end > begin && is_space(before(end))) {
      do {
        --end;
      } while (end > begin && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80);
    }
    if (begin >= end || end - begin > kLongestSpan) return;
    QuotedSpan span;
    span.inner = {begin, end};
    span.outer = {opened.outer, std::max(outer_end, end)};
    const bool single =
        opened.kind == Kind::kSingle || opened.kind == Kind::kLowSingle || opened.kind == Kind::kApostrophe;
    const bool corner = opened.kind == Kind::kCorner || opened.kind == Kind::kWhiteCorner;
    span.style = single ? MarkStyle::kSingle : corner ? MarkStyle::kCorner : MarkStyle::kDouble;
    span.closed = closed;
    span.own_paragraph = opened.own_paragraph;
    out_->push_back(span);
  }

  std::string_view text_;
  std::vector<QuotedSpan>* out_;
  std::vector<Open> stack_;
  std::size_t at_ = 0, here_ = 0;
  std::size_t continuation_ = std::string_view::npos;
  std::size_t budget_ = kLookAheadBudget;
};

}  // namespace

void find_quoted(std::string_view text, std::vector<QuotedSpan>* out) {
  out->clear();
  Finder(text, out).run();
}

}  // namespace copytaster
