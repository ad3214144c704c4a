// Who tries dead letters again: the running service, or where none runs on the store, this process itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "desk/house_letters.h"

namespace copytaster {

class LetterHouse {
 public:
  virtual ~LetterHouse() = default;
  // As LetterRetry::retry; kUnavailable: the service did not answer.
  virtual absl::StatusOr<LetterAnswer> retry(std::string_view id) = 0;
  // What is handed on waits in the log until a service starts.
  [[nodiscard]] virtual bool is_offline() const = 0;
};

// `data`: the store. `config`: the folder with the settings of the service, or for the accounts and
// collectors where none runs. Holds the store open for writing as long as it lives, if it is offline.
absl::StatusOr<std::unique_ptr<LetterHouse>> open_letter_house(const std::string& data,
                                                               const std::string& config);

}  // namespace copytaster
