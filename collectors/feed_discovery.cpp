#include "collectors/feed_discovery.h"

#include <algorithm>
#include <array>

#include "collectors/charset.h"
#include "collectors/feed_text.h"
#include "collectors/platforms_support.h"
#include "core/html.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kLookForLinks = std::size_t{512} << 10;
constexpr std::size_t kLongestValue = 2048;
constexpr std::size_t kMostHints = 100;

// What is read of a tag.
struct PageTag {
  std::string href;
  std::string rel;
  std::string type;
  std::string title;
};

// A value in plain text. "&section=1" is no "§ion=1": in attributes a reference needs its ";".
std::string decoded(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '<') {
      out += "&lt;";
      continue;
    }
    out += c;
    if (c != '&') continue;
    const std::size_t end =
        value.find_first_not_of("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", i + 1);
    if (end == std::string_view::npos || value[end] != ';') out += "amp;";
  }
  return html_to_line(out);
}

// The attributes of one tag as the HTML5 tokeniser separates them (§13.2.5).
class TagReader {
 public:
  // `at` is behind the tag's name.
  TagReader(std::string_view html, std::size_t at) : html_(html), at_(at) {}

  // False: the page ends inside the tag.
  bool read(PageTag* out) {
    while (at_ < html_.size() && html_[at_] != '>') {
      if (is_ascii_space(html_[at_]) || html_[at_] == '/') {
        ++at_;
      } else {
        attribute(out);
      }
    }
    return at_ < html_.size();
  }
  // At the ">", or at the page's end.
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  void skip_space() {
    while (at_ < html_.size() && is_ascii_space(html_[at_])) ++at_;
  }

  void attribute(PageTag* out) {
    const std::size_t begin = at_;
    at_ = std::min(html_.find_first_of(" \t\r\n\f/>=", at_ + 1), html_.size());
    const std::string_view name = html_.substr(begin, at_ - begin);
    skip_space();
    if (at_ >= html_.size() || html_[at_] != '=') return;
    ++at_;
    keep(name, value(), out);
  }

  std::string_view value() {
    skip_space();
    const bool quoted = at_ < html_.size() && (html_[at_] == '"' || html_[at_] == '\'');
    const std::size_t begin = at_ + (quoted ? 1 : 0);
    at_ = quoted ? html_.find(html_[at_], begin) : html_.find_first_of(" \t\r\n\f>", begin);
    at_ = std::min(at_, html_.size());
    const std::string_view out = html_.substr(std::min(begin, at_), at_ - std::min(begin, at_));
    if (quoted && at_ < html_.size()) ++at_;
    return out;
  }

  // The first of a name counts.
  static void keep(std::string_view name, std::string_view value, PageTag* out) {
    std::string* const places[] = {&out->href, &out->rel, &out->type, &out->title};
    static constexpr std::array<std::string_view, 4> kNames = {"href", "rel", "type", "title"};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (!equals_ignore_case(name, kNames[i]) || !places[i]->empty()) continue;
      if (value.size() <= kLongestValue) *places[i] = decoded(value);
    }
  }

  std::string_view html_;
  std::size_t at_;
};

bool has_token(std::string_view list, std::string_view wanted) {
  for (const std::string_view token : split(list, ' ')) {
    if (equals_ignore_case(token, wanted)) return true;
  }
  return false;
}

bool is_feed_type(std::string_view type) {
  type = strip_space(type.substr(0, type.find(';')));
  static constexpr std::array<std::string_view, 4> kTypes = {"application/rss+xml", "application/atom+xml",
                                                             "application/feed+json", "application/rdf+xml"};
  return std::any_of(kTypes.begin(), kTypes.end(), [&](auto one) { return equals_ignore_case(type, one); });
}

// WordPress: /comments/feed/, ?feed=comments-rss2; Blogger: /feeds/…/comments/default; Drupal: /crss.
bool is_of_comments(const PageTag& tag) {
  return contains_ignore_case(tag.href, "comment") || contains_ignore_case(tag.title, "comment") ||
         tag.href.ends_with("/crss");
}

// Addresses that name nothing but a feed.
bool is_named_like_feed(std::string_view url) {
  std::string path = str_cat("/", ascii_lower(url.substr(0, url.find_first_of("?#"))));
  while (path.ends_with('/')) path.pop_back();
  static constexpr std::array<std::string_view, 9> kEndings = {
      "/feed", "/rss", "/atom", ".rss", ".atom", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](auto one) { return path.ends_with(one); });
}

std::string_view without_www(std::string_view host) {
  consume_prefix(&host, "www.");
  return host;
}

