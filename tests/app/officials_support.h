// Officials made up for the tests, and how they are compared.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/officials_entry.h"
#include "app/officials_file.h"
#include "core/json.h"
#include "core/strings.h"

namespace copytaster {

// Aliases in several scripts, several roles, accounts with and without a collector, all that may break a
// format.
inline constexpr std::string_view kThreeOfficials = R"([[official]]
id = "odile-ravenel"
name = "Odile \"Odi\" Ravenel; la maire"
kind = "person"
aliases = ["Одиль Равенель", "Οντίλ Ραβενέλ", "أوديل رافينيل", "a|b; c"]
languages = ["fr", "pt-BR"]
wikidata = "Q900000001"
websites = ["https://ravenel.example/"]
accounts = ["https://www.facebook.com/ravenel.portvent", "https://x.com/ravenel", "https://social.example/@ravenel", "https://ravenel.example/news.xml?a=1&b=2"]
  [[official.role]]
  title = "Mayor"
  place = "Portvent"
  country = "FR"
  from = 2014-04-05
  until = 2020-07-03
  [[official.role]]
  title = "Deputy, of \"Côte-Nord\""
  from = 2020-07-04

[[official]]
id = "us/T000001"
name = "Ville de Portvent"
kind = "body"
accounts = ["https://portvent.example/feed"]

[[official]]
id = "only-a-name"
name = "Марія Кравець"
  [[official.role]]
  title = "Mayor"
  place = "Тиха"
  country = "UA"
)";

inline std::vector<std::string> texts_of(const std::vector<ConfigProblem>& problems, bool warnings = false) {
  std::vector<std::string> out;
  for (const ConfigProblem& problem : problems) {
    if (problem.warning == warnings) out.push_back(to_text(problem));
  }
  return out;
}

// All of an official but where it stands, and its accounts' details: these have no order, and come from the
// URL alone.
inline std::vector<std::string> shown(const std::vector<OfficialEntry>& entries) {
  std::vector<std::string> out;
  for (OfficialEntry entry : entries) {
    for (Account& account : *entry.official.mutable_accounts()) account.clear_details();
    out.push_back(str_cat(to_json(entry.official), " ", join(entry.websites, " ")));
  }
  return out;
}

inline std::vector<std::string> platforms_of(const Official& official) {
  std::vector<std::string> out;
  for (const Account& account : official.accounts()) out.push_back(account.platform());
  return out;
}

inline std::vector<std::string> urls_of(const Official& official) {
  std::vector<std::string> out;
  for (const Account& account : official.accounts()) out.push_back(account.profile_url());
  return out;
}

inline OfficialsInput toml_of(std::string_view text) {
  return read_officials_toml(text, "officials.toml", Collectors());
}

}  // namespace copytaster
