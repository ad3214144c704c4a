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
  std::string canonical;  // the address it gives itself
};

// `url`: where it came from; may be empty.
[[nodiscard]] IntakePage read_intake_page(std::string_view page, std::string_view url);

}  // namespace copytaster
