#include "app/service.h"

#include "app/full_disk.h"
#include "app/guard.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"

namespace copytaster {
namespace {
constexpr absl::Duration kWait = absl::Milliseconds(100);
constexpr absl::Duration kMeasureMemoryEvery = absl::Seconds(10);
}  // namespace

// On the processing thread, which alone may look at the pipeline's memory.
void Service::measure_memory() {
  const absl::Time now = absl::Now();
  if (now - memory_measured_ < kMeasureMemoryEvery && now >= memory_measured_) return;
  memory_measured_ = now;
  gauge("copytaster_index_memory_bytes", "Memory of the indexes for copies and stories.")
      .set(static_cast<double>(pipeline_->memory_bytes()));
}

Service::~Service() {
  stopping_ = true;
  if (backups_ != nullptr) backups_->stop();
  if (eraser_ != nullptr) eraser_->stop();
  websub_.reset();
  calls_.close();
  intake_.reset();
  poller_.reset();
  if (bus_ != nullptr) bus_->close();
  if (pictures_ != nullptr) pictures_->stop();
  if (indexing_ != nullptr) indexing_->stop();
  if (process_thread_.joinable()) process_thread_.join();
  if (index_thread_.joinable()) index_thread_.join();
  if (inlet_thread_.joinable()) inlet_thread_.join();
  if (erase_thread_.joinable()) erase_thread_.join();
  metrics_.reset();
  desk_.reset();
}

absl::Status Service::collect(absl::Duration wait) {
  CT_RETURN_IF_ERROR(failure());
  calls_.run();
  credentials_->look(clock_->now());
  CT_RETURN_IF_ERROR(stamping_->turn());
  tell_erased();
  const absl::Status turned = poller_->turn(wait);
  const std::scoped_lock lock(streams_mutex_);
  streams_ = poller_->streams();
  return turned;
}

bool Service::idle() const {
  return (inlet_ == nullptr || inlet_->idle()) && poller_->busy() == 0 && pictures_->idle() &&
         bus_->lag("process") == 0 && indexing_->idle();
}

void Service::inlet_loop() {
  while (!stopping_) {
    const absl::Status done = guarded([&] { return inlet_->turn(kWait).status(); });
    if (!done.ok() && !absl::IsCancelled(done)) return fail("inlet", done);
  }
}

void Service::process_loop() {
  while (!stopping_) {
    const absl::Status done = guarded([&]() -> absl::Status {
      CT_RETURN_IF_ERROR(pictures_->failure());
      CT_ASSIGN_OR_RETURN(const std::size_t parcels, processing_->turn(kWait));
      if (parcels > 0) {
        indexing_->wake();
      } else {
        balance_->look();
      }
      return absl::OkStatus();
    });
    if (!done.ok() && !absl::IsCancelled(done)) return fail("process", done);
  }
}

void Service::index_loop() {
  const StageMetrics search("search");
  while (!stopping_) {
    const absl::Status done = guarded([&]() -> absl::Status {
      CT_ASSIGN_OR_RETURN(const std::size_t items, indexing_->turn(kWait));
      search.sent.add(items);
      return absl::OkStatus();
    });
    if (!done.ok()) return fail("search", done);
  }
}

void Service::fail(std::string_view where, const absl::Status& status) {
  StageMetrics(where).failed(status);
  // Of a full disk whoever runs the service tells, once, however many threads meet it.
  if (!is_disk_full(status)) {
    log_error("service.failed", "The service cannot go on and stops; nothing acknowledged is lost",
              {{"stage", where},
               {"error.message", std::string(status.message())},
               {"hint", "mend the cause and start it again"}});
  }
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

}  // namespace copytaster
