#include "app/roles.h"

#include <atomic>

#include "app/collect_role.h"
#include "app/guard.h"
#include "app/media_choice.h"
#include "app/process_role.h"
#include "app/signals.h"
#include "bus/kafka_topics.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/officials.h"
#include "core/status.h"
#include "core/strings.h"
#include "net/http_server.h"

namespace copytaster {
namespace {

constexpr absl::Duration kWait = absl::Milliseconds(50);
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr std::size_t kMostConnections = 32;
constexpr int kPutThreads = 4;

// What operations ask of a role.
class RoleServer {
 public:
  static absl::StatusOr<std::unique_ptr<RoleServer>> start(const Settings& settings) {
    std::unique_ptr<RoleServer> role(new RoleServer);
    if (settings.metrics_port == 0) return role;
    HttpServerOptions options;
    options.address = settings.metrics_address;
    options.port = settings.metrics_port;
    options.max_connections = kMostConnections;
    CT_ASSIGN_OR_RETURN(role->server_,
                        HttpServer::start(options, [role = role.get()](const ServerRequest& request) {
                          return role->answer(request);
                        }));
    return role;
  }
  void ready() { ready_ = true; }

 private:
  RoleServer() = default;
  [[nodiscard]] ServerResponse answer(const ServerRequest& request) const {
    if (request.path == "/metrics")
      return {200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics_text()};
    if (request.path == "/livez") return {200, {{"Content-Type", "text/plain"}}, "alive\n"};
    if (request.path == "/readyz")
      return {ready_ ? 200 : 503,
              {{"Content-Type", "text/plain"}},
              ready_ ? "ready\n" : "no work was given to it yet\n"};
    return {404, {{"Content-Type", "text/plain"}}, "here are /metrics, /livez and /readyz\n"};
  }

  std::atomic<bool> ready_{false};
  std::unique_ptr<HttpServer> server_;
};

absl::Status told(std::string_view role, absl::Status status) {
  if (status.ok() || absl::IsCancelled(status) || stop_asked()) {
    log_info("service.stopped",
             str_cat("The role ", role, " has stopped; what it was doing is done elsewhere"));
    return absl::OkStatus();
  }
  log_error("service.failed",
            str_cat("The role ", role, " cannot go on and stops; nothing acknowledged is lost"),
            {{"stage", role},
             {"error.message", std::string(status.message())},
             {"hint", "mend the cause and start it again; others do its work meanwhile"}});
  return status;
}

}  // namespace

absl::Status run_collect_role(RoleOptions options) {
  Settings& settings = options.settings;
  const Collectors collectors(settings.collectors);
  CT_RETURN_IF_ERROR(ensure_topics(settings.kafka, kPatience, stop_asked));
  CT_ASSIGN_OR_RETURN(const auto media, open_media(settings, settings.data));
  CT_ASSIGN_OR_RETURN(const auto server, RoleServer::start(settings));
  settings.poller.ceilings_usd = monthly_ceilings(settings);
  settings.poller.picture_put_threads = settings.media.in_s3 ? kPutThreads : 0;
  CollectRoleOptions role;
  role.kafka = settings.kafka;
  role.poller = settings.poller;
  for (const Official& official : options.officials) {
    for (const Account& account : official.accounts()) {
      if (collectors.find(account.platform()) != nullptr) role.accounts.push_back(account);
    }
  }
  role.collectors = &collectors;
  role.clock = options.clock;
  role.fetcher = options.fetcher;
  role.streams = options.streams;
  role.media = media.get();
  CT_ASSIGN_OR_RETURN(const auto running, CollectRole::start(std::move(role)));
  log_info("service.started", "A collector is running", {{"bus.prefix", settings.kafka.prefix}});
  Gauge& settled = gauge("copytaster_collect_settled_seconds",
                         "The clock's time when nothing was due or under way; 0: something was.");
  absl::Status status;
  while (status.ok() && !stop_asked()) {
    const absl::Time now = options.clock->now();
    status = guarded([&] { return running->turn(kWait); });
    settled.set(running->settled() && running->accounts() > 0 ? absl::ToDoubleSeconds(now - absl::UnixEpoch())
                                                              : 0);
    if (running->accounts() > 0) server->ready();
  }
  return told("collect", status);
}

absl::Status run_process_role(RoleOptions options) {
  const Settings& settings = options.settings;
  CT_RETURN_IF_ERROR(ensure_topics(settings.kafka, kPatience, stop_asked));
  CT_ASSIGN_OR_RETURN(const auto media, open_media(settings, settings.data));
  CT_ASSIGN_OR_RETURN(const auto server, RoleServer::start(settings));
  const Officials officials(std::move(options.officials));
  const Pipeline pipeline(officials, options.rules, settings.copies);
  std::unique_ptr<TextReader> reader;
  if (settings.read_text) {
    TextReaderOptions words;
    words.languages = settings.read_text_languages;
    for (const std::string& missing : missing_for_reading(words))
      log_warn("picture.text_unavailable", "pictures.read_text is on, and no words are read in pictures",
               {{"error.message", missing}, {"hint", "install it and start again"}});
    reader = std::make_unique<TextReader>(words);
  }
  ProcessRoleOptions role;
  role.kafka = settings.kafka;
  role.pipeline = &pipeline;
  role.media = media.get();
  role.clock = options.clock;
  role.text_reader = reader.get();
  role.threads = settings.process_threads;
  CT_ASSIGN_OR_RETURN(const auto running, ProcessRole::start(role));
  log_info("service.started", "A processor is running", {{"bus.prefix", settings.kafka.prefix}});
  Gauge& lag = gauge("copytaster_process_lag_records",
                     "Parcels on this processor's partitions that it has not taken.");
  absl::Status status;
  while (status.ok() && !stop_asked()) {
    status = guarded([&] { return running->turn(kWait).status(); });
    lag.set(static_cast<double>(running->lag()));
    server->ready();
  }
  return told("process", status);
}

}  // namespace copytaster
