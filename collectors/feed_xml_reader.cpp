// RSS, RDF, Atom and CDF to items. They differ in where items stand and what a link is; all else is the
// table in feed_fields.cpp.
#include <algorithm>
#include <utility>

#include "collectors/feed_document.h"
#include "collectors/feed_fields.h"
#include "collectors/feed_item.h"
#include "collectors/feed_text.h"
#include "collectors/feed_tidy_text.h"
#include "collectors/feed_xml.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr int kMaxChannelDepth = 8;  // CDF's channels nest

bool is_named(XmlElement element, std::string_view name) {
  const Vocabulary vocabulary = element.vocabulary();
  return (vocabulary == Vocabulary::kCore || vocabulary == Vocabulary::kAtom ||
          vocabulary == Vocabulary::kRdf) &&
         equals_ignore_case(element.name(), name);
}

bool is_item(XmlElement element) { return is_named(element, "item") || is_named(element, "entry"); }

// Links of an item or a feed by what they are for.
struct Links {
  std::string page;        // what a reader opens
  std::string self;        // the feed itself
  std::string hub;         // WebSub
  std::string replies;     // not the page
  std::vector<Link> more;  // related, via
  std::vector<Media> media;
};

class LinkReader {
 public:
  explicit LinkReader(std::string_view document_base) : document_base_(document_base) {}

  Links read(const Fields& fields) {
    for (const XmlElement element : fields.links()) {
      if (element.attribute("href").empty() || !element.empty()) {
        text_link(element);
      } else {
        relation(element);
      }
    }
    // An RSS <link> goes before an atom:link: it is the format's own. The last of several counts.
    links_.page = !text_.empty() ? text_ : !html_.empty() ? html_ : other_;
    return std::move(links_);
  }

 private:
  void text_link(XmlElement element) {
    std::string url = web_link(element.base(document_base_), element.text());
    if (!url.empty()) text_ = std::move(url);
  }

  // RFC 4287 §4.2.7.2: a registered name, or the same as an IRI.
  static std::string relation_of(XmlElement element) {
    const std::string said = ascii_lower(element.attribute("rel"));
    std::string_view name = said;
    consume_prefix(&name, "http://www.iana.org/assignments/relation/");
    return std::string(name);
  }

  void relation(XmlElement element) {
    const std::string url = web_link(element.base(document_base_), element.attribute("href"));
    if (url.empty()) return;
    const std::string relation = relation_of(element);
    const std::string type = ascii_lower(element.attribute("type"));
    if (relation.empty() || relation == "alternate") {
      const bool page = type.empty() || type.find("html") != std::string::npos;
      const bool rss_link = element.vocabulary() == Vocabulary::kCore;
      if (rss_link) {
        text_ = url;
      } else if (page && html_.empty()) {
        html_ = url;
      } else if (other_.empty()) {
        other_ = url;
      }
    } else if (relation == "self") {
      links_.self = url;
    } else if (relation == "hub") {
      links_.hub = url;
    } else if (relation == "enclosure") {
      Media media;
      media.set_url(url);
      media.set_mime_type(type);
      media.set_kind(media_kind(type, "", url));
      media.set_caption(media.kind() == PICTURE ? element.attribute("title") : "");
      links_.media.push_back(std::move(media));
    } else if (relation == "related" || relation == "via") {
      Link link;
      link.set_url(url);
      link.set_title(collapse_space(element.attribute("title")));
      links_.more.push_back(std::move(link));
    }
  }

  std::string_view document_base_;
  Links links_;
  std::string text_;
  std::string html_;
  std::string other_;
};

std::optional<ToldDate> date_of(XmlElement element) {
  return element ? feed_date(element.text()) : std::nullopt;
}

std::vector<FeedAuthor> read_authors(const Fields& fields, std::string_view document_base) {
  std::vector<FeedAuthor> out;
  for (const XmlElement element : fields.authors()) {
    FeedAuthor author;
    std::string name;
    element.each_child([&](XmlElement child) {
      if (equals_ignore_case(child.name(), "name") && name.empty()) name = child.inner_html(false);
      const bool address = equals_ignore_case(child.name(), "uri") ||
                           equals_ignore_case(child.name(), "url") ||
                           equals_ignore_case(child.name(), "homepage");
      if (address && author.url.empty()) author.url = web_link(child.base(document_base), child.text());
    });
    // RSS and Dublin Core write the person as text; Atom as elements, and then text beside them is noise.
    const bool person = element.vocabulary() == Vocabulary::kAtom || !name.empty();
    const std::string said = person && element.first_child() ? name : element.inner_html(false);
    const bool markup = said.find('&') != std::string::npos || said.find("</") != std::string::npos;
    author.name = person_name(without_stray_characters(markup ? html_to_line(said) : collapse_space(said)));
    out.push_back(std::move(author));
  }
  return out;
}

