#include "net/libcurl.h"

#include <curl/curl.h>

#include <mutex>

#include "core/strings.h"

namespace copytaster {

absl::Status start_libcurl() {
  static std::once_flag once;
  static CURLcode global = CURLE_OK;
  std::call_once(once, [] { global = curl_global_init(CURL_GLOBAL_DEFAULT); });
  if (global == CURLE_OK) return absl::OkStatus();
  return absl::UnavailableError(str_cat("libcurl cannot start: ", curl_easy_strerror(global)));
}

}  // namespace copytaster
