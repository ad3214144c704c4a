#include "desk/wording.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

std::string format(const char* pattern, absl::Time when) {
  return absl::FormatTime(pattern, when, absl::UTCTimeZone());
}

const StoryOfficial* find_official(const StoryOfficials& officials, std::string_view id) {
  const auto found =
      std::ranges::find_if(officials, [&](const StoryOfficial& o) { return o.official_id() == id; });
  return found == officials.end() || id.empty() ? nullptr : &*found;
}

bool consume_space(std::string_view* text) {
  return consume_prefix(text, " ") || consume_prefix(text, "\u00A0") || consume_prefix(text, "\u202F");
}

// A mark with a space or nothing behind it closes: »Am Abend …« opens with the same one.
bool consume_closing_mark(std::string_view* text) {
  for (const std::string_view mark : {"»", "”", "“", "\"", "’", ")", "]"}) {
    std::string_view rest = *text;
    if (!consume_prefix(&rest, mark)) continue;
    std::string_view behind = rest;
    if (!rest.empty() && !consume_space(&behind)) return false;
    *text = rest;
    return true;
  }
  return false;
}

// The last word, with its stop.
std::string_view last_word(std::string_view text) {
  const std::size_t space = text.find_last_of(" \n");
  return text.substr(space == std::string_view::npos ? 0 : space + 1);
}

// "in St.", "ul.": a name goes on behind them.
bool ends_in_abbreviation(std::string_view piece) {
  static constexpr std::string_view kShort[] = {
      "St.",  "Sta.", "Sto.", "Dr.", "Mr.", "Mrs.", "Ms.",    "Prof.", "Nr.", "Mme.", "Av.", "Sr.", "Sra.",
      "Dña.", "ul.",  "al.",  "św.", "im.", "вул.", "просп.", "пл.",   "ім.", "св.",  "οδ.", "Str."};
  std::string_view word = last_word(piece);
  consume_prefix(&word, "(");
  return std::ranges::find(kShort, word) != std::end(kShort);
}

// "zum 100." goes on with "Geburtstag": of German numbers those behind an article or a preposition.
bool ends_in_ordinal(std::string_view piece, std::string_view language) {
  static constexpr std::string_view kBefore[] = {
      "zum", "zur",  "am",  "der",   "den",   "dem",    "die",    "das",     "vom",    "im",
      "ins", "beim", "des", "ihren", "ihrem", "seinen", "seinem", "unserem", "unseren"};
  std::string_view number = last_word(piece);
  const std::size_t begin = piece.size() - number.size();
  if (language != "de" || begin == 0 || !consume_suffix(&number, ".") || number.empty() || number.size() > 3)
    return false;
  const std::string before = ascii_lower(last_word(strip_space(piece.substr(0, begin))));
  return std::ranges::all_of(number, is_ascii_digit) &&
         std::ranges::find(kBefore, before) != std::end(kBefore);
}

// Whether ICU has cut where no sentence ends; `gap` is what stands between the two pieces.
bool goes_on(std::string_view piece, std::string_view gap, std::string_view language) {
  if (gap.find('\n') != std::string_view::npos) return false;
  if (gap.empty() && last_word(piece).find("://") != std::string_view::npos) return true;  // in an address
  return ends_in_abbreviation(piece) || ends_in_ordinal(piece, language);
}

}  // namespace

std::string list_of(const std::vector<std::string>& things) {
  std::string out;
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (i > 0) out += i + 1 == things.size() ? " and " : ", ";
    out += things[i];
  }
  return out;
}

std::string day_of(absl::Time when) { return format("%-d %B %Y", when); }

std::string on_days(absl::Time first, absl::Time last) {
  const std::string end = day_of(last);
  if (day_of(first) == end) return str_cat("on ", end);
  if (format("%Y", first) != format("%Y", last)) return str_cat("from ", day_of(first), " to ", end);
  return str_cat("from ", format(format("%m", first) == format("%m", last) ? "%-d" : "%-d %B", first), " to ",
                 end);
}

std::string day_and_time(absl::Time when) { return format("%-d %B %Y, %H:%M UTC", when); }

std::string brought_in(const Item& item) {
  if (!item.has_intake()) return std::string();
  const std::string by = collapse_space(item.intake().by());
  std::string out = by.empty() ? "brought in by hand" : str_cat("brought in by hand by ", by);
  if (item.intake().has_at()) str_append(&out, ", ", day_of(to_time(item.intake().at())));
  return out;
}

std::string by_hand_mark(const Item& item) {
  const std::string words = brought_in(item);
  return words.empty() ? words : str_cat(" (", words, ")");
}

std::string count_of(std::size_t n, std::string_view one, std::string_view many) {
  return str_cat(n, " ", n == 1 ? one : many);
}

std::string language_name(std::string_view language) {
  const std::string tag(language.substr(0, language.find('-')));
  const bool plausible = (tag.size() == 2 || tag.size() == 3) &&
                         std::ranges::all_of(tag, [](char c) { return c >= 'a' && c <= 'z'; });
  if (!plausible || tag == "und") return std::string();
  icu::UnicodeString name;
  icu::Locale(tag.c_str()).getDisplayLanguage(icu::Locale::getEnglish(), name);
  std::string out;
  name.toUTF8String(out);
  return out;
}

std::string country_name(std::string_view country) {
  const bool plausible =
      country.size() == 2 && std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!plausible) return std::string();
  icu::UnicodeString name;
  icu::Locale("", std::string(country).c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string out;
  name.toUTF8String(out);
  return out == country ? std::string() : out;
}

