#include "core/html_prepass.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/html_tag.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// Posts stay under 20, whole pages under 60; gumbo looks through all that is open at each tag.
constexpr std::size_t kMaxDepth = 60;
// A post has hundreds. What follows this many is shown without its links and pictures, line by line.
constexpr std::size_t kMaxTags = 20'000;
// A notice is a sentence.
constexpr std::size_t kMaxFrameNotice = 200;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::ranges::find(names, name) != names.end();
}

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kNames = {
      "area",  "base",  "br",   "col",  "embed", "frame",  "hr",    "img",
      "image", "input", "link", "meta", "param", "source", "track", "wbr"};
  return is_one_of(name, kNames);
}
bool is_shown_void(std::string_view name) {
  return name == "br" || name == "hr" || name == "img" || name == "image" || name == "embed";
}

// Their tags say how text looks, which is not kept; open ones are what makes HTML5 parsing slow.
// What follows <plaintext> is no longer HTML for a browser; here it is.
bool is_formatting(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kNames = {"b",      "big",  "code", "em",    "font",
                                                              "i",      "nobr", "s",    "small", "strike",
                                                              "strong", "tt",   "u",    "form",  "plaintext"};
  return is_one_of(name, kNames);
}

// Nothing between their tags is text for readers, and some of it is not even HTML.
bool is_raw(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "script", "style", "noscript", "noembed", "noframes", "xmp", "template", "textarea", "title"};
  return is_one_of(name, kNames);
}

// Nor what stands in these, but for an object: that is shown by whoever cannot show the object (HTML §4.8.7).
// Feeds written as XML close them at once.
bool is_player(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kNames = {"audio",  "video",  "object",
                                                             "canvas", "select", "applet"};
  return is_one_of(name, kNames);
}

// What an iframe holds is for readers that show no frames, which we are (HTML 4.01 §16.5; HTML §4.8.5 of
// legacy agents): what stands there instead, or else a notice that is nobody's text.
bool is_frame(std::string_view name) { return name == "iframe"; }

// "Loading…" in any language, or a word about the reader's program.
bool is_frame_notice(std::string_view words) {
  static constexpr std::array<std::string_view, 14> kPrograms = {
      "iframe",    "frames",  "browser",  "javascript", "navigateur", "navegador",  "navigatore",
      "przegląda", "браузер", "φυλλομετ", "tarayıcı",   "prohlížeč",  "webbläsare", "prehliadač"};
  words = strip_space(words);
  if (words.ends_with("...") || words.ends_with("…")) return std::ranges::count(words, ' ') < 4;
  return std::ranges::any_of(kPrograms,
                             [&](std::string_view one) { return contains_ignore_case(words, one); });
}

std::string without_tags(std::string_view html) {
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t tag = std::min(html.find('<', at), html.size());
    out += html.substr(at, tag - at);
    at = std::min(html.find('>', tag), html.size() - 1) + 1;
  }
  return out;
}

// Pictures and formulas in languages of their own: elements there are void or not by other rules.
bool is_foreign(std::string_view name) { return name == "svg" || name == "math"; }
// In them, HTML may follow again.
bool holds_html(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "foreignobject", "desc", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"};
  return is_one_of(name, kNames);
}
// HTML that ends an open svg or math (HTML §13.2.6.5).
bool leaves_foreign(std::string_view name) {
  static constexpr std::array<std::string_view, 43> kNames = {
      "b",     "big",   "blockquote", "body",   "br",   "center", "code",  "dd", "div",  "dl",   "dt",
      "em",    "embed", "h1",         "h2",     "h3",   "h4",     "h5",    "h6", "head", "hr",   "i",
      "img",   "li",    "listing",    "menu",   "meta", "nobr",   "ol",    "p",  "pre",  "ruby", "s",
      "small", "span",  "strong",     "strike", "sub",  "sup",    "table", "tt", "u",    "ul"};
  return is_one_of(name, kNames);
}

