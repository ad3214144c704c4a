#include "core/html.h"

#include <gumbo.h>

#include <algorithm>
#include <deque>

#include "core/html_prepass.h"
#include "core/html_writer.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

// A post is kilobytes; what is longer is cut before it costs anything.
constexpr std::size_t kMaxBytes = std::size_t{4} << 20;

constexpr std::size_t kMaxFrames = 32;

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool has_word(std::string_view words, std::string_view wanted) {
  for (const std::string_view word : split(words, ' ')) {
    if (equals_ignore_case(word, wanted)) return true;
  }
  return false;
}

bool is_hidden(const GumboElement& element) {
  switch (element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_FRAMESET:
      return true;
    case GUMBO_TAG_SPAN:
      return has_word(attribute(element, "class"), "invisible");
    default:
      return false;
  }
}

// Line breaks around an element: 2 a paragraph, 1 a line, 0 inline.
std::size_t block_lines(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
      return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_CENTER:
      return 1;
    default:
      return 0;
  }
}

bool names_credit(const GumboElement& element) {
  for (const std::string_view words : {attribute(element, "class"), attribute(element, "itemprop")}) {
    for (const std::string_view sign : {"credit", "copyright", "photographer", "byline"}) {
      if (contains_ignore_case(words, sign)) return true;
    }
  }
  return false;
}

class Walker {
 public:
  explicit Walker(std::string_view base) : base_(base) { writers_.push_back(&body_); }

  // Without recursion: each step is a node to enter or to leave.
  void walk(const GumboNode* root) {
    std::vector<std::pair<const GumboNode*, bool>> steps = {{root, false}};
    while (!steps.empty()) {
      const auto [node, leaving] = steps.back();
      steps.pop_back();
      if (leaving) {
        leave(node->v.element);
        continue;
      }
      if (node->type != GUMBO_NODE_ELEMENT) {
        enter_text(*node);
        continue;
      }
      if (!enter(node->v.element)) continue;
      steps.emplace_back(node, true);
      const GumboVector& children = node->v.element.children;
      for (unsigned i = children.length; i-- > 0;)
        steps.emplace_back(static_cast<const GumboNode*>(children.data[i]), false);
    }
  }

  HtmlText result() {
    HtmlText out;
    out.text = body_.take_text();
    out.facets = body_.take_facets();
    for (Facet& facet : out.facets) {
      if (facet.kind() == Facet::HASHTAG)
        facet.set_target(tag_of(out.text.substr(facet.begin(), facet.end() - facet.begin())));
    }
    out.images = std::move(images_);
    out.frames = std::move(frames_);
    return out;
  }

 private:
  static std::string tag_of(std::string_view shown) {
    consume_prefix(&shown, "#");
    return std::string(shown);
  }

  HtmlWriter& writer() { return *writers_.back(); }

