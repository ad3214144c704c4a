// One step of the stream: one file, one writer per field, each result with its evidence.
//
// Processors have no network, clock or disk. All they may see comes through Context. They are
// immutable after construction. Stateless steps may run in many threads at once; the steps that need
// memory (dedupe, stories) read an index through the Context and run in one place, in log order.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/officials.h"

namespace copytaster {

class CopyIndex;   // processors/copy_index.h: what has been seen, for folding copies
class StoryIndex;  // processors/story_index.h: the open stories
class Rules;       // processors/rules.h: sections, gazetteer, house style, as loaded at start

// Posts that came before, for what memory has only figures of. One thread.
class EarlierPosts {
 public:
  virtual ~EarlierPosts() = default;
  // As it will be stored: put into *room, or where it lies already, good until something is written there.
  // Null: it cannot be read, and the figures must do.
  [[nodiscard]] virtual const Item* find(std::string_view item_id, Item* room) const = 0;
};

struct Context {
  const Officials* officials = nullptr;  // never null
  const Rules* rules = nullptr;          // never null
  const CopyIndex* copies = nullptr;     // null in stateless runs
  const StoryIndex* stories = nullptr;   // null in stateless runs
  const EarlierPosts* posts = nullptr;   // may be null
};

struct StepSpec {
  std::string_view name;
  std::string_view summary;  // one sentence, for `copytaster list steps`
  std::string_view writes;   // the fields of Item it alone writes
  bool needs_memory = false;
};

class Processor {
 public:
  virtual ~Processor() = default;
  [[nodiscard]] virtual const StepSpec& spec() const = 0;
  // Fills its own fields of `item`. Running it twice gives the same item. A step that cannot do its
  // work adds a Problem and returns OK; an error Status dead-letters the item.
  virtual absl::Status process(Item& item, const Context& context) const = 0;
};

}  // namespace copytaster
