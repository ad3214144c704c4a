// Items and officials for the tests of the stateless steps. All people are invented.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/officials.h"
#include "core/time.h"
#include "processors/rules.h"
#include "processors/steps.h"

namespace copytaster::testing {

inline Official official(std::string_view id, std::string_view name, std::string_view title,
                         std::string_view place, std::string_view country,
                         std::vector<std::string> aliases = {}) {
  Official out;
  out.set_id(std::string(id));
  out.set_name(std::string(name));
  for (std::string& alias : aliases) out.add_aliases(std::move(alias));
  Role* role = out.add_roles();
  role->set_title(std::string(title));
  role->set_place(std::string(place));
  role->set_country(std::string(country));
  Account* account = out.add_accounts();
  account->set_platform("facebook");
  account->set_handle(std::string(id));
  account->set_id("facebook:" + std::string(id));
  account->set_profile_url("https://www.facebook.com/" + std::string(id));
  account->set_official_id(std::string(id));
  return out;
}

inline std::vector<Official> two_mayors() {
  std::vector<Official> out;
  out.push_back(
      official("odile-marchal", "Odile Marchal", "Mayor", "Lyon", "FR", {"Оділь Маршаль", "Οντίλ Μαρσάλ"}));
  out.push_back(official("bohdan-kravets", "Bohdan Kravets", "Mayor", "Kyiv", "UA",
                         {"Богдан Кравець", "Kravets", "Kravetsj"}));
  out[0].mutable_roles(0)->mutable_until()->set_seconds(
      absl::ToUnixSeconds(*parse_date("2022-07-01T00:00:00Z")));
  Role* later = out[0].add_roles();
  later->set_title("Senator");
  later->mutable_from()->set_seconds(absl::ToUnixSeconds(*parse_date("2022-07-01T00:00:00Z")));
  Official city =
      official("city-of-lyon", "City of Lyon", "City administration", "Lyon", "FR", {"Ville de Lyon"});
  city.set_kind(BODY);
  city.mutable_accounts(0)->set_platform("feed");
  out.push_back(city);
  Official paper = official("newsroom", "The newsroom", "", "", "", {});
  paper.set_kind(NEWSROOM);
  out.push_back(paper);
  return out;
}

class Steps : public ::testing::Test {
 protected:
  Steps() : officials_(two_mayors()) {
    context_.officials = &officials_;
    context_.rules = &Rules::defaults();
  }

  static Item item(std::string_view text, std::string_view language = "", std::string_view official_id = "") {
    Item out;
    out.set_id("facebook:1");
    out.set_platform("facebook");
    out.set_text(std::string(text));
    out.set_language(std::string(language));
    out.set_official_id(std::string(official_id));
    out.set_url("https://www.facebook.com/posts/1");
    set_timestamp(out.mutable_created_at(), *parse_date("2022-04-14T08:00:00Z"));
    return out;
  }

  // Runs the step twice: the second run must change nothing.
  void run(Item* item, const Processor& step) const {
    ASSERT_TRUE(step.process(*item, context_).ok());
    Item again = *item;
    ASSERT_TRUE(step.process(again, context_).ok());
    ASSERT_EQ(again.SerializeAsString(), item->SerializeAsString()) << "the step is not idempotent";
  }

  Officials officials_;
  Context context_;
};

}  // namespace copytaster::testing
