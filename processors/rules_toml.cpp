// sections.toml, places.toml, house_style.toml into Rules, with the line of every fault.
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "core/status.h"
#include "core/toml_depth.h"
#include "processors/rules.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

class File {
 public:
  explicit File(std::string_view name) : name_(name) {}

  absl::StatusOr<toml::table> parse(std::string_view text) const {
    if (const unsigned line = toml_line_too_deep(text)) return at_line(line, "it is nested too deep");
    try {
      return toml::parse(text, name_);
    } catch (const toml::parse_error& error) {
      return at_line(error.source().begin.line, str_cat(error.description(), ", expected TOML"));
    }
  }

  [[nodiscard]] absl::Status fault(const toml::node& node, std::string_view message) const {
    return at_line(node.source().begin.line, message);
  }

  // Keys that nothing reads are typing errors.
  absl::Status only(const toml::table& table, std::initializer_list<std::string_view> known) const {
    for (const auto& [key, node] : table) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      std::string list;
      for (const std::string_view one : known) str_append(&list, list.empty() ? "" : ", ", one);
      return fault(node, str_cat("unknown key \"", key.str(), "\", expected one of: ", list));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> text(const toml::table& table, std::string_view key, bool required) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      if (!required) return std::string();
      return fault(table, str_cat("no \"", key, "\", expected a text"));
    }
    const auto value = node->value_exact<std::string>();
    if (!value || (required && value->empty()))
      return fault(*node, str_cat("\"", key, "\" is no text, expected one"));
    return *value;
  }

  absl::StatusOr<std::vector<std::string>> texts(const toml::table& table, std::string_view key) const {
    std::vector<std::string> out;
    const toml::node* node = table.get(key);
    if (node == nullptr) return out;
    const toml::array* array = node->as_array();
    if (array == nullptr) return fault(*node, str_cat("\"", key, "\" is no list, expected [\"…\", …]"));
    for (const toml::node& one : *array) {
      const auto value = one.value_exact<std::string>();
      if (!value)
        return fault(one, str_cat("\"", key, "\" holds something else than texts, expected [\"…\", …]"));
      out.push_back(*value);
    }
    return out;
  }

  // The tables of an array of tables.
  absl::StatusOr<std::vector<const toml::table*>> tables(const toml::table& root,
                                                         std::string_view key) const {
    std::vector<const toml::table*> out;
    const toml::node* node = root.get(key);
    if (node == nullptr) return out;
    const toml::array* array = node->as_array();
    if (array == nullptr) return fault(*node, str_cat("\"", key, "\" is no list, expected [[", key, "]]"));
    for (const toml::node& one : *array) {
      if (one.as_table() == nullptr)
        return fault(one, str_cat("an entry of \"", key, "\" is no table, expected [[", key, "]]"));
      out.push_back(one.as_table());
    }
    return out;
  }

 private:
  [[nodiscard]] absl::Status at_line(unsigned line, std::string_view message) const {
    return absl::InvalidArgumentError(str_cat(name_, ":", line, ": ", message));
  }
  std::string_view name_;
};

