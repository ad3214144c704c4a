// Posts of the X API with what they include, as far as a question asks for it by `tweet.fields` and
// `expansions` (https://docs.x.com/x-api/fundamentals/data-dictionary).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "rehearsal/day.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {

// The first version's id: how a post is called for good.
[[nodiscard]] std::string x_canonical_id(const Post& post);
// Whether it is there: a repost goes with its original.
[[nodiscard]] bool is_x_live(const Post& post, absl::Time now);
// Not Found Error, as X tells it of a part of an answer.
void write_x_not_found(std::string_view type, std::string_view parameter, std::string_view value,
                       JsonWriter* out);

class XWriter {
 public:
  explicit XWriter(const Question& question);

  // The post as JSON; what it includes is gathered.
  std::string post(const Live& live);
  // Members "includes" and "errors" of an object, where there are any.
  void write_includes(JsonWriter* out) const;
  void write_user(const PlayedAccount& account, std::string_view description, JsonWriter* out) const;

 private:
  [[nodiscard]] bool wants(std::string_view field) const { return fields_.contains(field); }
  [[nodiscard]] bool expands(std::string_view what) const { return expansions_.contains(what); }
  std::string write(const Live& live) const;
  void write_body(const Live& live, JsonWriter* out) const;
  void include_media(const Live& live);
  void include_versions(const Live& live);
  void refer(const Post* other);

  absl::Time now_;
  StringSet fields_;
  StringSet expansions_;
  std::set<std::string> known_;  // what is included already
  std::vector<std::string> users_, posts_, media_, errors_;
};

}  // namespace copytaster::rehearsal
