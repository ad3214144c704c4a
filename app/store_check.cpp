#include "app/store_check.h"

#include <algorithm>

#include "core/log.h"
#include "core/status.h"
#include "storage/high_water_mark.h"
#include "storage/tail_mark.h"

namespace copytaster {
namespace {

absl::StatusOr<VerifyMarks> marks_in(const std::string& data) {
  VerifyMarks marks;
  CT_ASSIGN_OR_RETURN(marks.actions, read_mark(data));
  CT_ASSIGN_OR_RETURN(marks.log, TailMark::read(data));
  return marks;
}

}  // namespace

absl::StatusOr<StoreCheck> check_store(const std::string& data, const MediaStore& media,
                                       const std::string& stamp_authorities) {
  CT_ASSIGN_OR_RETURN(const VerifyMarks marks, marks_in(data));
  // A log whose tail is damaged is told when the store is opened, and is as wrong as the rest.
  const std::uint64_t before = log_lines(LogLevel::kError);
  StoreCheck check;
  CT_ASSIGN_OR_RETURN(check.opened, open_for_reading(data));
  const bool is_log_damaged = log_lines(LogLevel::kError) > before;
  CT_ASSIGN_OR_RETURN(check.report,
                      verify_store(*check.opened.key_value, media, data, marks, stamp_authorities));
  if (is_log_damaged) {
    ++check.report.problem_count;
    std::vector<std::string>& problems = check.report.problems;
    problems.emplace_back("the write-ahead log is damaged: what it says ends earlier");
    std::ranges::rotate(problems, problems.end() - 1);  // first
  }
  return check;
}

}  // namespace copytaster
