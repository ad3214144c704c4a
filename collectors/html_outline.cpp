#include "collectors/html_outline.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/html.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kNames = {"area",  "base",   "br",    "col",  "embed",
                                                              "hr",    "img",    "input", "link", "meta",
                                                              "param", "source", "track", "wbr"};
  return std::ranges::any_of(kNames, [&](std::string_view one) { return equals_ignore_case(one, name); });
}

// What stands in them is no HTML.
bool is_raw(std::string_view name) {
  return equals_ignore_case(name, "script") || equals_ignore_case(name, "style") ||
         equals_ignore_case(name, "textarea") || equals_ignore_case(name, "title");
}

// The end of the tag's attributes: its '>', or npos where the bytes end first. Quotes hide '>'.
std::size_t tag_end(std::string_view html, std::size_t at) {
  char quote = 0;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && html[at - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return at;
    }
  }
  return std::string_view::npos;
}

// The value as written, without quotes.
std::string_view raw_attribute(std::string_view attributes, std::string_view wanted) {
  std::size_t at = 0;
  while (at < attributes.size()) {
    while (at < attributes.size() && (is_ascii_space(attributes[at]) || attributes[at] == '/')) ++at;
    const std::size_t begin = at;
    while (at < attributes.size() && !is_ascii_space(attributes[at]) && attributes[at] != '=') ++at;
    const std::string_view name = attributes.substr(begin, at - begin);
    if (at >= attributes.size() || attributes[at] != '=') {
      if (name.empty()) ++at;
      continue;
    }
    ++at;
    const bool quoted = at < attributes.size() && (attributes[at] == '"' || attributes[at] == '\'');
    const std::size_t from = quoted ? at + 1 : at;
    const std::size_t end =
        std::min(quoted ? attributes.find(attributes[at], from) : attributes.find_first_of(" \t\r\n\f", from),
                 attributes.size());
    at = std::min(end + 1, attributes.size());
    if (equals_ignore_case(name, wanted)) return attributes.substr(from, end - from);
  }
  return {};
}

std::string decoded(std::string_view value) {
  if (value.find('&') == std::string_view::npos) return to_valid_utf8(value);
  return html_to_line(replace_all(value, "<", "&lt;"));
}

bool has_word(std::string_view words, std::string_view wanted) {
  for (std::size_t at = words.find(wanted); at != std::string_view::npos; at = words.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    if ((at == 0 || is_ascii_space(words[at - 1])) && (end == words.size() || is_ascii_space(words[end]))) {
      return true;
    }
  }
  return false;
}

// The beginning of "</name", ignoring case; the end where there is none.
std::size_t end_tag_of(std::string_view html, std::size_t at, std::string_view name) {
  for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2)) {
    if (starts_with_ignore_case(html.substr(at + 2), name)) return at;
  }
  return html.size();
}

}  // namespace

// Builds the list; `open_` are the indexes of what is open.
class HtmlOutline::Scanner {
 public:
  Scanner(std::string_view html, std::vector<HtmlElement>* elements) : html_(html), elements_(*elements) {}

  absl::Status run() {
    for (at_ = html_.find('<'); at_ != std::string_view::npos; at_ = html_.find('<', at_)) {
      if (!step()) break;  // the bytes end inside it
    }
    cut_off_ = at_ != std::string_view::npos || !open_.empty();
    close_down_to(0, html_.size());
    return status_;
  }
  [[nodiscard]] bool cut_off() const { return cut_off_; }

