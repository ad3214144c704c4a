#include "core/html_prepass.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/strings.h"

namespace copytaster {
namespace {

// Real pages stay under 60; gumbo's recursion bears many times this.
constexpr std::size_t kMaxDepth = 250;

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::ranges::find(names, name) != names.end();
}

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kNames = {"area", "base",  "br",     "col",   "embed",
                                                              "hr",   "img",   "image",  "input", "link",
                                                              "meta", "param", "source", "track", "wbr"};
  return is_one_of(name, kNames);
}

// Their tags say how text looks, which is not kept; open ones are what makes HTML5 parsing slow.
bool is_formatting(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kNames = {
      "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "form"};
  return is_one_of(name, kNames);
}

// Nothing between their tags is text for readers, and some of it is not even HTML.
bool is_raw(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "script", "style", "noscript", "iframe", "noembed", "noframes", "xmp", "template", "textarea"};
  return is_one_of(name, kNames);
}

struct Tag {
  std::string name;
  bool closes = false;
  bool closed = false;  // ends with "/>"
  std::size_t end = 0;  // behind '>'
};

// The tag that begins at html[at] == '<'; empty name: none does. Quotes hide '>'.
Tag read_tag(std::string_view html, std::size_t at) {
  Tag tag;
  std::size_t i = at + 1;
  if (i < html.size() && html[i] == '/') {
    tag.closes = true;
    ++i;
  }
  if (i >= html.size() || !is_letter(html[i])) return tag;
  const std::size_t begin = i;
  while (i < html.size() && html[i] != '>' && html[i] != '/' && !is_ascii_space(html[i])) ++i;
  tag.name = ascii_lower(html.substr(begin, i - begin));
  char quote = '\0';
  bool value = false;  // an attribute's value may begin here
  for (; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && value) {
      quote = c;
    } else if (c == '>') {
      tag.closed = html[i - 1] == '/';
      tag.end = i + 1;
      return tag;
    }
    if (!is_ascii_space(c)) value = c == '=';
  }
  tag.end = html.size();  // cut off in the middle of a tag
  return tag;
}

class Tamer {
 public:
  explicit Tamer(std::string_view html) : html_(html) {}

  std::string run() {
    while (at_ < html_.size()) {
      const std::size_t next = std::min(html_.find('<', at_), html_.size());
      out_.append(html_, at_, next - at_);
      at_ = next;
      if (at_ < html_.size()) step();
    }
    return std::move(out_);
  }

 private:
  void step() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return skip_past("-->", 4);
    if (rest.starts_with("<![CDATA[")) return take_cdata();
    if (rest.starts_with("<!") || rest.starts_with("<?")) return skip_past(">", 2);
    const Tag tag = read_tag(html_, at_);
    if (tag.name.empty()) {
      out_ += "&lt;";
      ++at_;
      return;
    }
    const std::size_t begin = at_;
    at_ = tag.end;
    if (tag.closes) return close(tag.name);
    if (is_raw(tag.name)) return skip_raw(tag.name);
    if (is_formatting(tag.name)) return;
    open(tag, html_.substr(begin, tag.end - begin));
  }

  void skip_past(std::string_view end, std::size_t from) {
    const std::size_t found = html_.find(end, at_ + from);
    at_ = found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void take_cdata() {
    const std::size_t begin = at_ + 9;
    const std::size_t end = std::min(html_.find("]]>", begin), html_.size());
    out_ += replace_all(html_.substr(begin, end - begin), "<", "&lt;");
    at_ = std::min(end + 3, html_.size());
  }

  // To the end tag of the same name, or to the end: an open script shows nothing that follows it.
  void skip_raw(std::string_view name) {
    while (at_ < html_.size()) {
      const std::size_t found = html_.find("</", at_);
      if (found == std::string_view::npos) break;
      at_ = found + 2;
      if (!starts_with_ignore_case(html_.substr(at_), name)) continue;
      const char after = at_ + name.size() < html_.size() ? html_[at_ + name.size()] : '>';
      if (after == '>' || after == '/' || is_ascii_space(after)) return skip_past(">", 0);
    }
    at_ = html_.size();
  }

  void open(const Tag& tag, std::string_view bytes) {
    if (is_void(tag.name)) {
      out_ += bytes;
      return;
    }
    // Links do not nest; a second one ends the first.
    if (tag.name == "a") close("a");
    if (tag.name == "p" || tag.name == "li") close_if_innermost(tag.name);
    if (open_.size() >= kMaxDepth) return;
    out_ += bytes;
    if (!bytes.ends_with('>')) out_ += '>';
    open_.push_back(tag.name);
  }

  void close_if_innermost(std::string_view name) {
    if (!open_.empty() && open_.back() == name) close(name);
  }

  // Closes what is open inside it first. An end tag without its beginning closes nothing.
  void close(std::string_view name) {
    const auto found = std::find(open_.rbegin(), open_.rend(), name);
    if (found == open_.rend()) {
      if (name == "p" || name == "br") out_ += "<br>";  // as browsers do
      return;
    }
    const auto keep = static_cast<std::size_t>(open_.rend() - found) - 1;
    while (open_.size() > keep) {
      str_append(&out_, "</", open_.back(), ">");
      open_.pop_back();
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace

std::string tame_html(std::string_view html) { return Tamer(html).run(); }

}  // namespace copytaster
