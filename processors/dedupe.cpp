#include "processors/dedupe.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "core/item.h"
#include "core/strings.h"
#include "processors/picture_match.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr double kOfItsGroup = 0.3;  // of the words, in the post that is shown: a ticker drifts away

std::int64_t distance(std::int64_t a, std::int64_t b) { return a > b ? a - b : b - a; }

// For each picture of the item, the keys of those that are the same. Flags and logos are under many
// statements: what is known to say nothing by its shapes has none.
using SamePictures = std::vector<std::vector<std::string>>;

SamePictures same_pictures(const Item& item, const CopyIndex& copies) {
  SamePictures same;
  for (const Media& media : item.media()) {
    if (!may_be_evidence(media)) continue;
    same.push_back(copies.pictures().same_as(media, picture_key(item.id(), media)));
  }
  return same;
}

int shared_pictures(const SamePictures& same, std::string_view other_id) {
  return static_cast<int>(std::ranges::count_if(same, [&](const std::vector<std::string>& keys) {
    return std::ranges::any_of(keys, [&](std::string_view key) { return item_of_picture(key) == other_id; });
  }));
}

DuplicateOf make_fold(std::string root_id, std::string_view rule, double score, bool same_person,
                      std::string_view reason) {
  DuplicateOf fold;
  fold.set_item_id(std::move(root_id));
  fold.set_rule(std::string(rule));
  fold.set_score(static_cast<float>(score));
  fold.set_relation(same_person ? "same-person" : "other-person");
  fold.set_reason(std::string(reason));
  return fold;
}

DuplicateOf find_reshared(const Item& item, const LookUp& look_up, const CopyIndex& copies) {
  const std::string& original = item.repost_of().item_id();
  const std::uint32_t person = look_up.traits.person;
  if (item.fingerprint().words() >= CopyIndex::kWordsOfOwnStatement || original.empty()) return {};
  auto seen = copies.find(original);
  std::string_view reason = "the platform says that this post passes it on";
  if (!seen) {
    seen = copies.stand_in_for(original);
    reason = "passes on the same post; the original is not followed, its first reshare stands for it";
  }
  const auto own = look_up.number;
  if (!seen || seen->number == own || seen->root == own) return {};
  if (copies.stands_in_for(seen->root, item.id()) || copies.keeps_apart(item.id(), seen->root)) return {};
  return make_fold(copies.shown_id(seen->root), "reshare", 1, copies.shown_person(seen->root) == person,
                   reason);
}

// What a person has said goes before all rules.
std::optional<DuplicateOf> find_judged(const Item& item, const LookUp& look_up, const CopyIndex& copies) {
  if (copies.judgements().empty()) return std::nullopt;
  const auto& judgements = copies.judgements().of(item.id());
  const auto own = look_up.number;
  for (auto one = judgements.rbegin(); one != judgements.rend(); ++one) {
    const auto root = one->same ? copies.group_of(one->other_id) : std::nullopt;
    if (!root || (own && *root == *own)) continue;
    if (copies.stands_in_for(*root, item.id()) || copies.keeps_apart(item.id(), *root)) continue;
    const bool same_person = copies.shown_person(*root) == look_up.traits.person;
    DuplicateOf fold = make_fold(copies.shown_id(*root), "editor", 1, same_person, "an editor has said so");
    fold.set_by(one->by);
    return fold;
  }
  return std::nullopt;
}

std::string statement(const Item& item, bool with_title) {
  if (item.text().empty()) return item.title().empty() ? item.summary() : item.title();
  return with_title ? str_cat(item.title(), "\n", item.text()) : item.text();
}

struct Likeness {
  SeenPost candidate;
  CopyEvidence evidence;
  CopyVerdict verdict;
  double promise = 0;  // what is verified first
};

class Search {
 public:
  Search(const Item& item, const LookUp& look_up, const CopyIndex& copies, const EarlierPosts* posts)
      : item_(item),
        copies_(copies),
        posts_(posts),
        look_up_(look_up),
        traits_(look_up.traits),
        is_bare_(is_bare(item)) {}

  Folding run() {
    Folding out;
    if (look_up_.sketch.words >= kLeastWordsOfCopy || has_page()) out = by_words();
    if (out.fold.item_id().empty()) ask_by_pictures(out);
    return out;
  }

 private:
  // Of a feed's page its address speaks, however short the text.
  [[nodiscard]] bool has_page() const { return traits_.feed && traits_.link != 0; }

  Folding by_words() {
    const TextView own = view_of(look_up_.sketch);
    copies_.each_candidate(look_up_, [&](const SeenPost& one) { look_at(own, one); });
    // Among equals the first of the index wins: roots before copies, so that chains never form.
    std::ranges::stable_sort(found_, std::greater<>(), &Likeness::promise);
    verify_best();
    look_at_groups();
    return choose();
  }

  // What is folded into this very item cannot be its original.
  [[nodiscard]] bool may_be_original(const SeenPost& candidate) const {
    return !candidate.reshare && candidate.root != look_up_.number &&
           !copies_.stands_in_for(candidate.root, item_.id());
  }

