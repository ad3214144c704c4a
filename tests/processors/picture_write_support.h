// What the tests of written pictures begin with.
#pragma once

#include <string>
#include <string_view>

#include "core/picture_words.h"

namespace copytaster::testing {

// Every field, in Ukrainian and Greek, several longer than IIM holds. People and towns are invented.
inline PictureWords long_words() {
  PictureWords words;
  for (int i = 0; i < 60; ++i)
    words.caption += "Підписання угоди в Зеленограді: мер Богдан Кравець (ліворуч). ";
  words.caption += "Кінець.";
  words.caption_language = "uk";
  words.headline = "Угоду підписано";
  words.credit = "Source: Μαρία Παπαδοπούλου-Οικονόμου on Facebook";
  words.source = "Μαρία Παπαδοπούλου-Οικονόμου on Facebook";
  words.creator = "Сергій Олександрович Приходько-Ярмоленко";
  words.copyright = "© Δήμος Ρουβραί";
  words.alt_text = "Δύο άνθρωποι υπογράφουν ένα έγγραφο & χαμογελούν <μαζί>";
  words.city = "Зеленоград";
  words.country = "Україна";
  words.usage_terms = "Rights not cleared: ask the holder.";
  return words;
}

// The parts that hold pixels: of a JPEG all from its first scan on, of a PNG its IDAT, of a WebP its VP8
// chunk.
std::string pixels_of(std::string_view picture);

}  // namespace copytaster::testing
