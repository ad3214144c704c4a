#include "net/s3_xml.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kLongestEntity = 10;  // between & and ;

bool is_name_character(char c) {
  return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || is_ascii_digit(c) || c == ':' || c == '_' ||
         c == '-' || c == '.';
}

void append_code_point(std::uint32_t code, std::string* out) {
  const auto put = [&](std::uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xe0 | code >> 12);
    } else {
      put(0xf0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3f));
    }
    put(0x80 | (code >> 6 & 0x3f));
  }
  put(0x80 | (code & 0x3f));
}

std::optional<std::uint32_t> code_point(std::string_view digits) {
  int base = 10;
  if (consume_prefix(&digits, "x")) base = 16;
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return std::nullopt;
  return code;
}

bool append_entity(std::string_view name, std::string* out) {
  if (consume_prefix(&name, "#")) {
    const auto code = code_point(name);
    if (code) append_code_point(*code, out);
    return code.has_value();
  }
  static constexpr std::pair<std::string_view, char> kFive[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  const auto* const found = std::ranges::find(kFive, name, [](const auto& one) { return one.first; });
  if (found == std::end(kFive)) return false;
  out->push_back(found->second);
  return true;
}

class XmlWalk {
 public:
  XmlWalk(std::string_view xml, const XmlText& text) : rest_(xml), tell_(text) {}

  absl::Status walk() {
    consume_prefix(&rest_, "\xef\xbb\xbf");
    while (!rest_.empty()) {
      CT_RETURN_IF_ERROR(rest_.front() == '<' ? tag() : characters());
    }
    if (!path_.empty() || !has_root_) return wrong("it ends early");
    return absl::OkStatus();
  }

 private:
  static absl::Status wrong(std::string_view what) { return absl::InvalidArgumentError(to_absl(what)); }

  absl::Status characters() {
    const std::string_view text = rest_.substr(0, rest_.find('<'));
    rest_.remove_prefix(text.size());
    if (path_.empty())
      return strip_space(text).empty() ? absl::OkStatus() : wrong("text outside of elements");
    return append_text(text);
  }

  absl::Status append_text(std::string_view text) {
    while (!text.empty()) {
      const std::size_t entity = text.find('&');
      text_.append(text.substr(0, entity));
      if (entity == std::string_view::npos) break;
      text.remove_prefix(entity + 1);
      const std::size_t end = text.substr(0, kLongestEntity + 1).find(';');
      if (end == std::string_view::npos || !append_entity(text.substr(0, end), &text_))
        return wrong("an entity that is none of XML's own");
      text.remove_prefix(end + 1);
    }
    return absl::OkStatus();
  }

  absl::Status skip_to(std::string_view end) {
    const std::size_t at = rest_.find(end);
    if (at == std::string_view::npos) return wrong("it ends early");
    rest_.remove_prefix(at + end.size());
    return absl::OkStatus();
  }

  absl::Status tag() {
    if (consume_prefix(&rest_, "<?")) return skip_to("?>");
    if (consume_prefix(&rest_, "<!--")) return skip_to("-->");
    if (consume_prefix(&rest_, "</")) return close();
    rest_.remove_prefix(1);
    return open();
  }

  std::string_view name() {
    const auto* const end = std::ranges::find_if_not(rest_, is_name_character);
    const std::string_view found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(found.size());
    return found;
  }

  absl::Status open() {
    const std::string_view element = name();
    if (element.empty()) return wrong("a tag without a name");
    if (path_.empty() && has_root_) return wrong("a second root");
    if (path_.size() == kDeepest) return wrong("it is nested too deep");
    has_root_ = true;
    full_names_.push_back(element);
    path_.push_back(element.substr(element.rfind(':') + 1));
    text_.clear();
    is_leaf_ = true;
    CT_RETURN_IF_ERROR(attributes());
    if (consume_prefix(&rest_, "/>")) return end_element();
    return consume_prefix(&rest_, ">") ? absl::OkStatus() : wrong("a tag that does not end");
  }

  absl::Status attributes() {
    while (true) {
      const std::size_t before = rest_.size();
      skip_space();
      if (rest_.empty()) return wrong("it ends early");
      if (rest_.front() == '>' || rest_.front() == '/') return absl::OkStatus();
      if (rest_.size() == before || name().empty()) return wrong("a tag with a stray character");
      skip_space();
      if (!consume_prefix(&rest_, "=")) return wrong("an attribute without a value");
      skip_space();
      if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\''))
        return wrong("an attribute without quotes");
      const char quote = rest_.front();
      rest_.remove_prefix(1);
      CT_RETURN_IF_ERROR(skip_to(std::string_view(&quote, 1)));
    }
  }

  absl::Status close() {
    const std::string_view element = name();
    skip_space();
    if (full_names_.empty() || element != full_names_.back()) return wrong("an end tag that fits no begin");
    if (!consume_prefix(&rest_, ">")) return wrong("a tag that does not end");
    return end_element();
  }

  absl::Status end_element() {
    if (is_leaf_) tell_(path_, text_);
    is_leaf_ = false;
    path_.pop_back();
    full_names_.pop_back();
    text_.clear();
    return absl::OkStatus();
  }

  void skip_space() {
    const auto* const end = std::ranges::find_if_not(rest_, is_ascii_space);
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.begin()));
  }

  std::string_view rest_;
  const XmlText& tell_;
  XmlPath path_, full_names_;
  std::string text_;
  bool is_leaf_ = false, has_root_ = false;
};

}  // namespace

absl::Status walk_xml(std::string_view xml, const XmlText& text) { return XmlWalk(xml, text).walk(); }

}  // namespace copytaster
