#include "desk/draft_fields.h"

#include <algorithm>
#include <utility>

#include "core/strings.h"

namespace copytaster {
namespace {

// A sentence that rests on more is checked by nobody.
constexpr int kMaxSupport = 12;

// "0].text" of "embedded.other_captions[0].text".
std::optional<std::string_view> other_caption(const EmbeddedMetadata& embedded, std::string_view index) {
  if (!consume_suffix(&index, "].text")) return std::nullopt;
  const auto number = parse_number<int>(index);
  if (!number || *number < 0 || *number >= embedded.other_captions_size()) return std::nullopt;
  return embedded.other_captions(*number).text();
}

std::optional<std::string_view> media_field(const Media& media, std::string_view name) {
  if (name == "caption") return media.caption();
  if (name == "alt_text") return media.alt_text();
  if (name == "credit") return media.credit();
  if (name == "url") return media.url();
  if (name == "embedded.caption") return media.embedded().caption();
  if (name == "embedded.headline") return media.embedded().headline();
  if (name == "embedded.alt_text") return media.embedded().alt_text();
  if (name == "embedded.credit") return media.embedded().credit();
  if (consume_prefix(&name, "embedded.other_captions[")) return other_caption(media.embedded(), name);
  return std::nullopt;
}

template <typename MediaList>
std::optional<std::string_view> indexed_media_field(const MediaList& media, std::string_view field) {
  if (!consume_prefix(&field, "media[")) return std::nullopt;
  const std::size_t close = field.find("].");
  if (close == std::string_view::npos) return std::nullopt;
  const auto index = parse_number<int>(field.substr(0, close));
  if (!index || *index < 0 || *index >= media.size()) return std::nullopt;
  return media_field(media.Get(*index), field.substr(close + 2));
}

std::optional<std::string_view> related_field(const Related& related, std::string_view field) {
  if (field == "text") return related.text();
  return indexed_media_field(related.media(), field);
}

constexpr std::string_view kWordFields[] = {"caption", "alt_text", "embedded.caption", "embedded.headline",
                                            "embedded.alt_text"};

std::optional<Support> find_in_media(const Item& item, std::size_t index, std::string_view words) {
  const auto in_field = [&](std::string_view name) -> std::optional<Support> {
    const std::string field = str_cat("media[", index, "].", name);
    const auto bytes = field_of(item, field);
    const std::size_t at = bytes ? bytes->find(words) : std::string_view::npos;
    if (at == std::string_view::npos) return std::nullopt;
    return support_of(item, field, at, at + words.size());
  };
  for (const std::string_view name : kWordFields) {
    if (auto found = in_field(name)) return found;
  }
  const int others = item.media(static_cast<int>(index)).embedded().other_captions_size();
  for (int i = 0; i < others; ++i) {
    if (auto found = in_field(str_cat("embedded.other_captions[", i, "].text"))) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> field_of(const Item& item, std::string_view field) {
  if (field == "text") return item.text();
  if (field == "title") return item.title();
  if (field == "summary") return item.summary();
  if (field == "url") return item.url();
  if (field == "content_warning") return item.content_warning();
  if (field == "author.name") return item.author().name();
  if (consume_prefix(&field, "repost_of.")) return related_field(item.repost_of(), field);
  if (consume_prefix(&field, "quote_of.")) return related_field(item.quote_of(), field);
  return indexed_media_field(item.media(), field);
}

Support support_of(const Item& item, std::string_view field, std::size_t begin, std::size_t end) {
  Support support;
  support.set_item_id(item.id());
  support.set_version(item.version());
  support.set_field(std::string(field));
  support.set_begin(static_cast<std::uint32_t>(begin));
  support.set_end(static_cast<std::uint32_t>(end));
  support.set_url(item.url());
  return support;
}

Support support_of(const Item& item) {
  for (const std::string_view field :
       {"text", "title", "media[0].caption", "media[0].alt_text", "repost_of.text"}) {
    const auto bytes = field_of(item, field);
    if (bytes && !bytes->empty()) return support_of(item, field, 0, bytes->size());
  }
  return support_of(item, "url", 0, item.url().size());
}

std::optional<Support> find_words(const Item& item, std::size_t first, std::string_view words) {
  if (words.empty()) return std::nullopt;
  const auto count = static_cast<std::size_t>(item.media_size());
  if (first < count) {
    if (auto found = find_in_media(item, first, words)) return found;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (auto found = find_in_media(item, i, words)) return found;
  }
  const std::size_t at = item.text().find(words);
  if (at == std::string::npos) return std::nullopt;
  return support_of(item, "text", at, at + words.size());
}

void add_support(Block& block, Support support) {
  if (block.support_size() >= kMaxSupport) return;
  const bool known = std::ranges::any_of(block.support(), [&](const Support& other) {
    return other.item_id() == support.item_id() && other.version() == support.version() &&
           other.field() == support.field() && other.begin() == support.begin() &&
           other.end() == support.end();
  });
  if (!known) *block.add_support() = std::move(support);
}

}  // namespace copytaster
