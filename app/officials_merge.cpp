#include "app/officials_merge.h"

#include <algorithm>

#include "app/officials_words.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

template <typename List>
bool has(const List& list, std::string_view value) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return one == value; });
}

bool same_or_unsaid(std::string_view a, std::string_view b) {
  return a.empty() || b.empty() || a == b || fold_name(a) == fold_name(b);
}

bool same_or_unsaid(bool has_a, const google::protobuf::Timestamp& a, bool has_b,
                    const google::protobuf::Timestamp& b) {
  return !has_a || !has_b || (a.seconds() == b.seconds() && a.nanos() == b.nanos());
}

// A day told by one alone must not end the term before it begins.
bool dates_agree(const Role& a, const Role& b) {
  const Role& begins = a.has_from() ? a : b;
  const Role& ends = a.has_until() ? a : b;
  return same_or_unsaid(a.has_from(), a.from(), b.has_from(), b.from()) &&
         same_or_unsaid(a.has_until(), a.until(), b.has_until(), b.until()) &&
         (!begins.has_from() || !ends.has_until() || begins.from().seconds() <= ends.until().seconds());
}

// One term of one office, as far as both tell it.
bool same_role(const Role& a, const Role& b) {
  return fold_name(a.title()) == fold_name(b.title()) && same_or_unsaid(a.place(), b.place()) &&
         same_or_unsaid(a.country(), b.country()) && dates_agree(a, b);
}

bool wikidata_differs(const Official& a, const Official& b) {
  return !a.wikidata().empty() && !b.wikidata().empty() && a.wikidata() != b.wikidata();
}

bool any_name_agrees(const Official& a, const Official& b) {
  std::vector<std::string_view> first = {a.name()}, second = {b.name()};
  for (const std::string& alias : a.aliases()) first.push_back(alias);
  for (const std::string& alias : b.aliases()) second.push_back(alias);
  if (first.size() * second.size() > 400) return names_agree(a.name(), b.name());
  return std::any_of(first.begin(), first.end(), [&](std::string_view one) {
    return std::any_of(second.begin(), second.end(),
                       [&](std::string_view other) { return names_agree(one, other); });
  });
}

bool is_called(const Official& official, std::string_view name) {
  const std::string folded = fold_name(name);
  return fold_name(official.name()) == folded ||
         std::any_of(official.aliases().begin(), official.aliases().end(),
                     [&](const std::string& alias) { return fold_name(alias) == folded; });
}

// Nowhere do both name places and have none in common.
bool places_agree(const Official& a, const Official& b) {
  bool both = false;
  for (const Role& one : a.roles()) {
    for (const Role& other : b.roles()) {
      if (one.place().empty() || other.place().empty()) continue;
      if (fold_name(one.place()) == fold_name(other.place())) return true;
      both = true;
    }
  }
  return !both;
}

std::string role_words(const Role& role) {
  return str_cat(role.title(), role.place().empty() ? "" : " of ", role.place());
}

bool complete(Role* role, const Role& more) {
  const std::string before = role->SerializeAsString();
  if (role->place().empty()) role->set_place(more.place());
  if (role->country().empty()) role->set_country(more.country());
  if (!role->has_from() && more.has_from()) *role->mutable_from() = more.from();
  if (!role->has_until() && more.has_until()) *role->mutable_until() = more.until();
  return role->SerializeAsString() != before;
}

void unite_roles(Official* official, const Official& more, std::vector<std::string>* news) {
  for (const Role& role : more.roles()) {
    auto* roles = official->mutable_roles();
    const std::string bytes = role.SerializeAsString();
    const bool is_there = std::any_of(roles->begin(), roles->end(),
                                      [&](const Role& one) { return one.SerializeAsString() == bytes; });
    if (is_there) continue;
    const auto same =
        std::find_if(roles->begin(), roles->end(), [&](const Role& one) { return same_role(one, role); });
    if (same == roles->end()) {
      *official->add_roles() = role;
      news->push_back(str_cat("role ", role_words(role)));
    } else if (complete(&*same, role)) {
      news->push_back(str_cat("more of the role ", role_words(*same)));
    }
  }
}

}  // namespace

