#include "desk/picture_copies.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kKeyDigits = 16;  // of the SHA-256, as Media.folded_into has it

bool is_picture(const Media& media) { return media.kind() == PICTURE; }

// The place of the only picture of a post.
bool is_only_picture(const Item& item, std::size_t index) {
  return is_picture(item.media(static_cast<int>(index))) &&
         std::ranges::count_if(item.media(), is_picture) == 1;
}

template <typename Wanted>
std::vector<PictureAt> find(const Material& material, Wanted wanted) {
  std::vector<PictureAt> out;
  for (const Item& item : material.items) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(item.media_size()); ++i) {
      const PictureAt at = {&item, i};
      if (is_picture(at.media()) && wanted(at)) out.push_back(at);
    }
  }
  return out;
}

bool is_one(const PictureAt& a, const PictureAt& b) {
  if (a == b) return true;
  const std::string& sha = a.media().sha256();
  if (!sha.empty() && sha == b.media().sha256()) return true;
  const std::string first = first_of(*a.item, a.media());
  return !first.empty() && first == first_of(*b.item, b.media());
}

}  // namespace

std::string first_of(const Item& item, const Media& media) {
  if (!media.folded_into().empty()) return media.folded_into();
  return media.sha256().empty() ? std::string()
                                : str_cat(item.id(), "#", media.sha256().substr(0, kKeyDigits));
}

std::vector<PictureAt> copies_of(const Material& material, const StoryPicture& picture) {
  const Item* own = material.find(picture.item_id());
  if (own == nullptr || static_cast<int>(picture.media_index()) >= own->media_size()) return {};
  const PictureAt shown = {own, picture.media_index()};
  const auto named = [&](const Item& item) {
    return std::ranges::find(picture.also_in(), item.id()) != picture.also_in().end();
  };
  return find(material, [&](const PictureAt& at) {
    return is_one(at, shown) || (named(*at.item) && is_only_picture(*at.item, at.index));
  });
}

std::vector<PictureAt> copies_of(const Material& material, const PictureAt& picture) {
  return find(material, [&](const PictureAt& at) { return is_one(at, picture); });
}

}  // namespace copytaster
