// What editors say about copies, kept and looked up: the Action goes into the store and, in the same batch,
// on the bus, where the processing takes it up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/store.h"
#include "desk/house_copies.h"
#include "processors/copy_explain.h"

namespace copytaster {

// Synced when it returns OK. The thread that appends to the bus. `begins`: Pipeline::copies_begin().
// kInvalidArgument, kNotFound, kFailedPrecondition: see HouseCopies. kResourceExhausted: the bus is full,
// nothing was kept.
absl::Status keep_answer(const CopyAnswer& answer, std::int64_t begins, Store* store, Bus* bus,
                         const Clock& clock);

// Any thread. kNotFound: no such post. kInvalidArgument: it is one post.
absl::StatusOr<CopyExplanation> explain_stored(const Store& store, std::string_view item_id,
                                               std::string_view other_id);

}  // namespace copytaster
