// The step that says which story an item belongs to. All weighing is in story_choice.cpp.
#include <memory>
#include <utility>

#include "core/processor.h"
#include "processors/steps.h"
#include "processors/story_index.h"

namespace copytaster {
namespace {

class StoriesStep final : public Processor {
 public:
  const StepSpec& spec() const override {
    static constexpr StepSpec kSpec = {"stories", "Puts the item into the story it belongs to, and says why",
                                       "story_id, story_evidence", true};
    return kSpec;
  }
  absl::Status process(Item& item, const Context& context) const override {
    if (context.stories == nullptr || is_newsroom(item, *context.officials)) {
      // Our own coverage is background: it forms no story and joins none.
      item.clear_story_id();
      item.clear_story_evidence();
      return absl::OkStatus();
    }
    StoryChoice choice = context.stories->choose(item, *context.officials, context.copies);
    item.set_story_id(std::move(choice.story_id));
    *item.mutable_story_evidence() = std::move(choice.evidence);
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Processor> make_stories_step() { return std::make_unique<StoriesStep>(); }

}  // namespace copytaster