  void enter_text(const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA) {
      writer().text(node.v.text.text, preformatted_ > 0);
    }
  }

  // False: nothing of it is shown.
  bool enter(const GumboElement& element) {
    if (is_hidden(element)) return false;
    if (element.tag == GUMBO_TAG_IMG || element.tag == GUMBO_TAG_IMAGE) return add_image(element), false;
    if (element.tag == GUMBO_TAG_EMBED) return add_frame(element), false;
    if (element.tag == GUMBO_TAG_BR) return writer().line_break(), false;
    writer().block(block_lines(element.tag));
    if (element.tag == GUMBO_TAG_PRE) ++preformatted_;
    if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) writer().space();
    if (element.tag == GUMBO_TAG_FIGURE) figures_.push_back({images_.size(), {}, {}});
    if (is_credit(element))
      writers_.push_back(&figures_.back().credit);
    else if (is_caption(element))
      writers_.push_back(&figures_.back().caption);
    if (element.tag == GUMBO_TAG_A) open_link(element);
    return true;
  }

  void leave(const GumboElement& element) {
    if (element.tag == GUMBO_TAG_A) close_link(element);
    if (is_credit(element) || is_caption(element)) {
      writers_.pop_back();
      writer().space();
    }
    if (element.tag == GUMBO_TAG_FIGURE && !figures_.empty()) close_figure();
    if (element.tag == GUMBO_TAG_SPAN && has_word(attribute(element, "class"), "ellipsis"))
      writer().text("…", false);
    if (element.tag == GUMBO_TAG_PRE) --preformatted_;
    writer().block(block_lines(element.tag));
  }

  [[nodiscard]] bool is_caption(const GumboElement& element) const {
    return element.tag == GUMBO_TAG_FIGCAPTION && !figures_.empty();
  }
  [[nodiscard]] bool is_credit(const GumboElement& element) const {
    return !figures_.empty() && element.tag != GUMBO_TAG_FIGURE && element.tag != GUMBO_TAG_FIGCAPTION &&
           names_credit(element);
  }

  [[nodiscard]] std::string absolute(std::string_view target) const {
    const std::string url = resolve_url(base_, target);
    const auto parsed = parse_url(url);
    return parsed && (parsed->scheme == "http" || parsed->scheme == "https") ? url : "";
  }

  static bool is_link(const GumboElement& element) {
    return gumbo_get_attribute(&element.attributes, "href") != nullptr;
  }

  void open_link(const GumboElement& element) {
    if (!is_link(element)) return;
    const std::string_view classes = attribute(element, "class");
    const bool tag = has_word(classes, "hashtag") || has_word(attribute(element, "rel"), "tag");
    const bool mention = !tag && (has_word(classes, "mention") || has_word(classes, "u-url"));
    std::string target = absolute(attribute(element, "href"));
    const Facet::Kind kind = tag ? Facet::HASHTAG : (mention ? Facet::MENTION : Facet::LINK);
    writer().open(kind, std::move(target));
  }
  void close_link(const GumboElement& element) {
    if (is_link(element)) writer().close();
  }

  // Where a picture or a frame is; empty for one that only counts readers.
  [[nodiscard]] std::string source_of(const GumboElement& element) const {
    for (const char* side : {"width", "height"}) {
      if (attribute(element, side) == "1" || attribute(element, side) == "0") return "";
    }
    std::string_view source = attribute(element, "src");
    if (source.empty() || source.starts_with("data:") || source.starts_with("about:"))
      source = attribute(element, "data-src");
    return source.empty() ? "" : absolute(source);
  }

  void add_frame(const GumboElement& element) {
    std::string url = source_of(element);
    if (!url.empty() && std::ranges::find(frames_, url) == frames_.end() && frames_.size() < kMaxFrames)
      frames_.push_back(std::move(url));
  }

  void add_image(const GumboElement& element) {
    HtmlImage image;
    image.url = source_of(element);
    if (image.url.empty()) return;
    image.alt = collapse_space(to_valid_utf8(attribute(element, "alt")));
    images_.push_back(std::move(image));
  }

  void close_figure() {
    Figure& figure = figures_.back();
    for (std::size_t i = figure.first_image; i < images_.size(); ++i) {
      if (images_[i].caption.empty()) images_[i].caption = collapse_space(figure.caption.out());
      if (images_[i].credit.empty()) images_[i].credit = collapse_space(figure.credit.out());
    }
    // Inner writers are popped when their elements are left, so none of them can be in use here.
    figures_.pop_back();
  }

  struct Figure {
    std::size_t first_image;
    HtmlWriter caption, credit;
  };

  std::string_view base_;
  HtmlWriter body_;
  std::vector<HtmlWriter*> writers_;
  std::deque<Figure> figures_;  // stable addresses
  std::vector<HtmlImage> images_;
  std::vector<std::string> frames_;
  int preformatted_ = 0;
};

HtmlText convert(const std::string& html, std::string_view base) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* parsed = gumbo_parse_with_options(&options, html.data(), html.size());
  Walker walker(base);
  if (parsed != nullptr) {
    walker.walk(parsed->root);
    gumbo_destroy_output(&options, parsed);
  }
  HtmlText out = walker.result();
  std::erase_if(out.facets, [](const Facet& facet) { return facet.target().empty(); });
  return out;
}

// At most kMaxBytes, cut neither in a character nor in a tag: half a tag would be read as text.
std::string_view shortened(std::string_view html) {
  if (html.size() <= kMaxBytes) return html;
  html = html.substr(0, utf8_floor(html, kMaxBytes));
  const std::size_t tag = html.rfind('<');
  if (tag != std::string_view::npos && html.find('>', tag) == std::string_view::npos)
    html = html.substr(0, tag);
  return html;
}

}  // namespace

HtmlText html_to_text(std::string_view html, std::string_view base_url) {
  const std::string bytes = to_valid_utf8(shortened(html));
  if (bytes.find_first_of("<&") == std::string::npos) {
    HtmlWriter plain;
    plain.text(bytes, false);
    return {plain.take_text(), {}, {}, {}};
  }
  return convert(tame_html(bytes), base_url);
}

std::string html_to_line(std::string_view html) { return collapse_space(html_to_text(html, "").text); }

}  // namespace copytaster
