#include "app/erasure_scan.h"

#include <algorithm>
#include <utility>

#include "app/erasure_action.h"
#include "core/bytes.h"
#include "core/chain.h"
#include "core/dead_letter.h"
#include "core/item_outline.h"
#include "core/status.h"
#include "core/text.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

template <typename Record>
bool read(std::string_view bytes, Record* record) {
  return record->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

class Survey {
 public:
  Survey(const KeyValue& key_value, const std::vector<ErasureWork>& work) : kv_(key_value) {
    for (const ErasureWork& one : work) {
      erased_.insert(one.item_id);
      pictures_.insert(one.pictures.begin(), one.pictures.end());
      captures_.insert(one.captures.begin(), one.captures.end());
    }
  }

  absl::StatusOr<ErasureSurvey> make() {
    CT_RETURN_IF_ERROR(each_version(kv_, [&](const Item& item) { look_at(item); }));
    std::ranges::sort(found_.loose);
    const auto again = std::ranges::unique(found_.loose);
    found_.loose.erase(again.begin(), again.end());
    CT_RETURN_IF_ERROR(look_at_stories());
    CT_RETURN_IF_ERROR(look_at_exports());
    return std::move(found_);
  }

 private:
  void look_at(const Item& item) {
    bool loose = erased_.contains(item.duplicate_of().item_id());
    for (const DuplicateOf& one : item.may_copy()) loose = loose || erased_.contains(one.item_id());
    for (const Media& media : item.media()) {
      if (pictures_.contains(media.sha256())) found_.pictures_in_use.insert(media.sha256());
      const std::string_view key = media.folded_into();
      loose = loose || (!key.empty() && erased_.contains(key.substr(0, key.rfind('#'))));
    }
    if (captures_.contains(item.capture_sha256())) found_.captures_in_use.insert(item.capture_sha256());
    if (loose && !erased_.contains(item.id())) found_.loose.push_back(item.id());
  }

  [[nodiscard]] bool shows(const Story& story) const {
    const auto is_erased = [&](const std::string& id) { return erased_.contains(id); };
    if (std::ranges::any_of(story.item_ids(), is_erased)) return true;
    for (const StoryPicture& picture : story.pictures()) {
      if (is_erased(picture.item_id()) || std::ranges::any_of(picture.also_in(), is_erased)) return true;
    }
    return std::ranges::any_of(story.background(),
                               [&](const Background& one) { return is_erased(one.item_id()); });
  }

  absl::Status look_at_stories() {
    Story story;
    return kv_.scan(Space::kStories, "", "", [&](std::string_view id, std::string_view bytes) {
      if (read(bytes, &story) && shows(story)) found_.stories.emplace_back(id);
      return true;
    });
  }

  absl::Status look_at_exports() {
    Action action;
    return kv_.scan(Space::kActions, "", "", [&](std::string_view, std::string_view bytes) {
      if (!read(bytes, &action) || action.verb() != "export") return true;
      found_.drafts += std::ranges::any_of(action.details(), [&](const auto& detail) {
        return detail.first.starts_with("item.") && erased_.contains(detail.second);
      });
      return true;
    });
  }

  const KeyValue& kv_;
  StringSet erased_, pictures_, captures_;
  ErasureSurvey found_;
};

// Whether a letter holds something of what is erased. What its payload is depends on its stage
// (docs/formats.md).
class LetterSearch {
 public:
  LetterSearch(const ErasureSubject& subject, const std::vector<ErasureWork>& work) : subject_(subject) {
    for (const ErasureWork& one : work) {
      items_.insert(one.item_id);
      natives_.insert(str_cat(one.account_id, "\n", one.native_id));
      ids_.insert(sha256_hex(one.item_id).substr(0, 32));
    }
  }

  [[nodiscard]] bool is_theirs(std::string_view id, const DeadLetter& letter) const {
    if (subject_.accounts.contains(letter.account_id())) return true;
    if (!letter.native_id().empty() &&
        natives_.contains(str_cat(letter.account_id(), "\n", letter.native_id())))
      return true;
    if (letter.stage() == letter_stage::kParse) return false;
    const std::size_t begin = id.find(':') + 1;  // stage, hash of the post's id, version
    return ids_.contains(id.substr(begin, id.find(':', begin) - begin)) || is_in(letter);
  }

 private:
  [[nodiscard]] bool is_in(const DeadLetter& letter) const {
    Item item;
    if (letter.stage() == letter_stage::kProcess)
      return read(letter.payload(), &item) ? covers(item) : stands_in(letter.payload());
    Parcel parcel;
    return read(letter.payload(), &parcel) ? covers(parcel) : stands_in(letter.payload());
  }
  [[nodiscard]] bool covers(const Item& item) const {
    return items_.contains(item.id()) || subject_.accounts.contains(item.account_id()) ||
           (!subject_.official_id.empty() && item.official_id() == subject_.official_id);
  }
  [[nodiscard]] bool covers(const Parcel& parcel) const {
    const auto is_of_one = [&](const auto& news) { return items_.contains(news.item_id()); };
    return subject_.accounts.contains(parcel.account_id()) ||
           std::ranges::any_of(parcel.items(), [&](const Item& item) { return covers(item); }) ||
           std::ranges::any_of(parcel.deletions(), is_of_one) ||
           std::ranges::any_of(parcel.engagements(), is_of_one) ||
           std::ranges::any_of(parcel.pictures(), is_of_one);
  }
  // Damaged, or cut off: a name stands in it behind its length.
  [[nodiscard]] bool stands_in(std::string_view payload) const {
    const auto is_in_it = [&](const std::string& name) {
      std::string field;
      std::size_t size = name.size();
      for (; size >= 0x80; size >>= 7U) field += static_cast<char>((size & 0x7FU) | 0x80U);
      field += static_cast<char>(size);
      return payload.find(field += name) != std::string_view::npos;
    };
    return std::ranges::any_of(items_, is_in_it) || std::ranges::any_of(subject_.accounts, is_in_it);
  }

  const ErasureSubject& subject_;
  StringSet items_, natives_, ids_;
};

}  // namespace

