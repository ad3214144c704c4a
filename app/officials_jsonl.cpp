#include "app/officials_jsonl.h"

#include <algorithm>

#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

class Line {
 public:
  Line(EntryBuilder* to, unsigned number, std::map<std::string, std::size_t>* left_out)
      : to_(*to), number_(number), left_out_(*left_out) {}

  void read(Json official) {
    official.each_member([&](std::string_view key, Json value) {
      if (!value.exists()) return;
      read_member(key, value);
    });
  }

 private:
  void read_member(std::string_view key, Json value) {
    if ((key == "id" || key == "name") && !value.is_string()) return to_.not_a_text(number_, key);
    if (key == "id") return to_.set_id(number_, value.view());
    if (key == "name") return to_.set_name(number_, value.view());
    if (key == "kind") return read_kind(value);
    if (key == "wikidata") {
      if (const std::string id = text(key, value); !id.empty()) to_.set_wikidata(number_, id);
      return;
    }
    if (key == "aliases")
      return each_text(key, value, [&](std::string_view one) { to_.add_alias(number_, one); });
    if (key == "languages")
      return each_text(key, value, [&](std::string_view one) { to_.add_language(number_, one); });
    if (key == "websites")
      return each_text(key, value, [&](std::string_view one) { to_.add_website(number_, one); });
    if (key == "accounts") return each(key, value, [&](Json one) { read_account(one); });
    if (key == "roles") return each(key, value, [&](Json one) { read_role(one); });
    ++left_out_[std::string(key.substr(0, utf8_floor(key, 60)))];
  }

  std::string text(std::string_view key, Json value) {
    if (!value.is_string()) to_.not_a_text(number_, key);
    return value.text();
  }

  template <typename Take>
  void each(std::string_view key, Json value, const Take& take) {
    if (!value.is_array())
      return to_.error(number_, str_cat(key, " is not a list"), str_cat("\"", key, "\": []"));
    value.each(take);
  }

  template <typename Take>
  void each_text(std::string_view key, Json value, const Take& take) {
    each(key, value, [&](Json one) {
      if (one.is_string())
        take(one.view());
      else
        to_.not_a_text(number_, key);
    });
  }

  // The protocol's name, or its number.
  void read_kind(Json value) {
    static constexpr std::string_view kKinds[] = {"person", "body", "newsroom"};
    const auto number = value.is_string() ? std::nullopt : value.number();
    to_.set_kind(number_, number && *number < 3 ? std::string(kKinds[*number]) : value.id());
  }

  // The record of an account, or its URL alone.
  void read_account(Json value) {
    if (value.is_string()) return to_.add_account(number_, value.view());
    for (const std::string_view key : {"profileUrl", "profile_url"}) {
      if (value[key].is_string()) return to_.add_account(number_, value[key].view());
    }
    to_.error(number_, "an account has no profileUrl", R"("accounts": [{"profileUrl": "https://…"}])");
  }

  void read_role(Json value) {
    if (!value.is_object())
      return to_.error(number_, "a role is not an object", R"("roles": [{"title": "Mayor"}])");
    Role* role = to_.add_role(number_);
    value.each_member([&](std::string_view key, Json field) {
      if (!field.exists()) return;
      const bool is_known =
          key == "title" || key == "place" || key == "country" || key == "from" || key == "until";
      if (is_known && !field.is_string()) return to_.not_a_text(number_, key);
      if (is_known && field.view().empty()) return;
      if (key == "title")
        role->set_title(field.text());
      else if (key == "place")
        role->set_place(field.text());
      else if (key == "country")
        to_.set_country(number_, role, field.view());
      else if (key == "from")
        to_.set_from(number_, role, field.view());
      else if (key == "until")
        to_.set_until(number_, role, field.view());
      else
        ++left_out_[str_cat("roles.", key.substr(0, utf8_floor(key, 60)))];
    });
  }

  EntryBuilder& to_;
  unsigned number_;
  std::map<std::string, std::size_t>& left_out_;
};

// Ours has a list of roles or accounts; a registry has one role, or accounts by their platforms.
bool is_registry(Json line) { return line["role"].exists() || line["accounts"].is_object(); }

void read_line(std::string_view text, unsigned number, const std::string& file, const Collectors& collectors,
               OfficialsInput* out) {
  EntryBuilder builder(collectors, file, number, &out->problems);
  const auto document =
      text.size() > kMaxOfficialLine
          ? absl::InvalidArgumentError(str_cat("the line has more than ", kMaxOfficialLine, " bytes"))
          : JsonDocument::parse(text);
  std::optional<OfficialEntry> entry;
  if (!document.ok()) {
    builder.error(number, std::string(document.status().message()), "one JSON object a line");
  } else if (document->bytes_were_bad()) {
    builder.error(number, "the line is not UTF-8", "JSON is UTF-8 (RFC 8259)");
  } else if (!document->root().is_object()) {
    builder.error(number, "the line is not a JSON object", R"({"id": "first-last", "name": "First Last"})");
  } else {
    if (is_registry(document->root()))
      read_registry_line(document->root(), number, &builder, &out->left_out);
    else
      Line(&builder, number, &out->left_out).read(document->root());
    entry = builder.finish(true);
  }
  if (entry)
    out->entries.push_back(*std::move(entry));
  else
    ++out->refused;
}

}  // namespace

OfficialsInput read_officials_jsonl(std::string_view bytes, const std::string& file,
                                    const Collectors& collectors) {
  OfficialsInput out;
  consume_prefix(&bytes, "\xEF\xBB\xBF");
  unsigned number = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = strip_space(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    if (!line.empty()) read_line(line, number, file, collectors, &out);
  }
  return out;
}

std::string officials_to_jsonl(const std::vector<OfficialEntry>& entries) {
  std::string out;
  for (const OfficialEntry& entry : entries) {
    std::string line = to_json(entry.official);
    if (!entry.websites.empty()) {
      JsonWriter list;
      list.begin_array();
      for (const std::string& website : entry.websites) list.value(website);
      list.end_array();
      line.pop_back();
      str_append(&line, line == "{" ? "" : ",", "\"websites\":", list.text(), "}");
    }
    str_append(&out, line, "\n");
  }
  return out;
}

}  // namespace copytaster
