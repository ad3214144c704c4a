#include "rehearsal/mastodon_status_json.h"

#include <algorithm>

#include "core/strings.h"
#include "core/text.h"
#include "rehearsal/ids.h"
#include "rehearsal/marks.h"
#include "rehearsal/picture_paths.h"

namespace copytaster::rehearsal {
namespace {

std::string iso(absl::Time when) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", when, absl::UTCTimeZone());
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
        out += "<br />";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// app/lib/text_formatter.rb: the scheme and all behind 30 characters are hidden, not removed.
std::string link_html(std::string_view url) {
  std::string_view shown = url;
  const std::string_view scheme = url.substr(0, url.find("//") + 2);
  shown.remove_prefix(scheme.size());
  const std::size_t cut = utf8_floor(shown, byte_of_code_point(shown, 30));
  const std::string_view rest = shown.substr(cut);
  return str_cat("<a href=\"", escape(url),
                 "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">",
                 scheme, "</span><span class=\"", rest.empty() ? "" : "ellipsis", "\">",
                 escape(shown.substr(0, cut)), "</span><span class=\"invisible\">", escape(rest),
                 "</span></a>");
}

std::string hashtag_html(std::string_view tag, std::string_view instance) {
  return str_cat("<a href=\"https://", instance, "/tags/", escape(tag),
                 "\" class=\"mention hashtag\" rel=\"tag\">#<span>", escape(tag), "</span></a>");
}

std::string account_url(const PlayedAccount& account) {
  return str_cat("https://", account.host, "/@", account.handle);
}

// "name@host" of somebody on stage; a name alone is nobody's.
const PlayedAccount* find_mention(const Day& day, std::string_view name) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform == Platform::kMastodon &&
        equals_ignore_case(str_cat(account.handle, "@", account.host), name))
      return &account;
  }
  return nullptr;
}

std::string mention_html(const PlayedAccount& account) {
  return str_cat("<span class=\"h-card\" translate=\"no\"><a href=\"", account_url(account),
                 "\" class=\"u-url mention\">@<span>", account.handle, "</span></a></span>");
}

std::string paragraph_html(const Day& day, std::string_view text, std::string_view instance) {
  std::string out;
  std::size_t at = 0;
  for (const Mark& mark : find_marks(text)) {
    const std::string_view words = mark.in(text);
    const PlayedAccount* mentioned =
        mark.kind == Mark::kMention ? find_mention(day, words.substr(1)) : nullptr;
    if (mark.kind == Mark::kMention && mentioned == nullptr) continue;
    out += escape(text.substr(at, mark.begin - at));
    at = mark.end;
    if (mark.kind == Mark::kLink) out += link_html(words);
    if (mark.kind == Mark::kHashtag) out += hashtag_html(words.substr(1), instance);
    if (mentioned != nullptr) out += mention_html(*mentioned);
  }
  return out + escape(text.substr(at));
}

}  // namespace

std::string mastodon_status_uri(const Post& post) {
  const PlayedAccount& account = *post.account;
  return str_cat("https://", account.host, "/users/", account.handle, "/statuses/",
                 mastodon_status_id(post, account.host));
}

std::string mastodon_html(const Day& day, std::string_view text, std::string_view instance) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    str_append(&out, "<p>", paragraph_html(day, text.substr(0, end), instance), "</p>");
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return out;
}

bool is_mastodon_live(const Post& post, absl::Time now) {
  return live_at(post, now) && (post.reshare_of == nullptr || live_at(*post.reshare_of, now));
}

std::string MastodonWriter::acct(const PlayedAccount& account) const {
  return account.host == instance_ ? account.handle : str_cat(account.handle, "@", account.host);
}

