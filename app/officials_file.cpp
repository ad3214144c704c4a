#include "app/officials_file.h"

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>

#include "app/officials_accounts.h"
#include "app/officials_words.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/toml_depth.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostBrokenEntries = 200;

class Reader {
 public:
  Reader(const std::string& file, const Collectors& collectors, OfficialsInput* out)
      : file_(file), collectors_(collectors), out_(out) {}

  // `lines_before`: how many lines of the file stand before what was parsed.
  void read(const toml::table& root, unsigned lines_before) {
    lines_before_ = lines_before;
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
          read_official(*table);
        else
          problem(entry, "an official is not a table", "[[official]] begins one");
      }
    }
  }

 private:
  [[nodiscard]] unsigned line_of(const toml::node& node) const {
    return static_cast<unsigned>(node.source().begin.line) + lines_before_;
  }
  void problem(const toml::node& node, std::string what, std::string hint) {
    out_->problems.push_back({file_, line_of(node), std::move(what), std::move(hint)});
  }

  void read_official(const toml::table& table) {
    EntryBuilder builder(collectors_, file_, line_of(table), &out_->problems);
    const bool names_accounts = table.contains("accounts");
    for (const auto& [key, node] : table) read_field(builder, std::string(key.str()), node);
    const std::string& id = builder.official().id();
    if (!id.empty() && !ids_.insert(id).second)
      builder.error(line_of(table), str_cat("the id ", id, " is used twice"), "each id once");
    const auto* list = table["accounts"].as_array();
    if (!names_accounts || (list != nullptr && list->empty()))
      builder.warn(line_of(table), str_cat(who(builder.official()), " has no account: known by name only"),
                   "accounts = [\"https://…\"]");
    if (auto entry = builder.finish(false))
      out_->entries.push_back(*std::move(entry));
    else
      ++out_->refused;
  }

  void read_field(EntryBuilder& to, const std::string& key, const toml::node& node) {
    const auto one = [&](auto set) {
      const auto* value = node.as_string();
      if (value == nullptr) return to.not_a_text(line_of(node), key);
      set(line_of(node), value->get());
    };
    const auto each = [&](auto add) { texts(to, node, key, add); };
    if (key == "id") return one([&](unsigned line, const std::string& text) { to.set_id(line, text); });
    if (key == "name") return one([&](unsigned line, const std::string& text) { to.set_name(line, text); });
    if (key == "kind") return to.set_kind(line_of(node), node.value_or(std::string()));
    if (key == "wikidata") {
      return one([&](unsigned line, const std::string& text) {
        if (!text.empty()) to.set_wikidata(line, text);
      });
    }
    if (key == "aliases")
      return each([&](unsigned line, const std::string& text) { to.add_alias(line, text); });
    if (key == "languages")
      return each([&](unsigned line, const std::string& text) { to.add_language(line, text, true); });
    if (key == "websites")
      return each([&](unsigned line, const std::string& text) { to.add_website(line, text); });
    if (key == "accounts")
      return each([&](unsigned line, const std::string& text) { read_account(to, line, text); });
    if (key == "role") return read_roles(to, node);
    to.error(line_of(node), str_cat("an official has no field \"", key, "\""),
             "id, name, kind, aliases, languages, wikidata, websites, accounts, [[official.role]]");
  }

  void read_account(EntryBuilder& to, unsigned line, const std::string& url) {
    const auto named = official_account(collectors_, url);
    if (named.ok()) {
      const auto [place, is_new] = accounts_.try_emplace(named->account.id(), line);
      if (!is_new) {
        return to.error(
            line,
            str_cat(without_secrets(url), " is followed twice: it stands in line ", place->second, " too"),
            "each account once");
      }
    }
    to.add_account(line, url);
    if (!named.ok() || named->collected) return;
    to.warn(line,
            str_cat(platform_label(collectors_, named->account.platform()),
                    " has no collector: ", named->account.profile_url(), " is kept and not followed"),
            "its posts can be brought in by hand");
  }

  void read_roles(EntryBuilder& to, const toml::node& node) {
    const auto* list = node.as_array();
    if (list == nullptr) return to.error(line_of(node), "role is not a list", "[[official.role]] begins one");
    for (const toml::node& entry : *list) {
      if (const auto* table = entry.as_table())
        read_role(to, *table);
      else
        to.error(line_of(entry), "a role is not a table", "[[official.role]] begins one");
    }
  }

  void read_role(EntryBuilder& to, const toml::table& table) {
    Role& role = *to.add_role(line_of(table));
    for (const auto& [name, node] : table) {
      const std::string key(name.str());
      if (key == "title" || key == "place" || key == "country") {
        const auto* value = node.as_string();
        if (value == nullptr)
          to.not_a_text(line_of(node), key);
        else if (key == "country")
          to.set_country(line_of(node), &role, value->get(), true);
        else
          *(key == "title" ? role.mutable_title() : role.mutable_place()) = value->get();
      } else if (key == "from") {
        day(to, node, key, role.mutable_from());
      } else if (key == "until") {
        day(to, node, key, role.mutable_until());
      } else {
        to.error(line_of(node), str_cat("a role has no field \"", key, "\""),
                 "title, place, country, from, until");
      }
    }
  }

  template <typename Take>
  void texts(EntryBuilder& to, const toml::node& node, const std::string& key, Take take) {
    const auto* list = node.as_array();
    if (list == nullptr)
      return to.error(line_of(node), str_cat(key, " is not a list"), str_cat(key, " = [\"…\", \"…\"]"));
    for (const toml::node& one : *list) {
      if (const auto* value = one.as_string())
        take(line_of(one), value->get());
      else
        to.error(line_of(one), str_cat(key, " holds something that is not a text"), "a text in quotes");
    }
  }

  void day(EntryBuilder& to, const toml::node& node, const std::string& key,
           google::protobuf::Timestamp* out) {
    const auto* date = node.as_date();
    if (date == nullptr)
      return to.error(line_of(node), str_cat(key, " is not a date"), str_cat(key, " = 2014-04-05"));
    const toml::date& d = date->get();
    set_day(out, absl::CivilDay(d.year, d.month, d.day));
  }

  const std::string& file_;
  const Collectors& collectors_;
  OfficialsInput* out_;
  unsigned lines_before_ = 0;
  StringSet ids_;
  StringMap<unsigned> accounts_;
};

