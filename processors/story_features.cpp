#include "processors/story_features.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "processors/copy_index.h"
#include "processors/shingle.h"

namespace copytaster {
namespace {

constexpr std::size_t kTermCharacters = 6;
constexpr int kMaxLinks = 8;

std::uint64_t entity_key(std::string_view id, std::string_view name) {
  return id.empty() ? stable_hash(str_cat("name:", fold_name(name))) : stable_hash(str_cat("id:", id));
}

std::string_view first_characters(std::string_view word, std::size_t characters, std::uint8_t* length) {
  std::size_t end = word.size();
  std::size_t count = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((static_cast<unsigned char>(word[i]) & 0xc0U) == 0x80) continue;
    if (count == characters) end = i;
    ++count;
  }
  *length = static_cast<std::uint8_t>(std::min<std::size_t>(count, 255));
  return word.substr(0, end);
}

void add_terms(std::string_view text, StoryFeatures& out) {
  WordReader reader(text);
  for (TextWord word; out.words < StoryFeatures::kMaxWords && reader.next(word);) {
    ++out.words;
    StoryTerm term;
    term.key = stable_hash(first_characters(word.folded, kTermCharacters, &term.length));
    const auto known = std::ranges::find(out.terms, term.key, &StoryTerm::key);
    if (known == out.terms.end()) {
      out.terms.push_back(term);
      out.terms.back().times = 1;
    } else {
      ++known->times;
    }
  }
}

bool same_place(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && (a.starts_with(b) || b.starts_with(a));
}

// "Ukraine" for UA: the canonical names are English, as ICU's are.
bool is_country(const Mention& place) {
  if (place.country().size() != 2) return false;
  icu::UnicodeString name;
  icu::Locale("", place.country().c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string english;
  name.toUTF8String(english);
  return english == place.name();
}

void add_entity(const Mention& mention, bool person, StoryFeatures& out) {
  if (mention.name().empty() || out.entities.size() == StoryFeatures::kMaxEntities) return;
  StoryEntity entity;
  entity.key = entity_key(mention.id(), mention.name());
  if (entity.key == out.author) return;
  if (std::ranges::find(out.entities, entity.key, &StoryEntity::key) != out.entities.end()) return;
  entity.label = mention.name();
  entity.person = person;
  entity.country = mention.country();
  entity.is_country = !person && is_country(mention);
  if (!person && same_place(fold_name(mention.name()), out.home)) {
    entity.nearness = Nearness::kHome;
  } else if (!person && !out.country.empty() && out.country == mention.country()) {
    entity.nearness = Nearness::kNeutral;
  }
  out.entities.push_back(std::move(entity));
}

void set_author(const Item& item, const Officials& officials, StoryFeatures& out) {
  const Official* official = officials.find(item.official_id());
  if (official == nullptr) official = officials.of_account(item.account_id());
  if (official == nullptr) {
    out.author = mix64(traits_of(item).person);
    out.author_label = item.author().name();
    return;
  }
  out.official = true;
  out.newsroom = official->kind() == NEWSROOM;
  out.author = entity_key(official->id(), official->name());
  out.author_label = official->name();
  const Role* role = role_at(*official, absl::FromUnixSeconds(out.seconds));
  if (role == nullptr) return;
  out.home = fold_name(role->place());
  out.country = role->country();
}

}  // namespace

bool is_newsroom(std::string_view official_id, std::string_view account_id, const Officials& officials) {
  const Official* official = officials.find(official_id);
  if (official == nullptr) official = officials.of_account(account_id);
  return official != nullptr && official->kind() == NEWSROOM;
}

bool is_newsroom(const Item& item, const Officials& officials) {
  return is_newsroom(item.official_id(), item.account_id(), officials);
}

StoryFeatures story_features(const Item& item, const Officials& officials) {
  StoryFeatures out;
  out.id = item.id();
  out.seconds = traits_of(item).seconds;
  out.language = item.language();
  set_author(item, officials, out);
  if (!item.title().empty()) add_terms(item.title(), out);
  if (!std::string_view(item.text()).starts_with(item.title()) || item.title().empty())
    add_terms(item.text(), out);
  for (const Mention& mention : item.mentions()) add_entity(mention, mention.kind() != "place", out);
  for (const Mention& place : item.places()) add_entity(place, false, out);
  for (const Media& media : item.media()) {
    if (media.kind() != PICTURE || out.pictures.size() == StoryFeatures::kMaxPictures) continue;
    const auto bits =
        media.pdq().quality() >= kLeastPictureQuality ? pdq_bits(media.pdq().hash()) : std::nullopt;
    if (bits) out.pictures.push_back(*bits);
    if (!media.sha256().empty()) out.picture_hashes.push_back(stable_hash(media.sha256()));
  }
  for (int i = 0; i < std::min(item.links_size(), kMaxLinks); ++i) {
    out.links.push_back(stable_hash(canonical_url(item.links(i).url())));
  }
  return out;
}

}  // namespace copytaster
