#include <algorithm>
#include <string_view>
#include <vector>

#include "core/item.h"
#include "core/json.h"
#include "core/rights.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/told_date.h"
#include "desk/draft.h"
#include "desk/escape.h"
#include "desk/html_body.h"
#include "desk/picture_words.h"
#include "desk/sources.h"
#include "desk/wording_rights.h"

namespace copytaster {
namespace {

std::string_view text_of(const Draft& draft, std::string_view kind) {
  for (const Block& block : draft.blocks()) {
    if (block.kind() == kind) return block.text();
  }
  return {};
}

void write_citation(JsonWriter& json, const Note& note) {
  const bool article = note.item->platform() == "feed";
  json.begin_object()
      .member("@type", article ? "Article" : "SocialMediaPosting")
      .member_if("url", as_uri(note.support.url()));
  if (is_dated(*note.item)) json.member("datePublished", created_at_text(*note.item));
  const bool person = note.poster.kind == PERSON;
  json.key("author").begin_object().member("@type", person ? "Person" : "Organization");
  json.member("name", note.poster.name).member_if("jobTitle", person ? note.poster.role : "").end_object();
  json.member_if("inLanguage", note.item->language()).end_object();
}

void write_image(JsonWriter& json, const Block& block, const Sources& sources, const ExportOptions& options) {
  const StoryPicture& picture = block.picture();
  const Item& item = sources.picture_item(block);
  json.begin_object().member("@type", "ImageObject");
  if (!may_export_file(picture.rights())) {
    json.member_if("url", as_uri(item.url()));
  } else if (!picture.sha256().empty()) {  // else it was not fetched (yet)
    json.member("contentUrl", picture_href(options, picture, item));
  }
  json.member("caption", block.text()).member("creditText", picture.attribution().credit_line());
  if (const std::string creator = creator_of(picture.attribution()); !creator.empty()) {
    json.key("creator").begin_object().member("@type", "Person").member("name", creator).end_object();
  }
  json.member_if("description", picture.alt_text())
      .member("conditionsOfAccess", rights_terms(picture.rights()));
  json.end_object();
}

// Who is in it, by Wikidata's id where the registry has it.
void write_people(JsonWriter& json, const Draft& draft) {
  for (const StoryOfficial& official : draft.officials()) {
    if (official.wikidata().empty()) continue;
    json.begin_object().member("@type", official.kind() == PERSON ? "Person" : "Organization");
    json.member("name", official.name());
    json.member("sameAs", str_cat("http://www.wikidata.org/entity/", official.wikidata())).end_object();
  }
}

// IPTC Media Topics, each once.
void write_topics(JsonWriter& json, const Draft& draft) {
  std::vector<std::string_view> told;
  for (const SectionMatch& section : draft.sections()) {
    for (const std::string& topic : section.media_topics()) {
      if (std::ranges::find(told, topic) != told.end()) continue;
      told.push_back(topic);
      json.begin_object().member("@type", "DefinedTerm").member("@id", topic_uri(topic));
      json.member("termCode", topic).end_object();
    }
  }
}

// schema.org NewsArticle: what it cites and shows, for machines that read the page.
std::string json_ld(const Draft& draft, const Sources& sources, const ExportOptions& options) {
  JsonWriter json;
  json.begin_object().member("@context", "https://schema.org").member("@type", "NewsArticle");
  json.member("headline", text_of(draft, "headline"))
      .member_if("alternativeHeadline", text_of(draft, "standfirst"));
  json.member("inLanguage", "en").member("creativeWorkStatus", "Draft");
  json.member("dateModified", to_text(ToldDate{to_time(draft.made_at()), draft.made_day_only()}));
  json.key("articleSection").begin_array();
  for (const Block& block : draft.blocks()) {
    if (block.kind() == "section") json.value(block.text());
  }
  json.end_array().key("about").begin_array();
  write_people(json, draft);
  write_topics(json, draft);
  json.end_array().key("image").begin_array();
  for (const Block& block : draft.blocks()) {
    if (block.kind() == "picture") write_image(json, block, sources, options);
  }
  json.end_array().key("citation").begin_array();
  for (const Note* note : sources.distinct_items()) write_citation(json, *note);
  return json.end_array().end_object().text();
}

}  // namespace

absl::StatusOr<std::string> export_html(const Draft& draft, const StoreReader& reader,
                                        const ExportOptions& options) {
  CT_ASSIGN_OR_RETURN(const Sources sources, Sources::of(draft, reader));
  const std::string notice = draft.notice().empty() ? std::string()
                                                    : str_cat("<p class=\"notice\"><strong>",
                                                              escape_html(draft.notice()), "</strong></p>\n");
  return str_cat("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
                 escape_html(text_of(draft, "headline")), "</title>\n<script type=\"application/ld+json\">",
                 escape_json_for_html(json_ld(draft, sources, options)), "</script>\n</head>\n<body>\n",
                 notice, "<article>\n", html_body(draft, sources, options, true), "</article>\n<aside>\n",
                 html_notes(draft, sources, true), html_sources(sources), "<p><em>",
                 escape_html(kDraftReminder), "</em></p>\n</aside>\n</body>\n</html>\n");
}

}  // namespace copytaster
