// The service in one process: collector loop, processing, search indexing, desk and metrics, each on
// threads of its own, around one store. `run` and `demo` both are this; demo gives it the rehearsal's
// clock and fetcher.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "app/backup_work.h"
#include "app/balance.h"
#include "app/calls.h"
#include "app/credential_watch.h"
#include "app/dead_letters.h"
#include "app/decided_reader.h"
#include "app/eraser.h"
#include "app/erasure_orders.h"
#include "app/indexing.h"
#include "app/intake.h"
#include "app/kafka_inlet.h"
#include "app/legal_holds.h"
#include "app/letter_retry.h"
#include "app/metered_bus.h"
#include "app/picture_work.h"
#include "app/processing.h"
#include "app/service_metrics.h"
#include "app/settings.h"
#include "app/stamping.h"
#include "app/text_reader.h"
#include "bus/embedded_bus.h"
#include "bus/kafka_writer.h"
#include "collectors/poller.h"
#include "collectors/websub_door.h"
#include "desk/desk_server.h"
#include "net/http_server.h"
#include "storage/open.h"
#include "storage/tail_mark.h"

namespace copytaster {

struct ServiceOptions {
  Settings settings;
  std::vector<Official> officials;
  Rules rules = Rules::defaults();
  const Clock* clock = nullptr;
  Fetcher* fetcher = nullptr;
  StreamOpener* streams = nullptr;  // null: only polling
  std::string notice;               // kept in the store
  bool with_desk = true;
  // The role `desk`: nothing is collected here, but for what is brought in by hand; what others have
  // collected and processed is taken in from Kafka (settings.kafka).
  bool from_kafka = false;
  bool collects = true;  // false: no account is asked; what is stored is worked on
};

class Service {
 public:
  static absl::StatusOr<std::unique_ptr<Service>> start(ServiceOptions options);
  ~Service();  // stops all threads, in the order of the stream
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // One turn of the collector loop; belongs to the caller's thread. An error ends the service.
  absl::Status collect(absl::Duration wait);
  [[nodiscard]] Poller& poller() { return *poller_; }
  [[nodiscard]] const Store& store() const { return *store_; }
  // What `copytaster erase` does without a running service: as the desk's POST /api/erasures. The thread that
  // calls collect().
  absl::StatusOr<Erasure> erase(const SubjectAsked& asked);
  // Nothing under way, nothing waiting on the bus for processing or indexing, nor on Kafka.
  [[nodiscard]] bool idle() const;
  // Port that hubs call back on; 0: WebSub is off.
  [[nodiscard]] std::uint16_t websub_port() const {
    return websub_ == nullptr ? std::uint16_t{0} : websub_->port();
  }
  // Port of the desk; 0 without one.
  [[nodiscard]] std::uint16_t desk_port() const {
    return desk_ == nullptr ? std::uint16_t{0} : desk_->port();
  }

 private:
  Service() = default;
  // service_open.cpp
  absl::Status open(ServiceOptions options);
  absl::Status open_storage(const std::string& notice);
  absl::Status open_log();
  absl::Status open_processing();
  void open_watches(const std::vector<Account>& accounts);
  absl::Status open_kafka();
  absl::Status open_collecting(StreamOpener* streams, std::vector<Account> accounts);
  void open_text_reader();
  void start_threads();
  // service_servers.cpp
  absl::Status open_servers();
  absl::Status open_metrics();
  absl::Status open_websub();
  [[nodiscard]] ServerResponse answer_metrics(const ServerRequest& request);
  // service_house.cpp
  [[nodiscard]] HouseSources house_sources();
  [[nodiscard]] HouseCopies house_copies();
  [[nodiscard]] HouseRights house_rights();
  // service_erasures.cpp
  [[nodiscard]] HouseErasures house_erasures();
  absl::Status open_eraser();
  absl::Status drop_erased(std::vector<Account>* accounts);
  void tell_erased();
  void erase_loop();
  [[nodiscard]] HouseLetters house_letters();
  [[nodiscard]] HouseBackups house_backups();
  absl::Status ask(Calls::Call call);
  absl::Status hold(std::string_view account_id, const std::optional<Hold>& hold, std::string_view by);
  absl::Status order_hold(std::string_view account_id, const std::optional<Hold>& hold);
  void measure_memory();
  void process_loop();
  void inlet_loop();
  void index_loop();
  [[nodiscard]] std::string not_ready() const;
  void fail(std::string_view where, const absl::Status& status);
  absl::Status failure() const;

  Settings settings_;
  bool with_desk_ = true;
  const Clock* clock_ = nullptr;
  Fetcher* fetcher_ = nullptr;
  std::unique_ptr<Officials> officials_;
  Rules rules_;
  std::unique_ptr<Collectors> collectors_;
  std::unique_ptr<KeyValue> key_value_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<DecidedReader> decided_;  // the desk's
  std::unique_ptr<MediaStore> media_;
  std::unique_ptr<TailMark> tail_mark_;
  std::unique_ptr<MeteredBus> bus_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<TextReader> text_reader_;  // null: no words are read in pictures
  std::unique_ptr<PictureWork> pictures_;
  LegalHolds legal_holds_;
  std::unique_ptr<Indexing> indexing_;
  std::unique_ptr<Eraser> eraser_;
  std::unique_ptr<Processing> processing_;
  std::unique_ptr<WebSubDoor> door_;               // null: WebSub is off
  std::unique_ptr<KafkaInlet> inlet_;              // null: everything is collected here
  std::unique_ptr<KafkaWriter> orders_;            // with it: what people say of accounts
  std::unique_ptr<ErasureOrders> erasure_orders_;  // with it; the collector's thread
  std::unique_ptr<Poller> poller_;
  std::unique_ptr<ManualIntake> intake_;
  Calls calls_;
  std::unique_ptr<BackupWork> backups_;
  std::unique_ptr<DeskServer> desk_;
  std::unique_ptr<DeadLetterWatch> dead_letters_;
  std::mutex letters_mutex_;                   // held while letters are read and written
  std::unique_ptr<LetterRetry> letter_retry_;  // the collector's thread
  std::unique_ptr<BalanceWatch> balance_;
  std::unique_ptr<CredentialWatch> credentials_;  // the collector's thread
  std::unique_ptr<Stamping> stamping_;            // the collector's thread
  std::unique_ptr<ServiceMetrics> numbers_;
  std::unique_ptr<HttpServer> metrics_;
  std::unique_ptr<HttpServer> websub_;
  absl::Time memory_measured_ = absl::InfinitePast();  // processing thread
  std::atomic<bool> stopping_{false};
  std::atomic<bool> restored_{false};
  std::mutex streams_mutex_;
  std::vector<StreamHealth> streams_;  // as they were after the last turn, for the desk's threads
  mutable std::mutex failure_mutex_;
  absl::Status failure_;
  std::thread process_thread_, index_thread_, inlet_thread_, erase_thread_;
};

}  // namespace copytaster
