#include "app/service.h"

#include "app/guard.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/picture_facts.h"

#ifndef COPYTASTER_VERSION
#define COPYTASTER_VERSION "0.1.0"
#endif

namespace copytaster {
namespace {
constexpr absl::Duration kWait = absl::Milliseconds(100);
}  // namespace

absl::StatusOr<std::unique_ptr<Service>> Service::start(ServiceOptions options) {
  std::unique_ptr<Service> service(new Service);
  CT_RETURN_IF_ERROR(service->open(std::move(options)));
  return service;
}

absl::Status Service::open(ServiceOptions options) {
  settings_ = std::move(options.settings);
  with_desk_ = options.with_desk;
  clock_ = options.clock;
  const std::string& data = settings_.data;
  std::vector<Account> accounts;
  for (const Official& official : options.officials)
    accounts.insert(accounts.end(), official.accounts().begin(), official.accounts().end());
  const std::size_t people = options.officials.size();
  officials_ = std::make_unique<Officials>(std::move(options.officials));
  collectors_ = std::make_unique<Collectors>(settings_.collectors);
  CT_ASSIGN_OR_RETURN(key_value_, open_key_value(data, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(store_, open_store(key_value_.get(), data, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(media_, open_folder_media(data, OpenMode::kReadWrite));
  if (!options.notice.empty()) CT_RETURN_IF_ERROR(store_->set_notice(options.notice));
  CT_ASSIGN_OR_RETURN(bus_, make_embedded_bus(key_value_.get(), {}));
  pipeline_ = std::make_unique<Pipeline>(*officials_, Rules::defaults());
  processing_ = std::make_unique<Processing>(
      ProcessingDependencies{bus_.get(), store_.get(), media_.get(), pipeline_.get(), clock_},
      settings_.process_threads);
  CT_ASSIGN_OR_RETURN(indexing_, Indexing::open(store_.get(), data));
  poller_ = Poller::make({collectors_.get(), options.fetcher, bus_.get(), store_.get(), media_.get(), clock_},
                         settings_.poller, std::move(accounts));
  gauge("copytaster_build_info", "Always 1; the label says which version runs.",
        {{"version", COPYTASTER_VERSION}})
      .set(1);
  // Servers first: while memory is being rebuilt /readyz says so.
  CT_RETURN_IF_ERROR(open_servers(options.desk_token));
  CT_RETURN_IF_ERROR(processing_->restore());
  restored_ = true;
  process_thread_ = std::thread([this] { process_loop(); });
  index_thread_ = std::thread([this] { index_loop(); });
  log_info("service.started", "Copytaster is running",
           {{"data", data}, {"officials", people}, {"desk.port", desk_port()}});
  return absl::OkStatus();
}

absl::Status Service::open_servers(const std::string& desk_token) {
  if (!with_desk_) return absl::OkStatus();
  DeskOptions desk;
  desk.address = settings_.desk_address;
  desk.port = settings_.desk_port;
  desk.token = desk_token;
  DeskDependencies dependencies;
  dependencies.store = store_.get();
  dependencies.media = media_.get();
  dependencies.clock = clock_;
  dependencies.not_ready = [this] { return not_ready(); };
  dependencies.thumbnail = thumbnail;
  CT_ASSIGN_OR_RETURN(desk_, DeskServer::start(desk, dependencies));
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

Service::~Service() {
  stopping_ = true;
  poller_.reset();
  if (bus_ != nullptr) bus_->close();
  if (indexing_ != nullptr) indexing_->stop();
  if (process_thread_.joinable()) process_thread_.join();
  if (index_thread_.joinable()) index_thread_.join();
  metrics_.reset();
  desk_.reset();
}

absl::Status Service::collect(absl::Duration wait) {
  CT_RETURN_IF_ERROR(failure());
  return poller_->turn(wait);
}

bool Service::idle() const {
  return poller_->busy() == 0 && bus_->lag("process") == 0 && indexing_->idle();
}

void Service::process_loop() {
  while (!stopping_) {
    const absl::Status done = guarded([&]() -> absl::Status {
      CT_ASSIGN_OR_RETURN(const std::size_t parcels, processing_->turn(kWait));
      if (parcels > 0) indexing_->wake();
      return absl::OkStatus();
    });
    if (!done.ok() && !absl::IsCancelled(done)) return fail("process", done);
  }
}

void Service::index_loop() {
  while (!stopping_) {
    const absl::Status done = guarded([&] { return indexing_->turn(kWait).status(); });
    if (!done.ok()) return fail("search", done);
  }
}

void Service::fail(std::string_view where, const absl::Status& status) {
  log_error("service.failed", "The service cannot go on and stops; nothing acknowledged is lost",
            {{"stage", where},
             {"error.message", std::string(status.message())},
             {"hint", "mend the cause and start it again"}});
  const std::scoped_lock lock(failure_mutex_);
  if (failure_.ok()) failure_ = status;
}

absl::Status Service::failure() const {
  const std::scoped_lock lock(failure_mutex_);
  return failure_;
}

std::string Service::not_ready() const {
  if (!restored_) return "memory is being rebuilt from the store";
  const absl::Status failed = failure();
  return failed.ok() ? "" : std::string(failed.message());
}

ServerResponse Service::answer_metrics(const ServerRequest& request) const {
  if (request.path == "/metrics")
    return {200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics_text()};
  if (request.path == "/livez") return {200, {{"Content-Type", "text/plain"}}, "alive\n"};
  if (request.path == "/readyz") {
    const std::string why = not_ready();
    return {why.empty() ? 200 : 503, {{"Content-Type", "text/plain"}}, why.empty() ? "ready\n" : why + "\n"};
  }
  return {404, {{"Content-Type", "text/plain"}}, "here are /metrics, /livez and /readyz\n"};
}

}  // namespace copytaster
