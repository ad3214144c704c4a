// The reading half of StoryIndex: which story an item belongs to, and why.
#include <algorithm>
#include <array>
#include <cstdio>
#include <tuple>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "processors/copy_index.h"
#include "processors/story_index.h"

namespace copytaster {
namespace {

constexpr double kEnough = 1.0;
constexpr std::size_t kRareTerms = 32;
constexpr std::size_t kMaxCandidates = 96;
constexpr std::size_t kMembersToCompare = 8;
constexpr std::uint32_t kTemplateWords = 40;
constexpr std::uint32_t kShortTemplateWords = 16;

StoryEvidence make_evidence(double score, std::string_view reason, std::string_view nearest) {
  StoryEvidence evidence;
  evidence.set_score(static_cast<float>(score));
  evidence.set_reason(std::string(reason));
  evidence.set_nearest_item_id(std::string(nearest));
  return evidence;
}

std::size_t common(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t count = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      ++count, ++i, ++j;
    }
  }
  return count;
}

}  // namespace

std::string story_id_for(std::string_view first_item_id) {
  char out[32];
  (void)std::snprintf(out, sizeof out, "story:%016llx",
                      static_cast<unsigned long long>(stable_hash(first_item_id)));
  return out;
}

const StoryIndex::Story* StoryIndex::story_of_item(std::string_view item_id) const {
  const auto number = story_of_item_.find(item_id);
  if (number == story_of_item_.end()) return nullptr;
  const auto story = stories_.find(number->second);
  return story == stories_.end() ? nullptr : &story->second;
}

std::optional<std::string> StoryIndex::story_of(std::string_view item_id) const {
  const Story* story = story_of_item(item_id);
  if (story == nullptr) return std::nullopt;
  return story->id;
}

bool StoryIndex::is_open(const Story& story, std::int64_t seconds) const {
  const std::int64_t open = absl::ToInt64Seconds(settings_.open);
  return seconds >= story.profile.first - open && seconds <= story.profile.last + open &&
         story.profile.posts > 0;
}

// Not yet tied to others' posts: then it may still go where it belongs (its pictures came, say).
bool StoryIndex::stands_alone(const Item& item) const {
  const Story* story = story_of_item(item.id());
  if (story == nullptr) return true;
  return std::ranges::none_of(story->members, [&](const Member& m) { return m.about && m.id != item.id(); });
}

// What the platform or the fold says outright.
std::optional<StoryChoice> StoryIndex::follow_links(const Item& item, std::uint64_t author) const {
  const auto into = [&](const std::string& id, std::string_view reason,
                        bool about) -> std::optional<StoryChoice> {
    const Story* story = id.empty() || id == item.id() ? nullptr : story_of_item(id);
    if (story == nullptr) return std::nullopt;
    return StoryChoice{story->id, make_evidence(1, reason, id), about};
  };
  const auto same_author = [&](const std::string& id) {
    const Story* story = story_of_item(id);
    if (story == nullptr) return false;
    const auto member = std::ranges::find(story->members, id, &Member::id);
    return member != story->members.end() && member->author == author;
  };
  if (auto choice = into(item.duplicate_of().item_id(), "a copy belongs to the story of its original", false))
    return choice;
  if (auto choice = into(item.repost_of().item_id(), "passes on a post of this story", false)) return choice;
  const std::string& quoted = item.quote_of().item_id();
  if (auto choice = into(quoted, "quotes a post of this story", same_author(quoted))) return choice;
  const std::string& answered = item.reply_to().item_id();
  return into(answered, "answers a post of this story", same_author(answered));
}

