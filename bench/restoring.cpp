// What a start costs: memory taken back from the store.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "bench/corpus_reader.h"
#include "bench/durable_path.h"
#include "bench/measures.h"
#include "core/item_outline.h"
#include "core/status.h"
#include "processors/memory_restore.h"

namespace copytaster {
namespace {

absl::StatusOr<std::size_t> fill(const Corpus& corpus, std::size_t most, const std::string& folder) {
  DurablePath path;
  CT_RETURN_IF_ERROR(path.open(folder));
  std::size_t posts = 0;
  for (const std::string& page : corpus.pages) {
    if (posts >= most) break;
    CT_RETURN_IF_ERROR(path.collect(page, &posts));
    if (path.bus->lag("process") >= 64) CT_RETURN_IF_ERROR(path.drain());
  }
  CT_RETURN_IF_ERROR(path.drain());
  return posts;
}

Measure median(std::vector<Measure> all) {
  std::ranges::sort(all, {}, &Measure::posts_per_second);
  return all[all.size() / 2];
}

}  // namespace

absl::StatusOr<RestoreCost> measure_restore(const Corpus& corpus, std::size_t most, int rounds,
                                            const std::string& folder) {
  CT_ASSIGN_OR_RETURN(const std::size_t posts, fill(corpus, most, folder));
  CT_ASSIGN_OR_RETURN(const auto key_value, open_key_value(folder, OpenMode::kReadOnly));
  CT_ASSIGN_OR_RETURN(const auto store, open_store(key_value.get(), folder, OpenMode::kReadOnly));
  const Officials officials;
  std::vector<Measure> restored, passed;
  for (int round = 0; round < rounds; ++round) {
    Pipeline pipeline(officials, Rules::defaults());
    Stopwatch restoring, passing;
    restoring.go();
    CT_ASSIGN_OR_RETURN(const RestoreCounts counts, restore_memory(*store, pipeline));
    restoring.halt();
    CT_RETURN_IF_ERROR(expect_posts(counts.decoded, posts));
    restored.push_back(restoring.measure(posts));
    std::size_t dated = 0;
    passing.go();
    CT_RETURN_IF_ERROR(store->each_item_record([&](std::string_view, std::string_view record) {
      const auto outline = outline_of(record);
      dated += outline && outline->created ? 1 : 0;
      return true;
    }));
    passing.halt();
    CT_RETURN_IF_ERROR(expect_posts(dated, posts));
    passed.push_back(passing.measure(posts));
  }
  return RestoreCost{median(std::move(restored)), median(std::move(passed))};
}

}  // namespace copytaster