bool ends_paragraph(std::string_view name) {
  static constexpr std::array<std::string_view, 36> kNames = {
      "address", "article", "aside", "blockquote", "center",     "dd",      "details", "dialog", "dir",
      "div",     "dl",      "dt",    "fieldset",   "figcaption", "figure",  "footer",  "h1",     "h2",
      "h3",      "h4",      "h5",    "h6",         "header",     "hgroup",  "hr",      "li",     "main",
      "menu",    "nav",     "ol",    "p",          "pre",        "section", "summary", "table",  "ul"};
  return is_one_of(name, kNames);
}

// Elements beyond which no end tag is implied. A link is one so that it stays a link over blocks.
bool bounds_paragraph(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "a", "applet", "button", "caption", "html", "marquee", "object", "table", "td", "th"};
  return is_one_of(name, kNames);
}
bool bounds_item(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kNames = {
      "ul", "ol", "dl", "menu", "dir", "blockquote", "section", "article", "aside", "figure", "details"};
  return is_one_of(name, kNames) || bounds_paragraph(name);
}
bool bounds_row(std::string_view name) { return name == "table"; }
bool bounds_cell(std::string_view name) { return name == "table" || name == "tr"; }

bool is_row_group(std::string_view name) { return name == "tbody" || name == "thead" || name == "tfoot"; }

class Tamer {
 public:
  explicit Tamer(std::string_view html) : html_(html) {}

  std::string run() {
    while (at_ < html_.size()) {
      const std::size_t next = std::min(html_.find('<', at_), html_.size());
      text(html_.substr(at_, next - at_));
      at_ = next;
      if (at_ < html_.size()) step();
    }
    return std::move(out_);
  }

 private:
  void text(std::string_view bytes) {
    const std::size_t end = wrapped_ ? bytes.find("]]>") : std::string_view::npos;
    if (end != std::string_view::npos) {
      wrapped_ = false;
      text(bytes.substr(0, end));
      bytes.remove_prefix(end + 3);
    }
    if (foreign_.empty()) out_ += bytes;
  }