OfficialsBook::OfficialsBook(std::vector<OfficialEntry> existing, std::string file)
    : entries_(std::move(existing)), file_(std::move(file)), existing_(entries_.size()) {
  from_here_.resize(existing_, false);
  for (std::size_t i = 0; i < existing_; ++i) remember(i);
}

void OfficialsBook::remember(std::size_t index) {
  const Official& official = entries_[index].official;
  by_id_.try_emplace(official.id(), index);
  if (!official.wikidata().empty()) by_wikidata_.try_emplace(official.wikidata(), index);
  for (const Account& account : official.accounts()) by_account_.try_emplace(account.id(), index);
}

std::size_t OfficialsBook::find(const StringMap<std::size_t>& index, std::string_view key) const {
  const auto found = key.empty() ? index.end() : index.find(key);
  return found == index.end() ? kNobody : found->second;
}

std::string OfficialsBook::place_of(std::size_t index) const {
  return str_cat(who(entries_[index].official), ", ", from_here_[index] ? input_file_ : file_, ":",
                 entries_[index].line);
}

void OfficialsBook::warn(unsigned line, std::string what, std::string hint) {
  report_.problems.push_back({input_file_, line, std::move(what), std::move(hint), true});
}

OfficialsBook::Match OfficialsBook::match(const OfficialEntry& entry) const {
  const Official& official = entry.official;
  const std::size_t by_wikidata = find(by_wikidata_, official.wikidata());
  const std::size_t by_id = entry.id_is_made ? kNobody : find(by_id_, official.id());
  if (by_wikidata != kNobody && by_id != kNobody && by_wikidata != by_id) {
    return {kNobody, str_cat("the id is that of ", place_of(by_id), ", and ", official.wikidata(), " is ",
                             place_of(by_wikidata))};
  }
  if (by_id != kNobody && wikidata_differs(official, entries_[by_id].official)) {
    return {kNobody, str_cat("the id is that of ", place_of(by_id), ", who is ",
                             entries_[by_id].official.wikidata(), " and not ", official.wikidata())};
  }
  if (by_wikidata != kNobody) return {by_wikidata, ""};
  return {by_id != kNobody ? by_id : by_account(entry), ""};
}

std::size_t OfficialsBook::by_account(const OfficialEntry& entry) const {
  std::size_t owner = kNobody;
  for (const Account& account : entry.official.accounts()) {
    const std::size_t one = find(by_account_, account.id());
    if (one == kNobody || one == owner) continue;
    if (owner != kNobody) return kNobody;  // of two people: it says nothing
    owner = one;
  }
  if (owner == kNobody) return kNobody;
  const OfficialEntry& other = entries_[owner];
  const bool ids_differ = from_here_[owner] && !entry.id_is_made && !other.id_is_made;
  if (ids_differ || wikidata_differs(entry.official, other.official) ||
      !any_name_agrees(entry.official, other.official))
    return kNobody;
  return owner;
}

// Of an entry whose id is made from its name: who bears that id and is the same. Else gives the entry an id
// that is free: "john-smith", "john-smith-dublin", "john-smith-2".
std::size_t OfficialsBook::by_made_id(OfficialEntry* entry) const {
  Official& official = entry->official;
  const std::string base = official.id();
  std::vector<std::string> ids = {base};
  for (const Role& role : official.roles()) {
    if (const std::string place = id_from_name(role.place()); !place.empty())
      ids.push_back(str_cat(base, "-", place));
  }
  if (!official.wikidata().empty()) ids.push_back(str_cat(base, "-", ascii_lower(official.wikidata())));
  for (std::size_t number = 2;; ++number) {
    for (const std::string& id : ids) {
      const std::size_t other = find(by_id_, id);
      if (other == kNobody) {
        official.set_id(id);
        return kNobody;
      }
      const Official& there = entries_[other].official;
      if (is_called(there, official.name()) && !wikidata_differs(official, there) &&
          places_agree(official, there))
        return other;
    }
    ids = {str_cat(base, "-", number)};
  }
}

