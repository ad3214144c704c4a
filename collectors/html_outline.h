// The elements of an HTML page that a machine wrote, in the order of the document: for finding the parts of a
// page by class and attribute, styles and data-… included. What is shown to readers goes through core/html.h.
//
// No HTML5 tree building: an end tag closes the nearest open element of its name, and all inside it. Links
// that hold blocks and other links stay as written, which gumbo would take apart. One pass, each byte read
// once; depth and number of elements are capped. Pure; any thread. Views are of the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace copytaster {

struct HtmlElement {
  std::string_view name;        // as written; compare ignoring case
  std::string_view attributes;  // what stands between name and '>'
  std::string_view classes;     // the value of class
  std::size_t begin = 0;        // of the start tag
  std::size_t inner_begin = 0;
  std::size_t inner_end = 0;
  std::uint32_t after = 0;  // the index behind its last descendant
};

class HtmlOutline {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{8} << 20;
  static constexpr std::size_t kMaxElements = 200'000;
  static constexpr std::size_t kMaxDepth = 256;

  // `html` must outlive it. kInvalidArgument: past one of the caps.
  static absl::StatusOr<HtmlOutline> read(std::string_view html);

  [[nodiscard]] const std::vector<HtmlElement>& elements() const { return elements_; }
  // Something is still open where the bytes end: the rest is missing.
  [[nodiscard]] bool cut_off() const { return cut_off_; }

  // Everything between the tags.
  [[nodiscard]] std::string_view inner(const HtmlElement& element) const {
    return html_.substr(element.inner_begin, element.inner_end - element.inner_begin);
  }
  // The same as one line of text.
  [[nodiscard]] std::string line(const HtmlElement& element) const;

  // The elements inside `element`: indexes [first, last) of elements().
  [[nodiscard]] std::uint32_t index_of(const HtmlElement& element) const {
    return static_cast<std::uint32_t>(&element - elements_.data());
  }
  // The first element inside `outer` that has the class; null when there is none.
  [[nodiscard]] const HtmlElement* find(const HtmlElement& outer, std::string_view class_name) const;
  // The first on the whole page.
  [[nodiscard]] const HtmlElement* find(std::string_view class_name) const;
  [[nodiscard]] const HtmlElement* find_tag(const HtmlElement& outer, std::string_view name) const;

  template <typename Visit>
  void each(const HtmlElement& outer, const Visit& visit) const {
    for (std::uint32_t i = index_of(outer) + 1; i < outer.after; ++i) visit(elements_[i]);
  }

 private:
  class Scanner;
  HtmlOutline() = default;

  std::string_view html_;
  std::vector<HtmlElement> elements_;
  bool cut_off_ = false;
};

// The value of an attribute, entities decoded; empty when absent.
[[nodiscard]] std::string attribute_of(const HtmlElement& element, std::string_view name);
[[nodiscard]] bool has_class(const HtmlElement& element, std::string_view name);
// What url('…') in its style names as the background; empty when there is none.
[[nodiscard]] std::string background_of(const HtmlElement& element);

}  // namespace copytaster
