// The ports of the service: desk, metrics, and the door of hubs.
#include "app/service.h"
#include "core/log.h"
#include "core/status.h"
#include "processors/picture_facts.h"
#include "processors/picture_write.h"

namespace copytaster {
namespace {
// The world may knock at the door of hubs: at most so many, with at most so much, at once.
constexpr std::size_t kMostHubConnections = 32;
constexpr std::size_t kMostDelivered = std::size_t{4} << 20;

}  // namespace

absl::Status Service::open_servers() {
  CT_RETURN_IF_ERROR(open_metrics());
  CT_RETURN_IF_ERROR(open_websub());
  if (!with_desk_) return absl::OkStatus();
  DeskOptions desk;
  desk.address = settings_.desk_address;
  desk.port = settings_.desk_port;
  desk.token = settings_.desk_token;
  desk.host_names = settings_.desk_host_names;
  DeskDependencies dependencies;
  dependencies.store = decided_.get();
  dependencies.media = media_.get();
  dependencies.clock = clock_;
  dependencies.not_ready = [this] { return not_ready(); };
  dependencies.thumbnail = thumbnail;
  dependencies.written_picture = written_picture;
  dependencies.letters = house_letters();
  dependencies.sources = house_sources();
  dependencies.copies = house_copies();
  dependencies.rights = house_rights();
  dependencies.erasures = house_erasures();
  dependencies.backups = house_backups();
  CT_ASSIGN_OR_RETURN(desk_, DeskServer::start(desk, dependencies));
  return absl::OkStatus();
}

absl::Status Service::open_metrics() {
  if (settings_.metrics_port == 0) return absl::OkStatus();
  HttpServerOptions metrics;
  metrics.address = settings_.metrics_address;
  metrics.port = settings_.metrics_port;
  metrics.max_connections = 32;
  CT_ASSIGN_OR_RETURN(metrics_, HttpServer::start(metrics, [this](const ServerRequest& request) {
                        return answer_metrics(request);
                      }));
  return absl::OkStatus();
}

// A port of its own, which serves nothing else: a proxy makes it public, and never the desk's.
absl::Status Service::open_websub() {
  if (door_ == nullptr) return absl::OkStatus();
  HttpServerOptions hubs;
  hubs.address = settings_.websub_listen.address;
  hubs.port = settings_.websub_listen.port;
  hubs.max_connections = kMostHubConnections;
  hubs.max_body_bytes = kMostDelivered;
  CT_ASSIGN_OR_RETURN(websub_, HttpServer::start(hubs, [this](const ServerRequest& request) {
                        return door_->answer(request);
                      }));
  log_info("websub.listening", "Hubs are asked for the news of feeds that name one, and may call back",
           {{"callback", settings_.websub_callback}, {"port", websub_->port()}});
  return absl::OkStatus();
}

ServerResponse Service::answer_metrics(const ServerRequest& request) {
  if (request.path == "/metrics")
    return {200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, numbers_->text()};
  if (request.path == "/livez") return {200, {{"Content-Type", "text/plain"}}, "alive\n"};
  if (request.path == "/readyz") {
    const std::string why = not_ready();
    return {why.empty() ? 200 : 503, {{"Content-Type", "text/plain"}}, why.empty() ? "ready\n" : why + "\n"};
  }
  return {404, {{"Content-Type", "text/plain"}}, "here are /metrics, /livez and /readyz\n"};
}

}  // namespace copytaster