void OfficialsBook::add_account(std::size_t index, Account account, unsigned line,
                                std::vector<std::string>* news) {
  Official& official = entries_[index].official;
  const auto [owner, is_new] = by_account_.try_emplace(account.id(), index);
  if (is_new) {
    account.set_official_id(official.id());
    news->push_back(without_secrets(account.profile_url()));
    *official.add_accounts() = std::move(account);
  } else if (owner->second != index) {
    warn(line,
         str_cat(without_secrets(account.profile_url()), " of ", who(official), " is already that of ",
                 place_of(owner->second), " and stays there"),
         "if both are one person, give both the same id or wikidata");
  }
}

// What is new of it.
std::vector<std::string> OfficialsBook::unite(std::size_t index, OfficialEntry&& entry) {
  std::vector<std::string> news;
  OfficialEntry& kept = entries_[index];
  Official& official = kept.official;
  const auto add_name = [&](const std::string& name) {
    if (name == official.name() || has(official.aliases(), name)) return;
    official.add_aliases(name);
    news.push_back(str_cat("alias ", name));
  };
  add_name(entry.official.name());
  for (const std::string& alias : entry.official.aliases()) add_name(alias);
  for (const std::string& language : entry.official.languages()) {
    if (has(official.languages(), language)) continue;
    official.add_languages(language);
    news.push_back(str_cat("language ", language));
  }
  for (std::string& website : entry.websites) {
    if (has(kept.websites, website)) continue;
    news.push_back(str_cat("website ", without_secrets(website)));
    kept.websites.push_back(std::move(website));
  }
  if (official.wikidata().empty() && !entry.official.wikidata().empty()) {
    official.set_wikidata(entry.official.wikidata());
    by_wikidata_.try_emplace(official.wikidata(), index);
    news.push_back(str_cat("wikidata ", official.wikidata()));
  }
  if (entry.kind_is_told && entry.official.kind() != official.kind()) {
    warn(entry.line,
         str_cat(who(official), " is a ", kind_word(entry.official.kind()), " here and stays a ",
                 kind_word(official.kind()), " (", place_of(index), ")"),
         "mend the one that is wrong");
  }
  unite_roles(&official, entry.official, &news);
  for (Account& account : *entry.official.mutable_accounts())
    add_account(index, std::move(account), entry.line, &news);
  return news;
}

void OfficialsBook::take_one(OfficialEntry entry) {
  Match found = match(entry);
  if (!found.contradiction.empty()) {
    ++report_.refused;
    report_.problems.push_back({input_file_, entry.line,
                                str_cat(who(entry.official), ": ", found.contradiction),
                                "one id for one person"});
    return;
  }
  if (found.index == kNobody && entry.id_is_made) found.index = by_made_id(&entry);
  if (found.index == kNobody) {
    const std::size_t index = entries_.size();
    ++report_.added;
    OfficialEntry shell = entry;
    shell.official.clear_accounts();
    entries_.push_back(std::move(shell));
    from_here_.push_back(true);
    std::vector<std::string> accounts;
    for (Account& account : *entry.official.mutable_accounts())
      add_account(index, std::move(account), entry.line, &accounts);
    remember(index);
    report_.news.push_back(str_cat("new      ", who(entries_[index].official), ": ", accounts.size(),
                                   accounts.size() == 1 ? " account" : " accounts"));
    return;
  }
  const std::vector<std::string> news = unite(found.index, std::move(entry));
  if (from_here_[found.index]) {
    ++report_.repeated;
  } else if (news.empty()) {
    ++report_.unchanged;
  } else {
    ++report_.changed;
    existing_changed_ = true;
    report_.news.push_back(str_cat("changed  ", who(entries_[found.index].official), ": ", join(news, ", ")));
  }
}

MergeReport OfficialsBook::take(OfficialsInput input, const std::string& file) {
  report_ = MergeReport();
  input_file_ = file;
  from_here_.assign(entries_.size(), false);
  report_.refused = input.refused;
  report_.problems = std::move(input.problems);
  for (OfficialEntry& entry : input.entries) take_one(std::move(entry));
  return std::move(report_);
}

}  // namespace copytaster
