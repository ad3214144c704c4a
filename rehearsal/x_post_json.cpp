#include "rehearsal/x_post_json.h"

#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "rehearsal/ids.h"
#include "rehearsal/marks.h"
#include "rehearsal/picture_paths.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::size_t kShortText = 280;
constexpr std::size_t kRepostText = 140;

std::string iso(absl::Time when) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S.000Z", when, absl::UTCTimeZone());
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string escaped(std::string_view text) {
  return replace_all(replace_all(replace_all(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

std::string status_url(const Post& post, const PostVersion& version) {
  return str_cat("https://x.com/", post.account->handle, "/status/", x_post_id(post, version));
}

// Text as X sends it, and its entities in code points of that text.
class Body {
 public:
  explicit Body(std::string key) : key_(std::move(key)) {}

  void words(std::string_view text) {
    std::size_t at = 0;
    for (const Mark& mark : find_marks(text)) {
      put(escaped(text.substr(at, mark.begin - at)));
      at = mark.end;
      const std::string_view in = mark.in(text);
      if (mark.kind == Mark::kLink) {
        link(in, 1);
      } else if (mark.kind == Mark::kHashtag) {
        span(in, mark.in(text).substr(1), "tag", &hashtags_);
      } else {
        const std::string_view name = in.substr(1);
        name.find_first_of("@.") == std::string_view::npos ? span(in, name, "username", &mentions_) : put(in);
      }
    }
    put(escaped(text.substr(at)));
  }

  // A t.co address for `target`, told `times` times, as for several pictures.
  void link(std::string_view target, std::size_t times) {
    const std::string tco =
        str_cat("https://t.co/", short_hash(str_cat(key_, " ", links_++, " ", target)).substr(0, 10));
    const std::size_t begin = length_;
    put(tco);
    for (std::size_t i = 0; i < times; ++i) {
      open(begin, &urls_).member("url", tco).member("expanded_url", target);
      std::string_view shown = target;
      consume_prefix(&shown, "https://");
      urls_.member("display_url",
                   str_cat(shown.substr(0, utf8_floor(shown, 30)), shown.size() > 30 ? "…" : ""));
      urls_.end_object();
    }
  }

  void put(std::string_view text) {
    text_ += text;
    length_ += code_points(text);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

  void write_entities(JsonWriter* out) const {
    if (urls_.text().empty() && hashtags_.text().empty() && mentions_.text().empty()) return;
    out->key("entities").begin_object();
    for (const auto& [name, list] :
         {std::pair("urls", &urls_), std::pair("hashtags", &hashtags_), std::pair("mentions", &mentions_)}) {
      if (!list->text().empty()) out->key(name).raw(str_cat(list->text(), "]"));
    }
    out->end_object();
  }

 private:
  JsonWriter& open(std::size_t begin, JsonWriter* list) const {
    if (list->text().empty()) list->begin_array();
    list->begin_object().member("start", static_cast<std::uint64_t>(begin));
    return list->member("end", static_cast<std::uint64_t>(length_));
  }
  void span(std::string_view shown, std::string_view name, std::string_view member, JsonWriter* list) {
    const std::size_t begin = length_;
    put(shown);
    open(begin, list).member(member, name).end_object();
  }

  std::string key_;
  std::string text_;
  std::size_t length_ = 0;  // code points
  int links_ = 0;
  JsonWriter urls_, hashtags_, mentions_;
};

void write_list(std::string_view name, const std::vector<std::string>& list, JsonWriter* out) {
  if (!list.empty()) out->key(name).raw(str_cat("[", join(list, ","), "]"));
}

void write_reference(std::string_view type, const Post* other, JsonWriter* out) {
  if (other == nullptr) return;
  out->begin_object().member("type", type).member("id", x_canonical_id(*other)).end_object();
}

void write_counts(const Post& post, JsonWriter* out) {
  out->key("public_metrics").begin_object().member("retweet_count", lot(str_cat(post.key, "s"), 80));
  out->member("reply_count", lot(str_cat(post.key, "c"), 60))
      .member("like_count", lot(str_cat(post.key, "l"), 700));
  out->member("quote_count", lot(str_cat(post.key, "q"), 9)).member("bookmark_count", 0);
  out->member("impression_count", lot(str_cat(post.key, "v"), 90'000)).end_object();
}

}  // namespace

std::string x_canonical_id(const Post& post) { return x_post_id(post, post.versions.front()); }

bool is_x_live(const Post& post, absl::Time now) {
  return live_at(post, now).has_value() && (post.reshare_of == nullptr || is_x_live(*post.reshare_of, now));
}

void write_x_not_found(std::string_view type, std::string_view parameter, std::string_view value,
                       JsonWriter* out) {
  out->begin_object().member("value", value);
  out->member("detail", str_cat("Could not find ", type, " with ", parameter, ": [", value, "]."));
  out->member("title", "Not Found Error").member("resource_type", type).member("parameter", parameter);
  out->member("resource_id", value);
  out->member("type", "https://api.twitter.com/2/problems/resource-not-found").end_object();
}

XWriter::XWriter(const Question& question) : now_(question.now) {
  for (const std::string_view field : split(question.parameter("tweet.fields"), ',')) fields_.emplace(field);
  for (const std::string_view what : split(question.parameter("expansions"), ',')) expansions_.emplace(what);
}

std::string XWriter::post(const Live& live) {
  const Post& post = *live.post;
  if (expands("author_id") && known_.insert(post.account->url).second) {
    JsonWriter user;
    write_user(*post.account, "", &user);
    users_.push_back(user.text());
  }
  if (expands("attachments.media_keys")) include_media(live);
  if (expands("edit_history_tweet_ids")) include_versions(live);
  if (expands("referenced_tweets.id")) {
    for (const Post* other : {post.reshare_of, post.quote_of, post.reply_to}) refer(other);
  }
  return write(live);
}

void XWriter::refer(const Post* other) {
  if (other == nullptr || !known_.insert(str_cat("post ", other->key)).second) return;
  const auto live = live_at(*other, now_);
  if (!live) {
    JsonWriter error;
    write_x_not_found("tweet", "referenced_tweets.id", x_canonical_id(*other), &error);
    errors_.push_back(error.text());
    return;
  }
  posts_.push_back(write(*live));
  if (expands("referenced_tweets.id.attachments.media_keys")) include_media(*live);
  if (expands("referenced_tweets.id.author_id") && known_.insert(other->account->url).second) {
    JsonWriter user;
    write_user(*other->account, "", &user);
    users_.push_back(user.text());
  }
}

void XWriter::include_versions(const Live& live) {
  for (const PostVersion& version : live.post->versions) {
    if (version.at <= now_ && live.post->versions.size() > 1) posts_.push_back(write({live.post, &version}));
  }
}

void XWriter::include_media(const Live& live) {
  const auto& pictures = live.version->pictures;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::string key = x_media_key(*live.post, pictures[i], i);
    if (!known_.insert(key).second) continue;
    const Size size = size_of({pictures[i].image, pictures[i].crop, pictures[i].quality, false, false});
    JsonWriter media;
    media.begin_object().member("media_key", key).member("type", "photo");
    media.member("url", str_cat("https://", kXPictureHost, x_picture_path(*live.post, pictures[i], i)));
    media.member("width", size.width).member("height", size.height).member_if("alt_text", pictures[i].alt);
    media_.push_back(media.end_object().text());
  }
}

void XWriter::write_user(const PlayedAccount& account, std::string_view description, JsonWriter* out) const {
  out->begin_object().member("id", x_user_id(account)).member("username", account.handle);
  out->member("name", account.name).member_if("description", description).end_object();
}

void XWriter::write_body(const Live& live, JsonWriter* out) const {
  const Post& post = *live.post;
  Body body(post.key);
  if (post.reshare_of != nullptr) {
    const Live original = live_at(*post.reshare_of, now_).value_or(live);
    body.words(str_cat("RT @", original.post->account->handle, ": "));
    const std::string text = escaped(original.version->text);
    body.put(code_points(text) <= kRepostText
                 ? text
                 : str_cat(text.substr(0, byte_of_code_point(text, kRepostText)), "…"));
  } else {
    const std::string& text = live.version->text;
    const bool is_long = code_points(text) > kShortText;
    if (is_long && wants("note_tweet")) {
      Body note(str_cat(post.key, " note"));
      note.words(text);
      out->key("note_tweet").begin_object().member("text", note.text());
      note.write_entities(out);
      out->end_object();
    }
    if (is_long) {
      body.put(escaped(str_cat(text.substr(0, byte_of_code_point(text, kShortText - 25)), "… ")));
      body.link(str_cat("https://x.com/i/web/status/", x_post_id(post, *live.version)), 1);
    } else {
      body.words(text);
    }
    if (post.quote_of != nullptr) {
      body.put(" ");
      body.link(status_url(*post.quote_of, post.quote_of->versions.front()), 1);
    }
    if (!live.version->pictures.empty()) {
      body.put(" ");
      body.link(str_cat(status_url(post, *live.version), "/photo/1"), live.version->pictures.size());
    }
  }
  out->member("text", body.text());
  if (wants("entities")) body.write_entities(out);
}

std::string XWriter::write(const Live& live) const {
  const Post& post = *live.post;
  JsonWriter out;
  out.begin_object().member("id", x_post_id(post, *live.version));
  write_body(live, &out);
  out.key("edit_history_tweet_ids").begin_array();
  for (const PostVersion& version : post.versions) {
    if (version.at <= now_) out.value(x_post_id(post, version));
  }
  out.end_array();
  if (wants("author_id")) out.member("author_id", x_user_id(*post.account));
  if (wants("created_at")) out.member("created_at", iso(live.version->at));
  if (wants("lang")) out.member("lang", post.language.empty() ? "und" : post.language);
  if (wants("possibly_sensitive")) out.member("possibly_sensitive", false);
  if (wants("edit_controls")) {
    out.key("edit_controls").begin_object().member("edits_remaining", 5).member("is_edit_eligible", true);
    out.member("editable_until", iso(post.at + absl::Minutes(30))).end_object();
  }
  if (wants("in_reply_to_user_id") && post.reply_to != nullptr)
    out.member("in_reply_to_user_id", x_user_id(*post.reply_to->account));
  if (wants("referenced_tweets") &&
      (post.reshare_of != nullptr || post.quote_of != nullptr || post.reply_to != nullptr)) {
    out.key("referenced_tweets").begin_array();
    write_reference("retweeted", post.reshare_of, &out);
    write_reference("quoted", post.quote_of, &out);
    write_reference("replied_to", post.reply_to, &out);
    out.end_array();
  }
  if (wants("attachments") && !live.version->pictures.empty()) {
    out.key("attachments").begin_object().key("media_keys").begin_array();
    for (std::size_t i = 0; i < live.version->pictures.size(); ++i)
      out.value(x_media_key(post, live.version->pictures[i], i));
    out.end_array().end_object();
  }
  if (wants("public_metrics")) write_counts(post, &out);
  return out.end_object().text();
}

void XWriter::write_includes(JsonWriter* out) const {
  if (!users_.empty() || !posts_.empty() || !media_.empty()) {
    out->key("includes").begin_object();
    write_list("media", media_, out);
    write_list("users", users_, out);
    write_list("tweets", posts_, out);
    out->end_object();
  }
  write_list("errors", errors_, out);
}

}  // namespace copytaster::rehearsal
