// The words that an exported picture carries in itself: what the desk knows of it, and what
// processors/picture_write.h writes into the file.
#pragma once

#include <string>

namespace copytaster {

// UTF-8. An empty field: nothing is said, what the file says of it stays. Names are those of the IPTC Photo
// Metadata Standard.
struct PictureWords {
  std::string caption;           // Description
  std::string caption_language;  // BCP 47; empty: not known
  std::string headline;
  std::string credit;  // Credit Line, as it is printed: "Source: Anne Hidalgo on Facebook"
  std::string source;  // who provides it: "Anne Hidalgo on Facebook"
  std::string creator;
  std::string copyright;
  std::string alt_text;
  std::string city;
  std::string country;
  std::string usage_terms;  // whether it may be printed, in a sentence
};

}  // namespace copytaster
