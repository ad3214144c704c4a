// What bears a name without being what is named: the avenue of Zaragoza, the Berlin Wall, a park called after
// a queen, a square called after a day. Word lists in ten languages; where a name could be only a bearer's it
// is taken for that, so that nothing is told that is not in the news. Any thread.
#pragma once

#include "processors/name_shape.h"

namespace copytaster {

enum class Bearer : std::uint8_t {
  kNone,
  kStreet,  // a street, a square, a bridge, a stream
  kSite,    // a station, a park, a wall, a club: called after a place, or standing in it
  kHouse,   // a school, a hospital, several parks: called after people and days; those of a place stand in it
};

// What bears the name in `range`: a word before it ("rue de", "Real") or behind it ("Road", "FC", "-Straße"),
// the last word of the range itself ("Martin Luther King Drive") or its end ("Anne Frankplein"). The range
// may begin with a title ("rue du Président Wilson"), be a body ("place des Nations Unies") or a day ("Площа
// 8 Березня").
[[nodiscard]] Bearer bearer_of(const WordScan& scan, WordRange range, LanguageSet languages);

// Whether the place named in `range` is not meant but a street, a club … called after it. `own`: it is the
// place that the official speaks for, whose stations and parks are its own. "Вулиці Києва" are streets in
// Kyiv: in Ukrainian and Polish only an adjective is a street's name.
[[nodiscard]] bool is_only_called_after(const WordScan& scan, WordRange range, LanguageSet languages,
                                        bool own);

}  // namespace copytaster