// "en", "sgs": BCP 47 primary subtags are two or three small letters.
bool is_language_code(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_country_code(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// IPTC's ids (https://cv.iptc.org/newscodes/mediatopic): "medtop:" and eight digits. At the top stand
// 01000000 to 17000000, all others are numbered from 20000002 on; the numbers below had not been given out
// when the release of 6 April 2019 had come to 20001289. A number beyond that may be newer, so there only
// what is far off is refused; whether a topic has been retired is not known here.
bool is_media_topic(std::string_view text) {
  if (!consume_prefix(&text, "medtop:") || text.size() != 8) return false;
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return false;
  constexpr std::uint32_t kStep = 1'000'000, kTop = 17, kFirst = 20'000'002, kLast = 20'001'999;
  constexpr std::array<std::uint32_t, 19> kNeverGiven = {52,  81,  138, 169, 264, 397, 417, 445, 496, 508,
                                                         537, 573, 589, 622, 656, 709, 767, 821, 1127};
  const std::uint32_t number = parse_number<std::uint32_t>(text).value_or(0);
  if (number >= kStep && number <= kTop * kStep) return number % kStep == 0;
  return number >= kFirst && number <= kLast &&
         !std::binary_search(kNeverGiven.begin(), kNeverGiven.end(), number - 20 * kStep);
}

// Nothing that a text could hold would ever match.
bool has_no_letter(std::string_view folded) {
  return folded.find_first_not_of("* ") == std::string_view::npos;
}

absl::StatusOr<SectionRule> read_section(const File& file, const toml::table& table) {
  CT_RETURN_IF_ERROR(file.only(table, {"id", "name", "media_topics", "weight", "words", "places"}));
  SectionRule section;
  CT_ASSIGN_OR_RETURN(section.id, file.text(table, "id", true));
  CT_ASSIGN_OR_RETURN(section.name, file.text(table, "name", true));
  CT_ASSIGN_OR_RETURN(section.media_topics, file.texts(table, "media_topics"));
  for (std::size_t i = 0; i < section.media_topics.size(); ++i) {
    if (is_media_topic(section.media_topics[i])) continue;
    return file.fault(
        *table.get("media_topics")->as_array()->get(i),
        str_cat(
            "\"", section.media_topics[i],
            "\" is no Media Topic, expected medtop: and one of IPTC's numbers as in \"medtop:20000639\""));
  }
  if (const toml::node* weight = table.get("weight")) {
    section.weight = weight->value<double>().value_or(-1);
    if (!(section.weight > 0 && section.weight <= 10))
      return file.fault(*weight, "weight is out of range, expected more than 0, at most 10");
  }
  CT_ASSIGN_OR_RETURN(std::vector<std::string> places, file.texts(table, "places"));
  for (const std::string& place : places) section.places.push_back(fold_phrase(place));
  const toml::node* words = table.get("words");
  if (words == nullptr) return section;
  if (words->as_table() == nullptr)
    return file.fault(*words, "\"words\" is no table, expected [section.words] with a list a language");
  for (const auto& [language, list] : *words->as_table()) {
    if (!is_language_code(language.str())) {
      return file.fault(list,
                        str_cat("\"", language.str(), "\" is no language, expected a code as in \"en\""));
    }
    CT_ASSIGN_OR_RETURN(const std::vector<std::string> entries,
                        file.texts(*words->as_table(), language.str()));
    for (const std::string& entry : entries) {
      std::vector<std::string> forms;
      for (const std::string_view form : split(entry, '|')) {
        forms.push_back(fold_phrase(form));
        if (has_no_letter(forms.back()))
          return file.fault(list, str_cat("\"", entry, "\" has no letter, expected a word"));
      }
      section.words.push_back(join(forms, "|"));
      section.languages.emplace_back(language.str());
    }
  }
  return section;
}

absl::Status read_sections(std::string_view text, Rules* rules) {
  const File file("sections.toml");
  CT_ASSIGN_OR_RETURN(const toml::table root, file.parse(text));
  CT_RETURN_IF_ERROR(file.only(root, {"section"}));
  CT_ASSIGN_OR_RETURN(const auto tables, file.tables(root, "section"));
  for (const toml::table* table : tables) {
    CT_ASSIGN_OR_RETURN(SectionRule section, read_section(file, *table));
    for (const SectionRule& other : rules->sections) {
      if (other.id == section.id)
        return file.fault(*table, str_cat("section \"", section.id, "\" is there twice, expected one"));
    }
    rules->sections.push_back(std::move(section));
  }
  return absl::OkStatus();
}

absl::Status read_places(std::string_view text, Rules* rules) {
  const File file("places.toml");
  CT_ASSIGN_OR_RETURN(const toml::table root, file.parse(text));
  CT_RETURN_IF_ERROR(file.only(root, {"place"}));
  CT_ASSIGN_OR_RETURN(const auto tables, file.tables(root, "place"));
  for (const toml::table* table : tables) {
    CT_RETURN_IF_ERROR(file.only(*table, {"name", "id", "country", "aliases", "homonym"}));
    Place place;
    CT_ASSIGN_OR_RETURN(place.name, file.text(*table, "name", true));
    if (has_no_letter(fold_phrase(place.name)))
      return file.fault(*table->get("name"), str_cat("\"", place.name, "\" has no letter, expected a name"));
    CT_ASSIGN_OR_RETURN(place.id, file.text(*table, "id", false));
    CT_ASSIGN_OR_RETURN(place.country, file.text(*table, "country", true));
    if (!is_country_code(place.country))
      return file.fault(*table->get("country"),
                        str_cat("\"", place.country, "\" is no country, expected two letters as in \"UA\""));
    CT_ASSIGN_OR_RETURN(place.aliases, file.texts(*table, "aliases"));
    for (const std::string& alias : place.aliases) {
      if (has_no_letter(fold_phrase(alias)))
        return file.fault(*table->get("aliases"), str_cat("\"", alias, "\" has no letter, expected a name"));
    }
    if (const toml::node* homonym = table->get("homonym")) {
      if (!homonym->is_boolean())
        return file.fault(*homonym, "\"homonym\" is neither true nor false, expected one of them");
      place.homonym = homonym->value_or(false);
    }
    rules->places.push_back(std::move(place));
  }
  return absl::OkStatus();
}

// The first "{…}" of the template that is none of `known`; empty: there is none.
std::string_view strange_placeholder(std::string_view text, std::initializer_list<std::string_view> known) {
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) return {};
    const std::string_view placeholder = text.substr(at, end + 1 - at);
    if (std::find(known.begin(), known.end(), placeholder) == known.end()) return placeholder;
  }
  return {};
}

