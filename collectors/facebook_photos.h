// The alternative texts of photos, which a post's attachments do not have: they are asked for by the photo's
// id, before the next page of posts. Which are still to be asked stands in the cursor: {pending}
// "photo.post,…", {batch} at a time. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "collectors/meta_error.h"
#include "collectors/platforms_support.h"

namespace copytaster {

// Each photo's id with its post's.
using FacebookPhotos = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::size_t kMostPendingPhotos = 300;

// Of the cursor; whatever is no pair of ids is left out.
[[nodiscard]] FacebookPhotos pending_photos(const Position& position);
void set_pending_photos(Position* position, const FacebookPhotos& photos);
// The value of "ids" for the next question.
[[nodiscard]] std::string ids_of_next_photos(const Position& position);
// Whether `capture` answers that question.
[[nodiscard]] bool is_answer_on_photos(const Capture& capture);

// What the answer tells; parsed->next is where it leaves the cursor.
void read_photos(const Capture& capture, Json root, Parsed* parsed);
// Where to stand after an error: photos that cannot be asked for must not hold up the posts, so fewer are
// asked at a time, and one alone is given up.
[[nodiscard]] Position without_some_photos(Position position, const MetaError& error);

}  // namespace copytaster
