#include "processors/pipeline.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/copy_index.h"
#include "processors/dedupe.h"
#include "processors/picture_match.h"
#include "processors/steps.h"
#include "processors/story_builder.h"
#include "processors/story_index.h"

namespace copytaster {
namespace {

void move_pictures(const Revision& revision, Item& item) {
  for (Media& media : *item.mutable_media()) {
    if (media.folded_into() != revision.picture_from) continue;
    if (picture_key(item.id(), media) == revision.picture_to) {
      media.clear_folded_into();
      media.clear_fold();
      continue;
    }
    media.set_folded_into(revision.picture_to);
    // What it was found to be stays true.
    if (media.has_fold() && media.fold().like_key().empty())
      media.mutable_fold()->set_like_key(revision.picture_from);
  }
}

constexpr std::size_t kMaxIdBytes = 2048;

using Steps = std::vector<std::unique_ptr<Processor>>;

// Who teaches, while it is placed.
class Placing {
 public:
  Placing(std::string* who, const std::string& item_id) : who_(who) { *who_ = item_id; }
  ~Placing() { who_->clear(); }
  Placing(const Placing&) = delete;
  Placing& operator=(const Placing&) = delete;

 private:
  std::string* who_;
};

Steps make_steps() {
  Steps steps;
  steps.push_back(make_language_step());     // first: names and sentences are found by language
  steps.push_back(make_captions_step());     // before credits: a caption may name the photographer
  steps.push_back(make_mentions_step());     // before places: a person called Paris is no place
  steps.push_back(make_places_step());       // before sections, which look at places
  steps.push_back(make_attribution_step());  // after mentions: the person named, not the handle
  steps.push_back(make_quotes_step());       // after mentions: speakers are found there first
  steps.push_back(make_sections_step());     // last of those that read the text for its sense
  steps.push_back(make_fingerprint_step());  // any time before dedupe; here, because it is stateless
  // From here on in one place, in log order:
  steps.push_back(make_dedupe_step());          // before stories: a copy goes where its original is
  steps.push_back(make_stories_step());         // before newsworthiness, which asks how rare the names are
  steps.push_back(make_newsworthiness_step());  // last: it weighs what all others found
  return steps;
}

}  // namespace

void apply(const Revision& revision, Item& item) {
  if (!revision.picture_from.empty()) move_pictures(revision, item);
  if (revision.duplicate_of) {
    if (revision.duplicate_of->item_id().empty()) {
      item.clear_duplicate_of();
    } else {
      *item.mutable_duplicate_of() = *revision.duplicate_of;
    }
  }
  if (!revision.answered.empty()) {
    auto& asked = *item.mutable_may_copy();
    asked.erase(std::remove_if(asked.begin(), asked.end(),
                               [&](const DuplicateOf& one) {
                                 return one.item_id() == revision.answered ||
                                        one.like_id() == revision.answered;
                               }),
                asked.end());
  }
  if (!revision.story_id) return;
  item.set_story_id(*revision.story_id);
  *item.mutable_story_evidence() = revision.story_evidence;
}

struct Pipeline::Impl {
  const Officials& officials;
  const Rules& rules;
  const CopySettings copy_settings;
  const Steps steps = make_steps();
  CopyIndex copies;
  StoryIndex stories;
  std::vector<Revision> revisions;
  absl::flat_hash_set<std::string> revised;  // the ids in `revisions`
  std::string placing;                       // the item that teaches; empty outside of place()

  Impl(const Officials& the_officials, const Rules& the_rules, const CopySettings& settings)
      : officials(the_officials), rules(the_rules), copy_settings(settings), copies(settings) {}

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

