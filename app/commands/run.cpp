// copytaster run: the service.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/config_folder.h"
#include "app/files.h"
#include "app/service.h"
#include "app/signals.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "net/http_client.h"

namespace copytaster {
namespace {

struct RunOptions {
  std::string config = "config";
  std::string role = "all";
  std::string data;
};

absl::Status run_service(const RunOptions& options) {
  if (options.role != "all") {
    return absl::FailedPreconditionError(
        str_cat("the role ", options.role,
                " needs bus = \"kafka\"; with the embedded bus the one process does everything: --role all"));
  }
  CT_ASSIGN_OR_RETURN(Config config, load_config(options.config));
  if (!options.data.empty()) config.settings.data = options.data;
  configure_log({config.settings.log_level, config.settings.log_format, 2});
  ServiceOptions service;
  if (!config.settings.desk_token_file.empty()) {
    CT_ASSIGN_OR_RETURN(const std::string token, read_input(config.settings.desk_token_file, 4096));
    service.desk_token = std::string(strip_space(token));
  }
  const SystemClock clock;
  CT_ASSIGN_OR_RETURN(auto fetcher, make_http_client(HttpClientOptions()));
  service.settings = std::move(config.settings);
  service.officials = std::move(config.officials);
  service.clock = &clock;
  service.fetcher = fetcher.get();
  catch_signals();
  CT_ASSIGN_OR_RETURN(auto running, Service::start(std::move(service)));
  while (!stop_asked()) CT_RETURN_IF_ERROR(running->collect(absl::Milliseconds(100)));
  log_info("service.stopping", "Asked to stop; finishing what is under way");
  return absl::OkStatus();
}

}  // namespace

void add_run(CLI::App& app, int* exit) {
  auto options = std::make_shared<RunOptions>();
  auto* command = app.add_subcommand("run", "Run the service");
  command->add_option("--config", options->config, "Folder with settings.toml and officials.toml")
      ->capture_default_str();
  command->add_option("--role", options->role, "all, collect, process or desk")
      ->capture_default_str()
      ->check(CLI::IsMember({"all", "collect", "process", "desk"}));
  command->add_option("--data", options->data, "Folder of the store (instead of service.data)");
  command->callback([options, exit] {
    const absl::Status done = run_service(*options);
    *exit = done.ok() ? exit_code::kOk : report(done);
  });
}

}  // namespace copytaster
