#include "processors/dedupe.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "core/item.h"
#include "core/processor.h"
#include "core/strings.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

// A comment of this many words on a reshare is a statement of its own: then it is not folded.
constexpr std::uint32_t kWordsOfOwnStatement = 20;
constexpr std::uint32_t kMinWords = 5;
constexpr std::uint32_t kMinWordsOfOthers = 8;  // politeness is nobody's copy
constexpr std::uint32_t kWordsOfTemplate = 12;  // up to here a form and its filling are hard to tell apart
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

std::string percent(double share) { return str_cat(static_cast<int>(share * 100 + 0.5), " %"); }

std::string figures(const CopyEvidence& e) {
  std::string out = str_cat(percent(e.text.words_inside), " of the shorter one's words and ",
                            percent(e.text.shingles_inside), " of its three-word runs are in the longer one");
  if (e.shared_pictures > 0) str_append(&out, "; ", e.shared_pictures, " picture(s) are the same");
  if (e.same_link) str_append(&out, "; the same link");
  return out;
}

// The same person says it again: how sure, given what else the two share. Thresholds from the
// labelled sets in tests/processors and from the retweet groups (see docs).
CopyVerdict decide_same_person(const CopyEvidence& e) {
  const TextMatch& t = e.text;
  if (!t.numbers_agree || e.seconds_apart > 7 * kDay) return {};
  double needed_words = 0.8;
  double needed_shingles = 0.6;
  // Two short texts of about one length are no cut of each other: "X is open again" and "Y is open again".
  const bool may_be_form = t.words < kWordsOfTemplate && t.lengths >= 0.7;
  if (!e.same_platform && !may_be_form && e.seconds_apart <= 12 * kHour) {
    needed_words = 0.7;
    needed_shingles = 0.33;
    if (e.shared_pictures > 0 || e.same_link) {
      needed_words = 0.5;
      needed_shingles = 0.15;
    }
  }
  if (t.words_inside < needed_words || t.shingles_inside < needed_shingles) return {};
  // A cut may drop names; two texts of about one length that each name another are a template.
  if (!t.names_agree && (t.lengths >= 0.7 || t.words_inside < 0.9) && e.shared_pictures == 0) return {};
  return {"cross-post",
          std::min(1.0, (t.words_inside + t.shingles_inside) / 2 + 0.1 * std::min(e.shared_pictures, 2)),
          figures(e)};
}

CopyVerdict decide_other_person(const CopyEvidence& e) {
  const TextMatch& t = e.text;
  if (!t.numbers_agree || !t.names_agree || t.words < kMinWordsOfOthers) return {};
  const bool near = t.similarity >= 0.5 && t.words_inside >= 0.75;
  const bool part = t.shingles_inside >= 0.8 && t.words_inside >= 0.9 && (t.same_start || t.lengths >= 0.5);
  if (!near && !part) return {};
  return {"near-text", std::max(t.similarity, t.shingles_inside * 0.95), figures(e)};
}

std::int64_t distance(std::int64_t a, std::int64_t b) { return a > b ? a - b : b - a; }

int shared_pictures(const Item& item, std::string_view other_id, const CopyIndex& copies) {
  int shared = 0;
  for (int i = 0; i < item.media_size(); ++i) {
    const std::string own_key = media_key(item.id(), static_cast<std::size_t>(i));
    for (const std::string& key : copies.pictures().same_as(item.media(i), own_key)) {
      if (std::string_view(key).substr(0, key.rfind('#')) != other_id) continue;
      ++shared;
      break;
    }
  }
  return shared;
}

DuplicateOf make_fold(const SeenPost& root, std::string_view rule, double score, bool same_person,
                      std::string_view reason) {
  DuplicateOf fold;
  fold.set_item_id(std::string(root.id));
  fold.set_rule(std::string(rule));
  fold.set_score(static_cast<float>(score));
  fold.set_relation(same_person ? "same-person" : "other-person");
  fold.set_reason(std::string(reason));
  return fold;
}

