// Libraries may throw (std::bad_alloc, Exiv2, Xapian); our threads may not. No exception crosses a room.
#pragma once

#include <exception>
#include <utility>

#include "absl/status/status.h"
#include "core/strings.h"

namespace copytaster {

// Calls work(), which returns absl::Status; an exception becomes kInternal.
template <typename Work>
absl::Status guarded(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::exception& error) {
    return absl::InternalError(str_cat("an exception: ", error.what()));
  } catch (...) {
    return absl::InternalError("an exception of an unknown kind");
  }
}

}  // namespace copytaster
