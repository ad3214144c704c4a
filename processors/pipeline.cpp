#include "processors/pipeline.h"

#include <algorithm>
#include <utility>

#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/pipeline_impl.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxIdBytes = 2048;

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

}  // namespace

Steps make_steps() {
  Steps steps;
  steps.push_back(make_language_step());     // first: names and sentences are found by language
  steps.push_back(make_captions_step());     // before credits: a caption may name the photographer
  steps.push_back(make_mentions_step());     // before places: a person called Paris is no place
  steps.push_back(make_places_step());       // before sections, which look at places
  steps.push_back(make_dates_step());        // beside places: both read the words as scanned
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

Pipeline::Pipeline(const Officials& officials, const Rules& rules, const CopySettings& copies,
                   const StorySettings& stories)
    : impl_(std::make_unique<Impl>(officials, rules, copies, stories)) {}
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

void Pipeline::decide(const RightsDecision& decision, const EarlierPosts* posts) {
  impl_->stories.settle();
  impl_->decide(decision, posts);
}

void Pipeline::restore_decision(const RightsDecision& decision) { impl_->decisions.put(decision); }

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

void Pipeline::erase(std::string_view item_id) {
  const std::size_t before = impl_->revisions.size();
  forget(item_id);
  Item bare;  // without pictures
  bare.set_id(std::string(item_id));
  impl_->take(impl_->copies.forget_lost_pictures(bare));
  impl_->follow_roots(before);
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

void Pipeline::records_made() { impl_->stories.records_made(); }

bool Pipeline::remembers_story(std::string_view story_id) const { return impl_->stories.has(story_id); }

std::size_t Pipeline::memory_bytes() const {
  return impl_->copies.memory_bytes() + impl_->stories.memory_bytes() + impl_->decisions.memory_bytes();
}

}  // namespace copytaster
