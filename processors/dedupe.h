// Whether an item repeats another one. Duplicates are marked, never dropped; each mark says rule, score,
// both people's relation and the figures it rests on, so that an editor can see why and undo it.
//
//   rule         what it means
//   editor       a person has said so
//   reshare      the platform says so: this post only passes another on
//   exact-text   the same person, the same words in the same order
//   cross-post   the same person, the same statement on another platform (cut, shortened, with hashtags)
//   same-link    two feeds carry the page: one canonical address, at least half of the words
//   same-words   another person, word for word
//   near-text    another person's words with small changes, or a cut of them
//   picture      the same person's picture on another platform under hardly a word: only ever asked
//
// Not copies: templates that differ in a name or a number, very short posts, translations, quotations, the
// same with a "not" in it. What lies between (copy_verdict.h) goes into may_copy: an editor is asked.
#pragma once

#include <vector>

#include "core/copytaster.pb.h"
#include "core/processor.h"
#include "processors/copy_index.h"
#include "processors/copy_verdict.h"

namespace copytaster {

struct Folding {
  static constexpr std::size_t kMostAsked = 3;
  static constexpr std::size_t kMostVerified = 8;  // texts laid beside the item's, the likeliest first
  DuplicateOf fold;                                // without item_id: none
  std::vector<DuplicateOf> asked;                  // best first, one a group
  // Further groups that say the same, though none of theirs is like one of the other's: the cut and the
  // caption, before the whole text came.
  std::vector<DuplicateOf> also;
};

// The fold of `item` as far as the index knows; `look_up` is copies.look_up(item). `posts` may be null.
[[nodiscard]] Folding find_copies(const Item& item, const LookUp& look_up, const CopyIndex& copies,
                                  const EarlierPosts* posts);
// The same, put into `item`.
Folding fold_item(Item& item, const LookUp& look_up, const CopyIndex& copies, const EarlierPosts* posts);
// The fold alone, by what the index remembers.
[[nodiscard]] DuplicateOf find_original(const Item& item, const CopyIndex& copies);

// Whether it says nothing but its words. Good wishes do; what is passed on has a mark or a link.
[[nodiscard]] bool is_bare(const Item& item);

// Texts of both laid beside each other: with their titles where both have one, or where more agrees so.
[[nodiscard]] TextDiff diff_statements(const Item& a, const Item& b);

}  // namespace copytaster