void MastodonWriter::account(const PlayedAccount& account) {
  const std::string missing = str_cat("https://", instance_, "/avatars/original/missing.png");
  std::uint64_t count = 0;
  for (const Post* post : account.posts) count += is_mastodon_live(*post, now_) ? 1 : 0;
  out_->begin_object().member("id", mastodon_account_id(account, instance_));
  out_->member("username", account.handle).member("acct", acct(account)).member("display_name", account.name);
  out_->member("locked", false).member("bot", false).member("discoverable", true).member("indexable", true);
  out_->member("group", false).member("created_at", "2018-03-01T00:00:00.000Z");
  out_->member("note", str_cat("<p>", escape(day_.notice), "</p>")).member("url", account_url(account));
  out_->member("uri", str_cat("https://", account.host, "/users/", account.handle));
  out_->member("avatar", missing).member("avatar_static", missing);
  out_->member("header", missing).member("header_static", missing);
  out_->member("followers_count", 400 + lot(account.url, 90'000))
      .member("following_count", lot(account.url, 300));
  out_->member("statuses_count", count).key("last_status_at").raw("null");
  out_->member("noindex", false);
  for (const std::string_view name : {"emojis", "roles", "fields"}) out_->key(name).begin_array().end_array();
  out_->end_object();
}

void MastodonWriter::tags(std::string_view text) {
  out_->key("tags").begin_array();
  StringSet seen;
  for (const Mark& mark : find_marks(text)) {
    if (mark.kind != Mark::kHashtag) continue;
    const std::string tag = lower_case(mark.in(text).substr(1));
    if (!seen.insert(tag).second) continue;
    out_->begin_object().member("name", tag).member("url", str_cat("https://", instance_, "/tags/", tag));
    out_->end_object();
  }
  out_->end_array();
}

void MastodonWriter::mention(const PlayedAccount& account) {
  out_->begin_object().member("id", mastodon_account_id(account, instance_));
  out_->member("username", account.handle).member("url", account_url(account));
  out_->member("acct", acct(account)).end_object();
}

void MastodonWriter::mentions(const Live& live) {
  const std::string_view text = live.version->text;
  out_->key("mentions").begin_array();
  for (const Mark& mark : find_marks(text)) {
    if (mark.kind != Mark::kMention) continue;
    if (const PlayedAccount* account = find_mention(day_, mark.in(text).substr(1))) mention(*account);
  }
  out_->end_array();
}

void MastodonWriter::attachments(const Post& post, const PostVersion& version) {
  out_->key("media_attachments").begin_array();
  for (std::size_t i = 0; i < version.pictures.size(); ++i) {
    const PostPicture& picture = version.pictures[i];
    const auto url = [&](std::string_view host, bool small) {
      return str_cat("https://", host, mastodon_picture_path(post, picture, i, host, small));
    };
    out_->begin_object().member("id", mastodon_media_id(post, i, instance_)).member("type", "image");
    out_->member("url", url(instance_, false)).member("preview_url", url(instance_, true)).key("remote_url");
    if (post.account->host == instance_) {
      out_->raw("null");
    } else {
      out_->value(url(post.account->host, false));
    }
    out_->key("preview_remote_url").raw("null").key("text_url").raw("null").key("meta").begin_object();
    for (const bool small : {false, true}) {
      const Size size = size_of({picture.image, picture.crop, picture.quality, small, false});
      out_->key(small ? "small" : "original").begin_object().member("width", size.width);
      out_->member("height", size.height).member("size", str_cat(size.width, "x", size.height));
      out_->member("aspect", static_cast<double>(size.width) / size.height).end_object();
    }
    out_->end_object().key("description");
    if (picture.alt.empty()) {
      out_->raw("null");
    } else {
      out_->value(picture.alt);
    }
    out_->member("blurhash", "UCI#~[xu00D%00RjRjM{00ay~qof~qWBRjof").end_object();
  }
  out_->end_array();
}

// A status inside of another; null when there is none.
void MastodonWriter::related(std::string_view name, const Post* post, std::string_view before) {
  out_->key(name);
  const auto live = post == nullptr ? std::nullopt : live_at(*post, now_);
  if (!live) {
    out_->raw("null");
    return;
  }
  if (!before.empty()) out_->begin_object().member("state", "accepted").key(before);
  status(*live);
  if (!before.empty()) out_->end_object();
}

void MastodonWriter::status(const Live& live) {
  const Post& post = *live.post;
  const std::string id = mastodon_status_id(post, instance_);
  const bool is_boost = post.reshare_of != nullptr;
  const auto text_or_null = [&](std::string_view name, const std::string& text) {
    out_->key(name);
    if (text.empty()) {
      out_->raw("null");
    } else {
      out_->value(text);
    }
  };
  out_->begin_object().member("id", id).member("created_at", iso(post.at));
  text_or_null("in_reply_to_id", post.reply_to ? mastodon_status_id(*post.reply_to, instance_) : "");
  text_or_null("in_reply_to_account_id",
               post.reply_to ? mastodon_account_id(*post.reply_to->account, instance_) : "");
  out_->member("sensitive", false).member("spoiler_text", "").member("visibility", "public");
  text_or_null("language", is_boost ? "" : post.language);
  const std::string uri =
      is_boost ? str_cat(mastodon_status_uri(post), "/activity") : mastodon_status_uri(post);
  out_->member("uri", uri);
  out_->member("url", is_boost ? uri
                               : str_cat(account_url(*post.account), "/",
                                         mastodon_status_id(post, post.account->host)));
  out_->member("replies_count", lot(str_cat(post.key, "c"), 40))
      .member("reblogs_count", lot(str_cat(post.key, "s"), 90));
  out_->member("favourites_count", lot(str_cat(post.key, "l"), 400)).member("quotes_count", 0);
  text_or_null("edited_at", live.edited() ? iso(live.version->at) : "");
  const Live shown = is_boost ? live_at(*post.reshare_of, now_).value_or(live) : live;
  out_->member("content", mastodon_html(day_, shown.version->text, shown.post->account->host))
      .key("filtered")
      .begin_array()
      .end_array();
  related("reblog", post.reshare_of, "");
  out_->key("application").begin_object().member("name", "Web").key("website").raw("null").end_object();
  out_->key("account");
  account(*post.account);
  // A boost repeats its original's content, and nothing else of it.
  attachments(post, *live.version);
  mentions(live);
  tags(live.version->text);
  out_->key("emojis").begin_array().end_array();
  related("quote", post.quote_of, "quoted_status");
  out_->key("card").raw("null").key("poll").raw("null").end_object();
}

void MastodonWriter::edit(const Post& post, const PostVersion& version) {
  out_->begin_object()
      .member("content", mastodon_html(day_, version.text, post.account->host))
      .member("spoiler_text", "");
  out_->member("sensitive", false).member("created_at", iso(version.at)).key("account");
  account(*post.account);
  attachments(post, version);
  out_->key("emojis").begin_array().end_array().end_object();
}

}  // namespace copytaster::rehearsal
