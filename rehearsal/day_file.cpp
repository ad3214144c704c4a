// The files of a day: officials.toml, pictures/metadata.toml and pictures/*.svg first, then the posts.
#include <algorithm>
#include <string>
#include <utility>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "core/status.h"
#include "core/strings.h"
#include "rehearsal/day.h"
#include "rehearsal/day_post.h"

namespace copytaster::rehearsal {
namespace {

absl::Status wrong(std::string_view file, std::size_t line, std::string_view what) {
  return absl::InvalidArgumentError(str_cat(file, ":", line, ": ", what));
}

std::string_view name_of(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

absl::StatusOr<toml::table> read_toml(std::string_view file, std::string_view text) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    return wrong(file, error.source().begin.line, error.description());
  }
}

// ---- officials

PlayedAccount account_of(std::string_view url) {
  PlayedAccount out;
  out.url = std::string(url);
  std::string_view rest = url;
  consume_prefix(&rest, "https://");
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  out.host = std::string(rest.substr(0, slash));
  std::string_view path = rest.substr(slash);
  if (out.host == "www.facebook.com") {
    out.platform = Platform::kFacebook;
    consume_prefix(&path, "/");
  } else if (out.host == "www.instagram.com") {
    out.platform = Platform::kInstagram;
    consume_prefix(&path, "/");
    consume_suffix(&path, "/");
  } else if (out.host == "www.threads.com") {
    out.platform = Platform::kThreads;
    consume_prefix(&path, "/@");
  } else if (out.host == "bsky.app") {
    out.platform = Platform::kBluesky;
    consume_prefix(&path, "/profile/");
  } else if (out.host == "x.com") {
    out.platform = Platform::kX;
    consume_prefix(&path, "/");
  } else if (out.host == "t.me") {
    out.platform = Platform::kTelegram;
    consume_prefix(&path, "/");
  } else if (out.host == "www.youtube.com") {
    out.platform = Platform::kYoutube;
    if (!consume_prefix(&path, "/channel/")) consume_prefix(&path, "/");
  } else if (consume_prefix(&path, "/@")) {
    out.platform = Platform::kMastodon;
  }
  out.handle = std::string(path);
  return out;
}

absl::Status read_official(std::string_view file, const toml::table& official, Day* day) {
  const std::size_t line = official.source().begin.line;
  const auto id = official["id"].value<std::string>();
  const auto name = official["name"].value<std::string>();
  const toml::array* accounts = official["accounts"].as_array();
  if (!id || !name) return wrong(file, line, "an official without id or name");
  if (accounts == nullptr) return wrong(file, line, str_cat(*id, " has no accounts"));
  const std::string language = official["languages"][0].value_or(std::string());
  for (const toml::node& node : *accounts) {
    const auto url = node.value<std::string>();
    if (!url || !url->starts_with("https://")) {
      return wrong(file, node.source().begin.line, "an account is an https:// address");
    }
    PlayedAccount account = account_of(*url);
    for (const PlayedAccount& other : day->accounts) {
      if (other.url == account.url) return wrong(file, node.source().begin.line, str_cat("twice: ", *url));
    }
    account.official_id = *id;
    account.name = *name;
    account.language = language;
    day->accounts.push_back(std::move(account));
  }
  return absl::OkStatus();
}

absl::Status read_officials(std::string_view file, std::string_view text, Day* day) {
  CT_ASSIGN_OR_RETURN(const toml::table root, read_toml(file, text));
  const toml::array* officials = root["official"].as_array();
  if (officials == nullptr) return wrong(file, 1, "no [[official]]");
  for (const toml::node& node : *officials) {
    if (const toml::table* table = node.as_table()) CT_RETURN_IF_ERROR(read_official(file, *table, day));
  }
  return absl::OkStatus();
}

// ---- pictures

absl::Status read_words(std::string_view file, std::string_view text, Day* day) {
  CT_ASSIGN_OR_RETURN(const toml::table root, read_toml(file, text));
  for (const auto& [scene, node] : root) {
    const std::string_view name = scene.str();
    const toml::table* table = node.as_table();
    const std::size_t line = node.source().begin.line;
    if (table == nullptr || !day->scenes.contains(name))
      return wrong(file, line, str_cat("no scene is called ", name));
    PictureWords& words = day->words[std::string(name)];
    for (const auto& [key, value] : *table) {
      static constexpr std::string_view kKnown =
          " headline caption creator credit source copyright alt city country ";
      const std::string_view word = key.str();
      if (!value.is_string() || kKnown.find(str_cat(" ", word, " ")) == std::string_view::npos) {
        return wrong(file, value.source().begin.line, str_cat("not known here: ", word));
      }
      words[std::string(word)] = value.value_or(std::string());
    }
  }
  return absl::OkStatus();
}

// ---- posts

struct Waiting {  // until all posts are there
  Post* post;
  std::string reshare_of, quote_of, reply_to;
  std::string_view file;
  std::size_t line;
};

absl::Status find_post(const Day& day, const Waiting& waiting, const std::string& key, const Post** out) {
  if (key.empty()) return absl::OkStatus();
  const auto found = day.by_key.find(key);
  if (found == day.by_key.end())
    return wrong(waiting.file, waiting.line, str_cat("no post has the key ", key));
  const Post& other = *found->second;
  if (other.account->platform != waiting.post->account->platform) {
    return wrong(waiting.file, waiting.line, str_cat(key, " is on another platform"));
  }
  if (other.at > waiting.post->at) return wrong(waiting.file, waiting.line, str_cat(key, " is later"));
  *out = &other;
  return absl::OkStatus();
}

absl::Status take_post(std::string_view file, std::size_t line, std::string_view json, Day* day,
                       std::vector<Waiting>* waiting) {
  auto read = read_post_line(json);
  if (!read.ok()) return wrong(file, line, from_absl(read.status().message()));
  Post& post = day->posts.emplace_back(std::move(read->post));
  if (!day->by_key.emplace(post.key, &post).second)
    return wrong(file, line, str_cat("a second post with the key ", post.key));
  for (const PostVersion& version : post.versions) {
    for (const PostPicture& picture : version.pictures) {
      if (!day->scenes.contains(picture.image))
        return wrong(file, line, str_cat("no scene is called ", picture.image));
    }
  }
  for (PlayedAccount& account : day->accounts) {
    if (account.url != read->account) continue;
    post.account = &account;
    account.posts.push_back(&post);
  }
  if (post.account == nullptr)
    return wrong(file, line, str_cat("no official has the account ", read->account));
  const Platform platform = post.account->platform;
  if (platform == Platform::kBluesky && post.versions.size() > 1)
    return wrong(file, line, "a post cannot be edited on Bluesky");
  if (platform == Platform::kInstagram) {
    const bool without = std::any_of(post.versions.begin(), post.versions.end(),
                                     [](const PostVersion& version) { return version.pictures.empty(); });
    if (without) return wrong(file, line, "a post on Instagram has a picture");
    if (!read->reshare_of.empty() || !read->quote_of.empty() || !read->reply_to.empty())
      return wrong(file, line, "Instagram knows no reshares, quotes and replies");
  }
  if (platform == Platform::kFeed && post.title.empty())
    return wrong(file, line, "an item of a feed has a title");
  if (platform == Platform::kYoutube && post.title.empty()) return wrong(file, line, "a video has a title");
  if (platform == Platform::kYoutube && !(read->reshare_of.empty() && read->reply_to.empty()))
    return wrong(file, line, "a video neither passes on nor answers another");
  if ((platform == Platform::kYoutube || platform == Platform::kTelegram) && !read->quote_of.empty())
    return wrong(file, line, "there are no quotes on Telegram and YouTube");
  waiting->push_back({&post, read->reshare_of, read->quote_of, read->reply_to, file, line});
  return absl::OkStatus();
}

absl::Status read_posts(std::string_view file, std::string_view text, Day* day,
                        std::vector<Waiting>* waiting) {
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (!strip_space(line).empty()) CT_RETURN_IF_ERROR(take_post(file, number, line, day, waiting));
  }
  return absl::OkStatus();
}

