#include "app/service.h"

#include "app/full_disk.h"
#include "app/guard.h"
#include "app/media_choice.h"
#include "app/signals.h"
#include "app/websub_key.h"
#include "bus/kafka_topics.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/picture_facts.h"
#include "processors/picture_write.h"

namespace copytaster {
namespace {
constexpr absl::Duration kWait = absl::Milliseconds(100);
constexpr absl::Duration kMeasureMemoryEvery = absl::Seconds(10);
// Of pictures in a bucket: at so many at once they are put there, and when it is away it is left alone first.
constexpr int kPutThreads = 4;
constexpr absl::Duration kPauseWhenAway = absl::Seconds(1);
// The world may knock at the door of hubs: at most so many, with at most so much, at once.
constexpr std::size_t kMostHubConnections = 32;
constexpr std::size_t kMostDelivered = std::size_t{4} << 20;

// Invented posts among real ones, and every page, draft and export marked as a rehearsal's.
absl::Status refuse_rehearsal(const Store& store, const std::string& data) {
  const std::string notice = store.notice();
  if (notice.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      str_cat("the folder ", data, " holds a rehearsal's store (", store.counters().stored(),
              " posts and edits; it says: ", notice,
              "), and the service would mix real posts into it; give it a folder that is new or its own, "
              "--data OTHER or data in [service] of settings.toml; copytaster demo --data ",
              data, " goes on with the rehearsal"));
}
}  // namespace

absl::StatusOr<std::unique_ptr<Service>> Service::start(ServiceOptions options) {
  std::unique_ptr<Service> service(new Service);
  CT_RETURN_IF_ERROR(service->open(std::move(options)));
  return service;
}

absl::Status Service::open(ServiceOptions options) {
  const absl::Time begun = absl::Now();
  settings_ = std::move(options.settings);
  with_desk_ = options.with_desk;
  clock_ = options.clock;
  fetcher_ = options.fetcher;
  const std::string& data = settings_.data;
  collectors_ = std::make_unique<Collectors>(settings_.collectors);
  std::vector<Account> accounts;
  for (const Official& official : options.officials) {
    for (const Account& account : official.accounts()) {
      // One that no collector reads still tells who is meant by its handle.
      if (options.collects && collectors_->find(account.platform()) != nullptr) accounts.push_back(account);
    }
  }
  const std::size_t people = options.officials.size();
  officials_ = std::make_unique<Officials>(std::move(options.officials));
  CT_ASSIGN_OR_RETURN(key_value_, open_key_value(data, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(store_, open_store(key_value_.get(), data, OpenMode::kReadWrite));
  if (options.notice.empty()) CT_RETURN_IF_ERROR(refuse_rehearsal(*store_, data));
  if (!options.notice.empty()) CT_RETURN_IF_ERROR(store_->set_notice(options.notice));
  CT_ASSIGN_OR_RETURN(media_, open_media(settings_, data));
  EmbeddedBusOptions log;
  log.max_unread_bytes = settings_.max_log_megabytes << 20;
  log.consumers = {"process", std::string(PictureWork::kConsumer)};
  if (auto mark = TailMark::open(data); mark.ok()) {
    tail_mark_ = *std::move(mark);
    log.acknowledged = tail_mark_->found();
    log.on_acknowledged = [mark = tail_mark_.get()](std::uint64_t position) { mark->raise(position); };
  } else {
    log_warn("store.no_mark", "How far the log is acknowledged is not noted; nothing is lost by that",
             {{"error.message", std::string(mark.status().message())},
              {"hint", "let the service write the folder marks"}});
  }
  CT_ASSIGN_OR_RETURN(auto bus, make_embedded_bus(key_value_.get(), log));
  bus_ = std::make_unique<MeteredBus>(std::move(bus), clock_, [this] { measure_memory(); });
  rules_ = std::move(options.rules);
  pipeline_ = std::make_unique<Pipeline>(*officials_, rules_, settings_.copies);
  open_text_reader();
  pictures_ =
      std::make_unique<PictureWork>(bus_.get(), media_.get(), settings_.process_threads, text_reader_.get(),
                                    settings_.media.in_s3 ? kPauseWhenAway : absl::ZeroDuration());
  settings_.poller.picture_put_threads = settings_.media.in_s3 ? kPutThreads : 0;
  CT_ASSIGN_OR_RETURN(indexing_, Indexing::open(store_.get(), data));
  CT_RETURN_IF_ERROR(open_eraser());
  processing_ = std::make_unique<Processing>(ProcessingDependencies{bus_.get(),
                                                                    store_.get(),
                                                                    media_.get(),
                                                                    pipeline_.get(),
                                                                    clock_,
                                                                    pictures_.get(),
                                                                    eraser_.get(),
                                                                    {&settings_.retention, &legal_holds_},
                                                                    key_value_.get(),
                                                                    &letters_mutex_},
                                             settings_.process_threads);
  CT_RETURN_IF_ERROR(drop_erased(&accounts));
  dead_letters_ = std::make_unique<DeadLetterWatch>(key_value_.get(), store_.get(), clock_);
  balance_ = std::make_unique<BalanceWatch>(store_.get(), bus_.get());
  letter_retry_ = std::make_unique<LetterRetry>(LetterRetryDependencies{
      key_value_.get(), store_.get(),
      [this](std::string_view platform) { return collectors_->find(platform); }, accounts,
      [this](const Parcel& parcel, WriteBatch* together) { return poller_->hand_on(parcel, together); },
      pipeline_.get(), &letters_mutex_});
  credentials_ = std::make_unique<CredentialWatch>(settings_.credentials);
  stamping_ = std::make_unique<Stamping>(settings_.stamps, key_value_.get(), fetcher_, clock_);
  numbers_ = std::make_unique<ServiceMetrics>(store_.get(), bus_.get(), clock_, accounts);
  settings_.poller.ceilings_usd = monthly_ceilings(settings_);
  if (!settings_.websub_callback.empty()) {
    CT_ASSIGN_OR_RETURN(std::string key, websub_key(data));
    door_ = std::make_unique<WebSubDoor>(WebSubHome{settings_.websub_callback, std::move(key)},
                                         [this] { fetcher_->wake(); });
  }
  if (options.from_kafka) {
    CT_RETURN_IF_ERROR(open_kafka());
    accounts.clear();
  }
  poller_ = Poller::make({.collectors = collectors_.get(),
                          .fetcher = options.fetcher,
                          .bus = bus_.get(),
                          .store = store_.get(),
                          .media = media_.get(),
                          .clock = clock_,
                          .streams = options.streams,
                          .websub = door_.get()},
                         settings_.poller, std::move(accounts));
  intake_ = std::make_unique<ManualIntake>(poller_.get(), fetcher_, store_.get());
  backups_ = std::make_unique<BackupWork>(key_value_.get(), data, settings_.backups, clock_);
  decided_ = std::make_unique<DecidedReader>(*store_);
  CT_RETURN_IF_ERROR(decided_->load(*store_));  // before anybody may ask for a picture
  // Servers first: while memory is being rebuilt /readyz says so.
  CT_RETURN_IF_ERROR(open_servers());
  CT_RETURN_IF_ERROR(processing_->restore());
  restored_ = true;
  pictures_->start();
  process_thread_ = std::thread([this] { process_loop(); });
  index_thread_ = std::thread([this] { index_loop(); });
  if (inlet_ != nullptr) inlet_thread_ = std::thread([this] { inlet_loop(); });
  erase_thread_ = std::thread([this] { erase_loop(); });
  log_info("service.started", "Copytaster is running",
           {{"data", data},
            {"officials", people},
            {"desk.port", desk_port()},
            duration_field(absl::Now() - begun)});
  return absl::OkStatus();
}

absl::Status Service::open_kafka() {
  CT_RETURN_IF_ERROR(ensure_topics(settings_.kafka, absl::Seconds(30), stop_asked));
  CT_ASSIGN_OR_RETURN(orders_, KafkaWriter::make(settings_.kafka, "desk-orders"));
  CT_ASSIGN_OR_RETURN(inlet_, KafkaInlet::open(settings_.kafka, key_value_.get(), store_.get(), bus_.get(),
                                               clock_, &letters_mutex_));
  erasure_orders_ = std::make_unique<ErasureOrders>(
      [this](std::string_view account_id, const Hold& hold) { return order_hold(account_id, hold); });
  CT_RETURN_IF_ERROR(erasure_orders_->load(*store_));
  return absl::OkStatus();
}

// What is missing stops nothing: pictures are shown without the words in them.
void Service::open_text_reader() {
  if (!settings_.read_text) return;
  TextReaderOptions options;
  options.languages = settings_.read_text_languages;
  for (const std::string& missing : missing_for_reading(options)) {
    log_warn("picture.text_unavailable", "pictures.read_text is on, and no words are read in pictures",
             {{"error.message", missing}, {"hint", "install it and start again"}});
  }
  text_reader_ = std::make_unique<TextReader>(options);
}

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
