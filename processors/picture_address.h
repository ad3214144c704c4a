// Where a picture stands, which is all that tells it from others while its bytes are not here. Pure; any
// thread.
#pragma once

#include <string>

#include "core/copytaster.pb.h"

namespace copytaster {

// The platform's id of it; else its address without what changes from one serving of the same picture to the
// next: the fragment, and parameters that sign it or say until when it may be fetched (Amazon's, Google's and
// Microsoft's storage, CloudFront, Facebook's network). Empty: neither is known.
[[nodiscard]] std::string picture_address(const Media& media);
// Whether no other picture of the post has that address and yet another URL.
[[nodiscard]] bool is_only_there(const Item& item, const Media& media);

}  // namespace copytaster
