#include "processors/mentions_cases.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "processors/name_lists.h"
#include "processors/word_trie.h"

namespace copytaster {
namespace {

struct Person {
  int mention;
  std::size_t begin, end;  // words
  bool listed;             // the given name stands in the list as it is written
};

bool ends_with_one_of(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return word.ends_with(ending); });
}

// A woman's form of a man's surname: "Зелінська" of "Зелінський", "Kowalska", "Παπαδοπούλου". Of "Петров" it
// is not told from his genitive.
bool may_be_hers(std::string_view his, std::string_view other, Script script) {
  if (script == Script::kGreek) return !ends_with_one_of(other, {"ο", "ε"});
  if (!ends_with_one_of(other, {"а", "я", "a"})) return false;
  return ends_with_one_of(his, {"ии", "и", "i", "y", "ов", "ев", "ін", "ин", "ov", "ev", "in"});
}

class Cases {
 public:
  Cases(const WordScan& scan, Item* item) : scan_(scan), item_(item) {}

  void run() {
    for (int m = 0; m < item_->mentions_size(); ++m) {
      const Mention& mention = item_->mentions(m);
      if (mention.kind() != "person" || mention.rule() == "surname" || mention.begin() >= mention.end())
        continue;
      const std::size_t begin = scan_.first_word_from(mention.begin()),
                        end = scan_.first_word_from(mention.end());
      if (end < begin + 2) continue;
      people_.push_back({m, begin, end, is_listed_given_name(scan_, begin)});
    }
    for (const Person& other : people_) {
      if (!other.listed) rename(other);
    }
  }

 private:
  void rename(const Person& other) {
    const Person* only = nullptr;
    for (const Person& one : people_) {
      if (!one.listed || !is_case_of(one, other)) continue;
      if (only != nullptr && item_->mentions(only->mention).name() != item_->mentions(one.mention).name())
        return;
      only = &one;
    }
    if (only == nullptr) return;
    const std::string before = item_->mentions(other.mention).name();
    const std::string& name = item_->mentions(only->mention).name();
    for (Mention& mention : *item_->mutable_mentions()) {
      if (mention.kind() == "person" && mention.name() == before) mention.set_name(name);
    }
  }

  // Whether each word of `other` is the same word of `one` in a case, and the first and the last are in
  // another.
  [[nodiscard]] bool is_case_of(const Person& one, const Person& other) const {
    if (one.end - one.begin != other.end - other.begin) return false;
    for (std::size_t k = 0; k < one.end - one.begin; ++k) {
      const std::string_view a = scan_.folded_word(one.begin + k), b = scan_.folded_word(other.begin + k);
      const bool outer = k == 0 || k + 1 == one.end - one.begin;
      if (a == b && outer) return false;
      if (a == b) continue;
      const Script script = scan_.words[one.begin + k].script;
      const std::string_view stem = name_stem(a, script);
      if (!b.starts_with(stem) || !is_case_ending(b.substr(stem.size()), script)) return false;
    }
    const Script script = scan_.words[one.begin].script;
    return !may_be_hers(scan_.folded_word(one.end - 1), scan_.folded_word(other.end - 1), script);
  }

  const WordScan& scan_;
  Item* item_;
  std::vector<Person> people_;
};

}  // namespace

void name_in_nominative(const WordScan& scan, Item* item) {
  if (item->mentions_size() < 2) return;
  Cases(scan, item).run();
}

}  // namespace copytaster
