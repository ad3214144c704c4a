#include "core/item.h"

#include <array>
#include <charconv>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

// Length before bytes: no two different contents make the same input.
void add(std::string& out, std::string_view field) {
  std::array<char, 20> size;
  const auto end = std::to_chars(size.data(), size.data() + size.size(), field.size()).ptr;
  out.append(size.data(), end);
  out += ':';
  out += field;
}

std::string_view without_query(std::string_view url) { return url.substr(0, url.find_first_of("?#")); }

}  // namespace

std::string item_id(std::string_view platform, std::string_view native_id) {
  return str_cat(platform, ":", native_id);
}

std::string content_hash(const Item& item) {
  std::string all;
  all.reserve(item.title().size() + item.text().size() + 512);
  add(all, item.title());
  add(all, item.text());
  add(all, item.content_warning());
  for (const Media& media : item.media()) {
    add(all, media.native_id().empty() ? without_query(media.url()) : std::string_view(media.native_id()));
    add(all, media.alt_text());
    add(all, media.caption());
    add(all, media.credit());
  }
  add(all, item.repost_of().item_id());
  add(all, item.quote_of().item_id());
  add(all, item.reply_to().item_id());
  return sha256_hex(all);
}

std::string media_key(std::string_view item_id, std::size_t index) { return str_cat(item_id, "#", index); }

std::string_view platform_label(std::string_view platform) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kLabels = {{
      {"facebook", "Facebook"},
      {"instagram", "Instagram"},
      {"threads", "Threads"},
      {"x", "X"},
      {"bluesky", "Bluesky"},
      {"mastodon", "Mastodon"},
      {"telegram", "Telegram"},
      {"youtube", "YouTube"},
      {"feed", "its website"},
      // Brought in by hand only.
      {"web", "the web"},
      {"tiktok", "TikTok"},
      {"linkedin", "LinkedIn"},
      {"vk", "VK"},
      {"ok", "Odnoklassniki"},
      {"whatsapp", "WhatsApp"},
      {"weibo", "Weibo"},
      {"manual", "file with the newsroom"},  // "on file with the newsroom"
  }};
  for (const auto& [name, label] : kLabels) {
    if (name == platform) return label;
  }
  return platform;
}

absl::Time item_time(const Item& item) {
  return to_time(is_dated(item) ? item.created_at() : item.collected_at());
}

}  // namespace copytaster
