// Time stamps of RFC 3161: an authority signs that a link of the chain of evidence was there at a time.
// Pure but for random numbers and the file of authorities; any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

inline constexpr std::size_t kLargestStamp = std::size_t{64} << 10;  // bytes of a response

struct StampRequest {
  std::string der;    // TimeStampReq: SHA-256 of the link, a nonce, and the wish for the certificate
  std::string nonce;  // big-endian, as it stands in the request
};
// kInternal: out of memory or of random numbers.
absl::StatusOr<StampRequest> make_stamp_request(std::string_view link);

struct StampToken {
  absl::Time at;
  std::string signer;       // the common name in its certificate, UTF-8, at most 200 bytes
  bool is_trusted = false;  // its certificate comes from the authorities that were given
};
struct StampCheck {
  std::string_view link;        // what must have been stamped
  std::string_view nonce = {};  // of the request; empty: not compared
  std::string ca_file = {};     // PEM; empty: any certificate for time stamps will do
};
// Reads a whole TimeStampResp and checks all that it says: granted, SHA-256 of this link, the nonce, signed
// by the certificate in it, which was for time stamps and good at that time. kUnavailable: the authority has
// refused. kInvalidArgument: it is no response, or not to this. kFailedPrecondition: the file of authorities
// cannot be read.
absl::StatusOr<StampToken> read_stamp(std::string_view der, const StampCheck& check);

}  // namespace copytaster
