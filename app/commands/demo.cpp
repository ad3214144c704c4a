// copytaster demo: the rehearsal day, through the real service and real HTTP on loopback.
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/command.h"
#include "app/day_halts.h"
#include "app/demo_roles.h"
#include "app/files.h"
#include "app/full_disk.h"
#include "app/rehearsal_config.h"
#include "app/service.h"
#include "app/settings_sections.h"
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

constexpr std::uint16_t kPort = 8642;
constexpr std::uint16_t kMetricsPort = 9642;

struct DemoOptions {
  bool once = false;
  std::string data;
  std::uint16_t port = kPort;
  std::optional<std::uint16_t> metrics_port;
  // For tests with a proxy that makes faults between the program and the platforms.
  std::vector<std::string> halts;
  std::string media_config;  // a folder whose settings say where the pictures go; empty: the store's folder
  std::string backups;       // folder that the desk may be asked to write backups into
  std::uint16_t platforms_port = 0;  // where the platforms are played; 0: any free port
  std::uint16_t through_port = 0;    // where they are asked; 0: there
  DemoRole role;                     // the day over Kafka, on several processes
  std::string brokers;
  std::string prefix = "copytaster";

  // Only the demo on the usual port takes the usual metrics port: a second one beside it must find it free.
  [[nodiscard]] std::uint16_t port_of_metrics() const {
    return metrics_port.value_or(once || port != kPort ? std::uint16_t{0} : kMetricsPort);
  }
};

