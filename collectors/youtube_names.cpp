#include "collectors/youtube_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "collectors/html_outline.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kRight =
    "a channel's address is https://www.youtube.com/@HANDLE or https://www.youtube.com/channel/UC…";
constexpr std::size_t kMostTag = 4096;
constexpr int kMostTags = 2000;

bool is_id(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const char l = ascii_lower(c);
    return (l >= 'a' && l <= 'z') || is_ascii_digit(c) || c == '-' || c == '_';
  });
}

bool is_youtube_host(std::string_view host) {
  for (const std::string_view before : {"www.", "m."}) {
    if (consume_prefix(&host, before)) break;
  }
  return host == "youtube.com";
}

// Handles exist in many scripts: letters and digits of any, '_', '-', '.' (support.google.com/youtube
// answer 11585688), at most 30 of them. What must not be in one is what would leave the path.
bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 120 && is_valid_utf8(name) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte >= 0x80 || is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
                  c == '_' || c == '-' || c == '.';
         });
}

absl::Status no_channel(std::string_view what) {
  return absl::InvalidArgumentError(str_cat("not a YouTube channel but ", what, ": ", kRight));
}

Account account_of(std::string_view key, std::string_view value, std::string_view path) {
  Account account;
  account.set_platform("youtube");
  const std::string name = key == "channel" ? std::string(value) : ascii_lower(value);
  const std::string_view kind = key == "user" ? "user/" : key == "custom" ? "c/" : "";
  account.set_id(str_cat("youtube:", kind, name));
  account.set_handle(name);
  account.set_profile_url(str_cat("https://www.youtube.com/", path, percent_encode(name)));
  (*account.mutable_details())[std::string(key)] = name;
  return account;
}

absl::StatusOr<Account> account_at(const std::vector<std::string>& path) {
  if (path.empty()) return no_channel("the site itself");
  const std::string& first = path[0];
  if (first.starts_with('@')) {
    if (!is_name(std::string_view(first).substr(1))) return no_channel("something else");
    Account account = account_of("handle", first, "");
    account.set_profile_url(str_cat("https://www.youtube.com/@", percent_encode(account.handle().substr(1))));
    return account;
  }
  const std::string second = path.size() > 1 ? path[1] : "";
  if (first == "channel") {
    if (is_youtube_channel_id(second)) return account_of("channel", second, "channel/");
    return no_channel("something else (a channel's id is UC and 22 letters)");
  }
  if (first == "user" && is_name(second)) return account_of("user", second, "user/");
  if (first == "c" && is_name(second)) return account_of("custom", second, "c/");
  if (first == "watch" || first == "shorts" || first == "live" || first == "embed" || first == "v") {
    return no_channel("a video");
  }
  if (first == "playlist") return no_channel("a playlist");
  return no_channel("another page");
}

std::string id_at_end(std::string_view url, std::string_view before) {
  const std::size_t at = url.find(before);
  if (at == std::string_view::npos) return "";
  const std::string_view id = url.substr(at + before.size()).substr(0, 24);
  return is_youtube_channel_id(id) ? std::string(id) : "";
}

}  // namespace

bool is_youtube_channel_id(std::string_view id) {
  return id.size() == 24 && id.starts_with("UC") && is_id(id);
}

bool is_youtube_video_id(std::string_view id) { return !id.empty() && id.size() <= 64 && is_id(id); }

std::string uploads_of(std::string_view channel_id) {
  return str_cat("UU", channel_id.substr(std::min<std::size_t>(2, channel_id.size())));
}

std::string youtube_channel_url(std::string_view channel_id) {
  return str_cat("https://www.youtube.com/channel/", channel_id);
}

std::string youtube_video_url(std::string_view video_id) {
  return str_cat("https://www.youtube.com/watch?v=", video_id);
}

absl::StatusOr<Account> youtube_account(std::string_view profile_url) {
  const auto url = pasted_url(profile_url);
  if (!url || (url->scheme != "https" && url->scheme != "http")) {
    return absl::NotFoundError("no address of YouTube");
  }
  if (url->host == "youtu.be") return no_channel("a video");
  if (!is_youtube_host(url->host)) return absl::NotFoundError("no address of YouTube");
  const std::vector<std::string> path = path_segments(*url);
  // The feed itself is read as any feed, where somebody wants it so.
  if (!path.empty() && path[0] == "feeds") return absl::NotFoundError("a feed");
  return account_at(path);
}

std::string channel_id_on_page(std::string_view html) {
  std::string canonical, feed, identifier;
  int tags = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view rest = html.substr(at, kMostTag);
    if (!rest.starts_with("<link ") && !rest.starts_with("<meta ")) continue;
    if (++tags > kMostTags) break;
    const auto page = HtmlOutline::read(rest.substr(0, rest.find('>') + 1));
    if (!page.ok() || page->elements().empty()) continue;
    const HtmlElement& tag = page->elements().front();
    const std::string href = attribute_of(tag, "href");
    const std::string rel = attribute_of(tag, "rel");
    if (canonical.empty() && rel == "canonical") canonical = id_at_end(href, "youtube.com/channel/");
    if (feed.empty() && rel == "alternate") feed = id_at_end(href, "/feeds/videos.xml?channel_id=");
    const std::string property = attribute_of(tag, "itemprop");
    if (identifier.empty() && (property == "identifier" || property == "channelId")) {
      identifier = id_at_end(attribute_of(tag, "content"), "");
    }
  }
  return !canonical.empty() ? canonical : !feed.empty() ? feed : identifier;
}

}  // namespace copytaster
