// The part of officials_jsonl.h that reads public registries of officials.
#include "app/officials_accounts.h"
#include "app/officials_jsonl.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

class RegistryLine {
 public:
  RegistryLine(EntryBuilder* to, unsigned number, std::map<std::string, std::size_t>* left_out)
      : to_(*to), number_(number), left_out_(*left_out) {}

  void read(Json line) {
    Role* role = nullptr;
    if (const std::string title = text(line, "role"); !title.empty()) {
      role = to_.add_role(number_);
      role->set_title(title);
      role->set_place(text(line, "place"));
    }
    line.each_member([&](std::string_view key, Json value) {
      if (value.exists()) read_member(key, value, role);
    });
  }

 private:
  std::string text(Json object, std::string_view key) {
    const Json value = object[key];
    if (value.exists() && value.id().empty() && !value.is_string()) to_.not_a_text(number_, key);
    return value.id();
  }

  void read_member(std::string_view key, Json value, Role* role) {
    const std::string plain = value.id();
    const bool is_list = key == "accounts" || key == "aliases" || key == "languages" || key == "websites";
    const bool is_text = key == "id" || key == "name" || key == "wikidata" || key == "country";
    if (is_text && plain.empty() && !value.is_string()) return to_.not_a_text(number_, key);
    if (is_list && key != "accounts" && !value.is_array())
      return to_.error(number_, str_cat(key, " is not a list"), str_cat("\"", key, "\": []"));
    if (key == "id") return to_.set_id(number_, plain);
    if (key == "name") return to_.set_name(number_, plain);
    if (key == "role" || (key == "place" && role != nullptr)) return;
    if (key == "kind") return to_.set_kind(number_, plain);
    if (key == "accounts") return read_accounts(value);
    if (is_list) return value.each([&](Json one) { read_one_of(key, one); });
    if (plain.empty()) return;  // "" says nothing
    if (key == "wikidata") return to_.set_wikidata(number_, plain);
    if (key == "website") return to_.add_site(number_, plain);
    if (role != nullptr) {
      if (key == "country") return to_.set_country(number_, role, plain);
      if (key == "start_date" || key == "from") return to_.set_from(number_, role, plain);
      if (key == "end_date" || key == "until") return to_.set_until(number_, role, plain);
    }
    leave_out(key);
  }

  void read_one_of(std::string_view list, Json one) {
    if (list == "aliases") return to_.add_alias(number_, one.view());
    if (list == "languages") return to_.add_language(number_, one.view());
    to_.add_site(number_, one.view());
  }

  void read_accounts(Json accounts) {
    if (!accounts.is_object())
      return to_.error(number_, "accounts is not an object", R"("accounts": {"twitter": "NAME"})");
    accounts.each_member([&](std::string_view key, Json value) {
      if (!value.exists()) return;
      if (key == "sites") return value.each([&](Json site) { to_.add_site(number_, site.view()); });
      // A number stands beside the name and says the same; a channel's number is better than its name, which
      // may be one of YouTube's old ones.
      const bool is_said_twice = (key == "youtube" && accounts["youtube_id"].exists()) ||
                                 (key == "twitter_id" && accounts["twitter"].exists()) ||
                                 (key == "instagram_id" && accounts["instagram"].exists());
      if (is_said_twice) return leave_out(str_cat("accounts.", key));
      if (key == "youtube_id" && !value.id().empty())
        return to_.add_account(number_, str_cat("https://www.youtube.com/channel/", value.id()));
      if (key == "twitter_id") return to_.add_account(number_, str_cat("https://x.com/i/user/", value.id()));
      const std::string_view platform = platform_named_by(key);
      if (platform.empty() || value.id().empty()) {
        to_.error(number_, str_cat("the platform \"", key.substr(0, utf8_floor(key, 60)), "\" is not known"),
                  "its profile URLs in \"sites\"");
        return;
      }
      to_.add_account(number_, profile_url_of(platform, value.id()));
    });
  }

  void leave_out(std::string_view key) { ++left_out_[std::string(key.substr(0, utf8_floor(key, 60)))]; }

  EntryBuilder& to_;
  unsigned number_;
  std::map<std::string, std::size_t>& left_out_;
};

}  // namespace

void read_registry_line(Json line, unsigned number, EntryBuilder* to,
                        std::map<std::string, std::size_t>* left_out) {
  RegistryLine(to, number, left_out).read(line);
}

}  // namespace copytaster
