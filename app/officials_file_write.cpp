// The part of officials_file.h that writes.
#include <cstdio>

#include "app/officials_file.h"
#include "app/officials_words.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// A basic string of TOML 1.0: quotes, backslashes and control characters escaped.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : to_valid_utf8(text)) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += escaped;
    } else {
      out += c;
    }
  }
  return out + '"';
}

template <typename List, typename Text>
std::string list_of(std::string_view key, const List& list, const Text& text_of) {
  if (list.empty()) return "";
  std::string out = str_cat(key, " = [");
  const bool one_line = list.size() == 1 || key == "aliases" || key == "languages";
  bool first = true;
  for (const auto& one : list) {
    str_append(&out, one_line ? (first ? "" : ", ") : "\n  ", quoted(text_of(one)), one_line ? "" : ",");
    first = false;
  }
  return str_cat(out, one_line ? "]\n" : "\n]\n");
}

std::string role_text(const Role& role) {
  std::string out = str_cat("  [[official.role]]\n  title = ", quoted(role.title()), "\n");
  if (!role.place().empty()) str_append(&out, "  place = ", quoted(role.place()), "\n");
  if (!role.country().empty()) str_append(&out, "  country = ", quoted(role.country()), "\n");
  if (role.has_from()) str_append(&out, "  from = ", day_text(role.from()), "\n");
  if (role.has_until()) str_append(&out, "  until = ", day_text(role.until()), "\n");
  return out;
}

std::string entry_text(const OfficialEntry& entry) {
  const Official& official = entry.official;
  const auto itself = [](const std::string& text) -> std::string_view { return text; };
  std::string out =
      str_cat("[[official]]\nid = ", quoted(official.id()), "\nname = ", quoted(official.name()),
              "\nkind = ", quoted(kind_word(official.kind())), "\n");
  str_append(&out, list_of("aliases", official.aliases(), itself),
             list_of("languages", official.languages(), itself));
  if (!official.wikidata().empty()) str_append(&out, "wikidata = ", quoted(official.wikidata()), "\n");
  str_append(&out, list_of("websites", entry.websites, itself),
             list_of("accounts", official.accounts(),
                     [](const Account& account) -> std::string_view { return account.profile_url(); }));
  for (const Role& role : official.roles()) out += role_text(role);
  return out;
}

}  // namespace

std::string officials_to_toml(const std::vector<OfficialEntry>& entries) {
  std::string out;
  for (const OfficialEntry& entry : entries) str_append(&out, out.empty() ? "" : "\n", entry_text(entry));
  return out;
}

}  // namespace copytaster
