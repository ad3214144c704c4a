// The writing half of StoryIndex.
#include "processors/story_index.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/text.h"
#include "processors/copy_index.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxPostings = 64;
constexpr std::size_t kMaxNamePostings = 256;
constexpr std::size_t kMemberKeys = 64;
constexpr std::size_t kMaxMerged = 2000;  // posts of a story that may still move
constexpr std::size_t kMaxCoverage = 20'000;
constexpr std::size_t kExpireEvery = 4096;
constexpr std::size_t kMaxWaiting = 200'000;
// Two stories become one when a post belongs to both and they themselves have this in common.
constexpr double kEnoughToMerge = 1.1;
constexpr double kEnoughNamesToMerge = 0.7;

bool shapes_story(const Item& item) { return post_kind(item) == PostKind::kPost; }

std::vector<std::uint32_t> member_keys(const StoryProfile& profile) {
  std::vector<std::pair<float, std::uint64_t>> terms;
  for (const auto& [term, value] : profile.terms) terms.emplace_back(value, term);
  std::ranges::sort(terms, std::greater<>());
  std::vector<std::uint32_t> keys;
  const std::size_t names = profile.entities.size();
  keys.reserve(std::max(names, std::min(names + terms.size(), kMemberKeys)));
  for (const auto& [key, use] : profile.entities) keys.push_back(static_cast<std::uint32_t>(key));
  for (const auto& [value, term] : terms) {
    if (keys.size() >= kMemberKeys) break;
    keys.push_back(static_cast<std::uint32_t>(term));
  }
  std::ranges::sort(keys);
  return keys;
}

}  // namespace

void StoryIndex::count(const StoryFeatures& features, bool counts) {
  newest_ = std::max(newest_, features.seconds);
  if (counts) stats_.add(features);
}

void StoryIndex::remember_coverage(const StoryFeatures& features) {
  StoryProfile profile = profile_of(features, stats_);
  const auto known = std::ranges::find(coverage_, features.id, &Coverage::id);
  if (known != coverage_.end()) {
    known->profile = std::move(profile);
    return;
  }
  if (coverage_.size() == kMaxCoverage) {
    coverage_.erase(
        std::ranges::min_element(coverage_, {}, [](const Coverage& c) { return c.profile.last; }));
  }
  coverage_.push_back({features.id, std::move(profile)});
}

StoryIndex::StoryNumber StoryIndex::story_numbered(const std::string& id) {
  const auto [place, is_new] = by_id_.try_emplace(id, next_);
  if (is_new) stories_[next_++].id = id;
  return place->second;
}

void StoryIndex::post_keys(StoryNumber story, const StoryProfile& profile) {
  const auto post = [&](std::uint64_t key, std::size_t most) {
    std::vector<StoryNumber>& stories = postings_[key];
    if (std::ranges::find(stories, story) != stories.end()) return;
    if (stories.size() >= most) stories.erase(stories.begin());
    stories.push_back(story);
  };
  for (const auto& [key, use] : profile.entities) post(key, kMaxNamePostings);
  for (const auto& [term, value] : profile.terms) post(term, kMaxPostings);
  for (const auto& [hash, author] : profile.picture_hashes) post(hash, kMaxPostings);
  for (const auto& [hash, author] : profile.links) post(hash, kMaxPostings);
}

