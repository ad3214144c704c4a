#include "processors/story_profile.h"

#include <algorithm>
#include <cmath>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxNamedBy = 8;

double weight(const StoryTerm& term, const StoryStats& stats) {
  return (1 + std::log(term.times)) * stats.idf(term.key, term.length);
}

double dot(const StoryProfile& a, const StoryProfile& b) {
  const StoryProfile& fewer = a.terms.size() <= b.terms.size() ? a : b;
  const StoryProfile& more = a.terms.size() <= b.terms.size() ? b : a;
  double sum = 0;
  for (const auto& [term, value] : fewer.terms) {
    const float* found = more.terms.find(term);
    if (found != nullptr) sum += static_cast<double>(value) * static_cast<double>(*found);
  }
  return sum;
}

// What is there already takes no second place: a post is absorbed again whenever it changes.
template <typename T>
void append_capped(std::vector<T>& into, const std::vector<T>& from) {
  for (const T& one : from) {
    if (into.size() == StoryProfile::kMaxMarks) return;
    if (std::ranges::find(into, one) == into.end()) into.push_back(one);
  }
}

void add_author(StoryProfile& profile, const StoryFeatures& f) {
  StoryAuthor author{f.author, f.home, f.country, {}, f.seconds};
  for (const StoryEntity& entity : f.entities) {
    if (entity.person || entity.country.empty() || f.country.empty() || entity.country == f.country) continue;
    if (std::ranges::find(author.abroad, entity.country) == author.abroad.end())
      author.abroad.push_back(entity.country);
  }
  profile.authors.push_back(std::move(author));
  if (!f.official) return;
  EntityUse& self = profile.entities[f.author];
  self.label = f.author_label;
  self.person = self.posts = true;
}

void absorb_entities(StoryProfile& into, const StoryProfile& from) {
  for (const auto& [key, use] : from.entities) {
    EntityUse& mine = into.entities[key];
    if (mine.label.empty()) mine.label = use.label;
    mine.person |= use.person;
    mine.is_country |= use.is_country;
    mine.posts |= use.posts;
    mine.home |= use.home;
    mine.neutral |= use.neutral;
    mine.foreign |= use.foreign;
    for (const std::uint64_t author : use.named_by) {
      if (mine.named_by.size() == kMaxNamedBy) break;
      if (std::ranges::find(mine.named_by, author) == mine.named_by.end()) mine.named_by.push_back(author);
    }
  }
}

void absorb_authors(StoryProfile& into, const StoryProfile& from) {
  for (const StoryAuthor& author : from.authors) {
    const auto known = std::ranges::find(into.authors, author.key, &StoryAuthor::key);
    if (known == into.authors.end()) {
      if (into.authors.size() < StoryProfile::kMaxMarks) into.authors.push_back(author);
      continue;
    }
    known->last = std::max(known->last, author.last);
    for (const std::string& country : author.abroad) {
      if (std::ranges::find(known->abroad, country) == known->abroad.end()) known->abroad.push_back(country);
    }
  }
}

void absorb_terms(StoryProfile& into, const StoryProfile& from) {
  const double both = dot(into, from);
  for (const auto& [term, value] : from.terms) {
    float* found = into.terms.find(term);
    if (found != nullptr) {
      *found += value;
    } else if (into.terms.size() < StoryProfile::kMaxTerms) {
      into.terms[term] = value;
    }
  }
  into.norm2 += from.norm2 + 2 * both;
  // Two languages share few words, so nearly all of `both` lies within one.
  for (const auto& [language, norm2] : from.language_norm2) {
    double& mine = into.language_norm2[language];
    mine += norm2 + (from.language_norm2.size() == 1 ? 2 * both : 0);
  }
}

}  // namespace

StoryProfile profile_of(const StoryFeatures& f, const StoryStats& stats) {
  StoryProfile profile;
  profile.first = profile.last = f.seconds;
  profile.posts = 1;
  profile.words = f.words;
  profile.language = f.language;
  add_author(profile, f);
  for (const StoryEntity& entity : f.entities) {
    EntityUse& use = profile.entities[entity.key];
    use.label = entity.label;
    use.person = entity.person;
    use.is_country = entity.is_country;
    use.named_by.push_back(f.author);
    use.home = !entity.person && entity.nearness == Nearness::kHome;
    use.neutral = !entity.person && entity.nearness == Nearness::kNeutral;
    use.foreign = !entity.person && entity.nearness == Nearness::kForeign;
  }
  double norm2 = 0;
  for (const StoryTerm& term : f.terms) norm2 += std::pow(weight(term, stats), 2);
  for (const StoryTerm& term : f.terms) {
    profile.terms[term.key] = static_cast<float>(weight(term, stats) / std::sqrt(norm2));
  }
  profile.norm2 = f.terms.empty() ? 0 : 1;
  profile.language_norm2[f.language] = profile.norm2;
  for (const PdqBits& bits : f.pictures) profile.pictures.push_back({bits, f.author});
  for (const std::uint64_t hash : f.picture_hashes) profile.picture_hashes.emplace_back(hash, f.author);
  for (const std::uint64_t hash : f.links) profile.links.emplace_back(hash, f.author);
  return profile;
}

void absorb(StoryProfile& into, const StoryProfile& from) {
  if (into.posts == 0) {
    into = from;
    return;
  }
  into.first = std::min(into.first, from.first);
  into.last = std::max(into.last, from.last);
  into.posts += from.posts;
  into.words = std::max(into.words, from.words);
  absorb_entities(into, from);
  absorb_authors(into, from);
  absorb_terms(into, from);
  append_capped(into.pictures, from.pictures);
  append_capped(into.picture_hashes, from.picture_hashes);
  append_capped(into.links, from.links);
}

}  // namespace copytaster
