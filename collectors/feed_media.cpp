#include "collectors/feed_media.h"

#include <algorithm>
#include <array>
#include <utility>

#include "collectors/feed_text.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr Vocabulary kMediaRss = Vocabulary::kMedia;

std::uint32_t number(std::string_view text) {
  const auto value = parse_number<std::uint32_t>(strip_space(text).substr(0, strip_space(text).find('.')));
  return value.value_or(0);
}

std::string ending(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t dot = url.rfind('.');
  if (dot == std::string_view::npos || url.size() - dot > 6) return "";
  return ascii_lower(url.substr(dot + 1));
}

// Avatars, smilies, share buttons and counters stand beside every post of a blog; none is what the post
// shows.
bool is_decoration(std::string_view url) {
  static constexpr std::array<std::string_view, 5> kDecorations = {
      "gravatar.com/avatar/", "s.w.org/images/core/emoji/", "feeds.feedburner.com/~", "pixel.wp.com/",
      "stats.wordpress.com/"};
  return std::any_of(kDecorations.begin(), kDecorations.end(),
                     [&](auto known) { return url.find(known) != std::string_view::npos; });
}

// A text of Media RSS: plain or HTML, often without saying so.
std::string words(XmlElement element) {
  const std::string text = element.text();
  if (text.find_first_of("<&") == std::string::npos) return tidy_lines(text);
  return html_to_text(text, "").text;
}

// What an element says about its media: its own, or else that of the elements around it.
struct Said {
  std::string caption;
  std::string title;
  std::string credit;

  Said within(const Said& outer) && {
    if (caption.empty()) caption = outer.caption;
    if (title.empty()) title = outer.title;
    if (credit.empty()) credit = outer.credit;
    return std::move(*this);
  }
};

Said read_said(XmlElement parent) {
  Said out;
  std::string text;
  bool photographer = false;
  parent.each_child([&](XmlElement child) {
    if (child.vocabulary() != kMediaRss) return;
    const std::string_view name = child.name();
    if (equals_ignore_case(name, "description") && out.caption.empty()) {
      out.caption = words(child);
    } else if (equals_ignore_case(name, "text") && text.empty()) {
      text = words(child);
    } else if (equals_ignore_case(name, "title") && out.title.empty()) {
      out.title = words(child);
    } else if (equals_ignore_case(name, "credit")) {
      // Several roles may be named; who took the picture goes before who publishes it.
      const bool better = !photographer && equals_ignore_case(child.attribute("role"), "photographer");
      if (out.credit.empty() || better) out.credit = collapse_space(words(child));
      photographer |= better;
    }
  });
  if (out.caption.empty()) out.caption = text;
  return out;
}

// A title is a caption only if it says something: not a file name, not the post's own title again.
std::string caption_of(const Said& said, std::string_view item_title) {
  if (!said.caption.empty()) return said.caption;
  if (said.title.find(' ') == std::string::npos) return "";
  return collapse_space(said.title) == item_title ? "" : said.title;
}

struct Rendition {
  Media media;
  std::uint64_t weight = 0;
};

class ItemMedia {
 public:
  ItemMedia(std::string_view document_base, std::string_view item_title, MediaList* list)
      : document_base_(document_base), title_(item_title), list_(list) {}

  void read(const Fields& fields) {
    for (const XmlElement element : fields.media()) {
      const std::string_view name = element.name();
      if (equals_ignore_case(name, "group")) {
        group(element);
      } else if (equals_ignore_case(name, "content")) {
        Rendition one = content(element, around_);
        list_->add(std::move(one.media));
      } else if (equals_ignore_case(name, "thumbnail")) {
        if (thumbnail_.empty()) thumbnail_ = address(element, "url");
      }
    }
    // A thumbnail beside pictures is one of them, made small; alone it is the picture.
    if (!thumbnail_.empty()) place_thumbnail();
  }

  void around(const Said& said) { around_ = said; }

 private:
  [[nodiscard]] std::string address(XmlElement element, std::string_view attribute) const {
    return web_link(element.base(document_base_), element.attribute(attribute));
  }

  Rendition content(XmlElement element, const Said& outer) {
    Rendition out;
    const Said said = read_said(element).within(outer);
    out.media.set_url(address(element, "url"));
    out.media.set_mime_type(ascii_lower(element.attribute("type")));
    out.media.set_kind(media_kind(out.media.mime_type(), element.attribute("medium"), out.media.url()));
    out.media.set_width(number(element.attribute("width")));
    out.media.set_height(number(element.attribute("height")));
    out.media.set_caption(caption_of(said, title_));
    out.media.set_credit(said.credit);
    const XmlElement thumbnail = element.child(kMediaRss, "thumbnail");
    if (thumbnail && out.media.kind() != PICTURE) out.media.set_preview_url(address(thumbnail, "url"));
    if (out.media.kind() == DOCUMENT && out.media.mime_type().empty() &&
        element.attribute("medium").empty()) {
      out.media.set_kind(PICTURE);  // WordPress says nothing of its pictures' type
    }
    if (out.media.mime_type() == "application/x-shockwave-flash") out.media.clear_url();
    out.weight = std::uint64_t{out.media.width()} * out.media.height() + 1;
    if (equals_ignore_case(element.attribute("isdefault"), "true")) out.weight |= std::uint64_t{1} << 63;
    return out;
  }