 private:
  bool step() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      const std::size_t end = html_.find("-->", at_ + 4);
      if (end != std::string_view::npos) at_ = end + 3;
      return end != std::string_view::npos;
    }
    const bool closes = rest.starts_with("</");
    const std::size_t name_at = at_ + (closes ? 2 : 1);
    if (name_at >= html_.size()) return false;
    if (!is_letter(html_[name_at]) && html_[name_at] != '!' && html_[name_at] != '?') {
      ++at_;  // text
      return true;
    }
    const std::size_t end = tag_end(html_, name_at);
    if (end == std::string_view::npos) return false;
    const std::string_view tag = html_.substr(name_at, end - name_at);
    const std::size_t begin = std::exchange(at_, end + 1);
    if (!is_letter(tag.front())) return true;
    const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n\f/"));
    return closes ? close(name, begin) : open(name, tag.substr(name.size()), begin);
  }

  bool close(std::string_view name, std::size_t begin) {
    const auto found = std::find_if(open_.rbegin(), open_.rend(), [&](std::uint32_t i) {
      return equals_ignore_case(elements_[i].name, name);
    });
    if (found != open_.rend()) close_down_to(static_cast<std::size_t>(open_.rend() - found) - 1, begin);
    return true;
  }

  bool open(std::string_view name, std::string_view attributes, std::size_t begin) {
    if (elements_.size() >= kMaxElements) return fail("an HTML page of too many tags");
    HtmlElement element{.name = name, .attributes = attributes, .classes = {}, .begin = begin};
    element.classes = raw_attribute(attributes, "class");
    element.inner_begin = element.inner_end = at_;
    const auto index = static_cast<std::uint32_t>(elements_.size());
    element.after = index + 1;
    elements_.push_back(element);
    if (is_raw(name)) {
      at_ = end_tag_of(html_, at_, name);
      elements_.back().inner_end = at_;
      return at_ < html_.size();
    }
    if (is_void(name) || attributes.ends_with('/')) return true;
    if (open_.size() >= kMaxDepth) return fail("an HTML page nested too deep");
    open_.push_back(index);
    return true;
  }

  bool fail(std::string_view why) {
    status_ = absl::InvalidArgumentError(to_absl(why));
    return false;
  }

  void close_down_to(std::size_t depth, std::size_t inner_end) {
    for (; open_.size() > depth; open_.pop_back()) {
      elements_[open_.back()].inner_end = inner_end;
      elements_[open_.back()].after = static_cast<std::uint32_t>(elements_.size());
    }
  }

  std::string_view html_;
  std::vector<HtmlElement>& elements_;
  std::vector<std::uint32_t> open_;
  std::size_t at_ = 0;
  bool cut_off_ = false;
  absl::Status status_;
};

absl::StatusOr<HtmlOutline> HtmlOutline::read(std::string_view html) {
  if (html.size() > kMaxBytes) {
    return absl::InvalidArgumentError(str_cat("an HTML page of more than ", kMaxBytes >> 20, " MiB"));
  }
  HtmlOutline out;
  out.html_ = html;
  Scanner scanner(html, &out.elements_);
  if (absl::Status status = scanner.run(); !status.ok()) return status;
  out.cut_off_ = scanner.cut_off();
  return out;
}

std::string HtmlOutline::line(const HtmlElement& element) const { return html_to_line(inner(element)); }

const HtmlElement* HtmlOutline::find(const HtmlElement& outer, std::string_view class_name) const {
  for (std::uint32_t i = index_of(outer) + 1; i < outer.after; ++i) {
    if (has_class(elements_[i], class_name)) return &elements_[i];
  }
  return nullptr;
}

const HtmlElement* HtmlOutline::find(std::string_view class_name) const {
  for (const HtmlElement& element : elements_) {
    if (has_class(element, class_name)) return &element;
  }
  return nullptr;
}

const HtmlElement* HtmlOutline::find_tag(const HtmlElement& outer, std::string_view name) const {
  for (std::uint32_t i = index_of(outer) + 1; i < outer.after; ++i) {
    if (equals_ignore_case(elements_[i].name, name)) return &elements_[i];
  }
  return nullptr;
}

std::string attribute_of(const HtmlElement& element, std::string_view name) {
  return decoded(raw_attribute(element.attributes, name));
}

bool has_class(const HtmlElement& element, std::string_view name) { return has_word(element.classes, name); }

std::string background_of(const HtmlElement& element) {
  const std::string style = attribute_of(element, "style");
  const std::size_t at = style.find("background-image:");
  if (at == std::string::npos) return "";
  std::string_view rest = strip_space(std::string_view(style).substr(at + 17));
  if (!consume_prefix(&rest, "url(")) return "";
  const bool quoted = !rest.empty() && (rest.front() == '\'' || rest.front() == '"');
  const std::size_t end = rest.find(quoted ? rest.front() : ')', quoted ? 1 : 0);
  if (end == std::string_view::npos) return "";
  return std::string(strip_space(rest.substr(quoted ? 1 : 0, end - (quoted ? 1 : 0))));
}

}  // namespace copytaster
