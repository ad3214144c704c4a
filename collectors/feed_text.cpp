#include "collectors/feed_text.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "collectors/feed_tidy_text.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxLanguage = 35;

// Whether a tag of HTML begins at `text[0]`, which is "<" (or "&lt;", `skip` bytes long).
bool html_tag_at(std::string_view text, std::size_t skip) {
  static constexpr std::array<std::string_view, 22> kTags = {
      "p",  "br", "a",  "b",  "i",  "em", "strong", "div", "span", "img",    "ul",
      "ol", "li", "h1", "h2", "h3", "h4", "table",  "hr",  "pre",  "figure", "blockquote"};
  text.remove_prefix(std::min(skip, text.size()));
  consume_prefix(&text, "/");
  std::size_t n = 0;
  while (n < text.size() && n < 12 && (ascii_lower(text[n]) >= 'a' && ascii_lower(text[n]) <= 'z')) ++n;
  if (n < text.size() && is_ascii_digit(text[n])) ++n;
  const std::string_view name = text.substr(0, n);
  const std::string_view after = text.substr(n);
  const bool ends = after.starts_with('>') || after.starts_with('/') || after.starts_with("&gt;") ||
                    (!after.empty() && is_ascii_space(after.front()));
  return ends &&
         std::any_of(kTags.begin(), kTags.end(), [&](auto tag) { return equals_ignore_case(tag, name); });
}

bool has_html_tag(std::string_view text, std::string_view opening) {
  for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 1)) {
    if (html_tag_at(text.substr(at), opening.size())) return true;
  }
  return false;
}

FeedText atom_text(XmlElement element, std::string_view base) {
  const std::string said = ascii_lower(element.attribute("type"));
  const std::string_view type = strip_space(std::string_view(said).substr(0, said.find(';')));
  const std::string mode = ascii_lower(element.attribute("mode"));
  const bool markup = static_cast<bool>(element.first_child());
  const bool html = type == "html" || type == "text/html";
  const bool text = type.empty() || type == "text" || type.starts_with("text/") || type.ends_with("xml");
  // Atom 1.0: a type that is neither text nor XML is in Base64 (§4.1.3.3); 0.3 says so in `mode`.
  if (mode == "base64" || (!html && !text && type != "xhtml")) {
    // To the letter: nobody said that it is HTML.
    if (auto decoded = decode_base64_text(element.text())) return {*std::move(decoded), html, ""};
    // Bytes of a picture, a sound, a film are no words.
    if (type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/")) return {};
  }
  if (html) return {element.inner_html(false, base), true, ""};
  if (type == "xhtml" || type == "application/xhtml+xml" || markup)
    return {element.inner_html(true, base), true, ""};
  std::string plain = element.text();
  // Without a type it is plain text by the standard; publishers forget the type more often than they write
  // tags.
  const bool forgotten = type.empty() && (mode == "escaped" || has_html_tag(plain, "<"));
  return {std::move(plain), forgotten, ""};
}

// Empty lines end a paragraph, other line breaks are spaces. `mark` goes between paragraphs.
std::string with_paragraphs(std::string_view text, std::string_view mark) {
  std::string out;
  bool gap = false;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view words = strip_space(line);
    if (words.empty()) {
      gap = !out.empty();
      continue;
    }
    if (!out.empty()) out += gap ? mark : std::string_view(" ");
    out += words;
    gap = false;
  }
  return out;
}

bool is_address(std::string_view text) {
  text = strip_space(text);
  consume_prefix(&text, "mailto:");
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find(' ') == std::string_view::npos;
}

std::string_view without_quotes(std::string_view text) {
  text = strip_space(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return strip_space(text);
}

}  // namespace

FeedText read_text(XmlElement element, std::string_view document_base) {
  if (element.empty()) return {};
  std::string base = element.base(document_base);
  const bool xhtml = element.vocabulary() == Vocabulary::kXhtml;
  FeedText out = element.vocabulary() == Vocabulary::kAtom
                     ? atom_text(element, base)
                     : FeedText{element.inner_html(xhtml, base), true, ""};
  if (strip_space(out.text).empty()) return {};
  out.base = std::move(base);
  return out;
}

HtmlText render(const FeedText& source) {
  HtmlText out;
  const std::string text = without_stray_characters(source.text);
  if (source.keep_lines) {
    out.text = tidy_lines(text);
  } else if (!source.html) {
    out.text = tidy_lines(with_paragraphs(text, "\n\n"));
  } else if (text.find('<') != std::string_view::npos) {
    out = html_to_text(text, source.base);
  } else if (has_html_tag(text, "&lt;")) {
    std::string once = replace_all(replace_all(text, "&lt;", "<"), "&gt;", ">");
    out = html_to_text(replace_all(replace_all(once, "&quot;", "\""), "&amp;", "&"), source.base);
  } else if (text.find('&') != std::string_view::npos) {
    out = html_to_text(with_paragraphs(text, "<p>"), source.base);
  } else {
    out.text = tidy_lines(with_paragraphs(text, "\n\n"));
  }
  return out;
}

