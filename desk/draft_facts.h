// The facts that the sentence patterns of a draft are filled with, each with the bytes that show it. Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "desk/material.h"

namespace copytaster {

struct Named {  // a place or a person, and where it stands
  std::string key;
  std::string name;
  std::string role = {};     // as the post has it, in the language of the post
  std::string country = {};  // of a place: ISO 3166-1 alpha-2
  std::size_t count = 0;
  std::vector<Support> support = {};  // one a post
  const Item* item = nullptr;         // where it is named first
  Mention mention = {};               // there
};
// Adds the mention to `all`, or counts it where it is there already.
void count_mention(std::vector<Named>& all, const Item& item, const Mention& mention);

// The most named first; equals in order of appearance; at most `most`. Without the places `but_not`, and
// without a country where one of its towns is named: "Kyiv and Bucha", not "Kyiv, Ukraine and Bucha".
[[nodiscard]] std::vector<Named> places_in(const std::vector<const Item*>& items,
                                           const std::vector<std::string>& but_not, std::size_t most);
// Where these people hold office: "Paris" of the mayor of Paris. What they post from there is about it
// anyway.
[[nodiscard]] std::vector<std::string> own_places(const std::vector<const Person*>& people);
// "Freiburg" and "Freiburg im Breisgau".
[[nodiscard]] bool is_one_place(std::string_view a, std::string_view b);
// "Kyiv, Bucha and Irpin".
[[nodiscard]] std::string place_names(const std::vector<Named>& places);

// The people the headline and the standfirst are about, at most `most`: the second must be in it, not merely
// beside it.
[[nodiscard]] std::vector<const Person*> leading(const Material& material, std::size_t most = 2);
[[nodiscard]] std::vector<const Item*> items_of(const std::vector<const Person*>& people);
// "Mayor of Paris"; "Mayors of Paris and Kyiv"; names where there is no role.
[[nodiscard]] std::string titles(const std::vector<const Person*>& people);
// "Paris" of "Mayor of Paris"; empty when the role has no place.
[[nodiscard]] std::string_view place_of_role(std::string_view role);
// " on Facebook and Bluesky"; " in a text on file with the newsroom" where they stand nowhere else.
[[nodiscard]] std::string on_platforms(const std::vector<const Item*>& items);
// "French and Ukrainian"; "on 14 April 2022".
[[nodiscard]] std::string languages_of(const std::vector<const Item*>& items);
[[nodiscard]] std::string days_of(const std::vector<const Item*>& items);

// Nobody but an editor vouches for what was brought in by hand, so that every sentence that rests on it says
// so: " (brought in by hand by Mira, 12 May 2023)", " (1 of 4 posts brought in by hand by Mira, 12 May
// 2023)".
[[nodiscard]] std::string by_hand_mark(const std::vector<const Item*>& items);
// For those of whom nothing else is known: " (Petro Halenko: brought in by hand by Mira, 12 May 2023)".
[[nodiscard]] std::string by_hand_mark(const std::vector<const Person*>& people);
// Those that a collector has read; all where it has read none.
[[nodiscard]] std::vector<const Item*> collected_first(const std::vector<const Item*>& items);
// Whether all of them stand nowhere but with the newsroom: nobody is known to have posted them.
[[nodiscard]] bool are_on_file(const std::vector<const Item*>& items);

void support_by(Block& block, const std::vector<Named>& things);
// As few posts as show every platform and language, and the first and the last day.
void support_by(Block& block, const std::vector<const Item*>& items);
void support_by(Block& block, const std::vector<const Person*>& people);

// One second-hand post and nothing else: all there is to say is that it was passed on.
[[nodiscard]] Block passed_on_only(const Material& material, std::string_view kind, std::string_view rule);

}  // namespace copytaster
