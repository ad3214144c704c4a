#include "app/verify_posts.h"

#include <set>

#include "absl/container/flat_hash_set.h"
#include "core/bytes.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/erasure_keys.h"
#include "storage/search_index.h"

namespace copytaster {
namespace {

constexpr std::string_view kSeparator("\0", 1);

// Texts of pictures that may have come later, of one post: each is or is not in its hash.
constexpr std::size_t kMostTexts = 10;

std::vector<std::string*> texts_of_pictures(Item& item) {
  std::vector<std::string*> texts;
  for (Media& media : *item.mutable_media()) {
    if (!media.alt_text().empty()) texts.push_back(media.mutable_alt_text());
    if (!media.caption().empty()) texts.push_back(media.mutable_caption());
  }
  return texts;
}

// The hash is over a post as it came. What a picture shows is asked for apart with some platforms, and is
// carried over to an edit that does not tell it: such a text is in no hash, and which ones are such is not
// kept. So each choice of them is tried; of more than kMostTexts all, none, and each alone.
bool is_as_it_came(const Item& item) {
  if (content_hash(item) == item.content_hash()) return true;
  Item earlier = item;
  const std::vector<std::string*> places = texts_of_pictures(earlier);
  std::vector<std::string> texts;
  for (const std::string* text : places) texts.push_back(*text);
  const auto fits = [&](const auto& is_in) {
    for (std::size_t i = 0; i < places.size(); ++i) *places[i] = is_in(i) ? texts[i] : std::string();
    return content_hash(earlier) == item.content_hash();
  };
  if (places.size() > kMostTexts) {
    if (fits([](std::size_t) { return false; })) return true;
    for (std::size_t one = 0; one < places.size(); ++one) {
      if (fits([one](std::size_t i) { return i == one; }) || fits([one](std::size_t i) { return i != one; }))
        return true;
    }
    return false;
  }
  for (std::size_t choice = 0; choice + 1 < (std::size_t{1} << places.size()); ++choice) {
    if (fits([choice](std::size_t i) { return (choice >> i & 1U) != 0; })) return true;
  }
  return false;
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

  // What stands up to `behind` has been looked at.
  absl::Status look_up(Space space, const std::string& id, const std::string& behind) {
    if (space == Space::kItems) return id <= behind ? absl::OkStatus() : look_up_key(space, id, id).status();
    if (id < behind.substr(0, behind.find('\0'))) return absl::OkStatus();
    for (std::uint32_t version = 1; version < kMostVersions; ++version) {
      const std::string key = str_cat(id, kSeparator, big_endian(version));
      if (key <= behind) continue;
      CT_ASSIGN_OR_RETURN(const bool there, look_up_key(space, key, id));
      if (!there) break;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> look_up_key(Space space, const std::string& key, const std::string& id) {
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
    is_unproven_ = false;
    const std::string problem = problem_of(space, key);
    if (!problem.empty()) {
      findings_.add(str_cat(what(space), id, " ", problem));
      return;
    }
    ++(space == Space::kItems ? findings_.report.posts : findings_.report.versions);
    findings_.report.unproven += is_unproven_;
  }

  // The page that a post came in may have shown another one that was erased.
  [[nodiscard]] bool is_erased(const std::string& capture) const {
    const auto receipt = kv_.get(Space::kErasures, erased_capture_key(capture));
    return receipt.ok() && kv_.get(Space::kErasures, receipt_key(*receipt)).ok();
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
      if (findings_.chained.contains(*capture)) continue;
      if (!is_erased(*capture)) return "names a capture that is in no link of the chain";
      is_unproven_ = true;
    }
    for (const Media& media : item_.media()) {
      if (media.sha256().empty()) continue;
      if (std::string problem = picture_problem(media.sha256()); !problem.empty()) return problem;
    }
    return "";
  }

  // Each file once, whoever shows it. Good ones are known by eight bytes of their hash.
  std::string picture_problem(const std::string& sha256) {
    const std::uint64_t hash = stable_hash(sha256);
    if (whole_.contains(hash)) return "";
    const auto known = broken_.find(sha256);
    if (known != broken_.end()) return known->second;
    const auto bytes = media_.get(sha256);
    if (bytes.ok()) {
      ++findings_.report.pictures;
      whole_.insert(hash);
      return "";
    }
    std::string problem =
        absl::IsDataLoss(bytes.status())
            ? str_cat("shows the picture ", in_one_line(sha256), ", whose bytes have another hash")
            : str_cat("shows the picture ", in_one_line(sha256),
                      ", which cannot be read: ", bytes.status().message());
    if (broken_.size() < VerifyFindings::kMostBadCaptures) broken_.emplace(sha256, problem);
    return problem;
  }

  static constexpr std::uint32_t kMostVersions = 100'000;
  const KeyValue& kv_;
  const MediaStore& media_;
  const std::string& data_;
  VerifyFindings& findings_;
  Item item_;
  bool is_unproven_ = false;
  absl::flat_hash_set<std::uint64_t> whole_;                // pictures that were looked at
  std::map<std::string, std::string, std::less<>> broken_;  // and what is wrong with others
};

}  // namespace

absl::Status verify_posts(const KeyValue& key_value, const MediaStore& media, const std::string& data,
                          VerifyFindings& findings) {
  return PostsWalk(key_value, media, data, findings).walk();
}

}  // namespace copytaster
