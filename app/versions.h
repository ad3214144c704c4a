// How a fetched post becomes a version of what the house knows already. Pure; any thread.
#pragma once

#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// The item to keep when `fetched` (collector's half only) arrives and `known` is stored (null: none).
//  - new post: version 1
//  - same content hash: the known version with fresh engagement; nothing else changes
//  - the same words brought in by hand again, with another date or note: a correction, version + 1; a note or
//  a
//    date that is not told again stays
//  - other content hash: version + 1; what is known of unchanged pictures is carried over, and so are its
//    fold and its story: it may be too old to be judged anew
// A post that was GONE and is served again is LIVE again.
[[nodiscard]] Item next_version(const Item* known, Item fetched);

// The post as a collector gives it: without what the steps made of it, its version and the counts noted
// later.
[[nodiscard]] Item collected(Item item);

// The picture of `known` that `media` of `fetched`, another version of the post, is; null: it is new, or it
// cannot be told which one it was. Good while `known` is.
[[nodiscard]] const Media* same_picture(const Item& known, const Item& fetched, const Media& media);

// Puts what was learnt of a picture into its place in the item. False when the item has no such picture any
// more.
bool apply_picture(Item& item, const PictureResult& result);

}  // namespace copytaster