void StoryIndex::put(StoryNumber number, const StoryFeatures& features, const StoryProfile& profile,
                     Standing standing) {
  Story& story = stories_[number];
  const auto [place, is_new] = story_of_item_.try_emplace(features.id, number);
  const bool is_member = !is_new && place->second == number;
  place->second = number;
  story.touched = ++puts_;
  changed_.insert(story.id);
  // One that is new is looked for in vain, among thousands where the story is large.
  const auto known =
      is_member ? std::ranges::find(story.members, features.id, &Member::id) : story.members.end();
  if (known != story.members.end()) {
    known->seconds = features.seconds;  // as stored: a start after a stop would find it there
    known->gone = standing.gone;
    known->kind = standing.kind;
    known->day_only = standing.day_only;
    known->names = news_names(features);
    if (!standing.gone) known->about = standing.about;
    if (!standing.about || standing.gone) return;
    if (!known->absorbed) return absorb_member(number, *known, profile);
    // Changed since: what it names now counts too; its words are not counted twice.
    StoryProfile names = profile;
    names.terms = {};
    names.norm2 = 0;
    names.language_norm2 = {};
    names.posts = 0;
    absorb(story.profile, names);
    post_keys(number, names);
    return;
  }
  Member member;
  member.id = features.id;
  member.seconds = features.seconds;
  member.author = features.author;
  member.about = standing.about;
  member.gone = standing.gone;
  member.kind = standing.kind;
  member.day_only = standing.day_only;
  member.names = news_names(features);
  if (standing.about && !standing.gone) absorb_member(number, member, profile);
  story.members.push_back(std::move(member));
  // With room for those among them that are taken out.
  constexpr std::size_t kKept = 2 * kMembersForNearest;
  if (story.members.size() > kKept)
    std::vector<std::uint32_t>().swap(story.members[story.members.size() - 1 - kKept].keys);
}

void StoryIndex::absorb_member(StoryNumber number, Member& member, const StoryProfile& profile) {
  member.absorbed = true;
  member.keys = member_keys(profile);
  absorb(stories_.find(number)->second.profile, profile);
  post_keys(number, profile);
}

void StoryIndex::remove(const std::string& item_id) {
  const auto number = story_of_item_.find(item_id);
  if (number == story_of_item_.end()) return;
  const auto found = stories_.find(number->second);
  Story& story = found->second;
  std::erase_if(story.members, [&](const Member& m) { return m.id == item_id; });
  changed_.insert(story.id);
  story_of_item_.erase(number);
  if (!story.members.empty()) return;
  by_id_.erase(story.id);
  stories_.erase(found);
}

std::vector<Rejoin> StoryIndex::merge(StoryNumber from, StoryNumber into, const StoryEvidence& why) {
  std::vector<Rejoin> moved;
  Story source = std::move(stories_.find(from)->second);
  stories_.erase(from);
  by_id_.erase(source.id);
  Story& target = stories_.find(into)->second;
  if (source.profile.posts > 0) {  // an empty one would open the target to 1970
    absorb(target.profile, source.profile);
    post_keys(into, source.profile);
  }
  for (Member& member : source.members) {
    story_of_item_[member.id] = into;
    moved.push_back({member.id, target.id, why});
    target.members.push_back(std::move(member));
  }
  changed_.insert(source.id);
  changed_.insert(target.id);
  return moved;
}

std::vector<Rejoin> StoryIndex::remember(const Item& item, const Officials& officials,
                                         const CopyIndex* copies) {
  std::vector<Rejoin> moved;
  auto work = std::exchange(last_, std::nullopt);
  if (!work || work->features.id != item.id()) work = work_on(item, officials);
  const StoryFeatures& features = work->features;
  const StoryProfile& profile = work->profile;
  remembered_ = item.id();
  remembered_names_ = news_names(features);
  const bool known = story_of_item_.contains(item.id());
  if (features.newsroom) {
    remember_coverage(features);
    return moved;
  }
  count(features, !known && shapes_story(item));
  const bool gone = item.state() == GONE;
  const auto linked = follow_links(item, features.author);
  const bool about = shapes_story(item) && (!linked || linked->about || linked->story_id != item.story_id());
  const StoryNumber target = story_numbered(item.story_id());
  const auto old = story_of_item_.find(item.id());
  if (old != story_of_item_.end() && old->second != target) {
    if (stands_alone(item)) {
      moved = merge(old->second, target, item.story_evidence());
      std::erase_if(moved, [&](const Rejoin& r) { return r.item_id == item.id(); });
    } else {
      remove(item.id());
    }
  }
  put(target, features, profile, {about, gone, post_kind(item), item.day_only()});
  if (!known) {
    welcome_waiting(item, features.author, target, moved);
    wait_for_links(item);
  }
  if (about && !gone) join_stories(item, features, profile, target, copies, moved);
  if (story_of_item_.size() % kExpireEvery == 0) expire();
  return moved;
}

