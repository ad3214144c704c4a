// The reference of settings, collectors and steps, made from the code's own specs: what `copytaster list`
// prints, and as Markdown what stands in docs/settings.md, docs/collectors.md and docs/steps.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace copytaster {

enum class ReferenceFormat { kText, kMarkdown };

// `what`: "settings", "collectors" or "steps"; nullopt for anything else.
[[nodiscard]] std::optional<std::string> reference_of(std::string_view what, ReferenceFormat format);

}  // namespace copytaster
