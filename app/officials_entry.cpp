#include "app/officials_entry.h"

#include <algorithm>

#include "app/officials_accounts.h"
#include "app/officials_words.h"
#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kRightDay =
    "write the year first, then month and day: the fifth of April 2014 is 2014-04-05";

// What a message repeats of a text that is wrong: short and harmless.
std::string shown(std::string_view text) {
  const std::string hidden = without_secrets(text);
  const std::string_view cut = std::string_view(hidden).substr(0, utf8_floor(hidden, 120));
  return json_quote(cut.size() < hidden.size() ? str_cat(cut, "…") : std::string(cut));
}

bool is_wikidata(std::string_view id) {
  return id.size() >= 2 && id.size() <= 20 && id[0] == 'Q' && id[1] != '0' &&
         std::all_of(id.begin() + 1, id.end(), [](char c) { return is_ascii_digit(c); });
}

bool is_website(std::string_view address) {
  return address.size() <= 2000 && is_valid_utf8(address) &&
         (starts_with_ignore_case(address, "https://") || starts_with_ignore_case(address, "http://")) &&
         std::none_of(address.begin(), address.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

template <typename List>
bool has(const List& list, std::string_view value) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return one == value; });
}

}  // namespace

std::string who(const Official& official) {
  if (official.name().empty()) return official.id().empty() ? "an official" : official.id();
  return official.id().empty() ? official.name() : str_cat(official.name(), " (", official.id(), ")");
}

void EntryBuilder::error(unsigned line, std::string what, std::string hint) {
  failed_ = true;
  problems_->push_back({file_, line, std::move(what), std::move(hint)});
}

void EntryBuilder::warn(unsigned line, std::string what, std::string hint) {
  problems_->push_back({file_, line, std::move(what), std::move(hint), true});
}

void EntryBuilder::not_a_text(unsigned line, std::string_view key) {
  id_is_told_ |= key == "id";
  name_is_told_ |= key == "name";
  error(line, str_cat(key, " is not a text"), "a text in quotes");
}

bool EntryBuilder::is_full(unsigned line, int size, std::string_view what) {
  if (size < kMost) return false;
  if (!too_many_) error(line, str_cat("an official has more than ", kMost, " ", what), "is it one person?");
  too_many_ = true;
  return true;
}

void EntryBuilder::set_id(unsigned line, std::string_view id) {
  id_is_told_ = !id.empty();
  if (!id.empty() && !is_one_line(id))
    return error(line, str_cat("the id ", shown(id), " is not one short line"), "id = \"first-last\"");
  entry_.official.set_id(std::string(id));
}

void EntryBuilder::set_name(unsigned line, std::string_view name) {
  name_is_told_ = !name.empty();
  if (!name.empty() && !is_one_line(name))
    return error(line, str_cat("the name ", shown(name), " is not one short line"), "name = \"First Last\"");
  entry_.official.set_name(std::string(name));
}

void EntryBuilder::set_kind(unsigned line, std::string_view word) {
  const auto kind = kind_from(word);
  if (!kind)
    return error(line, str_cat("the kind ", shown(word), " is not known"), "person, body or newsroom");
  entry_.official.set_kind(*kind);
  entry_.kind_is_told = true;
}

void EntryBuilder::set_wikidata(unsigned line, std::string_view id) {
  std::string_view bare = strip_space(id);
  if (const std::size_t slash = bare.rfind('/'); slash != std::string_view::npos)
    bare.remove_prefix(slash + 1);
  if (!is_wikidata(bare))
    return error(line, str_cat(shown(id), " is no Wikidata id"), "\"Q\" and a number, as in \"Q2851133\"");
  entry_.official.set_wikidata(std::string(bare));
}

void EntryBuilder::add_alias(unsigned line, std::string_view alias) {
  if (!is_one_line(alias))
    return error(line, str_cat("the alias ", shown(alias), " is not one short line"), "");
  if (is_full(line, entry_.official.aliases_size(), "aliases")) return;
  if (!has(entry_.official.aliases(), alias)) entry_.official.add_aliases(std::string(alias));
}

void EntryBuilder::add_website(unsigned line, std::string_view address) {
  address = strip_space(address);
  if (!is_website(address))
    return error(line, str_cat(shown(address), " is no web address"), "it begins with https://");
  if (is_full(line, static_cast<int>(entry_.websites.size()), "websites")) return;
  if (!has(entry_.websites, address)) entry_.websites.emplace_back(address);
}

void EntryBuilder::add_account(unsigned line, std::string_view url) {
  if (is_full(line, entry_.official.accounts_size(), "accounts")) return;
  auto named = official_account(collectors_, url);
  if (!named.ok()) return error(line, std::string(named.status().message()), "");
  const auto& accounts = entry_.official.accounts();
  const bool is_there = std::any_of(accounts.begin(), accounts.end(),
                                    [&](const Account& one) { return one.id() == named->account.id(); });
  if (!is_there) *entry_.official.add_accounts() = std::move(named->account);
}