QuoteMarks quote_marks(std::string_view language) {
  return language == "en" ? QuoteMarks{"“", "”"} : QuoteMarks{"«", "»"};
}

QuoteMarks quote_marks(std::string_view language, std::string_view words) {
  const bool angled = words.find("«") != std::string_view::npos || words.find("»") != std::string_view::npos;
  return quote_marks(angled ? "en" : language);
}

std::vector<Span> whole_sentences(std::string_view text, std::string_view language) {
  std::vector<Span> out;
  for (Span span : sentences(text, language)) {
    const std::string_view gap =
        out.empty() ? "\n" : text.substr(out.back().end, span.begin - out.back().end);
    if (!out.empty() &&
        goes_on(text.substr(out.back().begin, out.back().end - out.back().begin), gap, language)) {
      out.back().end = span.end;
      continue;
    }
    const bool same_line = gap.find('\n') == std::string_view::npos;
    std::string_view piece = text.substr(span.begin, span.end - span.begin);
    if (same_line && consume_closing_mark(&piece)) {
      out.back().end = span.end - piece.size();
      while (consume_space(&piece)) {
      }
      if (piece.empty()) continue;
      span.begin = span.end - piece.size();
    }
    out.push_back(span);
  }
  return out;
}

void drop_stop(std::string_view* sentence) {
  const std::string_view word = last_word(*sentence);
  const bool part_of_it = word.ends_with(".m.") && word.size() == 4;  // "p.m."
  if (!sentence->ends_with("..") && !part_of_it) consume_suffix(sentence, ".");
}

bool Poster::is(const Poster& other) const {
  if (official_id.empty() != other.official_id.empty()) return false;
  return official_id.empty() ? name == other.name : official_id == other.official_id;
}

std::string Poster::introduced() const {
  if (role.empty()) return name;
  const std::size_t of = role.rfind(" of ");
  const std::string place = of == std::string::npos ? std::string() : role.substr(of + 4);
  // "City of Freiburg" says it of "Freiburg im Breisgau", too.
  const std::size_t named = name.rfind(" of ");
  const bool said = !place.empty() &&
                    (name.find(place) != std::string::npos ||
                     (named != std::string::npos && place.starts_with(str_cat(name.substr(named + 4), " "))));
  const bool placed = city.empty() || role.find(city) != std::string::npos;
  return said ? name : str_cat(name, ", ", role, placed ? "" : " (", placed ? "" : city, placed ? "" : ")");
}

Poster poster_of(const Item& item, const StoryOfficials& officials) {
  Poster poster;
  poster.official_id = item.official_id().empty() ? item.author().official_id() : item.official_id();
  if (const StoryOfficial* official = find_official(officials, poster.official_id)) {
    poster.name = official->name();
    poster.role = official->role();
    poster.kind = official->kind();
  }
  // The role on the day of the post, where the post is credited to the one who posted it.
  const Attribution& attribution = item.attribution();
  if (!poster.official_id.empty() && attribution.official_id() == poster.official_id) {
    if (!attribution.role().empty()) {
      poster.role = attribution.role();
      poster.city = collapse_space(attribution.city());
    }
    if (poster.name.empty()) poster.name = attribution.name();
  }
  if (poster.name.empty()) poster.name = item.author().name();
  if (poster.name.empty()) poster.name = item.author().handle();
  if (poster.name.empty()) poster.name = item.account_id();
  poster.name = collapse_space(poster.name);  // platforms let people put line breaks into names
  poster.role = collapse_space(poster.role);
  return poster;
}

std::string where_of(const Item& item) {
  if (item.platform() == "feed") {
    // As credit lines have it: "paris.example", not "www.paris.example".
    if (const auto url = parse_url(item.url())) {
      std::string_view host = url->host;
      consume_prefix(&host, "www.");
      return std::string(host);
    }
  }
  return std::string(platform_label(item.platform()));
}

bool is_on_file(const Item& item) { return item.platform() == "manual"; }

std::string on_where(const Item& item) {
  return is_on_file(item) ? " in a text on file with the newsroom" : str_cat(" on ", where_of(item));
}

absl::Time time_of(const Item& item) { return item_time(item); }

std::string posted_on(const Item& item) {
  const std::string day = on_days(time_of(item), time_of(item));
  return is_dated(item) ? day : str_cat("(undated, seen ", day, ")");
}

std::string posted_at(const Item& item) {
  return is_dated(item) && !item.day_only() ? format(" at %H:%M UTC", time_of(item)) : std::string();
}

std::string posted_day(const Item& item) {
  return str_cat(is_dated(item) ? "" : "undated, seen ", day_of(time_of(item)));
}

std::string posted_day_and_time(const Item& item) {
  if (item.day_only()) return posted_day(item);
  return str_cat(is_dated(item) ? "" : "undated, seen ", day_and_time(time_of(item)));
}

bool is_pure_repost(const Item& item) {
  const bool repost = !item.repost_of().item_id().empty() || !item.repost_of().url().empty();
  return repost && strip_space(item.text()).empty();
}

std::string credit_line_of(const Attribution& attribution) {
  if (!attribution.credit_line().empty() || attribution.name().empty()) return attribution.credit_line();
  if (attribution.platform().empty() || attribution.platform() == "manual")
    return str_cat("Source: ", attribution.name());
  return str_cat("Source: ", attribution.name(), " on ", platform_label(attribution.platform()));
}

}  // namespace copytaster
