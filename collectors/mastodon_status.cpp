#include "collectors/mastodon_status.h"

#include <array>
#include <utility>

#include "collectors/bluesky_syntax.h"
#include "collectors/platforms_support.h"
#include "collectors/simple_html.h"
#include "core/html.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "mastodon";
constexpr std::size_t kMostEmoji = 50;

// Mastodon writes a quote as "RE: <link>" too, for servers that know no quotes. Where the API gives the
// quote itself, that line is not the author's.
std::string without_quote_line(std::string_view html) {
  const std::size_t begin = html.find("<p class=\"quote-inline\">");
  const std::size_t end = begin == std::string_view::npos ? begin : html.find("</p>", begin);
  if (end == std::string_view::npos) return std::string(html);
  return str_cat(html.substr(0, begin), html.substr(end + 4));
}

HtmlText content_of(Json status) {
  const std::string_view html = status["content"].view();
  const std::string_view base = status["url"].view();
  return status["quote"].is_object() ? status_html_to_text(without_quote_line(html), base)
                                     : status_html_to_text(html, base);
}

std::string host_of(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host : "";
}

std::string permalink(Json status) {
  const std::string_view url = status["url"].view();
  if (is_http_url(url)) return std::string(url);
  const std::string_view uri = status["uri"].view();
  return is_http_url(uri) ? std::string(uri) : "";
}

// Attachments of other servers that ours has not fetched are "unknown": their name says what they are.
MediaKind kind_of(std::string_view type, std::string_view url) {
  if (type == "image") return PICTURE;
  if (type == "video" || type == "gifv") return VIDEO;
  if (type == "audio") return AUDIO;
  static constexpr std::array<std::pair<std::string_view, MediaKind>, 12> kEndings = {{
      {".jpg", PICTURE},
      {".jpeg", PICTURE},
      {".png", PICTURE},
      {".webp", PICTURE},
      {".gif", PICTURE},
      {".avif", PICTURE},
      {".mp4", VIDEO},
      {".webm", VIDEO},
      {".mov", VIDEO},
      {".mp3", AUDIO},
      {".ogg", AUDIO},
      {".m4a", AUDIO},
  }};
  const std::string path = ascii_lower(url.substr(0, url.find_first_of("?#")));
  for (const auto& [ending, kind] : kEndings) {
    if (path.ends_with(ending)) return kind;
  }
  return DOCUMENT;
}

Media media_of(Json attachment) {
  Media media;
  std::string_view url = attachment["url"].view();
  if (!is_http_url(url)) url = attachment["remote_url"].view();
  media.set_kind(kind_of(attachment["type"].view(), url));
  if (is_http_url(url)) media.set_url(std::string(url));
  const std::string_view preview = attachment["preview_url"].view();
  if (media.kind() != PICTURE && is_http_url(preview)) media.set_preview_url(std::string(preview));
  media.set_alt_text(plain_text(attachment["description"].view()));
  const Json original = attachment["meta"]["original"];
  media.set_width(static_cast<std::uint32_t>(std::min<std::uint64_t>(original["width"].count(), 1U << 20)));
  media.set_height(static_cast<std::uint32_t>(std::min<std::uint64_t>(original["height"].count(), 1U << 20)));
  media.set_native_id(attachment["id"].id());
  return media;
}

template <typename Out>
void add_media(Json status, Out* out) {
  status["media_attachments"].each([&](Json attachment) {
    Media media = media_of(attachment);
    if (!media.url().empty()) *out->add_media() = std::move(media);
  });
}

// Another status, as it is embedded in this one.
Related related_to(Json status, std::string_view host) {
  Related out;
  out.set_item_id(item_id(kName, status["uri"].view()));
  out.set_url(permalink(status));
  *out.mutable_author() = mastodon_author(status["account"], host);
  out.set_text(content_of(status).text);
  set_time(out.mutable_created_at(), status["created_at"].view());
  add_media(status, &out);
  return out;
}

// Replies name their parent by the server's own id only. In one's own thread its uri follows from this
// post's; for another's post the server's page for it is all that is known.
void set_reply(Json status, std::string_view host, Item* item) {
  const std::string parent = status["in_reply_to_id"].id();
  if (parent.empty()) return;
  Related* reply = item->mutable_reply_to();
  const std::string parent_account = status["in_reply_to_account_id"].id();
  std::string_view uri = item->native_id();
  if (parent_account == status["account"]["id"].id() && consume_suffix(&uri, status["id"].id()) &&
      uri.ends_with('/')) {
    reply->set_item_id(item_id(kName, str_cat(uri, parent)));
    *reply->mutable_author() = item->author();
    std::string_view url = item->url();
    if (consume_suffix(&url, status["id"].id())) reply->set_url(str_cat(url, parent));
    return;
  }
  status["mentions"].each([&](Json mention) {
    if (mention["id"].id() != parent_account || reply->has_author()) return;
    *reply->mutable_author() = mastodon_author(mention, host);
    const auto own = parse_url(item->url());
    if (own) reply->set_url(str_cat(origin_of(*own), "/@", mention["acct"].view(), "/", parent));
  });
}

// Without the server's own pictures, which it writes as ":name:".
std::string display_name(Json account) {
  const std::string_view written = account["display_name"].view();
  if (written.find(':') == std::string_view::npos && written.find("\u200b") == std::string_view::npos) {
    return plain_line(written);
  }
  std::string name(written);
  for (std::size_t i = 0; i < kMostEmoji && name.find(':') != std::string::npos; ++i) {
    const std::string_view code = account["emojis"].at(i)["shortcode"].view();
    if (!code.empty()) name = replace_all(name, str_cat(":", code, ":"), "");
  }
  return plain_line(replace_all(name, "\u200b", ""));
}

