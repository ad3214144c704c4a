// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).
#include <utility>

#include "collectors/feed_document.h"
#include "collectors/feed_item.h"
#include "collectors/json_fields.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

std::vector<FeedAuthor> read_authors(Json owner, const std::string& base) {
  std::vector<FeedAuthor> out;
  const auto add = [&](Json author) {
    // "author": "Jane Doe" is not by the standard, but is written.
    FeedAuthor one{collapse_space(author.is_string() ? author.view() : author["name"].view()),
                   web_link(base, author["url"].view())};
    if (!one.name.empty() || !one.url.empty()) out.push_back(std::move(one));
  };
  owner["authors"].each(add);
  if (out.empty()) add(owner["author"]);
  return out;
}

void add_media(Json item, const std::string& base, MediaList* list) {
  for (const std::string_view key : {"image", "banner_image"}) {
    Media media;
    media.set_url(web_link(base, item[key].view()));
    list->add(std::move(media));
  }
  item["attachments"].each([&](Json attachment) {
    Media media;
    media.set_url(web_link(base, attachment["url"].view()));
    media.set_mime_type(ascii_lower(attachment["mime_type"].view()));
    media.set_kind(media_kind(media.mime_type(), "", media.url()));
    if (media.kind() == PICTURE) media.set_caption(collapse_space(attachment["title"].view()));
    list->add(std::move(media));
  });
}

Item read_item(Json item, const std::string& base, const std::string& language,
               const std::vector<FeedAuthor>& feed_authors) {
  ItemDraft draft;
  draft.id = std::string(strip_space(item["id"].id()));
  if (draft.id.empty() && item["id"].exists()) draft.id = item["id"].raw(200);  // a fraction, by mistake
  draft.link = web_link(base, item["url"].view());
  const std::string external = web_link(base, item["external_url"].view());
  if (draft.link.empty() && draft.id.find("://") != std::string::npos) draft.link = web_link("", draft.id);
  if (draft.link.empty()) draft.link = external;
  if (!external.empty() && external != draft.link) {
    Link link;
    link.set_url(external);
    draft.links.push_back(std::move(link));
  }
  draft.title = render_line({item["title"].text(), false, base});
  draft.body = {item["content_html"].text(), true, base};
  if (draft.body.empty()) draft.body = {item["content_text"].text(), false, base, true};
  draft.summary = {item["summary"].text(), false, base, true};
  // A number is not by the standard, but is written: Unix time.
  draft.published = feed_date(item["date_published"].id());
  draft.updated = feed_date(item["date_modified"].id());
  draft.authors = read_authors(item, base);
  if (draft.authors.empty()) draft.authors = feed_authors;
  draft.language = language_tag(item["language"].view());
  if (draft.language.empty()) draft.language = language;
  item["tags"].each([&](Json tag) { draft.tags.push_back(tag.text()); });
  add_media(item, base, &draft.media);
  return build_item(std::move(draft));
}

}  // namespace

absl::StatusOr<FeedDocument> read_json_feed(std::string_view text, const FeedSource& source) {
  absl::StatusOr<JsonDocument> document = JsonDocument::parse(text);
  if (!document.ok()) return absl::InvalidArgumentError(document.status().message());
  const Json root = document->root();
  const bool named = root["version"].view().find("jsonfeed.org") != std::string_view::npos;
  if (!root.is_object() || (!named && !root["items"].is_array())) {
    return absl::InvalidArgumentError("a JSON document, but no JSON Feed: neither \"version\" nor \"items\"");
  }
  FeedDocument out;
  Account& profile = out.profile;
  profile.set_title(render_line({root["title"].text(), false, ""}));
  profile.set_description(tidy_lines(root["description"].view()));
  std::string language = language_tag(root["language"].view());
  if (language.empty()) language = language_tag(source.content_language);
  profile.set_language(language_as_said(root["language"].view(), language));
  std::string home = web_link(source.base_url, root["home_page_url"].view());
  const std::string base = home.empty() ? source.base_url : home;
  if (home.empty()) home = web_link(source.base_url, root["feed_url"].view());
  profile.set_url(home.empty() ? source.base_url : home);
  if (profile.title().empty()) profile.set_title(home);
  root["hubs"].each([&](Json hub) {
    const std::string url = web_link("", hub["url"].view());
    if (!url.empty() && profile.details().count("hub") == 0) (*profile.mutable_details())["hub"] = url;
  });
  const std::string topic = web_link(source.base_url, root["feed_url"].view());
  if (profile.details().count("hub") > 0 && !topic.empty()) (*profile.mutable_details())["topic"] = topic;
  const std::vector<FeedAuthor> authors = read_authors(root, base);
  std::size_t left_out = 0;
  root["items"].each([&](Json item) {
    if (!item.is_object()) {
      out.refused.push_back({"", "an item that is no JSON object", item.raw(1024)});
    } else if (out.items.size() >= kMaxFeedItems) {
      ++left_out;
    } else {
      out.items.push_back(read_item(item, base, language, authors));
    }
  });
  if (left_out > 0) {
    out.refused.push_back(
        {"", str_cat("more than ", kMaxFeedItems, " items: ", left_out, " were left out"), ""});
  }
  return out;
}

}  // namespace copytaster
