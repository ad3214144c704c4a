// HTML to plain text with facets. No source HTML is ever stored or shown, so this is where scripts,
// styles, tracking pixels and event handlers end. Any bytes; never fails; work is bounded by the
// input's size (depth is capped). Built on gumbo. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"

namespace copytaster {

struct HtmlImage {
  std::string url;      // absolute when a base was given
  std::string alt;      // "" when absent
  std::string caption;  // of the figure around it
  std::string credit;   // of an element with class or itemprop credit/copyright in the figure
};

struct HtmlText {
  // Paragraphs separated by "\n\n", <br> as "\n", each list item on a line of its own (a dash
  // would be a character that nobody wrote). Alt text, figcaptions,
  // scripts, styles and `span.invisible` (Mastodon hides URL parts so) are not in it.
  std::string text;
  std::vector<Facet> facets;  // links (absolute), mentions and hashtags by class, into `text`
  std::vector<HtmlImage> images;
  std::vector<std::string>
      frames;  // what is shown in an <iframe> or <embed>: absolute addresses, once each, at most 32
};

// `base_url` may be empty; then relative targets are left out. Invisible Mastodon URL parts are
// dropped from text but the link's target is whole.
[[nodiscard]] HtmlText html_to_text(std::string_view html, std::string_view base_url);
// Entities decoded, tags dropped, white space collapsed: for titles and names.
[[nodiscard]] std::string html_to_line(std::string_view html);

}  // namespace copytaster
