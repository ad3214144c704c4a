#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/photographer.h"
#include "core/rights.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"

namespace copytaster {
namespace {

constexpr std::size_t kPictures = 2;  // why_left_out() says so in words

const Media* media_of(const Material& material, const StoryPicture& picture) {
  const Item* item = material.find(picture.item_id());
  if (item == nullptr || static_cast<int>(picture.media_index()) >= item->media_size()) return nullptr;
  return &item->media(static_cast<int>(picture.media_index()));
}

// Where a caption's words stand; in the post it came from, else in the picture's own.
std::optional<Support> find_caption(const Material& material, const StoryPicture& picture,
                                    const Caption& caption) {
  for (const std::string& id : {caption.item_id(), picture.item_id()}) {
    const Item* item = material.find(id);
    if (item == nullptr) continue;
    const std::size_t first = id == picture.item_id() ? picture.media_index() : 0;
    if (auto found = find_words(*item, first, caption.text())) return found;
  }
  return std::nullopt;
}

// The story's caption, or the best candidate that really stands somewhere. A caption that stands
// nowhere is not used: it would be invented.
std::optional<std::pair<Caption, Support>> choose_caption(const Material& material,
                                                          const StoryPicture& picture, const Media& media) {
  if (auto found = find_caption(material, picture, picture.caption())) return {{picture.caption(), *found}};
  for (const auto* others : {&picture.other_captions(), &media.captions()}) {
    for (const Caption& caption : *others) {
      if (auto found = find_caption(material, picture, caption)) return {{caption, *found}};
    }
  }
  return std::nullopt;
}

std::string without_caption(const Material& material, const Item& item) {
  const Poster poster = poster_of(item, material.story.officials());
  const std::string who = poster.introduced();
  return str_cat("Picture posted by ", who, who == poster.name ? "" : ",", on_where(item), " ",
                 posted_on(item), by_hand_mark(item), "; no caption came with it.");
}

std::optional<Block> picture_block(const Material& material, const StoryPicture& picture) {
  const Media* media = media_of(material, picture);
  if (media == nullptr) return std::nullopt;
  const Item& item = *material.find(picture.item_id());
  Block block;
  if (auto caption = choose_caption(material, picture, *media)) {
    block = make_block("picture", str_cat("caption:", caption->first.origin()), caption->first.text());
    mark_verbatim(block, 0, caption->first.text().size());
    block.set_language(caption->first.language());
    add_support(block, std::move(caption->second));
    *block.mutable_picture() = picture;
    *block.mutable_picture()->mutable_caption() = std::move(caption->first);
  } else {
    block = make_block("picture", "no-caption", without_caption(material, item));
    *block.mutable_picture() = picture;
    block.mutable_picture()->clear_caption();
    add_support(block, support_of(item));
  }
  StoryPicture& shown = *block.mutable_picture();
  if (shown.sha256().empty()) shown.set_sha256(media->sha256());
  if (const Rights& rights = newest_rights(picture.rights(), media->rights()); !rights.state().empty())
    *shown.mutable_rights() = rights;
  if (shown.attribution().credit_line().empty()) {
    if (shown.attribution().name().empty()) *shown.mutable_attribution() = media->attribution();
    shown.mutable_attribution()->set_credit_line(credit_line_of(shown.attribution()));
  }
  if (!shown.alt_text().empty() && !find_words(item, picture.media_index(), shown.alt_text()))
    shown.clear_alt_text();
  return block;
}

// Published by that official as his own, whoever took it.
bool is_of(const Material& material, const StoryPicture& picture, std::string_view official_id) {
  const Attribution& attribution = picture.attribution();
  if (official_id.empty()) return false;
  if (!names_photographer(attribution)) return attribution.official_id() == official_id;
  const Item* item = material.find(picture.item_id());
  return item != nullptr && item->official_id() == official_id && attribution.via().empty();
}

std::string lead_of(const Material& material) {
  return material.people.empty() ? std::string() : material.people.front().poster.official_id;
}

}  // namespace

std::string why_left_out(const Material& material, const StoryPicture& picture) {
  const Media* media = media_of(material, picture);
  std::string first = "those that come first in the story first";
  if (media != nullptr && !choose_caption(material, picture, *media)) {
    first = "those with a caption first";
  } else if (!is_of(material, picture, lead_of(material)) && !material.people.empty()) {
    first = str_cat("those of ", material.people.front().poster.name, " first");
  }
  return str_cat("The draft shows two pictures at most, ", first, ".");
}

std::vector<Block> pictures(const Material& material) {
  std::vector<Block> all;
  for (const StoryPicture& picture : material.story.pictures()) {
    auto block = picture_block(material, picture);
    if (block && state_of(block->picture().rights()) != kRightsRefused) all.push_back(*std::move(block));
  }
  const std::string lead = lead_of(material);
  const auto rank = [&](const Block& block) {
    const bool captioned = block.rule() != "no-caption";
    const bool of_lead = is_of(material, block.picture(), lead);
    return (captioned ? 0 : 2) + (of_lead ? 0 : 1);
  };
  std::ranges::stable_sort(all, {}, rank);
  std::vector<Block> out;
  absl::flat_hash_set<std::string> seen;
  for (Block& block : all) {
    if (out.size() == kPictures) break;
    // Without a credit line a picture cannot be printed.
    if (block.picture().attribution().credit_line().empty()) continue;
    const bool new_bytes = block.picture().sha256().empty() || seen.insert(block.picture().sha256()).second;
    if (new_bytes && seen.insert(normalise_for_match(block.text())).second) out.push_back(std::move(block));
  }
  return out;
}

}  // namespace copytaster