void StoryIndex::wait_for_links(const Item& item) {
  for (const Related* related : {&item.repost_of(), &item.quote_of(), &item.reply_to()}) {
    if (related->item_id().empty() || story_of_item_.contains(related->item_id())) continue;
    if (waiting_.size() > kMaxWaiting) waiting_.clear();
    waiting_[stable_hash(related->item_id())].push_back(item.id());
  }
}

// Whoever quoted, answered or passed on this post before it came belongs to its story, unless others have
// joined them meanwhile.
void StoryIndex::welcome_waiting(const Item& item, std::uint64_t author, StoryNumber story,
                                 std::vector<Rejoin>& moved) {
  const auto waiting = waiting_.find(stable_hash(item.id()));
  if (waiting == waiting_.end()) return;
  const std::vector<std::string> ids = std::move(waiting->second);
  waiting_.erase(waiting);
  for (const std::string& id : ids) {
    const auto number = story_of_item_.find(id);
    if (number == story_of_item_.end() || number->second == story) continue;
    Story& from = stories_.find(number->second)->second;
    if (from.members.size() != 1) continue;
    Member member = from.members.front();
    if (member.author != author) member.about = member.absorbed = false;
    const StoryProfile profile = std::move(from.profile);
    remove(id);
    Story& target = stories_.find(story)->second;
    if (member.absorbed) {
      absorb(target.profile, profile);
      post_keys(story, profile);
    }
    target.members.push_back(std::move(member));
    story_of_item_[id] = story;
    StoryEvidence why;
    why.set_score(1);
    why.set_reason("quotes, answers or passes on a post of this story");
    why.set_nearest_item_id(item.id());
    moved.push_back({id, target.id, std::move(why)});
  }
}

