// The rehearsal day in memory, as rehearsal/day/README.md describes its files. Immutable once read; any
// thread.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/strings.h"

namespace copytaster::rehearsal {

enum class Platform { kFacebook, kInstagram, kThreads, kX, kBluesky, kMastodon, kTelegram, kYoutube, kFeed };
enum class Crop { kFull, kLeft, kRight, kTight, kTop };

struct PostPicture {
  std::string image;  // a scene
  Crop crop = Crop::kFull;
  int quality = 80;  // JPEG
  std::string alt;
  std::string caption;
  std::string credit;
};

struct PostVersion {
  absl::Time at;
  std::string text;
  std::vector<PostPicture> pictures;
};

struct PlayedAccount;

struct Post {
  std::string key;
  const PlayedAccount* account = nullptr;
  absl::Time at;
  absl::TimeZone zone;  // the author's own offset
  std::string language;
  std::string title;
  std::vector<std::string> links;
  const Post* reshare_of = nullptr;
  const Post* quote_of = nullptr;
  const Post* reply_to = nullptr;
  std::vector<PostVersion> versions;  // first as published, then the edits in order of time
  absl::Time delete_at = absl::InfiniteFuture();
};

struct PlayedAccount {
  std::string url;
  Platform platform = Platform::kFeed;
  std::string host;    // Mastodon: the instance; feed: the site
  std::string handle;  // page, handle, channel or user name; YouTube: "@name" or "UC…"; feed: the path
  std::string official_id;
  std::string name;  // of the official
  std::string language;
  std::vector<const Post*> posts;  // in order of time
};

// What pictures/metadata.toml says of a scene; an empty one is stripped.
using PictureWords = std::map<std::string, std::string, std::less<>>;

struct Day {
  Day() = default;
  Day(Day&&) = default;
  Day& operator=(Day&&) = default;
  Day(const Day&) = delete;  // posts and accounts point at each other
  Day& operator=(const Day&) = delete;

  std::deque<PlayedAccount> accounts;
  std::deque<Post> posts;
  StringMap<const Post*> by_key;
  StringMap<std::string_view> scenes;  // SVG by name; as long as the files
  StringMap<PictureWords> words;       // by scene
  std::string notice;
};

using DayFiles = std::span<const std::pair<std::string_view, std::string_view>>;  // path, bytes

// Reads a day. The paths end as in rehearsal/day/ (officials.toml, posts/x.jsonl, …). kInvalidArgument with
// file and line ("…/fr.jsonl:12: …") for whatever README.md does not allow. The files outlive the day.
[[nodiscard]] absl::StatusOr<Day> read_day(DayFiles files);

// The files built into the binary, with paths relative to the repository.
[[nodiscard]] DayFiles embedded_day_files();

// A post as it stands at a moment.
struct Live {
  const Post* post = nullptr;
  const PostVersion* version = nullptr;
  [[nodiscard]] bool edited() const { return version != post->versions.data(); }
};

// nullopt: not yet, or not any more.
[[nodiscard]] std::optional<Live> live_at(const Post& post, absl::Time now);
// What of an account is there, newest first.
[[nodiscard]] std::vector<Live> live_posts(const PlayedAccount& account, absl::Time now);

}  // namespace copytaster::rehearsal
