#include "app/officials_formats.h"

#include "app/officials_csv.h"
#include "app/officials_file.h"
#include "app/officials_jsonl.h"
#include "app/officials_opml.h"
#include "core/strings.h"

namespace copytaster {

std::optional<OfficialsFormat> officials_format(std::string_view name) {
  const std::string format = ascii_lower(name);
  if (format == "toml") return OfficialsFormat::kToml;
  if (format == "csv" || format == "tsv" || format == "txt") return OfficialsFormat::kCsv;
  if (format == "jsonl" || format == "ndjson") return OfficialsFormat::kJsonl;
  if (format == "opml" || format == "xml") return OfficialsFormat::kOpml;
  return std::nullopt;
}

std::optional<OfficialsFormat> officials_format_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || path.find('/', dot) != std::string_view::npos) return std::nullopt;
  return officials_format(path.substr(dot + 1));
}

OfficialsInput read_officials_as(OfficialsFormat format, std::string_view bytes, const std::string& file,
                                 const Collectors& collectors) {
  switch (format) {
    case OfficialsFormat::kCsv:
      return read_officials_csv(bytes, file, collectors);
    case OfficialsFormat::kJsonl:
      return read_officials_jsonl(bytes, file, collectors);
    case OfficialsFormat::kOpml:
      return read_officials_opml(bytes, file, collectors);
    case OfficialsFormat::kToml:
      break;
  }
  return read_officials_toml(bytes, file, collectors);
}

std::string officials_as(OfficialsFormat format, const std::vector<OfficialEntry>& entries,
                         std::map<std::string, std::size_t>* left_out) {
  switch (format) {
    case OfficialsFormat::kCsv:
      return officials_to_csv(entries);
    case OfficialsFormat::kJsonl:
      return officials_to_jsonl(entries);
    case OfficialsFormat::kOpml:
      return officials_to_opml(entries, left_out);
    case OfficialsFormat::kToml:
      break;
  }
  return officials_to_toml(entries);
}

std::string left_out_text(const std::map<std::string, std::size_t>& left_out) {
  constexpr std::size_t kMost = 20;
  std::string out;
  std::size_t shown = 0;
  for (const auto& [what, number] : left_out) {
    if (++shown > kMost) break;
    str_append(&out, out.empty() ? "" : ", ", what, " (", number, ")");
  }
  if (left_out.size() > kMost) str_append(&out, ", and ", left_out.size() - kMost, " more");
  return out;
}

}  // namespace copytaster