std::vector<StoryIndex::StoryNumber> StoryIndex::candidates(const StoryProfile& profile,
                                                            const Item& item) const {
  absl::flat_hash_map<StoryNumber, double> votes;
  const auto vote = [&](std::uint64_t key, double weight) {
    const auto posting = postings_.find(key);
    if (posting == postings_.end()) return;
    for (const StoryNumber story : posting->second) votes[story] += weight;
  };
  for (const auto& [key, use] : profile.entities) vote(key, 2 * stats_.rarity(key, use.named_by.size()));
  for (const auto& [hash, author] : profile.picture_hashes) vote(hash, 3);
  for (const auto& [hash, author] : profile.links) vote(hash, 3);
  for (const Media& media : item.media()) {
    const std::string_view first = media.folded_into();
    const auto story = story_of_item_.find(first.substr(0, first.rfind('#')));
    if (story != story_of_item_.end()) votes[story->second] += 3;
  }
  std::vector<std::pair<float, std::uint64_t>> terms;
  for (const auto& [term, value] : profile.terms) {
    if (stats_.posts_with(term) > 0) terms.emplace_back(value, term);
  }
  std::ranges::sort(terms, std::greater<>());
  for (std::size_t i = 0; i < std::min(terms.size(), kRareTerms); ++i) {
    vote(terms[i].second, static_cast<double>(terms[i].first));
  }
  std::vector<std::pair<double, StoryNumber>> ranked;
  for (const auto& [story, weight] : votes) {
    const auto found = stories_.find(story);
    if (found != stories_.end() && is_open(found->second, profile.last)) ranked.emplace_back(-weight, story);
  }
  std::ranges::sort(ranked);
  if (ranked.size() > kMaxCandidates) ranked.resize(kMaxCandidates);
  std::vector<StoryNumber> out;
  for (const auto& [weight, story] : ranked) out.push_back(story);
  return out;
}

// "Happy birthday to …" by the same hand about another: alike in words, not in matter.
bool StoryIndex::is_template(const StoryFeatures& features, const Story& story,
                             const CopyIndex* copies) const {
  if (copies == nullptr) return false;
  const auto own = copies->find(features.id);
  if (!own || own->text.words > kTemplateWords) return false;
  std::size_t looked = 0;
  for (auto member = story.members.rbegin(); member != story.members.rend() && looked < kMembersToCompare;
       ++member) {
    if (member->author != features.author || member->id == features.id) continue;
    ++looked;
    const auto other = copies->find(member->id);
    if (!other) continue;
    const TextMatch match = match_texts(own->text, other->text);
    const double alike = own->text.words <= kShortTemplateWords ? 0.3 : 0.45;
    if (match.words_inside >= alike && match.lengths >= 0.5 && !match.names_agree) return true;
  }
  return false;
}

Evidence StoryIndex::evidence_for(const StoryFeatures& features, const StoryProfile& profile,
                                  const Story& story, const CopyIndex* copies) const {
  Evidence evidence = compare(profile, story.profile, stats_);
  if (evidence.score() < kEnough || evidence.text <= 0 || evidence.names() >= kEnough) return evidence;
  if (!is_template(features, story, copies)) return evidence;
  evidence.text = 0;
  std::erase_if(evidence.signals, [](const StorySignal& s) { return s.kind == SignalKind::kText; });
  return evidence;
}

std::string StoryIndex::nearest(const StoryProfile& profile, const Story& story,
                                std::string_view except) const {
  std::vector<std::uint32_t> keys;
  for (const auto& [key, use] : profile.entities) keys.push_back(static_cast<std::uint32_t>(key));
  for (const auto& [term, value] : profile.terms) keys.push_back(static_cast<std::uint32_t>(term));
  std::ranges::sort(keys);
  std::string best;
  std::size_t most = 0;
  const std::size_t from =
      story.members.size() > kMembersForNearest ? story.members.size() - kMembersForNearest : 0;
  for (std::size_t i = from; i < story.members.size(); ++i) {
    const Member& member = story.members[i];
    if (!member.about || member.gone || member.id == except) continue;
    const std::size_t shared = common(keys, member.keys);
    if (!best.empty() && shared <= most) continue;
    best = member.id;
    most = shared;
  }
  return best;
}

StoryIndex::Work StoryIndex::work_on(const Item& item, const Officials& officials) const {
  Work work{story_features(item, officials), {}};
  work.profile = profile_of(work.features, stats_);
  return work;
}

