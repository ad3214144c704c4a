#include "app/officials_accounts.h"

#include "collectors/elsewhere.h"
#include "core/strings.h"
#include "core/url.h"
#include "desk/source_list.h"

namespace copytaster {
namespace {

struct Alias {
  std::string_view column, platform;
};

constexpr Alias kColumns[] = {
    {"x", "x"},
    {"twitter", "x"},
    {"xtwitter", "x"},
    {"twitterx", "x"},
    {"facebook", "facebook"},
    {"fb", "facebook"},
    {"facebookpage", "facebook"},
    {"instagram", "instagram"},
    {"ig", "instagram"},
    {"insta", "instagram"},
    {"threads", "threads"},
    {"telegram", "telegram"},
    {"tg", "telegram"},
    {"youtube", "youtube"},
    {"yt", "youtube"},
    {"youtubechannel", "youtube"},
    {"youtubeid", "youtube"},
    {"tiktok", "tiktok"},
    {"linkedin", "linkedin"},
    {"bluesky", "bluesky"},
    {"bsky", "bluesky"},
    {"mastodon", "mastodon"},
    {"fediverse", "mastodon"},
    {"feed", "feed"},
    {"rss", "feed"},
    {"rssfeed", "feed"},
    {"feedurl", "feed"},
    {"atom", "feed"},
    {"vk", "vk"},
    {"vkontakte", "vk"},
    {"weibo", "weibo"},
    {"whatsapp", "whatsapp"},
    {"twitch", "twitch"},
    {"snapchat", "snapchat"},
};

std::string_view prefix_of(std::string_view platform, std::string_view name) {
  if (platform == "facebook") return "https://www.facebook.com/";
  if (platform == "bluesky") return "https://bsky.app/profile/";
  if (platform == "mastodon") return "@";
  if (platform == "youtube" && name.starts_with("UC") && name.size() == 24)
    return "https://www.youtube.com/channel/";
  if (platform == "whatsapp") return "https://whatsapp.com/channel/";
  std::string_view shape = shape_elsewhere(platform);
  return shape.substr(0, shape.find("NAME"));
}

}  // namespace

absl::StatusOr<NamedAccount> official_account(const Collectors& collectors, std::string_view profile_url) {
  auto account = collectors.recognise(profile_url);
  // What is normalised grows by percent-encoding, and must still be read when it comes back from a file.
  if (profile_url.size() > kMaxProfileUrl || (account.ok() && account->profile_url().size() > kMaxProfileUrl))
    return absl::InvalidArgumentError(str_cat("the address has more than ", kMaxProfileUrl, " bytes"));
  if (account.ok()) return NamedAccount{*std::move(account), true};
  auto kept = account_elsewhere(profile_url);
  if (kept.ok() && collectors.find(kept->platform()) == nullptr) return NamedAccount{*std::move(kept), false};
  return account.status();
}

std::string_view platform_named_by(std::string_view column) {
  std::string key;
  for (const char c : column) {
    const char lower = ascii_lower(c);
    if ((lower >= 'a' && lower <= 'z') || is_ascii_digit(c)) key += lower;
  }
  for (const std::string_view ending : {"url", "handle", "account", "profile", "username", "link"}) {
    if (key.size() > ending.size() && key.ends_with(ending) && key != "feedurl") {
      key.erase(key.size() - ending.size());
      break;
    }
  }
  for (const Alias& alias : kColumns) {
    if (alias.column == key) return alias.platform;
  }
  return {};
}

std::string profile_url_of(std::string_view platform, std::string_view value) {
  value = strip_space(value);
  // "facebook.com/name" and "user@host" are whole already; a handle on Bluesky has dots too.
  const bool is_address = value.find("://") != std::string_view::npos ||
                          (value.find('/') != std::string_view::npos && value.find('.') < value.find('/'));
  if (is_address || platform == "feed" || value.empty()) return std::string(value);
  consume_prefix(&value, "@");
  return str_cat(prefix_of(platform, value), value, platform == "instagram" ? "/" : "");
}

void mark_not_collected(const Collectors& collectors, std::vector<Official>* officials) {
  for (Official& official : *officials) {
    for (Account& account : *official.mutable_accounts())
      if (collectors.find(account.platform()) == nullptr)
        (*account.mutable_details())[std::string(kNotCollected)] = "no collector";
  }
}

std::string platform_label(const Collectors& collectors, std::string_view platform) {
  if (const Collector* collector = collectors.find(platform); collector != nullptr)
    return platform == "feed" ? "feed" : std::string(collector->spec().label);
  const std::string_view label = label_elsewhere(platform);
  return std::string(label.empty() ? platform : label);
}

}  // namespace copytaster
