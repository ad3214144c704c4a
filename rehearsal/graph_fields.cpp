#include "rehearsal/graph_fields.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster::rehearsal {
namespace {

constexpr int kDeepest = 8;

// The end of the field that begins at `at`: the comma behind it, outside of braces.
std::size_t field_end(std::string_view text, std::size_t at) {
  int open = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '{' || text[at] == '(') ++open;
    if (text[at] == '}' || text[at] == ')') --open;
    if (text[at] == ',' && open <= 0) break;
  }
  return at;
}

}  // namespace

GraphFields::GraphFields(std::string_view text, int depth) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = field_end(text, at);
    const std::string_view field = text.substr(at, end - at);
    at = end + 1;
    const std::string_view name = strip_space(field.substr(0, field.find_first_of("{.(")));
    const std::size_t open = field.find('{');
    const std::size_t close = field.rfind('}');
    GraphFields inner;
    if (open < close && close != std::string_view::npos && depth < kDeepest) {
      inner = GraphFields(field.substr(open + 1, close - open - 1), depth + 1);
    }
    const std::size_t dot = std::min(field.find('.'), std::min(open, field.size()));
    const std::string_view modifiers = field.substr(dot, std::min(open, field.size()) - dot);
    if (!name.empty()) names_.push_back({std::string(name), std::string(modifiers), std::move(inner)});
  }
}

const GraphFields::Name* GraphFields::find(std::string_view name) const {
  const auto found =
      std::find_if(names_.begin(), names_.end(), [&](const Name& one) { return one.name == name; });
  return found == names_.end() ? nullptr : &*found;
}

const GraphFields& GraphFields::of(std::string_view name) const {
  static const GraphFields kNone;
  const Name* found = find(name);
  return found == nullptr ? kNone : found->fields;
}

std::string_view GraphFields::argument(std::string_view name, std::string_view modifier) const {
  const Name* found = find(name);
  if (found == nullptr) return {};
  const std::string_view all = found->modifiers;
  const std::string opening = str_cat(".", modifier, "(");
  const std::size_t begin = all.find(opening);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = all.substr(begin + opening.size());
  return rest.substr(0, rest.find(')'));
}

}  // namespace copytaster::rehearsal