// The template `key` of the language, which must hold every placeholder in `needed` and none but these and
// `optional`.
absl::Status read_template(const File& file, const toml::table& table, std::string_view language,
                           std::string_view key, std::initializer_list<std::string_view> needed,
                           std::initializer_list<std::string_view> optional, StringMap<std::string>* out) {
  CT_ASSIGN_OR_RETURN(std::string text, file.text(table, key, true));
  std::string rest = text;
  for (const std::string_view placeholder : needed) {
    if (text.find(placeholder) == std::string::npos) {
      return file.fault(*table.get(key),
                        str_cat("\"", key, "\" leaves out ", placeholder, ", expected it once"));
    }
    rest = replace_all(rest, placeholder, "");
  }
  if (const std::string_view strange = strange_placeholder(rest, optional); !strange.empty()) {
    return file.fault(*table.get(key),
                      str_cat("\"", key, "\" has no placeholder ", strange, ", expected ",
                              join({needed.begin(), needed.end()}, ", "), optional.size() == 0 ? "" : " or ",
                              join({optional.begin(), optional.end()}, ", ")));
  }
  (*out)[std::string(language)] = std::move(text);
  return absl::OkStatus();
}

absl::Status read_house_style(std::string_view text, Rules* rules) {
  const File file("house_style.toml");
  CT_ASSIGN_OR_RETURN(const toml::table root, file.parse(text));
  CT_RETURN_IF_ERROR(file.only(root, {"language", "credit"}));
  CT_ASSIGN_OR_RETURN(const std::string language, file.text(root, "language", false));
  if (!language.empty()) rules->house_language = language;
  const toml::node* credit = root.get("credit");
  if (credit == nullptr || credit->as_table() == nullptr)
    return file.fault(root, "no credit lines, expected [credit.en]");
  for (const auto& [code, node] : *credit->as_table()) {
    const toml::table* table = node.as_table();
    if (table == nullptr)
      return file.fault(node,
                        str_cat("credit.", code.str(), " is no table, expected [credit.", code.str(), "]"));
    CT_RETURN_IF_ERROR(file.only(*table, {"account", "feed", "via", "photographer"}));
    const auto read = [&](std::string_view key, std::initializer_list<std::string_view> needed,
                          std::initializer_list<std::string_view> optional, StringMap<std::string>* out) {
      return read_template(file, *table, code.str(), key, needed, optional, out);
    };
    CT_RETURN_IF_ERROR(
        read("account", {"{name}", "{platform}"}, {"{role}", "{city}"}, &rules->credit_templates));
    CT_RETURN_IF_ERROR(read("feed", {"{name}"}, {"{host}", "{role}", "{city}"}, &rules->feed_templates));
    CT_RETURN_IF_ERROR(read("via", {"{source}", "{via}"}, {}, &rules->via_templates));
    CT_RETURN_IF_ERROR(
        read("photographer", {"{photographer}"}, {"{source}"}, &rules->photographer_templates));
  }
  if (!rules->credit_templates.contains(rules->house_language)) {
    const toml::node* node = root.get("language");
    return file.fault(
        node == nullptr ? static_cast<const toml::node&>(root) : *node,
        str_cat("no [credit.", rules->house_language, "] for the house's language, expected one"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Rules> Rules::from_toml(std::string_view sections, std::string_view places,
                                       std::string_view house_style, std::string_view gazetteer) {
  Rules rules;
  CT_RETURN_IF_ERROR(read_sections(sections, &rules));
  CT_RETURN_IF_ERROR(read_places(places, &rules));
  CT_RETURN_IF_ERROR(read_house_style(house_style, &rules));
  if (!gazetteer.empty()) CT_RETURN_IF_ERROR(rules.take_gazetteer(gazetteer));
  rules.compile();
  return rules;
}

}  // namespace copytaster
