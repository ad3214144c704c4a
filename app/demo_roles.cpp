#include "app/demo_roles.h"

#include "app/files.h"
#include "app/roles.h"
#include "app/shared_clock.h"
#include "app/signals.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "net/http_client.h"
#include "rehearsal/rehearsal.h"

namespace copytaster {
namespace {

absl::Status play_stage(const DemoRole& demo, const Clock& clock) {
  RehearsalOptions options;
  options.clock = &clock;
  options.port = demo.platforms_port;
  CT_ASSIGN_OR_RETURN(const auto rehearsal, Rehearsal::start(options));
  CT_RETURN_IF_ERROR(print(str_cat("The platforms are played on port ", rehearsal->port(), "\n")));
  while (!stop_asked()) absl::SleepFor(absl::Milliseconds(20));
  return absl::OkStatus();
}

absl::Status run_desk(ServiceOptions options) {
  const Clock& clock = *options.clock;
  options.from_kafka = true;
  CT_ASSIGN_OR_RETURN(const auto service, Service::start(std::move(options)));
  Gauge& settled =
      gauge("copytaster_desk_settled_seconds",
            "The clock's time when everything was taken in and processed; 0: something was not.");
  while (!stop_asked()) {
    const absl::Time now = clock.now();
    CT_RETURN_IF_ERROR(service->collect(absl::Milliseconds(20)));
    settled.set(service->idle() ? absl::ToDoubleSeconds(now - absl::UnixEpoch()) : 0);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status run_demo_role(const DemoRole& demo, ServiceOptions service) {
  CT_ASSIGN_OR_RETURN(const auto clock, SharedClock::open(demo.clock));
  if (demo.role == "stage") return play_stage(demo, *clock);
  HttpClientOptions http;
  http.allow = {str_cat("127.0.0.1:", demo.platforms_port)};
  http.max_per_host = 16;
  CT_ASSIGN_OR_RETURN(const auto client, make_http_client(http));
  const auto fetcher = make_rehearsal_fetcher(client.get(), demo.platforms_port);
  service.clock = clock.get();
  service.fetcher = fetcher.get();
  if (demo.role == "desk") return run_desk(std::move(service));
  RoleOptions role;
  role.settings = std::move(service.settings);
  role.officials = std::move(service.officials);
  role.rules = std::move(service.rules);
  role.clock = clock.get();
  role.fetcher = fetcher.get();
  if (demo.role == "collect") return run_collect_role(std::move(role));
  if (demo.role == "process") return run_process_role(std::move(role));
  return absl::InvalidArgumentError(
      str_cat("there is no role ", demo.role, "; stage, collect, process or desk"));
}

}  // namespace copytaster
