// The words of a Telegram message: plain text and what its links mean. Pure; any thread.
#pragma once

#include <string_view>

#include "collectors/html_outline.h"
#include "core/copytaster.pb.h"
#include "core/html.h"

namespace copytaster {

// A text's HTML. Hashtags are searches on the wire (href="?q=%23tag") and mentions are links to t.me.
// `channel`: whose page it stands on.
[[nodiscard]] HtmlText telegram_text(std::string_view html, std::string_view channel);
// Puts `more` behind the item's text as a paragraph of its own, with its facets and tags.
void append_telegram_text(const HtmlText& more, Item* item);
// A poll's question and answers: "Question\n\n- one\n- two".
[[nodiscard]] HtmlText telegram_poll(const HtmlOutline& page, const HtmlElement& poll);

}  // namespace copytaster
