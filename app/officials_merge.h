// Taking officials into those that are there already: nobody twice, nothing lost. Not for several threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/officials_entry.h"
#include "core/strings.h"

namespace copytaster {

// What became of the entries of one input; each is counted once.
struct MergeReport {
  std::size_t added = 0;
  std::size_t changed = 0;  // of those that were there before
  std::size_t unchanged = 0;
  std::size_t repeated = 0;  // named earlier in the same input, and united with that
  std::size_t refused = 0;
  std::vector<std::string> news;  // a line for each one that is new or changed: what is new
  std::vector<ConfigProblem> problems;
};

class OfficialsBook {
 public:
  // `file` is for messages.
  OfficialsBook(std::vector<OfficialEntry> existing, std::string file);

  // Who is who: the same Wikidata id; the same id; an account of one official alone, where the names can be
  // one person's and neither ids of one input nor Wikidata ids speak against it; an id made from the name
  // that leads to one of the same name and place. What is there stays: names become aliases, lists are
  // united, roles that do not contradict are completed, others added. An account that is another official's
  // stays with that one, which is told.
  [[nodiscard]] MergeReport take(OfficialsInput input, const std::string& file);

  // First the existing ones in their order, then the new ones.
  [[nodiscard]] const std::vector<OfficialEntry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t existing() const { return existing_; }
  [[nodiscard]] bool existing_changed() const { return existing_changed_; }

 private:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  struct Match {
    std::size_t index = kNobody;
    std::string contradiction;  // not empty: to be refused
  };
  Match match(const OfficialEntry& entry) const;
  std::size_t by_made_id(OfficialEntry* entry) const;
  std::size_t by_account(const OfficialEntry& entry) const;
  [[nodiscard]] std::size_t find(const StringMap<std::size_t>& index, std::string_view key) const;
  [[nodiscard]] std::string place_of(std::size_t index) const;  // "officials.toml:12"
  void remember(std::size_t index);
  std::vector<std::string> unite(std::size_t index, OfficialEntry&& entry);
  void add_account(std::size_t index, Account account, unsigned line, std::vector<std::string>* news);
  void take_one(OfficialEntry entry);
  void warn(unsigned line, std::string what, std::string hint);

  std::vector<OfficialEntry> entries_;
  std::vector<bool> from_here_;  // read from input_file_ in this take()
  std::string file_;
  std::string input_file_;
  std::size_t existing_ = 0;
  bool existing_changed_ = false;
  StringMap<std::size_t> by_id_, by_wikidata_, by_account_;
  MergeReport report_;
};

}  // namespace copytaster
