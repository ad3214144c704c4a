// An answer as evidence: the bytes as they came, without anything that could be used as a key.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/collector.h"
#include "core/fetcher.h"

namespace copytaster {

struct Asked {
  std::string account_id;
  std::string url;            // as sent
  std::string authorization;  // as sent; never kept
  Cursor cursor;
  CapturePurpose purpose = PAGE;
  std::string native_id;  // REREAD: the post asked for
};

// Headers are kept only where they say something of the content or of our welcome. In the body each
// occurrence of the credential and of an access_token's value is overwritten with 'x': platforms repeat
// them in links to the next page (Graph API paging.next). sha256 is of the body as kept.
[[nodiscard]] Capture make_capture(const Asked& asked, HttpResponse response, const CollectorSpec& spec,
                                   absl::Time now);

// "Bearer abc" is a secret of "abc"; also percent-encoded. For tests and make_capture.
void overwrite_secrets(std::string* body, std::string_view authorization);

}  // namespace copytaster
