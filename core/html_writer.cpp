#include "core/html_writer.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster {

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
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool no_break = c == '\xC2' && i + 1 < bytes.size() && bytes[i + 1] == '\xA0';
    const bool zero_width = bytes.substr(i, 3) == "\xE2\x80\x8B" || bytes.substr(i, 3) == "\xEF\xBB\xBF";
    if (is_ascii_space(c) || no_break) {
      if (preformatted && c == '\n')
        ++newlines_;
      else
        space_ = true;
      if (no_break) ++i;
    } else if (zero_width) {
      i += 2;
    } else {
      if (newlines_ > 0 || space_ || !open_.empty()) before_character();
      out_ += c;
    }
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
