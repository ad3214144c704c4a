#include "processors/story_builder.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/copy_index.h"
#include "processors/newsworthiness.h"

namespace copytaster {
namespace {

using Posts = std::vector<const Item*>;

bool is_copy(const Item& item) { return !item.duplicate_of().item_id().empty(); }

struct Presence {
  const Official* official = nullptr;
  int posts = 0;  // in their own words, about the story
  int named = 0;
  int beside = 0;  // quotes
  std::int64_t first = 0;
};

const Official* author_of(const Item& item, const Officials& officials) {
  const Official* official = officials.find(item.official_id());
  return official != nullptr ? official : officials.of_account(item.account_id());
}

Presence& presence(std::vector<Presence>& all, const Official* official, std::int64_t seconds) {
  const auto known = std::ranges::find(all, official, &Presence::official);
  if (known != all.end()) return *known;
  all.push_back({official, 0, 0, 0, seconds});
  return all.back();
}

// Who is in it: authors first, by how much they say; a person before a body; then those named.
void add_officials(const StoryMaterial& material, const Officials& officials, Story& story) {
  std::vector<Presence> all;
  for (const StoryPost& post : material.posts) {
    const std::int64_t seconds = traits_of(*post.item).seconds;
    const Official* author = author_of(*post.item, officials);
    if (post.item->has_repost_of()) continue;
    if (author != nullptr) {
      Presence& own = presence(all, author, seconds);
      (post.about ? own.posts : own.beside) += 1;
    }
    if (!post.about) continue;
    for (const Mention& mention : post.item->mentions()) {
      const Official* named = officials.find(mention.id());
      if (named != nullptr && named != author && named->kind() != NEWSROOM)
        ++presence(all, named, seconds).named;
    }
  }
  const auto order = [](const Presence& p) {
    const int strength = p.posts * 2 + p.named;
    return std::make_tuple(p.posts + p.named == 0, p.official->kind() != PERSON, -strength, p.first,
                           std::string_view(p.official->id()));
  };
  std::ranges::sort(all, {}, order);
  for (const Presence& p : all) {
    StoryOfficial* out = story.add_officials();
    out->set_official_id(p.official->id());
    out->set_name(p.official->name());
    out->set_role(role_label(role_at(*p.official, absl::FromUnixSeconds(p.first))));
    out->set_kind(p.official->kind());
    out->set_wikidata(p.official->wikidata());
  }
}

void add_places(const Posts& posts, Story& story) {
  std::map<std::string, StoryPlace> places;
  for (const Item* item : posts) {
    std::map<std::string, const Mention*> named;
    for (const Mention& place : item->places())
      named.emplace(place.id().empty() ? place.name() : place.id(), &place);
    for (const auto& [key, place] : named) {
      StoryPlace& out = places[key];
      out.set_name(place->name());
      out.set_id(place->id());
      out.set_country(place->country());
      out.set_mentions(out.mentions() + 1);
    }
  }
  std::vector<StoryPlace> sorted;
  for (auto& [key, place] : places) sorted.push_back(std::move(place));
  std::ranges::stable_sort(sorted, std::greater<>(), &StoryPlace::mentions);
  for (StoryPlace& place : sorted) *story.add_places() = std::move(place);
}

// Those that stand beside it and are not about it: others' posts that quote one.
std::size_t posts_beside(const Posts& about, const StoryMaterial& material, const Story& story) {
  const auto own = material.unread.about +
                   static_cast<std::size_t>(std::ranges::count_if(
                       about, [](const Item* item) { return post_kind(*item) == PostKind::kPost; }));
  return story.posts() > own ? story.posts() - own : 0;
}

// One that half of the posts agree on counts in full; a single post's counts less.
void add_sections(const Posts& posts, const StoryMaterial& material, Story& story) {
  std::map<std::string, std::pair<SectionMatch, int>> merged;
  for (const Item* item : posts) {
    for (const SectionMatch& section : item->sections()) {
      auto& [best, count] = merged[section.id()];
      ++count;
      if (best.id().empty() || section.confidence() > best.confidence()) best = section;
    }
  }
  std::vector<SectionMatch> sorted;
  for (auto& [id, match] : merged) {
    auto& [section, count] = match;
    const double share = std::min(1.0, 2.0 * count / static_cast<double>(posts.size()));
    section.set_confidence(section.confidence() * static_cast<float>(0.5 + 0.5 * share));
    const std::size_t beside = posts_beside(posts, material, story);
    section.set_reason(str_cat(section.reason(), " (", count, " of ", posts.size(), " posts",
                               material.unread.about > 0 ? " that were looked at" : "",
                               beside > 0 ? str_cat("; ", beside, " that only quote one not counted") : "",
                               ")"));
    sorted.push_back(std::move(section));
  }
  std::ranges::stable_sort(sorted, std::greater<>(), &SectionMatch::confidence);
  for (SectionMatch& section : sorted) *story.add_sections() = std::move(section);
}

bool same_day(absl::Time a, absl::Time b) {
  return absl::ToCivilDay(a, absl::UTCTimeZone()) == absl::ToCivilDay(b, absl::UTCTimeZone());
}

// The first and the last moment. A post of which only the day is known begins and ends no day of which a time
// is known.
class Period {
 public:
  void add(std::int64_t seconds, bool day_only) {
    const absl::Time at = absl::FromUnixSeconds(seconds);
    first_ = std::min(first_, at);
    last_ = std::max(last_, at);
    if (day_only) return;
    first_time_ = std::min(first_time_, at);
    last_time_ = std::max(last_time_, at);
  }
  void set(Story& story) const {
    const bool first_day_only = !same_day(first_, first_time_);
    set_timestamp(story.mutable_first_at(), first_day_only ? first_ : first_time_);
    story.set_first_day_only(first_day_only);
    // A day without a time is its first moment: one that is later than every time is of a day of its own.
    set_timestamp(story.mutable_last_at(), last_);
    story.set_last_day_only(last_ > last_time_);
  }

