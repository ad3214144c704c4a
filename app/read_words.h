// What Tesseract says of a picture (its output "tsv"), down to the words that can be relied on. Pure; any
// bytes; linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace copytaster {

// Lines of twelve fields with tabs between them: level, page, block, paragraph, line, word, left, top, width,
// height, how sure (0…100; -1: not a word), text. The words of level 5 of which it is sure enough, a line of
// the picture a line, a paragraph's end one more; at most `most` bytes, valid UTF-8, cut between words. Lines
// in which no word has two letters or figures are specks and edges, and left out.
[[nodiscard]] std::string words_of_table(std::string_view table, std::size_t most);

}  // namespace copytaster
