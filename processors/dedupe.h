// Whether an item repeats another one. Duplicates are marked, never dropped; each mark says rule, score,
// both people's relation and the figures it rests on, so that an editor can see why and undo it.
//
//   rule         what it means
//   reshare      the platform says so: this post only passes another on
//   exact-text   the same person, the same words in the same order
//   cross-post   the same person, the same statement on another platform (cut, shortened, with hashtags)
//   same-link    two feeds carry the page with the same canonical URL and text
//   same-words   another person, word for word
//   near-text    another person's words with small changes, or a cut of them
//
// Not copies: templates that differ in a name or a number, very short posts, translations, quotations.
#pragma once

#include <optional>
#include <string>

#include "core/copytaster.pb.h"
#include "processors/copy_index.h"

namespace copytaster {

// What speaks for and against two posts being one statement, for decide() and for tests.
struct CopyEvidence {
  TextMatch text;
  bool same_person = false;
  bool same_platform = false;
  bool same_link = false;
  int shared_pictures = 0;
  std::int64_t seconds_apart = 0;
};

struct CopyVerdict {
  std::string rule;  // empty: not a copy
  double score = 0;  // 0…1
  std::string reason;
};
[[nodiscard]] CopyVerdict decide(const CopyEvidence& evidence);

// The fold of `item` as far as the index knows; without item_id: none.
[[nodiscard]] DuplicateOf find_original(const Item& item, const CopyIndex& copies);

}  // namespace copytaster