absl::Status each_version(const KeyValue& key_value, const std::function<void(const Item&)>& visit) {
  Item item;
  const auto look = [&](std::string_view, std::string_view bytes) {
    if (read(bytes, &item)) visit(item);
    return true;
  };
  CT_RETURN_IF_ERROR(key_value.scan(Space::kItems, "", "", look));
  return key_value.scan(Space::kVersions, "", "", look);
}

absl::StatusOr<ErasureSubject> subject_of(const KeyValue& key_value, const Erasure& receipt) {
  ErasureSubject subject;
  const std::string_view kind = subject_kind(receipt.subject());
  if (kind == kOfAccount) subject.accounts.emplace(subject_name(receipt.subject()));
  if (kind != kOfOfficial) return subject;
  subject.official_id = std::string(subject_name(receipt.subject()));
  Tombstone tombstone;
  CT_RETURN_IF_ERROR(key_value.scan(Space::kErasures, kTombstones, behind_prefix(kTombstones),
                                    [&](std::string_view, std::string_view bytes) {
                                      if (read(bytes, &tombstone) && tombstone.erasure_id() == receipt.id() &&
                                          subject_kind(tombstone.subject()) == kOfAccount)
                                        subject.accounts.emplace(subject_name(tombstone.subject()));
                                      return true;
                                    }));
  return subject;
}

absl::StatusOr<std::vector<std::string>> items_of(const KeyValue& key_value, const ErasureSubject& subject) {
  std::vector<std::string> ids;
  if (!subject.is_whole()) return ids;
  CT_RETURN_IF_ERROR(key_value.scan(Space::kItems, "", "", [&](std::string_view id, std::string_view bytes) {
    const auto outline = outline_of(bytes);
    if (!outline) return true;
    const bool theirs = !subject.official_id.empty() && outline->official_id == subject.official_id;
    if (theirs || subject.accounts.contains(outline->account_id)) ids.emplace_back(id);
    return true;
  }));
  return ids;
}