  [[nodiscard]] CopyEvidence evidence_of(const TextView& own, const SeenPost& candidate) const {
    CopyEvidence evidence;
    evidence.text = match_texts(own, candidate.text);
    evidence.same_person = candidate.person == traits_.person;
    evidence.same_platform = candidate.platform == traits_.platform;
    evidence.same_link = traits_.link != 0 && traits_.link == candidate.link;
    evidence.same_page = evidence.same_link && traits_.feed && candidate.feed;
    evidence.other_link =
        !evidence.same_link && traits_.link != 0 && candidate.link != 0 && evidence.same_platform;
    evidence.seconds_apart = distance(traits_.seconds, candidate.seconds);
    evidence.bare = is_bare_;
    return evidence;
  }

  // Of each picture that was seen before, the post that showed it first, and the one it was found to be like.
  void ask_by_pictures(Folding& out) const {
    for (const Media& media : item_.media()) {
      if (media.folded_into().empty() || !may_be_evidence(media)) continue;
      for (const std::string_view key : {media.folded_into(), media.fold().like_key()})
        ask_by_picture_of(item_of_picture(key), out);
    }
  }

  void ask_by_picture_of(std::string_view id, Folding& out) const {
    const auto seen = id.empty() ? std::nullopt : copies_.find(id);
    if (!seen || seen->number == look_up_.number || !may_be_original(*seen)) return;
    Likeness like;
    like.evidence = evidence_of(view_of(look_up_.sketch), *seen);
    like.evidence.shared_pictures = 1;
    like.verdict = decide_by_picture(like.evidence);
    if (!like.verdict.asks() || copies_.keeps_apart(item_.id(), seen->root)) return;
    like.candidate = *seen;
    ask(like, out);
  }

  void look_at(const TextView& own, const SeenPost& candidate) {
    if (!may_be_original(candidate)) return;
    Likeness like;
    CopyEvidence& evidence = like.evidence;
    evidence = evidence_of(own, candidate);
    if (look_up_.sketch.words < kLeastWordsOfCopy && !evidence.same_page) return;
    if (evidence.seconds_apart > copies_.window_seconds()) return;
    if (evidence.same_person && item_.media_size() > 0 && evidence.text.words_inside > 0.3) {
      if (!same_pictures_) same_pictures_ = same_pictures(item_, copies_);
      evidence.shared_pictures = shared_pictures(*same_pictures_, copies_.id_of(candidate.number));
    }
    like.verdict = decide(evidence);
    if (!like.verdict.folds() && !(posts_ != nullptr && is_worth_verifying(evidence))) return;
    if (copies_.keeps_apart(item_.id(), candidate.root)) return;
    like.candidate = candidate;
    like.promise = evidence.text.exact ? 2 : evidence.text.words_inside + evidence.text.shingles_inside / 2;
    found_.push_back(std::move(like));
  }

  void verify_best() {
    if (posts_ == nullptr) return;
    if (found_.size() > Folding::kMostVerified) found_.resize(Folding::kMostVerified);
    Item room;
    for (Likeness& like : found_) {
      if (like.evidence.text.exact) continue;  // nothing can be surer; the others may still be another matter
      const Item* other = posts_->find(copies_.id_of(like.candidate.number), &room);
      if (other != nullptr) like.verdict = verify(like.evidence, diff_statements(item_, *other));
    }
  }

  [[nodiscard]] bool contradict(const Item& a, std::uint32_t shown) const {
    Item room;
    const Item* other = posts_->find(copies_.shown_id(shown), &room);
    if (other == nullptr) return false;
    const TextDiff diff = diff_statements(a, *other);
    return contradicts(diff) || diff.inside() < kOfItsGroup;
  }

  // A cut lies in two texts that say the opposite of each other behind it: it must not lead the one to the
  // other. What is word for word a copy says no more than that copy.
  void look_at_groups() {
    if (posts_ == nullptr) return;
    for (Likeness& like : found_) {
      if (!like.verdict.folds() || like.evidence.text.exact) continue;
      const std::uint32_t root = like.candidate.root;
      const bool is_shown = root == like.candidate.number && copies_.shown_id(root) == copies_.id_of(root);
      if (is_shown || !contradict(item_, root)) continue;
      like.verdict.answer = CopyAnswerKind::kAsk;
      str_append(&like.verdict.reason, "; what is shown for that one says something else");
    }
  }

  // Whether two groups may become one through the item, whose cut both have.
  [[nodiscard]] bool may_unite(std::uint32_t shown, std::uint32_t other) const {
    if (posts_ == nullptr) return true;
    Item room;
    const Item* one = posts_->find(copies_.shown_id(shown), &room);
    return one == nullptr || !contradict(*one, other);
  }

  DuplicateOf told(const Likeness& like) const {
    const std::uint32_t root = like.candidate.root;
    DuplicateOf fold = make_fold(copies_.shown_id(root), like.verdict.rule, like.verdict.score,
                                 copies_.shown_person(root) == traits_.person, like.verdict.reason);
    if (root != like.candidate.number || fold.item_id() != copies_.id_of(root))
      fold.set_like_id(copies_.id_of(like.candidate.number));
    return fold;
  }

