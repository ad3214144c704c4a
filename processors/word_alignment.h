// The longest common subsequence of two texts' words, bit-parallel: 64 words of the one are compared with a
// word of the other at once. Source: Hyyrö, "Bit-parallel LCS-length computation revisited" (2004); its rows
// are kept, so that the subsequence itself can be read off them. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace copytaster {

// Pairs of places, ascending in both: of all longest ones the one that, going on from the front, matches as
// soon as it can, and else rather skips a word of `a`. Takes a.size() * b.size() / 8 bytes for a moment.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> align_words(std::span<const std::uint64_t> a,
                                                                           std::span<const std::uint64_t> b);

}  // namespace copytaster