StoryChoice StoryIndex::choose(const Item& item, const Officials& officials, const CopyIndex* copies) const {
  last_ = work_on(item, officials);
  const StoryFeatures& features = last_->features;
  const Story* own = story_of_item(item.id());
  const bool is_copy = !item.duplicate_of().item_id().empty();
  if (auto linked = follow_links(item, features.author);
      linked && (is_copy || own == nullptr || stands_alone(item))) {
    return *linked;
  }
  const bool shapes = !item.has_repost_of() && !is_copy;
  if (own != nullptr && !stands_alone(item)) {
    StoryEvidence kept = item.story_evidence();
    if (kept.reason().empty()) kept = make_evidence(1, "changed since; it stays in its story", "");
    return {own->id, kept, shapes};
  }
  const StoryProfile& profile = last_->profile;
  const Story* best = nullptr;
  Evidence why;
  for (const StoryNumber number : candidates(profile, item)) {
    const Story& story = stories_.find(number)->second;
    if (&story == own) continue;
    Evidence evidence = evidence_for(features, profile, story, copies);
    if (evidence.score() < kEnough || evidence.score() <= why.score()) continue;
    best = &story;
    why = std::move(evidence);
  }
  if (best != nullptr) {
    return {best->id, make_evidence(why.score(), to_text(why), nearest(profile, *best, item.id())), shapes};
  }
  return {own != nullptr ? own->id : story_id_for(item.id()),
          make_evidence(0, "resembles no open story; the first post of its own", ""), shapes};
}

std::vector<std::uint64_t> StoryIndex::news_names(const StoryFeatures& features) {
  std::vector<std::uint64_t> names;
  for (const StoryEntity& entity : features.entities) {
    if (entity.person || entity.nearness != Nearness::kHome) names.push_back(entity.key);
  }
  return names;
}

double StoryIndex::novelty_of(const std::vector<std::uint64_t>& names) const {
  std::array<double, 3> rarest{};  // the greatest first
  for (const std::uint64_t name : names) {
    double rarity = stats_.rarity(name, 1);
    for (double& one : rarest) {
      if (rarity > one) std::swap(rarity, one);
    }
  }
  return (rarest[0] + rarest[1] + rarest[2]) / 3;
}

double StoryIndex::novelty(const Item& item, const Officials& officials) const {
  if (item.id() == remembered_) return novelty_of(remembered_names_);
  return novelty_of(news_names(story_features(item, officials)));
}

double StoryIndex::story_novelty(std::string_view story_id) const {
  const auto number = by_id_.find(story_id);
  double most = 0;
  if (number == by_id_.end()) return most;
  for (const Member& member : stories_.find(number->second)->second.members) {
    if (!member.gone) most = std::max(most, novelty_of(member.names));
  }
  return most;
}

std::vector<StoryMember> StoryIndex::members(std::string_view story_id) const {
  std::vector<StoryMember> out;
  const auto number = by_id_.find(story_id);
  if (number == by_id_.end()) {
    const auto let_go = let_go_.find(story_id);
    return let_go == let_go_.end() ? out : let_go->second;
  }
  for (const Member& member : stories_.find(number->second)->second.members) {
    out.push_back({member.id, member.seconds, member.about, member.gone, member.kind, member.day_only});
  }
  std::ranges::sort(out, [](const StoryMember& a, const StoryMember& b) {
    return std::tie(a.seconds, a.item_id) < std::tie(b.seconds, b.item_id);
  });
  return out;
}

std::vector<CoverageMatch> StoryIndex::coverage(std::string_view story_id) const {
  constexpr double kLeastNames = 0.4;  // alike words alone are a theme, not background
  constexpr std::size_t kMost = 3;
  std::vector<CoverageMatch> out;
  const auto number = by_id_.find(story_id);
  if (number == by_id_.end()) return out;
  const StoryProfile& profile = stories_.find(number->second)->second.profile;
  for (const Coverage& article : coverage_) {
    const std::int64_t age = profile.last - article.profile.last;
    if (age < 0 || age > absl::ToInt64Seconds(settings_.coverage)) continue;
    const Evidence evidence = compare(article.profile, profile, stats_);
    if (evidence.score() < kEnough || evidence.names() < kLeastNames) continue;
    out.push_back({article.id, evidence.score(), to_text(evidence)});
  }
  std::ranges::sort(out, [](const CoverageMatch& a, const CoverageMatch& b) {
    return a.score != b.score ? a.score > b.score : a.item_id < b.item_id;
  });
  if (out.size() > kMost) out.resize(kMost);
  return out;
}

}  // namespace copytaster
