// What a draft is made from: the story's posts as stored now, folded into statements, and the people who
// made them, the most involved first. Pure but for reading the store.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/newer_figures.h"
#include "core/store.h"
#include "core/strings.h"
#include "desk/wording.h"

namespace copytaster {

// One thing said, wherever it was posted.
struct Statement {
  const Item* shown = nullptr;         // the post that is quoted
  std::vector<const Item*> also;       // the same person elsewhere
  std::vector<const Item*> passed_on;  // other people repeating it
  Poster poster;                       // of `shown`
  bool second_hand = false;            // nothing but another's words, whose own post we do not have
  // What the same person posted next with other figures: it holds, and this one does not. Null: nothing.
  const Statement* newer = nullptr;
  std::vector<FigureChange> changes = {};  // from `shown` to that of `newer`
};

struct Person {
  Poster poster;
  std::vector<const Statement*> statements = {};
  std::vector<const Item*> items = {};  // theirs, copies included, in order of time
  std::size_t named_by_others = 0;
  // Whether one of the statements replaces another: then the time tells which.
  [[nodiscard]] bool has_updates() const;
};

// Not movable: statements and people point into it.
struct Material {
  Material() = default;
  Material(const Material&) = delete;
  Material& operator=(const Material&) = delete;

  Story story;
  std::deque<Item> items;            // live, in order of time
  std::deque<Item> gone;             // deleted by their authors: not to be quoted
  std::deque<Item> background;       // the newsroom's articles, in the story's order
  std::deque<Statement> statements;  // in order of time
  std::vector<Person> people;        // those with a statement, the most involved first
  StringMap<const Item*> by_id;      // live items

  [[nodiscard]] const Item* find(std::string_view item_id) const;
};

// kNotFound: no live post. Posts that the store no longer has are left out.
absl::Status gather(const Story& story, const StoreReader& reader, Material& material);

}  // namespace copytaster
