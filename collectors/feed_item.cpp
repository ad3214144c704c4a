#include "collectors/feed_item.h"

#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr int kMaxTags = 100;
constexpr std::size_t kMaxAuthors = 20;

void set_authors(std::vector<FeedAuthor>& authors, Author* out) {
  std::vector<std::string> names;
  for (FeedAuthor& author : authors) {
    if (names.size() >= kMaxAuthors) break;
    if (!author.name.empty() && std::find(names.begin(), names.end(), author.name) == names.end()) {
      names.push_back(std::move(author.name));
    }
    if (out->url().empty()) out->set_url(std::move(author.url));
  }
  out->set_name(join(names, ", "));
}

void set_tags(std::vector<std::string>& tags, Item* item) {
  for (std::string& tag : tags) {
    std::string clean = collapse_space(tag);
    const auto& known = item->tags();
    if (item->tags_size() >= kMaxTags) return;
    if (clean.empty()) continue;
    if (std::find(known.begin(), known.end(), clean) == known.end()) item->add_tags(std::move(clean));
  }
}

void set_texts(ItemDraft& draft, Item* item) {
  HtmlText body = render(draft.body);
  HtmlText summary = render(draft.summary);
  // Pictures of the teaser are those of the body, often in another size: they count only where it has none.
  MediaList media;
  add_images(body.images.empty() ? summary.images : body.images, &media);
  for (Media& one : draft.media.all()) media.add(std::move(one));
  for (Media& one : media.all()) *item->add_media() = std::move(one);

  // What is embedded is where a reader finds it.
  const std::vector<std::string>& frames = body.frames.empty() ? summary.frames : body.frames;
  for (const std::string& url : frames) {
    if (std::ranges::find(draft.links, url, &Link::url) != draft.links.end()) continue;
    draft.links.emplace_back().set_url(url);
  }

  if (body.text.empty()) std::swap(body, summary);
  if (body.text.empty()) body.text = std::move(draft.more_text);
  item->set_text(std::move(body.text));
  for (Facet& facet : body.facets) *item->add_facets() = std::move(facet);
  if (summary.text != item->text()) item->set_summary(std::move(summary.text));
  for (Media& one : *item->mutable_media()) {
    if (one.caption() == item->text()) one.clear_caption();
  }
}

}  // namespace

Item build_item(ItemDraft draft) {
  Item item;
  item.set_native_id(std::move(draft.id));
  item.set_url(std::move(draft.link));
  item.set_title(std::move(draft.title));
  item.set_declared_language(std::move(draft.language));
  set_texts(draft, &item);
  // A post without a word is its address: shown where a title would stand.
  if (item.title().empty() && item.text().empty() && item.media().empty()) item.set_title(item.url());
  if (const auto created = draft.published ? draft.published : draft.updated) set_created_at(*created, &item);
  if (draft.updated) set_edited_at(*draft.updated, &item);
  set_authors(draft.authors, item.mutable_author());
  if (item.author().ByteSizeLong() == 0) item.clear_author();
  set_tags(draft.tags, &item);
  for (Link& link : draft.links) *item.add_links() = std::move(link);
  return item;
}

}  // namespace copytaster
