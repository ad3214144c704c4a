// The fields of a post that names are sought in, and how a name found there is written down: what the
// steps mentions and places have in common.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "core/copytaster.pb.h"
#include "core/officials.h"
#include "core/text.h"
#include "processors/mentions_index.h"
#include "processors/name_shape.h"

namespace copytaster {

enum class NamedIn : std::uint8_t { kText, kTitle, kCaption };

// Calls found(scan, where) for the text, the title and each caption, in this order, empty ones left out.
// The scan is good until it returns.
template <typename Found>
void each_field(const Item& item, Found found) {
  if (!item.text().empty()) found(scan_words(item.text()), NamedIn::kText);
  if (!item.title().empty()) found(scan_words(item.title()), NamedIn::kTitle);
  for (const Media& media : item.media()) {
    if (!media.caption().empty()) found(scan_words(media.caption()), NamedIn::kCaption);
  }
}

// Whether names in Latin letters take case endings in this language.
[[nodiscard]] inline bool declines_latin(std::string_view language) {
  static constexpr std::string_view kLanguages[] = {"pl", "cs", "sk", "sl", "hr", "bs", "sr", "lt", "lv"};
  return std::find(std::begin(kLanguages), std::end(kLanguages), language) != std::end(kLanguages);
}

// The bytes of the words.
[[nodiscard]] inline Span bytes_of(const WordScan& scan, WordRange words) {
  return {scan.words[words.begin].begin, scan.words[words.end - 1].end};
}

struct NamedThing {
  std::string_view name;
  std::string_view kind;
  std::string_view id;
  std::string_view country;
  std::string_view rule;
};

// Only a name in the text has a span: offsets count there.
inline Mention* write_named(Mention* out, const NamedThing& thing, NamedIn where = NamedIn::kText,
                            Span span = {}) {
  out->set_name(std::string(thing.name));
  out->set_kind(std::string(thing.kind));
  out->set_id(std::string(thing.id));
  out->set_country(std::string(thing.country));
  std::string rule(thing.rule);
  if (where != NamedIn::kText) rule += where == NamedIn::kTitle ? " in title" : " in caption";
  out->set_rule(std::move(rule));
  if (where == NamedIn::kText) {
    out->set_begin(static_cast<std::uint32_t>(span.begin));
    out->set_end(static_cast<std::uint32_t>(span.end));
  }
  return out;
}

// The official whose post it is; null for nobody's.
[[nodiscard]] inline const Official* official_of(const Item& item, const Officials& officials) {
  const Official* official = officials.find(item.official_id());
  return official != nullptr ? official : officials.of_account(item.account_id());
}

}  // namespace copytaster