bool is_same_site(std::string_view page, std::string_view other) {
  const auto a = parse_url(page);
  const auto b = parse_url(other);
  if (!a || !b) return false;
  const std::string_view home = without_www(a->host);
  const std::string_view host = without_www(b->host);
  return host == home || (host.ends_with(home) && host[host.size() - home.size() - 1] == '.');
}

class PageReader {
 public:
  PageReader(std::string_view html, std::string_view page_url)
      : html_(html.substr(0, kLookForLinks)), page_url_(page_url), base_(page_url) {}

  std::string find() {
    for (std::size_t at = html_.find('<'); at != std::string_view::npos; at = html_.find('<', at)) {
      at = past_tag(at);
    }
    for (const std::string& reference : links_) {
      std::string url = usable(reference);
      if (!url.empty()) return url;
    }
    for (const std::string& reference : anchors_) {
      std::string url = usable(reference);
      if (!url.empty() && is_same_site(page_url_, url)) return url;
    }
    return "";
  }

 private:
  // Always past `at`.
  std::size_t past_tag(std::size_t at) {
    const std::string_view rest = html_.substr(at);
    if (rest.starts_with("<!--")) return past(at + 4, "-->");
    if (begins(rest, "<script")) return past(at + 7, "</script");
    if (begins(rest, "<style")) return past(at + 6, "</style");
    if (begins(rest, "<link")) return tag(at + 5, &PageReader::link);
    if (begins(rest, "<a")) return tag(at + 2, &PageReader::anchor);
    if (begins(rest, "<base")) return tag(at + 5, &PageReader::base);
    return at + 1;
  }

  static bool begins(std::string_view rest, std::string_view name) {
    if (!starts_with_ignore_case(rest, name) || rest.size() == name.size()) return false;
    const char after = rest[name.size()];
    return is_ascii_space(after) || after == '>' || after == '/';
  }

  // Past the next `end`, looked for in any case; where there is none the rest is what was opened.
  [[nodiscard]] std::size_t past(std::size_t at, std::string_view end) const {
    for (; at + end.size() <= html_.size(); ++at) {
      at = std::min(html_.find(end.front(), at), html_.size());
      if (starts_with_ignore_case(html_.substr(at), end)) return at + end.size();
    }
    return html_.size();
  }

  std::size_t tag(std::size_t at, void (PageReader::*take)(PageTag)) {
    TagReader reader(html_, at);
    PageTag found;
    if (reader.read(&found) && !found.href.empty()) (this->*take)(std::move(found));
    return reader.at();
  }

  void link(PageTag tag) {
    const bool alternate = has_token(tag.rel, "alternate") || has_token(tag.rel, "feed");
    if (links_.size() < kMostHints && alternate && is_feed_type(tag.type) && !is_of_comments(tag))
      links_.push_back(std::move(tag.href));
  }

  void anchor(PageTag tag) {
    if (anchors_.size() < kMostHints && is_named_like_feed(tag.href) && !is_of_comments(tag))
      anchors_.push_back(std::move(tag.href));
  }

  // It counts for what stands before it, too.
  void base(PageTag tag) {
    if (has_base_) return;
    has_base_ = true;
    const std::string url = web_link(page_url_, tag.href);
    if (!url.empty()) base_ = url;
  }

  [[nodiscard]] std::string usable(std::string_view reference) const {
    std::string url = web_link(base_, reference);
    return is_http_url(url) ? url : "";
  }

  std::string_view html_;
  std::string_view page_url_;
  std::string base_;
  bool has_base_ = false;
  std::vector<std::string> links_;
  std::vector<std::string> anchors_;
};

}  // namespace

bool is_html_page(std::string_view text, std::string_view content_type) {
  if (contains_ignore_case(content_type, "text/html") ||
      contains_ignore_case(content_type, "application/xhtml"))
    return true;
  text = strip_space(text.substr(0, 4096));
  while (text.starts_with("<?") || text.starts_with("<!--")) {
    const std::string_view end = text.starts_with("<?") ? "?>" : "-->";
    const std::size_t found = text.find(end);
    if (found == std::string_view::npos) return false;
    text = strip_space(text.substr(found + end.size()));
  }
  static constexpr std::array<std::string_view, 5> kBeginnings = {"<!doctype html", "<html", "<head", "<body",
                                                                  "<title"};
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](auto one) { return starts_with_ignore_case(text, one); });
}

std::string feed_named_by(std::string_view html, std::string_view page_url) {
  return PageReader(html, page_url).find();
}

std::string feed_named_in(std::string_view bytes, std::string_view content_type, std::string_view page_url) {
  const DecodedText decoded = decode_text(bytes, content_type);
  return is_html_page(decoded.text(), content_type) ? feed_named_by(decoded.text(), page_url) : "";
}

}  // namespace copytaster
