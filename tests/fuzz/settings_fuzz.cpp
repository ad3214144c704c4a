// settings.toml: app/settings.h.
#include "app/settings.h"
#include "core/strings.h"
#include "tests/fuzz/fuzz.h"

COPYTASTER_FUZZ_TARGET(settings)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view text = as_text(data, size);
  std::vector<ConfigProblem> problems, again;
  const Settings settings = read_settings(text, "settings.toml", "/nowhere", &problems);
  for (const ConfigProblem& problem : problems) {
    require(problem.file == "settings.toml" && !problem.what.empty(), "a problem names its file and itself");
    require_utf8(to_text(problem), "words about a problem");
  }
  require(settings.poller.max_in_flight >= 1 && settings.poller.max_in_flight <= 1024 &&
              settings.poller.max_picture_bytes >= 1024 &&
              settings.poller.max_picture_bytes <= std::size_t{1} << 30,
          "a number stays within its limits");
  require(
      settings.poller.max_interval >= absl::Seconds(60) && settings.poller.reread_for >= absl::ZeroDuration(),
      "a time stays within its limits");
  require(settings.process_threads >= 1, "somebody does the work");
  require_utf8(settings.data, "the data folder");
  require_utf8(settings.desk_address, "the desk's address");
  (void)read_settings(text, "settings.toml", "/nowhere", &again);
  require(again.size() == problems.size(), "the same file has the same problems");
  return 0;
}
