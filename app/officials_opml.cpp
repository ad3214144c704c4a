#include "app/officials_opml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "app/officials_accounts.h"
#include "app/officials_words.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kOurs = "urn:copytaster:officials";
// libxml2 compares each attribute of a tag with all others.
constexpr std::size_t kLongestTag = std::size_t{64} << 10;

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

unsigned line_of(const xmlNode* node) { return static_cast<unsigned>(std::max(0L, xmlGetLineNo(node))); }

// It reports each further error, and copies much for it: the first ends the reading.
void stop_reading(void* context, xmlErrorPtr error) {
  if (error->level == XML_ERR_FATAL) xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

bool has_long_tag(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::size_t end = std::min(text.find('>', at), text.size());
    if (end - at > kLongestTag) return true;
    at = end - (end == text.size() ? 1 : 0);
  }
  return false;
}

Document parse(std::string_view bytes, ConfigProblem* problem) {
  static std::once_flag once;
  std::call_once(once, [] { xmlInitParser(); });
  struct FreeContext {
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
  };
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (context == nullptr) return nullptr;
  context->sax->serror = &stop_reading;
  Document document(xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr,
                                      nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (document != nullptr && context->wellFormed == 1) return document;
  const xmlError& error = context->lastError;
  problem->line = static_cast<unsigned>(std::max(0, error.line));
  problem->what = str_cat("it is not well-formed XML", error.message == nullptr ? "" : ": ",
                          error.message == nullptr ? "" : collapse_space(to_valid_utf8(error.message)));
  problem->hint = "& is written &amp; in an address";
  return nullptr;
}

// By local name, in any case; our own namespace's only with `ours`.
std::string attribute(xmlNode* node, std::string_view name, bool ours = false) {
  for (xmlAttr* one = node->properties; one != nullptr; one = one->next) {
    const bool is_ours = one->ns != nullptr && reinterpret_cast<const char*>(one->ns->href) == kOurs;
    if (is_ours != ours || !equals_ignore_case(reinterpret_cast<const char*>(one->name), name)) continue;
    std::string value;
    if (xmlChar* text = xmlNodeListGetString(node->doc, one->children, 1); text != nullptr) {
      value = to_valid_utf8(reinterpret_cast<const char*>(text));
      xmlFree(text);
    }
    return collapse_space(value);
  }
  return "";
}

bool is_element(const xmlNode* node, std::string_view name) {
  return node->type == XML_ELEMENT_NODE &&
         equals_ignore_case(reinterpret_cast<const char*>(node->name), name);
}

xmlNode* child_named(xmlNode* parent, std::string_view name) {
  for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (is_element(child, name)) return child;
  }
  return nullptr;
}

std::string name_of(xmlNode* outline) {
  const std::string text = attribute(outline, "text");
  return text.empty() ? attribute(outline, "title") : text;
}

class OutlineReader {
 public:
  OutlineReader(const std::string& file, const Collectors& collectors, OfficialsInput* out)
      : file_(file), collectors_(collectors), out_(out) {}

  // libxml2 refuses more than 256 levels.
  void read(xmlNode* parent) {
    for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
      if (!is_element(child, "outline")) continue;
      if (!attribute(child, "xmlUrl").empty())
        read_entry(child, child);
      else
        read_folder(child);
    }
  }

 private:
  void read_folder(xmlNode* folder) {
    xmlNode* first = nullptr;
    bool has_folder = false;
    for (xmlNode* child = folder->children; child != nullptr; child = child->next) {
      if (!is_element(child, "outline")) continue;
      if (!attribute(child, "xmlUrl").empty())
        first = first == nullptr ? child : first;
      else
        has_folder = true;
    }
    if (first != nullptr) read_entry(folder, first);
    if (first == nullptr && !has_folder) ++out_->left_out["an outline without a feed"];
    for (xmlNode* child = folder->children; child != nullptr; child = child->next) {
      if (is_element(child, "outline") && attribute(child, "xmlUrl").empty()) read_folder(child);
    }
  }

  // `named`: whose name it is; `feed`: the first of its feeds, with those behind it, or itself.
  void read_entry(xmlNode* named, xmlNode* feed) {
    EntryBuilder builder(collectors_, file_, line_of(named), &out_->problems);
    const unsigned line = line_of(named);
    builder.set_name(line, name_of(named));
    if (const std::string id = attribute(named, "id", true); !id.empty()) builder.set_id(line, id);
    if (const std::string kind = attribute(named, "kind", true); !kind.empty()) builder.set_kind(line, kind);
    if (const std::string id = attribute(named, "wikidata", true); !id.empty())
      builder.set_wikidata(line, id);
    for (xmlNode* one = feed; one != nullptr; one = named == feed ? nullptr : one->next) {
      if (!is_element(one, "outline")) continue;
      const std::string address = attribute(one, "xmlUrl");
      if (address.empty()) continue;
      builder.add_account(line_of(one), address);
      if (const std::string page = attribute(one, "htmlUrl"); is_web_url(page))
        builder.add_website(line_of(one), page);
    }
    if (auto entry = builder.finish(true))
      out_->entries.push_back(*std::move(entry));
    else
      ++out_->refused;
  }

  const std::string& file_;
  const Collectors& collectors_;
  OfficialsInput* out_;
};