// The folder of the store: the one that was named, or a new one that goes when the demo ends.
class DemoFolder {
 public:
  static absl::StatusOr<std::unique_ptr<DemoFolder>> open(const std::string& named) {
    if (!named.empty()) return std::unique_ptr<DemoFolder>(new DemoFolder(named, false));
    std::error_code error;
    std::string path =
        str_cat(std::filesystem::temp_directory_path(error).string(), "/copytaster-demo-XXXXXX");
    if (error || ::mkdtemp(path.data()) == nullptr)
      return absl::UnavailableError(str_cat("cannot make ", path, ": ", std::strerror(errno)));
    return std::unique_ptr<DemoFolder>(new DemoFolder(path, true));
  }
  ~DemoFolder() {
    std::error_code error;
    if (temporary_) std::filesystem::remove_all(path_, error);
  }
  DemoFolder(const DemoFolder&) = delete;
  DemoFolder& operator=(const DemoFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string where() const {
    return temporary_ ? "none of it kept (--data DIR keeps it)" : str_cat("in ", path_);
  }

 private:
  DemoFolder(std::string path, bool temporary) : path_(std::move(path)), temporary_(temporary) {}
  std::string path_;
  bool temporary_;
};

absl::StatusOr<ServiceOptions> demo_service(const DemoOptions& options, const std::string& data) {
  ServiceOptions service;
  CT_ASSIGN_OR_RETURN(Config config, rehearsal_config());
  service.settings = std::move(config.settings);
  service.officials = std::move(config.officials);
  service.settings.data = data;
  service.settings.backups = options.backups;
  service.settings.desk_port = options.port;
  service.settings.metrics_port = options.port_of_metrics();
  service.settings.poller.seed = kJitterSeed;
  service.settings.poller.max_interval = absl::Hours(1);
  if (!options.media_config.empty()) {
    StoreChoice choice;
    choice.config = options.media_config;
    CT_ASSIGN_OR_RETURN(const Settings read, read_sections(choice, {"media"}));
    service.settings.media = read.media;
  }
  service.notice = std::string(rehearsal_notice());
  service.with_desk = !options.once;
  return service;
}

// The rehearsal's own stores say that they are; any other is the house's, once there is something in it.
absl::Status refuse_real_store(const OpenedStore& opened, const std::vector<AccountState>& accounts,
                               const std::string& data) {
  const Counters counters = opened.store->counters();
  if (!opened.store->notice().empty()) return absl::OkStatus();
  if (accounts.empty() && counters.collected() == 0 && counters.captures() == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(str_cat(
      "the folder ", data, " holds a store of its own (", counters.stored(),
      " posts and edits), and the rehearsal would mix its posts into it; give the demo a folder that is "
      "new or an earlier demo's, --data OTHER, or leave --data out"));
}

// A day that was cut short goes on where it stopped: the platforms' clock must not run backwards.
absl::StatusOr<absl::Time> where_to_begin(const std::string& data) {
  absl::Time latest = rehearsal_begin();
  if (data.empty()) return latest;
  const auto opened = open_for_reading(data);
  if (absl::IsNotFound(opened.status())) return latest;
  CT_RETURN_IF_ERROR(opened.status());
  CT_ASSIGN_OR_RETURN(const auto accounts, opened->store->account_states());
  CT_RETURN_IF_ERROR(refuse_real_store(*opened, accounts, data));
  for (const AccountState& account : accounts)
    latest = std::max({latest, to_time(account.last_attempt()), to_time(account.last_success())});
  return latest;
}

// Collects until nothing is due at the clock's time and everything fetched is processed.
absl::Status settle(Service& service, const Clock& clock) {
  while (!stop_asked()) {
    CT_RETURN_IF_ERROR(service.collect(absl::Milliseconds(1)));
    if (service.idle() && service.poller().next_due() > clock.now()) return absl::OkStatus();
  }
  return absl::CancelledError("stopped by a signal before the day was over");
}

absl::Status play_day(Service& service, ManualClock& clock, DayHalts halts) {
  halts.skip_to(clock.now());
  while (clock.now() < rehearsal_end()) {
    CT_RETURN_IF_ERROR(settle(service, clock));
    if (clock.now() >= halts.next()) {
      CT_RETURN_IF_ERROR(halts.stand([&] { return service.collect(absl::Milliseconds(20)); }));
      continue;
    }
    const absl::Time next = std::max(service.poller().next_due(), clock.now() + absl::Seconds(1));
    clock.set(std::min({next, clock.now() + kStep, rehearsal_end(), halts.next()}));
  }
  return settle(service, clock);
}

std::string page_line(std::uint16_t desk_port) {
  return str_cat("The page: http://127.0.0.1:", desk_port, "/   (Ctrl-C ends it)\n");
}

std::string welcome(const DemoOptions& options, std::uint16_t desk_port) {
  const std::uint16_t metrics = options.port_of_metrics();
  return str_cat(rehearsal_notice(), "\n", page_line(desk_port),
                 metrics == 0 ? "" : str_cat("Metrics:  http://127.0.0.1:", metrics, "/metrics\n"));
}

absl::Status run_one_role(const DemoOptions& options) {
  CT_ASSIGN_OR_RETURN(ServiceOptions service, demo_service(options, options.data));
  service.settings.kafka.brokers = options.brokers;
  service.settings.kafka.prefix = options.prefix;
  service.settings.kafka.session_timeout = absl::Seconds(6);  // the least that brokers take
  service.settings.kafka.look_every = absl::Milliseconds(50);
  service.settings.metrics_port = options.metrics_port.value_or(0);
  service.with_desk = true;
  DemoRole role = options.role;
  role.platforms_port = options.platforms_port;
  return run_demo_role(role, std::move(service));
}

// A day that is played once ends by an error, and one in a folder that goes with it could not go on.
absl::Status outlasts_full_disk(const DemoOptions& options, const Settings& settings, FullDisk* disk) {
  if (options.once || options.data.empty()) return absl::OkStatus();
  *disk = full_disk_of(settings);
  return check_room(disk->folder);
}

absl::Status run_demo(const DemoOptions& options, FullDisk* disk) {
  const absl::Time begun = absl::Now();
  catch_signals();
  if (!options.role.role.empty()) {
    configure_log({LogLevel::kInfo, LogFormat::kAuto, 2});
    return run_one_role(options);
  }
  configure_log({options.once ? LogLevel::kWarn : LogLevel::kInfo, LogFormat::kAuto, 2});
  CT_ASSIGN_OR_RETURN(const absl::Time begin, where_to_begin(options.data));
  ManualClock clock(begin);
  CT_ASSIGN_OR_RETURN(const DayHalts halts, DayHalts::parse(options.halts));
  RehearsalOptions rehearsal_options;
  rehearsal_options.clock = &clock;
  rehearsal_options.port = options.platforms_port;
  CT_ASSIGN_OR_RETURN(const auto rehearsal, Rehearsal::start(rehearsal_options));
  HttpClientOptions client_options;
  const std::uint16_t asked_port = options.through_port == 0 ? rehearsal->port() : options.through_port;
  client_options.allow = {str_cat("127.0.0.1:", asked_port)};
  client_options.max_per_host = 16;
  CT_ASSIGN_OR_RETURN(const auto client, make_http_client(client_options));
  const auto fetcher = make_rehearsal_fetcher(client.get(), asked_port);
  CT_ASSIGN_OR_RETURN(const auto folder, DemoFolder::open(options.data));
  CT_ASSIGN_OR_RETURN(ServiceOptions service_options, demo_service(options, folder->path()));
  service_options.clock = &clock;
  service_options.fetcher = fetcher.get();
  CT_RETURN_IF_ERROR(outlasts_full_disk(options, service_options.settings, disk));
  CT_ASSIGN_OR_RETURN(const auto service, Service::start(std::move(service_options)));
  if (!options.once) CT_RETURN_IF_ERROR(print(welcome(options, service->desk_port())));
  const absl::Status played = play_day(*service, clock, halts);
  // Ctrl-C ends the page, at any time; a day that was to be played to its end was not.
  if (absl::IsCancelled(played) && !options.once) return absl::OkStatus();
  CT_RETURN_IF_ERROR(played);
  const Counters counters = service->store().counters();
  log_info("demo.day.over", "The rehearsal day is over", {duration_field(absl::Now() - begun)});
  CT_RETURN_IF_ERROR(print(str_cat("The day is over: ", counters.collected(), " posts and edits collected, ",
                                   counters.stored(), " stored, ", counters.dead_lettered(),
                                   " dead letters, ", folder->where(), "\n")));
  // The log of the day has carried it off.
  if (!options.once) CT_RETURN_IF_ERROR(print(page_line(service->desk_port())));
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
  command->add_option("--data", options->data,
                      "Folder of the store (default: a temporary one, removed at the end)");
  command->add_option("--port", options->port, "Port of the page; 0: any free one")->capture_default_str();
  command->add_option("--metrics-port", options->metrics_port,
                      "Port of /metrics; 0: none (default: 9642; none with --once or another --port)");
  // Not in the help: for the tests with servers of others (tests/servers).
  command->add_option("--halt", options->halts, "Stand still at this time until a line is read")->group("");
  command
      ->add_option("--media-config", options->media_config, "Pictures go where [media] of its settings says")
      ->group("");
  command->add_option("--backups", options->backups, "Folder that backups are written into")->group("");
  command->add_option("--platforms-port", options->platforms_port, "Where the platforms are played")
      ->group("");
  command->add_option("--through-port", options->through_port, "Where they are asked: a proxy's")->group("");
  // … and for tests/end_to_end/kafka_test.py.
  command->add_option("--role", options->role.role, "stage, collect, process or desk")->group("");
  command->add_option("--clock", options->role.clock, "File of the clock that all roles read")->group("");
  command->add_option("--brokers", options->brokers, "Kafka's")->group("");
  command->add_option("--prefix", options->prefix, "Of Kafka's topics")->group("");
  command->callback([options, exit] {
    report_to_log();
    FullDisk disk;
    const absl::Status ended = run_demo(*options, &disk);
    const absl::Status done = outlast_full_disk(disk, ended);
    *exit = report(done);
    if (absl::IsCancelled(done) && stop_signal() != 0) *exit = 128 + stop_signal();  // as a shell says it
  });
}

}  // namespace copytaster
