#include "collectors/feed_tidy.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxDepth = 200;
constexpr std::size_t kMaxEntities = 256;
constexpr std::size_t kMaxEntityBytes = 1024;
constexpr std::size_t kMaxExpansion = std::size_t{1} << 20;  // of all declared entities together

// 128 to 159 by windows-1252; 0: not defined there.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// A character as XML text.
void append_character(std::string& out, std::uint32_t c) {
  if (c == '<') {
    out += "&lt;";
  } else if (c == '&') {
    out += "&amp;";
  } else if (c == '"') {
    out += "&quot;";
  } else {
    append_utf8(out, c);
  }
}

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_character(char c) {
  return is_name_start(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == ':';
}

std::string_view name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (end < text.size() && is_name_start(text[end])) {
    while (end < text.size() && is_name_character(text[end])) ++end;
  }
  return text.substr(at, end - at);
}

// Of HTML, without an end tag. Names that feeds use themselves (link, source, meta) are not here.
bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kVoid = {"br",   "hr",  "img",   "wbr",  "input",
                                                            "area", "col", "embed", "param"};
  return std::any_of(kVoid.begin(), kVoid.end(), [&](auto known) { return equals_ignore_case(name, known); });
}

bool is_html(std::string_view name) {
  static constexpr std::array<std::string_view, 33> kHtml = {
      "a",   "abbr", "b",  "big",   "blockquote", "body",   "center", "code", "div",   "em", "font",
      "h1",  "h2",   "h3", "h4",    "h5",         "h6",     "html",   "i",    "li",    "ol", "p",
      "pre", "q",    "s",  "small", "span",       "strong", "sub",    "sup",  "table", "u",  "ul"};
  return is_void(name) ||
         std::any_of(kHtml.begin(), kHtml.end(), [&](auto known) { return equals_ignore_case(name, known); });
}

bool is_item(std::string_view name) {
  return equals_ignore_case(name, "item") || equals_ignore_case(name, "entry");
}

// Elements of RSS that hold text or nothing: where another of them begins, the first was left open.
bool is_leaf(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kLeaves = {
      "title", "link", "guid", "pubdate", "description", "category", "comments", "enclosure", "dc:creator"};
  return std::any_of(kLeaves.begin(), kLeaves.end(),
                     [&](auto known) { return equals_ignore_case(name, known); });
}

std::optional<std::uint32_t> character_reference(std::string_view digits) {
  const bool hex = !digits.empty() && ascii_lower(digits.front()) == 'x';
  if (hex) digits.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (value >= 0x80 && value < 0xA0 && kWindows1252[value - 0x80] != 0) return kWindows1252[value - 0x80];
  const bool forbidden = (value < 0x20 && value != '\t' && value != '\n' && value != '\r') ||
                         (value >= 0xD800 && value < 0xE000) || value == 0xFFFE || value == 0xFFFF ||
                         value > 0x10FFFF;
  return forbidden ? 0xFFFD : value;
}

class Tidier {
 public:
  explicit Tidier(std::string_view in) : in_(in) { out_.text.reserve(in.size() + in.size() / 16 + 64); }

  TidyXml run() {
    at_ = std::min(in_.find('<'), in_.size());
    while (at_ < in_.size()) step();
    out_.cut_off_in_item =
        std::any_of(open_.begin(), open_.end(), [](const Open& one) { return is_item(one.name); });
    close_down_to(0);
    return std::move(out_);
  }

 private:
  struct Open {
    std::string_view name;
    bool has_children = false;
  };

  void step() {
    if (in_[at_] != '<') return text(std::min(in_.find('<', at_), in_.size()));
    const std::string_view rest = in_.substr(at_);
    if (rest.starts_with("<!--")) return skip("-->");
    if (rest.starts_with("<![CDATA[")) return character_data();
    if (starts_with_ignore_case(rest, "<!doctype")) return doctype();
    if (rest.starts_with("<?")) return skip(">");
    if (rest.starts_with("</")) return end_tag();
    if (!name_at(in_, at_ + 1).empty()) return start_tag();
    if (!open_.empty()) out_.text += "&lt;";
    ++at_;
  }

