// A Story record from its posts: what an editor sees in the list and what a draft is made from. Pure; the
// same posts give the same record. Nothing is taken from posts that are gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/officials.h"
#include "processors/post_kind.h"
#include "processors/rules.h"

namespace copytaster {

struct StoryPost {
  const Item* item = nullptr;
  bool about = true;  // false: a copy, a reshare, a quote by another
};

// The items outlive it.
struct StoryMaterial {
  std::string story_id;
  std::vector<StoryPost> posts;        // by time, then id
  std::vector<Background> background;  // best first
  // Posts of other stories that have one of its pictures: they tell whose it is.
  std::vector<const Item*> elsewhere = {};
  double novelty = 0;  // 0…1
  // Of all its posts, also those that are not in `posts`, by time; empty: just those.
  std::vector<std::string> item_ids = {};
  // Of those that live and are not in `posts`, which has the first and the latest then.
  struct {
    PostCounts counts;
    std::size_t about = 0;
    std::vector<std::pair<std::int64_t, bool>> moments;  // Unix seconds, and whether only the day is known
  } unread = {};
};

[[nodiscard]] Story make_story(StoryMaterial material, const Officials& officials, const Rules& rules);

// The parts, each in a file of its own.
// Title, or first sentence, of the post that says best what the story is about, or of a later one of the same
// author that says it with newer figures; at most 110 characters of it.
// "Mayor of Kyiv on Paris: «Сьогодні вітаємо …» (Ukrainian)": what is in another language, and what was no
// title, is told with its author, the places the post names and its language.
[[nodiscard]] std::string story_title(const std::vector<const Item*>& posts, const Story& story,
                                      const Rules& rules);
struct StoryPosts {
  std::vector<const Item*> pictured;   // whose pictures are shown
  std::vector<const Item*> elsewhere;  // as StoryMaterial.elsewhere
};
// Each picture once, in its best version: that of whoever posted it first as his own before others',
// described before bare, large before small, early before late. Credit, captions and rights are those of all
// its versions (picture_credit.h); what may not be printed comes last.
void add_story_pictures(const StoryPosts& posts, const Story& story, const Rules& rules, Story& out);

}  // namespace copytaster