  // What fell out of memory's window is not judged anew: what it repeats, and who else is in its story, is
  // not known any more. What is stored stays.
  [[nodiscard]] bool fold_stays(const Item& item) const {
    if (!copies.has_dropped()) return false;
    const std::string& original = item.duplicate_of().item_id();
    const CopyJudgement* said = copies.judgements().find(item.id(), original);
    if (said != nullptr && !said->same) return false;
    if (!original.empty() && !copies.find(original)) return true;
    return !item.story_id().empty() && !copies.find(item.id());
  }
  [[nodiscard]] bool story_stays(const Item& item) const {
    return !item.story_id().empty() && stories.has_dropped() && !stories.story_of(item.id());
  }

  // Whose copy a post is that has left the window only the store knows.
  std::vector<Refold> part_as_stored(const CopyJudgement& judgement, const EarlierPosts* posts) {
    if (posts == nullptr || (copies.find(judgement.item_id) && copies.find(judgement.other_id))) return {};
    const std::string shown = shown_for(judgement.item_id, *posts);
    if (shown.empty() || shown != shown_for(judgement.other_id, *posts)) return {};
    std::vector<Refold> refolds =
        copies.take_out(shown == judgement.item_id ? judgement.other_id : judgement.item_id);
    const std::string& stays = shown == judgement.other_id ? judgement.item_id : judgement.other_id;
    copies.note_place_of(stays, shown);
    return refolds;
  }
  // "" where it is not stored.
  [[nodiscard]] static std::string shown_for(std::string_view item_id, const EarlierPosts& posts) {
    constexpr int kMostHops = 8;
    std::string shown;
    std::string next(item_id);
    Item room;
    for (int hop = 0; hop < kMostHops && !next.empty(); ++hop) {
      const Item* item = posts.find(next, &room);
      if (item == nullptr) break;
      shown = next;
      next = item->duplicate_of().item_id();
    }
    return shown;
  }

  // What an edit let go and found again at once is stored as it was: a typo was mended.
  void drop_what_came_back(std::string_view item_id, std::vector<Refold>& released,
                           std::vector<Refold>& refolds) const {
    const auto root = copies.group_of(item_id);
    if (!root || copies.number_of(item_id) != root || copies.group_of(released.front().item_id) != root)
      return;
    absl::flat_hash_set<std::string> ids;
    for (const Refold& one : released) ids.insert(one.item_id);
    std::erase_if(refolds, [&](const Refold& one) { return ids.contains(one.item_id); });
    released.clear();
  }

  // Who is kept apart from this one and has left the window: in whose group, is told by what is stored.
  void note_judged(std::string_view item_id, const EarlierPosts* posts) {
    if (posts == nullptr || copies.judgements().empty()) return;
    Item room;
    for (const CopyJudgement& said : copies.judgements().of(item_id)) {
      if (said.same || copies.group_of(said.other_id)) continue;
      const Item* other = posts->find(said.other_id, &room);
      if (other != nullptr) copies.note_place_of(said.other_id, other->duplicate_of().item_id());
    }
  }

  void fold(Item& item, const EarlierPosts* posts) {
    take(copies.forget_lost_pictures(item));
    note_judged(item.id(), posts);
    const LookUp look_up = copies.look_up(item);
    const auto passes_on = [&](std::string_view id) {
      Item room;
      const Item* reshare = posts == nullptr ? nullptr : posts->find(id, &room);
      return reshare == nullptr || reshare->repost_of().item_id() == item.id();
    };
    std::vector<Refold> released = copies.release(look_up, passes_on);
    const Folding folding = fold_item(item, look_up, copies, posts);
    std::vector<Refold> refolds = copies.remember(item, look_up);
    if (!released.empty()) drop_what_came_back(item.id(), released, refolds);
    take(std::move(released), &item);
    take(std::move(refolds), &item);
    for (const DuplicateOf& also : folding.also) take(copies.unite(item.id(), also), &item);
  }

