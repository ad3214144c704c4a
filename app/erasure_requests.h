// What the desk and the commands ask for about erasing, checked, kept and counted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "app/erasure_action.h"
#include "app/erasure_scan.h"
#include "app/legal_holds.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/key_value.h"
#include "core/officials.h"
#include "core/store.h"
#include "desk/house_erasures.h"

namespace copytaster {

// Any thread but for keep_*, which need the one that appends to the bus.

// What is asked, complete and allowed. kInvalidArgument: no such kind of subject. kNotFound: nothing of it is
// here. kFailedPrecondition: it is on legal hold, or erased already, or a capture that would go with it is
// evidence of a post on legal hold. `holds_words`: null: a later capture of the account is taken to hold
// none. With holds the whole store is read.
absl::StatusOr<EraseRequest> check_erase(const SubjectAsked& asked, const KeyValue& key_value,
                                         const Store& store, const Officials& officials,
                                         const LegalHolds& holds, absl::Time now,
                                         const HoldsWords& holds_words = nullptr);
// Counts of posts, versions and captures that they came in. Errors as check_erase().
absl::StatusOr<Erasure> preview_erasure(std::string_view subject, const KeyValue& key_value,
                                        const Store& store, const Officials& officials,
                                        const LegalHolds& holds, const HoldsWords& holds_words = nullptr);
// Synced when it returns OK: the Action, and with it on the bus what the processing takes up.
absl::StatusOr<Erasure> keep_erasure(const EraseRequest& request, Store* store, Bus* bus);

// Puts on or takes off; synced. kFailedPrecondition: an erasure of it, or of a part of it, was accepted and
// is not done yet. kNotFound: there is no such post, story or hold.
absl::Status keep_hold(const SubjectAsked& asked, bool keep, Store* store, LegalHolds* holds,
                       const Officials& officials, absl::Time now);
// That a draft was saved as a file: the posts in it are kept. Synced.
absl::Status keep_export(const std::string& story_id, std::string_view format,
                         const std::vector<std::string>& item_ids, Store* store, absl::Time now);

}  // namespace copytaster
