// A saved page, or one that was fetched for an editor: what it says of itself in its head (Open Graph,
// ogp.me; HTML's own title, canonical address and language) and what it shows. Any bytes; linear time. Pure.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

struct IntakePage {
  std::string title;
  std::string text;       // of its one article, else its description; plain
  std::string published;  // as it stands there; empty: not told
  std::string author;
  std::string language;
  std::string picture;  // absolute address
  std::string picture_alt;
  std::string canonical;       // the address it gives itself
  bool has_article = false;    // an <article> with words
  bool asks_password = false;  // a field for one
};

// A page as UTF-8. `content_type`: the value of the HTTP header, may be empty. The encoding is looked for as
// HTML does (byte order mark, header, a <meta> in the first 4 KiB) and believed as collectors/charset.h says.
[[nodiscard]] std::string decode_intake_page(std::string_view bytes, std::string_view content_type);

// `page`: UTF-8. `url`: where it came from; may be empty.
[[nodiscard]] IntakePage read_intake_page(std::string_view page, std::string_view url);

}  // namespace copytaster
