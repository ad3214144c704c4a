#include "core/strings.h"
#include "processors/language_detect.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "language",
    .summary =
        "Tells the language of the post from its words, its script, what the platform declares and what the "
        "author usually writes in",
    .writes = "language, language_evidence",
};

// The one language the author is known to write in; empty for several, and for others' words.
std::string_view usual_language(const Item& item, const Officials& officials) {
  const Official* official = officials.find(item.official_id());
  if (official == nullptr) official = officials.of_account(item.account_id());
  return official != nullptr && official->languages_size() == 1 ? std::string_view(official->languages(0))
                                                                : std::string_view();
}

class LanguageStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    // A feed's teaser can be shorter than its title; a photo post may have only alt text.
    std::string together;
    std::string_view text = item.text();
    if (text.size() < 60 && !item.title().empty()) {
      together = str_cat(item.title(), "\n", item.text());
      text = together;
    }
    std::string_view usual = usual_language(item, *context.officials);
    if (text.empty()) {
      text = item.repost_of().text();
      usual = {};
    }
    const ToldLanguage told = detect_language(text, item.declared_language(), usual);
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
