// What a Pipeline holds, and how a post is folded by it. Internal to pipeline*.cpp; its one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/copy_index.h"
#include "processors/picture_match.h"
#include "processors/pipeline.h"
#include "processors/steps.h"
#include "processors/story_builder.h"
#include "processors/story_index.h"

namespace copytaster {

using Steps = std::vector<std::unique_ptr<Processor>>;
[[nodiscard]] Steps make_steps();

struct Pipeline::Impl {
  const Officials& officials;
  const Rules& rules;
  const CopySettings copy_settings;
  const Steps steps = make_steps();
  CopyIndex copies;
  StoryIndex stories;
  RightsDecisions decisions;
  std::vector<Revision> revisions;
  absl::flat_hash_set<std::string> revised;  // the ids in `revisions`
  std::string placing;                       // the item that teaches; empty outside of place()

  Impl(const Officials& the_officials, const Rules& the_rules, const CopySettings& for_copies,
       const StorySettings& for_stories)
      : officials(the_officials),
        rules(the_rules),
        copy_settings(for_copies),
        copies(for_copies),
        stories(for_stories) {}

  [[nodiscard]] Context context(bool with_memory) const {
    Context out;
    out.officials = &officials;
    out.rules = &rules;
    out.copies = with_memory ? &copies : nullptr;
    out.stories = with_memory ? &stories : nullptr;
    return out;
  }

  [[nodiscard]] const Processor* find(std::string_view name) const {
    for (const auto& step : steps) {
      if (step->spec().name == name) return step.get();
    }
    return nullptr;
  }
  absl::Status run(std::string_view name, Item& item, const Context& with) const {
    const Processor* step = find(name);
    return step == nullptr ? absl::InternalError(str_cat("no step is called ", name))
                           : step->process(item, with);
  }

  void revise(Revision revision) {
    revision.cause = placing;
    revised.insert(revision.item_id);
    revisions.push_back(std::move(revision));
  }

  [[nodiscard]] bool is_reshare(std::string_view item_id) const {
    const auto seen = copies.find(item_id);
    return seen && seen->reshare;
  }

  // A refold that concerns `item` itself goes into it; others become revisions.
  void take(std::vector<Refold> refolds, Item* item) {
    for (Refold& refold : refolds) {
      stories.touch(refold.item_id);
      if (refold.duplicate_of.item_id().empty() && !is_reshare(refold.item_id)) stories.shows(refold.item_id);
      Revision revision{std::move(refold.item_id), std::move(refold.duplicate_of), std::nullopt, {}, ""};
      if (item != nullptr && revision.item_id == item->id()) {
        apply(revision, *item);
      } else {
        revise(std::move(revision));
      }
    }
  }

  void take(const std::vector<PictureMove>& moves) {
    for (const PictureMove& move : moves) {
      for (const std::string& key : move.keys) {
        Revision revision{std::string(item_of_picture(key)), std::nullopt, std::nullopt, {}, ""};
        revision.picture_from = move.from;
        revision.picture_to = move.to;
        revise(std::move(revision));
      }
    }
  }

  void take(std::vector<Rejoin> rejoins, Item& item) {
    for (Rejoin& rejoin : rejoins) {
      Revision revision{std::move(rejoin.item_id), std::nullopt, std::move(rejoin.story_id),
                        std::move(rejoin.evidence), ""};
      if (revision.item_id == item.id()) {
        apply(revision, item);
      } else {
        revise(std::move(revision));
      }
    }
  }

  // Copies go where their new root is.
  void follow_roots(std::size_t from) {
    for (std::size_t i = from; i < revisions.size(); ++i) {
      if (!revisions[i].duplicate_of || revisions[i].duplicate_of->item_id().empty()) continue;
      auto rejoin = stories.follow(revisions[i].item_id, revisions[i].duplicate_of->item_id());
      if (!rejoin) continue;
      revisions[i].story_id = std::move(rejoin->story_id);
      revisions[i].story_evidence = std::move(rejoin->evidence);
    }
  }

  [[nodiscard]] bool fold_stays(const Item& item) const;
  [[nodiscard]] bool story_stays(const Item& item) const;
  std::vector<Refold> part_as_stored(const CopyJudgement& judgement, const EarlierPosts* posts);
  [[nodiscard]] static std::string shown_for(std::string_view item_id, const EarlierPosts& posts);
  void drop_what_came_back(std::string_view item_id, std::vector<Refold>& released,
                           std::vector<Refold>& refolds) const;
  void note_judged(std::string_view item_id, const EarlierPosts* posts);
  void fold(Item& item, const EarlierPosts* posts);
  // pipeline_pictures.cpp
  [[nodiscard]] std::vector<std::string> copies_of_pictures(const Item& item) const;
  [[nodiscard]] std::vector<std::string> elsewhere(const StoryMaterial& material) const;
  void tell_copies(const Item& item);
  void set_rights(Item& item, const EarlierPosts* posts) const;
  void decide(const RightsDecision& decision, const EarlierPosts* posts);

  absl::Status place(Item& item, const EarlierPosts* posts);
};

}  // namespace copytaster
