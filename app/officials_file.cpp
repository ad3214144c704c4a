#include "app/officials_file.h"

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "core/strings.h"
#include "core/time.h"
#include "core/toml_depth.h"
#include "core/url.h"

namespace copytaster {
namespace {

class Reader {
 public:
  Reader(const std::string& file, const Collectors& collectors, std::vector<ConfigProblem>* problems)
      : file_(file), collectors_(collectors), problems_(problems) {}

  std::vector<Official> read(const toml::table& root) {
    std::vector<Official> all;
    for (const auto& [key, node] : root) {
      const auto* list = node.as_array();
      if (key.str() != "official" || list == nullptr) {
        problem(node, str_cat("\"", std::string_view(key.str()), "\" is not known here"),
                "[[official]] begins an entry");
        continue;
      }
      for (const toml::node& entry : *list) {
        const auto* table = entry.as_table();
        if (table != nullptr)
          read_official(*table, all);
        else
          problem(entry, "an official is not a table", "[[official]] begins one");
      }
    }
    return all;
  }

 private:
  void problem(const toml::node& node, std::string what, std::string hint) {
    problems_->push_back(
        {file_, static_cast<unsigned>(node.source().begin.line), std::move(what), std::move(hint)});
  }

  void read_official(const toml::table& table, std::vector<Official>& all) {
    const std::size_t before = problems_->size();
    Official official;
    for (const auto& [key, node] : table) read_field(official, std::string(key.str()), node);
    if (official.id().empty()) problem(table, "an official has no id", "id = \"first-last\"");
    if (official.name().empty())
      problem(table, str_cat("the official ", official.id(), " has no name"), "name = \"First Last\"");
    if (!ids_.insert(official.id()).second)
      problem(table, str_cat("the id ", official.id(), " is used twice"), "each id once");
    if (official.accounts().empty())
      problem(table, str_cat(official.name(), " has no account"), "accounts = [\"https://…\"]");
    for (Account& account : *official.mutable_accounts()) account.set_official_id(official.id());
    if (problems_->size() == before) all.push_back(std::move(official));
  }

  void read_field(Official& official, const std::string& key, const toml::node& node) {
    if (key == "id") return text(node, key, official.mutable_id());
    if (key == "name") return text(node, key, official.mutable_name());
    if (key == "wikidata") return text(node, key, official.mutable_wikidata());
    if (key == "kind") return read_kind(official, node);
    if (key == "aliases")
      return texts(node, key,
                   [&](const toml::node&, std::string value) { official.add_aliases(std::move(value)); });
    if (key == "languages")
      return texts(node, key,
                   [&](const toml::node&, std::string value) { official.add_languages(std::move(value)); });
    if (key == "accounts")
      return texts(node, key, [&](const toml::node& at, const std::string& value) {
        read_account(official, at, value);
      });
    if (key == "role") return read_roles(official, node);
    problem(node, str_cat("an official has no field \"", key, "\""),
            "id, name, kind, aliases, languages, wikidata, accounts, [[official.role]]");
  }

  void read_kind(Official& official, const toml::node& node) {
    const std::string kind = node.value_or(std::string());
    if (kind == "person") return official.set_kind(PERSON);
    if (kind == "body") return official.set_kind(BODY);
    if (kind == "newsroom") return official.set_kind(NEWSROOM);
    problem(node, str_cat("the kind \"", kind, "\" is not known"), "person, body or newsroom");
  }

  void read_account(Official& official, const toml::node& node, const std::string& url) {
    auto account = collectors_.recognise(url);
    if (!account.ok()) return problem(node, std::string(account.status().message()), "");
    if (!accounts_.insert(account->id()).second)
      return problem(node, str_cat(without_secrets(url), " is followed twice"), "each account once");
    *official.add_accounts() = *std::move(account);
  }

  void read_roles(Official& official, const toml::node& node) {
    const auto* list = node.as_array();
    if (list == nullptr) return problem(node, "role is not a list", "[[official.role]] begins one");
    for (const toml::node& entry : *list) {
      if (const auto* table = entry.as_table())
        read_role(*official.add_roles(), *table);
      else
        problem(entry, "a role is not a table", "[[official.role]] begins one");
    }
  }

  void read_role(Role& role, const toml::table& table) {
    for (const auto& [name, node] : table) {
      const std::string key(name.str());
      if (key == "title")
        text(node, key, role.mutable_title());
      else if (key == "place")
        text(node, key, role.mutable_place());
      else if (key == "country")
        text(node, key, role.mutable_country());
      else if (key == "from")
        day(node, key, role.mutable_from());
      else if (key == "until")
        day(node, key, role.mutable_until());
      else
        problem(node, str_cat("a role has no field \"", key, "\""), "title, place, country, from, until");
    }
    if (role.title().empty()) problem(table, "a role has no title", "title = \"Mayor\"");
  }

  void text(const toml::node& node, const std::string& key, std::string* out) {
    const auto* value = node.as_string();
    if (value == nullptr) return problem(node, str_cat(key, " is not a text"), "a text in quotes");
    *out = value->get();
  }

  template <typename Take>
  void texts(const toml::node& node, const std::string& key, Take take) {
    const auto* list = node.as_array();
    if (list == nullptr)
      return problem(node, str_cat(key, " is not a list"), str_cat(key, " = [\"…\", \"…\"]"));
    for (const toml::node& one : *list) {
      if (const auto* value = one.as_string())
        take(one, value->get());
      else
        problem(one, str_cat(key, " holds something that is not a text"), "a text in quotes");
    }
  }

  void day(const toml::node& node, const std::string& key, google::protobuf::Timestamp* out) {
    std::string iso;
    if (const auto* date = node.as_date()) {
      const toml::date& d = date->get();
      set_timestamp(out, absl::FromCivil(absl::CivilDay(d.year, d.month, d.day), absl::UTCTimeZone()));
      return;
    }
    problem(node, str_cat(key, " is not a date"), str_cat(key, " = 2014-04-05"));
  }

  const std::string& file_;
  const Collectors& collectors_;
  std::vector<ConfigProblem>* problems_;
  StringSet ids_;
  StringSet accounts_;
};

}  // namespace

std::vector<Official> read_officials(std::string_view text, const std::string& file,
                                     const Collectors& collectors, std::vector<ConfigProblem>* problems) {
  if (const unsigned line = toml_line_too_deep(text)) {
    problems->push_back({file, line, "it is nested too deep", "[[official]] tables, as in officials.toml"});
    return {};
  }
  try {
    return Reader(file, collectors, problems).read(toml::parse(text, file));
  } catch (const toml::parse_error& error) {
    problems->push_back({file, static_cast<unsigned>(error.source().begin.line),
                         std::string(error.description()), "TOML 1.0 is expected"});
    return {};
  }
}

}  // namespace copytaster
