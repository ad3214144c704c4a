// What a text looks like to the search for copies: hashes only, so that posts can be compared from what
// is stored. Item.fingerprint is the stored form, Sketch the form in hand.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/copytaster.pb.h"
#include "processors/minhash.h"

namespace copytaster {

// A small set of 16-bit hashes: ascending and distinct.
template <std::size_t Capacity>
struct HashSet16 {
  static constexpr std::size_t kCapacity = Capacity;
  std::array<std::uint16_t, Capacity> values;
  std::uint16_t size = 0;
  [[nodiscard]] std::span<const std::uint16_t> view() const { return {values.data(), size}; }
};

struct Sketch {
  std::uint64_t exact = 0;
  Signature signature;
  std::uint32_t shingles = 0;
  std::uint32_t words = 0;  // distinct
  std::uint32_t lead = 0;
  bool cut = false;
  HashSet16<128> word_hashes;
  HashSet16<32> number_hashes;
  HashSet16<32> name_hashes;
};

// Any bytes; either may be empty. Linear; a megabyte costs milliseconds.
[[nodiscard]] Sketch sketch_of(std::string_view title, std::string_view text);

[[nodiscard]] Fingerprint to_fingerprint(const Sketch& sketch);
// What does not make sense (a fingerprint of an older or newer build) is left out, never trusted.
[[nodiscard]] Sketch to_sketch(const Fingerprint& fingerprint);

}  // namespace copytaster
