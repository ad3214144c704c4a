#include "processors/quote_marks.h"

#include <algorithm>

#include "processors/quote_mark_context.h"
#include "processors/quote_mark_signs.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostSpans = 500;
constexpr std::size_t kDeepest = 8;
constexpr std::size_t kLongestSpan = 6000;  // bytes: longer "quotations" are lost marks

struct Open {
  MarkKind kind;
  std::size_t outer, inner;
  bool own_paragraph;
};

class Finder {
 public:
  Finder(std::string_view text, std::vector<QuotedSpan>* out) : text_(text), look_(text), out_(out) {}

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
      } else if (c == U',' && next_is(',') && look_.looks_opening(here_, at_ + 1)) {
        ++at_;  // ,,so''
        open(MarkKind::kLow);
      } else if (c == U'\'' && next_is('\'') && !stack_.empty() && stack_.back().kind == MarkKind::kLow) {
        ++at_;
        close();
      } else if (is_quotation_mark(c)) {
        mark(c);
      }
    }
    if (!stack_.empty()) give_up(text_.size());
  }

 private:
  [[nodiscard]] bool next_is(char byte) const { return at_ < text_.size() && text_[at_] == byte; }
  [[nodiscard]] bool looks_opening() const { return look_.looks_opening(here_, at_); }
  [[nodiscard]] bool looks_closing() const { return look_.looks_closing(here_, at_); }
  [[nodiscard]] bool single_at_bottom() const { return !stack_.empty() && is_single(stack_[0].kind); }

  void mark(char32_t c) {
    if (here_ == continuation_) return;  // "each paragraph opens with the mark again"
    if ((c == 0x201D || c == U'"') && !stack_.empty() && look_.is_inches(here_)) return;
    if (is_single_mark(c)) {
      single_mark(c);
      return;
    }
    for (std::size_t level = stack_.size(); level-- > 0;) {
      if (!closes(stack_[level].kind, c)) continue;
      if (only_seems_to_close(stack_[level].kind, c)) break;
      stack_.resize(level + 1);
      close();
      return;
    }
    try_open(c);
  }

  // The mark would close `kind`, but it stands like an opening one.
  [[nodiscard]] bool only_seems_to_close(MarkKind kind, char32_t c) {
    const bool both_ways = c == U'"' || c == 0xFF02 || (kind == MarkKind::kLow && c == 0x201C) ||
                           kind == MarkKind::kSwedish || (kind == MarkKind::kReversed && c == 0xBB);
    if (!both_ways || looks_closing() || !looks_opening()) return false;
    if (kind == MarkKind::kSwedish || c == 0xFF02) return false;
    return c == U'"' || c == 0xBB || look_.odd_marks_ahead(c, here_);
  }

  void try_open(char32_t c) {
    const bool outermost = stack_.empty();
    switch (c) {
      case 0x201C:
      case 0x201F:
        // A German closing mark whose opening one is lost opens nothing.
        if (!outermost || looks_opening() || look_.before(here_) == U'\n' ||
            is_mark_space(look_.before(here_)))
          reopen_or(MarkKind::kCurly);
        break;
      case 0x201E:
        reopen_or(MarkKind::kLow);
        break;
      case 0xAB:
        if (outermost || looks_opening() || is_mark_space(look_.after(at_))) open(MarkKind::kGuillemet);
        break;
      case 0xBB:
        if (outermost && looks_opening()) open(MarkKind::kReversed);
        break;
      case 0x2039:
      case 0x203A:
        if (outermost && looks_opening()) open(MarkKind::kAngle);
        break;
      case 0x201D:
        if (outermost && looks_opening()) open(MarkKind::kSwedish);
        break;
      case 0x300C:
      case 0xFE41:
      case 0xFF62:
        open(MarkKind::kCorner);
        break;
      case 0x300E:
      case 0xFE43:
        open(MarkKind::kWhiteCorner);
        break;
      case 0x301D:
        open(MarkKind::kPrime);
        break;
      case 0x275D:
        open(MarkKind::kOrnament);
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
      const char32_t before = look_.before(here_);
      if ((before >= U'0' && before <= U'9') || !looks_opening()) return;  // inches; a stray mark
    } else if (!look_.odd_marks_ahead(U'"', here_)) {
      // An opening mark inside a quotation: nested when an odd number of marks follows, else the first
      // one was never closed.
      give_up(here_);
    }
    open(MarkKind::kStraight);
  }

  void reopen_or(MarkKind kind) {
    if (std::any_of(stack_.begin(), stack_.end(), [&](const Open& one) { return one.kind == kind; }) &&
        !look_.nests_ahead(kind, here_))
      give_up(here_);
    open(kind);
  }

  void single_mark(char32_t c) {
    if (single_at_bottom() && closes(stack_[0].kind, c) && looks_closing() &&
        !look_.is_plural_possessive(c, here_, at_)) {
      stack_.resize(1);
      close();
      return;
    }
    if (!stack_.empty()) return;  // nested: its outer quotation is what counts
    if (!look_.single_opens(c, here_, at_)) return;
    open(c == U'\'' ? MarkKind::kApostrophe : c == 0x201A ? MarkKind::kLowSingle : MarkKind::kSingle);
  }

  void open(MarkKind kind) {
    if (stack_.size() >= kDeepest) return;
    if (stack_.empty()) nested_end_ = {};
    stack_.push_back({kind, here_, at_, look_.begins_line(here_)});
  }

  void close() {
    const Open done = stack_.back();
    stack_.pop_back();
    if (stack_.empty()) {
      emit(done, here_, at_, true);
    } else if (done.kind == stack_[0].kind && done.kind == MarkKind::kGuillemet) {
      nested_end_ = {here_, at_};
    }
  }

  void line_end() {
    if (stack_.empty()) return;
    if (single_at_bottom()) {
      stack_.clear();
      return;
    }
    std::size_t next = at_;
    bool paragraph = false;
    while (next < text_.size() && is_mark_space(static_cast<unsigned char>(text_[next]))) {
      paragraph = paragraph || text_[next] == '\n';
      ++next;
    }
    if (next >= text_.size()) return;
    std::size_t end = next;
    const char32_t first = next_code_point(text_, &end);
    // A post's paragraphs may be single lines; a straight mark there rather opens the next quotation.
    const bool says_so =
        goes_on_with(stack_[0].kind, first) &&
        (paragraph || (stack_[0].kind != MarkKind::kStraight && look_.looks_opening(next, end)));
    if (says_so && here_ - stack_[0].outer < kLongestSpan) {
      stack_.resize(1);
      continuation_ = next;
      at_ = next;
      return;
    }
    if (!paragraph) return;
    stack_.resize(1);
    if (!look_.closes_later(stack_[0].kind, next)) give_up(here_);
  }

  // No closing mark: the quotation ends, unsurely, where the paragraph does, or with the one inside it:
  // in French two that end together share one.
  void give_up(std::size_t end) {
    const Open bottom = stack_[0];
    stack_.clear();
    if (is_single(bottom.kind)) return;
    if (nested_end_.end > 0) {
      emit(bottom, nested_end_.begin, nested_end_.end, false);
    } else {
      emit(bottom, end, end, false);
    }
  }

  void emit(const Open& opened, std::size_t inner_end, std::size_t outer_end, bool closed) {
    std::size_t begin = opened.inner, end = inner_end;
    while (begin < end && is_mark_space(look_.after(begin))) next_code_point(text_, &begin);
    while (end > begin && is_mark_space(look_.before(end))) {
      do {
        --end;
      } while (end > begin && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80);
    }
    if (begin >= end || end - begin > kLongestSpan) return;
    QuotedSpan span;
    span.inner = {begin, end};
    span.outer = {opened.outer, std::max(outer_end, end)};
    span.style = is_single(opened.kind)   ? MarkStyle::kSingle
                 : is_corner(opened.kind) ? MarkStyle::kCorner
                                          : MarkStyle::kDouble;
    span.closed = closed;
    span.own_paragraph = opened.own_paragraph;
    out_->push_back(span);
  }

  std::string_view text_;
  MarkContext look_;
  std::vector<QuotedSpan>* out_;
  std::vector<Open> stack_;
  std::size_t at_ = 0, here_ = 0;
  std::size_t continuation_ = std::string_view::npos;
  Span nested_end_;  // where a quotation inside one of its own kind ended last
};

}  // namespace

void find_quoted(std::string_view text, std::vector<QuotedSpan>* out) {
  out->clear();
  Finder(text, out).run();
}

}  // namespace copytaster
