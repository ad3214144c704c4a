// copytaster run: the service. Its standard error is a log: errors at start are events in it, too.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/config_folder.h"
#include "app/full_disk.h"
#include "app/officials_accounts.h"
#include "app/roles.h"
#include "app/service.h"
#include "app/signals.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "net/http_client.h"
#include "net/web_socket.h"

namespace copytaster {
namespace {

struct RunOptions {
  std::string config = "config";
  std::string role = "all";
  std::string data;
};

// A registry of officials has thousands of accounts that nothing is collected from: the first are told.
void warn_of(const std::vector<ConfigProblem>& problems) {
  constexpr std::size_t kMost = 10;
  const std::size_t all = problems.size() - count_errors(problems);
  std::size_t number = 0;
  for (const ConfigProblem& problem : problems) {
    if (!problem.warning || ++number > kMost) continue;
    log_warn("config.warning", to_text({problem.file, problem.line, problem.what, ""}),
             {{"config.warning", str_cat(number, " of ", all)}, {"hint", problem.hint}});
  }
}

// One event a problem: each names its file and line.
absl::StatusOr<Config> configuration(const std::string& folder) {
  std::vector<ConfigProblem> problems;
  CT_ASSIGN_OR_RETURN(Config config, read_config(folder, &problems));
  configure_log({config.settings.log_level, config.settings.log_format, 2});
  const std::size_t errors = count_errors(problems);
  warn_of(problems);
  if (errors == 0) return config;
  std::size_t number = 0;
  for (const ConfigProblem& problem : problems) {
    if (problem.warning) continue;
    log_error("config.problem", to_text({problem.file, problem.line, problem.what, ""}),
              {{"config.problem", str_cat(++number, " of ", errors)}, {"hint", problem.hint}});
  }
  return absl::FailedPreconditionError(
      str_cat("the configuration in ", folder, " has ", errors, " problems"));
}

// A role is of several machines, which Kafka joins; without it there is one process.
absl::Status check_role(const std::string& role, const Settings& settings, const std::string& config) {
  if (role != "all" && !settings.kafka_bus)
    return absl::FailedPreconditionError(
        str_cat("the role ", role, " is for several machines, and bus.kind in ", config,
                "/settings.toml is embedded, which is for one process: run it without "
                "--role, or set bus.kind = \"kafka\" and bus.brokers"));
  if (role == "all" && settings.kafka_bus)
    return absl::FailedPreconditionError(
        str_cat("bus.kind in ", config,
                "/settings.toml is kafka: say what this process "
                "is to do, --role collect, --role process or --role desk; each runs on "
                "its own, and the first two in any number"));
  return absl::OkStatus();
}

absl::Status run_role(const std::string& role, ServiceOptions service) {
  RoleOptions options;
  options.settings = std::move(service.settings);
  options.officials = std::move(service.officials);
  options.rules = std::move(service.rules);
  options.clock = service.clock;
  options.fetcher = service.fetcher;
  options.streams = service.streams;
  return role == "collect" ? run_collect_role(std::move(options)) : run_process_role(std::move(options));
}

// `disk`: told where the store is, for when there is no room. Roles without a store end by an error.
absl::Status run_service(const RunOptions& options, FullDisk* disk) {
  CT_ASSIGN_OR_RETURN(Config config, configuration(options.config));
  CT_RETURN_IF_ERROR(check_role(options.role, config.settings, options.config));
  if (!options.data.empty()) config.settings.data = options.data;
  ServiceOptions service;
  const SystemClock clock;
  HttpClientOptions http;
  WebSocketOptions web_sockets;
  http.allow = web_sockets.allow = config.settings.allowed_addresses;
  CT_ASSIGN_OR_RETURN(auto fetcher, make_http_client(http));
  mark_not_collected(Collectors(config.settings.collectors), &config.officials);
  service.settings = std::move(config.settings);
  service.officials = std::move(config.officials);
  service.rules = std::move(config.rules);
  service.clock = &clock;
  service.fetcher = fetcher.get();
  CT_ASSIGN_OR_RETURN(auto streams, make_web_sockets(web_sockets));
  service.streams = streams.get();
  catch_signals();
  if (options.role == "collect" || options.role == "process")
    return run_role(options.role, std::move(service));
  service.from_kafka = options.role == "desk";
  *disk = full_disk_of(service.settings);
  CT_RETURN_IF_ERROR(check_room(disk->folder));
  CT_ASSIGN_OR_RETURN(auto running, Service::start(std::move(service)));
  while (!stop_asked()) CT_RETURN_IF_ERROR(running->collect(absl::Milliseconds(100)));
  const absl::Time asked = absl::Now();
  log_info("service.stopping", "Asked to stop; finishing what is under way");
  running.reset();
  log_info("service.stopped", "Everything is written", {duration_field(absl::Now() - asked)});
  return absl::OkStatus();
}

// Said when the command line is read, so that it is a usage error.
std::string role_problem(const std::string& role) {
  for (const std::string_view known : {"all", "collect", "process", "desk"}) {
    if (role == known) return "";
  }
  return str_cat("there is no role ", role, "; all, collect, process or desk");
}

}  // namespace

void add_run(CLI::App& app, int* exit) {
  auto options = std::make_shared<RunOptions>();
  auto* command = app.add_subcommand("run", "Run the service");
  command->add_option("--config", options->config, "Folder with settings.toml, officials.toml and the rules")
      ->capture_default_str();
  command
      ->add_option("--role", options->role,
                   "all: everything in this process; over Kafka: collect, process or desk")
      ->capture_default_str()
      ->check(CLI::Validator([](std::string& role) { return role_problem(role); }, ""));
  command->add_option("--data", options->data, "Folder of the store (instead of service.data)");
  command->callback([options, exit] {
    report_to_log();
    FullDisk disk;
    const absl::Status ended = run_service(*options, &disk);
    *exit = report(outlast_full_disk(disk, ended));
  });
}

}  // namespace copytaster
