// The pictures, videos and sounds of one feed item, each once, with what is said about it: alt text,
// caption and credit are kept apart and never mixed into the post's words.
// Sources: RSS 2.0 <enclosure>; Media RSS 1.5.1; RFC 4287 §4.2.7.2 (rel="enclosure"); JSON Feed 1.1.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collectors/feed_fields.h"
#include "core/copytaster.pb.h"
#include "core/html.h"

namespace copytaster {

class MediaList {
 public:
  static constexpr std::size_t kMost = 100;

  // Adds it, or fills what is still empty where its URL is in the list. Without a web URL it is no media;
  // past kMost nothing more is taken.
  void add(Media media);
  [[nodiscard]] bool empty() const { return media_.empty(); }
  [[nodiscard]] std::vector<Media>& all() { return media_; }

 private:
  std::vector<Media> media_;
  std::vector<std::string> keys_;
};

// What Media RSS says of the item as a whole.
struct ItemMediaText {
  std::string description;  // the post's own words where the feed has no others (YouTube)
  std::string title;        // of a media:group: the post's where it has none
};

// By MIME type, Media RSS "medium" or the URL's ending; DOCUMENT for all else.
[[nodiscard]] MediaKind media_kind(std::string_view mime_type, std::string_view medium, std::string_view url);

void add_images(const std::vector<HtmlImage>& images, MediaList* list);
// media:*, <enclosure>, itunes:image and <image> of an item.
ItemMediaText add_feed_media(const Fields& fields, std::string_view document_base,
                             std::string_view item_title, MediaList* list);

}  // namespace copytaster
