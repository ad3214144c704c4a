// The texts of a feed: which of the many ways to write one was meant, and the plain text of it.
// Sources: RFC 4287 §3.1, §4.1.3 (Atom 1.0); the Atom 0.3 draft §3.1 (mode); RSS 2.0; Media RSS 1.5.1.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "collectors/feed_xml.h"
#include "core/html.h"
#include "core/told_date.h"

namespace copytaster {

struct FeedText {
  std::string text;
  bool html = false;
  std::string base;         // of relative URLs in it
  bool keep_lines = false;  // plain text whose line breaks were meant (JSON Feed); elsewhere XML was wrapped
  [[nodiscard]] bool empty() const { return text.empty(); }
};

// By the element's vocabulary: an Atom text construct, or RSS, whose texts are HTML.
[[nodiscard]] FeedText read_text(XmlElement element, std::string_view document_base);

// Paragraphs, facets and pictures. HTML without a tag keeps its empty lines as paragraphs; HTML that was
// escaped once too often is read as what it was meant to be.
[[nodiscard]] HtmlText render(const FeedText& text);
// One line: a title, a name.
[[nodiscard]] std::string render_line(const FeedText& text);

// "Jane Doe" from "press@city.example (Jane Doe)", "Jane Doe <press@city.example>",
// "Jane Doe (mailto:press@city.example)"; empty where there is only an address.
[[nodiscard]] std::string person_name(std::string_view text);

// A date in any form that feeds write, Unix seconds and milliseconds too.
[[nodiscard]] std::optional<ToldDate> feed_date(std::string_view text);

// "fr-ca" from "fr_CA": lower case with hyphens. Empty where it is no language tag.
[[nodiscard]] std::string language_tag(std::string_view text);
// A feed's language as its publisher writes it, in lower case ("fr_ca") where that is a language; else `tag`.
[[nodiscard]] std::string language_as_said(std::string_view said, const std::string& tag);

// Base64 with white space, padded or not; nullopt when it is none or what is in it is no text.
[[nodiscard]] std::optional<std::string> decode_base64_text(std::string_view text);

// An http(s) URL that may be shown, resolved against `base`; white space around it is forgiven, inside it is
// escaped. Empty for anything else.
[[nodiscard]] std::string web_link(std::string_view base, std::string_view reference);

}  // namespace copytaster