struct Piece {
  std::string_view text;
  unsigned lines_before = 0;
};

// The text cut before each line that begins an entry: what one has wrong is then its own.
std::vector<Piece> entries_of(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t begin = 0;
  unsigned line = 0, first = 0;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    if (at > begin && strip_space(text.substr(at, end - at)).starts_with("[[official]]")) {
      pieces.push_back({text.substr(begin, at - begin), first});
      begin = at;
      first = line;
    }
    at = end;
  }
  pieces.push_back({text.substr(begin), first});
  return pieces;
}

// False: it is no TOML, and a problem says where.
bool read_piece(Reader& reader, const Piece& piece, const std::string& file,
                std::vector<ConfigProblem>* problems) {
  try {
    const toml::table root = toml::parse(piece.text, file);
    reader.read(root, piece.lines_before);
    return true;
  } catch (const toml::parse_error& error) {
    problems->push_back({file, static_cast<unsigned>(error.source().begin.line) + piece.lines_before,
                         std::string(error.description()), "TOML 1.0 is expected"});
    return false;
  }
}

// A text that is no TOML: what of it is, and what is wrong with each of the other entries.
void read_pieces(Reader& reader, std::string_view text, const std::string& file, OfficialsInput* out) {
  const std::vector<Piece> pieces = entries_of(text);
  if (pieces.size() == 1) return;
  const std::vector<ConfigProblem> of_the_whole = std::move(out->problems);
  out->problems.clear();
  std::size_t broken = 0;
  for (const Piece& piece : pieces) {
    if (read_piece(reader, piece, file, &out->problems)) continue;
    ++out->refused;
    if (++broken == kMostBrokenEntries) break;
  }
  // Each piece by itself can be right where the whole is not (a table's name that was used before).
  if (broken == 0) out->problems.insert(out->problems.end(), of_the_whole.begin(), of_the_whole.end());
}

}  // namespace

OfficialsInput read_officials_toml(std::string_view text, const std::string& file,
                                   const Collectors& collectors) {
  OfficialsInput out;
  if (const unsigned line = toml_line_too_deep(text)) {
    out.problems.push_back(
        {file, line, "it is nested too deep", "[[official]] tables, as in officials.toml"});
    return out;
  }
  Reader reader(file, collectors, &out);
  if (!read_piece(reader, {text, 0}, file, &out.problems)) read_pieces(reader, text, file, &out);
  std::stable_sort(out.problems.begin(), out.problems.end(),
                   [](const ConfigProblem& a, const ConfigProblem& b) { return a.line < b.line; });
  return out;
}

std::vector<Official> read_officials(std::string_view text, const std::string& file,
                                     const Collectors& collectors, std::vector<ConfigProblem>* problems) {
  OfficialsInput input = read_officials_toml(text, file, collectors);
  problems->insert(problems->end(), std::make_move_iterator(input.problems.begin()),
                   std::make_move_iterator(input.problems.end()));
  std::vector<Official> out;
  out.reserve(input.entries.size());
  for (OfficialEntry& entry : input.entries) out.push_back(std::move(entry.official));
  return out;
}

}  // namespace copytaster
