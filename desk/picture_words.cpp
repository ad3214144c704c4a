#include "desk/picture_words.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "absl/time/time.h"
#include "core/item.h"
#include "core/photographer.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/sources.h"
#include "desk/wording.h"
#include "desk/wording_rights.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestPart = 40;  // bytes of a name in a file name
constexpr std::size_t kHashDigits = 8;

const Media* media_of(const StoryPicture& picture, const Item& item) {
  const auto index = static_cast<int>(picture.media_index());
  return index < item.media_size() ? &item.media(index) : nullptr;
}

// In Latin letters without marks where ICU knows how: "Богдан Кравець" is "bogdan-kravec".
std::string in_ascii(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
  if (latin == nullptr) return text;
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(text);
  latin->transliterate(unicode);
  std::string out;
  unicode.toUTF8String(out);
  return out;
}

// Lower-case ASCII letters and digits, a dash for everything between.
std::string slug(std::string_view text) {
  std::string out;
  for (const char c : in_ascii(std::string(text.substr(0, 4 * kLongestPart)))) {
    if (out.size() == kLongestPart) break;
    const char lower = ascii_lower(c);
    if ((lower >= 'a' && lower <= 'z') || is_ascii_digit(lower)) {
      out += lower;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (out.ends_with('-')) out.pop_back();
  return out;
}

// Whether the file says so itself, in a by-line that IIM holds whole: one name, not "Name / Agency".
bool is_in_file(const Media* media, const std::string& creator) {
  constexpr std::size_t kByline = 32;  // bytes
  if (media == nullptr) return false;
  const std::string& own = media->embedded().creator();
  return !own.empty() && own.size() <= kByline && own.find_first_of("/|,;") == std::string::npos &&
         is_one_name(own, creator);
}

}  // namespace

std::string creator_of(const Attribution& attribution) {
  if (!names_photographer(attribution)) return std::string();
  const std::string& name = attribution.name();
  return collapse_space(std::string_view(name).substr(0, std::min(name.find(" / "), name.find(" | "))));
}

PictureWords picture_words(const StoryPicture& picture, const Item& item,
                           const google::protobuf::RepeatedPtrField<StoryOfficial>& officials,
                           std::string_view notice) {
  const Attribution& attribution = picture.attribution();
  PictureWords out;
  out.caption = picture.caption().text();
  out.caption_language = picture.caption().language();
  out.credit = credit_line_of(attribution);
  const Poster poster = poster_of(item, officials);
  if (!poster.name.empty()) out.source = str_cat(poster.name, " on ", where_of(item));
  // What the file says of its creator is not repeated: there he may be told apart from his agency.
  const std::string creator = creator_of(attribution);
  if (attribution.rule() != "embedded-credit" && !is_in_file(media_of(picture, item), creator))
    out.creator = creator;
  out.alt_text = picture.alt_text();
  out.usage_terms = str_cat(notice, notice.empty() ? "" : " ", rights_terms(picture.rights()));
  return out;
}

bool can_carry_words(const StoryPicture& picture, const Item& item) {
  const Media* media = media_of(picture, item);
  if (media == nullptr || picture.sha256().empty()) return false;
  const std::string& type = media->mime_type();
  return type == "image/jpeg" || type == "image/png" || type == "image/webp";
}

std::string picture_name(const StoryPicture& picture, const Item& item) {
  const std::string file = picture_file(picture, item);
  if (file.empty()) return file;
  std::string out;
  const auto add = [&](std::string_view part) {
    if (!part.empty()) str_append(&out, out.empty() ? "" : "-", part);
  };
  const std::string& name = picture.attribution().name();
  add(slug(name.empty() ? item.author().name() : name));
  add(slug(item.platform()));
  if (is_dated(item)) add(absl::FormatTime("%Y-%m-%d", time_of(item), absl::UTCTimeZone()));
  add(file.substr(0, kHashDigits));
  const std::size_t dot = file.find('.');
  return dot == std::string::npos ? out : out + file.substr(dot);
}

std::string picture_href(const ExportOptions& options, const StoryPicture& picture, const Item& item) {
  const std::string file = options.named_pictures ? picture_name(picture, item) : picture_file(picture, item);
  if (file.empty()) return file;
  return str_cat(options.media_base, file, can_carry_words(picture, item) ? options.picture_query : "");
}

}  // namespace copytaster
