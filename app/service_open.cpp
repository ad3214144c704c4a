// How the service comes up: each part with what it stands on, threads last.
#include "app/media_choice.h"
#include "app/service.h"
#include "app/signals.h"
#include "app/websub_key.h"
#include "bus/kafka_topics.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {
// Of pictures in a bucket: at so many at once they are put there, and when it is away it is left alone first.
constexpr int kPutThreads = 4;
constexpr absl::Duration kPauseWhenAway = absl::Seconds(1);

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

std::vector<Account> readable_accounts(const std::vector<Official>& officials, const Collectors& collectors) {
  std::vector<Account> accounts;
  for (const Official& official : officials) {
    for (const Account& account : official.accounts()) {
      // One that no collector reads still tells who is meant by its handle.
      if (collectors.find(account.platform()) != nullptr) accounts.push_back(account);
    }
  }
  return accounts;
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
  collectors_ = std::make_unique<Collectors>(settings_.collectors);
  std::vector<Account> accounts;
  if (options.collects) accounts = readable_accounts(options.officials, *collectors_);
  const std::size_t people = options.officials.size();
  officials_ = std::make_unique<Officials>(std::move(options.officials));
  rules_ = std::move(options.rules);
  CT_RETURN_IF_ERROR(open_storage(options.notice));
  CT_RETURN_IF_ERROR(open_log());
  CT_RETURN_IF_ERROR(open_processing());
  CT_RETURN_IF_ERROR(drop_erased(&accounts));
  open_watches(accounts);
  if (options.from_kafka) {
    CT_RETURN_IF_ERROR(open_kafka());
    accounts.clear();
  }
  CT_RETURN_IF_ERROR(open_collecting(options.streams, std::move(accounts)));
  decided_ = std::make_unique<DecidedReader>(*store_);
  CT_RETURN_IF_ERROR(decided_->load(*store_));  // before anybody may ask for a picture
  // Servers first: while memory is being rebuilt /readyz says so.
  CT_RETURN_IF_ERROR(open_servers());
  CT_RETURN_IF_ERROR(processing_->restore());
  restored_ = true;
  start_threads();
  log_info("service.started", "Copytaster is running",
           {{"data", settings_.data},
            {"officials", people},
            {"desk.port", desk_port()},
            duration_field(absl::Now() - begun)});
  return absl::OkStatus();
}

absl::Status Service::open_storage(const std::string& notice) {
  const std::string& data = settings_.data;
  CT_ASSIGN_OR_RETURN(key_value_, open_key_value(data, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(store_, open_store(key_value_.get(), data, OpenMode::kReadWrite));
  if (notice.empty()) CT_RETURN_IF_ERROR(refuse_rehearsal(*store_, data));
  if (!notice.empty()) CT_RETURN_IF_ERROR(store_->set_notice(notice));
  CT_ASSIGN_OR_RETURN(media_, open_media(settings_, data));
  CT_ASSIGN_OR_RETURN(indexing_, Indexing::open(store_.get(), data));
  backups_ = std::make_unique<BackupWork>(key_value_.get(), data, settings_.backups, clock_);
  return absl::OkStatus();
}

absl::Status Service::open_log() {
  EmbeddedBusOptions log;
  log.max_unread_bytes = settings_.max_log_megabytes << 20;
  log.consumers = {"process", std::string(PictureWork::kConsumer)};
  if (auto mark = TailMark::open(settings_.data); mark.ok()) {
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
  return absl::OkStatus();
}

absl::Status Service::open_processing() {
  pipeline_ = std::make_unique<Pipeline>(*officials_, rules_, settings_.copies, settings_.stories);
  open_text_reader();
  pictures_ =
      std::make_unique<PictureWork>(bus_.get(), media_.get(), settings_.process_threads, text_reader_.get(),
                                    settings_.media.in_s3 ? kPauseWhenAway : absl::ZeroDuration());
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
  return absl::OkStatus();
}

void Service::open_watches(const std::vector<Account>& accounts) {
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
}

absl::Status Service::open_collecting(StreamOpener* streams, std::vector<Account> accounts) {
  if (!settings_.websub_callback.empty()) {
    CT_ASSIGN_OR_RETURN(std::string key, websub_key(settings_.data));
    door_ = std::make_unique<WebSubDoor>(WebSubHome{settings_.websub_callback, std::move(key)},
                                         [this] { fetcher_->wake(); });
  }
  settings_.poller.picture_put_threads = settings_.media.in_s3 ? kPutThreads : 0;
  settings_.poller.ceilings_usd = monthly_ceilings(settings_);
  poller_ = Poller::make({.collectors = collectors_.get(),
                          .fetcher = fetcher_,
                          .bus = bus_.get(),
                          .store = store_.get(),
                          .media = media_.get(),
                          .clock = clock_,
                          .streams = streams,
                          .websub = door_.get()},
                         settings_.poller, std::move(accounts));
  intake_ = std::make_unique<ManualIntake>(poller_.get(), fetcher_, store_.get());
  return absl::OkStatus();
}

void Service::start_threads() {
  pictures_->start();
  process_thread_ = std::thread([this] { process_loop(); });
  index_thread_ = std::thread([this] { index_loop(); });
  if (inlet_ != nullptr) inlet_thread_ = std::thread([this] { inlet_loop(); });
  erase_thread_ = std::thread([this] { erase_loop(); });
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

}  // namespace copytaster
