// Character recognition: the words that stand in a picture (a poster, a sign, a card with a statement), by
// the program `tesseract`, which may be missing. Off unless the settings ask for it (docs/decisions/0017).
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct TextReaderOptions {
  std::string program = "tesseract";             // looked up in PATH
  std::vector<std::string> languages = {"eng"};  // as Tesseract calls them
  absl::Duration most_time = absl::Seconds(20);  // a picture
};

// Any thread.
class TextReader {
 public:
  explicit TextReader(TextReaderOptions options) : options_(std::move(options)) {}

  // What can be read in a picture of any of the kinds we look at; empty: nothing. 4000 bytes at most. What is
  // handed on is a JPEG of our own, 2000 pixels at most: no byte of the picture reaches the program.
  // Errors: those of thumbnail() and run_child(); kUnavailable: the program failed, with its words.
  [[nodiscard]] absl::StatusOr<std::string> read(std::string_view picture) const;

  // The same into Media.read_text. What fails is counted, and each kind of failure logged once: the picture
  // and its post go their way without it.
  void read_into(std::string_view picture, Media* media);

  // Reads under way end, later ones do not begin.
  void stop() { stopping_ = true; }

 private:
  const TextReaderOptions options_;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint32_t> told_{0};  // a bit a status code
};

// What has to be installed before it can read, in words with the command; empty: nothing. Asks the program.
[[nodiscard]] std::vector<std::string> missing_for_reading(const TextReaderOptions& options);

}  // namespace copytaster
