// The four formats. RSS names alternative text, caption and photographer the way press offices' systems do:
// img and figcaption in content:encoded, description and credit in Media RSS.
#include "core/json.h"
#include "core/strings.h"
#include "rehearsal/feed_page.h"

namespace copytaster::rehearsal {
namespace {

// "Thu, 14 Apr 2022 08:12:00 +0200": with the author's own offset.
std::string rfc822(absl::Time when, absl::TimeZone zone) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S %z", when, zone);
}

std::string rfc3339(absl::Time when, absl::TimeZone zone) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", when, zone);
}

std::string element(std::string_view name, std::string_view text) {
  return text.empty() ? "" : str_cat("<", name, ">", xml_escape(text), "</", name, ">\n");
}

std::string cdata(std::string_view html) {
  return str_cat("<![CDATA[", replace_all(html, "]]>", "]]]]><![CDATA[>"), "]]>");
}

std::string origin_of(const FeedPage& page) { return page.home.substr(0, page.home.size() - 1); }

std::string media_rss(const Live& live, std::string_view origin) {
  std::string out;
  for (const FeedPicture& shown : feed_pictures(live)) {
    str_append(&out, "<media:content url=\"", origin, shown.path,
               "\" medium=\"image\" type=\"image/jpeg\" width=\"", shown.width, "\" height=\"", shown.height,
               "\">\n");
    if (!shown.picture->caption.empty()) {
      str_append(&out, "<media:description type=\"plain\">", xml_escape(shown.picture->caption),
                 "</media:description>\n");
    }
    if (!shown.picture->credit.empty()) {
      str_append(&out, "<media:credit role=\"photographer\" scheme=\"urn:ebu\">",
                 xml_escape(shown.picture->credit), "</media:credit>\n");
    }
    out += "</media:content>\n";
  }
  return out;
}

std::string rss_item(const FeedPage& page, const Live& live) {
  const Post& post = *live.post;
  std::string out = "<item>\n";
  out += element("title", post.title);
  out += element("link", feed_link(live));
  str_append(&out, "<guid isPermaLink=\"false\">", xml_escape(feed_guid(live)), "</guid>\n");
  out += element("pubDate", rfc822(post.at, post.zone));
  out += element("dc:creator", page.account.name);
  out += element("description", feed_teaser(live));
  str_append(&out, "<content:encoded>", cdata(feed_html(live, origin_of(page), false)),
             "</content:encoded>\n");
  // RSS 2.0 has no word for an edit; Atom's is what is used.
  if (live.edited()) out += element("atom:updated", rfc3339(live.version->at, post.zone));
  return str_cat(out, media_rss(live, origin_of(page)), "</item>\n");
}

std::string rdf_item(const FeedPage& page, const Live& live) {
  const Post& post = *live.post;
  std::string out = str_cat("<item rdf:about=\"", xml_escape(feed_guid(live)), "\">\n");
  out += element("title", post.title);
  out += element("link", feed_link(live));
  out += element("description", feed_teaser(live));
  out += element("dc:date", rfc3339(post.at, post.zone));
  out += element("dc:creator", page.account.name);
  out += element("dc:language", post.language);
  if (live.edited()) out += element("dcterms:modified", rfc3339(live.version->at, post.zone));
  return str_cat(out, "<content:encoded>", cdata(feed_html(live, origin_of(page), true)),
                 "</content:encoded>\n</item>\n");
}

// Links and pictures are relative to xml:base, as content systems write them.
std::string atom_entry(const FeedPage& page, const Live& live) {
  const Post& post = *live.post;
  const std::string address = feed_link(live);
  std::string_view link = address;
  consume_prefix(&link, page.home);
  std::string out = str_cat("<entry xml:lang=\"", post.language, "\">\n");
  out += element("title", post.title);
  out += element("id", feed_guid(live));
  str_append(&out, "<link rel=\"alternate\" type=\"text/html\" href=\"", xml_escape(link), "\"/>\n");
  out += element("published", rfc3339(post.at, post.zone));
  out += element("updated", rfc3339(live.version->at, post.zone));
  str_append(&out, "<author>", element("name", page.account.name), "</author>\n");
  out += element("summary", feed_teaser(live));
  return str_cat(out, "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\n",
                 feed_html(live, "", true), "</div></content>\n</entry>\n");
}

}  // namespace

