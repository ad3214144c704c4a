// A second look at what CLD2 answered, for languages that it confuses: by letters that one has and another
// has not, and by small words (language_lists.h).
#pragma once

#include <string_view>

#include "processors/language_sample.h"

namespace copytaster {

// How far CLD2 is believed.
enum class Heard {
  kNothing,  // it gave no answer
  kUnusual,  // a language in which hardly an office writes, and it was not sure
  kUsual,
};

// The language that the letters and small words of `sample` speak for: one close to `code` (Malay for
// Indonesian, Macedonian for Serbian) or, where `code` is English, unusual or nothing, any that has a list.
// It must have more evidence than `code`, by a margin that depends on how often CLD2 confuses the two. `code`
// otherwise. Any thread; any bytes; about a microsecond, nothing for languages without a group.
[[nodiscard]] std::string_view tell_close_languages(const LanguageSample& sample, std::string_view code,
                                                    Heard heard);

// Whether a letter stands there that the alphabet of `code` has and that of `other` has not, as far as both
// are listed.
[[nodiscard]] bool has_letter_of(const LanguageSample& sample, std::string_view code, std::string_view other);

}  // namespace copytaster