  Folding choose() const {
    Folding out;
    const Likeness* best = nullptr;
    for (const Likeness& like : found_) {
      if (like.verdict.folds() && (best == nullptr || like.verdict.score > best->verdict.score)) best = &like;
    }
    if (best != nullptr) out.fold = told(*best);
    std::vector<std::uint32_t> groups;
    for (const Likeness& like : found_) {
      if (!like.verdict.folds() || like.candidate.root == best->candidate.root) continue;
      if (std::ranges::find(groups, like.candidate.root) != groups.end()) continue;
      groups.push_back(like.candidate.root);
      if (may_unite(best->candidate.root, like.candidate.root)) {
        out.also.push_back(told(like));
      } else {
        ask(like, out);
      }
    }
    for (const Likeness& like : found_) {
      if (like.verdict.asks()) ask(like, out);
    }
    std::ranges::stable_sort(out.asked, [](const auto& a, const auto& b) { return a.score() > b.score(); });
    return out;
  }

  void ask(const Likeness& like, Folding& out) const {
    if (out.asked.size() == Folding::kMostAsked) return;
    DuplicateOf asked = told(like);
    const bool known =
        asked.item_id() == out.fold.item_id() || std::ranges::any_of(out.asked, [&](const DuplicateOf& one) {
          return one.item_id() == asked.item_id();
        });
    if (!known) out.asked.push_back(std::move(asked));
  }

  const Item& item_;
  const CopyIndex& copies_;
  const EarlierPosts* posts_;
  const LookUp& look_up_;
  const PostTraits& traits_;
  bool is_bare_;
  std::vector<Likeness> found_;
  std::optional<SamePictures> same_pictures_;  // asked for once, and only where it matters
};

void fold_pictures(Item& item, const CopyIndex& copies) {
  for (Media& media : *item.mutable_media()) {
    media.clear_folded_into();
    media.clear_fold();
    if (media.kind() != PICTURE) continue;
    const auto match = copies.pictures().find(media, picture_key(item.id(), media));
    if (!match) continue;
    media.set_folded_into(match->key);
    *media.mutable_fold() = fold_of(*match);
  }
}

class DedupeStep final : public Processor {
 public:
  const StepSpec& spec() const override {
    static constexpr StepSpec kSpec = {
        "dedupe", "Marks what repeats an earlier post or picture, and why; asks where it is not sure",
        "duplicate_of, may_copy, media.folded_into, media.fold", true};
    return kSpec;
  }
  absl::Status process(Item& item, const Context& context) const override {
    // Nothing to compare it with: what is known stays.
    if (context.copies == nullptr) return absl::OkStatus();
    (void)fold_item(item, context.copies->look_up(item), *context.copies, context.posts);
    return absl::OkStatus();
  }
};

}  // namespace

bool is_bare(const Item& item) {
  return item.links_size() == 0 && item.text().find("://") == std::string::npos &&
         !item.text().starts_with("RT @");
}

TextDiff diff_statements(const Item& a, const Item& b) {
  // A text too short to be told its language may borrow the other's.
  const std::string& language = a.language().empty() ? b.language() : a.language();
  if (!a.title().empty() && !b.title().empty()) {
    TextDiff both = diff_texts(statement(a, true), statement(b, true), language);
    const TextDiff titles = diff_texts(a.title(), b.title(), language);
    if (both.replaced == 0 && titles.inside() < 0.5) {  // two videos with one footer below them are two
      both.replaced = 1;
      both.replaced_words = titles.shorter;
      both.other_names = true;
    }
    return both;
  }
  const TextDiff plain = diff_texts(statement(a, false), statement(b, false), language);
  if (a.title().empty() && b.title().empty()) return plain;
  const TextDiff titled = diff_texts(statement(a, true), statement(b, true), language);
  return titled.inside() > plain.inside() ? titled : plain;
}

Folding find_copies(const Item& item, const LookUp& look_up, const CopyIndex& copies,
                    const EarlierPosts* posts) {
  if (auto judged = find_judged(item, look_up, copies)) return {*std::move(judged), {}, {}};
  if (item.has_repost_of()) return {find_reshared(item, look_up, copies), {}, {}};
  return Search(item, look_up, copies, posts).run();
}

Folding fold_item(Item& item, const LookUp& look_up, const CopyIndex& copies, const EarlierPosts* posts) {
  item.clear_duplicate_of();
  item.clear_may_copy();
  fold_pictures(item, copies);
  Folding folding = find_copies(item, look_up, copies, posts);
  if (!folding.fold.item_id().empty()) *item.mutable_duplicate_of() = folding.fold;
  for (const DuplicateOf& asked : folding.asked) *item.add_may_copy() = asked;
  return folding;
}

DuplicateOf find_original(const Item& item, const CopyIndex& copies) {
  return find_copies(item, copies.look_up(item), copies, nullptr).fold;
}

std::unique_ptr<Processor> make_dedupe_step() { return std::make_unique<DedupeStep>(); }

}  // namespace copytaster
