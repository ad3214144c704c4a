// The vocabularies of feeds: which namespace, however it is spelt, means which. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace copytaster {

enum class Vocabulary : std::uint8_t {
  kCore,        // RSS of any version, RDF/RSS 1.0, CDF, no namespace
  kAtom,        // 0.3 and 1.0, and whatever namespace a <feed> root has
  kContent,     // purl.org/rss/1.0/modules/content
  kDublinCore,  // elements 1.0, 1.1
  kDcTerms,
  kItunes,
  kMedia,  // Media RSS
  kXhtml,
  kRdf,
  kFeedburner,
  kPrism,
  kOther,
};

// Publishers vary case, scheme and trailing slash.
[[nodiscard]] Vocabulary vocabulary_of_uri(std::string_view uri);
// What a prefix stands for that was never declared.
[[nodiscard]] Vocabulary vocabulary_of_prefix(std::string_view prefix);

}  // namespace copytaster
