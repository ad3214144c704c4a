#include "collectors/feed_vocabulary.h"

#include <array>
#include <string>

#include "core/strings.h"

namespace copytaster {
namespace {

struct Known {
  std::string_view uri;  // how a namespace's URI begins, lower case, without "http(s)://" and "www."
  std::string_view prefix;
  Vocabulary vocabulary;
};
// Nobody else uses these beginnings.
constexpr std::array<Known, 22> kKnown = {{
    {"w3.org/2005/atom", "atom", Vocabulary::kAtom},
    {"purl.org/atom/", "atom", Vocabulary::kAtom},
    {"purl.org/rss/1.0/modules/content", "content", Vocabulary::kContent},
    {"purl.org/dc/terms", "dcterms", Vocabulary::kDcTerms},
    {"purl.org/dc/elements", "dc", Vocabulary::kDublinCore},
    {"itunes.com/dtds/podcast", "itunes", Vocabulary::kItunes},
    {"google.com/schemas/play-podcasts", "googleplay", Vocabulary::kItunes},  // the same, by another name
    {"search.yahoo.com/mrss", "media", Vocabulary::kMedia},
    {"w3.org/1999/xhtml", "xhtml", Vocabulary::kXhtml},
    {"w3.org/1999/02/22-rdf", "rdf", Vocabulary::kRdf},
    {"rssnamespace.org/feedburner", "feedburner", Vocabulary::kFeedburner},
    {"prismstandard.org", "prism", Vocabulary::kPrism},
    {"purl.org/rss/1.0/modules/prism", "prism", Vocabulary::kPrism},
    {"purl.org/rss/1.0/modules", "", Vocabulary::kOther},
    {"purl.org/rss/modules", "", Vocabulary::kOther},
    {"purl.org/rss/1.0", "rss", Vocabulary::kCore},
    {"purl.org/rss/", "rss", Vocabulary::kCore},
    {"purl.org/net/rss", "rss", Vocabulary::kCore},
    {"backend.userland.com/rss", "rss2", Vocabulary::kCore},
    {"blogs.law.harvard.edu/tech/rss", "rss2", Vocabulary::kCore},
    {"my.netscape.com/", "rss", Vocabulary::kCore},
    {"channel.netscape.com/", "rss", Vocabulary::kCore},
}};

}  // namespace

Vocabulary vocabulary_of_uri(std::string_view uri) {
  std::string text = ascii_lower(uri);
  std::string_view rest = strip_space(text);
  if (!consume_prefix(&rest, "http://")) consume_prefix(&rest, "https://");
  consume_prefix(&rest, "www.");
  for (const Known& known : kKnown) {
    if (rest.starts_with(known.uri)) return known.vocabulary;
  }
  return rest.empty() ? Vocabulary::kCore : Vocabulary::kOther;
}

Vocabulary vocabulary_of_prefix(std::string_view prefix) {
  for (const Known& known : kKnown) {
    if (!known.prefix.empty() && equals_ignore_case(prefix, known.prefix)) return known.vocabulary;
  }
  return Vocabulary::kOther;
}

}  // namespace copytaster
