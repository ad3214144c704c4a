// Files a person names on the command line, and what is printed for them.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace copytaster {

// Whole file, at most `most` bytes; "-" is standard input. Messages name the file.
// kNotFound: it cannot be read (missing, a directory, no permission). kInvalidArgument: larger than `most`.
// kDataLoss: reading it failed half-way.
absl::StatusOr<std::string> read_input(const std::string& path, std::size_t most = std::size_t{256} << 20);
// Makes or replaces a file. kUnavailable: the message names it and says why.
absl::Status write_file(const std::string& path, std::string_view bytes);
// Makes or replaces a file that is there whole or not at all, with the permissions it had; through symbolic
// links. kUnavailable: the message names it and says why.
absl::Status replace_file(const std::string& path, std::string_view bytes);
// Prints to standard output; kDataLoss when it is closed or full: what was printed did not arrive.
absl::Status print(std::string_view text);
// A word to the person on standard error, as "copytaster: TEXT", where standard output holds only what was
// asked for.
void tell(std::string_view text);

// Lines of a file, of which none may be larger than `most` bytes: no more is ever held.
class LineReader {
 public:
  // `in` outlives it and is read by nobody else.
  LineReader(std::FILE* in, std::string name, std::size_t most)
      : in_(in), name_(std::move(name)), most_(most) {}
  // The next line without its line feed; false at the end. kInvalidArgument: it is too long. kDataLoss:
  // reading failed.
  absl::StatusOr<bool> next(std::string* line);
  // "standard input:12", of the line read last.
  [[nodiscard]] std::string place() const;

 private:
  std::FILE* in_;
  std::string name_;
  std::size_t most_;
  std::size_t number_ = 0;
};

}  // namespace copytaster