std::string write_rss(const FeedPage& page, std::string_view charset) {
  std::string out = str_cat("<?xml version=\"1.0\" encoding=\"", charset, "\"?>\n",
                            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                            "xmlns:media=\"http://search.yahoo.com/mrss/\" "
                            "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n");
  out += element("title", page.account.name);
  out += element("link", page.home);
  str_append(&out, "<atom:link href=\"", xml_escape(page.self),
             "\" rel=\"self\" type=\"application/rss+xml\"/>\n");
  out += element("description", page.notice);
  out += element("language", page.account.language);
  out += element("lastBuildDate", rfc822(page.changed, absl::UTCTimeZone()));
  for (const Live& live : page.items) out += rss_item(page, live);
  return in_charset(str_cat(out, "</channel>\n</rss>\n"), charset);
}

std::string write_rdf(const FeedPage& page, std::string_view charset) {
  std::string out = str_cat("<?xml version=\"1.0\" encoding=\"", charset, "\"?>\n",
                            "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\" "
                            "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                            "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                            "xmlns:dcterms=\"http://purl.org/dc/terms/\">\n");
  str_append(&out, "<channel rdf:about=\"", xml_escape(page.self), "\">\n");
  out += element("title", page.account.name);
  out += element("link", page.home);
  out += element("description", page.notice);
  out += element("dc:language", page.account.language);
  out += element("dc:date", rfc3339(page.changed, absl::UTCTimeZone()));
  out += "<items><rdf:Seq>\n";
  for (const Live& live : page.items)
    str_append(&out, "<rdf:li rdf:resource=\"", xml_escape(feed_guid(live)), "\"/>\n");
  out += "</rdf:Seq></items>\n</channel>\n";
  for (const Live& live : page.items) out += rdf_item(page, live);
  return in_charset(str_cat(out, "</rdf:RDF>\n"), charset);
}

std::string write_atom(const FeedPage& page) {
  std::string out = str_cat(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:base=\"",
      xml_escape(page.home), "\" xml:lang=\"", page.account.language, "\">\n");
  out += element("title", page.account.name);
  out += element("subtitle", page.notice);
  out += element("id", page.self);
  str_append(&out, "<link rel=\"self\" href=\"", xml_escape(page.self),
             "\"/>\n<link rel=\"alternate\" href=\"", xml_escape(page.home), "\"/>\n");
  out += element("updated", rfc3339(page.changed, absl::UTCTimeZone()));
  for (const Live& live : page.items) out += atom_entry(page, live);
  return out + "</feed>\n";
}

// https://www.jsonfeed.org/version/1.1/
std::string write_json_feed(const FeedPage& page) {
  JsonWriter out;
  out.begin_object().member("version", "https://jsonfeed.org/version/1.1").member("title", page.account.name);
  out.member("home_page_url", page.home).member("feed_url", page.self).member("description", page.notice);
  out.member("language", page.account.language).key("items").begin_array();
  for (const Live& live : page.items) {
    const Post& post = *live.post;
    out.begin_object()
        .member("id", feed_guid(live))
        .member("url", feed_link(live))
        .member("title", post.title);
    out.member("content_html", feed_html(live, origin_of(page), true)).member("summary", feed_teaser(live));
    out.member("date_published", rfc3339(post.at, post.zone));
    if (live.edited()) out.member("date_modified", rfc3339(live.version->at, post.zone));
    const std::vector<FeedPicture> pictures = feed_pictures(live);
    if (!pictures.empty()) out.member("image", str_cat(origin_of(page), pictures.front().path));
    out.key("authors")
        .begin_array()
        .begin_object()
        .member("name", page.account.name)
        .end_object()
        .end_array();
    out.member("language", post.language).end_object();
  }
  return out.end_array().end_object().text();
}

}  // namespace copytaster::rehearsal
