// IPTC ninjs 3.1 (newsinjson, specification/ninjs-schema_3.1.json). Roles "caption" and "creditline" are
// those of the specification's own picture example; the schema has no field for alt text, so it is a
// description of role "altText", and none for the state of its rights, which is one of role "rights" beside
// the words in usageTerms.
#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "core/item.h"
#include "core/json.h"
#include "core/rights.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "desk/draft.h"
#include "desk/escape.h"
#include "desk/html_body.h"
#include "desk/picture_words.h"
#include "desk/sources.h"
#include "desk/wording_rights.h"

namespace copytaster {
namespace {

void write_value(JsonWriter& json, std::string_view role, std::string_view type, std::string_view value) {
  if (value.empty()) return;
  json.begin_object().member("role", role).member("contentType", type).member("value", value).end_object();
}

std::string place_uri(std::string_view id) {
  if (consume_prefix(&id, "geonames:")) return str_cat("https://sws.geonames.org/", percent_encode(id), "/");
  if (consume_prefix(&id, "wikidata:")) return str_cat("http://www.wikidata.org/entity/", percent_encode(id));
  return std::string();
}

std::string wikidata_uri(const StoryOfficial& official) {
  return official.wikidata().empty() ? std::string() : place_uri(str_cat("wikidata:", official.wikidata()));
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

// The schema knows a moment only (date-time): a day of which no time is known is in the note, in words.
bool has_time(const Item& item) { return is_dated(item) && !item.day_only(); }

class NinjsWriter {
 public:
  NinjsWriter(const Draft& draft, const Sources& sources, const ExportOptions& options)
      : draft_(draft),
        sources_(sources),
        options_(options),
        made_(format_rfc3339(to_time(draft.made_at()))) {}

  std::string write() {
    json_.begin_object();
    identity();
    words();
    people_and_places();
    subjects();
    info_sources();
    associations();
    json_.key("altIds")
        .begin_array()
        .begin_object()
        .member("role", "story")
        .member("value", draft_.story_id());
    json_.end_object().end_array();
    json_.key("standard").begin_object().member("name", "ninjs").member("version", "3.1");
    json_.member("schema", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#").end_object().end_object();
    return json_.text();
  }

 private:
  std::string tag(std::string_view what, std::string_view id) const {
    return str_cat("tag:", options_.tag_authority, ",", made_.substr(0, 10), ":", what, "/",
                   percent_encode(id));
  }

  std::string_view text_of(std::string_view kind) const {
    for (const Block& block : draft_.blocks()) {
      if (block.kind() == kind) return block.text();
    }
    return {};
  }

  void identity() {
    json_.member("uri", tag("story", draft_.story_id()))
        .member("type", "text")
        .member("representationType", "full");
    json_.member("profile", "copytaster-draft").member("version", "1");
    if (!draft_.made_day_only()) json_.member("versionCreated", made_).member("contentCreated", made_);
    json_.member("language", "en");
    // A draft: nobody has released it.
    json_.member("pubStatus", "withheld").member("title", text_of("headline"));
    json_.member("edNote", draft_.notice().empty() ? std::string(kDraftReminder)
                                                   : str_cat(draft_.notice(), " ", kDraftReminder));
  }

  void words() {
    json_.key("headlines").begin_array();
    write_value(json_, "main", "text/plain", text_of("headline"));
    for (const Block& block : draft_.blocks()) {
      if (is_other_headline(block)) write_value(json_, "alternative", "text/plain", block.text());
    }
    json_.end_array().key("descriptions").begin_array();
    write_value(json_, "summary", "text/plain", text_of("standfirst"));
    json_.end_array().key("bodies").begin_array();
    std::string plain;
    for (const Block& block : draft_.blocks()) {
      const bool counts = is_for_print(block) && block.kind() != "picture";
      if (counts) str_append(&plain, plain.empty() ? "" : "\n\n", block.text());
    }
    json_.begin_object().member("role", "main").member("contentType", "text/html");
    json_.member("charCount", static_cast<std::uint64_t>(count_characters(plain)));
    json_.member("wordCount", static_cast<std::uint64_t>(copytaster::words(plain).size()));
    json_.member("value", str_cat(html_body(draft_, sources_, options_, false),
                                  html_notes(draft_, sources_, false), html_sources(sources_)));
    json_.end_object();
    for (const Note* note : sources_.distinct_items()) original(*note);
    json_.end_array();
  }

  // The whole post in its own words, for the desk that receives this.
  void original(const Note& note) {
    if (note.item->state() == GONE || note.item->text().empty()) return;
    write_value(json_, "original", "text/plain",
                str_cat(note.who_where_when(), "\n", note.support.url(), "\n\n", note.item->text()));
  }

  void contact(const StoryOfficial& official) {
    json_.key("contactInfo").begin_array();
    absl::flat_hash_set<std::string> seen;
    for (const Note* note : sources_.distinct_items()) {
      const std::string& url = note->item->author().url();
      if (note->poster.official_id != official.official_id() || url.empty() || !seen.insert(url).second)
        continue;
      json_.begin_object().member("type", "web").member("role", note->item->platform());
      json_.member("name", str_cat(official.name(), " on ", where_of(*note->item)))
          .member("value", url)
          .end_object();
    }
    json_.end_array();
  }

  void party(const StoryOfficial& official) {
    json_.begin_object().member("name", official.name()).member("rel", "source");
    json_.member_if("uri", wikidata_uri(official)).member("literal", official.official_id());
    if (official.kind() == PERSON) contact(official);
    json_.end_object();
  }

  void people_and_places() {
    json_.key("people").begin_array();
    for (const StoryOfficial& official : draft_.officials()) {
      if (official.kind() == PERSON) party(official);
    }
    json_.end_array().key("organisations").begin_array();
    for (const StoryOfficial& official : draft_.officials()) {
      if (official.kind() != PERSON) party(official);
    }
    json_.end_array().key("places").begin_array();
    for (const StoryPlace& place : draft_.places()) {
      json_.begin_object().member("name", place.name()).member("rel", "mentioned");
      json_.member_if("uri", place_uri(place.id())).member_if("literal", place.id()).end_object();
    }
    json_.end_array();
  }

  void subjects() {
    absl::flat_hash_set<std::string> seen;
    json_.key("subjects").begin_array();
    for (const SectionMatch& section : draft_.sections()) {
      json_.begin_object()
          .member("name", section.name())
          .member("rel", "section")
          .member("literal", section.id());
      json_.member("creator", "copytaster")
          .member("confidence", percent_of(section.confidence()))
          .end_object();
      for (const std::string& topic : section.media_topics()) {
        if (!seen.insert(topic).second) continue;
        json_.begin_object().member("rel", "about").member("uri", topic_uri(topic)).member("literal", topic);
        json_.member("creator", "copytaster")
            .member("confidence", percent_of(section.confidence()))
            .end_object();
      }
    }
    json_.end_array();
  }

  void info_source(const Note& note) {
    const std::string by_hand = brought_in(*note.item);
    json_.begin_object().member("name", str_cat(note.poster.name, " on ", where_of(*note.item),
                                                by_hand.empty() ? "" : "; ", by_hand));
    json_.member("role", "originator").member_if("uri", as_uri(note.support.url()));
    json_.member("literal", note.support.item_id()).end_object();
  }

  void info_sources() {
    json_.key("infoSources").begin_array();
    for (const Note* note : sources_.distinct_items()) info_source(*note);
    json_.end_array();
  }

  void associations() {
    json_.key("associations").begin_array();
    int pictures = 0, articles = 0;
    for (const Block& block : draft_.blocks()) {
      if (block.kind() == "picture") picture(block, ++pictures);
    }
    for (const Block& block : draft_.blocks()) {
      if (block.rule() == "reported") article(block, ++articles);
    }
    json_.end_array();
  }

  void picture(const Block& block, int number) {
    const StoryPicture& picture = block.picture();
    const Item& item = sources_.picture_item(block);
    const Media& media = item.media(static_cast<int>(picture.media_index()));
    const std::string id =
        picture.sha256().empty() ? str_cat(item.id(), "#", picture.media_index()) : picture.sha256();
    json_.begin_object().member("name", str_cat("picture-", number)).member("rel", "picture");
    json_.member("uri", tag("picture", id)).member("type", "picture").member("representationType", "full");
    if (has_time(item)) json_.member("contentCreated", format_rfc3339(time_of(item)));
    json_.member_if("language", block.language());
    // Who took it; who posted it or is seen in it is no author.
    json_.member_if("by", creator_of(picture.attribution()))
        .member_if("copyrightNotice", media.embedded().copyright());
    json_.member("pubStatus", "withheld").member("usageTerms", rights_terms(picture.rights()));
    json_.member_if("edNote", picture_note(item));
    json_.key("descriptions").begin_array();
    if (block.rule() != "no-caption") write_value(json_, "caption", "text/plain", block.text());
    write_value(json_, "creditline", "text/plain", picture.attribution().credit_line());
    write_value(json_, "altText", "text/plain", picture.alt_text());
    write_value(json_, "rights", "text/plain", state_of(picture.rights()));
    json_.end_array().key("infoSources").begin_array().begin_object();
    json_.member("name", picture.attribution().name()).member("role", "originator");
    json_.member_if("uri",
                    as_uri(picture.attribution().url().empty() ? item.url() : picture.attribution().url()));
    json_.end_object().end_array();
    rendition(picture, item, media);
    if (!picture.sha256().empty()) {  // else it was not fetched (yet)
      json_.key("altIds").begin_array().begin_object().member("role", "sha256");
      json_.member("value", picture.sha256()).end_object().end_array();
    }
    json_.end_object();
  }

  std::string picture_note(const Item& item) const {
    const std::string by_hand = brought_in(item);
    if (by_hand.empty()) return draft_.notice();
    return str_cat(draft_.notice(), draft_.notice().empty() ? "" : " ", "Its post was ", by_hand, ".");
  }

  // Our copy where the desk has an address, else the platform's own, which may expire. What may only be shown
  // where it was posted is a link to there.
  void rendition(const StoryPicture& picture, const Item& item, const Media& media) {
    if (!may_export_file(picture.rights())) {
      json_.key("renditions").begin_array();
      if (const std::string url = as_uri(item.url()); !url.empty())
        json_.begin_object()
            .member("name", "post")
            .member("href", url)
            .member("contentType", "text/html")
            .end_object();
      json_.end_array();
      return;
    }
    const bool ours = is_web_url(options_.media_base) && !picture.sha256().empty();
    const std::string href =
        ours ? as_uri(picture_href(options_, picture, item)) : as_uri(without_secrets(media.url()));
    json_.key("renditions").begin_array().begin_object().member("name", "original").member_if("href", href);
    json_.member_if("title", picture_name(picture, item)).member_if("contentType", media.mime_type());
    if (media.width() > 0) json_.member("width", static_cast<std::uint64_t>(media.width()));
    if (media.height() > 0) json_.member("height", static_cast<std::uint64_t>(media.height()));
    if (media.size_bytes() > 0) json_.member("sizeInBytes", static_cast<std::uint64_t>(media.size_bytes()));
    json_.end_object().end_array();
  }

  void article(const Block& block, int number) {
    const Note& note = sources_.first(block);
    const std::string url = as_uri(note.support.url());
    json_.begin_object().member("name", str_cat("background-", number)).member("rel", "background");
    json_.member("uri", url.empty() ? tag("article", note.support.item_id()) : url).member("type", "text");
    json_.member("representationType", "partial");
    if (!note.item->day_only()) json_.member("versionCreated", format_rfc3339(time_of(*note.item)));
    json_.member_if("language", note.item->language()).key("headlines").begin_array();
    write_value(json_, "main", "text/plain", note.item->title());
    json_.end_array().end_object();
  }

  const Draft& draft_;
  const Sources& sources_;
  const ExportOptions& options_;
  const std::string made_;
  JsonWriter json_;
};

}  // namespace

absl::StatusOr<std::string> export_ninjs(const Draft& draft, const StoreReader& reader,
                                         const ExportOptions& options) {
  CT_ASSIGN_OR_RETURN(const Sources sources, Sources::of(draft, reader));
  return NinjsWriter(draft, sources, options).write();
}

}  // namespace copytaster
