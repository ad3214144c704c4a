// Text as it grows out of HTML: white space is kept tidy while writing, so that offsets of facets are
// right from the start. Internal to core/html.cpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/copytaster.pb.h"

namespace copytaster {

class HtmlWriter {
 public:
  // White space collapses, except in `preformatted` text, where line breaks stay.
  void text(std::string_view bytes, bool preformatted);
  void line_break() { newlines_ += 1; }
  // At least `lines` line breaks before the next character, if anything stands before.
  void block(std::size_t lines) {
    if (newlines_ < lines) newlines_ = lines;
  }
  void space() { space_ = true; }

  // A span that means more, from the next character to close(). Spans do not overlap: an inner one wins.
  void open(Facet::Kind kind, std::string target);
  void close();

  [[nodiscard]] const std::string& out() const { return out_; }
  [[nodiscard]] std::string take_text() { return std::move(out_); }
  [[nodiscard]] std::vector<Facet> take_facets() { return std::move(facets_); }

 private:
  struct Open {
    Facet facet;
    bool begun = false;
  };
  void before_character();

  std::string out_;
  std::size_t newlines_ = 0;
  bool space_ = false;
  std::vector<Open> open_;
  std::vector<Facet> facets_;
};

}  // namespace copytaster
