// Addresses, hashtags and mentions in running text, as the platforms' editors find them when somebody
// types. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace copytaster::rehearsal {

struct Mark {
  enum Kind { kLink, kHashtag, kMention };
  Kind kind = kLink;
  std::size_t begin = 0;  // bytes, with '#' or '@'
  std::size_t end = 0;
  [[nodiscard]] std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

// In order, not overlapping. A mention is "@name" or "@name@host" or "@name.host": whether anybody is
// called so is for the platform to say.
[[nodiscard]] std::vector<Mark> find_marks(std::string_view text);

// Simple lower case of any script: how Mastodon names a hashtag.
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace copytaster::rehearsal
