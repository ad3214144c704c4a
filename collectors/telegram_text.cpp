#include "collectors/telegram_text.h"

#include <algorithm>
#include <string>
#include <utility>

#include "collectors/platforms_support.h"
#include "collectors/telegram_names.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

// "#tag" of "?q=%23tag" on the channel's own page; empty for any other address.
std::string search_of(const Url& url) {
  if (url.host != "t.me") return "";
  for (const auto& [name, value] : query_parameters(url.query)) {
    if (name == "q") return value;
  }
  return "";
}

// What a link is; false: nothing that an editor could follow (a search for "$EUR").
bool settle(std::string_view text, Facet* facet) {
  std::string_view shown = text.substr(facet->begin(), facet->end() - facet->begin());
  const auto url = parse_url(facet->target());
  if (!url) return false;
  if (const std::string search = search_of(*url); !search.empty()) {
    if (!search.starts_with('#') || !consume_prefix(&shown, "#") || shown.empty()) return false;
    facet->set_kind(Facet::HASHTAG);
    facet->set_target(std::string(shown));
    return true;
  }
  if (shown.starts_with('@') && !telegram_name_of(facet->target()).empty()) {
    facet->set_kind(Facet::MENTION);
    return true;
  }
  facet->set_kind(Facet::LINK);
  // Since 2024 the page escapes the addresses behind links twice (RSSHub, lib/routes/telegram/channel.ts).
  if (facet->target().find("&amp;") != std::string::npos) {
    facet->set_target(replace_all(facet->target(), "&amp;", "&"));
  }
  return true;
}

}  // namespace

HtmlText telegram_text(std::string_view html, std::string_view channel) {
  HtmlText out = html_to_text(html, str_cat("https://t.me/s/", channel));
  std::erase_if(out.facets, [&](Facet& facet) { return !settle(out.text, &facet); });
  return out;
}

void append_telegram_text(const HtmlText& more, Item* item) {
  if (more.text.empty()) return;
  if (!item->text().empty()) item->mutable_text()->append("\n\n");
  const auto shift = static_cast<std::uint32_t>(item->text().size());
  item->mutable_text()->append(more.text);
  for (const Facet& facet : more.facets) {
    Facet* added = item->add_facets();
    *added = facet;
    added->set_begin(facet.begin() + shift);
    added->set_end(facet.end() + shift);
    if (facet.kind() != Facet::HASHTAG) continue;
    const auto& tags = item->tags();
    if (std::find(tags.begin(), tags.end(), facet.target()) == tags.end()) item->add_tags(facet.target());
  }
}

HtmlText telegram_poll(const HtmlOutline& page, const HtmlElement& poll) {
  HtmlText out;
  if (const HtmlElement* question = page.find(poll, "tgme_widget_message_poll_question")) {
    out.text = page.line(*question);
  }
  bool first = true;
  page.each(poll, [&](const HtmlElement& element) {
    if (!has_class(element, "tgme_widget_message_poll_option_text")) return;
    str_append(&out.text, std::exchange(first, false) ? "\n\n" : "\n", page.line(element));
  });
  return out;
}

}  // namespace copytaster
