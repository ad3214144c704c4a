#include "app/officials_words.h"

#include <unicode/locid.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/code_points.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

// The languages in which newsrooms here write the names of countries and languages.
constexpr std::array kSpoken = {"en", "fr", "de", "es", "it", "pt", "nl", "pl", "uk", "ru", "el",
                                "ro", "cs", "sk", "hu", "bg", "hr", "sr", "sl", "mk", "sq", "da",
                                "sv", "nb", "fi", "et", "lv", "lt", "is", "ga", "mt", "ca", "eu",
                                "gl", "tr", "ar", "he", "fa", "hy", "ka", "be", "zh", "ja", "ko"};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::string name_key(std::string_view name) { return normalise_for_match(fold_name(name)); }

void remember(StringMap<std::string>& names, const icu::UnicodeString& name, std::string_view code) {
  std::string text;
  name.toUTF8String(text);
  if (std::string key = name_key(text); !key.empty()) names.try_emplace(std::move(key), code);
}

// By code in small letters and by name in all languages of kSpoken.
StringMap<std::string> country_names() {
  StringMap<std::string> names = {{"uk", "GB"},
                                  {"el", "GR"},
                                  {"great britain", "GB"},
                                  {"england", "GB"},
                                  {"scotland", "GB"},
                                  {"wales", "GB"},
                                  {"usa", "US"},
                                  {"u s a", "US"},
                                  {"america", "US"},
                                  {"holland", "NL"},
                                  {"czech republic", "CZ"},
                                  {"turkey", "TR"},
                                  {"russian federation", "RU"},
                                  {"republic of moldova", "MD"},
                                  {"macedonia", "MK"},
                                  {"kosovo", "XK"},
                                  {"xk", "XK"},
                                  {"eu", "EU"},
                                  {"european union", "EU"}};
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    names.try_emplace(ascii_lower(std::string_view(*code)), *code);
    const icu::Locale country("", *code);
    names.try_emplace(ascii_lower(std::string_view(country.getISO3Country())), *code);
  }
  for (const char* language : kSpoken) {
    const icu::Locale reader(language);
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
      icu::UnicodeString name;
      remember(names, icu::Locale("", *code).getDisplayCountry(reader, name), *code);
    }
  }
  return names;
}

const StringMap<std::string>& countries() {
  static const auto* const kNames = new StringMap<std::string>(country_names());
  return *kNames;
}

StringMap<std::string> language_names() {
  StringMap<std::string> names;
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    names.try_emplace(std::string(*code), *code);
    const icu::Locale language(*code);
    if (std::string_view iso3 = language.getISO3Language(); !iso3.empty())
      names.try_emplace(std::string(iso3), *code);
  }
  for (const char* reader_code : kSpoken) {
    const icu::Locale reader(reader_code);
    for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
      icu::UnicodeString name;
      if (std::string_view(*code).size() == 2)
        remember(names, icu::Locale(*code).getDisplayLanguage(reader, name), *code);
    }
  }
  // What it calls itself: "français", "ελληνικά".
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    icu::UnicodeString name;
    const icu::Locale self(*code);
    if (std::string_view(*code).size() == 2) remember(names, self.getDisplayLanguage(self, name), *code);
  }
  return names;
}

const StringMap<std::string>& languages() {
  static const auto* const kNames = new StringMap<std::string>(language_names());
  return *kNames;
}

const StringSet& language_codes() {
  static const auto* const kCodes = [] {
    auto* codes = new StringSet;
    for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code)
      codes->emplace(*code);
    return codes;
  }();
  return *kCodes;
}

// The tag as RFC 5646 writes it, empty when its form is wrong.
std::string canonical_tag(std::string_view tag) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Locale locale =
      icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<int>(tag.size())), error);
  if (U_FAILURE(error) != 0 || locale.isBogus() != 0) return "";
  std::string out = locale.toLanguageTag<std::string>(error);
  // ICU drops what it cannot read instead of refusing it.
  return U_FAILURE(error) == 0 && out.size() == tag.size() ? out : "";
}

std::vector<int> numbers_of(std::string_view text, char separator) {
  std::vector<int> out;
  for (const std::string_view part : split(text, separator)) {
    const auto number = part.size() <= 4 ? parse_number<int>(part) : std::nullopt;
    if (!number || *number < 0) return {};
    out.push_back(*number);
  }
  return out;
}

std::optional<absl::CivilDay> valid_day(int year, int month, int day) {
  if (year < 1000 || year > 9999) return std::nullopt;
  const absl::CivilDay out(year, month, day);
  if (out.year() != year || out.month() != month || out.day() != day) return std::nullopt;
  return out;
}

