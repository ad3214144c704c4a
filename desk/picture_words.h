// What the desk knows of a picture, as words to be written into the copy that is exported, and what that file
// is called. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/copytaster.pb.h"
#include "core/picture_words.h"
#include "desk/draft.h"

namespace copytaster {

// Who took it, without the body he works for: "Inès Brémontier" of "Inès Brémontier / Ville de Paris". Empty
// where nobody but the account that posted it is known.
[[nodiscard]] std::string creator_of(const Attribution& attribution);

// `picture` of a story or of a draft's block, of the post `item`. A field is empty where the desk knows
// nothing of its own; then the file's stays. The creator is a photographer who is named, never the account
// that posted it, and not told where the file names the same person by himself; no city is told, for that of
// the account need not be the picture's. `notice`: of the store
// ("Rehearsal: …"); it stands before the terms of use, for a file goes where nobody knows the store.
[[nodiscard]] PictureWords picture_words(const StoryPicture& picture, const Item& item,
                                         const google::protobuf::RepeatedPtrField<StoryOfficial>& officials,
                                         std::string_view notice);

// Whether words can be written into it: JPEG, PNG, WebP, and its bytes are here.
[[nodiscard]] bool can_carry_words(const StoryPicture& picture, const Item& item);

// "odile-marchal-facebook-2023-05-11-3fa85f64.jpg": ASCII letters, digits and dashes, whoever and whatever
// the post is by; the last part tells pictures apart. Empty where the bytes are not here.
[[nodiscard]] std::string picture_name(const StoryPicture& picture, const Item& item);

// Where an export finds the picture: media_base, then picture_name() or picture_file() with picture_query, as
// `options` say. Empty where the bytes are not here.
[[nodiscard]] std::string picture_href(const ExportOptions& options, const StoryPicture& picture,
                                       const Item& item);

}  // namespace copytaster
