#include "app/edition.h"

#include "core/strings.h"
#include "core/text.h"
#include "core/version.h"

namespace copytaster {

std::string edition_of(const Pipeline& pipeline) {
  std::string all(version());
  for (const StepSpec& step : pipeline.steps()) {
    if (!step.needs_memory) str_append(&all, "\n", step.name);
  }
  return sha256_hex(all).substr(0, 16);
}

}  // namespace copytaster
