#include "app/verify_posts.h"

#include <set>

#include "core/bytes.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/search_index.h"

namespace copytaster {
namespace {

constexpr std::string_view kSeparator("\0", 1);

// The hash is over a post as it came. What a picture shows is asked for apart with some platforms and comes
// later: such a text is in no hash.
bool is_as_it_came(const Item& item) {
  if (content_hash(item) == item.content_hash()) return true;
  Item earlier = item;
  for (Media& media : *earlier.mutable_media()) media.clear_alt_text();
  if (content_hash(earlier) == item.content_hash()) return true;
  for (Media& media : *earlier.mutable_media()) media.clear_caption();
  return content_hash(earlier) == item.content_hash();
}

class PostsWalk {
 public:
  PostsWalk(const KeyValue& key_value, const MediaStore& media, const std::string& data,
            VerifyFindings& findings)
      : kv_(key_value), media_(media), data_(data), findings_(findings) {}

  absl::Status walk() {
    CT_RETURN_IF_ERROR(scan(Space::kItems));
    return scan(Space::kVersions);
  }

 private:
  // A damaged block ends a scan: from there on posts are asked for by the ids that others know.
  absl::Status scan(Space space) {
    std::string last;
    const absl::Status scanned = kv_.scan(space, "", "", [&](std::string_view key, std::string_view value) {
      look(space, key, value);
      last = std::string(key);
      return true;
    });
    if (!absl::IsDataLoss(scanned)) return scanned;
    findings_.add(str_cat(space == Space::kItems ? "posts" : "older versions of posts", " behind ",
                          last.empty() ? std::string("the beginning") : in_one_line(last),
                          " stand in a damaged block: ", scanned.message()));
    std::set<std::string, std::less<>> ids;
    CT_RETURN_IF_ERROR(known_ids(ids));
    for (const std::string& id : ids) CT_RETURN_IF_ERROR(look_up(space, id, last));
    return absl::OkStatus();
  }

  // From the search index and from the stories: neither stands in the damaged block.
  absl::Status known_ids(std::set<std::string, std::less<>>& ids) {
    const absl::Status indexed = each_indexed_id(data_, [&](std::string_view id) {
      ids.emplace(id);
      return true;
    });
    Story story;
    const absl::Status scanned =
        kv_.scan(Space::kStories, "", "", [&](std::string_view, std::string_view value) {
          if (story.ParseFromArray(value.data(), static_cast<int>(value.size())))
            ids.insert(story.item_ids().begin(), story.item_ids().end());
          return true;
        });
    if (!indexed.ok() || !scanned.ok())
      findings_.add(
          "not every post behind the damaged block can be named: stories or search index cannot be read");
    return absl::OkStatus();
  }

  absl::Status look_up(Space space, const std::string& id, const std::string& behind) {
    if (space == Space::kVersions) {
      for (std::uint32_t version = 1; version < kMostVersions; ++version) {
        CT_ASSIGN_OR_RETURN(const bool there,
                            look_up_key(space, str_cat(id, kSeparator, big_endian(version)), id, behind));
        if (!there) break;
      }
      return absl::OkStatus();
    }
    return look_up_key(space, id, id, behind).status();
  }

  absl::StatusOr<bool> look_up_key(Space space, const std::string& key, const std::string& id,
                                   const std::string& behind) {
    if (key <= behind) return true;  // has been looked at
    const auto bytes = kv_.get(space, key);
    if (absl::IsNotFound(bytes.status())) return false;
    if (absl::IsDataLoss(bytes.status())) {
      findings_.add(str_cat(what(space), in_one_line(id), " cannot be read: its block is damaged"));
      return true;
    }
    CT_RETURN_IF_ERROR(bytes.status());
    look(space, key, *bytes);
    return true;
  }

  static std::string_view what(Space space) {
    return space == Space::kItems ? "the post " : "an older version of the post ";
  }

  void look(Space space, std::string_view key, std::string_view value) {
    const std::string id = in_one_line(key.substr(0, key.find('\0')));
    if (!item_.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      findings_.add(str_cat(what(space), id, " cannot be read"));
      return;
    }
    const std::string problem = problem_of(space, key);
    if (!problem.empty()) {
      findings_.add(str_cat(what(space), id, " ", problem));
      return;
    }
    ++(space == Space::kItems ? findings_.report.posts : findings_.report.versions);
  }

  std::string problem_of(Space space, std::string_view key) {
    if (key.substr(0, key.find('\0')) != item_.id()) return "stands under another post's id";
    if (space == Space::kVersions && key.substr(item_.id().size() + 1) != big_endian(item_.version()))
      return "stands under another version's number";
    if (!is_as_it_came(item_)) return "is not what was stored: its words or pictures have another hash";
    for (const std::string* capture : {&item_.capture_sha256(), &item_.gone_capture_sha256()}) {
      if (capture->empty()) continue;
      const auto bad = findings_.bad_captures.find(*capture);
      if (bad != findings_.bad_captures.end()) return str_cat("rests on a capture that ", bad->second);
      if (!findings_.chained.contains(*capture)) return "names a capture that is in no link of the chain";
    }
    for (const Media& media : item_.media()) {
      if (media.sha256().empty()) continue;
      if (std::string problem = picture_problem(media.sha256()); !problem.empty()) return problem;
    }
    return "";
  }

  // Each file once, whoever shows it.
  std::string picture_problem(const std::string& sha256) {
    const auto known = pictures_.find(sha256);
    if (known != pictures_.end()) return known->second;
    std::string problem;
    const auto bytes = media_.get(sha256);
    if (absl::IsDataLoss(bytes.status())) {
      problem = str_cat("shows the picture ", in_one_line(sha256), ", whose bytes have another hash");
    } else if (!bytes.ok()) {
      problem = str_cat("shows the picture ", in_one_line(sha256),
                        ", which cannot be read: ", bytes.status().message());
    } else {
      ++findings_.report.pictures;
    }
    return pictures_.emplace(sha256, std::move(problem)).first->second;
  }

  static constexpr std::uint32_t kMostVersions = 100'000;
  const KeyValue& kv_;
  const MediaStore& media_;
  const std::string& data_;
  VerifyFindings& findings_;
  Item item_;
  std::map<std::string, std::string, std::less<>> pictures_;  // looked at, and what is wrong with each
};

}  // namespace

absl::Status verify_posts(const KeyValue& key_value, const MediaStore& media, const std::string& data,
                          VerifyFindings& findings) {
  return PostsWalk(key_value, media, data, findings).walk();
}

}  // namespace copytaster