std::vector<std::string> read_tags(const Fields& fields) {
  std::vector<std::string> out;
  for (const XmlElement element : fields.tags()) {
    std::string text = element.vocabulary() == Vocabulary::kAtom ? element.attribute("label") : "";
    if (text.empty() && element.vocabulary() == Vocabulary::kAtom) text = element.attribute("term");
    if (text.empty()) text = html_to_line(element.inner_html(false));
    if (!equals_ignore_case(element.name(), "keywords")) {
      out.push_back(std::move(text));
      continue;
    }
    for (const std::string_view word : split(text, ',')) out.emplace_back(strip_space(word));
  }
  return out;
}

class XmlReader {
 public:
  XmlReader(const XmlFeed& feed, const FeedSource& source)
      : feed_(feed), source_(source), base_(source.base_url) {}

  absl::StatusOr<FeedDocument> read() {
    const XmlElement root = feed_.root();
    const bool atom = is_named(root, "feed");
    XmlElement channel = root;
    if (equals_ignore_case(root.name(), "rss") || equals_ignore_case(root.name(), "rdf")) {
      root.each_child([&](XmlElement child) {
        if (channel.name() == root.name() && equals_ignore_case(child.name(), "channel")) channel = child;
      });
    }
    const bool lone_entry = is_named(root, "entry");
    if (!lone_entry) read_profile(channel, atom);
    collect(root, 0);
    if (lone_entry) entries_.push_back(root);
    // HTTP does not tell of a gzip stream, or a body without length, that ended early: no empty feed came.
    if (feed_.cut_off() && entries_.size() <= (feed_.cut_off_in_item() ? 1U : 0U))
      return absl::UnavailableError("the feed is cut off before its first post ends");
    read_items();
    return std::move(out_);
  }

 private:
  void read_profile(XmlElement channel, bool atom) {
    const Fields fields(channel);
    // By RFC 4287 Atom's relative references belong to the document; RSS does not say, and there they are
    // relative to the site, which may be another host than the feed's.
    Links links = LinkReader(base_).read(fields);
    if (links.page.empty()) links.page = web_link(channel.base(base_), channel.attribute("href"));  // CDF
    if (!atom && !links.page.empty()) base_ = links.page;
    Account& profile = out_.profile;
    profile.set_title(render_line(read_text(fields.one(Field::kTitle), base_)));
    profile.set_description(render(read_text(fields.one(Field::kSummary), base_)).text);
    profile.set_url(!links.page.empty() ? links.page : !links.self.empty() ? links.self : source_.base_url);
    language_ = language_tag(fields.one(Field::kLanguage) ? fields.one(Field::kLanguage).text() : "");
    if (language_.empty()) language_ = language_tag(channel.language());
    if (language_.empty()) language_ = language_tag(source_.content_language);
    if (profile.title().empty()) profile.set_title(links.page);
    const XmlElement told = fields.one(Field::kLanguage);
    profile.set_language(language_as_said(told ? told.text() : channel.language(), language_));
    if (!links.hub.empty()) {
      (*profile.mutable_details())["hub"] = links.hub;
      if (!links.self.empty()) (*profile.mutable_details())["topic"] = links.self;
    }
    authors_ = read_authors(fields, base_);
  }

  // Items stand in the channel (RSS 0.91 on), beside it (RDF), in the feed (Atom), or in channels in channels
  // (CDF).
  void collect(XmlElement parent, int depth) {
    parent.each_child([&](XmlElement child) {
      if (is_item(child)) {
        entries_.push_back(child);
      } else if (is_named(child, "channel") && depth < kMaxChannelDepth) {
        collect(child, depth + 1);
      }
    });
  }

  void read_items() {
    if (feed_.cut_off_in_item() && !entries_.empty()) {
      const XmlElement last = entries_.back();
      const XmlElement id = Fields(last).one(Field::kId);
      out_.refused.push_back({id ? id.text() : "", "the feed ends in the middle of this item", last.text()});
      entries_.pop_back();
    }
    if (entries_.size() > kMaxFeedItems) {
      out_.refused.push_back({"",
                              str_cat("more than ", kMaxFeedItems,
                                      " items: ", entries_.size() - kMaxFeedItems, " were left out"),
                              ""});
      entries_.resize(kMaxFeedItems);
    }
    out_.items.reserve(entries_.size());
    for (const XmlElement entry : entries_) out_.items.push_back(read_item(entry));
  }

