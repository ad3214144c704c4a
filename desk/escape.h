// Hostile text into mark-up, each character as itself. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

// Text and attribute values (between double quotes): & < > " ' and controls that HTML forbids.
[[nodiscard]] std::string escape_html(std::string_view text);
// CommonMark, GitHub's and common footnote dialects: shown as it is, on one line (line breaks become
// spaces), wherever in a line it stands.
[[nodiscard]] std::string escape_markdown(std::string_view text);
// A URL as CommonMark's <destination>: nothing in it can end it; empty unless http(s).
[[nodiscard]] std::string markdown_destination(std::string_view url);
// A JSON text inside <script type="application/ld+json">: "<" cannot close the element.
[[nodiscard]] std::string escape_json_for_html(std::string_view json);
// http(s) URL or absolute reference as RFC 3986 allows it: what it does not allow is percent-encoded;
// empty when it has no scheme.
[[nodiscard]] std::string as_uri(std::string_view url);

}  // namespace copytaster