// With its server; `host` is that of accounts which name none.
std::string handle_of(Json account, std::string_view host) {
  const std::string_view written = account["acct"].view();
  if (written.empty() || written.find('@') != std::string_view::npos) return std::string(written);
  const std::string home = host.empty() ? host_of(account["url"].view()) : std::string(host);
  return home.empty() ? std::string(written) : str_cat(written, "@", home);
}

void set_card(Json card, Item* item) {
  const std::string url = card["url"].text();
  if (!is_http_url(url)) return;
  Link* link = item->add_links();
  link->set_url(url);
  link->set_title(html_to_line(card["title"].view()));
  link->set_description(html_to_line(card["description"].view()));
}

// A post that a bridge carried over from Bluesky has the at-uri in its own: said as a link, so that the
// two are seen to be one.
void set_bridge(Item* item) {
  const std::string_view uri = item->native_id();
  const std::size_t at = uri.find("at://");
  const auto bridged = at == std::string_view::npos ? std::nullopt : parse_at_uri(uri.substr(at));
  if (!bridged) return;
  Link* link = item->add_links();
  link->set_url(bluesky_permalink(*bridged));
  link->set_title("Bluesky");
}

void set_engagement(Json status, Engagement* out) {
  out->set_likes(status["favourites_count"].count());
  out->set_reposts(status["reblogs_count"].count());
  out->set_replies(status["replies_count"].count());
  out->set_quotes(status["quotes_count"].count());
}

// Only what the quoted author accepted is shown: pending, rejected, revoked, deleted are not. Servers whose
// quotes ask nobody (Akkoma, Fedibird) give the quoted status itself.
Json quoted_status(Json quote) {
  const Json quoted = quote["quoted_status"];
  if (quote["state"].view() == "accepted" && !quoted["uri"].view().empty()) return quoted;
  const bool is_status =
      !quote["state"].exists() && quote["account"].is_object() && !quote["uri"].view().empty();
  return is_status ? quote : Json();
}

void set_body(Json status, std::string_view host, Item* item) {
  HtmlText content = content_of(status);
  item->set_text(std::move(content.text));
  for (Facet& facet : content.facets) *item->add_facets() = std::move(facet);
  if (const std::string_view warning = status["spoiler_text"].view(); !warning.empty()) {
    item->set_content_warning(plain_line(warning));
  }
  if (is_language_tag(status["language"].view())) item->set_declared_language(status["language"].text());
  status["tags"].each([&](Json tag) {
    if (!tag["name"].view().empty()) item->add_tags(plain_line(tag["name"].view()));
  });
  add_media(status, item);
  set_card(status["card"], item);
  set_reply(status, host, item);
  if (const Json quoted = quoted_status(status["quote"]); quoted.exists()) {
    *item->mutable_quote_of() = related_to(quoted, host);
  }
}

}  // namespace

bool mastodon_id_less(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Author mastodon_author(Json account, std::string_view host) {
  Author author;
  author.set_name(display_name(account));
  author.set_handle(plain_line(handle_of(account, host)));
  if (author.name().empty()) author.set_name(plain_line(account["username"].view()));
  if (is_http_url(account["url"].view())) author.set_url(account["url"].text());
  return author;
}

Account mastodon_profile(Json account, std::string_view host) {
  Account profile;
  const Author author = mastodon_author(account, host);
  profile.set_title(author.name());
  profile.set_handle(author.handle());
  profile.set_url(author.url());
  profile.set_description(status_html_to_text(account["note"].view(), author.url()).text);
  const std::string moved = account["moved"]["url"].text();
  if (is_http_url(moved)) (*profile.mutable_details())["moved_to"] = moved;
  return profile;
}

absl::StatusOr<Item> mastodon_item(Json status, std::string_view host) {
  if (!status.is_object()) return absl::InvalidArgumentError("not a status: no JSON object");
  const std::string_view uri = status["uri"].view();
  if (uri.empty()) return absl::InvalidArgumentError("not a status: it has no uri");
  if (!status["account"].is_object()) return absl::InvalidArgumentError("not a status: it has no account");
  const std::string_view visibility = status["visibility"].view();
  if (!visibility.empty() && visibility != "public" && visibility != "unlisted") {
    return absl::PermissionDeniedError(str_cat("not a public post: its visibility is ", visibility));
  }
  Item item;
  item.set_platform(std::string(kName));
  item.set_native_id(plain_line(uri));
  item.set_url(permalink(status));
  *item.mutable_author() = mastodon_author(status["account"], host);
  if (!set_time(item.mutable_created_at(), status["created_at"].view())) {
    return absl::InvalidArgumentError(
        str_cat("created_at is no date: ",
                status["created_at"].view().substr(0, utf8_floor(status["created_at"].view(), 40))));
  }
  if (const std::string_view edited = status["edited_at"].view(); !edited.empty()) {
    if (!set_time(item.mutable_edited_at(), edited)) item.clear_edited_at();
  }
  set_engagement(status, item.mutable_engagement());
  if (const Json reblog = status["reblog"]; reblog.is_object()) {
    if (reblog["uri"].view().empty()) return absl::InvalidArgumentError("a reblog of a status without uri");
    *item.mutable_repost_of() = related_to(reblog, host);
    return item;
  }
  set_body(status, host, &item);
  set_bridge(&item);
  return item;
}

}  // namespace copytaster
