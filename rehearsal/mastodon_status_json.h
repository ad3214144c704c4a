// Entities of the Mastodon API, as one instance shows them (https://docs.joinmastodon.org/entities/).
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "rehearsal/day.h"

namespace copytaster::rehearsal {

// The same on all instances.
[[nodiscard]] std::string mastodon_status_uri(const Post& post);
// A post's text as its author's instance makes HTML of it.
[[nodiscard]] std::string mastodon_html(const Day& day, std::string_view text, std::string_view instance);

class MastodonWriter {
 public:
  MastodonWriter(const Day& day, std::string_view instance, absl::Time now, JsonWriter* out)
      : day_(day), instance_(instance), now_(now), out_(out) {}

  void account(const PlayedAccount& account);
  void status(const Live& live);
  // https://docs.joinmastodon.org/entities/StatusEdit/
  void edit(const Post& post, const PostVersion& version);

 private:
  [[nodiscard]] std::string acct(const PlayedAccount& account) const;
  void tags(std::string_view text);
  void mentions(const Live& live);
  void mention(const PlayedAccount& account);
  void attachments(const Post& post, const PostVersion& version);
  void related(std::string_view name, const Post* post, std::string_view before);

  const Day& day_;
  std::string instance_;
  absl::Time now_;
  JsonWriter* out_;
};

// Whether it is there: a boost goes with its original.
[[nodiscard]] bool is_mastodon_live(const Post& post, absl::Time now);

}  // namespace copytaster::rehearsal
