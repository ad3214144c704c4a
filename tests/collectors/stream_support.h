// Messages of streams for tests: frames, and zstd with a dictionary trained on the spot.
#pragma once

#include <string>
#include <string_view>

#include "core/collector.h"

namespace copytaster {

// A message as a stream's reader hands it on; `position` is not empty for the first one after opening.
[[nodiscard]] Capture stream_message(std::string_view body, std::string_view position = "");

// Trained on invented messages; always the same bytes for the same `seed`.
[[nodiscard]] std::string train_dictionary(unsigned seed = 1);
// One zstd frame made with it. `with_size`: the frame tells how large its content is.
[[nodiscard]] std::string compress_with(std::string_view dictionary, std::string_view text,
                                        bool with_size = true);

// A file that is there as long as this is.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view bytes);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace copytaster
