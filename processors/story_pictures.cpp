// The pictures of a story: each photograph once, in its best version.
#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "core/item.h"
#include "core/rights.h"
#include "processors/picture_credit.h"
#include "processors/picture_match.h"
#include "processors/story_builder.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxPictures = 12;
constexpr std::size_t kMaxCompared = 48;
constexpr int kMaxOtherCaptions = 12;

struct Version {
  const Item* item = nullptr;
  int index = 0;
  bool own = true;  // not a reshare's nor of a post that is quoted: its author is the poster
  bool copy = false;
  std::size_t lead = 0;    // place of its author among the story's officials
  bool elsewhere = false;  // of another story: it tells whose it is, and is not shown
  bool later = false;      // somebody else posted it first, as his own
  [[nodiscard]] const Media& media() const { return item->media(index); }
};

std::string_view root_of(const Item& item) {
  return item.duplicate_of().item_id().empty() ? item.id() : item.duplicate_of().item_id();
}

// Of two that are one post the pictures are compared as soon as their bytes are here; until then the one that
// stands in the same place is taken for it.
bool is_same_place(const Version& a, const Version& b) {
  if (!a.media().sha256().empty() && !b.media().sha256().empty()) return false;
  if (a.index != b.index || a.item->media_size() != b.item->media_size()) return false;
  const auto others = [](const Version& v) {
    return v.copy && v.own && v.item->duplicate_of().relation() == "other-person";
  };
  return root_of(*a.item) == root_of(*b.item) && !others(a) && !others(b);
}

// What the index of pictures says too. Its fold (Media.folded_into) is not asked: the post it names may have
// been edited since. Which of them came first is open: a part is looked for either way.
bool is_one_photograph(const Version& a, const Version& b) {
  const Media& x = a.media();
  const Media& y = b.media();
  if (!x.sha256().empty() && x.sha256() == y.sha256()) return true;
  if (a.item == b.item) return false;
  return compare_pictures(x, y) || compare_pictures(y, x);
}

bool same_picture(const Version& a, const Version& b) {
  return is_one_photograph(a, b) || (a.item != b.item && is_same_place(a, b));
}

bool is_own(const Item& item, const Media& media) {
  const std::string& rule = media.attribution().rule();
  return !item.has_repost_of() && rule != "repost" && rule != "quote";
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
          {item, i, is_own(*item, media), !item->duplicate_of().item_id().empty(), lead_of(*item, story)});
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
  return std::make_tuple(v.elsewhere, !v.own, v.later, v.lead, v.copy, caption_rank(media), -pixels,
                         v.item->created_at().seconds(), std::string_view(v.item->id()), v.index);
}

std::string_view poster_of(const Item& item) {
  return item.official_id().empty() ? item.account_id() : item.official_id();
}

// Whose it is: of those who posted it as their own the first. Of a day without a time the end counts.
void mark_owner(std::vector<Version>& group) {
  const auto when = [](const Version& v) {
    constexpr std::int64_t kDay = 24 * 60 * 60;
    return std::make_pair(v.item->created_at().seconds() + (v.item->day_only() ? kDay : 0),
                          std::string_view(v.item->id()));
  };
  const Version* first = nullptr;
  for (const Version& version : group) {
    if (!version.own || version.elsewhere || !version.item->has_created_at()) continue;
    if (first == nullptr || when(version) < when(*first)) first = &version;
  }
  if (first == nullptr) return;
  const std::string owner(poster_of(*first->item));
  for (Version& version : group) version.later = version.own && poster_of(*version.item) != owner;
}

// The shown one first; a group may hold two halves of one photograph that have little in common, of which one
// does not describe the other.
std::vector<PictureCopy> described_copies(const std::vector<Version>& group) {
  std::vector<PictureCopy> out;
  for (const Version& version : group) {
    const bool first = &version == &group.front();
    if (!first && (version.elsewhere || !same_picture(group.front(), version))) continue;
    out.push_back({&version.media(), version.own});
  }
  return out;
}

