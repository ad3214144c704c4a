#include "collectors/intake_page.h"

#include <algorithm>

#include "collectors/charset.h"
#include "core/html.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostHead = std::size_t{512} << 10;
constexpr std::size_t kMostProlog = std::size_t{4} << 10;
constexpr std::size_t kMostArticle = std::size_t{1} << 20;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// The attributes of one tag: `rest` begins behind its name and is left behind its '>'.
StringMap<std::string> read_attributes(std::string_view* rest) {
  StringMap<std::string> out;
  while (!rest->empty() && rest->front() != '>') {
    if (is_space(rest->front()) || rest->front() == '/') {
      rest->remove_prefix(1);
      continue;
    }
    const std::size_t name_end = std::min(rest->find_first_of("= \t\n\r\f/>"), rest->size());
    const std::string name = ascii_lower(rest->substr(0, name_end));
    rest->remove_prefix(name_end);
    while (!rest->empty() && is_space(rest->front())) rest->remove_prefix(1);
    std::string_view value;
    if (consume_prefix(rest, "=")) {
      while (!rest->empty() && is_space(rest->front())) rest->remove_prefix(1);
      const char quote = rest->empty() ? '>' : rest->front();
      const bool quoted = quote == '"' || quote == '\'';
      if (quoted) rest->remove_prefix(1);
      const std::size_t end =
          std::min(quoted ? rest->find(quote) : rest->find_first_of(" \t\n\r\f>"), rest->size());
      value = rest->substr(0, end);
      rest->remove_prefix(std::min(end + (quoted ? 1U : 0U), rest->size()));
    } else if (name.empty()) {
      rest->remove_prefix(std::min<std::size_t>(1, rest->size()));
    }
    if (out.size() < 32 && !name.empty()) out.emplace(name, html_to_line(value));
  }
  return out;
}

// Visits each `<name …>` with its attributes.
template <typename Visit>
void each_tag(std::string_view html, std::string_view name, const Visit& visit) {
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    std::string_view rest = html.substr(at + 1);
    if (!starts_with_ignore_case(rest, name) || rest.size() == name.size() ||
        !(is_space(rest[name.size()]) || rest[name.size()] == '/'))
      continue;
    rest.remove_prefix(name.size());
    visit(read_attributes(&rest));
    at = html.size() - rest.size() - 1;
  }
}

std::string get(const StringMap<std::string>& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

std::size_t find_ignore_case(std::string_view html, std::string_view needle, std::size_t from) {
  const auto same = [](char a, char b) { return ascii_lower(a) == ascii_lower(b); };
  const auto found = std::search(html.begin() + static_cast<std::ptrdiff_t>(std::min(from, html.size())),
                                 html.end(), needle.begin(), needle.end(), same);
  return found == html.end() ? std::string_view::npos : static_cast<std::size_t>(found - html.begin());
}

// What stands between <name …> and </name>; empty where there is none.
std::string_view element(std::string_view html, std::string_view name) {
  const std::string open = str_cat("<", name), close = str_cat("</", name);
  const std::size_t begin = find_ignore_case(html, open, 0);
  if (begin == std::string_view::npos) return {};
  const std::size_t inner = html.find('>', begin);
  const std::size_t end = find_ignore_case(html, close, begin);
  if (inner == std::string_view::npos || end == std::string_view::npos || inner > end) return {};
  return html.substr(inner + 1, end - inner - 1);
}

// Scripts write elements, too; they are none of the page's.
std::string without_scripts(std::string_view html) {
  std::string out;
  while (true) {
    const std::size_t open = find_ignore_case(html, "<script", 0);
    out += html.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = find_ignore_case(html, "</script", open);
    if (close == std::string_view::npos) return out;
    html.remove_prefix(close);
  }
}

void take_meta(const StringMap<std::string>& meta, std::string_view url, IntakePage* out,
               std::string* description) {
  std::string name = ascii_lower(get(meta, "property"));
  if (name.empty()) name = ascii_lower(get(meta, "name"));
  const std::string content = get(meta, "content");
  if (content.empty()) return;
  const auto set = [&](std::string* field) {
    if (field->empty()) *field = content;
  };
  if (name == "og:title") out->title = content;
  if (name == "og:description") *description = content;
  if (name == "description" || name == "twitter:description") set(description);
  if (name == "article:published_time" || name == "og:published_time" || name == "date") set(&out->published);
  if (name == "article:author" || name == "author") set(&out->author);
  if (name == "og:image" || name == "og:image:secure_url")
    if (out->picture.empty()) out->picture = resolve_url(url, content);
  if (name == "og:image:alt") set(&out->picture_alt);
  if (name == "og:url") set(&out->canonical);
}

// <meta charset="…"> or <meta http-equiv="content-type" content="…; charset=…">
std::string meta_charset(std::string_view bytes) {
  std::string told;
  each_tag(bytes.substr(0, kMostProlog), "meta", [&](const auto& meta) {
    if (told.empty()) told = get(meta, "charset");
    if (told.empty() && equals_ignore_case(get(meta, "http-equiv"), "content-type"))
      told = charset_parameter(get(meta, "content"));
  });
  return told;
}

bool is_utf8_label(std::string_view label) {
  return equals_ignore_case(label, "utf-8") || equals_ignore_case(label, "utf8");
}

}  // namespace

std::string decode_intake_page(std::string_view bytes, std::string_view content_type) {
  const std::string charset = charset_parameter(content_type);
  std::string label(content_type);
  // Servers call everything UTF-8: the page knows better where its bytes are none.
  if (charset.empty() || (is_utf8_label(charset) && !is_valid_utf8(bytes))) {
    if (const std::string told = meta_charset(bytes); !told.empty())
      label = str_cat("text/html; charset=", told);
  }
  return std::string(decode_text(bytes, label).text());
}

IntakePage read_intake_page(std::string_view page, std::string_view url) {
  IntakePage out;
  const std::string html = without_scripts(page);
  std::string description;
  const std::string_view head = std::string_view(html).substr(0, kMostHead);
  each_tag(head, "meta", [&](const auto& meta) { take_meta(meta, url, &out, &description); });
  each_tag(head, "link", [&](const auto& link) {
    if (equals_ignore_case(get(link, "rel"), "canonical") && out.canonical.empty())
      out.canonical = resolve_url(url, get(link, "href"));
  });
  each_tag(head, "html", [&](const auto& root) {
    if (out.language.empty()) out.language = get(root, "lang");
  });
  if (out.title.empty()) out.title = html_to_line(element(head, "title"));
  std::string_view shown = element(html, "article");
  out.has_article = !shown.empty();
  if (shown.empty()) shown = element(html, "main");
  each_tag(html, "input", [&](const auto& field) {
    out.asks_password = out.asks_password || equals_ignore_case(get(field, "type"), "password");
  });
  out.text = html_to_text(shown.substr(0, std::min(shown.size(), kMostArticle)), url).text;
  if (out.text.size() < description.size()) out.text = description;
  if (!is_web_url(out.picture)) out.picture.clear();
  if (!is_web_url(out.canonical)) out.canonical.clear();
  return out;
}

}  // namespace copytaster
