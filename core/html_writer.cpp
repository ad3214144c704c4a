#include "core/html_writer.h"

#include <algorithm>

#include "core/code_points.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// Unicode's White_Space.
bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

}  // namespace

void HtmlWriter::before_character() {
  if (!out_.empty()) {
    if (newlines_ > 0)
      out_.append(std::min<std::size_t>(newlines_, 2), '\n');
    else if (space_)
      out_ += ' ';
  }
  newlines_ = 0;
  space_ = false;
  for (Open& open : open_) {
    if (open.begun) continue;
    open.begun = true;
    open.facet.set_begin(static_cast<std::uint32_t>(out_.size()));
  }
}

void HtmlWriter::text(std::string_view bytes, bool preformatted) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t begin = i;
    const char32_t c = next_code_point(bytes, &i);
    if (c == 0x200B || c == 0xFEFF) continue;  // a place to break a line, a byte order mark: nothing to read
    if (is_space(c)) {
      if (preformatted && c == '\n')
        ++newlines_;
      else
        space_ = true;
      continue;
    }
    if (newlines_ > 0 || space_ || !open_.empty()) before_character();
    // "&#999999999999999" comes out of gumbo as bytes that are no character.
    if (c == 0xFFFD)
      append_utf8(out_, c);
    else
      out_.append(bytes, begin, i - begin);
  }
}

void HtmlWriter::open(Facet::Kind kind, std::string target) {
  Open open;
  open.facet.set_kind(kind);
  open.facet.set_target(std::move(target));
  open_.push_back(std::move(open));
}

void HtmlWriter::close() {
  if (open_.empty()) return;
  Open done = std::move(open_.back());
  open_.pop_back();
  if (!done.begun || out_.size() <= done.facet.begin()) return;
  done.facet.set_end(static_cast<std::uint32_t>(out_.size()));
  const bool overlaps = !facets_.empty() && facets_.back().end() > done.facet.begin();
  if (!overlaps) facets_.push_back(std::move(done.facet));
}

}  // namespace copytaster
