// The words in which people are described: countries, languages, days, kinds, and ids made from names. Tables
// are ICU's. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Whether it is a code of ISO 3166-1 alpha-2 as the standard writes it: "GB". XK (Kosovo) and EU are taken
// too.
[[nodiscard]] bool is_country(std::string_view code);
// The code for what people write: "gb", "GBR", "UK", "United Kingdom", "Vereinigtes Königreich", "Велика
// Британія".
[[nodiscard]] std::optional<std::string> country_code(std::string_view text);

// Whether it is a BCP 47 tag of a language that is known: "uk", "pt-BR", "zh-Hant".
[[nodiscard]] bool is_language(std::string_view tag);
// The tag for what people write: "UK", "fra", "French", "français".
[[nodiscard]] std::optional<std::string> spoken_language_tag(std::string_view text);

// "2014-04-05", also with a time behind it; "5.4.2014"; "2014-04" and "2014": the first day of it, or with
// `last` the last. "4/5/2014" is nullopt: it may be April or May.
[[nodiscard]] std::optional<absl::CivilDay> day_from(std::string_view text, bool last = false);
void set_day(google::protobuf::Timestamp* out, absl::CivilDay day);
[[nodiscard]] std::string day_text(const google::protobuf::Timestamp& stamp);  // "2014-04-05", in UTC

// "person", "body", "newsroom", in any case; the protocol's names are the same words.
[[nodiscard]] std::optional<OfficialKind> kind_from(std::string_view word);
[[nodiscard]] std::string_view kind_word(OfficialKind kind);

// "Анн Идальго" is "ann-idalgo". Empty when the name has neither letters nor digits.
[[nodiscard]] std::string id_from_name(std::string_view name);

// Whether two names can be one person's: equal but for case, accents and order, the words of one all in the
// other, or written in two scripts.
[[nodiscard]] bool names_agree(std::string_view a, std::string_view b);

// Not empty, at most 500 bytes of UTF-8 without control characters.
[[nodiscard]] bool is_one_line(std::string_view text);

}  // namespace copytaster