void EntryBuilder::add_site(unsigned line, std::string_view address) {
  const auto named = official_account(collectors_, address);
  if (named.ok() && named->account.platform() != "feed") return add_account(line, address);
  add_website(line, address);
}

void EntryBuilder::add_language(unsigned line, std::string_view tag, bool strict) {
  const auto known = spoken_language_tag(tag);
  if (!known || (strict && !is_language(tag))) {
    return error(line, str_cat("the language ", shown(tag), " is not known (BCP 47)"),
                 known ? str_cat("languages = [\"", *known, "\"]") : "a tag such as \"fr\" or \"pt-BR\"");
  }
  if (is_full(line, entry_.official.languages_size(), "languages")) return;
  const std::string_view kept = strict ? tag : std::string_view(*known);
  if (!has(entry_.official.languages(), kept)) entry_.official.add_languages(std::string(kept));
}

void EntryBuilder::set_country(unsigned line, Role* role, std::string_view country, bool strict) {
  const auto known = country_code(country);
  if (!known || (strict && !is_country(country))) {
    return error(line, str_cat("the country ", shown(country), " is not known (ISO 3166-1 alpha-2)"),
                 known ? str_cat("country = \"", *known, "\"") : "two capitals, as in \"FR\"");
  }
  role->set_country(*known);
}

// A year or a month is no day.
void EntryBuilder::warn_of_guess(unsigned line, std::string_view day,
                                 const google::protobuf::Timestamp& taken) {
  if (strip_space(day).size() < 8)
    warn(line, str_cat(shown(day), " is taken for ", day_text(taken)), "write the day if it matters");
}

void EntryBuilder::set_from(unsigned line, Role* role, std::string_view day) {
  const auto read = day_from(day);
  if (!read)
    return error(line, str_cat(shown(day), " is not a date that can be read one way"),
                 std::string(kRightDay));
  set_day(role->mutable_from(), *read);
  warn_of_guess(line, day, role->from());
}

void EntryBuilder::set_until(unsigned line, Role* role, std::string_view day) {
  const auto read = day_from(day, true);
  if (!read)
    return error(line, str_cat(shown(day), " is not a date that can be read one way"),
                 std::string(kRightDay));
  set_day(role->mutable_until(), *read);
  warn_of_guess(line, day, role->until());
}

Role* EntryBuilder::add_role(unsigned line) {
  if (is_full(line, entry_.official.roles_size(), "roles")) entry_.official.mutable_roles()->RemoveLast();
  role_lines_.resize(static_cast<std::size_t>(entry_.official.roles_size()));
  role_lines_.push_back(line);
  return entry_.official.add_roles();
}

void EntryBuilder::drop_repeated_role() {
  auto* roles = entry_.official.mutable_roles();
  const std::string last = roles->rbegin()->SerializeAsString();
  for (int i = 0; i + 1 < roles->size(); ++i) {
    if (roles->Get(i).SerializeAsString() != last) continue;
    roles->RemoveLast();
    role_lines_.pop_back();
    return;
  }
}

void EntryBuilder::check_roles() {
  for (std::size_t i = 0; i < role_lines_.size(); ++i) {
    const Role& role = entry_.official.roles(static_cast<int>(i));
    const unsigned line = role_lines_[i];
    if (role.title().empty()) error(line, "a role has no title", "title = \"Mayor\"");
    for (const std::string* text : {&role.title(), &role.place()}) {
      if (!text->empty() && !is_one_line(*text))
        error(line, str_cat("a role's ", shown(*text), " is not one short line"), "title = \"Mayor\"");
    }
    if (role.has_from() && role.has_until() && to_time(role.until()) < to_time(role.from())) {
      error(line,
            str_cat("the role ", role.title(), " of ", who(entry_.official), " ends on ",
                    day_text(role.until()), " before it begins on ", day_text(role.from())),
            "from is the first day, until the day it ends");
    }
  }
}

std::optional<OfficialEntry> EntryBuilder::finish(bool make_id) {
  Official& official = entry_.official;
  if (official.name().empty() && !name_is_told_)
    error(entry_.line,
          str_cat(official.id().empty() ? "an official" : str_cat("the official ", official.id()),
                  " has no name"),
          "name = \"First Last\"");
  if (official.id().empty() && make_id && !official.name().empty()) {
    official.set_id(id_from_name(official.name()));
    entry_.id_is_made = true;
  }
  if (official.id().empty() && !id_is_told_) {
    if (!make_id)
      error(entry_.line, "an official has no id", "id = \"first-last\"");
    else if (!official.name().empty())
      error(entry_.line, str_cat("no id can be made from the name ", shown(official.name())), "give one");
  }
  check_roles();
  for (Account& account : *official.mutable_accounts()) account.set_official_id(official.id());
  if (failed_) return std::nullopt;
  return std::move(entry_);
}

}  // namespace copytaster
