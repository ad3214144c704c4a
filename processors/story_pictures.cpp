// The pictures of a story: each photograph once, in its best version.
#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "core/item.h"
#include "processors/picture_match.h"
#include "processors/story_builder.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxPictures = 12;
constexpr std::size_t kMaxCompared = 48;

struct Version {
  const Item* item = nullptr;
  int index = 0;
  bool own = true;  // not a reshare's: its author is the poster
  bool copy = false;
  std::size_t lead = 0;  // place of its author among the story's officials
  [[nodiscard]] const Media& media() const { return item->media(index); }
};

// What the index of pictures says too. Its fold (Media.folded_into) is not asked: the post it names may have
// been edited since. Which of them came first is open: a part is looked for either way.
bool same_picture(const Version& a, const Version& b) {
  const Media& x = a.media();
  const Media& y = b.media();
  if (!x.sha256().empty() && x.sha256() == y.sha256()) return true;
  if (a.item == b.item) return false;
  return compare_pictures(x, y) || compare_pictures(y, x);
}

std::size_t lead_of(const Item& item, const Story& story) {
  for (int i = 0; i < story.officials_size(); ++i) {
    if (story.officials(i).official_id() == item.official_id()) return static_cast<std::size_t>(i);
  }
  return static_cast<std::size_t>(story.officials_size());
}

std::vector<Version> versions_of(const std::vector<const Item*>& posts, const Story& story) {
  std::vector<Version> all;
  for (const Item* item : posts) {
    for (int i = 0; i < item->media_size() && all.size() < kMaxCompared; ++i) {
      const Media& media = item->media(i);
      if (media.kind() != PICTURE || media.state() == MISSING) continue;
      all.push_back(
          {item, i, !item->has_repost_of(), !item->duplicate_of().item_id().empty(), lead_of(*item, story)});
    }
  }
  return all;
}

// "description" says what an editor wants to print; alt text says what the blind should know.
int caption_rank(const Media& media) {
  static constexpr std::array<std::string_view, 6> kBest = {"description", "figcaption", "xmp",
                                                            "iptc",        "alt",        "post-sentence"};
  if (media.captions().empty()) return static_cast<int>(kBest.size());
  return static_cast<int>(std::ranges::find(kBest, media.captions(0).origin()) - kBest.begin());
}

auto rank(const Version& v) {
  const Media& media = v.media();
  const std::int64_t pixels = static_cast<std::int64_t>(media.width()) * media.height();
  return std::make_tuple(!v.own, v.lead, v.copy, caption_rank(media), -pixels, v.item->created_at().seconds(),
                         std::string_view(v.item->id()), v.index);
}

// The best caption of those that are one with `shown` themselves: a group may hold two halves of one
// photograph that have little in common.
const Caption* borrowed_caption(const Version& shown, const std::vector<Version>& group) {
  const Version* best = nullptr;
  for (const Version& version : group) {
    if (version.media().captions().empty()) continue;
    if (best != nullptr && caption_rank(version.media()) >= caption_rank(best->media())) continue;
    if (same_picture(shown, version)) best = &version;
  }
  return best == nullptr ? nullptr : &best->media().captions(0);
}

StoryPicture make_picture(std::vector<Version>& group) {
  std::ranges::sort(group, {}, rank);
  const Version& best = group.front();
  const Media& media = best.media();
  StoryPicture picture;
  picture.set_item_id(best.item->id());
  picture.set_media_index(static_cast<std::uint32_t>(best.index));
  picture.set_sha256(media.sha256());
  picture.set_alt_text(media.alt_text());
  *picture.mutable_attribution() = media.attribution();
  // The version's own caption; one borrowed from another version keeps its item id as evidence.
  if (!media.captions().empty()) {
    *picture.mutable_caption() = media.captions(0);
  } else if (const Caption* borrowed = borrowed_caption(best, group)) {
    *picture.mutable_caption() = *borrowed;
  }
  for (const Version& version : group) {
    if (version.item == best.item) continue;
    if (std::ranges::find(picture.also_in(), version.item->id()) == picture.also_in().end()) {
      picture.add_also_in(version.item->id());
    }
  }
  return picture;
}

}  // namespace

void add_story_pictures(const std::vector<const Item*>& posts, const Story& story, Story& out) {
  std::vector<std::vector<Version>> groups;
  for (Version& version : versions_of(posts, story)) {
    const auto home = std::ranges::find_if(groups, [&](const std::vector<Version>& group) {
      return std::ranges::any_of(group, [&](const Version& other) { return same_picture(version, other); });
    });
    if (home == groups.end()) {
      groups.push_back({std::move(version)});
    } else {
      home->push_back(std::move(version));
    }
  }
  std::vector<std::pair<std::vector<Version>, StoryPicture>> pictures;
  for (auto& group : groups) {
    StoryPicture picture = make_picture(group);
    pictures.emplace_back(std::move(group), std::move(picture));
  }
  // What several posts show comes first, then by the post that shows it.
  std::ranges::stable_sort(pictures, [](const auto& a, const auto& b) {
    const auto order = [](const auto& p) {
      return std::make_tuple(p.first.front().lead, -static_cast<int>(p.first.size()),
                             p.first.front().item->created_at().seconds());
    };
    return order(a) < order(b);
  });
  for (auto& [group, picture] : pictures) {
    if (out.pictures_size() == static_cast<int>(kMaxPictures)) break;
    *out.add_pictures() = std::move(picture);
  }
}

}  // namespace copytaster