 private:
  absl::Time first_ = absl::InfiniteFuture(), first_time_ = absl::InfiniteFuture();
  absl::Time last_ = absl::InfinitePast(), last_time_ = absl::InfinitePast();
};

void add_counts(const StoryMaterial& material, Story& story) {
  Period period;
  std::vector<std::string> languages;
  PostCounts counts = material.unread.counts;
  for (const std::string& id : material.item_ids) story.add_item_ids(id);
  for (const auto& [seconds, day_only] : material.unread.moments) period.add(seconds, day_only);
  for (const StoryPost& post : material.posts) {
    if (material.item_ids.empty()) story.add_item_ids(post.item->id());
    if (post.item->state() == GONE) continue;
    period.add(traits_of(*post.item).seconds, post.item->day_only());
    counts.add(post_kind(*post.item));
    const std::string& language = post.item->language();
    if (language.empty() || post.item->has_repost_of()) continue;
    if (std::ranges::find(languages, language) == languages.end()) languages.push_back(language);
  }
  period.set(story);
  story.set_posts(static_cast<std::uint32_t>(counts.posts));
  story.set_copies(static_cast<std::uint32_t>(counts.copies));
  story.set_reshares(static_cast<std::uint32_t>(counts.reshares));
  for (std::string& language : languages) story.add_languages(std::move(language));
}

void add_score(const Posts& posts, const StoryMaterial& material, const Officials& officials, Story& story) {
  NewsFacts facts;
  for (const Item* item : posts) {
    if (!item->has_repost_of() && !is_copy(*item)) add_facts(*item, officials, facts);
  }
  facts.posts += material.unread.about;
  facts.in_part = material.unread.about > 0;
  facts.beside = posts_beside(posts, material, story);
  facts.pictures = static_cast<std::size_t>(story.pictures_size());
  facts.novelty = material.novelty;
  Newsworthiness weighed = weigh(facts);
  story.set_score(weighed.score());
  *story.mutable_reasons() = std::move(*weighed.mutable_parts());
}

}  // namespace

Story make_story(StoryMaterial material, const Officials& officials, const Rules& rules) {
  Story story;
  story.set_id(material.story_id);
  story.set_state("suggested");
  add_counts(material, story);
  std::erase_if(material.posts, [](const StoryPost& post) { return post.item->state() == GONE; });
  std::erase_if(material.elsewhere, [](const Item* item) { return item->state() == GONE; });
  for (StoryPost& post : material.posts) post.about = post.about && !is_copy(*post.item);
  Posts about;     // that shape the story
  Posts pictured;  // those, and copies and reshares: they show which version of a picture is whose
  for (const StoryPost& post : material.posts) {
    if (post.about) about.push_back(post.item);
    if (post.about || is_copy(*post.item) || post.item->has_repost_of()) pictured.push_back(post.item);
  }
  if (about.empty()) {
    for (const StoryPost& post : material.posts) about.push_back(post.item);
  }
  add_officials(material, officials, story);
  add_places(about, story);
  add_sections(about, material, story);
  story.set_title(story_title(about, story, rules));
  add_story_pictures({pictured, material.elsewhere}, Story(story), rules, story);
  for (Background& article : material.background) *story.add_background() = std::move(article);
  add_score(about, material, officials, story);
  return story;
}

}  // namespace copytaster
