// The order of the steps, and the place where memory lives. See steps() in pipeline.cpp: it is one
// readable function with a reason a line.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "core/officials.h"
#include "core/processor.h"
#include "core/store.h"
#include "processors/copy_judgements.h"
#include "processors/copy_settings.h"
#include "processors/restore_window.h"
#include "processors/rights_decisions.h"
#include "processors/rules.h"
#include "processors/story_settings.h"

namespace copytaster {

// What a later item taught about an earlier one: the caller writes it into the stored item (apply()), without
// a new version. A better root came for its copies, or two stories turned out to be one.
struct Revision {
  std::string item_id;
  std::optional<DuplicateOf> duplicate_of;  // without item_id: it is shown by itself now
  std::optional<std::string> story_id;
  StoryEvidence story_evidence;  // with story_id
  std::string answered;          // an editor has said whether it repeats this one: it is not asked any more
  // Media keys (processors/picture_match.h): what is folded into the one is folded into the other now; that
  // one itself into nothing.
  std::string picture_from = {}, picture_to = {};
  // An editor has decided about pictures; absent: nobody has.
  std::optional<RightsDecision> decided = std::nullopt;
  std::string cause = {};  // the item whose placing taught it; empty: something else did
};
void apply(const Revision& revision, Item& item);

class Pipeline {
 public:
  // Officials and rules outlive the pipeline.
  Pipeline(const Officials& officials, const Rules& rules, const CopySettings& copies = {},
           const StorySettings& stories = {});
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // All steps in order, for `copytaster list steps`.
  [[nodiscard]] std::vector<StepSpec> steps() const;

  // Stateless steps. Any thread, many at once. An error means: dead letter.
  absl::Status prepare(Item& item) const;
  // The steps that need memory, then remembers the item. One thread, in log order. Calling it again
  // for the same id replaces what was remembered; a post that fell out of memory's window keeps the fold and
  // the story it comes with. What else changed by it is in take_revisions(). `posts` gives the texts of those
  // placed before; null: figures must do.
  absl::Status place(Item& item, const EarlierPosts* posts = nullptr);
  // Of an item that was placed before only the counts have changed: its weight and its story's are made anew,
  // nothing else. Where place() may be called.
  absl::Status weigh(Item& item);
  // Revisions of other items since the last call, in order; cleared by it. Call it after place() and
  // forget(), before building stories, and store what it says in the same batch: what is remembered here
  // and what is stored must not disagree.
  [[nodiscard]] std::vector<Revision> take_revisions();
  // Fingerprint and dedupe only, then remembers the items: what the benchmark calls "parse + dedupe".
  absl::Status fold(std::span<Item> items, const EarlierPosts* posts = nullptr);
  // One stateless step by name, for the benchmark. kNotFound: no such step.
  absl::Status run_step(std::string_view name, Item& item) const;
  // The item is proven gone: it no longer counts, but stays in memory for its copies.
  void forget(std::string_view item_id);
  // The item is erased: as forget(), and what shows one of its pictures is folded into another one, or shown.
  // What memory keeps of it are figures, which find nothing any more.
  void erase(std::string_view item_id);
  // An editor's answer about two posts, in log order like place(). What changed is in take_revisions(). Of
  // those that have left memory's window `posts` says how they are stored.
  void answer(const CopyJudgement& judgement, const EarlierPosts* posts = nullptr);
  // An editor's decision about the rights to a picture, as answer(): it goes to all that show it and to those
  // that will come. What changed is in take_revisions().
  void decide(const RightsDecision& decision, const EarlierPosts* posts);
  // A decision made before; all of them before the items are restored or placed.
  void restore_decision(const RightsDecision& decision);
  // Unix seconds: older posts are compared with nothing any more. Any thread.
  [[nodiscard]] std::int64_t copies_begin() const;
  // An answer given before; all of them before the items are restored or placed.
  void restore_answer(const CopyJudgement& judgement);
  // What memory takes back at a start: notes all that is stored, then says what of it is wanted.
  [[nodiscard]] RestoreWindow restore_window() const;
  // Takes an item that was processed before (start after a stop): indexes only, changes nothing. Those of a
  // start in the order of time.
  void restore(const Item& item, RestoreParts parts = {.copies = true, .stories = true});
  // After the last of them, before anything is placed: of which parts something stored was left out.
  void restored(RestoreParts left_out);
  // What an item taught that cannot be stored is not so: its revisions that were not taken yet are dropped.
  // Returns the ids they were about. Those, and the item itself where it was stored before, are put_back().
  [[nodiscard]] std::vector<std::string> withdraw(std::string_view item_id);
  // As restore(), while posts are placed: the item goes back to where it is stored, but for what others have
  // taught about it since.
  void put_back(const Item& item);
  // Between two restored ones: what is kept of them until they can be put in order is put there.
  void settle();

  // Ids of stories whose members changed since the last call; cleared by it.
  [[nodiscard]] std::vector<std::string> take_changed_stories();
  // All of these are written.
  void records_made();
  // Whether its members are remembered; else a record of it rests on what is stored.
  [[nodiscard]] bool remembers_story(std::string_view story_id) const;
  // The story made anew from its members as remembered, or, where it has left memory's window, as `reader`
  // has it stored; kNotFound when it has none left. `reader` gives the items themselves, of which at most
  // `most` are held at once: a story of more is shaped by its first and its latest posts, and counts them
  // all.
  static constexpr std::size_t kMostShaping = 2000;
  [[nodiscard]] absl::StatusOr<Story> build_story(std::string_view story_id, const StoreReader& reader,
                                                  std::size_t most = kMostShaping) const;
  // Bytes held by the indexes.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copytaster
