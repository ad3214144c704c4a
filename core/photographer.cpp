#include "core/photographer.h"

#include <string>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// " jane roe agency "
std::string spaced_words(std::string_view name) {
  return str_cat(" ", normalise_for_match(fold_name(name)), " ");
}

}  // namespace

bool names_photographer(const Attribution& attribution) {
  const std::string& rule = attribution.rule();
  return !attribution.name().empty() && !rule.empty() && rule != "account" && rule != "repost" &&
         rule != "quote";
}

bool is_one_name(std::string_view a, std::string_view b) {
  const std::string x = spaced_words(a), y = spaced_words(b);
  if (x.size() < 3 || y.size() < 3) return x == y;
  return x.find(y) != std::string::npos || y.find(x) != std::string::npos;
}

}  // namespace copytaster
