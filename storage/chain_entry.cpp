#include "storage/chain_entry.h"

namespace copytaster {

// Field by field: a copy of the whole would copy the body.
std::string make_chain_entry(const Capture& capture) {
  Capture entry;
  entry.set_sha256(capture.sha256());
  entry.set_account_id(capture.account_id());
  entry.set_url(capture.url());
  entry.set_final_url(capture.final_url());
  entry.set_status(capture.status());
  *entry.mutable_headers() = capture.headers();
  if (capture.has_fetched_at()) *entry.mutable_fetched_at() = capture.fetched_at();
  entry.set_collector(capture.collector());
  entry.set_purpose(capture.purpose());
  entry.set_native_id(capture.native_id());
  return entry.SerializeAsString();
}

}  // namespace copytaster
