#include "collectors/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "collectors/charset_words.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// What a label means in practice where ICU takes it by the letter (WHATWG Encoding §4.2).
constexpr std::array<std::pair<std::string_view, const char*>, 21> kMeanings = {{
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"big5", "Big5-HKSCS"},
    {"x-mac-cyrillic", "x-mac-cyrillic"},
    {"utf8", "UTF-8"},
}};

struct Converted {
  std::string text;
  std::size_t errors = 0;
};

void count_and_substitute(const void* context, UConverterToUnicodeArgs* arguments, const char* units,
                          int32_t length, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason <= UCNV_IRREGULAR) {
    ++*static_cast<std::size_t*>(const_cast<void*>(context));
    UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, arguments, units, length, reason, error);
  }
}

Converter open_converter(std::string_view label) {
  const std::string wanted = ascii_lower(strip_space(label));
  if (wanted.empty() || wanted.size() > 60) return nullptr;
  const char* name = wanted.c_str();
  for (const auto& [known, meaning] : kMeanings) {
    if (wanted == known) name = meaning;
  }
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

std::string name_of(const Converter& converter) {
  UErrorCode error = U_ZERO_ERROR;
  const char* name = ucnv_getName(converter.get(), &error);
  return U_SUCCESS(error) && name != nullptr ? name : "";
}

bool is_utf8(const Converter& converter) { return ucnv_getType(converter.get()) == UCNV_UTF8; }

Converted convert(const Converter& converter, std::string_view bytes) {
  Converted out;
  UErrorCode error = U_ZERO_ERROR;
  ucnv_reset(converter.get());
  ucnv_setToUCallBack(converter.get(), &count_and_substitute, &out.errors, nullptr, nullptr, &error);
  std::vector<UChar> units(8192);
  const char* source = bytes.data();
  const char* const source_end = bytes.data() + bytes.size();
  std::string piece;
  UChar lead = 0;  // a surrogate that ended the last piece
  do {
    error = U_ZERO_ERROR;
    UChar* target = units.data();
    if (lead != 0) *target++ = lead;
    lead = 0;
    ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, source_end, nullptr, 1,
                   &error);
    auto count = static_cast<int32_t>(target - units.data());
    if (error == U_BUFFER_OVERFLOW_ERROR && count > 0 &&
        U16_IS_LEAD(units[static_cast<std::size_t>(count) - 1])) {
      lead = units[static_cast<std::size_t>(--count)];
    }
    piece.resize(static_cast<std::size_t>(count) * 3);
    UErrorCode to_utf8 = U_ZERO_ERROR;
    int32_t written = 0;
    u_strToUTF8WithSub(piece.data(), static_cast<int32_t>(piece.size()), &written, units.data(), count,
                       0xFFFD, nullptr, &to_utf8);
    if (U_SUCCESS(to_utf8)) out.text.append(piece, 0, static_cast<std::size_t>(written));
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  return out;
}

// A label that could be read as ASCII cannot name an encoding in which it could not.
bool reads_ascii(const Converter& converter) { return convert(converter, "<a>").text == "<a>"; }

bool single_byte(const Converter& converter) { return ucnv_getMaxCharSize(converter.get()) == 1; }

// Whether bytes are UTF-8, perhaps damaged. Text in any other encoding has hardly a sequence that is
// UTF-8 by chance, and breaks its rules in nearly every word; damage to UTF-8 is the exception among
// many whole characters. So the more frequent of the two tells; cutting text short harms its end alone.
struct Utf8Likeness {
  std::size_t good = 0;  // whole characters beyond ASCII
  std::size_t bad = 0;  // damaged places: a run of bytes that one damaged character may have left counts once
  [[nodiscard]] bool likely() const { return good > bad || (good == 0 && bad == 0); }
};

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  return lead >= 0xC2 && lead < 0xE0   ? 2
         : lead >= 0xE0 && lead < 0xF0 ? 3
         : lead >= 0xF0 && lead < 0xF5 ? 4
                                       : 0;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Past the damaged place that begins at text[at]: a character without its end, or an end (three bytes at
// most) without its beginning.
std::size_t past_damage(std::string_view text, std::size_t at) {
  const std::size_t length = sequence_length(static_cast<unsigned char>(text[at]));
  const std::size_t most = std::min(at + (length > 0                  ? length
                                          : is_continuation(text[at]) ? 3
                                                                      : 1),
                                    text.size());
  for (++at; at < most && is_continuation(text[at]);) ++at;
  return at;
}

Utf8Likeness utf8_likeness(std::string_view bytes) {
  Utf8Likeness out;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = sequence_length(static_cast<unsigned char>(bytes[i]));
    if (length == 1) {
      ++i;
    } else if (length > 0 && is_valid_utf8(bytes.substr(i, length)) && i + length <= bytes.size()) {
      ++out.good;
      i += length;
    } else {
      const std::size_t next = past_damage(bytes, i);
      // Cut off in the middle of a character: no sign against UTF-8.
      const bool cut_off = length > 1 && next == bytes.size() && next - i < length;
      out.bad += cut_off ? 0 : 1;
      i = next;
    }
  }
  return out;
}

std::string declared_encoding(std::string_view text) {
  text = text.substr(0, 512);
  const std::size_t begin = text.find("<?xml");
  if (begin == std::string_view::npos) return "";
  text = text.substr(begin, text.find('>', begin) - begin);
  std::size_t at = text.find("encoding");
  if (at == std::string_view::npos) return "";
  at = text.find_first_of("\"'", at);
  if (at == std::string_view::npos) return "";
  const std::size_t end = text.find(text[at], at + 1);
  return std::string(text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
}

struct Mark {
  std::string_view bytes;
  const char* encoding;
  bool skip;  // a byte order mark; otherwise the first characters of a document
};
using namespace std::string_view_literals;
constexpr std::array<Mark, 11> kMarks = {{
    {"\xEF\xBB\xBF"sv, "UTF-8", true},
    {"\0\0\xFE\xFF"sv, "UTF-32BE", true},
    {"\xFF\xFE\0\0"sv, "UTF-32LE", true},
    {"\xFE\xFF"sv, "UTF-16BE", true},
    {"\xFF\xFE"sv, "UTF-16LE", true},
    {"\0\0\0<"sv, "UTF-32BE", false},
    {"<\0\0\0"sv, "UTF-32LE", false},
    {"\0<"sv, "UTF-16BE", false},
    {"<\0"sv, "UTF-16LE", false},
    {"\x4C\x6F\xA7\x94"sv, "ibm-037", false},  // "<?xm" in EBCDIC
    {"{\0"sv, "UTF-16LE", false},
}};

// Of several readings of the same bytes the one with the likeliest words.
class BestReading {
 public:
  explicit BestReading(std::string_view bytes) : bytes_(bytes) {}

  // The first of equals stays. False: it cannot be the encoding.
  bool consider(const char* name) {
    const Converter converter = open_converter(name);
    if (!converter || is_utf8(converter) || !reads_ascii(converter)) return false;
    const long points = plausibility_of_words(convert(converter, bytes_).text);
    if (name_.empty() || points > points_) {
      name_ = name;
      points_ = points;
    }
    return true;
  }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string_view bytes_;
  std::string name_;
  long points_ = 0;
};

// What the bytes look like: ICU's detector, told to ignore markup. It counts letters, and where it found too
// few of them to be sure, what it names is tried, and what it does not know well.
std::string guessed_encoding(std::string_view bytes, const std::string& hint) {
  constexpr std::size_t kSample = std::size_t{64} << 10;
  constexpr int32_t kSure = 40;
  constexpr int32_t kNoise = 5;
  bytes = bytes.substr(0, kSample);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error),
                                                                            &ucsdet_close);
  if (U_FAILURE(error)) return "windows-1252";
  ucsdet_enableInputFilter(detector.get(), 1);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  if (!hint.empty()) {
    ucsdet_setDeclaredEncoding(detector.get(), hint.data(), static_cast<int32_t>(hint.size()), &error);
  }
  int32_t found = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &error);
  BestReading best(bytes);
  for (int32_t i = 0; U_SUCCESS(error) && i < found; ++i) {
    const char* name = ucsdet_getName(matches[i], &error);
    const int32_t confidence = ucsdet_getConfidence(matches[i], &error);
    if (U_FAILURE(error) || confidence < kNoise) break;
    if (best.consider(name) && confidence >= kSure) return name;
  }
  for (const char* name : {"windows-1252", "windows-1251", "KOI8-U"}) best.consider(name);
  return best.name().empty() ? "windows-1252" : best.name();
}

