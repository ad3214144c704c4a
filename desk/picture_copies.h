// The same picture in the posts of a draft's material. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/copytaster.pb.h"
#include "desk/material.h"

namespace copytaster {

struct PictureAt {
  const Item* item = nullptr;
  std::size_t index = 0;
  [[nodiscard]] const Media& media() const { return item->media(static_cast<int>(index)); }
  friend bool operator==(const PictureAt&, const PictureAt&) = default;
};

// What a picture is folded into; itself where it is folded into nothing. Equal for two that are one
// photograph.
[[nodiscard]] std::string first_of(const Item& item, const Media& media);
// All copies of it among the live posts, in order of time: those of the same bytes, those folded into one,
// and the only picture of a post that the story names beside it (StoryPicture.also_in).
[[nodiscard]] std::vector<PictureAt> copies_of(const Material& material, const StoryPicture& picture);
// Those of one that the story does not list.
[[nodiscard]] std::vector<PictureAt> copies_of(const Material& material, const PictureAt& picture);

}  // namespace copytaster
