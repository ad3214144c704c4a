#include "processors/attribution_city.h"

#include <algorithm>

#include "core/text.h"

namespace copytaster {
namespace {

// How titles of the ten languages name an office of a city, folded: the beginning of a word of the title.
constexpr std::string_view kCityOffices[] = {"mayor",
                                             "lord provost",
                                             "city",
                                             "municipal",
                                             "town",
                                             "alderman",
                                             "burgomaster",
                                             "maire",
                                             "ville",
                                             "городск",
                                             "мер",
                                             "міськ",
                                             "burgermeister",
                                             "oberburgermeister",
                                             "stadt",
                                             "alcald",
                                             "ayuntamiento",
                                             "sindac",
                                             "comune",
                                             "burmistrz",
                                             "prezydent miasta",
                                             "miast",
                                             "miejsk",
                                             "autarca",
                                             "presidente da camara",
                                             "camara municipal",
                                             "burgemeester",
                                             "wethouder",
                                             "gemeente",
                                             "δημαρχ",
                                             "δημοτικ"};

}  // namespace

std::string city_of(const Role* role) {
  if (role == nullptr || role->place().empty()) return "";
  // " mayor of the city ": a word of the title begins with one of these.
  const std::string title = " " + normalise_for_match(fold_name(role->title()));
  const bool of_city = std::ranges::any_of(kCityOffices, [&](std::string_view office) {
    return title.find(" " + fold_name(office)) != std::string::npos;
  });
  return of_city ? role->place() : "";
}

}  // namespace copytaster
