#include "collectors/elsewhere.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// Where in the path of a profile URL its name stands.
enum class Name {
  kFirst,      // /NAME
  kAt,         // /@NAME alone
  kAtOrFirst,  // /@NAME or /NAME
  kPath,       // two segments: /in/NAME; `words` are the first
};

struct Platform {
  std::string_view name, label, shape;
  std::array<std::string_view, 4> hosts;  // and what ends in "." and one of them
  Name where;
  std::array<std::string_view, 6> words;  // kPath: first segments of profiles; else: no profiles
};

constexpr Platform kPlatforms[] = {
    {"x",
     "X",
     "https://x.com/NAME",
     {"x.com", "twitter.com"},
     Name::kAtOrFirst,
     {"search", "hashtag", "intent", "share", "home", "explore"}},
    {"instagram",
     "Instagram",
     "https://www.instagram.com/NAME/",
     {"instagram.com"},
     Name::kAtOrFirst,
     {"p", "reel", "reels", "stories", "explore", "tv"}},
    {"threads", "Threads", "https://www.threads.net/@NAME", {"threads.net", "threads.com"}, Name::kAt, {}},
    {"telegram",
     "Telegram",
     "https://t.me/NAME",
     {"t.me", "telegram.me", "telegram.dog"},
     Name::kAtOrFirst,
     {"c", "joinchat", "share", "addstickers", "proxy", "iv"}},
    {"youtube",
     "YouTube",
     "https://www.youtube.com/@NAME",
     {"youtube.com", "youtu.be"},
     Name::kAt,
     {"channel", "user", "c"}},
    {"tiktok", "TikTok", "https://www.tiktok.com/@NAME", {"tiktok.com"}, Name::kAt, {}},
    {"linkedin",
     "LinkedIn",
     "https://www.linkedin.com/in/NAME",
     {"linkedin.com"},
     Name::kPath,
     {"in", "company", "school", "showcase", "pub"}},
    {"vk",
     "VK",
     "https://vk.com/NAME",
     {"vk.com", "vkontakte.ru", "vk.ru"},
     Name::kFirst,
     {"feed", "search", "video", "wall", "away.php", "login"}},
    {"ok",
     "Odnoklassniki",
     "https://ok.ru/NAME",
     {"ok.ru", "odnoklassniki.ru"},
     Name::kFirst,
     {"feed", "search", "video", "dk"}},
    {"weibo",
     "Weibo",
     "https://weibo.com/NAME",
     {"weibo.com", "weibo.cn"},
     Name::kFirst,
     {"search", "login.php", "tv", "status", "detail"}},
    {"whatsapp",
     "WhatsApp",
     "https://whatsapp.com/channel/ID",
     {"whatsapp.com", "wa.me"},
     Name::kPath,
     {"channel"}},
    {"twitch",
     "Twitch",
     "https://www.twitch.tv/NAME",
     {"twitch.tv"},
     Name::kFirst,
     {"videos", "directory", "search"}},
    {"snapchat", "Snapchat", "https://www.snapchat.com/add/NAME", {"snapchat.com"}, Name::kPath, {"add"}},
};

const Platform* platform_of_host(std::string_view host) {
  for (const Platform& platform : kPlatforms) {
    for (const std::string_view known : platform.hosts) {
      if (known.empty()) break;
      if (host == known || (host.ends_with(known) && host[host.size() - known.size() - 1] == '.'))
        return &platform;
    }
  }
  return nullptr;
}

const Platform* platform_named(std::string_view name) {
  for (const Platform& platform : kPlatforms) {
    if (platform.name == name) return &platform;
  }
  return nullptr;
}

bool is_among(std::span<const std::string_view> words, std::string_view word) {
  return !word.empty() && std::find(words.begin(), words.end(), ascii_lower(word)) != words.end();
}

// What may stand in a name on any of them: letters of any script, digits, and few marks.
bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 200 && is_valid_utf8(name) &&
         name.find_first_not_of('.') != std::string_view::npos &&
         std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
                  std::string_view("?#%&=<>\"'\\@:,;/").find(c) != std::string_view::npos;
         });
}

