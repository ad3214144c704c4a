// Who stands behind "Photo:" and is no person: offices for the press, agencies and bodies of the public,
// which are credited; cameras and words like "archive", which are not. Ten languages. Internal to
// processors/attribution_labels.cpp and attribution_caption.cpp. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "processors/word_lists.h"

namespace copytaster {

struct PressName {
  std::size_t end = 0;  // the word after it; 0: there is none
  bool sure = false;    // an office or an agency: it is nothing that a picture shows
};

// "dpa", "Pressestelle der Stadt", "City council press office", "Ayuntamiento de Lugo", "Cork City Council",
// "Freiwillige Feuerwehr Musterstadt": all that stands between word `first` and the next comma, stop, stroke
// or bracket, or byte `limit`.
[[nodiscard]] PressName press_from(const WordScan& scan, std::size_t first, std::size_t limit);

// The word after "DR", "privat", "KI-generiert", "the internet", "to be confirmed", where the sentence then
// ends: no photographer, and nothing that the picture shows; 0: it is something else.
[[nodiscard]] std::size_t no_name_to(const WordScan& scan, std::size_t first, std::size_t limit);

// How many words say that somebody has lent the picture, whose name follows: "courtesy of"; 0: none do.
[[nodiscard]] std::size_t thanks_from(const WordScan& scan, std::size_t first);

// "Canon EOS R5, 35mm": a maker, and a model with a figure or nothing.
[[nodiscard]] bool is_camera(const WordScan& scan, std::size_t first, std::size_t limit);

// "Sohn", "Tochter": with a name before it, somebody else than that one. In German they have a capital as
// names have.
[[nodiscard]] bool is_kin_word(const WordScan& scan, std::size_t index);

// A noun by its ending, where every noun has a capital: "Übung", "Rathausplatz".
[[nodiscard]] bool is_german_noun(std::string_view folded);

}  // namespace copytaster