// "<!DOCTYPE ~" without an end declares nothing: it is what the title says. An open comment says nothing.
std::string without_open_declaration(std::string text) {
  const std::size_t at = text.rfind("<!");
  const bool comment = text.compare(at == std::string::npos ? text.size() : at, 4, "<!--") == 0;
  if (at != std::string::npos && !comment && text.find('>', at) == std::string::npos)
    text.replace(at, 1, "&lt;");
  return text;
}

std::string render_line(const FeedText& source) {
  std::string text = without_stray_characters(source.text);
  if (source.html) text = without_open_declaration(std::move(text));
  if (source.html && text.find_first_of("<&") != std::string::npos) return html_to_line(text);
  if (text.find("&#") == std::string::npos) return collapse_space(text);
  // No title means to show "&#8211;": this plain text was escaped once too often.
  return html_to_line(replace_all(text, "<", "&lt;"));
}

std::string person_name(std::string_view text) {
  text = strip_space(text);
  for (const auto& [opening, closing] : {std::pair('(', ')'), std::pair('<', '>')}) {
    const std::size_t begin = text.find(opening);
    if (begin == std::string_view::npos) continue;
    const std::size_t end = text.find(closing, begin);
    const std::string_view inner =
        text.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
    const std::string_view outer = without_quotes(text.substr(0, begin));
    if (is_address(inner)) return std::string(outer);
    if (is_address(outer)) return std::string(without_quotes(inner));
  }
  if (is_address(text)) return "";
  // "Jane Doe press@city.example" and "press@city.example Jane Doe".
  const std::size_t first = text.find(' ');
  const std::size_t last = text.rfind(' ');
  if (first != std::string_view::npos) {
    if (is_address(text.substr(0, first))) return std::string(without_quotes(text.substr(first)));
    if (is_address(text.substr(last + 1))) return std::string(without_quotes(text.substr(0, last)));
  }
  return std::string(without_quotes(text));
}

std::optional<ToldDate> feed_date(std::string_view text) {
  text = strip_space(text);
  // No other date is ten or thirteen digits from 1 on: as Unix time, the years 2001 to 2033.
  const bool unix_time = text.starts_with('1') && (text.size() == 10 || text.size() == 13);
  if (const auto number = unix_time ? parse_number<std::int64_t>(text) : std::nullopt)
    return ToldDate{text.size() == 10 ? absl::FromUnixSeconds(*number) : absl::FromUnixMillis(*number)};
  return parse_told_date(text);
}

std::string language_tag(std::string_view text) {
  std::string out = ascii_lower(strip_space(text));
  std::replace(out.begin(), out.end(), '_', '-');
  const bool tag =
      out.size() >= 2 && out.size() <= kMaxLanguage && std::all_of(out.begin(), out.end(), [](char c) {
        return is_ascii_digit(c) || c == '-' || (c >= 'a' && c <= 'z');
      });
  return tag ? out : "";
}

std::string language_as_said(std::string_view said, const std::string& tag) {
  const std::string_view shown = strip_space(said);
  return language_tag(shown).empty() ? tag : ascii_lower(shown);
}

std::optional<std::string> decode_base64_text(std::string_view text) {
  std::string compact;
  for (const char c : text) {
    if (!is_ascii_space(c)) compact += c;
  }
  std::string out;
  if (compact.empty() || !absl::Base64Unescape(compact, &out) || !is_valid_utf8(out)) return std::nullopt;
  const bool control = std::any_of(out.begin(), out.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !is_ascii_space(c);
  });
  if (control) return std::nullopt;
  return out;
}

std::string web_link(std::string_view base, std::string_view reference) {
  reference = strip_space(reference);
  if (reference.empty()) return "";
  std::string url =
      starts_with_ignore_case(reference, "http://") || starts_with_ignore_case(reference, "https://")
          ? std::string(reference)
          : resolve_url(base, reference);
  if (!starts_with_ignore_case(url, "http://") && !starts_with_ignore_case(url, "https://")) return "";
  std::string out;
  for (const char c : url) {
    if (c == '\n' || c == '\r' || c == '\t') continue;  // as browsers do
    if (c == ' ') {
      out += "%20";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '<' || c == '>' || c == 0x7F) {
      return "";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace copytaster