Account make_account(const Platform& platform, std::string_view handle, std::string_view url) {
  Account account;
  account.set_platform(std::string(platform.name));
  account.set_handle(std::string(handle));
  account.set_id(str_cat(platform.name, ":", ascii_lower(handle)));
  account.set_profile_url(std::string(url));
  return account;
}

// "https://www.linkedin.com/in/NAME" with the name put in.
std::string shaped(std::string_view shape, std::string_view name) {
  // t.me/+CODE is an invitation to a closed channel.
  const std::string encoded = replace_all(percent_encode(name), "%2B", "+");
  return str_cat(shape.substr(0, shape.find("NAME")), encoded, shape.ends_with('/') ? "/" : "");
}

// Names that are numbers or stand below a word: the URL's own path is the account's.
Account below_a_word(const Platform& platform, std::string_view first, std::string_view name) {
  const std::string_view origin = platform.shape.substr(0, platform.shape.find('/', 8));
  const std::string word = ascii_lower(first);
  const bool is_number = word == "channel";
  Account account = make_account(platform, is_number ? std::string(name) : str_cat(word, "/", name),
                                 str_cat(origin, "/", word, "/", percent_encode(name)));
  // A channel's number tells capitals apart, a name does not.
  if (is_number) account.set_id(str_cat(platform.name, ":", name));
  return account;
}

absl::StatusOr<Account> no_profile(const Platform& platform) {
  return absl::InvalidArgumentError(
      str_cat("a page of ", platform.label, ", not a profile: write ", platform.shape));
}

}  // namespace

bool is_host_elsewhere(std::string_view host) { return platform_of_host(host) != nullptr; }

absl::StatusOr<Account> account_elsewhere(std::string_view profile_url) {
  std::string_view text = strip_space(profile_url);
  const bool called_feed = consume_prefix(&text, "feed:");
  const auto url =
      pasted_url(called_feed && text.starts_with("//") ? str_cat("http:", text) : std::string(text));
  if (!url || (url->scheme != "https" && url->scheme != "http"))
    return absl::NotFoundError("not a web address");
  const Platform* platform = platform_of_host(url->host);
  if (platform == nullptr) return absl::NotFoundError("not a platform that is known");
  std::vector<std::string> path = path_segments(*url);
  // twitter.com/#!/NAME, as it was once written
  std::string_view fragment = url->fragment;
  if (path.empty() && consume_prefix(&fragment, "!/"))
    path.emplace_back(fragment.substr(0, fragment.find('/')));
  if (path.empty()) return no_profile(*platform);
  if (platform->name == "youtube" && path[0] == "feeds") return absl::NotFoundError("a feed");
  if (platform->name == "telegram" && path[0] == "s") path.erase(path.begin());  // its page for the web
  if (path.empty()) return no_profile(*platform);
  const bool by_word = platform->where == Name::kPath || platform->name == "youtube";
  if (by_word && path.size() >= 2 && is_among(platform->words, path[0]) && is_name(path[1]))
    return below_a_word(*platform, path[0], path[1]);
  // Accounts without a name of their own: x.com/i/user/ID, ok.ru/profile/ID, weibo.com/u/ID.
  if (platform->name == "x" && path.size() == 3 && path[0] == "i" && path[1] == "user" && is_name(path[2]))
    return make_account(*platform, str_cat("i/user/", path[2]), str_cat("https://x.com/i/user/", path[2]));
  const bool numbered = (platform->name == "ok" && (path[0] == "profile" || path[0] == "group")) ||
                        (platform->name == "weibo" && path[0] == "u");
  if (numbered && path.size() >= 2 && is_name(path[1])) return below_a_word(*platform, path[0], path[1]);
  std::string_view name = path[0];
  const bool at = consume_prefix(&name, "@");
  if (platform->where == Name::kPath || (platform->where == Name::kAt && !at) || path.size() > 2 ||
      !is_name(name) || is_among(platform->words, name) || name == "i")
    return no_profile(*platform);
  return make_account(*platform, name, shaped(platform->shape, name));
}

std::string_view label_elsewhere(std::string_view platform) {
  const Platform* known = platform_named(platform);
  return known == nullptr ? std::string_view() : known->label;
}

std::string_view shape_elsewhere(std::string_view platform) {
  const Platform* known = platform_named(platform);
  return known == nullptr ? std::string_view() : known->shape;
}

}  // namespace copytaster
