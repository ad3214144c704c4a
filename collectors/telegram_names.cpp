#include "collectors/telegram_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kRight = "a public channel's address is https://t.me/CHANNEL";

// First segments that are no names (core.telegram.org/api/links).
bool is_reserved(std::string_view segment) {
  static constexpr std::array<std::string_view, 21> kWords = {
      "addemoji", "addlist",      "addstickers", "addtheme",    "auction", "bg",    "boost",
      "call",     "confirmphone", "contact",     "giftcode",    "invoice", "iv",    "joinchat",
      "login",    "nft",          "proxy",       "setlanguage", "share",   "socks", "stars"};
  return std::find(kWords.begin(), kWords.end(), segment) != kWords.end();
}

bool is_telegram_host(std::string_view host) {
  consume_prefix(&host, "www.");
  return host == "t.me" || host == "telegram.me" || host == "telegram.dog";
}

// "name.t.me" is t.me/name, too.
std::string name_in_host(std::string_view host) {
  for (const std::string_view site : {".t.me", ".telegram.me"}) {
    std::string_view name = host;
    if (consume_suffix(&name, site) && name != "www") return std::string(name);
  }
  return "";
}

absl::Status no_profile(std::string_view what) {
  return absl::InvalidArgumentError(str_cat("not a Telegram channel but ", what, ": ", kRight));
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  if (digits.empty() || digits.size() > 18 || !std::all_of(digits.begin(), digits.end(), is_ascii_digit)) {
    return std::nullopt;
  }
  const auto number = parse_number<std::int64_t>(digits);
  return number && *number > 0 ? number : std::nullopt;
}

std::vector<std::string> telegram_path(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed || !is_telegram_host(parsed->host)) return {};
  std::vector<std::string> path = path_segments(*parsed);
  if (path.size() > 1 && path[0] == "s") path.erase(path.begin());
  return path;
}

}  // namespace

std::string TelegramPostId::native_id() const { return str_cat(channel, "/", number); }
std::string TelegramPostId::url() const { return str_cat("https://t.me/", channel, "/", number); }

bool is_telegram_name(std::string_view name) {
  if (name.size() < 4 || name.size() > 32) return false;
  const auto is_letter = [](char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; };
  return is_letter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
           return is_letter(c) || is_ascii_digit(c) || c == '_';
         });
}

std::optional<TelegramPostId> telegram_post_id(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || !is_telegram_name(text.substr(0, slash))) return std::nullopt;
  const auto number = number_of(text.substr(slash + 1));
  if (!number) return std::nullopt;
  return TelegramPostId{ascii_lower(text.substr(0, slash)), *number};
}

std::optional<TelegramPostId> telegram_post_of(std::string_view url) {
  const std::vector<std::string> path = telegram_path(url);
  return path.size() == 2 ? telegram_post_id(str_cat(path[0], "/", path[1])) : std::nullopt;
}

std::string telegram_name_of(std::string_view url) {
  const std::vector<std::string> path = telegram_path(url);
  const bool named = !path.empty() && is_telegram_name(path[0]) && !is_reserved(ascii_lower(path[0]));
  return named ? ascii_lower(path[0]) : "";
}

absl::StatusOr<Account> telegram_account(std::string_view profile_url) {
  const auto url = pasted_url(profile_url);
  if (!url || (url->scheme != "https" && url->scheme != "http")) {
    return absl::NotFoundError("no address of Telegram");
  }
  std::vector<std::string> path = path_segments(*url);
  if (const std::string name = name_in_host(url->host); !name.empty()) {
    path.insert(path.begin(), name);
  } else if (!is_telegram_host(url->host)) {
    return absl::NotFoundError("no address of Telegram");
  }
  if (path.size() > 1 && path[0] == "s") path.erase(path.begin());
  if (path.empty()) return no_profile("the site itself");
  const std::string first = ascii_lower(path[0]);
  if (first.starts_with('+') || first == "joinchat") return no_profile("an invitation to a private chat");
  if (first == "c") return no_profile("a private chat, whose posts are for its members");
  if (is_reserved(first)) return no_profile(str_cat("t.me/", first));
  if (!is_telegram_name(first)) {
    return no_profile("something else (a name has 4 to 32 letters, digits and underscores)");
  }
  if (path.size() > 1) return no_profile("one of its posts");
  Account account;
  account.set_platform("telegram");
  account.set_id(str_cat("telegram:", first));
  account.set_handle(first);
  account.set_profile_url(str_cat("https://t.me/", first));
  return account;
}

}  // namespace copytaster
