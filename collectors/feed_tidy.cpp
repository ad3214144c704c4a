#include "collectors/feed_tidy.h"

#include <algorithm>
#include <vector>

#include "collectors/feed_tidy_names.h"
#include "collectors/feed_tidy_text.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxDepth = 200;

class Tidier {
 public:
  explicit Tidier(std::string_view in) : in_(in) { out_.text.reserve(in.size() + in.size() / 16 + 64); }

  TidyXml run() {
    at_ = std::min(in_.find('<'), in_.size());
    while (at_ < in_.size()) step();
    out_.cut_off_in_item =
        std::any_of(open_.begin(), open_.end(), [](const Open& one) { return is_item_tag(one.name); });
    out_.cut_off = !open_.empty() && !root_has_ended_;
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
    if (!xml_name_at(in_, at_ + 1).empty()) return start_tag();
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
    if (!open_.empty()) text_.append_text(in_.substr(at_, end - at_), &out_.text);
    at_ = end;
  }

  void character_data() {
    const std::size_t begin = at_ + 9;
    const std::size_t end = std::min(in_.find("]]>", begin), in_.size());
    if (!open_.empty()) {
      out_.text += "<![CDATA[";
      text_.append_data(in_.substr(begin, end - begin), &out_.text);
      out_.text += "]]>";
    }
    at_ = std::min(end + 3, in_.size());
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
        text_.declare(in_.substr(i + 8, 2 * TidyText::kMaxEntityBytes));
      } else if (c == '>' && !subset) {
        break;
      }
    }
    at_ = std::min(i + 1, in_.size());
  }

  void end_tag() {
    const std::string_view name = xml_name_at(in_, at_ + 2);
    if (name.empty()) return skip(">");
    at_ = std::min(in_.find_first_of("<>", at_ + 2), in_.size());
    if (at_ < in_.size() && in_[at_] == '>') ++at_;
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (equals_ignore_case(open_[i].name, name)) return close_down_to(i);
    }
    // An end tag that fits nothing: of HTML it is noise, otherwise it is the present one misspelt.
    if (!open_.empty() && open_.size() > 1 && !open_.back().has_children && !is_html_tag(name)) {
      close_down_to(open_.size() - 1);
    }
  }

  void close_down_to(std::size_t depth) {
    while (open_.size() > depth) {
      str_append(&out_.text, "</", open_.back().name, ">");
      open_.pop_back();
    }
    root_has_ended_ = root_has_ended_ || depth == 0;
  }

  void start_tag() {
    const std::string_view name = xml_name_at(in_, at_ + 1);
    at_ += 1 + name.size();
    if (is_item_tag(name)) close_open_item();
    if (open_.size() > 1 && (is_leaf_tag(name) || is_item_tag(name)) && is_leaf_tag(open_.back().name))
      close_down_to(open_.size() - 1);
    const bool kept = open_.size() < kMaxDepth;
    std::string tag = str_cat("<", name);
    const bool closed = attributes(&tag);
    if (!kept) return;
    if (!open_.empty()) open_.back().has_children = true;
    tag += closed || is_void_tag(name) ? "/>" : ">";
    out_.text += tag;
    if (!closed && !is_void_tag(name)) open_.push_back({name});
  }

  void close_open_item() {
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (is_item_tag(open_[i].name)) return close_down_to(i);
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
      const std::string_view name = xml_name_at(in_, at_);
      if (name.empty()) {
        ++at_;
        continue;
      }
      at_ += name.size();
      const std::string_view value = attribute_value();
      if (std::find(seen.begin(), seen.end(), name) != seen.end() || seen.size() >= 64) continue;
      seen.push_back(name);
      str_append(tag, " ", name, "=\"");
      text_.append_attribute(value, tag);
      *tag += '"';
    }
    return false;
  }

  // Whether the quote at in_[end] closes the one at at_. Where that was forgotten, the value runs past its
  // own tag's ">", and the next quote opens the value of a later attribute: "=" before it, words behind it.
  [[nodiscard]] bool closes_value(std::size_t end) const {
    const std::string_view value = in_.substr(at_ + 1, end - at_ - 1);
    const std::size_t tag = value.find('<');
    if (tag == std::string_view::npos) return true;
    if (value.find('>') < tag || strip_space(value).ends_with('=')) return false;
    const char after = end + 1 < in_.size() ? in_[end + 1] : '>';
    return is_ascii_space(after) || after == '>' || after == '/';
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
      if (end != std::string_view::npos && closes_value(end)) {
        const std::string_view value = in_.substr(at_ + 1, end - at_ - 1);
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

  std::string_view in_;
  std::size_t at_ = 0;
  TidyXml out_;
  std::vector<Open> open_;
  bool root_has_ended_ = false;
  TidyText text_;
  bool no_more_tags_ = false;
  bool no_more_comments_ = false;
};

}  // namespace

TidyXml tidy_xml(std::string_view text) { return Tidier(text).run(); }

}  // namespace copytaster
