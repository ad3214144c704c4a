#include "processors/contrast_signs.h"

#include <array>

namespace copytaster {
namespace {

// A byte a kind: lights, answers and directions, currencies.
enum Sign : std::uint32_t {
  kRed = 1U << 0,
  kOrange = 1U << 1,
  kYellow = 1U << 2,
  kGreen = 1U << 3,
  kBlue = 1U << 4,
  kPurple = 1U << 5,
  kBlack = 1U << 6,
  kWhite = 1U << 7,
  kYes = 1U << 8,
  kNo = 1U << 9,
  kUp = 1U << 16,
  kDown = 1U << 17,
  kDollar = 1U << 24,
  kEuro = 1U << 25,
  kPound = 1U << 26,
  kYen = 1U << 27,
  kHryvnia = 1U << 28,
  kLira = 1U << 29,
  kRouble = 1U << 30,
  kRupee = 1U << 31,
};
constexpr std::array<std::uint32_t, 4> kKinds = {0xffU, 0xff00U, 0xff0000U, 0xff000000U};

}  // namespace

std::uint32_t contrast_sign(char32_t c) {
  switch (c) {
    case 0x1F534:
    case 0x1F7E5:
      return kRed;
    case 0x1F7E0:
    case 0x1F7E7:
      return kOrange;
    case 0x1F7E1:
    case 0x1F7E8:
      return kYellow;
    case 0x1F7E2:
    case 0x1F7E9:
      return kGreen;
    case 0x1F535:
    case 0x1F7E6:
      return kBlue;
    case 0x1F7E3:
    case 0x1F7EA:
      return kPurple;
    case 0x26AB:
    case 0x2B1B:
      return kBlack;
    case 0x26AA:
    case 0x2B1C:
      return kWhite;
    case 0x2705:
    case 0x2714:
    case 0x2611:
      return kYes;
    case 0x274C:
    case 0x274E:
    case 0x2716:
    case 0x1F6AB:
    case 0x26D4:
      return kNo;
    case 0x2191:
    case 0x2B06:
    case 0x1F4C8:
    case 0x1F53A:
      return kUp;
    case 0x2193:
    case 0x2B07:
    case 0x1F4C9:
    case 0x1F53B:
      return kDown;
    case U'$':
      return kDollar;
    case U'€':
      return kEuro;
    case U'£':
      return kPound;
    case U'¥':
      return kYen;
    case U'₴':
      return kHryvnia;
    case U'₺':
      return kLira;
    case U'₽':
      return kRouble;
    case U'₹':
      return kRupee;
    default:
      return 0;
  }
}

bool signs_differ(std::uint32_t a, std::uint32_t b) {
  for (const std::uint32_t kind : kKinds) {
    const std::uint32_t one = a & kind, other = b & kind;
    if ((one & ~other) != 0 && (other & ~one) != 0) return true;
  }
  return false;
}

}  // namespace copytaster
