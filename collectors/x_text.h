// The text of a post of X as plain text (https://docs.x.com/x-api/fundamentals/data-dictionary). Pure.
//
// On the wire it is HTML-escaped (&amp; &lt; &gt;), links are t.co's, and `entities` count Unicode code
// points of the ESCAPED text. A post beyond 280 characters has its whole text in `note_tweet`; `text` is cut.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct XText {
  std::string text;
  std::vector<Facet> facets;      // into `text`
  std::vector<std::string> tags;  // without '#'
  std::vector<Link> links;        // that X shows a card for
  std::string quoted_url;         // the link to the post that it quotes, where it was left out of `text`
};

// t.co's addresses give way to those they stand for. Left out, as X does: at the end of the text the link to
// the post's own pictures, and the one to the post that it quotes (`quoted_id`; empty: quotes none).
// An entity that does not stand where it says is not believed.
[[nodiscard]] XText x_text(Json post, std::string_view quoted_id);

// &amp; &lt; &gt; once; anything else stays.
[[nodiscard]] std::string x_unescape(std::string_view wire);

}  // namespace copytaster
