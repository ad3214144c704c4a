// Fixtures of the collectors: tests/collectors/fixtures/<collector>/profile.txt holds a profile URL, and each
// folder beside it a case: input.* (the answer's bytes), capture.json (the Capture without body; may be
// absent) and expected.json (what parse() makes of it). COPYTASTER_UPDATE_GOLDEN=1 writes expected.json anew:
// read the difference.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/collector.h"

namespace copytaster {

struct Fixture {
  std::string collector;
  std::string name;
  std::string folder;
  Account account;
  Capture capture;  // with body
};
void PrintTo(const Fixture& fixture, std::ostream* out);

[[nodiscard]] std::string source_path(std::string_view relative);
[[nodiscard]] std::string read_file(const std::string& path);  // empty when it cannot be read
[[nodiscard]] std::vector<Fixture> load_fixtures();

// With every secret set, so that nothing is missing; "canary" stands in each.
[[nodiscard]] CollectorSettings canary_settings();

// The result as JSON that is always the same for the same result.
[[nodiscard]] std::string render(const absl::StatusOr<Parsed>& result);

// What holds for any result of any collector; each fault is a line, an empty string is none.
[[nodiscard]] std::string faults_of(const Parsed& parsed, const Account& account, const Capture& capture);

// A capture of an answer: 200, PAGE, fetched at 2022-04-14T09:00:00Z.
[[nodiscard]] Capture answer(std::string_view body, std::string_view position = "", int status = 200);
[[nodiscard]] std::string header_line(const HttpRequest& request, std::string_view name);

}  // namespace copytaster
