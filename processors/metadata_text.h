// Texts as they stand in a picture's metadata and beside it, as they may be shown and printed. Pure; any
// bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace copytaster {

// A text as it was meant, up to its first NUL, printable_text(): UTF-8 where it is, else the Windows code
// page that cameras and agencies wrote.
[[nodiscard]] std::string metadata_text(std::string_view bytes);

// What may stand in a caption, a credit and a name, in XML 1.0 and in an IIM dataset: valid UTF-8 without
// control characters but tab and line breaks, and without those that turn the order of words round (U+202E
// and its like), ends trimmed.
[[nodiscard]] std::string printable_text(std::string_view text);

// The beginning of `text`, valid UTF-8, of at most `most` bytes, cut between two characters as a reader sees
// them (grapheme clusters, UAX #29): an accent stays with its letter, a flag whole. Only a single cluster
// that is longer than `most` is cut between code points. Space at the cut is dropped.
[[nodiscard]] std::string cut_to_bytes(std::string_view text, std::size_t most);

// Our words, then those that stood there (at most 2000 bytes of them), in a line of their own; once, where
// they are the same.
[[nodiscard]] std::string before_others(std::string_view ours, std::string_view others);

}  // namespace copytaster