// ---- writing

// The two noncharacters that XML forbids become U+FFFD, control characters spaces.
std::string escaped(std::string_view text) {
  std::string out;
  const std::string allowed =
      replace_all(replace_all(to_valid_utf8(text), "\uFFFE", "\uFFFD"), "\uFFFF", "\uFFFD");
  for (const char c : allowed) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (byte >= 0x20 && byte != 0x7f)
      out += c;
    else
      out += ' ';
  }
  return out;
}

std::string attribute_text(std::string_view name, std::string_view value) {
  return value.empty() ? "" : str_cat(" ", name, "=\"", escaped(value), "\"");
}

// The website that stands on the same host as the feed.
std::string_view page_of(const OfficialEntry& entry, const std::string& feed) {
  const auto address = parse_url(feed);
  for (const std::string& website : entry.websites) {
    const auto page = parse_url(website);
    if (address && page && page->host == address->host) return website;
  }
  return {};
}

void count(std::map<std::string, std::size_t>* left_out, std::string_view what, std::size_t number) {
  if (number > 0) (*left_out)[std::string(what)] += number;
}

}  // namespace

OfficialsInput read_officials_opml(std::string_view bytes, const std::string& file,
                                   const Collectors& collectors) {
  OfficialsInput out;
  const auto refuse = [&](unsigned line, std::string what, std::string hint) {
    out.problems.push_back({file, line, std::move(what), std::move(hint)});
    return out;
  };
  if (bytes.size() > kMaxOpmlBytes)
    return refuse(0, str_cat("it has more than ", kMaxOpmlBytes, " bytes"), "a list of subscriptions");
  if (bytes.find("<!DOCTYPE") != std::string_view::npos || has_long_tag(bytes))
    return refuse(0, "it holds a document type or a tag of more than 64 KiB", "OPML 2.0 has neither");
  ConfigProblem problem;
  const Document document = parse(bytes, &problem);
  if (document == nullptr) return refuse(problem.line, std::move(problem.what), std::move(problem.hint));
  xmlNode* root = xmlDocGetRootElement(document.get());
  xmlNode* body = root != nullptr && is_element(root, "opml") ? child_named(root, "body") : nullptr;
  if (body == nullptr)
    return refuse(root == nullptr ? 0 : line_of(root), "it is not OPML", "<opml version=\"2.0\"><body>…");
  OutlineReader(file, collectors, &out).read(body);
  return out;
}

std::string officials_to_opml(const std::vector<OfficialEntry>& entries,
                              std::map<std::string, std::size_t>* left_out) {
  std::string out =
      str_cat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:copytaster=\"", kOurs,
              "\">\n  <head>\n    <title>Officials</title>\n  </head>\n  <body>\n");
  for (const OfficialEntry& entry : entries) {
    const Official& official = entry.official;
    std::string feeds;
    std::size_t pages = 0;
    for (const Account& account : official.accounts()) {
      if (account.platform() != "feed") {
        count(left_out, str_cat("accounts on ", account.platform()), 1);
        continue;
      }
      const std::string_view page = page_of(entry, account.profile_url());
      pages += page.empty() ? 0 : 1;
      str_append(&feeds, "      <outline type=\"rss\"", attribute_text("text", official.name()),
                 attribute_text("title", official.name()), attribute_text("xmlUrl", account.profile_url()),
                 attribute_text("htmlUrl", page), "/>\n");
    }
    count(left_out, "aliases", static_cast<std::size_t>(official.aliases_size()));
    count(left_out, "roles", static_cast<std::size_t>(official.roles_size()));
    count(left_out, "languages", static_cast<std::size_t>(official.languages_size()));
    count(left_out, "websites", entry.websites.size() - std::min(pages, entry.websites.size()));
    if (feeds.empty()) {
      count(left_out, "officials without a feed", 1);
      continue;
    }
    str_append(&out, "    <outline", attribute_text("text", official.name()),
               attribute_text("copytaster:id", official.id()),
               attribute_text("copytaster:kind", kind_word(official.kind())),
               attribute_text("copytaster:wikidata", official.wikidata()), ">\n", feeds, "    </outline>\n");
  }
  return out + "  </body>\n</opml>\n";
}

}  // namespace copytaster
