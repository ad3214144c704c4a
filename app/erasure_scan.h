// What of a store belongs to an erasure: read from it, nothing written. Reads whole spaces, a record at a
// time; holds ids. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "app/erasure_work.h"
#include "app/legal_holds.h"
#include "core/copytaster.pb.h"
#include "core/key_value.h"
#include "core/strings.h"

namespace copytaster {

// Whether a capture holds words of one of these posts: the collector reads it again. Where it cannot, true.
using HoldsWords = std::function<bool(const Capture& capture, const StringSet& item_ids)>;

// Of an account or an official: which accounts, which official.
struct ErasureSubject {
  StringSet accounts;
  std::string official_id;
  [[nodiscard]] bool is_whole() const { return !accounts.empty() || !official_id.empty(); }
};
// `tombstones`: those that name `erasure_id`, for an official's accounts stand there.
[[nodiscard]] absl::StatusOr<ErasureSubject> subject_of(const KeyValue& key_value, const Erasure& receipt);

// Each stored post, then the older versions. What cannot be read is passed over: it shows nothing.
absl::Status each_version(const KeyValue& key_value, const std::function<void(const Item&)>& visit);
// Posts of the subject, by id.
absl::StatusOr<std::vector<std::string>> items_of(const KeyValue& key_value, const ErasureSubject& subject);
// What is noted to be done for this erasure.
absl::StatusOr<std::vector<ErasureWork>> erasure_work(const KeyValue& key_value, std::string_view erasure_id);

// What else stands in the store and has to do with posts that were taken out.
struct ErasureSurvey {
  std::vector<std::string> loose;    // posts that are folded into them, or may be
  std::vector<std::string> stories;  // that show them
  StringSet pictures_in_use;         // of their pictures: those that other posts show
  StringSet captures_in_use;         // of their captures: those that other posts came in
  std::uint64_t drafts = 0;          // exports that cited them
};
absl::StatusOr<ErasureSurvey> survey_erasure(const KeyValue& key_value, const std::vector<ErasureWork>& work);
// Ids of dead letters that hold something of them, whatever could not be done then.
absl::StatusOr<std::vector<std::string>> letters_of(const KeyValue& key_value, const ErasureSubject& subject,
                                                    const std::vector<ErasureWork>& work);

// Which post's evidence a capture is, of those on legal hold: SHA-256 -> the hold. Empty where nothing is
// held.
absl::StatusOr<StringMap<LegalHold>> held_captures(const KeyValue& key_value, const LegalHolds* holds);

// Captures to erase, each with its links in the chain.
using CapturesToErase = std::map<std::string, std::vector<std::uint64_t>>;
struct CaptureSearch {
  StringSet wanted;               // for sure
  StringSet spared;               // not, whatever else says so
  ErasureSubject subject;         // all of these accounts that others do not share
  std::vector<ErasureWork> work;  // those of these posts' accounts that hold their words
  HoldsWords holds_words;
};
absl::StatusOr<CapturesToErase> find_captures(const KeyValue& key_value, const CaptureSearch& search);

// Of `pictures`, what no post and no older version shows.
absl::StatusOr<StringSet> unused_pictures(const KeyValue& key_value, const StringSet& pictures);
// Of `pictures`, what records of the log from position `from` on say to be kept for a post.
struct PicturesInLog {
  StringSet pictures;
  std::uint64_t end = 0;  // the position behind the last of these records
};
absl::StatusOr<PicturesInLog> pictures_in_log(const KeyValue& key_value, std::uint64_t from,
                                              const StringSet& pictures);

}  // namespace copytaster
