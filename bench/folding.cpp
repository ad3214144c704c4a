// parse + dedupe, with and without the texts.
#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "bench/corpus_reader.h"
#include "bench/measures.h"
#include "core/processor.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

// The texts of the newest posts, as the service finds them: those of the same turn lie there, those stored
// before are read from their records. The records lie in memory: a disk is what this leaves out.
class HeldPosts final : public EarlierPosts {
 public:
  [[nodiscard]] const Item* find(std::string_view item_id, Item* room) const override {
    ++read_;
    const auto here = turn_.find(item_id);
    if (here != turn_.end()) return here->second;
    const auto stored = records_.find(item_id);
    if (stored == records_.end()) return nullptr;
    const std::string& record = stored->second;
    return room->ParseFromArray(record.data(), static_cast<int>(record.size())) ? room : nullptr;
  }
  // Posts of this turn; they stay where they are until it ends.
  void show(const std::vector<Item>& items) {
    for (const Item& item : items) turn_[item.id()] = &item;
  }
  // The turn ends: what the service does when it stores.
  void store(const std::vector<Parsed>& parsed) {
    turn_.clear();
    for (const Parsed& one : parsed) {
      for (const Item& item : one.items) {
        if (records_.insert_or_assign(item.id(), item.SerializeAsString()).second)
          order_.push_back(item.id());
      }
    }
    for (; order_.size() > kMost; order_.pop_front()) records_.erase(order_.front());
  }
  [[nodiscard]] std::size_t read() const { return read_; }

 private:
  static constexpr std::size_t kMost = 500'000;

  StringMap<const Item*> turn_;
  StringMap<std::string> records_;
  std::deque<std::string> order_;  // of the records
  mutable std::size_t read_ = 0;
};

}  // namespace

absl::StatusOr<Measure> measure_parse_and_dedupe(const Corpus& corpus) {
  CorpusReader reader;
  CT_RETURN_IF_ERROR(reader.open());
  const Officials officials;
  Pipeline pipeline(officials, Rules::defaults());
  HeldPosts posts;
  const auto fold = [&](Parsed& parsed) {
    // An earlier step tells it in the service; which words are numbers hangs on it.
    for (Item& item : parsed.items) item.set_language(item.declared_language());
    posts.show(parsed.items);
    return pipeline.fold(parsed.items, &posts);
  };
  const auto end_turn = [&](const std::vector<Parsed>& parsed) { posts.store(parsed); };
  CT_ASSIGN_OR_RETURN(Measure measure, reader.measure_turns(corpus, fold, end_turn));
  measure.texts_read = posts.read();
  return measure;
}

absl::StatusOr<Measure> measure_parse_and_dedupe_by_hashes(const Corpus& corpus) {
  CorpusReader reader;
  CT_RETURN_IF_ERROR(reader.open());
  const Officials officials;
  Pipeline pipeline(officials, Rules::defaults());
  return reader.measure(corpus, [&](Parsed& parsed) { return pipeline.fold(parsed.items); });
}

}  // namespace copytaster
