#include "processors/dedupe_text.h"

#include <algorithm>
#include <bit>

#ifdef __SSE4_2__
#include <nmmintrin.h>
#endif

namespace copytaster {
namespace {

using Hashes = std::span<const std::uint16_t>;

// Of texts with more words than were kept, only the lowest hashes are known: up to here both are known.
std::uint32_t known_below(const TextView& view) {
  return view.word_hashes.size() < view.words && !view.word_hashes.empty() ? view.word_hashes.back() + 1U
                                                                           : 0x10000U;
}

// How many hashes two ascending lists share.
std::size_t count_shared(Hashes a, Hashes b) {
  std::size_t i = 0, j = 0, shared = 0;
#ifdef __SSE4_2__
  // Eight against eight; of two blocks the one that ends lower has nothing more to find in the other.
  while (i + 8 <= a.size() && j + 8 <= b.size()) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&a[i]));
    const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&b[j]));
    const __m128i mask = _mm_cmpestrm(y, 8, x, 8, _SIDD_UWORD_OPS | _SIDD_CMP_EQUAL_ANY | _SIDD_BIT_MASK);
    shared += static_cast<std::size_t>(std::popcount(static_cast<unsigned>(_mm_cvtsi128_si32(mask))));
    const std::uint16_t last_a = a[i + 7], last_b = b[j + 7];
    if (last_a <= last_b) i += 8;
    if (last_b <= last_a) j += 8;
  }
#endif
  while (i < a.size() && j < b.size()) {
    const std::uint16_t x = a[i], y = b[j];
    shared += x == y ? 1 : 0;
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  return shared;
}

Hashes below(Hashes sorted, std::uint32_t limit) {
  if (limit > 0xffff) return sorted;
  return sorted.first(static_cast<std::size_t>(std::ranges::lower_bound(sorted, limit) - sorted.begin()));
}

double share_inside(const TextView& shorter, const TextView& longer) {
  const std::uint32_t limit = std::min(known_below(shorter), known_below(longer));
  const Hashes looked = below(shorter.word_hashes, limit);
  if (looked.empty()) return 0;
  return static_cast<double>(count_shared(looked, longer.word_hashes)) / static_cast<double>(looked.size());
}

bool has(Hashes sorted, std::uint16_t hash) { return std::binary_search(sorted.begin(), sorted.end(), hash); }

// Whether some hash of `own` is certainly not in the other text.
bool has_foreign(Hashes own, const TextView& other, Hashes other_own) {
  const std::uint32_t limit = known_below(other);
  return std::ranges::any_of(own, [&](std::uint16_t hash) {
    return hash < limit && !has(other.word_hashes, hash) && !has(other_own, hash);
  });
}

}  // namespace

TextView view_of(const Sketch& sketch) {
  TextView view;
  view.exact = static_cast<std::uint32_t>(sketch.exact >> 32);
  view.signature = sketch.signature;
  view.shingles = sketch.shingles;
  view.words = sketch.words;
  view.lead = sketch.lead;
  view.cut = sketch.cut;
  view.whole = true;
  view.word_hashes = sketch.word_hashes.view();
  view.number_hashes = sketch.number_hashes.view();
  view.name_hashes = sketch.name_hashes.view();
  return view;
}

TextMatch match_texts(const TextView& a, const TextView& b) {
  TextMatch match;
  if (a.signature.empty || b.signature.empty) return match;
  const TextView& shorter = a.words <= b.words ? a : b;
  const TextView& longer = a.words <= b.words ? b : a;
  match.words = shorter.words;
  match.shorter_cut = shorter.cut;
  match.exact = a.exact != 0 && a.exact == b.exact && a.signature == b.signature;
  match.similarity = similarity(a.signature, b.signature);
  match.same_start = a.lead != 0 && a.lead == b.lead;
  match.lengths = longer.words == 0 ? 0 : static_cast<double>(shorter.words) / longer.words;
  // |A∩B| = J (|A|+|B|) / (1+J)
  const double both = match.similarity / (1 + match.similarity) * (a.shingles + b.shingles);
  const double fewer = std::min(a.shingles, b.shingles);
  match.shingles_inside = fewer == 0 ? 0 : std::min(1.0, both / fewer);
  if (!a.whole || !b.whole) {
    // Too old for its words: the signature alone must show that almost nothing differs.
    match.words_inside = match.similarity;
    match.numbers_agree = match.names_agree = match.similarity > 0.9;
    return match;
  }
  match.words_inside = share_inside(shorter, longer);
  const bool shorter_has_number = has_foreign(shorter.number_hashes, longer, longer.number_hashes);
  const bool longer_has_number = has_foreign(longer.number_hashes, shorter, shorter.number_hashes);
  match.numbers_agree = !shorter_has_number && (!longer_has_number || match.lengths < 0.8 || a.cut || b.cut);
  match.names_agree = !(has_foreign(shorter.name_hashes, longer, longer.name_hashes) &&
                        has_foreign(longer.name_hashes, shorter, shorter.name_hashes));
  return match;
}

}  // namespace copytaster
