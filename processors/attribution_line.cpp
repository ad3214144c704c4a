#include "processors/attribution_line.h"

#include "core/item.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

std::string_view look_up(const StringMap<std::string>& templates, const Rules& rules) {
  auto found = templates.find(rules.house_language);
  if (found == templates.end()) found = templates.find("en");
  return found == templates.end() ? std::string_view() : std::string_view(found->second);
}

std::string host_of(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed) return "";
  std::string_view host = parsed->host;
  consume_prefix(&host, "www.");
  return std::string(host);
}

// The template up to the placeholder, without what only leads to it: "Source: {name}" of
// "Source: {name}, {host}".
std::string_view before(std::string_view pattern, std::string_view placeholder) {
  pattern = pattern.substr(0, pattern.find(placeholder));
  while (!pattern.empty() && (pattern.back() == ' ' || pattern.back() == ',')) pattern.remove_suffix(1);
  return pattern;
}

std::string own_line(const CreditSource& source, const Rules& rules) {
  if (source.platform != "feed") {
    return fill_template(look_up(rules.credit_templates, rules),
                         {{"{name}", source.name}, {"{platform}", platform_label(source.platform)}});
  }
  const std::string host = host_of(source.url);
  std::string_view pattern = look_up(rules.feed_templates, rules);
  if (host.empty()) pattern = before(pattern, "{host}");
  return fill_template(pattern, {{"{name}", source.name}, {"{host}", host}});
}

}  // namespace

std::string fill_template(std::string_view pattern,
                          std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string out;
  while (!pattern.empty()) {
    std::size_t taken = 0;
    for (const auto& [placeholder, value] : values) {
      if (!pattern.starts_with(placeholder)) continue;
      out += value;
      taken = placeholder.size();
      break;
    }
    if (taken == 0) out += pattern[0];
    pattern.remove_prefix(taken == 0 ? 1 : taken);
  }
  return out;
}

std::string source_line(const CreditSource& source, const Rules& rules) {
  std::string line = own_line(source, rules);
  if (source.via.empty()) return line;
  return fill_template(look_up(rules.via_templates, rules), {{"{source}", line}, {"{via}", source.via}});
}

std::string photographer_line(std::string_view photographer, std::string_view source_line,
                              const Rules& rules) {
  return fill_template(look_up(rules.photographer_templates, rules),
                       {{"{photographer}", photographer}, {"{source}", source_line}});
}

}  // namespace copytaster
