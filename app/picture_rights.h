// What editors decide about the rights to pictures, kept: the Action goes into the store and, in the same
// batch, on the bus, where the processing takes it up.
#pragma once

#include "absl/status/status.h"
#include "app/decided_reader.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/store.h"
#include "desk/house_rights.h"

namespace copytaster {

// Synced when it returns OK. The thread that appends to the bus. kInvalidArgument, kNotFound: see
// HouseRights. kResourceExhausted: the bus, or the memory of decisions, is full, nothing was kept. In force
// for who reads through `decided` when it returns OK.
absl::Status keep_rights(const RightsAnswer& answer, Store* store, Bus* bus, const Clock& clock,
                         DecidedReader* decided);

}  // namespace copytaster