  Item read_item(XmlElement entry) {
    const Fields fields(entry);
    ItemDraft draft;
    Links links = LinkReader(base_).read(fields);
    read_identity(entry, fields, links, &draft);
    draft.title = render_line(read_text(fields.one(Field::kTitle), base_));
    draft.body = read_text(fields.one(Field::kBody), base_);
    draft.summary = read_text(fields.one(Field::kSummary), base_);
    draft.published = date_of(fields.one(Field::kPublished));
    draft.updated = date_of(fields.one(Field::kUpdated));
    if (!draft.updated) draft.updated = feed_date(entry.attribute("lastmod"));  // CDF
    draft.authors = read_authors(fields, base_);
    if (draft.authors.empty()) draft.authors = source_authors(entry);
    if (draft.authors.empty()) draft.authors = authors_;
    const XmlElement language = fields.one(Field::kLanguage);
    draft.language = language_tag(language ? language.text() : "");
    if (draft.language.empty()) draft.language = own_language(entry);
    draft.tags = read_tags(fields);
    draft.links = std::move(links.more);
    ItemMediaText said = add_feed_media(fields, base_, draft.title, &draft.media);
    draft.more_text = std::move(said.description);
    if (draft.title.empty()) draft.title = std::move(said.title);
    add_out_of_line(fields.one(Field::kBody), &draft);
    for (Media& media : links.media) draft.media.add(std::move(media));
    // A podcast without pages: the recording is where the post is.
    if (draft.link.empty() && !draft.media.empty()) draft.link = first_recording(&draft.media);
    return build_item(std::move(draft));
  }

  void read_identity(XmlElement entry, const Fields& fields, const Links& links, ItemDraft* draft) {
    const XmlElement id = fields.one(Field::kId);
    if (id) draft->id = id.text();
    if (draft->id.empty()) draft->id = about(entry);
    const XmlElement original = fields.one(Field::kOriginalLink);
    if (original) draft->link = web_link(base_, original.text());
    if (draft->link.empty()) draft->link = links.page;
    if (draft->link.empty()) draft->link = web_link(entry.base(base_), entry.attribute("href"));  // CDF
    const bool permalink = id && !equals_ignore_case(id.attribute("ispermalink"), "false");
    if (draft->link.empty() && permalink && draft->id.find("://") != std::string::npos) {
      draft->link = web_link("", draft->id);
    }
  }

  // rdf:about: what RSS 1.0 identifies its items by.
  static std::string about(XmlElement entry) { return entry.attribute("about"); }

  // An entry copied from another feed brings that feed's author along (RFC 4287 §4.2.11).
  std::vector<FeedAuthor> source_authors(XmlElement entry) {
    const XmlElement source = entry.child(Vocabulary::kAtom, "source");
    return source ? read_authors(Fields(source), base_) : std::vector<FeedAuthor>();
  }

  std::string own_language(XmlElement entry) {
    std::string found = language_tag(entry.language());
    return found.empty() ? language_ : found;
  }

  // <content src="…">: the content is elsewhere.
  void add_out_of_line(XmlElement content, ItemDraft* draft) {
    if (!content || content.attribute("src").empty()) return;
    Media media;
    media.set_url(web_link(content.base(base_), content.attribute("src")));
    media.set_mime_type(ascii_lower(content.attribute("type")));
    media.set_kind(media_kind(media.mime_type(), "", media.url()));
    if (media.kind() != DOCUMENT) draft->media.add(std::move(media));
  }

  static std::string first_recording(MediaList* list) {
    for (const Media& media : list->all()) {
      if (media.kind() == AUDIO || media.kind() == VIDEO) return media.url();
    }
    return "";
  }

  const XmlFeed& feed_;
  const FeedSource& source_;
  std::string base_;
  std::string language_;
  std::vector<FeedAuthor> authors_;
  std::vector<XmlElement> entries_;
  FeedDocument out_;
};

}  // namespace

absl::StatusOr<FeedDocument> read_xml_feed(std::string_view text, const FeedSource& source) {
  absl::StatusOr<XmlFeed> feed = XmlFeed::parse(text);
  if (!feed.ok()) return feed.status();
  if (!is_feed_root(feed->root())) {
    return absl::InvalidArgumentError(
        str_cat("an XML document of <", feed->root().name().substr(0, 40), ">, not a feed"));
  }
  return XmlReader(*feed, source).read();
}

}  // namespace copytaster
