#include "core/strings.h"
#include "processors/language_detect.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "language",
    .summary = "Tells the language of the post from its words, its script and what the platform declares",
    .writes = "language, language_evidence",
};

class LanguageStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context&) const override {
    // A feed's teaser can be shorter than its title; a photo post may have only alt text.
    std::string together;
    std::string_view text = item.text();
    if (text.size() < 60 && !item.title().empty()) {
      together = str_cat(item.title(), "\n", item.text());
      text = together;
    }
    if (text.empty()) text = item.repost_of().text();
    const ToldLanguage told = detect_language(text, item.declared_language());
    item.set_language(told.code);
    if (told.code.empty()) {
      item.clear_language_evidence();
    } else {
      item.mutable_language_evidence()->set_rule(std::string(told.rule));
      item.mutable_language_evidence()->set_confidence(told.confidence);
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Processor> make_language_step() { return std::make_unique<LanguageStep>(); }

}  // namespace copytaster
