// Where the pictures of a store are: in its folder media, or in a bucket. The store remembers it (the file
// media.place, docs/formats.md), so that nobody looks for them in the wrong place and calls them lost.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "app/settings.h"
#include "app/store_choice.h"
#include "core/store.h"
#include "storage/open.h"

namespace copytaster {

// For the service, which writes. Asks the bucket for the beginning of its list: kPermissionDenied,
// kFailedPrecondition: a setting is wrong, and the message names it; or the store's pictures are elsewhere.
// Where the server is away that is logged, and pictures wait.
absl::StatusOr<std::unique_ptr<MediaStore>> open_media(const Settings& settings, const std::string& data);

// For commands that read, erase or copy pictures. Where the store says that they are in a bucket, the keys
// are those of the settings in the folder --config (else config/), which must mean the same bucket:
// kFailedPrecondition otherwise. A store that says nothing has them in its folder, unless --config names
// settings that say "s3". A bucket is asked for the beginning of its list: kUnavailable where it is away.
absl::StatusOr<std::unique_ptr<MediaStore>> open_media(const StoreChoice& choice, const std::string& data,
                                                       OpenMode mode);

// For commands that show no pictures: never fails for where they are. In place of a bucket stands one whose
// every answer says how to name it.
absl::StatusOr<std::unique_ptr<MediaStore>> media_if_here(const std::string& data, OpenMode mode);

}  // namespace copytaster
