// What the desk may ask of the house about the rights to pictures, wired by app. Any of the server's threads.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// What an editor decides about a picture; it holds for the picture wherever it stands, until somebody says
// otherwise.
struct RightsAnswer {
  std::string item_id;
  std::uint32_t media_index = 0;
  std::string
      shown;  // which picture that was when the editor looked: its SHA-256, else its native id or its URL
  std::string state;  // core/rights.h
  std::string note;
  std::string by;  // the editor
};

struct HouseRights {
  // On the bus, and so kept, when it returns OK; posts and stories change within a moment. kNotFound: no such
  // post. kInvalidArgument: no such picture. kFailedPrecondition: another one stands there than the
  // editor was shown. Empty: cannot be done here.
  std::function<absl::Status(const RightsAnswer&)> decide = nullptr;
  // The newest that was decided about a file of these bytes, from memory; without a state: nothing. Empty:
  // nothing is known of any.
  std::function<Rights(std::string_view sha256)> of_bytes = nullptr;
};

}  // namespace copytaster
