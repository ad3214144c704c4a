#include "core/html_tag.h"

#include <algorithm>
#include <array>

#include "core/strings.h"

namespace copytaster {
namespace {

// What core/html.cpp reads. Others are dropped: a parser that looks for duplicates is slow when a tag has
// a hundred thousand of them.
constexpr std::array<std::string_view, 9> kRead = {"href", "class", "rel",    "src",     "data-src",
                                                   "alt",  "width", "height", "itemprop"};

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }
bool ends_name(char c) { return c == '>' || c == '/' || is_ascii_space(c); }

class TagReader {
 public:
  TagReader(std::string_view html, std::size_t at) : html_(html), at_(at) {}

  HtmlTag read() {
    HtmlTag tag;
    ++at_;
    if (more() && html_[at_] == '/') {
      tag.closes = true;
      ++at_;
    }
    if (!more() || !is_letter(html_[at_])) return tag;
    tag.name = ascii_lower(take_until(ends_name));
    while (read_attribute(&tag.attributes)) {
    }
    tag.whole = more();
    tag.self_closed = tag.whole && html_[at_ - 1] == '/';
    tag.end = tag.whole ? at_ + 1 : html_.size();
    return tag;
  }

 private:
  [[nodiscard]] bool more() const { return at_ < html_.size(); }

  template <typename Ends>
  std::string_view take_until(Ends ends) {
    const std::size_t begin = at_;
    while (more() && !ends(html_[at_])) ++at_;
    return html_.substr(begin, at_ - begin);
  }
  void skip_space() {
    (void)take_until([](char c) { return !is_ascii_space(c); });
  }

  // False: the tag ends here.
  bool read_attribute(std::string* out) {
    (void)take_until([](char c) { return c != '/' && !is_ascii_space(c); });
    if (!more() || html_[at_] == '>') return false;
    const std::size_t begin = at_;
    ++at_;  // a '=' in front belongs to the name
    (void)take_until([](char c) { return c == '=' || ends_name(c); });
    const std::string_view name = html_.substr(begin, at_ - begin);
    skip_space();
    std::string_view value;
    if (more() && html_[at_] == '=') {
      ++at_;
      value = read_value();
    }
    if (more()) keep(name, value, out);
    return more();
  }

  std::string_view read_value() {
    skip_space();
    if (!more()) return {};
    const char quote = html_[at_];
    if (quote != '"' && quote != '\'')
      return take_until([](char c) { return c == '>' || is_ascii_space(c); });
    ++at_;
    const std::string_view value = take_until([quote](char c) { return c == quote; });
    if (more()) ++at_;
    return value;
  }

  // The first of a name counts.
  void keep(std::string_view name, std::string_view value, std::string* out) {
    for (std::size_t i = 0; i < kRead.size(); ++i) {
      if (seen_[i] || !equals_ignore_case(name, kRead[i])) continue;
      seen_[i] = true;
      const bool single =
          value.find('"') != std::string_view::npos && value.find('\'') == std::string_view::npos;
      const std::string_view quote = single ? "'" : "\"";
      str_append(out, " ", kRead[i], "=", quote,
                 replace_all(single ? std::string(value) : replace_all(value, "\"", "&quot;"), "<", "&lt;"),
                 quote);
    }
  }

  std::string_view html_;
  std::size_t at_;
  std::array<bool, kRead.size()> seen_{};
};

}  // namespace

HtmlTag read_html_tag(std::string_view html, std::size_t at) { return TagReader(html, at).read(); }

bool begins_tag_name(std::string_view rest, std::string_view name) {
  return rest.size() > name.size() && starts_with_ignore_case(rest, name) && ends_name(rest[name.size()]);
}

}  // namespace copytaster
