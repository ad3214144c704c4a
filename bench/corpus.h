// The benchmark's corpus: pages in Mastodon's wire format, made from a seed. Sizes are those of real
// posts (median about 45 words, about 2.3 KB of JSON a post), 11 languages and 4 scripts by share, 15 % exact
// and 15 % near copies of earlier posts. The words are made up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace copytaster {

struct CorpusOptions {
  std::uint64_t seed = 1;
  std::size_t posts = 100'000;
  std::size_t posts_a_page = 40;
  double exact_copies = 0.15;
  double near_copies = 0.15;
};

struct Corpus {
  std::vector<std::string> pages;  // JSON arrays of statuses
  std::size_t posts = 0;
  std::size_t exact = 0;
  std::size_t near = 0;
  std::size_t bytes = 0;
};

[[nodiscard]] Corpus make_corpus(const CorpusOptions& options);

}  // namespace copytaster