// A post that belongs to two stories shows that they are one.
void StoryIndex::join_stories(const Item& item, const StoryFeatures& features, const StoryProfile& profile,
                              StoryNumber own, const CopyIndex* copies, std::vector<Rejoin>& moved) {
  const bool has_names = profile.entities.size() > 1 || !profile.pictures.empty() || !profile.links.empty();
  if (!has_names) return;
  for (const StoryNumber number : candidates(profile, item)) {
    const auto other = stories_.find(number);
    const auto mine = stories_.find(own);
    if (number == own || other == stories_.end()) continue;
    const Evidence item_evidence = evidence_for(features, profile, other->second, copies);
    if (item_evidence.score() < 1 || item_evidence.names() < kEnoughNamesToMerge) continue;
    const Story& a = mine->second;
    const Story& b = other->second;
    const Evidence evidence = a.profile.posts < b.profile.posts ? compare(a.profile, b.profile, stats_)
                                                                : compare(b.profile, a.profile, stats_);
    if (evidence.score() < kEnoughToMerge || evidence.names() < kEnoughNamesToMerge) continue;
    // The one with more posts keeps its id; then the earlier one.
    const auto rank = [](const Story& s) {
      return std::make_tuple(-static_cast<std::int64_t>(s.members.size()), s.profile.first,
                             std::string_view(s.id));
    };
    const bool keep_own = rank(a) < rank(b);
    if ((keep_own ? b : a).members.size() > kMaxMerged) continue;
    StoryEvidence why;
    why.set_score(static_cast<float>(evidence.score()));
    why.set_reason("its story was joined with this one: " + to_text(evidence));
    why.set_nearest_item_id(features.id);
    auto more = keep_own ? merge(number, own, why) : merge(own, number, why);
    if (!keep_own) own = number;
    moved.insert(moved.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
}

void StoryIndex::restore(const Item& item, const Officials& officials) {
  Restored restored;
  restored.features = story_features(item, officials);
  if (item.story_id().empty() && !restored.features.newsroom) return;
  restored.story_id = item.story_id();
  restored.standing = {shapes_story(item), item.state() == GONE, post_kind(item), item.day_only()};
  restored.counts = restored.standing.about;
  if (!item.quote_of().item_id().empty()) restored.quotes = item.quote_of().item_id();
  if (!item.reply_to().item_id().empty()) restored.quotes = item.reply_to().item_id();
  restored_.push_back(std::move(restored));
}

void StoryIndex::settle() {
  if (restored_.empty()) return;
  std::vector<Restored> all = std::exchange(restored_, {});
  std::ranges::sort(all, [](const Restored& a, const Restored& b) {
    return std::tie(a.features.seconds, a.features.id) < std::tie(b.features.seconds, b.features.id);
  });
  for (const Restored& one : all) {
    if (!one.features.newsroom) count(one.features, one.counts && !story_of_item_.contains(one.features.id));
  }
  std::set<std::string> changed_before = changed_;
  for (Restored& one : all) {
    if (one.features.newsroom) {
      remember_coverage(one.features);
      continue;
    }
    // One that is here already goes back to the story it is stored in.
    const Story* old = story_of_item(one.features.id);
    if (old != nullptr && old->id != one.story_id) remove(one.features.id);
    const StoryNumber story = story_numbered(one.story_id);
    // A quote of another's post in this story stands beside it.
    const Story* quoted = one.quotes.empty() ? nullptr : story_of_item(one.quotes);
    if (quoted != nullptr && quoted->id == one.story_id) {
      const auto member = std::ranges::find(quoted->members, one.quotes, &Member::id);
      one.standing.about =
          one.standing.about && member != quoted->members.end() && member->author == one.features.author;
    }
    put(story, one.features, profile_of(one.features, stats_), one.standing);
  }
  changed_ = std::move(changed_before);
  if (story_of_item_.size() > settings_.max_items) expire();
}

void StoryIndex::forget(std::string_view item_id) {
  const auto number = story_of_item_.find(item_id);
  if (number == story_of_item_.end()) return;
  Story& story = stories_.find(number->second)->second;
  const auto member = std::ranges::find(story.members, item_id, &Member::id);
  if (member != story.members.end()) member->gone = true;
  changed_.insert(story.id);
}

void StoryIndex::shows(std::string_view item_id) {
  const auto number = story_of_item_.find(item_id);
  if (number == story_of_item_.end()) return;
  Story& story = stories_.find(number->second)->second;
  const auto member = std::ranges::find(story.members, item_id, &Member::id);
  if (member == story.members.end()) return;
  if (member->kind == PostKind::kCopy) member->kind = PostKind::kPost;
  if (member->about) return;
  member->about = true;
  changed_.insert(story.id);
}

std::optional<Rejoin> StoryIndex::follow(std::string_view item_id, std::string_view root_id) {
  const auto item = story_of_item_.find(item_id);
  const auto root = story_of_item_.find(root_id);
  if (item == story_of_item_.end()) return std::nullopt;
  const std::string id(item_id);
  Story& from = stories_.find(item->second)->second;
  const auto place = std::ranges::find(from.members, id, &Member::id);
  place->about = false;
  if (place->kind == PostKind::kPost) place->kind = PostKind::kCopy;
  if (root == story_of_item_.end() || item->second == root->second) return std::nullopt;
  Member member = *place;
  member.absorbed = false;
  const StoryNumber target = root->second;
  remove(id);
  Story& story = stories_.find(target)->second;
  story.members.push_back(std::move(member));
  story_of_item_[id] = target;
  changed_.insert(story.id);
  Rejoin rejoin{id, story.id, {}};
  rejoin.evidence.set_score(1);
  rejoin.evidence.set_reason("a copy belongs to the story of its original");
  rejoin.evidence.set_nearest_item_id(std::string(root_id));
  return rejoin;
}

std::vector<std::string> StoryIndex::take_changed() {
  std::vector<std::string> out(changed_.begin(), changed_.end());
  changed_.clear();
  return out;
}

void StoryIndex::touch(std::string_view item_id) {
  const Story* story = story_of_item(item_id);
  if (story != nullptr) changed_.insert(story->id);
}

}  // namespace copytaster