  absl::Status place(Item& item, const EarlierPosts* posts) {
    stories.settle();
    Context with = context(true);
    with.posts = posts;
    const bool newsroom = is_newsroom(item, officials);
    // What was said of it before it came again is newer than what it comes with, and older than what is found
    // out now.
    if (revised.erase(item.id()) > 0) {
      for (const Revision& revision : revisions) {
        if (revision.item_id == item.id()) apply(revision, item);
      }
      std::erase_if(revisions, [&](const Revision& revision) { return revision.item_id == item.id(); });
    }
    const std::size_t before = revisions.size();
    if (newsroom) {  // our own coverage repeats nobody, and nobody's post is a copy of it
      item.clear_duplicate_of();
      item.clear_may_copy();
    } else if (!fold_stays(item)) {
      fold(item, posts);
    }
    if (newsroom || !story_stays(item)) {
      CT_RETURN_IF_ERROR(run("stories", item, with));
      take(stories.remember(item, officials, &copies), item);
    }
    follow_roots(before);
    return run("newsworthiness", item, with);
  }
};

Pipeline::Pipeline(const Officials& officials, const Rules& rules, const CopySettings& copies)
    : impl_(std::make_unique<Impl>(officials, rules, copies)) {}
Pipeline::~Pipeline() = default;

std::vector<StepSpec> Pipeline::steps() const {
  std::vector<StepSpec> specs;
  for (const auto& step : impl_->steps) specs.push_back(step->spec());
  return specs;
}

absl::Status Pipeline::prepare(Item& item) const {
  if (item.id().empty() || item.id().size() > kMaxIdBytes) {
    return absl::InvalidArgumentError(str_cat("an item's id must have 1 to ", kMaxIdBytes, " bytes"));
  }
  if (item.id().find('\0') != std::string::npos) {
    return absl::InvalidArgumentError("an item's id must not hold a NUL byte");
  }
  const Context with = impl_->context(false);
  for (const auto& step : impl_->steps) {
    if (!step->spec().needs_memory) CT_RETURN_IF_ERROR(step->process(item, with));
  }
  return absl::OkStatus();
}

absl::Status Pipeline::place(Item& item, const EarlierPosts* posts) {
  const Placing placing(&impl_->placing, item.id());
  return impl_->place(item, posts);
}

std::vector<std::string> Pipeline::withdraw(std::string_view item_id) {
  std::vector<std::string> ids;
  std::erase_if(impl_->revisions, [&](const Revision& revision) {
    if (revision.cause != item_id) return false;
    if (std::ranges::find(ids, revision.item_id) == ids.end()) ids.push_back(revision.item_id);
    return true;
  });
  impl_->revised.clear();
  for (const Revision& revision : impl_->revisions) impl_->revised.insert(revision.item_id);
  return ids;
}

void Pipeline::put_back(const Item& item) {
  Item now = item;
  for (const Revision& revision : impl_->revisions) {
    if (revision.item_id == item.id()) apply(revision, now);
  }
  impl_->stories.touch(item.id());
  restore(now);
  impl_->stories.settle();
  impl_->stories.touch(item.id());
}

void Pipeline::answer(const CopyJudgement& judgement, const EarlierPosts* posts) {
  impl_->stories.settle();
  const std::size_t before = impl_->revisions.size();
  std::vector<Refold> refolds = impl_->copies.answer(judgement);
  if (refolds.empty() && !judgement.same) refolds = impl_->part_as_stored(judgement, posts);
  impl_->take(std::move(refolds), nullptr);
  impl_->revise({judgement.item_id, std::nullopt, std::nullopt, {}, judgement.other_id});
  impl_->revise({judgement.other_id, std::nullopt, std::nullopt, {}, judgement.item_id});
  impl_->stories.touch(judgement.item_id);
  impl_->stories.touch(judgement.other_id);
  impl_->follow_roots(before);
}

std::int64_t Pipeline::copies_begin() const { return impl_->copies.begins(); }

void Pipeline::restore_answer(const CopyJudgement& judgement) { impl_->copies.restore_answer(judgement); }

absl::Status Pipeline::weigh(Item& item) {
  impl_->stories.touch(item.id());
  return impl_->run("newsworthiness", item, impl_->context(true));
}

absl::Status Pipeline::fold(std::span<Item> items, const EarlierPosts* posts) {
  const Processor* fingerprint = impl_->find("fingerprint");
  if (fingerprint == nullptr) return absl::InternalError("no step is called fingerprint");
  for (Item& item : items) CT_RETURN_IF_ERROR(fingerprint->process(item, impl_->context(false)));
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i + 1 < items.size()) impl_->copies.expect(items[i + 1].fingerprint());
    impl_->fold(items[i], posts);
  }
  (void)take_revisions();
  return absl::OkStatus();
}

