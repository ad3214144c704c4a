// Tesseract's table: app/read_words.h.
#include "app/read_words.h"
#include "tests/fuzz/fuzz.h"

COPYTASTER_FUZZ_TARGET(read_words)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view table = as_text(data, size);
  for (const std::size_t most : {std::size_t{0}, std::size_t{7}, std::size_t{64}, std::size_t{4000}}) {
    const std::string text = words_of_table(table, most);
    require(text.size() <= most, "no more words than asked for", text);
    require_utf8(text, "words in a picture");
    require(text == words_of_table(table, most), "the same twice", text);
    require(text.empty() || (text.front() != '\n' && text.back() != '\n' && text.back() != ' '),
            "lines are trimmed", text);
  }
  return 0;
}
