// Posts and the credits the step gives them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/processors/steps_support.h"

namespace copytaster::testing {

class AttributionTest : public Steps {
 protected:
  // A post of Odile Marchal, then Mayor of Lyon, on Facebook, with one picture.
  static Item post(std::string_view text = "", std::string_view language = "fr") {
    Item out = item(text, language, "odile-marchal");
    out.mutable_author()->set_name("odile.marchal.officiel");
    out.mutable_author()->set_handle("odile.marchal.officiel");
    out.add_media()->set_url("https://cdn.test/1.jpg");
    return out;
  }
  // Bohdan Kravets, as a platform describes the author of a post that another passes on.
  static Related by_kravets(std::string_view text = "") {
    Related out;
    out.set_item_id("facebook:77");
    out.set_url("https://www.facebook.com/posts/77");
    out.mutable_author()->set_name("Богдан К.");
    out.mutable_author()->set_url("https://facebook.com/Bohdan-Kravets/");
    out.set_text(std::string(text));
    out.add_media()->set_url("https://cdn.test/77.jpg");
    return out;
  }
  Item credited(Item item) const {
    run(&item, *make_attribution_step());
    return item;
  }
  std::string picture_line(Item item) const {
    return credited(std::move(item)).media(0).attribution().credit_line();
  }
  void use(std::vector<Official> all) { officials_ = Officials(std::move(all)); }
};

}  // namespace copytaster::testing
