// How much of a post comes out as an editor would print it, on a labelled set (labelled_printable.h): every
// post goes through the stateless steps as in the service, with all officials of the set in the registry.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/labelled_printable.h"

namespace copytaster {

struct PrintableQuality {
  struct Count {
    std::size_t right = 0, all = 0;
    [[nodiscard]] double share() const {
      return all == 0 ? 0 : static_cast<double>(right) / static_cast<double>(all);
    }
  };
  // "captions": of each picture the first candidate, text and origin; where none is wanted, that there is
  // none. "credits": of the words and of each picture the whole line and the name, of posts that pass nothing
  // on. "reshares": the same, of reshares and quote posts. "photographers": of both the pictures for which a
  // photographer is wanted or was credited. "speakers": statements that are found with the right name; with
  // nobody's name where nobody is to be named;
  //   what is no quote and is not shown as one; own words that are the official's. A quote where nothing is
  //   labelled counts as a miss.
  struct Measure {
    std::map<std::string, Count> splits;                       // "seen", "held"
    std::map<std::string, Count> languages, platforms, kinds;  // of both splits
  };
  std::map<std::string, Measure> measures;
  std::vector<std::string> misses;  // "de-012 seen photographer credits: wanted …, got …"
};

[[nodiscard]] absl::StatusOr<PrintableQuality> measure_printable(const std::vector<PrintablePost>& posts);
// One line a measure and split, without their ends.
[[nodiscard]] std::vector<std::string> headlines(const PrintableQuality& quality);
// What lies behind them: by language, platform and kind, and the misses of one split ("" : of all).
[[nodiscard]] std::string details(const PrintableQuality& quality, std::string_view split);

}  // namespace copytaster
