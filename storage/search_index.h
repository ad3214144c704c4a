// Full-text search on Xapian: rebuildable from the store, so it may lag and may be thrown away.
// Writing: one thread. Reading: any thread (each search opens the latest committed revision).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

class SearchWriter {
 public:
  virtual ~SearchWriter() = default;
  // Errors of all: kDataLoss where the index itself is damaged (renew_search_writer); kUnavailable: I/O.
  // Puts or replaces one item; a GONE item is removed.
  virtual absl::Status add(const Item& item) = 0;
  virtual absl::Status commit() = 0;
  // Whether the index once held all of the store: a new one does not, nor one whose making was cut short.
  [[nodiscard]] virtual bool complete() const = 0;
  // Commits and says so.
  virtual absl::Status set_complete() = 0;
  // What was committed, as a new index in the folder `path`, which is not there yet: nothing that was removed
  // or replaced stands in its files.
  [[nodiscard]] virtual absl::Status copy_to(const std::string& path) const = 0;
};

// DIR/search is made when missing; a damaged one is put aside as DIR/search.damaged and begun anew.
// kUnavailable: locked by another process, or I/O.
absl::StatusOr<std::unique_ptr<SearchWriter>> open_search_writer(const std::string& directory);

// The same for one that turned out to be damaged while it was written: its writer must be gone.
absl::StatusOr<std::unique_ptr<SearchWriter>> renew_search_writer(const std::string& directory,
                                                                  std::string_view why);

// The same index in new files, so that nothing removed stands in them; old ones, also of a damaged index that
// was put aside, are gone. `writer` is taken and given back as another one; searches go on meanwhile. Errors:
// the index is as it was, or kUnavailable: it has to be opened again.
absl::StatusOr<std::unique_ptr<SearchWriter>> rewrite_search_index(const std::string& directory,
                                                                   std::unique_ptr<SearchWriter> writer);

// Whether a reader found it damaged since it was made.
[[nodiscard]] bool search_index_is_marked(const std::string& directory);

enum class SearchIndexState : std::uint8_t {
  kMissing,  // or it cannot be opened
  kPartial,  // it is being made, or was cut short
  kWhole,    // it once held all of the store, and has followed it since
};
// How far it can be trusted to find what is stored. Any thread.
[[nodiscard]] SearchIndexState search_index_state(const std::string& directory);

// Item ids, best first. Words are accent-folded and stemmed; "…" is a phrase; AND, OR, NOT, person:,
// place:, platform: and lang: work. kInvalidArgument: a query that cannot be read (the message says
// why); an index that is not there yet finds nothing.
// kUnavailable: it is damaged, and marked to be made anew.
absl::StatusOr<std::vector<std::string>> search_items(const std::string& directory, std::string_view query,
                                                      std::size_t limit);

// The id of every item in the index, in no order, until `visit` returns false: another list of what is
// stored, for who finds the store damaged. kNotFound: there is no index. kUnavailable: it is damaged.
absl::Status each_indexed_id(const std::string& directory,
                             const std::function<bool(std::string_view item_id)>& visit);

}  // namespace copytaster