absl::Status Pipeline::run_step(std::string_view name, Item& item) const {
  const Processor* step = impl_->find(name);
  return step == nullptr ? absl::NotFoundError(str_cat("no step is called ", name))
                         : step->process(item, impl_->context(false));
}

std::vector<Revision> Pipeline::take_revisions() {
  impl_->revised.clear();
  return std::exchange(impl_->revisions, {});
}

void Pipeline::forget(std::string_view item_id) {
  impl_->stories.settle();
  impl_->stories.forget(item_id);
  impl_->take(impl_->copies.forget(item_id), nullptr);
}

RestoreWindow Pipeline::restore_window() const {
  return {impl_->officials, impl_->copy_settings, impl_->stories.settings()};
}

void Pipeline::restore(const Item& item, RestoreParts parts) {
  if (!is_newsroom(item, impl_->officials)) {
    if (parts.copies) impl_->copies.restore(item);
    if (parts.pictures && !parts.copies) impl_->copies.restore_pictures(item);
  }
  if (parts.stories) impl_->stories.restore(item, impl_->officials);
}

void Pipeline::restored(RestoreParts left_out) {
  impl_->stories.settle();
  if (left_out.stories) impl_->stories.note_dropped();
  impl_->copies.settle(!left_out.copies);
}

void Pipeline::settle() { impl_->stories.settle(); }

std::vector<std::string> Pipeline::take_changed_stories() {
  impl_->stories.settle();  // what was restored counts, though nothing was placed since
  return impl_->stories.take_changed();
}

absl::StatusOr<Story> Pipeline::build_story(std::string_view story_id, const StoreReader& reader) const {
  StoryMaterial material;
  material.story_id = std::string(story_id);
  material.novelty = impl_->stories.story_novelty(story_id);
  std::deque<Item> room;  // of those the reader does not hold
  for (const StoryMember& member : impl_->stories.members(story_id)) {
    const auto item = reader.item_in(member.item_id, &room.emplace_back());
    if (absl::IsNotFound(item.status())) continue;  // erased, or dead-lettered after it was placed
    CT_RETURN_IF_ERROR(item.status());
    material.posts.push_back({*item, member.about});
  }
  const auto lives = [](const StoryPost& post) { return post.item->state() != GONE; };
  if (std::ranges::none_of(material.posts, lives)) {
    return absl::NotFoundError(str_cat("no post of story ", story_id, " is left"));
  }
  for (const CoverageMatch& match : impl_->stories.coverage(story_id)) {
    auto article = reader.item(match.item_id);
    if (!article.ok() || article->state() == GONE) continue;
    Background background;
    background.set_item_id(match.item_id);
    background.set_title(article->title());
    background.set_url(article->url());
    if (is_dated(*article)) *background.mutable_published_at() = article->created_at();
    background.set_day_only(article->day_only());
    background.set_score(static_cast<float>(match.score));
    background.set_reason(match.reason);
    material.background.push_back(std::move(background));
  }
  return make_story(std::move(material), impl_->officials, impl_->rules);
}

std::size_t Pipeline::memory_bytes() const {
  return impl_->copies.memory_bytes() + impl_->stories.memory_bytes();
}

}  // namespace copytaster