  // Past the next `end`; where there is none, the "<" was text.
  void skip(std::string_view end) {
    // Looked for once only where there is none, or "<!--<!--<!--…" would take quadratic time.
    bool& none = end == ">" ? no_more_tags_ : no_more_comments_;
    const std::size_t found = none ? std::string_view::npos : in_.find(end, at_ + 2);
    none = found == std::string_view::npos;
    if (!none) {
      at_ = found + end.size();
    } else {
      if (!open_.empty()) out_.text += "&lt;";
      ++at_;
    }
  }

  void text(std::size_t end) {
    if (!open_.empty()) clean(in_.substr(at_, end - at_), true);
    at_ = end;
  }

  void character_data() {
    const std::size_t begin = at_ + 9;
    const std::size_t end = std::min(in_.find("]]>", begin), in_.size());
    if (!open_.empty()) {
      out_.text += "<![CDATA[";
      clean(in_.substr(begin, end - begin), false);
      out_.text += "]]>";
    }
    at_ = std::min(end + 3, in_.size());
  }

  // Copies text without what XML forbids; with `references`, mends "&".
  void clean(std::string_view text, bool references) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      const auto byte = static_cast<unsigned char>(c);
      if (c == '&' && references) {
        i += reference(text.substr(i)) - 1;
      } else if (byte == 0xEF && text.substr(i, 2) == "\xEF\xBF" && i + 2 < text.size() &&
                 text[i + 2] >= '\xBE') {
        i += 2;  // U+FFFE, U+FFFF
      } else if (byte >= 0x20 || c == '\n' || c == '\t' || c == '\r') {
        out_.text += c;
      }
    }
  }

  // Writes what stands for the "&" at the start of `text`; returns how many bytes of it are done.
  std::size_t reference(std::string_view text) {
    const std::size_t semicolon = text.substr(0, 34).find(';');
    const std::string_view name =
        semicolon == std::string_view::npos ? std::string_view() : text.substr(1, semicolon - 1);
    if (name.starts_with('#')) {
      if (const auto c = character_reference(name.substr(1))) {
        append_character(out_.text, *c);
        return semicolon + 1;
      }
    } else if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") {
      out_.text += text.substr(0, semicolon + 1);
      return semicolon + 1;
    } else if (const auto declared = entities_.find(name); declared != entities_.end()) {
      if (expanded_ + declared->second.size() <= kMaxExpansion) {
        expanded_ += declared->second.size();
        out_.text += declared->second;
        return semicolon + 1;
      }
    } else if (!name.empty()) {
      const std::string key(name);
      if (const auto* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(key.c_str()))) {
        append_character(out_.text, entity->value);
        return semicolon + 1;
      }
    }
    out_.text += "&amp;";
    return 1;
  }

  void doctype() {
    std::size_t i = at_ + 9;
    bool subset = false;
    for (char quote = 0; i < in_.size(); ++i) {
      const char c = in_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        subset = true;
      } else if (c == ']') {
        subset = false;
      } else if (subset && in_.substr(i).starts_with("<!ENTITY")) {
        declare(in_.substr(i + 8, 2 * kMaxEntityBytes));
      } else if (c == '>' && !subset) {
        break;
      }
    }
    at_ = std::min(i + 1, in_.size());
  }

  // ` name "value">`. Parameter and external entities are not taken.
  void declare(std::string_view text) {
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
    const std::string_view name = name_at(text, 0);
    text.remove_prefix(name.size());
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
    if (name.empty() || text.empty() || (text.front() != '"' && text.front() != '\'')) return;
    const std::size_t end = text.find(text.front(), 1);
    if (end == std::string_view::npos || end > kMaxEntityBytes || entities_.size() >= kMaxEntities) return;
    // As text: markup in an entity would need a parser of its own, and nobody needs it in a feed.
    std::string value;
    std::swap(value, out_.text);
    clean(text.substr(1, end - 1), true);
    std::swap(value, out_.text);
    entities_.emplace(name, replace_all(value, "<", "&lt;"));
  }

  void end_tag() {
    const std::string_view name = name_at(in_, at_ + 2);
    if (name.empty()) return skip(">");
    at_ = std::min(in_.find_first_of("<>", at_ + 2), in_.size());
    if (at_ < in_.size() && in_[at_] == '>') ++at_;
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (equals_ignore_case(open_[i].name, name)) return close_down_to(i);
    }
    // An end tag that fits nothing: of HTML it is noise, otherwise it is the present one misspelt.
    if (!open_.empty() && open_.size() > 1 && !open_.back().has_children && !is_html(name)) {
      close_down_to(open_.size() - 1);
    }
  }

  void close_down_to(std::size_t depth) {
    while (open_.size() > depth) {
      str_append(&out_.text, "</", open_.back().name, ">");
      open_.pop_back();
    }
  }

  void start_tag() {
    const std::string_view name = name_at(in_, at_ + 1);
    at_ += 1 + name.size();
    if (is_item(name)) close_open_item();
    if (open_.size() > 1 && is_leaf(name) && is_leaf(open_.back().name)) close_down_to(open_.size() - 1);
    const bool kept = open_.size() < kMaxDepth;
    std::string tag = str_cat("<", name);
    const bool closed = attributes(&tag);
    if (!kept) return;
    if (!open_.empty()) open_.back().has_children = true;
    tag += closed || is_void(name) ? "/>" : ">";
    out_.text += tag;
    if (!closed && !is_void(name)) open_.push_back({name});
  }

  void close_open_item() {
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (is_item(open_[i].name)) return close_down_to(i);
    }
  }

  // Up to and past the ">"; true when it was "/>".
  bool attributes(std::string* tag) {
    std::vector<std::string_view> seen;
    while (at_ < in_.size()) {
      const char c = in_[at_];
      if (c == '<') return false;  // the ">" was forgotten
      if (c == '>') return ++at_, false;
      if (in_.substr(at_).starts_with("/>")) return at_ += 2, true;
      const std::string_view name = name_at(in_, at_);
      if (name.empty()) {
        ++at_;
        continue;
      }
      at_ += name.size();
      const std::string_view value = attribute_value();
      if (std::find(seen.begin(), seen.end(), name) != seen.end() || seen.size() >= 64) continue;
      seen.push_back(name);
      str_append(tag, " ", name, "=\"");
      std::swap(*tag, out_.text);
      clean_attribute(value);
      std::swap(*tag, out_.text);
      *tag += '"';
    }
    return false;
  }

  std::string_view attribute_value() {
    const auto skip_space = [&] {
      while (at_ < in_.size() && is_ascii_space(in_[at_])) ++at_;
    };
    skip_space();
    if (at_ >= in_.size() || in_[at_] != '=') return {};
    ++at_;
    skip_space();
    if (at_ >= in_.size()) return {};
    const char quote = in_[at_];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = in_.find(quote, at_ + 1);
      const std::string_view value = in_.substr(at_ + 1, end == std::string_view::npos ? 0 : end - at_ - 1);
      // A "<" in it: the closing quote was forgotten, and the rest of the document is no attribute.
      if (end != std::string_view::npos && value.find('<') == std::string_view::npos) {
        at_ = end + 1;
        return value;
      }
      ++at_;
    }
    const std::size_t end = std::min(in_.find_first_of(" \t\r\n<>\"'", at_), in_.size());
    const std::string_view value = in_.substr(at_, end - at_);
    at_ = end;
    return value;
  }

  void clean_attribute(std::string_view value) {
    for (std::size_t i = 0; i < value.size();) {
      const std::size_t end = std::min(value.find_first_of("<\"", i), value.size());
      clean(value.substr(i, end - i), true);
      if (end < value.size()) out_.text += value[end] == '<' ? "&lt;" : "&quot;";
      i = end + 1;
    }
  }

  std::string_view in_;
  std::size_t at_ = 0;
  TidyXml out_;
  std::vector<Open> open_;
  StringMap<std::string> entities_;
  std::size_t expanded_ = 0;
  bool no_more_tags_ = false;
  bool no_more_comments_ = false;
};

}  // namespace

TidyXml tidy_xml(std::string_view text) { return Tidier(text).run(); }

}  // namespace copytaster
