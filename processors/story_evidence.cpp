// Why two profiles are one story. Each function adds one kind of signal.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/strings.h"
#include "processors/story_profile.h"

namespace copytaster {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr double kHalf = 0.5;

// Weights, in parts of 1.0 = "one story". Two strong signals are needed where the words say nothing. Weak
// ones (the same author, a place that is home to one) are true of any two posts of a mayor: they only
// strengthen strong ones, at most doubling them, and never add to alike words.
constexpr double kNamedByAuthor = 0.5;  // one posts, the other names them
constexpr double kNamedByBoth = 0.7;
constexpr double kSameAuthor = 0.35;
constexpr double kForeignPlace = 0.6;   // neither is at home there
constexpr double kNeutralPlace = 0.4;   // the own country
constexpr double kHalfHomePlace = 0.2;  // one is at home there: named in any post
constexpr double kHomePlace = 0.05;
constexpr double kCountryShare = 0.5;  // a whole country is less of a place
constexpr double kSameJourney = 0.3;   // the same author in the same foreign country within a day
constexpr double kSamePicture = 0.6;   // stock pictures go round
constexpr double kSameLink = 0.7;
constexpr double kRepeatedBySameAuthor = 0.4;  // a picture or link the author may use every day

std::string two_digits(double value) {
  char out[32];
  (void)std::snprintf(out, sizeof out, "%.2f", value);
  return out;
}

void add(Evidence& evidence, StorySignal signal) {
  if (signal.value <= 0.005) return;
  double& sum = signal.kind == SignalKind::kStrong ? evidence.strong
                : signal.kind == SignalKind::kWeak ? evidence.weak
                                                   : evidence.text;
  sum += signal.value;
  evidence.signals.push_back(signal);
}

// Authors of either side that name the entity: they do not make it common.
std::size_t own_authors(const EntityUse& a, const EntityUse& b) {
  std::size_t count = a.named_by.size();
  for (const std::uint64_t author : b.named_by) {
    if (std::ranges::find(a.named_by, author) == a.named_by.end()) ++count;
  }
  return count;
}

void compare_person(const EntityUse& a, const EntityUse& b, double rarity, Evidence& out) {
  const bool a_named = !a.named_by.empty();
  const bool b_named = !b.named_by.empty();
  if (a.posts && b.posts) {
    const double counterpart = a_named || b_named ? kNamedByAuthor * rarity : 0;
    return add(out, {std::max(kSameAuthor, counterpart), SignalKind::kWeak, "", a.label, " posts both"});
  }
  if ((a.posts && b_named) || (b.posts && a_named)) {
    return add(out, {kNamedByAuthor * rarity, SignalKind::kStrong, "", a.label,
                     " posts one and is named in the other"});
  }
  if (a_named && b_named) add(out, {kNamedByBoth * rarity, SignalKind::kStrong, "both name ", a.label, ""});
}

void compare_place(const EntityUse& a, const EntityUse& b, double rarity, Evidence& out) {
  double value = kHalfHomePlace;
  SignalKind kind = SignalKind::kWeak;
  if (a.foreign && b.foreign) {
    value = kForeignPlace;
    kind = SignalKind::kStrong;
  } else if ((a.foreign || a.neutral) && (b.foreign || b.neutral)) {
    value = kNeutralPlace;
    kind = SignalKind::kStrong;
  } else if (!a.foreign && !a.neutral && !b.foreign && !b.neutral) {
    value = kHomePlace;
  }
  if (a.is_country) value *= kCountryShare;
  add(out, {value * rarity, kind, "both name ", a.label, ""});
}

void compare_entities(const StoryProfile& item, const StoryProfile& story, const StoryStats& stats,
                      Evidence& out) {
  const StoryProfile& fewer = item.entities.size() <= story.entities.size() ? item : story;
  const StoryProfile& more = &fewer == &item ? story : item;
  for (const auto& [key, use] : fewer.entities) {
    const EntityUse* other = more.entities.find(key);
    if (other == nullptr) continue;
    const double rarity = stats.rarity(key, own_authors(use, *other));
    if (use.person) {
      compare_person(use, *other, rarity, out);
    } else {
      compare_place(use, *other, rarity, out);
    }
  }
}

std::string_view shared_country(const StoryAuthor& a, const StoryAuthor& b) {
  for (const std::string& one : a.abroad) {
    if (std::ranges::find(b.abroad, one) != b.abroad.end()) return one;
  }
  return {};
}

void compare_journeys(const StoryProfile& item, const StoryProfile& story, Evidence& out) {
  for (const StoryAuthor& author : item.authors) {
    const auto same = std::ranges::find(story.authors, author.key, &StoryAuthor::key);
    if (same == story.authors.end() || std::abs(author.last - same->last) > 24 * kHour) continue;
    const std::string_view country = shared_country(author, *same);
    if (country.empty()) continue;
    return add(out, {kSameJourney, SignalKind::kWeak, "the same author is abroad in ", country, " that day"});
  }
}

template <typename Marks>
double best_of(const Marks& ours, const Marks& theirs, double other_author) {
  double best = 0;
  for (const auto& [hash, author] : ours) {
    for (const auto& [other_hash, other] : theirs) {
      if (hash == other_hash) best = std::max(best, author == other ? kRepeatedBySameAuthor : other_author);
    }
  }
  return best;
}

void compare_pictures(const StoryProfile& item, const StoryProfile& story, Evidence& out) {
  double best = best_of(item.picture_hashes, story.picture_hashes, kSamePicture);
  for (const StoryPictureMark& ours : item.pictures) {
    for (const StoryPictureMark& theirs : story.pictures) {
      if (pdq_distance(ours.bits, theirs.bits) > kSamePictureDistance) continue;
      best = std::max(best, ours.author == theirs.author ? kRepeatedBySameAuthor : kSamePicture);
    }
  }
  add(out, {best, SignalKind::kStrong, "the same picture", "", ""});
  add(out, {best_of(item.links, story.links, kSameLink), SignalKind::kStrong, "the same link", "", ""});
}

double cosine(const StoryProfile& item, const StoryProfile& story) {
  double sum = 0;
  for (const auto& [term, value] : item.terms) {
    const float* found = story.terms.find(term);
    if (found != nullptr) sum += static_cast<double>(value) * static_cast<double>(*found);
  }
  // In a story of several languages a post is measured on its own: the others' words are not against it.
  double norm2 = story.norm2;
  const double* own = story.language_norm2.find(item.language);
  if (item.words >= 12 && !item.language.empty() && own != nullptr) norm2 = *own;
  return item.norm2 <= 0 || norm2 <= 0 ? 0 : std::min(1.0, sum / std::sqrt(item.norm2 * norm2));
}

// A short text that shares a rare word shares much; a long one must share many; three words say nothing.
double needed_cosine(std::uint32_t words) {
  return words < 4 ? 0.3 : 0.1 + 0.2 * std::clamp((static_cast<double>(words) - 8) / 72, 0.0, 1.0);
}

// Officials of different places who name nothing in common: alike words are their trade, not a story.
bool strangers(const StoryProfile& a, const StoryProfile& b) {
  for (const StoryAuthor& one : a.authors) {
    for (const StoryAuthor& other : b.authors) {
      if (one.home.empty() || other.home.empty() || one.home == other.home || one.key == other.key)
        return false;
    }
  }
  return !a.authors.empty() && !b.authors.empty();
}

void compare_words(const StoryProfile& item, const StoryProfile& story, Evidence& out) {
  const bool far = out.strong < kHalf && strangers(item, story);
  const double needed = needed_cosine(item.words) * (far ? 2 : 1);
  const double share = cosine(item, story);
  const double value = std::min(1.5, share / needed);
  if (value < 0.1) return;
  add(out, {value, SignalKind::kText, "words alike ", "", "", share, needed});
}

void settle_weak(Evidence& evidence) {
  const double allowed = std::min(evidence.weak, evidence.strong);
  for (StorySignal& signal : evidence.signals) {
    if (signal.kind == SignalKind::kWeak) signal.value *= allowed / evidence.weak;
  }
  evidence.weak = allowed;
}

}  // namespace

Evidence compare(const StoryProfile& item, const StoryProfile& story, const StoryStats& stats) {
  Evidence evidence;
  compare_entities(item, story, stats, evidence);
  compare_journeys(item, story, evidence);
  compare_pictures(item, story, evidence);
  compare_words(item, story, evidence);
  settle_weak(evidence);
  return evidence;
}

std::string to_text(const Evidence& evidence) {
  std::vector<StorySignal> signals = evidence.signals;
  std::ranges::stable_sort(signals, std::greater<>(), &StorySignal::value);
  std::string out;
  for (std::size_t i = 0; i < signals.size() && i < 4 && signals[i].value > 0.005; ++i) {
    const StorySignal& signal = signals[i];
    str_append(&out, out.empty() ? "" : "; ", signal.before, signal.name, signal.after);
    if (signal.needed > 0) {
      str_append(&out, two_digits(signal.share), " (", two_digits(signal.needed), " is enough)");
    }
    str_append(&out, " +", two_digits(signal.value));
  }
  return out;
}

}  // namespace copytaster
