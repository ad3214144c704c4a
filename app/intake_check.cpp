#include "app/intake_check.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "collectors/charset.h"
#include "collectors/platforms_support.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostText = std::size_t{256} << 10;
constexpr std::size_t kMostPage = std::size_t{4} << 20;
constexpr std::size_t kMostUrl = 2048;
constexpr std::size_t kMostName = 200;
constexpr std::size_t kMostNote = 1000;
constexpr std::size_t kMostDate = 100;
constexpr std::string_view kRightDate = "write year-month-day, as 2026-11-26 or 2026-11-26T08:30:00Z";

bool is_visible(UChar32 c) {
  constexpr UChar32 kBlankBraille = 0x2800;
  return u_isUWhiteSpace(c) == 0 && u_charType(c) != U_CONTROL_CHAR && c != kBlankBraille &&
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0;
}

// The digits at text[*at], and behind them; nullopt for none.
std::optional<std::string_view> digits(std::string_view text, std::size_t* at) {
  const std::size_t begin = *at;
  while (*at < text.size() && is_ascii_digit(text[*at])) ++*at;
  if (*at == begin) return std::nullopt;
  return text.substr(begin, *at - begin);
}

bool is_separator(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '/' || text[at] == '-' || text[at] == '.');
}

// "12/11/2026" is a day in November or in December, "10-11-12" may be three; with dots the day stands first
// everywhere.
bool may_be_two_days(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_ascii_digit(text[at])) continue;
    const auto a = digits(text, &at);
    if (a->size() > 2 || !is_separator(text, at)) continue;
    const bool dots = text[at] == '.';
    std::size_t next = at + 1;
    const auto b = digits(text, &next);
    if (!b || b->size() > 2 || !is_separator(text, next)) continue;
    const auto c = digits(text, &++next);
    if (!c || (c->size() != 2 && c->size() != 4)) continue;
    const auto first = parse_number<int>(*a), second = parse_number<int>(*b);
    if (c->size() == 2 && !dots) return true;
    if (!dots && *first <= 12 && *second <= 12 && *first != *second) return true;
  }
  return false;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

absl::Status clean_line(std::string_view name, std::size_t most, std::string* line) {
  *line = plain_line(to_valid_utf8(*line));
  if (!has_visible(*line)) line->clear();
  if (characters(*line) <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(str_cat(name, " is longer than ", most, " characters"));
}

}  // namespace

std::string intake_text(std::string_view pasted) {
  const bool marked = pasted.starts_with("\xEF\xBB\xBF") || !is_valid_utf8(pasted);
  return plain_text(marked ? std::string(decode_text(pasted, "").text()) : std::string(pasted));
}

bool has_visible(std::string_view text) {
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), INT32_MAX));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c >= 0 && is_visible(c)) return true;
  }
#pragma GCC diagnostic pop
  return false;
}

absl::StatusOr<ToldDate> read_intake_date(std::string_view text, absl::Time now) {
  const std::string shown = plain_line(to_valid_utf8(text.substr(0, std::min(text.size(), kMostDate))));
  if (may_be_two_days(shown))
    return absl::InvalidArgumentError(
        str_cat("created_at may be read as two days (", shown, "): ", kRightDate));
  const auto date = text.size() > kMostDate ? std::nullopt : parse_told_date(text);
  if (!date) return absl::InvalidArgumentError(str_cat("created_at is no date (", shown, "): ", kRightDate));
  if (date->at > now + absl::Hours(24))
    return absl::InvalidArgumentError(
        str_cat("created_at is a day that is to come (", shown, "): when was it posted?"));
  return *date;
}

absl::Status clean_intake(IntakeRequest* request, absl::Time now) {
  CT_RETURN_IF_ERROR(clean_line("by", kMostName, &request->by));
  CT_RETURN_IF_ERROR(clean_line("note", kMostNote, &request->note));
  if (request->by.empty()) return absl::InvalidArgumentError("who brings it in? A name is missing (by)");
  if (request->url.empty() && request->text.empty() && request->page.empty())
    return absl::InvalidArgumentError(
        "nothing to bring in: give its address (url), its text or a saved page");
  if (request->text.size() > kMostText)
    return absl::InvalidArgumentError(str_cat("the text is longer than ", kMostText >> 10, " KiB"));
  if (request->page.size() > kMostPage)
    return absl::InvalidArgumentError(str_cat("the page is larger than ", kMostPage >> 20, " MiB"));
  if (!request->text.empty() && !has_visible(intake_text(request->text)))
    return absl::InvalidArgumentError(
        "the text has no character that can be seen: paste the words of the post, or leave it out");
  if (!request->url.empty() && (request->url.size() > kMostUrl || !is_web_url(request->url)))
    return absl::InvalidArgumentError("url must be a web address, https://…");
  if (!request->created_at.empty()) CT_RETURN_IF_ERROR(read_intake_date(request->created_at, now).status());
  return absl::OkStatus();
}

}  // namespace copytaster