  void step() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return skip_comment();
    if (rest.starts_with("<![CDATA[")) {
      wrapped_ = true;
      at_ += 9;
      return;
    }
    if (rest.starts_with("<!") || rest.starts_with("<?")) {
      at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
      return;
    }
    const HtmlTag tag = read_html_tag(html_, at_);
    if (tag.name.empty()) {
      text("&lt;");
      ++at_;
      return;
    }
    at_ = tag.end;
    if (!tag.whole) return;  // browsers drop it too
    if (!foreign_.empty() && stays_foreign(tag)) return;
    if (tag.closes) return close(tag.name);
    if (is_formatting(tag.name)) return;
    open(tag);
  }

  // "<!-->" and "<!--->" are whole comments; "--!>" ends one as well.
  void skip_comment() {
    for (at_ = html_.find("--", at_ + 2); at_ != std::string_view::npos; at_ = html_.find("--", at_ + 1)) {
      for (const std::string_view end : {"-->", "--!>"}) {
        if (html_.substr(at_).starts_with(end)) {
          at_ += end.size();
          return;
        }
      }
    }
    at_ = html_.size();
  }

  // Inside svg or math: whether the tag is part of it. Raw elements are skipped there too.
  bool stays_foreign(const HtmlTag& tag) {
    if (tag.closes) {
      if (holds_html(tag.name) && islands_ > 0) --islands_;
      if (tag.name == foreign_ && --nested_ == 0) foreign_.clear();
      return true;
    }
    if (islands_ == 0 && leaves_foreign(tag.name)) {
      foreign_.clear();
      return false;
    }
    if (tag.self_closed) return true;
    if (is_raw(tag.name)) skip_raw(tag.name);
    if (holds_html(tag.name)) ++islands_;
    if (tag.name == foreign_) ++nested_;
    return true;
  }

  // To the end tag of the same name, or to the end: an open script shows nothing that follows it.
  // Templates nest. In a script, "<!-- <script> … </script>" is still script (HTML §13.2.5.27).
  void skip_raw(std::string_view name) {
    const bool script = name == "script";
    std::size_t inner = 0;
    bool comment = false;
    for (; at_ < html_.size(); ++at_) {
      if (comment && html_[at_] == '-' && html_.substr(at_).starts_with("-->")) {
        comment = false;
        inner = 0;
      }
      if (html_[at_] != '<') continue;
      const std::string_view rest = html_.substr(at_ + 1);
      if (script && rest.starts_with("!--")) {
        comment = true;
      } else if (begins_tag_name(rest, name)) {
        if (script && comment) inner = 1;
        if (name == "template") ++inner;
      } else if (rest.starts_with('/') && begins_tag_name(rest.substr(1), name)) {
        if (inner == 0) {
          at_ = read_html_tag(html_, at_).end;
          return;
        }
        --inner;
      }
    }
  }

  void open(const HtmlTag& tag) {
    if (tag.self_closed && holds_nothing(tag.name)) return;
    if (is_raw(tag.name)) return skip_raw(tag.name);
    if (is_frame(tag.name)) return open_frame(tag);
    if (is_foreign(tag.name)) {
      foreign_ = tag.name;
      nested_ = 1;
      islands_ = 0;
      return;
    }
    close_implied(tag.name);
    const bool empty = is_void(tag.name);
    if (empty && !is_shown_void(tag.name)) return;
    if (tags_ >= kMaxTags || (!empty && open_.size() >= kMaxDepth)) {
      if (ends_paragraph(tag.name)) line_break();
      return;
    }
    ++tags_;
    str_append(&out_, "<", tag.name, tag.attributes, ">");
    if (!empty) open_.push_back(tag.name);
  }

  // Only the address of what is framed stays, as an <embed>; its content goes on as HTML.
  void open_frame(const HtmlTag& tag) {
    str_append(&out_, "<embed", tag.attributes, ">");
    if (tag.self_closed) return;
    for (std::size_t end = at_; end < std::min(html_.size(), at_ + kMaxFrameNotice); ++end) {
      if (html_[end] != '<' || !html_.substr(end + 1).starts_with('/')) continue;
      if (!begins_tag_name(html_.substr(end + 2), "iframe")) continue;
      if (is_frame_notice(without_tags(html_.substr(at_, end - at_)))) at_ = end;
      return;
    }
  }

  // One, however many elements began here.
  void line_break() {
    if (!out_.ends_with("<br>")) out_ += "<br>";
  }

  // "<script … />": HTML would take what follows for its content, but whoever wrote it meant XML. A script or
  // a style stays open all the same: what follows might be code.
  static bool holds_nothing(std::string_view name) {
    return is_foreign(name) || is_player(name) || (is_raw(name) && name != "script" && name != "style");
  }

  // End tags that authors leave out (HTML §13.1.2.4). Without them the depth of an honest table grows.
  void close_implied(std::string_view name) {
    if (ends_paragraph(name)) close_within("p", bounds_paragraph);
    // Links do not nest; a second one ends the first.
    if (name == "a") close("a");
    if (name == "li") close_within("li", bounds_item);
    if (name == "dt" || name == "dd") {
      close_within("dt", bounds_item);
      close_within("dd", bounds_item);
    }
    if (name == "option" && !open_.empty() && open_.back() == "option") close("option");
    if (name == "td" || name == "th") {
      close_within("td", bounds_cell);
      close_within("th", bounds_cell);
    }
    if (name == "tr" || is_row_group(name)) close_within("tr", bounds_row);
    if (is_row_group(name)) {
      for (const std::string_view group : {"tbody", "thead", "tfoot"}) close_within(group, bounds_row);
    }
  }

  template <typename Bounds>
  void close_within(std::string_view name, Bounds bounds) {
    for (auto one = open_.rbegin(); one != open_.rend(); ++one) {
      if (*one == name) return close(name);
      if (bounds(*one)) return;
    }
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
  std::vector<std::string> open_;  // at most kMaxDepth: searching it costs no more
  std::size_t tags_ = 0;           // opened
  bool wrapped_ = false;           // in a CDATA section
  std::string foreign_;            // "svg" or "math" while inside one
  std::size_t nested_ = 0;         // of them open in each other
  std::size_t islands_ = 0;        // of HTML in them
};

}  // namespace

std::string tame_html(std::string_view html) { return Tamer(html).run(); }

}  // namespace copytaster
