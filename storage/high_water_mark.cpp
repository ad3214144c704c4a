#include "storage/high_water_mark.h"

#include "core/status.h"
#include "core/strings.h"
#include "storage/durable_file.h"

namespace copytaster {
namespace {
std::string mark_path(const std::string& directory) { return str_cat(directory, "/marks/actions"); }
}  // namespace

absl::Status write_mark(const std::string& directory, std::uint64_t actions) {
  return write_file_durably(mark_path(directory), str_cat(actions, "\n"));
}

absl::StatusOr<std::uint64_t> read_mark(const std::string& directory) {
  auto text = read_whole_file(mark_path(directory));
  if (absl::IsNotFound(text.status())) return std::uint64_t{0};
  CT_RETURN_IF_ERROR(text.status());
  const auto mark = parse_number<std::uint64_t>(strip_space(*text));
  if (!mark) return absl::DataLossError(str_cat(mark_path(directory), " is not a number"));
  return *mark;
}

}  // namespace copytaster
