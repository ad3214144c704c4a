#include "desk/draft.h"

#include <utility>

#include "core/status.h"
#include "core/time.h"
#include "desk/draft_parts.h"
#include "desk/material.h"

namespace copytaster {
namespace {

// More people than this and the lead is a list, not a lead; the rest speak further down.
constexpr std::size_t kLeadPeople = 2;

void append(Draft& draft, Block block) { *draft.add_blocks() = std::move(block); }

void append(Draft& draft, std::vector<Block> blocks) {
  for (Block& block : blocks) append(draft, std::move(block));
}

void append_lead(Draft& draft, const Material& material) {
  std::size_t told = 0;
  for (const Person& person : material.people) {
    if (told++ == kLeadPeople) break;
    if (auto about = posted_about(person)) append(draft, *std::move(about));
    if (auto people = named(material, person)) append(draft, *std::move(people));
  }
}

// The second picture stands with the words of the post it came with, else after half of them.
void append_body(Draft& draft, std::vector<Reported> reported, std::optional<Block> picture) {
  const auto place = [&]() -> std::size_t {
    for (std::size_t i = 0; i < reported.size(); ++i) {
      if (picture && reported[i].statement->shown->id() == picture->picture().item_id()) return i;
    }
    return reported.size() / 2;
  }();
  for (std::size_t i = 0; i < reported.size(); ++i) {
    append(draft, std::move(reported[i].sentences));
    if (picture && i == place) append(draft, *std::exchange(picture, std::nullopt));
  }
  if (picture) append(draft, *std::move(picture));
}

void copy_story_facts(Draft& draft, const Material& material) {
  const Story& story = material.story;
  draft.set_story_id(story.id());
  *draft.mutable_officials() = story.officials();
  *draft.mutable_places() = story.places();
  *draft.mutable_sections() = story.sections();
  if (story.has_last_at()) {
    *draft.mutable_made_at() = story.last_at();
    draft.set_made_day_only(story.last_day_only());
  } else {
    set_timestamp(draft.mutable_made_at(), time_of(material.items.back()));
    draft.set_made_day_only(material.items.back().day_only());
  }
}

}  // namespace

absl::StatusOr<Draft> make_draft(const Story& story, const StoreReader& reader) {
  Material material;
  CT_RETURN_IF_ERROR(gather(story, reader, material));
  Draft draft;
  copy_story_facts(draft, material);
  draft.set_notice(reader.notice());

  std::vector<Block> shown_pictures = pictures(material);
  std::vector<Block> spoken = quotes(material);
  // In the order an editor reads: what it is, who and when, the picture, what is known already, their
  // words, the closing statement; then what she needs but does not print.
  append(draft, headline(material));
  append(draft, standfirst(material));
  if (!shown_pictures.empty()) append(draft, shown_pictures[0]);
  append_lead(draft, material);
  append(draft, background(material));
  append_body(draft, reported_words(material, spoken),
              shown_pictures.size() > 1 ? std::optional<Block>(shown_pictures[1]) : std::nullopt);
  append(draft, spoken);
  append(draft, sections(material));
  if (auto places = headline_of_places(material)) append(draft, *std::move(places));
  if (auto words = headline_in_words(material, spoken)) append(draft, *std::move(words));
  append(draft, notes(material, shown_pictures));
  return draft;
}

}  // namespace copytaster
