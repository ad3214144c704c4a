// What a Story record is made from. However many posts a story has, only so many are in memory at once.
#include <algorithm>
#include <deque>
#include <utility>

#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/copy_index.h"
#include "processors/pipeline.h"
#include "processors/pipeline_impl.h"
#include "processors/story_builder.h"

namespace copytaster {
namespace {

using Members = std::vector<StoryMember>;

// Of a story that is not in memory any more: those of its posts that still say they belong to it.
Members stored_members(std::string_view story_id, const StoreReader& reader) {
  Members members;
  const auto story = reader.story(story_id);
  if (!story.ok()) return members;
  for (const std::string& id : story->item_ids()) {
    Item room;
    const auto item = reader.item_in(id, &room);
    if (!item.ok() || (*item)->story_id() != story_id) continue;
    const PostKind kind = post_kind(**item);
    members.push_back({id, traits_of(**item).seconds, kind == PostKind::kPost, (*item)->state() == GONE, kind,
                       (*item)->day_only()});
  }
  return members;
}

// Which members shape the record: all, and of more than `most` that live the first quarter and the latest.
class Shaping {
 public:
  Shaping(const Members& members, std::size_t most) : all_(members.size() <= most) {
    if (all_) return;
    living_ = static_cast<std::size_t>(std::ranges::count(members, false, &StoryMember::gone));
    first_ = std::min(living_, most / 4);
    latest_from_ = living_ - std::min(living_ - first_, most - most / 4);
  }
  // To be asked of each in their order.
  bool takes(const StoryMember& member) {
    if (all_) return true;
    if (member.gone) return false;
    const std::size_t number = number_++;
    return number < first_ || number >= latest_from_;
  }

 private:
  bool all_;
  std::size_t living_ = 0, first_ = 0, latest_from_ = 0, number_ = 0;
};

// Erased, or dead-lettered after it was placed; a damaged one (`verify` names it) takes no story with it.
bool is_left_out(const absl::Status& status) { return absl::IsNotFound(status) || absl::IsDataLoss(status); }

absl::Status add_member(const StoryMember& member, bool shapes, const StoreReader& reader,
                        std::deque<Item>& room, StoryMaterial& material) {
  if (shapes || member.gone) {
    Item passing;
    const auto item = reader.item_in(member.item_id, shapes ? &room.emplace_back() : &passing);
    if (is_left_out(item.status())) return absl::OkStatus();
    CT_RETURN_IF_ERROR(item.status());
    if (shapes) material.posts.push_back({*item, member.about});
  } else {
    material.unread.counts.add(member.kind);
    if (member.about) ++material.unread.about;
    material.unread.moments.push_back({member.seconds, member.day_only});
  }
  material.item_ids.push_back(member.item_id);
  return absl::OkStatus();
}

Background background_of(const CoverageMatch& match, const Item& article) {
  Background background;
  background.set_item_id(match.item_id);
  background.set_title(article.title());
  background.set_url(article.url());
  if (is_dated(article)) *background.mutable_published_at() = article.created_at();
  background.set_day_only(article.day_only());
  background.set_score(static_cast<float>(match.score));
  background.set_reason(match.reason);
  return background;
}

}  // namespace

absl::StatusOr<Story> Pipeline::build_story(std::string_view story_id, const StoreReader& reader,
                                            std::size_t most) const {
  StoryMaterial material;
  material.story_id = std::string(story_id);
  material.novelty = impl_->stories.story_novelty(story_id);
  std::deque<Item> room;  // of those the reader does not hold
  Members members = impl_->stories.members(story_id);
  if (members.empty()) members = stored_members(story_id, reader);
  Shaping shaping(members, most);
  for (const StoryMember& member : members)
    CT_RETURN_IF_ERROR(add_member(member, shaping.takes(member), reader, room, material));
  const auto lives = [](const StoryPost& post) { return post.item->state() != GONE; };
  if (std::ranges::none_of(material.posts, lives)) {
    return absl::NotFoundError(str_cat("no post of story ", story_id, " is left"));
  }
  for (const std::string& id : impl_->elsewhere(material)) {
    const auto item = reader.item_in(id, &room.emplace_back());
    if (item.ok()) material.elsewhere.push_back(*item);
  }
  for (const CoverageMatch& match : impl_->stories.coverage(story_id)) {
    const auto article = reader.item(match.item_id);
    if (article.ok() && article->state() != GONE)
      material.background.push_back(background_of(match, *article));
  }
  return make_story(std::move(material), impl_->officials, impl_->rules);
}

}  // namespace copytaster
