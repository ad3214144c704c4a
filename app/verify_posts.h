// Posts, their older versions and their pictures. Internal to app/verify.cpp.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "app/verify_findings.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

// Behind verify_chain, whose findings it reads. Fills posts, versions, pictures.
absl::Status verify_posts(const KeyValue& key_value, const MediaStore& media, const std::string& data,
                          VerifyFindings& findings);

}  // namespace copytaster
