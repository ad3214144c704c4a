// What looks like a person's name in running text. By shape and small word lists only: no claim that
// such a person exists.
#pragma once

#include <cstddef>

#include "processors/word_lists.h"
#include "processors/word_scan.h"

namespace copytaster {

struct WordRange {
  std::size_t begin = 0, end = 0;  // word indices, half open
  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

// The name that begins at word `index`: capitalised words with the particles between them ("Lula da
// Silva", "van Wijnbergen", "John F. Kennedy Jr."), at most six. Empty where no name can begin.
[[nodiscard]] WordRange name_from(const WordScan& scan, std::size_t index);
// The longest name that ends right before word `index` and begins at or after `floor`.
[[nodiscard]] WordRange name_before(const WordScan& scan, std::size_t index, std::size_t floor);

// Capitalised though no name: "The", "Yesterday", "Monday", "Street", "Gemeinde".
[[nodiscard]] bool is_never_name(const WordScan& scan, std::size_t index);
// A street, bridge, hall, festival …: what follows "Photo:" is then the subject, not the photographer.
[[nodiscard]] bool is_thing_word(const WordScan& scan, std::size_t index);
// "de", "van", "da", "von", "O'", …: small words inside names.
[[nodiscard]] bool is_name_particle(std::string_view folded);
// "and" between the members of a list, in ten languages.
[[nodiscard]] bool is_and(std::string_view folded);
// A common given name of Europe, in any case form.
[[nodiscard]] bool is_given_name(const WordScan& scan, std::size_t index);

enum class Gender : std::uint8_t { kUnknown, kMale, kFemale };
// By the given name alone; kUnknown for names of both ("Andrea", "Dominique") and for no known name.
[[nodiscard]] Gender given_name_gender(const WordScan& scan, std::size_t index);

// The bytes of the range as they stand in the text.
[[nodiscard]] inline std::string_view text_of(std::string_view text, const WordScan& scan, WordRange range) {
  const std::size_t begin = scan.words[range.begin].begin;
  return text.substr(begin, scan.words[range.end - 1].end - begin);
}

}  // namespace copytaster