absl::StatusOr<std::vector<ErasureWork>> erasure_work(const KeyValue& key_value,
                                                      std::string_view erasure_id) {
  std::vector<ErasureWork> all;
  absl::Status bad;
  const std::string prefix = erasure_work_key(erasure_id, "");
  CT_RETURN_IF_ERROR(key_value.scan(Space::kErasures, prefix, behind_prefix(prefix),
                                    [&](std::string_view, std::string_view bytes) {
                                      auto work = parse_erasure_work(bytes);
                                      if (!work.ok()) return bad = work.status(), false;
                                      all.push_back(*std::move(work));
                                      return true;
                                    }));
  CT_RETURN_IF_ERROR(bad);
  return all;
}

absl::StatusOr<ErasureSurvey> survey_erasure(const KeyValue& key_value,
                                             const std::vector<ErasureWork>& work) {
  return Survey(key_value, work).make();
}

absl::StatusOr<std::vector<std::string>> letters_of(const KeyValue& key_value, const ErasureSubject& subject,
                                                    const std::vector<ErasureWork>& work) {
  const LetterSearch search(subject, work);
  std::vector<std::string> found;
  DeadLetter letter;
  CT_RETURN_IF_ERROR(
      key_value.scan(Space::kDeadLetters, "", "", [&](std::string_view id, std::string_view bytes) {
        if (read(bytes, &letter) && search.is_theirs(id, letter)) found.emplace_back(id);
        return true;
      }));
  return found;
}

// The newest versions come first: what they say of story and official counts for the older ones, too.
absl::StatusOr<StringMap<LegalHold>> held_captures(const KeyValue& key_value, const LegalHolds* holds) {
  StringMap<LegalHold> captures, items;
  if (holds == nullptr || holds->empty()) return captures;
  CT_RETURN_IF_ERROR(each_version(key_value, [&](const Item& item) {
    const auto known = items.find(item.id());
    const auto hold = known == items.end() ? holds->on(item) : known->second;
    if (!hold) return;
    if (known == items.end()) items.emplace(item.id(), *hold);
    for (const std::string& sha256 : {item.capture_sha256(), item.gone_capture_sha256()}) {
      if (!sha256.empty()) captures.emplace(sha256, *hold);
    }
  }));
  return captures;
}

absl::StatusOr<StringSet> unused_pictures(const KeyValue& key_value, const StringSet& pictures) {
  StringSet unused = pictures;
  if (unused.empty()) return unused;
  CT_RETURN_IF_ERROR(each_version(key_value, [&](const Item& item) {
    for (const Media& media : item.media()) unused.erase(media.sha256());
  }));
  return unused;
}

// Of a record that is damaged what can be read is taken in, and counts here.
absl::StatusOr<PicturesInLog> pictures_in_log(const KeyValue& key_value, std::uint64_t from,
                                              const StringSet& pictures) {
  PicturesInLog found;
  Parcel parcel;
  const auto look = [&](std::string_view position, const Media& media) {
    if (!pictures.contains(media.sha256())) return;
    found.pictures.insert(media.sha256());
    found.end = from_big_endian(position) + 1;
  };
  CT_RETURN_IF_ERROR(key_value.scan(Space::kLog, big_endian(from), "",
                                    [&](std::string_view position, std::string_view bytes) {
                                      (void)read(bytes, &parcel);
                                      for (const PictureResult& result : parcel.pictures())
                                        look(position, result.media());
                                      for (const Item& item : parcel.items()) {
                                        for (const Media& media : item.media()) look(position, media);
                                      }
                                      return true;
                                    }));
  return found;
}

}  // namespace copytaster
