#include "processors/attribution_shares.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/name_shape.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostPictures = 64;  // bits of a mask

// "1, 3", "1 et 3", "1-3": bits; 0: something else stands there.
std::uint64_t pictures_in(std::string_view text, const WordScan& scan, Span bracket) {
  std::uint64_t out = 0;
  std::size_t before = 0;
  for (std::size_t i = scan.first_word_from(bracket.begin);
       i < scan.words.size() && scan.words[i].begin < bracket.end; ++i) {
    const Word& word = scan.words[i];
    if (is_and(scan.folded_word(i))) continue;
    std::size_t number = 0;
    if (word.end - word.begin > 2) return 0;
    for (std::size_t at = word.begin; at < word.end; ++at) {
      if (!is_ascii_digit(text[at])) return 0;
      number = number * 10 + static_cast<std::size_t>(text[at] - '0');
    }
    if (number == 0 || number > kMostPictures) return 0;
    const std::string_view sign =
        before == 0 ? "" : text.substr(scan.words[i - 1].end, word.begin - scan.words[i - 1].end);
    const bool range = sign == "-" || sign == "–";
    for (std::size_t one = range ? std::max<std::size_t>(before, 1) : number; one <= number; ++one)
      out |= std::uint64_t{1} << (one - 1);
    before = number;
  }
  return out;
}

// Where the next name begins: behind a comma or an "and".
std::size_t skip_between(std::string_view text, const WordScan& scan, std::size_t at, std::size_t end) {
  while (at < end && (is_ascii_space(text[at]) || text[at] == ',' || text[at] == ';' || text[at] == '&'))
    ++at;
  const std::size_t word = scan.first_word_from(at);
  if (word + 1 < scan.words.size() && scan.words[word].begin == at && scan.words[word].end < end &&
      !scan.words[word].capital && is_and(scan.folded_word(word)))
    return scan.words[word + 1].begin;
  return at;
}

}  // namespace

void find_picture_shares(std::string_view text, const WordScan& scan, Span content,
                         std::vector<PictureShare>* out) {
  out->clear();
  text = text.substr(0, content.end);
  for (std::size_t at = content.begin; at < content.end;) {
    const std::size_t open = text.find('(', at), close = text.find(')', open);
    const std::size_t first = scan.first_word_from(at);
    const bool more = open != std::string_view::npos && close != std::string_view::npos;
    const WordRange name = more ? name_from(scan, first) : WordRange();
    const std::uint64_t pictures = name.size() < 2 ? 0 : pictures_in(text, scan, {open + 1, close});
    const bool whole =
        pictures != 0 && scan.words[first].begin == at &&
        strip_space(text.substr(scan.words[name.end - 1].end, open - scan.words[name.end - 1].end)).empty() &&
        scan.words[name.end - 1].end <= open;
    if (!whole) {
      const std::string_view rest = strip_space(text.substr(at, content.end - at));
      if (!rest.empty() && rest[0] != '#' && rest[0] != '.' && rest[0] != ')') out->clear();
      return;
    }
    out->push_back({{at, scan.words[name.end - 1].end}, pictures});
    at = skip_between(text, scan, close + 1, content.end);
  }
}

}  // namespace copytaster