std::optional<std::pair<std::string, Converted>> by_labels(std::string_view bytes,
                                                           const Utf8Likeness& likeness,
                                                           const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    const Converter converter = open_converter(label);
    if (!converter || is_utf8(converter) || !reads_ascii(converter)) continue;
    // Short text in a multi-byte encoding may be UTF-8 by chance; longer text is not.
    if (likeness.likely() && (single_byte(converter) || likeness.good >= 8)) continue;
    Converted converted = convert(converter, bytes);
    // A few bad bytes in a long text are damage; many mean that the label is wrong.
    const bool fits = converted.errors == 0 || (!likeness.likely() && converted.errors * 200 < bytes.size());
    if (fits) return std::make_pair(name_of(converter), std::move(converted));
  }
  return std::nullopt;
}

}  // namespace

std::string charset_parameter(std::string_view content_type) {
  for (std::string_view part : split(content_type, ';')) {
    part = strip_space(part);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    if (!equals_ignore_case(strip_space(part.substr(0, equals)), "charset")) continue;
    std::string_view value = strip_space(part.substr(equals + 1));
    while (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == '"' || value.back() == '\'')) value.remove_suffix(1);
    return std::string(strip_space(value));
  }
  return "";
}

DecodedText decode_text(std::string_view bytes, std::string_view content_type) {
  DecodedText out;
  out.input_ = bytes;
  const auto take = [&](std::string encoding, Converted converted) {
    out.encoding_ = std::move(encoding);
    out.buffer_ = std::move(converted.text);
    out.converted_ = true;
    out.damaged_ = converted.errors > 0;
    return std::move(out);
  };
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    if (mark.skip) bytes.remove_prefix(mark.bytes.size());
    out.input_ = bytes;
    Converter converter = open_converter(mark.encoding);
    if (!converter || is_utf8(converter)) break;
    Converted converted = convert(converter, bytes);
    if (Converter better = open_converter(declared_encoding(converted.text)); better && !mark.skip) {
      // EBCDIC has many code pages: the declaration, readable now, says which.
      if (!reads_ascii(better) && mark.encoding == "ibm-037"sv) converted = convert(better, bytes);
    }
    return take(mark.encoding, std::move(converted));
  }
  const Utf8Likeness likeness = utf8_likeness(bytes);
  const std::vector<std::string> labels = {charset_parameter(content_type), declared_encoding(bytes)};
  const bool stateful =
      bytes.find('\x1B') != std::string_view::npos || bytes.find("~{") != std::string_view::npos;
  const bool plain_ascii = likeness.good == 0 && likeness.bad == 0;
  if (!plain_ascii || stateful) {
    if (auto found = by_labels(bytes, likeness, labels))
      return take(std::move(found->first), std::move(found->second));
  }
  if (is_valid_utf8(bytes)) return out;
  if (likeness.likely()) return take("UTF-8", Converted{to_valid_utf8(bytes), likeness.bad});
  const Converter guess = open_converter(guessed_encoding(bytes, labels[0].empty() ? labels[1] : labels[0]));
  if (!guess) return take("UTF-8", Converted{to_valid_utf8(bytes), likeness.bad});
  return take(name_of(guess), convert(guess, bytes));
}

}  // namespace copytaster
