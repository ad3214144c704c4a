// How well copies of texts are folded, on a labelled set such as tests/processors/copies (its README says
// what is in the files): every post goes through the steps as in the service, one after the other, and what
// ends up in one group is compared with the labels, pair by pair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct LabelledCopies {
  std::string name;  // "fr-012"
  std::string kind;
  bool copies = false;  // of one another; else: apart
  std::vector<std::string> ids;
};

struct LabelledSet {
  std::vector<Item> items;  // in the order of time
  std::vector<LabelledCopies> labels;
};

// A file, or all files of a folder whose names end in .jsonl. The same alternative text stands for the same
// picture. An error names file and line.
[[nodiscard]] absl::StatusOr<LabelledSet> read_labelled_copies(const std::string& path);
// Platforms are asked at different times: what was posted within two days comes in any order.
[[nodiscard]] std::vector<Item> as_polling_brings_them(const LabelledSet& set, std::uint64_t seed);

struct CopiesQuality {
  struct Count {
    std::size_t right = 0, all = 0;
  };
  std::size_t posts = 0;
  std::size_t found = 0, missed = 0;       // pairs labelled copies
  std::size_t wrong = 0;                   // pairs folded that are not labelled copies
  std::size_t asked = 0, asked_right = 0;  // pairs an editor is asked about; of them copies
  std::map<std::string, Count> kinds;      // of copies: pairs found; of others: pairs kept apart
  std::map<std::string, Count> languages;
  std::map<std::string, std::size_t> misses;  // label and kind -> pairs that are not as labelled
  [[nodiscard]] double recall() const;
  [[nodiscard]] double precision() const;
};

// `items` are the set's in the order in which they come.
[[nodiscard]] absl::StatusOr<CopiesQuality> measure_copies_quality(const LabelledSet& set,
                                                                   const std::vector<Item>& items);
// One line, without its end.
[[nodiscard]] std::string headline(std::string_view order, const CopiesQuality& quality);
// What lies behind it, by kind, language and label.
[[nodiscard]] std::string details(const CopiesQuality& quality);

}  // namespace copytaster
