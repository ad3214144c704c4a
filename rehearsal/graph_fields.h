// The Graph API's `fields=`: "id,attachments{media,subattachments{media}},shares,comments.limit(0)".
// https://developers.facebook.com/docs/graph-api/guides/field-expansion
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace copytaster::rehearsal {

class GraphFields {
 public:
  GraphFields() = default;
  // Any bytes; what cannot be read is left out, and nesting beyond 8 is.
  explicit GraphFields(std::string_view text, int depth = 0);

  [[nodiscard]] bool empty() const { return names_.empty(); }
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  // What is asked of a field; empty when nothing is said: then its defaults are meant.
  [[nodiscard]] const GraphFields& of(std::string_view name) const;
  // "x" in "name.modifier(x){…}", the modifiers in any order; empty when absent.
  [[nodiscard]] std::string_view argument(std::string_view name, std::string_view modifier) const;

 private:
  struct Name;
  [[nodiscard]] const Name* find(std::string_view name) const;
  std::vector<Name> names_;
};

struct GraphFields::Name {
  std::string name;
  std::string modifiers;  // ".limit(25).after(x)"
  GraphFields fields;
};

}  // namespace copytaster::rehearsal