DuplicateOf find_reshared(const Item& item, const CopyIndex& copies) {
  const std::string& original = item.repost_of().item_id();
  const std::uint32_t person = traits_of(item).person;
  if (item.fingerprint().words() >= kWordsOfOwnStatement || original.empty()) return {};
  auto seen = copies.find(original);
  std::string_view reason = "the platform says that this post passes it on";
  if (!seen) {
    seen = copies.stand_in_for(original);
    reason = "passes on the same post; the original is not followed, its first reshare stands for it";
  }
  if (!seen || seen->id == item.id()) return {};
  const SeenPost root = copies.at(seen->root);
  if (root.id == item.id()) return {};
  return make_fold(root, "reshare", 1, root.person == person, reason);
}

struct Best {
  DuplicateOf fold;
  double score = 0;
};

void consider(const Item& item, const Sketch& sketch, const PostTraits& traits, std::uint32_t own_root,
              const SeenPost& candidate, const CopyIndex& copies, Best& best) {
  if (candidate.reshare || candidate.root == own_root) return;
  CopyEvidence evidence;
  evidence.text = match_texts(view_of(sketch), candidate.text);
  evidence.same_person = candidate.person == traits.person;
  evidence.same_platform = candidate.platform == traits.platform;
  evidence.same_link = traits.link != 0 && traits.link == candidate.link;
  evidence.seconds_apart = distance(traits.seconds, candidate.seconds);
  if (evidence.same_person && item.media_size() > 0 && evidence.text.words_inside > 0.3) {
    evidence.shared_pictures = shared_pictures(item, candidate.id, copies);
  }
  const CopyVerdict verdict = decide(evidence);
  // Among equals the first of the group list wins: roots before copies, so that chains never form.
  if (verdict.rule.empty() || verdict.score <= best.score) return;
  const SeenPost root = copies.at(candidate.root);
  best.score = verdict.score;
  best.fold = make_fold(root, verdict.rule, verdict.score, root.person == traits.person,
                        root.number == candidate.number
                            ? verdict.reason
                            : str_cat("like its copy ", candidate.id, ": ", verdict.reason));
}

void fold_pictures(Item& item, const CopyIndex& copies) {
  for (int i = 0; i < item.media_size(); ++i) {
    Media& media = *item.mutable_media(i);
    media.clear_folded_into();
    if (media.kind() != PICTURE) continue;
    const auto match = copies.pictures().find(media, media_key(item.id(), static_cast<std::size_t>(i)));
    if (match) media.set_folded_into(match->key);
  }
}

class DedupeStep final : public Processor {
 public:
  const StepSpec& spec() const override {
    static constexpr StepSpec kSpec = {"dedupe", "Marks what repeats an earlier post or picture, and why",
                                       "duplicate_of, media.folded_into", true};
    return kSpec;
  }
  absl::Status process(Item& item, const Context& context) const override {
    item.clear_duplicate_of();
    if (context.copies == nullptr) return absl::OkStatus();
    fold_pictures(item, *context.copies);
    DuplicateOf fold = find_original(item, *context.copies);
    if (!fold.item_id().empty()) *item.mutable_duplicate_of() = std::move(fold);
    return absl::OkStatus();
  }
};

}  // namespace

CopyVerdict decide(const CopyEvidence& e) {
  const TextMatch& t = e.text;
  if (t.exact) {
    if (e.same_person) return {e.same_platform ? "exact-text" : "cross-post", 1, "word for word the same"};
    return {"same-words", 1, "word for word the same"};
  }
  if (t.similarity == 0) return {};
  if (e.same_person) return decide_same_person(e);
  CopyVerdict verdict = decide_other_person(e);
  if (!verdict.rule.empty() && e.same_link) verdict.rule = "same-link";
  return verdict;
}

DuplicateOf find_original(const Item& item, const CopyIndex& copies) {
  if (item.has_repost_of()) return find_reshared(item, copies);
  const Sketch sketch = to_sketch(item.fingerprint());
  if (sketch.words < kMinWords) return {};
  const PostTraits traits = traits_of(item);
  const auto own = copies.find(item.id());
  Best best;
  copies.each_candidate(sketch, traits, item.id(), [&](const SeenPost& candidate) {
    // What is folded into this very item cannot be its original.
    consider(item, sketch, traits, own ? own->number : 0xffffffff, candidate, copies, best);
  });
  return best.fold;
}

std::unique_ptr<Processor> make_dedupe_step() { return std::make_unique<DedupeStep>(); }

}  // namespace copytaster
