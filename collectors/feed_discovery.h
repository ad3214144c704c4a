// Which feed an HTML page names: people paste the address of a home page, and the feed is a <link> in it.
// Sources: RSS Advisory Board, RSS Autodiscovery 1.0; the Atom Autodiscovery draft; jsonfeed.org/version/1.1;
// HTML Living Standard §2.4.3 (<base>). Pure; any thread; any bytes; time linear in the first 512 KiB.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

// Whether the bytes are a page for readers: by how they begin, or by their media type.
[[nodiscard]] bool is_html_page(std::string_view text, std::string_view content_type);

// The absolute http(s) URL of the first feed named that is not of comments; empty: none.
// - <link rel="alternate" type="application/rss+xml"> and its like (Atom, JSON Feed, RDF)
// - only where there is no such link: <a href> to an address of the same site that is named like a feed
// Comments and scripts of the page are not looked into; a tag whose end is missing is not read.
[[nodiscard]] std::string feed_named_by(std::string_view html, std::string_view page_url);

// The same for an answer's bytes, in any encoding. Empty, too, where it is no page.
[[nodiscard]] std::string feed_named_in(std::string_view bytes, std::string_view content_type,
                                        std::string_view page_url);

}  // namespace copytaster
