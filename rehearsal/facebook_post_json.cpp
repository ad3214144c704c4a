#include "rehearsal/facebook_post_json.h"

#include "absl/strings/str_format.h"
#include "core/strings.h"
#include "core/url.h"
#include "rehearsal/graph_answer.h"
#include "rehearsal/ids.h"
#include "rehearsal/picture_paths.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {
namespace {

constexpr absl::Duration kPictureLife = absl::Hours(2);

std::string page_url(const PlayedAccount& account) {
  return str_cat("https://www.facebook.com/", account.handle);
}

std::string post_url(const Post& post) {
  return str_cat(page_url(*post.account), "/posts/", facebook_post_number(post));
}

std::string photo_url(const Post& post, std::size_t index) {
  return str_cat(page_url(*post.account), "/photos/a.", facebook_page_id(*post.account), "/",
                 facebook_photo_id(post, index), "/?type=3");
}

// Links leave Facebook through its own redirector.
std::string wrapped(std::string_view url) {
  return str_cat("https://l.facebook.com/l.php?u=", percent_encode(url), "&h=AT", short_hash(url));
}

struct Attachment {
  std::string_view media_type;  // Graph API's StoryAttachment.media_type
  std::string_view type;
  std::string url;
  std::string target_id;
  std::string title;
  std::string description;
  const Live* pictures_of = nullptr;
  std::size_t picture = 0;
};

class AttachmentWriter {
 public:
  AttachmentWriter(absl::Time now, JsonWriter* out) : now_(now), out_(out) {}

  // `parts`: how many of pictures_of's pictures follow as subattachments; the album's own picture is the
  // first of them over again.
  void write(const Attachment& what, const GraphFields& fields, std::size_t parts) {
    const auto asked = [&](std::string_view name) { return fields.empty() || fields.has(name); };
    out_->begin_object();
    if (asked("media_type")) out_->member("media_type", what.media_type);
    if (asked("type")) out_->member("type", what.type);
    if (asked("media") && what.pictures_of != nullptr) write_media(*what.pictures_of, what.picture);
    if (asked("title")) out_->member_if("title", what.title);
    if (asked("description")) out_->member_if("description", what.description);
    const bool leaves = what.media_type == "link" && what.target_id.empty();
    const std::string url = leaves ? wrapped(what.url) : what.url;
    if (asked("url")) out_->member("url", url);
    if (fields.has("unshimmed_url")) out_->member("unshimmed_url", what.url);
    if (asked("target")) {
      out_->key("target").begin_object();
      out_->member_if("id", what.target_id).member("url", url).end_object();
    }
    if (parts > 0 && asked("subattachments")) {
      out_->key("subattachments").begin_object().key("data").begin_array();
      for (std::size_t i = 0; i < parts; ++i)
        write(photo(*what.pictures_of, i), fields.of("subattachments"), 0);
      out_->end_array().end_object();
    }
    out_->end_object();
  }

  static Attachment photo(const Live& live, std::size_t index) {
    return {"photo",
            "photo",
            photo_url(*live.post, index),
            facebook_photo_id(*live.post, index),
            "",
            live.version->pictures[index].caption,
            &live,
            index};
  }

 private:
  void write_media(const Live& live, std::size_t index) {
    const PostPicture& picture = live.version->pictures[index];
    const Size size = size_of({picture.image, picture.crop, picture.quality, true, false});
    out_->key("media").begin_object().key("image").begin_object();
    out_->member("height", size.height)
        .member("src", facebook_picture_url(facebook_picture_path(*live.post, picture, index), true, now_))
        .member("width", size.width)
        .end_object()
        .end_object();
  }

  absl::Time now_;
  JsonWriter* out_;
};

// What hangs on a post, as the post's own attachment or as the original's in a share.
void write_attachment(const Live& live, bool shared, const GraphFields& fields, absl::Time now,
                      JsonWriter* out) {
  const Post& post = *live.post;
  const std::size_t pictures = live.version->pictures.size();
  AttachmentWriter writer(now, out);
  Attachment what;
  if (pictures == 1) {
    what = AttachmentWriter::photo(live, 0);
    // A lone photo is its post: without a description of its own it repeats the message.
    if (what.description.empty()) what.description = live.version->text;
    if (!shared) what.title = str_cat("Photos from ", post.account->name, "'s post");
  } else if (pictures > 1) {
    what = {"album",
            "album",
            post_url(post),
            facebook_post_number(post),
            str_cat("Photos from ", post.account->name, "'s post"),
            "",
            &live,
            0};
  } else if (shared) {
    what = {"link", "share", post_url(post), facebook_post_number(post), "", "", nullptr, 0};
  } else {
    what = {"link", "share", post.links.front(), "", "", "", nullptr, 0};
  }
  if (shared) {
    what.description = live.version->text;
    if (pictures < 2) what.title = post.account->name;
  }
  writer.write(what, fields, pictures > 1 ? pictures : 0);
}

void write_summary(std::string_view name, std::uint64_t count, std::string_view more, JsonWriter* out) {
  out->key(name).begin_object().key("data").begin_array().end_array();
  out->key("summary").begin_object().member("total_count", count);
  if (!more.empty()) out->member(more, "ranked");
  out->end_object().end_object();
}

// What a share passes on, as long as it is there.
std::optional<Live> original_of(const Post& post, absl::Time now) {
  const Post* original = post.reshare_of != nullptr ? post.reshare_of : post.quote_of;
  return original == nullptr ? std::nullopt : live_at(*original, now);
}

void write_attachments(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out) {
  const Post& post = *live.post;
  const bool is_share = post.reshare_of != nullptr || post.quote_of != nullptr;
  const auto original = original_of(post, now);
  if (is_share ? !original.has_value() : live.version->pictures.empty() && post.links.empty()) return;
  out->key("attachments").begin_object().key("data").begin_array();
  write_attachment(is_share ? *original : live, is_share, fields, now, out);
  out->end_array().end_object();
}

void write_counts(const Post& post, const GraphFields& fields, JsonWriter* out) {
  if (fields.has("shares")) {
    out->key("shares").begin_object().member("count", 1 + lot(str_cat(post.key, "s"), 90)).end_object();
  }
  if (fields.has("reactions")) write_summary("reactions", 20 + lot(str_cat(post.key, "r"), 900), "", out);
  if (fields.has("comments")) write_summary("comments", lot(str_cat(post.key, "c"), 120), "order", out);
}

}  // namespace

