// One official as a file tells it, with where it stands; and the builder that all readers share, so that the
// same fault is told in the same words whatever the format.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings.h"
#include "collectors/catalog.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct OfficialEntry {
  Official official;
  std::vector<std::string> websites;  // home pages: told of the person, never collected
  unsigned line = 0;                  // where it begins in its file
  bool id_is_made = false;            // from the name: the file gives none
  bool kind_is_told = false;
};

// What a file says. An official with an error is refused whole and is not among the entries: mended, the file
// can be imported again.
struct OfficialsInput {
  std::vector<OfficialEntry> entries;
  std::size_t refused = 0;
  std::vector<ConfigProblem> problems;  // errors and warnings, in the order of the file
  std::map<std::string, std::size_t>
      left_out;  // what the file has and officials have not: "party", how often
};

// Builds one entry. Any text; every fault becomes a problem with its line. Not for several threads.
class EntryBuilder {
 public:
  static constexpr int kMost = 1000;  // accounts, aliases, roles, … of one official

  // All outlive it. `line` is where the entry begins.
  EntryBuilder(const Collectors& collectors, const std::string& file, unsigned line,
               std::vector<ConfigProblem>* problems)
      : collectors_(collectors), file_(file), problems_(problems) {
    entry_.line = line;
  }

  void error(unsigned line, std::string what, std::string hint);
  void warn(unsigned line, std::string what, std::string hint);
  // The value of `key` is not a text; nothing else is then said of it.
  void not_a_text(unsigned line, std::string_view key);
  [[nodiscard]] bool failed() const { return failed_; }

  void set_id(unsigned line, std::string_view id);
  void set_name(unsigned line, std::string_view name);
  void set_kind(unsigned line, std::string_view word);
  void set_wikidata(unsigned line, std::string_view id);  // "Q…", also in its URL
  void add_alias(unsigned line, std::string_view alias);
  void add_website(unsigned line, std::string_view address);
  // A profile URL, also on a platform that no collector reads. The same one twice in one entry counts once.
  void add_account(unsigned line, std::string_view url);
  // A home page or a profile: whichever it is.
  void add_site(unsigned line, std::string_view address);
  // With `strict` as the standards write it; without, also in words ("France", "French").
  void add_language(unsigned line, std::string_view tag, bool strict = false);
  void set_country(unsigned line, Role* role, std::string_view country, bool strict = false);
  void set_from(unsigned line, Role* role, std::string_view day);
  void set_until(unsigned line, Role* role, std::string_view day);
  // Valid until the next call.
  Role* add_role(unsigned line);
  // Takes the role added last away again when the entry has the same one already.
  void drop_repeated_role();

  [[nodiscard]] const Official& official() const { return entry_.official; }
  // What is demanded of every entry: a name, an id (made from the name with `make_id`), a title for each
  // role. Nullopt when any error was told.
  std::optional<OfficialEntry> finish(bool make_id);

 private:
  void check_roles();
  void warn_of_guess(unsigned line, std::string_view day, const google::protobuf::Timestamp& taken);
  // At most kMost of a list; the one too many is an error, told once.
  bool is_full(unsigned line, int size, std::string_view what);
  const Collectors& collectors_;
  const std::string& file_;
  std::vector<ConfigProblem>* problems_;
  OfficialEntry entry_;
  std::vector<unsigned> role_lines_;
  bool failed_ = false;
  bool id_is_told_ = false, name_is_told_ = false, too_many_ = false;
};

// "Anne Hidalgo (anne-hidalgo)": for messages.
[[nodiscard]] std::string who(const Official& official);

}  // namespace copytaster
