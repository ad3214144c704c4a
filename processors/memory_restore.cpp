#include "processors/memory_restore.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/item_outline.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

struct Wanted {
  std::int64_t place = 0;
  RestoreParts parts;
  std::string id, record;
};

class Restore {
 public:
  Restore(const StoreReader& store, Pipeline& pipeline)
      : store_(store), pipeline_(pipeline), window_(pipeline.restore_window()) {}

  absl::StatusOr<RestoreCounts> run(std::size_t most_bytes) {
    CT_RETURN_IF_ERROR(walk([&](std::string_view, const ItemOutline& outline, std::string_view record) {
      window_.note(outline, record.size());
      ++counts_.stored;
    }));
    window_.close();
    std::vector<std::int64_t> begins = window_.slices(most_bytes);
    begins.push_back(std::numeric_limits<std::int64_t>::max());
    for (std::size_t slice = 0; slice + 1 < begins.size(); ++slice)
      CT_RETURN_IF_ERROR(take(begins[slice], begins[slice + 1]));
    pipeline_.restored(left_out_);
    return counts_;
  }

 private:
  template <typename Visit>
  absl::Status walk(Visit visit) {
    ++counts_.walks;
    absl::Status bad;
    CT_RETURN_IF_ERROR(store_.each_item_record([&](std::string_view id, std::string_view record) {
      const auto outline = outline_of(record);
      if (!outline) return bad = does_not_parse(id), false;
      visit(id, *outline, record);
      return true;
    }));
    return bad;
  }

  // Those wanted from `from` until `until`, in the order of time; of one second by id.
  absl::Status take(std::int64_t from, std::int64_t until) {
    std::vector<Wanted> wanted;
    CT_RETURN_IF_ERROR(walk([&](std::string_view id, const ItemOutline& outline, std::string_view record) {
      const std::int64_t place = RestoreWindow::place_of(outline);
      if (place < from || place >= until) return;
      const RestoreParts parts = window_.parts_of(outline);
      left_out_.copies = left_out_.copies || (!parts.copies && !window_.is_newsroom(outline));
      left_out_.stories = left_out_.stories || !parts.stories;
      if (parts.any()) wanted.push_back({place, parts, std::string(id), std::string(record)});
    }));
    std::ranges::stable_sort(wanted, {}, &Wanted::place);
    Item item;  // its memory is used again
    for (const Wanted& one : wanted) {
      if (!item.ParseFromArray(one.record.data(), static_cast<int>(one.record.size())))
        return does_not_parse(one.id);
      pipeline_.restore(item, one.parts);
    }
    counts_.decoded += wanted.size();
    pipeline_.settle();
    return absl::OkStatus();
  }

  static absl::Status does_not_parse(std::string_view id) {
    return absl::DataLossError(str_cat("the stored item ", id, " does not parse"));
  }

  const StoreReader& store_;
  Pipeline& pipeline_;
  RestoreWindow window_;
  RestoreCounts counts_;
  RestoreParts left_out_;
};

}  // namespace

absl::StatusOr<RestoreCounts> restore_memory(const StoreReader& store, Pipeline& pipeline,
                                             std::size_t most_bytes) {
  return Restore(store, pipeline).run(most_bytes);
}

}  // namespace copytaster
