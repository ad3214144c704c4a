#include "desk/html_body.h"

#include "core/rights.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "desk/escape.h"
#include "desk/picture_words.h"

namespace copytaster {
namespace {

// Words of another language, which may run from right to left within a sentence of ours.
std::string lang(std::string_view language) {
  const std::string named =
      language.empty() ? std::string() : str_cat(" lang=\"", escape_html(language), "\"");
  return named + " dir=\"auto\"";
}

std::string marks(const Block& block, const Sources& sources) {
  std::string out;
  for (const int number : sources.numbers(block)) {
    str_append(&out, "<sup><a href=\"#source-", number, "\">[", number, "]</a></sup>");
  }
  return out;
}

// The text with its verbatim part marked and in its language.
std::string sentence(const Block& block) {
  const std::string_view text = block.text();
  const std::size_t begin = block.verbatim_begin(), end = block.verbatim_end();
  if (begin >= end || end > text.size()) return escape_html(text);
  return str_cat(escape_html(text.substr(0, begin)), "<span class=\"verbatim\"", lang(block.language()), ">",
                 escape_html(text.substr(begin, end - begin)), "</span>", escape_html(text.substr(end)));
}

std::string lines(std::string_view text) { return replace_all(escape_html(text), "\n", "<br>"); }

// What may only be shown where it was posted is a link to there.
std::string picture_or_link(const StoryPicture& picture, const Item& item, const ExportOptions& options) {
  if (!may_export_file(picture.rights())) {
    if (!is_web_url(item.url())) return std::string();
    return str_cat("<p class=\"embed\"><a href=\"", escape_html(item.url()),
                   "\">The picture in its post</a></p>");
  }
  const std::string href = picture_href(options, picture, item);
  if (href.empty()) return std::string();
  return str_cat("<img src=\"", escape_html(href), "\" alt=\"", escape_html(picture.alt_text()), "\">");
}

std::string picture(const Block& block, const Sources& sources, const ExportOptions& options) {
  const StoryPicture& picture = block.picture();
  const Item& item = sources.picture_item(block);
  std::string out = str_cat("<figure>", picture_or_link(picture, item, options), "<figcaption>",
                            sentence(block), marks(block, sources), "<br><cite class=\"credit\">",
                            escape_html(picture.attribution().credit_line()), "</cite>");
  for (const std::string& mark : picture_marks(picture, item))
    str_append(&out, "<br><strong class=\"mark\">", escape_html(mark), "</strong>");
  return out + "</figcaption></figure>\n";
}

std::string quote(const Block& block, const Sources& sources) {
  const QuoteMarks around = quote_marks(block.language());
  const Note& note = sources.first(block);
  const std::string cite = is_web_url(note.support.url())
                               ? str_cat(" cite=\"", escape_html(note.support.url()), "\"")
                               : std::string();
  return str_cat("<blockquote", cite, "><p>", around.open, "<span class=\"verbatim\"", lang(block.language()),
                 ">", lines(block.text()), "</span>", around.close, marks(block, sources), "</p><p>— ",
                 escape_html(speaker_line(block, note)), "</p></blockquote>\n");
}

std::string background(const Block& block, const Sources& sources) {
  const std::string& url = block.support(0).url();
  std::string out = str_cat("<p class=\"background\">", sentence(block), marks(block, sources));
  if (is_web_url(url)) str_append(&out, " <a href=\"", escape_html(url), "\">Our article</a>");
  return out + "</p>\n";
}

std::string element(std::string_view tag, const Block& block, const Sources& sources) {
  return str_cat("<", tag, ">", sentence(block), marks(block, sources), "</", tag.substr(0, tag.find(' ')),
                 ">\n");
}

template <typename Wanted>
std::string list(const Draft& draft, const Sources& sources, std::string_view title, Wanted wanted) {
  std::string out;
  for (const Block& block : draft.blocks()) {
    if (!is_for_print(block) && wanted(block)) out += element("li", block, sources);
  }
  return out.empty() ? out : str_cat("<h2>", title, "</h2>\n<ul>\n", out, "</ul>\n");
}

}  // namespace

std::string html_body(const Draft& draft, const Sources& sources, const ExportOptions& options,
                      bool with_head) {
  std::string out;
  for (const Block& block : draft.blocks()) {
    if (!is_for_print(block)) continue;
    if (block.kind() == "headline") {
      if (with_head) out += element("h1", block, sources);
    } else if (block.kind() == "standfirst") {
      if (with_head) out += element("p class=\"standfirst\"", block, sources);
    } else if (block.kind() == "picture") {
      out += picture(block, sources, options);
    } else if (block.kind() == "quote") {
      out += quote(block, sources);
    } else if (block.kind() == "background") {
      out += background(block, sources);
    } else {
      out += element("p", block, sources);
    }
  }
  return out;
}

std::string html_notes(const Draft& draft, const Sources& sources, bool in_house) {
  const auto remark = [&](const Block& block) {
    const bool decision = block.rule() == "picture-rights" || block.rule() == "picture-left-out";
    return is_remark(block) && (in_house || !decision);
  };
  return str_cat(
      list(draft, sources, "Sections", [](const Block& b) { return b.kind() == "section"; }),
      list(draft, sources, "People", [](const Block& b) { return b.rule() == "official"; }),
      list(draft, sources, "Posts this rests on", [](const Block& b) { return b.rule() == "post"; }),
      list(draft, sources, "Other headline", is_other_headline),
      list(draft, sources, "For the editor", remark));
}

std::string html_sources(const Sources& sources) {
  std::string out = "<h2>Sources</h2>\n<ol>\n";
  for (const Note& note : sources.notes()) {
    str_append(&out, "<li id=\"source-", note.number, "\"><span>", escape_html(note.who_where_when()),
               "</span>: ", escape_html(note.which_bytes()), ".");
    const std::string& url = note.support.url();
    if (is_web_url(url)) str_append(&out, " <a href=\"", escape_html(url), "\">", escape_html(url), "</a>");
    out += "</li>\n";
  }
  return out + "</ol>\n";
}

}  // namespace copytaster
