// One site's feed: the posts of an account, written as RSS 2.0, Atom, RDF (RSS 1.0) or JSON Feed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rehearsal/day.h"

namespace copytaster::rehearsal {

// What all four write. Addresses are absolute.
struct FeedPage {
  const PlayedAccount& account;
  std::string home;  // "https://host/"
  std::string self;
  std::string notice;
  absl::Time changed;       // the last time anything in it did
  std::vector<Live> items;  // newest first
};

inline constexpr std::size_t kMostFeedItems = 20;

[[nodiscard]] FeedPage feed_page(const Day& day, const PlayedAccount& account, absl::Time now);

[[nodiscard]] std::string feed_link(const Live& live);
// Stays the same when the address changes.
[[nodiscard]] std::string feed_guid(const Live& live);

struct FeedPicture {
  std::string path;  // on the site
  int width = 0, height = 0;
  const PostPicture* picture = nullptr;
};
[[nodiscard]] std::vector<FeedPicture> feed_pictures(const Live& live);

// Paragraphs and figures as well-formed XHTML. `origin` stands before the pictures' paths. With `credits`
// the figcaptions name the photographers; else the feed does it outside.
[[nodiscard]] std::string feed_html(const Live& live, std::string_view origin, bool credits);
// The first paragraph, plain.
[[nodiscard]] std::string_view feed_teaser(const Live& live);

[[nodiscard]] std::string xml_escape(std::string_view text);

[[nodiscard]] std::string write_rss(const FeedPage& page, std::string_view charset);
[[nodiscard]] std::string write_rdf(const FeedPage& page, std::string_view charset);
[[nodiscard]] std::string write_atom(const FeedPage& page);
[[nodiscard]] std::string write_json_feed(const FeedPage& page);

// UTF-8 XML in another encoding; characters it has not become numeric references.
[[nodiscard]] std::string in_charset(std::string_view xml, std::string_view charset);

}  // namespace copytaster::rehearsal
