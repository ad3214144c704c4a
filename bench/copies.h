// What the memory for copies (processors/copy_index.h) costs as it grows: bytes a post, and microseconds a
// post to look one up and to take it in. The posts are made as fingerprints of random words, without any
// text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace copytaster {

struct CopiesCost {
  std::size_t posts = 0;  // remembered so far
  double look_up = 0;     // CPU microseconds a post, find_original(): of the newest posts before this point,
  double remember = 0;    // and of remember(); each the median of batches
  double bytes_a_post = 0;     // by the index's own account
  double resident_a_post = 0;  // by the kernel's: pages of this process more than before the first post
};

// Looks up and remembers `posts` posts one after another: seven of ten are new, the others repeat one of any
// age, word for word or nearly. At a tenth, a fifth, the half and the whole of them it takes stock. Ten
// million take minutes and some 3 GB.
[[nodiscard]] absl::StatusOr<std::vector<CopiesCost>> measure_copies(std::size_t posts, std::uint64_t seed);
[[nodiscard]] std::string as_text(const std::vector<CopiesCost>& costs);

}  // namespace copytaster
