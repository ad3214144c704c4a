// How much a post or a story asks to be looked at, as a sum of named parts with reasons: never a number
// from nowhere. The same scale for both. Copies and reshares never count as corroboration.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/officials.h"

namespace copytaster {

// What is weighed. Sets, so that the same thing said twice counts once.
struct NewsFacts {
  struct Person {
    std::string id;  // the official's: two of one name are two, one of two offices is one
    std::string name;
    std::string role;
    std::string country;
    double weight = 0;
    friend auto operator<=>(const Person& a, const Person& b) { return a.id <=> b.id; }
    friend bool operator==(const Person& a, const Person& b) { return a.id == b.id; }
  };
  std::set<Person> authors;  // officials who posted in their own words
  std::set<Person> named;    // officials named, authors left out
  std::set<std::string> languages, platforms;
  std::set<std::string> places;            // canonical names, the authors' own left out
  std::set<std::string> countries_abroad;  // of these places
  std::size_t posts = 0;                   // not copies, not reshares
  std::size_t beside = 0;                  // posts that only quote one of them: counted nowhere else
  std::size_t pictures = 0;                // distinct
  std::size_t quotes = 0;
  double novelty = 0;  // 0…1, of the names
  std::uint64_t reactions = 0;
  bool in_part = false;  // quotes, reactions and names are those of some of its posts
};

// Adds what one post (no copy, no reshare) says. Pictures and novelty are the caller's.
void add_facts(const Item& item, const Officials& officials, NewsFacts& facts);
// Parts with a value only; score is their sum, exactly.
[[nodiscard]] Newsworthiness weigh(const NewsFacts& facts);

}  // namespace copytaster