template <typename Read>
absl::Status each_file(DayFiles files, std::string_view end, const Read& read) {
  for (const auto& [path, bytes] : files) {
    if (path.ends_with(end)) CT_RETURN_IF_ERROR(read(path, bytes));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Day> read_day(DayFiles files) {
  Day day;
  for (const auto& [path, bytes] : files) {
    if (path.ends_with(".svg")) day.scenes.emplace(name_of(path), bytes);
    if (path.ends_with("notice.txt")) day.notice = std::string(strip_space(bytes));
  }
  const auto into = [&](auto read) {
    return [&day, read](std::string_view path, std::string_view bytes) { return read(path, bytes, &day); };
  };
  CT_RETURN_IF_ERROR(each_file(files, "officials.toml", into(read_officials)));
  CT_RETURN_IF_ERROR(each_file(files, "pictures/metadata.toml", into(read_words)));
  std::vector<Waiting> waiting;
  CT_RETURN_IF_ERROR(each_file(files, ".jsonl", [&](std::string_view path, std::string_view bytes) {
    return read_posts(path, bytes, &day, &waiting);
  }));
  for (const Waiting& one : waiting) {
    CT_RETURN_IF_ERROR(find_post(day, one, one.reshare_of, &one.post->reshare_of));
    CT_RETURN_IF_ERROR(find_post(day, one, one.quote_of, &one.post->quote_of));
    CT_RETURN_IF_ERROR(find_post(day, one, one.reply_to, &one.post->reply_to));
  }
  for (PlayedAccount& account : day.accounts) {
    std::stable_sort(account.posts.begin(), account.posts.end(),
                     [](const Post* a, const Post* b) { return a->at < b->at; });
  }
  return day;
}

}  // namespace copytaster::rehearsal
