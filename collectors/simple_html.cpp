#include "collectors/simple_html.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "collectors/platforms_support.h"
#include "collectors/simple_html_bytes.h"
#include "core/strings.h"
#include "core/url.h"
#include "simdjson.h"

namespace copytaster {
namespace {

using simple_html::Byte;
using simple_html::Character;
using simple_html::character_at;
using simple_html::Entity;
using simple_html::entity_at;
using simple_html::kind_of;
using simple_html::length_of;

constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxDepth = 16;

bool has_word(std::string_view words, std::string_view wanted) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (equals_ignore_case(words.substr(0, end), wanted)) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

// They say how text looks, which is not kept.
bool is_emphasis(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {"strong", "em",   "b",     "i",     "u",
                                                             "s",      "code", "small", "strike"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

struct Attributes {
  bool has_href = false;
  std::string href;
  std::string_view classes, rel;  // as written: references in them are not looked for, so none may be there
};

class Reader {
 public:
  Reader(std::string_view html, std::string_view base) : html_(html), base_(base) {
    out_.text.reserve(html.size());
  }

  // False: there is more in it than this class reads.
  bool run() {
    while (at_ < html_.size()) {
      if (html_[at_] == '<' ? !tag() : !text()) return false;
    }
    return depth_ == 0;
  }

  HtmlText take() {
    for (Facet& facet : out_.facets) {
      if (facet.kind() != Facet::HASHTAG) continue;
      std::string_view shown = std::string_view(out_.text).substr(facet.begin(), facet.end() - facet.begin());
      consume_prefix(&shown, "#");
      facet.set_target(std::string(shown));
    }
    std::erase_if(out_.facets, [](const Facet& facet) { return facet.target().empty(); });
    return std::move(out_);
  }

 private:
  enum class Open : std::uint8_t { kParagraph, kSpan, kEllipsis, kLink, kAnchor };

  // ---- text

  bool text() {
    while (at_ < html_.size() && html_[at_] != '<') {
      const std::size_t begin = at_;
      skip_shown();
      show_run(html_.substr(begin, at_ - begin));
      if (at_ < html_.size() && html_[at_] != '<' && !special()) return false;
    }
    return true;
  }

  // Past the characters that stand for themselves, and single spaces.
  void skip_shown() {
    for (;;) {
      at_ = simple_html::end_of_plain(html_, at_);
      if (at_ == html_.size() || kind_of(html_[at_]) != Byte::kLead ||
          character_at(html_, at_) != Character::kShown)
        return;
      at_ += length_of(html_[at_]);
    }
  }

  // Words with single spaces between them, perhaps one in front and one behind.
  void show_run(std::string_view run) {
    if (consume_prefix(&run, " ")) space_ = true;
    const bool space_behind = consume_suffix(&run, " ");
    if (!run.empty()) show(run);
    if (space_behind) space_ = true;
  }

  // A character that does not, at at_.
  bool special() {
    const char c = html_[at_];
    if (c == '&') {
      const Entity* entity = entity_at(html_, at_);
      if (entity == nullptr) return false;
      at_ += entity->written.size();
      if (entity->meant == "\u00A0") {
        space_ = true;
      } else {
        show(entity->meant);
      }
      return true;
    }
    if (kind_of(c) == Byte::kSpace) {
      space_ = true;
      ++at_;
      return true;
    }
    const std::size_t length = length_of(c);
    if (character_at(html_, at_) == Character::kSpace) space_ = true;
    at_ += length;
    return true;
  }

  void show(std::string_view characters) {
    if (!out_.text.empty()) {
      if (newlines_ > 0) {
        out_.text.append(std::min<std::size_t>(newlines_, 2), '\n');
      } else if (space_) {
        out_.text += ' ';
      }
    }
    newlines_ = 0;
    space_ = false;
    if (in_link_ && !link_begun_) {
      link_begun_ = true;
      link_.set_begin(static_cast<std::uint32_t>(out_.text.size()));
    }
    out_.text += characters;
  }

  // ---- tags

  bool tag() {
    std::size_t i = at_ + 1;
    const bool closes = i < html_.size() && html_[i] == '/';
    if (closes) ++i;
    const std::size_t begin = i;
    while (i < html_.size() && html_[i] >= 'a' && html_[i] <= 'z') ++i;
    const std::string_view name = html_.substr(begin, i - begin);
    at_ = i;
    if (closes) return consume('>') && (is_emphasis(name) || end(name));
    if (is_emphasis(name)) return consume('>');
    if (name == "br") return line_break();
    Attributes attributes;
    return (name == "p" || name == "a" || name == "span") && read(&attributes) && start(name, &attributes);
  }

  bool consume(char c) {
    if (at_ >= html_.size() || html_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool line_break() {
    while (at_ < html_.size() && html_[at_] == ' ') ++at_;
    if (at_ < html_.size() && html_[at_] == '/') ++at_;
    ++newlines_;
    return consume('>');
  }

  // The attributes up to and past the ">": name="value" only.
  bool read(Attributes* out) {
    bool has_class = false;
    bool has_rel = false;
    while (at_ < html_.size() && html_[at_] != '>') {
      if (!consume(' ')) return false;
      const std::size_t begin = at_;
      while (at_ < html_.size() && ((html_[at_] >= 'a' && html_[at_] <= 'z') || html_[at_] == '-')) ++at_;
      const std::string_view name = html_.substr(begin, at_ - begin);
      if (name.empty() || !consume('=') || !consume('"')) return false;
      const std::size_t end = html_.find('"', at_);
      if (end == std::string_view::npos) return false;
      const std::string_view value = html_.substr(at_, end - at_);
      at_ = end + 1;
      // Of two with one name the first counts.
      if (name == "href") {
        if (!std::exchange(out->has_href, true) && !simple_html::decode(value, &out->href)) return false;
      } else if (name == "class" || name == "rel") {
        if (value.find_first_of("&\t\n\r\f") != std::string_view::npos) return false;
        const bool is_class = name == "class";
        if (!std::exchange(is_class ? has_class : has_rel, true))
          (is_class ? out->classes : out->rel) = value;
      }
    }
    return consume('>');
  }

  bool start(std::string_view name, Attributes* attributes) {
    if (depth_ == kMaxDepth) return false;
    if (name == "p") {
      if (depth_ > 0) return false;
      newlines_ = std::max<std::size_t>(newlines_, 2);
      open_[depth_++] = Open::kParagraph;
      return true;
    }
    if (name == "a") return start_link(attributes);
    if (has_word(attributes->classes, "invisible")) return skip_hidden();
    open_[depth_++] = has_word(attributes->classes, "ellipsis") ? Open::kEllipsis : Open::kSpan;
    return true;
  }

  // To the end of the span: nothing of it is shown.
  bool skip_hidden() {
    at_ = std::min(html_.find('<', at_), html_.size());
    if (!html_.substr(at_).starts_with("</span>")) return false;
    at_ += 7;
    return true;
  }

  bool start_link(Attributes* attributes) {
    for (std::size_t i = 0; i < depth_; ++i) {
      if (open_[i] == Open::kLink || open_[i] == Open::kAnchor) return false;  // links do not nest
    }
    open_[depth_++] = attributes->has_href ? Open::kLink : Open::kAnchor;
    if (!attributes->has_href) return true;
    const bool is_tag = has_word(attributes->classes, "hashtag") || has_word(attributes->rel, "tag");
    const bool is_mention =
        has_word(attributes->classes, "mention") || has_word(attributes->classes, "u-url");
    link_.Clear();
    link_.set_kind(is_tag ? Facet::HASHTAG : is_mention ? Facet::MENTION : Facet::LINK);
    set_target(std::move(attributes->href));
    in_link_ = true;
    link_begun_ = false;
    return true;
  }

  void set_target(std::string href) {
    // Nearly all: resolving gives it back as it is.
    if (is_plain_http_url(href)) return link_.set_target(std::move(href));
    std::string url = resolve_url(base_, href);
    const auto parsed = parse_url(url);
    if (parsed && (parsed->scheme == "http" || parsed->scheme == "https")) link_.set_target(std::move(url));
  }

  bool end(std::string_view name) {
    if (depth_ == 0) return false;
    switch (open_[--depth_]) {
      case Open::kParagraph:
        newlines_ = std::max<std::size_t>(newlines_, 2);
        return name == "p";
      case Open::kLink:
        end_link();
        return name == "a";
      case Open::kAnchor:
        return name == "a";
      case Open::kEllipsis:
        show("…");
        return name == "span";
      default:
        return name == "span";
    }
  }

  void end_link() {
    in_link_ = false;
    if (!link_begun_) return;
    link_.set_end(static_cast<std::uint32_t>(out_.text.size()));
    out_.facets.push_back(std::move(link_));
  }

  std::string_view html_;
  std::string_view base_;
  std::size_t at_ = 0;
  HtmlText out_;
  std::size_t newlines_ = 0;
  bool space_ = false;
  std::array<Open, kMaxDepth> open_{};
  std::size_t depth_ = 0;
  Facet link_;
  bool in_link_ = false;
  bool link_begun_ = false;
};

}  // namespace

std::optional<HtmlText> simple_html_to_text(std::string_view html, std::string_view base_url) {
  // Without any markup the whole parser has a short way of its own.
  if (html.size() > kMaxBytes || html.find_first_of("<&") == std::string_view::npos) return std::nullopt;
  if (!simdjson::validate_utf8(html.data(), html.size()) || simple_html::has_refused(html))
    return std::nullopt;
  Reader reader(html, base_url);
  if (!reader.run()) return std::nullopt;
  return reader.take();
}

HtmlText status_html_to_text(std::string_view html, std::string_view base_url) {
  if (auto simple = simple_html_to_text(html, base_url)) return *std::move(simple);
  return html_to_text(html, base_url);
}

}  // namespace copytaster