  // Renditions of one thing: the best is taken.
  void group(XmlElement element) {
    const Said said = read_said(element).within(around_);
    Rendition best;
    element.each_child([&](XmlElement child) {
      if (!child.is(kMediaRss, "content")) return;
      Rendition one = content(child, said);
      if (!one.media.url().empty() && one.weight > best.weight) best = std::move(one);
    });
    const XmlElement thumbnail = element.child(kMediaRss, "thumbnail");
    const std::string preview = thumbnail ? address(thumbnail, "url") : "";
    if (best.media.url().empty()) {
      best.media.set_kind(PICTURE);
      best.media.set_url(preview);
      // The description of a player is the post's text, not a caption of its still.
      best.media.set_credit(said.credit);
    } else if (best.media.kind() != PICTURE && best.media.preview_url().empty()) {
      best.media.set_preview_url(preview);
    }
    list_->add(std::move(best.media));
  }

  void place_thumbnail() {
    for (Media& media : list_->all()) {
      if (media.kind() == PICTURE) return;
      if (media.kind() != VIDEO || !media.preview_url().empty()) continue;
      media.set_preview_url(thumbnail_);
      return;
    }
    Media media;
    media.set_url(thumbnail_);
    media.set_caption(around_.caption);
    media.set_credit(around_.credit);
    list_->add(std::move(media));
  }

  std::string_view document_base_;
  std::string_view title_;
  MediaList* list_;
  Said around_;
  std::string thumbnail_;
};

void add_enclosure(XmlElement element, std::string_view document_base, MediaList* list) {
  Media media;
  media.set_url(web_link(element.base(document_base), element.attribute("url")));
  media.set_mime_type(ascii_lower(element.attribute("type")));
  media.set_kind(media_kind(media.mime_type(), "", media.url()));
  list->add(std::move(media));
}

void add_picture(XmlElement element, std::string_view document_base, MediaList* list) {
  std::string url = element.attribute("href");
  if (url.empty()) {
    const XmlElement inner = element.child(Vocabulary::kCore, "url");
    url = inner ? inner.text() : element.text();
  }
  Media media;
  media.set_url(web_link(element.base(document_base), url));
  list->add(std::move(media));
}

}  // namespace

void MediaList::add(Media media) {
  const auto url = media_.size() < kMost ? parse_url(media.url()) : std::nullopt;
  if (!url || (url->scheme != "http" && url->scheme != "https") || is_decoration(media.url())) return;
  std::string key = canonical_url(media.url());
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (keys_[i] != key) continue;
    Media& known = media_[i];
    if (known.kind() == PICTURE && media.kind() != PICTURE && media.kind() != DOCUMENT)
      known.set_kind(media.kind());
    if (known.alt_text().empty()) known.set_alt_text(media.alt_text());
    if (known.caption().empty()) known.set_caption(media.caption());
    if (known.credit().empty()) known.set_credit(media.credit());
    if (known.mime_type().empty()) known.set_mime_type(media.mime_type());
    if (known.preview_url().empty()) known.set_preview_url(media.preview_url());
    if (known.width() == 0) known.set_width(media.width());
    if (known.height() == 0) known.set_height(media.height());
    return;
  }
  media_.push_back(std::move(media));
  keys_.push_back(std::move(key));
}

MediaKind media_kind(std::string_view mime_type, std::string_view medium, std::string_view url) {
  if (starts_with_ignore_case(mime_type, "image/") || equals_ignore_case(medium, "image")) return PICTURE;
  if (starts_with_ignore_case(mime_type, "video/") || equals_ignore_case(medium, "video")) return VIDEO;
  if (starts_with_ignore_case(mime_type, "audio/") || equals_ignore_case(medium, "audio")) return AUDIO;
  if (!mime_type.empty() && mime_type != "application/octet-stream") return DOCUMENT;
  static constexpr std::array<std::pair<std::string_view, MediaKind>, 18> kEndings = {{
      {"jpg", PICTURE},
      {"jpeg", PICTURE},
      {"png", PICTURE},
      {"gif", PICTURE},
      {"webp", PICTURE},
      {"avif", PICTURE},
      {"svg", PICTURE},
      {"bmp", PICTURE},
      {"tif", PICTURE},
      {"tiff", PICTURE},
      {"mp4", VIDEO},
      {"webm", VIDEO},
      {"mov", VIDEO},
      {"m4v", VIDEO},
      {"mp3", AUDIO},
      {"m4a", AUDIO},
      {"ogg", AUDIO},
      {"wav", AUDIO},
  }};
  const std::string end = ending(url);
  for (const auto& [known, kind] : kEndings) {
    if (end == known) return kind;
  }
  return DOCUMENT;
}

void add_images(const std::vector<HtmlImage>& images, MediaList* list) {
  for (const HtmlImage& image : images) {
    Media media;
    media.set_url(image.url);
    media.set_alt_text(image.alt);
    media.set_caption(image.caption);
    media.set_credit(image.credit);
    list->add(std::move(media));
  }
}

ItemMediaText add_feed_media(const Fields& fields, std::string_view document_base,
                             std::string_view item_title, MediaList* list) {
  ItemMediaText out;
  Said around;
  for (const XmlElement element : fields.media()) {
    const std::string_view name = element.name();
    if (equals_ignore_case(name, "group")) {
      if (const XmlElement inner = element.child(kMediaRss, "description"); inner && out.description.empty())
        out.description = words(inner);
      if (const XmlElement inner = element.child(kMediaRss, "title"); inner && out.title.empty())
        out.title = collapse_space(words(inner));
    } else if (equals_ignore_case(name, "credit") && around.credit.empty()) {
      around.credit = collapse_space(words(element));
    } else if (equals_ignore_case(name, "description")) {
      around.caption = words(element);
    }
  }
  if (out.description.empty()) out.description = around.caption;
  ItemMedia reader(document_base, item_title, list);
  reader.around(around);
  reader.read(fields);
  for (const XmlElement element : fields.enclosures()) add_enclosure(element, document_base, list);
  for (const XmlElement element : fields.pictures()) add_picture(element, document_base, list);
  return out;
}

}  // namespace copytaster
