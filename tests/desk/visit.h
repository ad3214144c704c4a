// A day made for the tests: the Mayor of Rouvray visits Zelenohrad. All people and towns are invented.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "tests/desk/fake_store.h"

namespace copytaster {

inline constexpr std::string_view kVisit = "story/visit";
inline constexpr std::string_view kArrival = "facebook:100_1";
inline constexpr std::string_view kAlbum = "facebook:100_2";
inline constexpr std::string_view kEvening = "facebook:100_3";
inline constexpr std::string_view kArrivalCopy = "bluesky:at://did:plc:rouvray/app.bsky.feed.post/1";
inline constexpr std::string_view kHost = "mastodon:https://social.test/users/halenko/statuses/7";
inline constexpr std::string_view kReshare = "facebook:300_9";
inline constexpr std::string_view kDeleted = "mastodon:https://social.test/users/halenko/statuses/8";
inline constexpr std::string_view kArticle = "feed:https://newsroom.test/rouvray-honours-zelenohrad";
inline constexpr std::string_view kClosing =
    "Ces rues détruites nous obligent. Rouvray restera aux côtés de Zelenohrad pour reconstruire.";

// Marks the first `words` of the item's text as a mention of `name`.
void mention(Item& item, std::string_view kind, std::string_view name, std::string_view words,
             std::string_view id, std::string_view role = {});
Item make_post(std::string_view id, std::string_view platform, std::string_view official,
               std::string_view when, std::string_view language, std::string_view text);
// The texts of a draft's blocks of a kind, and of a rule where one is given.
std::vector<std::string> texts(const Draft& draft, std::string_view kind, std::string_view rule = {});
// Puts the whole day; version 2 of the album corrects a caption.
void put_visit(FakeStore& store);

}  // namespace copytaster
