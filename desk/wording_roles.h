// The office that a post gives somebody, as an English sentence can carry it. Pure; any thread.
//
// A role stands in a post in the language of the post: "les députés …", "генеральна прокурорка …". Where
// the word for the office is known it is "Deputy", "Prosecutor General"; anything else is left out of
// English sentences, for half a translation would say more than the post.
#pragma once

#include <string>
#include <string_view>

#include "core/copytaster.pb.h"
#include "core/text.h"

namespace copytaster {

struct RoleFound {
  std::string english;  // "Prosecutor General of Ukraine"; empty: none that can be said
  Span span;            // of the post's text, from the role to the name: what shows it
};

// The role that `mention` has in the text of `item`. A complement is kept where it is a place the post
// names ("d'Ukraine": " of Ukraine"), and none other is understood.
[[nodiscard]] RoleFound english_role(const Item& item, const Mention& mention);

// The same of a role in the text that ends before or begins after [name.begin, name.end).
[[nodiscard]] RoleFound english_role(const Item& item, std::string_view role, Span name);

// "Deputy" for "députés"; the title alone, any case. Empty: unknown, or no office ("collègue").
[[nodiscard]] std::string_view english_title(std::string_view title);

}  // namespace copytaster
