#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <array>

namespace copytaster::fuzz {
namespace {

using namespace std::string_view_literals;

// What parsers trip over: ends of things, numbers at the edge, characters that are not what they look like.
constexpr std::array kTokens = {
    "\0"sv,
    "\xff"sv,
    "\xc3"sv,
    "\xed\xa0\x80"sv,
    "\xef\xbf\xbd"sv,
    "\xef\xbb\xbf"sv,
    "\xe2\x80\xa8"sv,
    "\xe2\x80\xae"sv,
    "\xcc\x81"sv,
    "\xf0\x9f\x87\xba\xf0\x9f\x87\xa6"sv,
    "\xcd\xba"sv,
    "\xef\xb7\xba"sv,
    "\r\n"sv,
    "\n\n"sv,
    "\\"sv,
    "\""sv,
    "'"sv,
    "\"\"\""sv,
    "<"sv,
    ">"sv,
    "&"sv,
    "&amp;"sv,
    "&#0;"sv,
    "&#x110000;"sv,
    "<!--"sv,
    "-->"sv,
    "<![CDATA["sv,
    "]]>"sv,
    "<a href="sv,
    "</"sv,
    "{"sv,
    "}"sv,
    "["sv,
    "]"sv,
    ","sv,
    ":"sv,
    "null"sv,
    "\\ud800"sv,
    "\\u0000"sv,
    "1e999"sv,
    "-1"sv,
    "18446744073709551616"sv,
    "2147483648"sv,
    "%"sv,
    "%00"sv,
    "%2e%2e/"sv,
    "../"sv,
    "//"sv,
    "@"sv,
    "#"sv,
    "?"sv,
    "://"sv,
    "https://"sv,
    "xn--"sv,
    "[::1]"sv,
    "www."sv,
    "="sv,
    ";"sv,
    "*"sv,
    " AND "sv,
    "NOT "sv,
    "9999-12-31"sv,
    "0001-01-01"sv,
    "24:00"sv,
    "\xc2\xab"sv,
    "\xc2\xbb"sv,
    "\xe2\x80\x9c"sv,
    "\xe2\x80\x9d"sv,
    "RT @a: "sv,
};

// A piece of `text` of at most `longest` bytes.
std::string_view piece(std::string_view text, std::size_t longest, Random& random) {
  const std::size_t begin = random.below(text.size());
  return text.substr(begin, 1 + random.below(longest));
}

void flip_bits(std::string& bytes, Random& random) {
  for (std::size_t n = 1 + random.below(8); n > 0 && !bytes.empty(); --n) {
    char& c = bytes[random.below(bytes.size())];
    c = static_cast<char>(static_cast<unsigned char>(c) ^ (1U << random.below(8)));
  }
}

void other_bytes(std::string& bytes, Random& random) {
  if (bytes.empty()) return;
  const std::size_t begin = random.below(bytes.size());
  const std::size_t end = std::min(bytes.size(), begin + 1 + random.below(6));
  for (std::size_t i = begin; i < end; ++i) bytes[i] = static_cast<char>(random.below(256));
}

void repeat(std::string& bytes, std::size_t most, Random& random) {
  if (bytes.empty()) return;
  const std::string chunk(piece(bytes, 24, random));
  const std::size_t room = most > bytes.size() ? most - bytes.size() : 0;
  // Mostly a few times; now and then as often as it fits, which is what finds quadratic work.
  const std::size_t fits = room / chunk.size();
  const std::size_t times = random.below(8) == 0 ? fits : std::min(fits, random.below(100));
  std::string many;
  for (std::size_t i = 0; i < times; ++i) many += chunk;
  bytes.insert(random.below(bytes.size()), many);
}

void splice(std::string& bytes, const std::vector<std::string>& others, Random& random) {
  if (others.empty()) return;
  const std::string& other = others[random.below(others.size())];
  if (random.below(2) == 0) {
    bytes = bytes.substr(0, random.below(bytes.size() + 1)) + other.substr(random.below(other.size() + 1));
  } else {
    bytes.insert(random.below(bytes.size() + 1), std::string(piece(other, 200, random)));
  }
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

std::string mutate(std::string_view seed, const std::vector<std::string>& others, std::size_t most,
                   Random& random) {
  std::string bytes(seed);
  for (std::size_t n = 1 + random.below(4); n > 0; --n) {
    switch (random.below(8)) {
      case 0:
        flip_bits(bytes, random);
        break;
      case 1:
        other_bytes(bytes, random);
        break;
      case 2:
        bytes.resize(random.below(bytes.size() + 1));
        break;
      case 3:
        if (!bytes.empty()) bytes.erase(random.below(bytes.size()), 1 + random.below(60));
        break;
      case 4:
        repeat(bytes, most, random);
        break;
      case 5:
        splice(bytes, others, random);
        break;
      default:
        bytes.insert(random.below(bytes.size() + 1), kTokens[random.below(kTokens.size())]);
        break;
    }
    bytes.resize(std::min(bytes.size(), most));
  }
  return bytes;
}

}  // namespace copytaster::fuzz
