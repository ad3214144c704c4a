// copytaster demo: the rehearsal day, through the real service and real HTTP on loopback.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/officials_file.h"
#include "app/service.h"
#include "app/signals.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "net/http_client.h"
#include "rehearsal/rehearsal.h"

namespace copytaster {
namespace {

// The day moves on in steps of at most this, so that posts come in the order of the day.
constexpr absl::Duration kStep = absl::Minutes(10);
constexpr std::uint64_t kJitterSeed = 20220414;  // the same day every time

struct DemoOptions {
  bool once = false;
  std::string data;
  std::uint16_t port = 8642;
};

std::string temporary_folder() {
  std::error_code error;
  std::string folder =
      str_cat(std::filesystem::temp_directory_path(error).string(), "/copytaster-demo-", ::getpid());
  return folder;
}

absl::StatusOr<ServiceOptions> demo_service(const DemoOptions& options) {
  ServiceOptions service;
  const Collectors collectors(StringMap<CollectorSettings>{{"facebook", {{"token", "of-the-rehearsal-only"}}}});
  std::vector<ConfigProblem> problems;
  service.officials =
      read_officials(rehearsal_officials_toml(), "rehearsal/day/officials.toml", collectors, &problems);
  if (!problems.empty()) return absl::InternalError(to_text(problems.front()));
  service.settings.data = options.data.empty() ? temporary_folder() : options.data;
  service.settings.desk_port = options.port;
  service.settings.metrics_port = 0;
  service.settings.poller.seed = kJitterSeed;
  service.settings.poller.max_interval = absl::Hours(1);
  service.settings.collectors["facebook"]["token"] = "of-the-rehearsal-only";
  service.notice = std::string(rehearsal_notice());
  service.with_desk = !options.once;
  return service;
}

// A day that was cut short goes on where it stopped: the platforms' clock must not run backwards.
absl::Time where_it_stopped(const std::string& data) {
  absl::Time latest = rehearsal_begin();
  auto opened = open_for_reading(data);
  if (!opened.ok()) return latest;
  auto accounts = opened->store->account_states();
  if (!accounts.ok()) return latest;
  for (const AccountState& account : *accounts) {
    latest = std::max({latest, to_time(account.last_attempt()), to_time(account.last_success())});
  }
  return latest;
}

// Collects until nothing is due at the clock's time and everything fetched is processed.
absl::Status settle(Service& service, const Clock& clock) {
  while (!stop_asked()) {
    CT_RETURN_IF_ERROR(service.collect(absl::Milliseconds(1)));
    if (service.idle() && service.poller().next_due() > clock.now()) return absl::OkStatus();
  }
  return absl::CancelledError("stopped before the day was over");
}

absl::Status play_day(Service& service, ManualClock& clock) {
  while (clock.now() < rehearsal_end()) {
    CT_RETURN_IF_ERROR(settle(service, clock));
    const absl::Time next = std::max(service.poller().next_due(), clock.now() + absl::Seconds(1));
    clock.set(std::min({next, clock.now() + kStep, rehearsal_end()}));
  }
  return settle(service, clock);
}

absl::Status run_demo(const DemoOptions& options) {
  configure_log({options.once ? LogLevel::kWarn : LogLevel::kInfo, LogFormat::kAuto, 2});
  ManualClock clock(options.data.empty() ? rehearsal_begin() : where_it_stopped(options.data));
  RehearsalOptions rehearsal_options;
  rehearsal_options.clock = &clock;
  CT_ASSIGN_OR_RETURN(const auto rehearsal, Rehearsal::start(rehearsal_options));
  HttpClientOptions client_options;
  client_options.allow = {str_cat("127.0.0.1:", rehearsal->port())};
  client_options.max_per_host = 16;
  CT_ASSIGN_OR_RETURN(const auto client, make_http_client(client_options));
  const auto fetcher = make_rehearsal_fetcher(client.get(), rehearsal->port());
  CT_ASSIGN_OR_RETURN(ServiceOptions service_options, demo_service(options));
  service_options.clock = &clock;
  service_options.fetcher = fetcher.get();
  const std::string data = service_options.settings.data;
  catch_signals();
  CT_ASSIGN_OR_RETURN(const auto service, Service::start(std::move(service_options)));
  if (!options.once) {
    std::printf("%s\nThe page: http://127.0.0.1:%d/   (Ctrl-C ends it)\n",
                std::string(rehearsal_notice()).c_str(), service->desk_port());
    std::fflush(stdout);
  }
  const absl::Status played = play_day(*service, clock);
  if (absl::IsCancelled(played)) return absl::OkStatus();
  CT_RETURN_IF_ERROR(played);
  const Counters counters = service->store().counters();
  std::printf("The day is over: %s posts collected, %s stored, %s dead letters, in %s\n",
              str_cat(counters.collected()).c_str(), str_cat(counters.stored()).c_str(),
              str_cat(counters.dead_lettered()).c_str(), data.c_str());
  std::fflush(stdout);
  while (!options.once && !stop_asked()) {
    CT_RETURN_IF_ERROR(service->collect(absl::Milliseconds(200)));
    clock.advance(absl::Milliseconds(200));
  }
  return absl::OkStatus();
}

}  // namespace

void add_demo(CLI::App& app, int* exit) {
  auto options = std::make_shared<DemoOptions>();
  auto* command =
      app.add_subcommand("demo", "Play the rehearsal day through the real service and show the page");
  command->add_flag("--once", options->once, "Play the day at full speed, without the page, and exit");
  command->add_option("--data", options->data, "Folder of the store (default: a new temporary one)");
  command->add_option("--port", options->port, "Port of the page; 0: any free one")->capture_default_str();
  command->callback([options, exit] {
    const absl::Status done = run_demo(*options);
    *exit = done.ok() ? exit_code::kOk : report(done);
  });
}

}  // namespace copytaster
