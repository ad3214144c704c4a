#include "processors/attribution_line.h"

#include <algorithm>

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

// The template up to the name: where a text stands on no platform, the words that lead to one say nothing.
std::string up_to_name(const std::string& pattern) {
  constexpr std::string_view kName = "{name}";
  const std::size_t at = pattern.find(kName), platform = pattern.find("{platform}");
  if (at == std::string::npos || platform == std::string::npos || platform < at)
    return without_placeholder(pattern, "{platform}");
  // Role and city may stand between the two.
  std::size_t end = at + kName.size();
  for (const std::string_view more : {"{role}", "{city}"}) {
    const std::size_t found = pattern.find(more);
    if (found != std::string::npos && found < platform) end = std::max(end, found + more.size());
  }
  if (end < pattern.size() && pattern[end] == ')') ++end;
  return pattern.substr(0, end);
}

std::string own_line(const CreditSource& source, const Rules& rules) {
  const bool feed = source.platform == "feed";
  std::string pattern(look_up(feed ? rules.feed_templates : rules.credit_templates, rules));
  if (source.role.empty()) pattern = without_placeholder(pattern, "{role}");
  if (source.city.empty()) pattern = without_placeholder(pattern, "{city}");
  const std::string host = feed ? host_of(source.url) : "";
  if (feed && host.empty()) pattern = std::string(before(pattern, "{host}"));
  if (source.platform == "manual") pattern = up_to_name(pattern);
  return fill_template(pattern, {{"{name}", source.name},
                                 {"{platform}", platform_label(source.platform)},
                                 {"{host}", host},
                                 {"{role}", source.role},
                                 {"{city}", source.city}});
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

std::string without_placeholder(std::string_view pattern, std::string_view placeholder) {
  std::string out(pattern);
  for (std::size_t at = out.find(placeholder); at != std::string::npos; at = out.find(placeholder)) {
    std::size_t begin = at, end = at + placeholder.size();
    const auto skip_back = [&](char c) {
      const std::size_t from = begin;
      while (begin > 0 && out[begin - 1] == c) --begin;
      return begin < from;
    };
    skip_back(' ');
    if (begin > 0 && out[begin - 1] == '(' && end < out.size() && out[end] == ')') {
      --begin;
      ++end;
      skip_back(' ');
    } else {
      skip_back(',');
    }
    while (begin == 0 && end < out.size() && (out[end] == ' ' || out[end] == ',')) ++end;
    out.erase(begin, end - begin);
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
