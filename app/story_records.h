// The Story records in the store follow what the pipeline knows of stories. A record is made from all posts
// of its story, so while more work waits the making is put off: which records are behind is stored with the
// items that left them so, and none stays behind longer than kPatience.
//
// Not thread-safe: belongs to the processing thread.
#pragma once

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "core/store.h"
#include "processors/pipeline.h"

namespace copytaster {

class StoryRecords {
 public:
  static constexpr absl::Duration kPatience = absl::Seconds(2);
  static constexpr std::size_t kMostBehind = 20'000;

  // Both outlive it.
  StoryRecords(Store* store, Pipeline* pipeline) : store_(store), pipeline_(pipeline) {}

  // What was left behind by the process before. Once, before the first stage().
  absl::Status restore();
  // The record is made anew though nothing in memory says so: something that it shows is erased.
  void touch(const std::string& story_id) { touched_.insert(story_id); }
  // Takes what changed since the last call; makes the records from `reader`, which sees this batch's items,
  // or stages the list of those that are behind. `more`: work waits, another call comes soon.
  absl::Status stage(WriteBatch& batch, const StoreReader& reader, bool more, absl::Time now);
  [[nodiscard]] bool is_behind() const { return !behind_.empty(); }

 private:
  absl::Status make(WriteBatch& batch, const StoreReader& reader, const std::string& story_id);

  Store* store_;
  Pipeline* pipeline_;
  std::set<std::string> behind_, touched_;
  bool listed_ = false;  // the store holds a list that is not empty
  absl::Time since_;     // the first of behind_ changed
};

}  // namespace copytaster
