#include "rehearsal/picture_paths.h"

#include <algorithm>
#include <set>
#include <utility>

#include "rehearsal/ids.h"
#include "rehearsal/stage.h"
#include "rehearsal/youtube_feed.h"

namespace copytaster::rehearsal {
namespace {

Rendition rendition_of(const PostPicture& picture, bool small, bool with_words) {
  return {picture.image, picture.crop, picture.quality, small, with_words};
}

// "117020566092" as Paperclip spreads it: 117/020/566/092.
std::string in_threes(std::string_view id) {
  std::string out;
  for (std::size_t i = 0; i < id.size(); i += 3) str_append(&out, i == 0 ? "" : "/", id.substr(i, 3));
  return out;
}

}  // namespace

std::string facebook_picture_path(const Post& post, const PostPicture& picture, std::size_t index) {
  const std::string id = facebook_photo_id(post, index);
  return str_cat("/v/t39.30808-6/", id, "_",
                 lot(str_cat(id, rendition_of(picture, false, false).name()), 10'000'000'000), "_n.jpg");
}

std::string bluesky_picture_cid(const PostPicture& picture) {
  return bluesky_blob_cid(rendition_of(picture, false, false).name());
}

std::string bluesky_picture_path(const Post& post, const PostPicture& picture, bool small) {
  return str_cat("/img/", small ? "feed_thumbnail" : "feed_fullsize", "/plain/", bluesky_did(*post.account),
                 "/", bluesky_picture_cid(picture), "@jpeg");
}

std::string mastodon_picture_path(const Post& post, const PostPicture& picture, std::size_t index,
                                  std::string_view instance, bool small) {
  const bool own = instance == post.account->host;
  return str_cat(own ? "/system/" : "/system/cache/", "media_attachments/files/",
                 in_threes(mastodon_media_id(post, index, instance)), small ? "/small/" : "/original/",
                 short_hash(rendition_of(picture, false, false).name()), ".jpg");
}

std::string x_picture_path(const Post& post, const PostPicture& picture, std::size_t index) {
  return str_cat(
      "/media/",
      short_hash(str_cat(x_media_key(post, picture, index), rendition_of(picture, false, false).name())),
      ".jpg");
}

std::string telegram_picture_path(const Post& post, const PostPicture& picture, std::size_t index) {
  return str_cat("/file/", short_hash(str_cat(post.key, "#", index)),
                 short_hash(rendition_of(picture, false, false).name()), ".jpg");
}

std::string youtube_picture_path(const Post& post, const PostPicture& picture) {
  return str_cat("/vi/", youtube_video_id(post), "/",
                 short_hash(rendition_of(picture, true, false).name()).substr(0, 8), ".jpg");
}

std::string feed_picture_path(const Post& post, const PostPicture& picture, std::size_t index) {
  return str_cat("/media/2022/04/", picture.image, "-",
                 short_hash(str_cat(post.key, index, rendition_of(picture, false, true).name())).substr(0, 6),
                 ".jpg");
}

PicturePaths::PicturePaths(const Day& day) {
  std::set<std::string_view> instances;
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform == Platform::kMastodon) instances.insert(account.host);
  }
  for (const Post& post : day.posts) {
    for (const PostVersion& version : post.versions) {
      for (std::size_t i = 0; i < version.pictures.size(); ++i) {
        const PostPicture& picture = version.pictures[i];
        const auto put = [&](std::string_view host, std::string path, bool small, bool with_words = false) {
          add(host, std::move(path), version, post, rendition_of(picture, small, with_words));
        };
        const Platform platform = post.account->platform;
        if (platform == Platform::kFacebook || platform == Platform::kInstagram ||
            platform == Platform::kThreads) {
          put(kFacebookPictureHost, facebook_picture_path(post, picture, i), false);
        } else if (post.account->platform == Platform::kX) {
          put(kXPictureHost, x_picture_path(post, picture, i), false);
        } else if (post.account->platform == Platform::kTelegram) {
          put(kTelegramPictureHost, telegram_picture_path(post, picture, i), false);
        } else if (post.account->platform == Platform::kYoutube) {
          put(kYoutubePictureHost, youtube_picture_path(post, picture), true);
        } else if (post.account->platform == Platform::kFeed) {
          put(post.account->host, feed_picture_path(post, picture, i), false, true);
        }
        for (const bool small : {false, true}) {
          if (post.account->platform == Platform::kBluesky) {
            put(kBlueskyPictureHost, bluesky_picture_path(post, picture, small), small);
          }
          if (post.account->platform != Platform::kMastodon) continue;
          for (const std::string_view instance : instances)
            put(instance, mastodon_picture_path(post, picture, i, instance, small), small);
        }
      }
    }
  }
}

void PicturePaths::add(std::string_view host, std::string path, const PostVersion& version, const Post& post,
                       Rendition rendition) {
  // The same blob may be in two posts: there as long as one of them is.
  Entry& entry = entries_[str_cat(host, path)];
  const bool first = entry.rendition.scene.empty();
  entry.from = first ? version.at : std::min(entry.from, version.at);
  entry.until = first ? post.delete_at : std::max(entry.until, post.delete_at);
  entry.rendition = std::move(rendition);
}

const Rendition* PicturePaths::find(std::string_view host, std::string_view path, absl::Time now) const {
  const auto found = entries_.find(str_cat(host, path));
  if (found == entries_.end() || now < found->second.from || now >= found->second.until) return nullptr;
  return &found->second.rendition;
}

}  // namespace copytaster::rehearsal