std::string facebook_post_id(const Post& post) {
  return str_cat(facebook_page_id(*post.account), "_", facebook_post_number(post));
}

std::string facebook_signature(std::string_view path, std::string_view expires) {
  return str_cat("00_AT", short_hash(str_cat(path, "?", expires)));
}

std::string facebook_picture_url(std::string_view path, bool small, absl::Time now) {
  const std::string expires = absl::StrFormat("%X", absl::ToUnixSeconds(now + kPictureLife));
  return str_cat("https://", kFacebookPictureHost, path, small ? "?stp=dst-jpg_s720x720&" : "?",
                 "_nc_cat=103&ccb=1-5&oh=", facebook_signature(path, expires), "&oe=", expires);
}

void write_facebook_post(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out) {
  const Post& post = *live.post;
  const bool is_share = post.reshare_of != nullptr || post.quote_of != nullptr;
  const bool has_pictures = !live.version->pictures.empty();
  out->begin_object().member("id", facebook_post_id(post));
  if (fields.has("message")) out->member_if("message", live.version->text);
  if (fields.has("status_type")) {
    out->member("status_type", is_share || (!has_pictures && !post.links.empty()) ? "shared_story"
                               : has_pictures                                     ? "added_photos"
                                                                                  : "mobile_status_update");
  }
  if (is_share && fields.has("parent_id")) {
    out->member("parent_id", facebook_post_id(*(post.reshare_of ? post.reshare_of : post.quote_of)));
  }
  if (fields.has("from")) {
    out->key("from").begin_object().member("name", post.account->name);
    out->member("id", facebook_page_id(*post.account)).end_object();
  }
  if (fields.has("created_time")) out->member("created_time", graph_time(post.at));
  if (fields.has("updated_time")) out->member("updated_time", graph_time(live.version->at));
  if (fields.has("permalink_url")) out->member("permalink_url", post_url(post));
  if (fields.has("full_picture")) {
    const auto original = original_of(post, now);
    const Live& shown = original ? *original : live;
    if (!shown.version->pictures.empty()) {
      out->member("full_picture",
                  facebook_picture_url(facebook_picture_path(*shown.post, shown.version->pictures.front(), 0),
                                       true, now));
    }
  }
  if (fields.has("attachments")) write_attachments(live, fields.of("attachments"), now, out);
  write_counts(post, fields, out);
  out->end_object();
}

void write_facebook_photo(const Live& live, std::size_t index, const GraphFields& fields, absl::Time now,
                          JsonWriter* out) {
  const PostPicture& picture = live.version->pictures[index];
  out->begin_object();
  // alt_text is Facebook's guess where the author has written none.
  if (fields.has("alt_text")) {
    out->member("alt_text", picture.alt.empty() ? std::string_view("May be an image of outdoors")
                                                : std::string_view(picture.alt));
  }
  if (fields.has("alt_text_custom")) out->member_if("alt_text_custom", picture.alt);
  if (fields.has("name")) {
    const bool alone = live.version->pictures.size() == 1;
    out->member_if("name", picture.caption.empty() && alone ? live.version->text : picture.caption);
  }
  if (fields.has("images")) {
    out->key("images").begin_array();
    const std::string path = facebook_picture_path(*live.post, picture, index);
    for (const bool small : {false, true}) {
      const Size size = size_of({picture.image, picture.crop, picture.quality, small, false});
      out->begin_object()
          .member("height", size.height)
          .member("source", facebook_picture_url(path, small, now));
      out->member("width", size.width).end_object();
    }
    out->end_array();
  }
  if (fields.has("link")) out->member("link", photo_url(*live.post, index));
  out->member("id", facebook_photo_id(*live.post, index)).end_object();
}

void write_facebook_page(const PlayedAccount& account, std::string_view about, const GraphFields& fields,
                         JsonWriter* out) {
  out->begin_object();
  if (fields.empty() || fields.has("name")) out->member("name", account.name);
  if (fields.has("about")) out->member("about", about);
  if (fields.has("username")) out->member("username", account.handle);
  if (fields.has("link")) out->member("link", page_url(account));
  out->member("id", facebook_page_id(account)).end_object();
}

}  // namespace copytaster::rehearsal
