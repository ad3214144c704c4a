#include "processors/story_stats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace copytaster {
namespace {

// Before anything was read: as if 100 posts had been, in which short words are everywhere. Shares by
// length in characters, a rough mean over European languages.
constexpr double kPriorPosts = 100;
constexpr std::array<double, 6> kPriorShare = {0.4, 0.4, 0.4, 0.2, 0.03, 0.004};
constexpr double kPriorShareLong = 0.001;
constexpr double kPriorAuthors = 20;

}  // namespace

void StoryStats::rotate(std::int64_t now) {
  if (now_.posts == 0) now_.begin = now;
  const bool full = now_.terms.size() > kMaxTerms;
  if (now - now_.begin < kGenerationSeconds && !full) return;
  before_ = std::exchange(now_, Generation());
  now_.begin = now;
}

void StoryStats::add(const StoryFeatures& features) {
  rotate(features.seconds);
  ++now_.posts;
  for (const StoryTerm& term : features.terms) ++now_.terms[term.key];
  const auto author = static_cast<std::uint32_t>(features.author);
  now_.authors.insert(author);
  const auto name = [&](std::uint64_t entity) {
    auto& authors = now_.entity_authors[entity];
    if (authors.size() < kMaxAuthorsOfEntity && std::ranges::find(authors, author) == authors.end()) {
      authors.push_back(author);
    }
  };
  for (const StoryEntity& entity : features.entities) name(entity.key);
}

std::uint32_t StoryStats::posts_with(std::uint64_t term) const {
  const auto a = now_.terms.find(term);
  const auto b = before_.terms.find(term);
  return (a == now_.terms.end() ? 0 : a->second) + (b == before_.terms.end() ? 0 : b->second);
}

double StoryStats::idf(std::uint64_t term, std::uint8_t length) const {
  const double share = length < kPriorShare.size() ? kPriorShare[length] : kPriorShareLong;
  const double posts = now_.posts + before_.posts + kPriorPosts;
  return std::log(1 + posts / (posts_with(term) + kPriorPosts * share));
}

double StoryStats::rarity(std::uint64_t entity, std::size_t own_authors) const {
  const auto a = now_.entity_authors.find(entity);
  const auto b = before_.entity_authors.find(entity);
  const std::size_t named_now = a == now_.entity_authors.end() ? 0 : a->second.size();
  const std::size_t named_before = b == before_.entity_authors.end() ? 0 : b->second.size();
  const std::size_t named = std::max(named_now, named_before);
  const double others = static_cast<double>(named > own_authors ? named - own_authors : 0);
  const double all =
      static_cast<double>(std::max(now_.authors.size(), before_.authors.size())) + kPriorAuthors;
  return std::clamp(std::log(all / (others + 1)) / std::log(all), 0.0, 1.0);
}

std::size_t StoryStats::memory_bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Generation* one : {&now_, &before_}) {
    bytes += one->terms.capacity() * 13 + one->authors.capacity() * 5 + one->entity_authors.capacity() * 33;
    for (const auto& [entity, authors] : one->entity_authors) bytes += authors.capacity() * 4;
  }
  return bytes;
}

}  // namespace copytaster