std::optional<absl::CivilDay> from_iso(std::string_view text, bool last) {
  const std::vector<int> parts = numbers_of(text, '-');
  if (parts.size() == 3) return valid_day(parts[0], parts[1], parts[2]);
  if (parts.size() == 2) {
    const auto first = valid_day(parts[0], parts[1], 1);
    return first && last ? absl::CivilDay(absl::CivilMonth(*first) + 1) - 1 : first;
  }
  if (parts.size() == 1 && text.size() == 4) return valid_day(parts[0], last ? 12 : 1, last ? 31 : 1);
  return std::nullopt;
}

std::vector<std::string> words_of(std::string_view name) {
  const std::string key = name_key(name);
  std::vector<std::string> out;
  for (const std::string_view word : split(key, ' ')) {
    if (!word.empty()) out.emplace_back(word);
  }
  std::sort(out.begin(), out.end());
  return out;
}

UScriptCode script_of(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, &i);
    if (u_isalpha(static_cast<UChar32>(c)) == 0) continue;
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(c), &error);
  }
  return USCRIPT_COMMON;
}

}  // namespace

bool is_country(std::string_view code) {
  if (code.size() != 2 || code == "UK" || code == "EL" || upper(code) != code) return false;
  return countries().contains(ascii_lower(code));
}

std::optional<std::string> country_code(std::string_view text) {
  text = strip_space(text);
  auto found = countries().find(ascii_lower(text));
  if (found == countries().end()) found = countries().find(name_key(text));
  if (found == countries().end()) return std::nullopt;
  return found->second;
}

bool is_language(std::string_view tag) {
  return language_codes().contains(ascii_lower(tag.substr(0, tag.find('-')))) && !canonical_tag(tag).empty();
}

std::optional<std::string> spoken_language_tag(std::string_view text) {
  text = strip_space(text);
  const std::string primary = ascii_lower(text.substr(0, text.find('-')));
  if (language_codes().contains(primary)) {
    std::string tag = canonical_tag(text);
    if (!tag.empty()) return tag;
  }
  auto found = languages().find(ascii_lower(text));
  if (found == languages().end()) found = languages().find(name_key(text));
  if (found == languages().end()) return std::nullopt;
  return found->second;
}

std::optional<absl::CivilDay> day_from(std::string_view text, bool last) {
  text = strip_space(text);
  if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ') && text.size() < 40) text = text.substr(0, 10);
  if (const auto iso = from_iso(text, last)) return iso;
  const std::vector<int> dotted = numbers_of(text, '.');
  if (dotted.size() == 3) return valid_day(dotted[2], dotted[1], dotted[0]);
  // Day and month change places between countries: only where one of them can be no month.
  const std::vector<int> slashed = numbers_of(text, '/');
  if (slashed.size() != 3) return std::nullopt;
  if (slashed[0] > 31) return valid_day(slashed[0], slashed[1], slashed[2]);
  if (slashed[0] > 12 || slashed[0] == slashed[1]) return valid_day(slashed[2], slashed[1], slashed[0]);
  if (slashed[1] > 12) return valid_day(slashed[2], slashed[0], slashed[1]);
  return std::nullopt;
}

void set_day(google::protobuf::Timestamp* out, absl::CivilDay day) {
  set_timestamp(out, absl::FromCivil(day, absl::UTCTimeZone()));
}

std::string day_text(const google::protobuf::Timestamp& stamp) {
  return format_rfc3339(to_time(stamp)).substr(0, 10);
}

std::optional<OfficialKind> kind_from(std::string_view word) {
  const std::string kind = ascii_lower(strip_space(word));
  if (kind == "person") return PERSON;
  if (kind == "body") return BODY;
  if (kind == "newsroom") return NEWSROOM;
  return std::nullopt;
}

std::string_view kind_word(OfficialKind kind) {
  if (kind == BODY) return "body";
  return kind == NEWSROOM ? "newsroom" : "person";
}

std::string id_from_name(std::string_view name) {
  // Milliseconds to make, and not for several threads.
  thread_local const std::unique_ptr<icu::Transliterator> to_latin = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
  }();
  if (to_latin == nullptr) return "";
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
  to_latin->transliterate(text);
  std::string latin;
  text.toUTF8String(latin);
  std::string id;
  for (const char c : latin) {
    const bool plain = (c >= 'a' && c <= 'z') || is_ascii_digit(c);
    if (plain)
      id += c;
    else if (c != '\'' && !id.empty() && id.back() != '-' && static_cast<unsigned char>(c) < 0x80)
      id += '-';
  }
  while (id.ends_with('-')) id.pop_back();
  return id.substr(0, 100);
}

bool names_agree(std::string_view a, std::string_view b) {
  const std::vector<std::string> first = words_of(a), second = words_of(b);
  if (first.empty() || second.empty()) return a == b;
  if (std::includes(first.begin(), first.end(), second.begin(), second.end()) ||
      std::includes(second.begin(), second.end(), first.begin(), first.end()))
    return true;
  return script_of(a) != script_of(b);
}

bool is_one_line(std::string_view text) {
  return !text.empty() && text.size() <= 500 && is_valid_utf8(text) &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

}  // namespace copytaster
