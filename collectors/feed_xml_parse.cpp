// The part of feed_xml.h that turns bytes into a tree.
#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "collectors/feed_tidy.h"
#include "collectors/feed_xml.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kLookForRoot = std::size_t{64} << 10;

// libxml2 goes on to the end after an error that makes the document unusable, and reports each further one.
void stop_at_error(void* context, xmlErrorPtr error) {
  if (error->level == XML_ERR_FATAL) xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

// What is wrong with a document that is read all the same concerns nobody. Without a channel libxml2 writes
// some of it to standard error.
void ignore_error(void* /*context*/, xmlErrorPtr /*error*/) {}

xmlDoc* read(std::string_view text, int options, bool* well_formed) {
  static std::once_flag once;
  std::call_once(once, [] { xmlInitParser(); });
  struct FreeContext {
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
  };
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (!context) return nullptr;
  context->sax->serror = (options & XML_PARSE_RECOVER) == 0 ? &stop_at_error : &ignore_error;
  xmlDoc* document =
      xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                        options | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                            XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
  *well_formed = context->wellFormed == 1;
  return document;
}

// A document type before the root: its entities are ours to read, never libxml2's.
bool has_doctype(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = text.find("-->", at);
      if (at == std::string_view::npos) return false;
    } else if (!rest.starts_with("<?")) {
      return rest.starts_with("<!");
    }
  }
  return false;
}

// What takes libxml2 quadratic time (2.9.14): "--" inside a comment, for each error copies the comment; and
// very many attributes in one tag, for each is compared with all. The mending pass takes neither.
bool is_costly(std::string_view text) {
  constexpr std::size_t kLongTag = 8192;
  constexpr std::ptrdiff_t kManyAttributes = 200;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (text.substr(at, 4) == "<!--") {
      at = text.find("--", at + 4);
      if (at == std::string_view::npos || text.substr(at, 3) != "-->") return true;
      continue;
    }
    const std::size_t end = std::min(text.find('>', at), text.size());
    const std::string_view tag = text.substr(at, end - at);
    if (tag.size() > kLongTag && std::count(tag.begin(), tag.end(), '=') > kManyAttributes) return true;
    at = end == text.size() ? end : end - 1;
  }
  return false;
}

// Where a feed begins in something that begins otherwise (a warning of the server's, for example).
std::size_t find_root(std::string_view text) {
  text = text.substr(0, kLookForRoot);
  std::size_t best = std::string_view::npos;
  for (const std::string_view tag : {"<rss", "<feed", "<rdf:RDF", "<RSS", "<channel", "<CHANNEL"}) {
    best = std::min(best, text.find(tag));
  }
  return best;
}

}  // namespace

absl::StatusOr<XmlFeed> XmlFeed::parse(std::string_view text) {
  XmlFeed feed;
  bool well_formed = false;
  if (!has_doctype(text) && !is_costly(text)) {
    std::string_view trimmed = text;
    while (!trimmed.empty() && is_ascii_space(trimmed.front())) trimmed.remove_prefix(1);
    feed.document_.reset(read(trimmed, 0, &well_formed));
    if (well_formed && feed.document_ && is_feed_root(feed.root())) return feed;
  }
  const auto mend = [&](std::string_view from) {
    TidyXml tidy = tidy_xml(from);
    feed.cut_off_in_item_ = tidy.cut_off_in_item;
    feed.cut_off_ = tidy.cut_off;
    feed.document_.reset(read(tidy.text, XML_PARSE_RECOVER, &well_formed));
  };
  if (!well_formed) mend(text);
  if (!feed.document_ || !is_feed_root(feed.root())) {
    const std::size_t begin = find_root(text);
    if (begin != std::string_view::npos && begin > 0) mend(text.substr(begin));
  }
  if (!feed.document_ || !feed.root())
    return absl::InvalidArgumentError("not XML: there is no element in it");
  return feed;
}

bool is_feed_root(XmlElement root) {
  const std::string_view name = root.name();
  static constexpr std::array<std::string_view, 5> kRoots = {"rss", "feed", "rdf", "channel", "entry"};
  return std::any_of(kRoots.begin(), kRoots.end(),
                     [&](auto known) { return equals_ignore_case(name, known); });
}

}  // namespace copytaster
