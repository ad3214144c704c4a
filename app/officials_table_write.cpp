// The part of officials_csv.h that makes the columns.
#include "app/officials_csv.h"
#include "app/officials_words.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// One value with a separator in it is a line of its own, so that it is read as one.
std::string cell_of(const std::vector<std::string>& values, const char* separators = ";|") {
  std::string out = join(values, "\n");
  return values.size() == 1 && out.find_first_of(separators) != std::string::npos ? out + "\n" : out;
}

template <typename List>
std::vector<std::string> strings_of(const List& list) {
  return {list.begin(), list.end()};
}

void append_role(std::vector<std::string>* row, const Role& role) {
  for (std::string text : {role.title(), role.place(), role.country()}) row->push_back(std::move(text));
  row->push_back(role.has_from() ? day_text(role.from()) : "");
  row->push_back(role.has_until() ? day_text(role.until()) : "");
}

}  // namespace

std::string officials_to_csv(const std::vector<OfficialEntry>& entries) {
  std::vector<std::vector<std::string>> rows = {{"id", "name", "kind", "aliases", "languages", "wikidata",
                                                 "websites", "accounts", "role", "place", "country", "from",
                                                 "until"}};
  for (const OfficialEntry& entry : entries) {
    const Official& official = entry.official;
    std::vector<std::string> accounts;
    for (const Account& account : official.accounts()) accounts.push_back(account.profile_url());
    rows.push_back({official.id(), official.name(), std::string(kind_word(official.kind())),
                    cell_of(strings_of(official.aliases())), cell_of(strings_of(official.languages())),
                    official.wikidata(), cell_of(entry.websites, ";|, "), cell_of(accounts, ";|, ")});
    append_role(&rows.back(), official.roles().empty() ? Role() : official.roles(0));
    for (int i = 1; i < official.roles_size(); ++i) {
      rows.push_back({official.id(), official.name(), "", "", "", "", "", ""});
      append_role(&rows.back(), official.roles(i));
    }
  }
  return write_csv(rows);
}

}  // namespace copytaster