// Those whose credit and rights are the shown one's, too: a picture that is not here, and stands in the same
// place of a folded post, may be another.
std::vector<PictureCopy> one_photograph(const std::vector<Version>& group) {
  std::vector<const Version*> known = {&group.front()};
  for (std::size_t i = 0; i < known.size(); ++i) {
    for (const Version& version : group) {
      if (std::ranges::find(known, &version) == known.end() && is_one_photograph(*known[i], version))
        known.push_back(&version);
    }
  }
  std::vector<PictureCopy> out;
  for (const Version& version : group) {
    if (std::ranges::find(known, &version) != known.end()) out.push_back({&version.media(), version.own});
  }
  return out;
}

void add_captions(const std::vector<Version>& group, StoryPicture& picture) {
  // Each keeps the id of its item as evidence.
  for (const Caption* caption : captions_of_all(described_copies(group))) {
    if (!picture.has_caption()) {
      *picture.mutable_caption() = *caption;
    } else if (picture.other_captions_size() < kMaxOtherCaptions) {
      *picture.add_other_captions() = *caption;
    }
  }
}

StoryPicture make_picture(std::vector<Version>& group, const Rules& rules) {
  mark_owner(group);
  std::ranges::sort(group, {}, rank);
  const Version& best = group.front();
  const Media& media = best.media();
  StoryPicture picture;
  picture.set_item_id(best.item->id());
  picture.set_media_index(static_cast<std::uint32_t>(best.index));
  picture.set_sha256(media.sha256());
  picture.set_alt_text(media.alt_text());
  const std::vector<PictureCopy> all = one_photograph(group);
  *picture.mutable_attribution() = credit_of_all(all, rules);
  if (Rights rights = rights_of_all(all); !rights.state().empty())
    *picture.mutable_rights() = std::move(rights);
  add_captions(group, picture);
  for (const Version& version : group) {
    if (version.item == best.item || version.elsewhere) continue;
    if (std::ranges::find(picture.also_in(), version.item->id()) == picture.also_in().end()) {
      picture.add_also_in(version.item->id());
    }
  }
  return picture;
}

using Groups = std::vector<std::vector<Version>>;

Groups::iterator home_of(Groups& groups, const Version& version) {
  return std::ranges::find_if(groups, [&](const std::vector<Version>& group) {
    return std::ranges::any_of(group, [&](const Version& other) { return same_picture(version, other); });
  });
}

Groups group(const StoryPosts& posts, const Story& story) {
  Groups groups;
  for (Version& version : versions_of(posts.pictured, story)) {
    const auto home = home_of(groups, version);
    if (home == groups.end()) {
      groups.push_back({std::move(version)});
    } else {
      home->push_back(std::move(version));
    }
  }
  for (Version& version : versions_of(posts.elsewhere, story)) {
    version.elsewhere = true;
    const auto home = home_of(groups, version);
    if (home != groups.end()) home->push_back(std::move(version));
  }
  return groups;
}

bool is_refused(const StoryPicture& picture) { return state_of(picture.rights()) == kRightsRefused; }

}  // namespace

void add_story_pictures(const StoryPosts& posts, const Story& story, const Rules& rules, Story& out) {
  std::vector<std::pair<std::vector<Version>, StoryPicture>> pictures;
  for (auto& one : group(posts, story)) {
    StoryPicture picture = make_picture(one, rules);
    pictures.emplace_back(std::move(one), std::move(picture));
  }
  // What may not be printed is last: it is not the story's picture. Then what several posts show comes first,
  // then by the post that shows it.
  std::ranges::stable_sort(pictures, [](const auto& a, const auto& b) {
    const auto order = [](const auto& p) {
      const auto shown = std::ranges::count(p.first, false, &Version::elsewhere);
      return std::make_tuple(is_refused(p.second), p.first.front().lead, -shown,
                             p.first.front().item->created_at().seconds());
    };
    return order(a) < order(b);
  });
  for (auto& [versions, picture] : pictures) {
    if (out.pictures_size() == static_cast<int>(kMaxPictures)) break;
    *out.add_pictures() = std::move(picture);
  }
}

}  // namespace copytaster
