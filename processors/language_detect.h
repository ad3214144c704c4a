// Which language a text is in. CLD2 with its full tables, and cheaper evidence where that is enough.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

struct ToldLanguage {
  std::string code;       // BCP 47 primary subtag: "he", "nb", "zh"; empty: not told
  std::string_view rule;  // "script", "declared", "account", "words", "cld2", "cld2+words"
  float confidence = 0;
};

// `declared` is what the platform or the feed says of this text; it may be empty, wrong, or have a region.
// It stands unless a text of some length is surely in another language. `usual` is what the account writes
// in: it decides only where nothing is declared and the text does not tell. Any thread; any bytes. Looks at
// the first few hundred letters.
[[nodiscard]] ToldLanguage detect_language(std::string_view text, std::string_view declared,
                                           std::string_view usual = {});

// "fr_FR" is "fr", "iw" is "he", "no" is "nb", "und" and nonsense are empty.
[[nodiscard]] std::string primary_language(std::string_view tag);

}  // namespace copytaster
