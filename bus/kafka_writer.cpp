#include "bus/kafka_writer.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "bus/kafka_handle.h"
#include "core/crash_point.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// What waits for brokers in memory, in all; then nothing more is taken.
constexpr std::size_t kMostWaitingKiB = 128 << 10;
constexpr std::size_t kMostWaitingRecords = 20'000;
constexpr int kServeMs = 100;
constexpr absl::Duration kAbandonedAfter = absl::Minutes(10);
constexpr absl::Duration kLongestWait = absl::Hours(1);

Counter& unsent() {
  static Counter& all = counter("copytaster_bus_unsent_total",
                                "Records to Kafka that were given up, and whose place a later one takes.");
  return all;
}

// What one call of write() sent. The last acknowledgement wakes who waits.
struct Sending {
  absl::Time begun = absl::Now();
  std::vector<std::int64_t> offsets;
  std::size_t open = 0;
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
};

// Where the acknowledgement of one record goes. Owned by librdkafka while the record is.
struct Slip {
  std::shared_ptr<Sending> sending;
  std::size_t index;
};

class TheWriter final : public KafkaWriter {
 public:
  absl::Status open(const KafkaSettings& settings, std::string_view role) {
    KafkaConfig config(settings, role);
    config.set("enable.idempotence", "true");
    config.set("acks", "all");
    // One request at a time: a batch that has to be sent again then comes before the next, also where a
    // broker does not look at the numbers. Who writes waits for the answer anyway.
    config.set("max.in.flight.requests.per.connection", "1");
    config.set("compression.type", "zstd");
    config.set("linger.ms", "2");
    config.set("queue.buffering.max.kbytes", str_cat(kMostWaitingKiB));
    config.set("queue.buffering.max.messages", str_cat(kMostWaitingRecords));
    config.set("message.timeout.ms", "0");  // it is sent when the brokers are back
    rd_kafka_conf_set_opaque(config.conf(), this);
    rd_kafka_conf_set_dr_msg_cb(config.conf(), acknowledged);
    CT_ASSIGN_OR_RETURN(rd_kafka_t * made, config.make(RD_KAFKA_PRODUCER));
    handle_.reset(made);
    names_ = topic_names(settings);
    serving_ = std::thread([this] { serve(); });
    return absl::OkStatus();
  }

  ~TheWriter() override {
    stopping_ = true;
    if (serving_.joinable()) serving_.join();
    if (handle_ == nullptr) return;
    // Who waited for an answer has been told that there was none: nothing is lost by letting them go.
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(handle_.get(), 1000);
  }

  absl::Status write(std::span<KafkaRecord> records, absl::Duration wait) override {
    if (records.empty()) return absl::OkStatus();
    const std::string digest = digest_of(records);
    std::unique_lock lock(mutex_);
    std::shared_ptr<Sending> sending;
    if (const auto waiting = waiting_.find(digest); waiting != waiting_.end()) {
      sending = waiting->second;
    } else {
      CT_ASSIGN_OR_RETURN(sending, send_all(records));
      forget_abandoned();
      waiting_.emplace(digest, sending);
    }
    const auto done = [&] { return sending->open == 0; };
    if (!changed_.wait_for(lock, absl::ToChronoNanoseconds(std::min(wait, kLongestWait)), done))
      return absl::ResourceExhaustedError("the brokers have not acknowledged yet");
    waiting_.erase(digest);
    CT_RETURN_IF_ERROR(kafka_status(sending->error, "sending to Kafka"));
    for (std::size_t i = 0; i < records.size(); ++i) records[i].offset = sending->offsets[i];
    return absl::OkStatus();
  }

  void send(const KafkaRecord& record) override {
    if (produce(record, nullptr) != RD_KAFKA_RESP_ERR_NO_ERROR) unsent().add();
  }

  absl::Status flush(absl::Duration wait) override {
    return kafka_status(rd_kafka_flush(handle_.get(), static_cast<int>(absl::ToInt64Milliseconds(wait))),
                        "waiting for Kafka");
  }

 private:
  static std::string digest_of(std::span<const KafkaRecord> records) {
    std::string all;
    for (const KafkaRecord& record : records) {
      str_append(&all, static_cast<int>(record.topic), "/", record.partition, "/", record.key.size(), "/",
                 record.key, record.has_value ? "=" : "-", record.value.size(), "/");
      all += sha256_hex(record.value);
      for (const auto& [name, value] : record.headers) str_append(&all, name, "=", value.size(), "/", value);
    }
    return sha256_hex(all);
  }

  // Acknowledged, and nobody has come back for it: whoever sends the same later means it anew. Caller holds
  // mutex_.
  void forget_abandoned() {
    const absl::Time now = absl::Now();
    for (auto at = waiting_.begin(); at != waiting_.end();) {
      const auto entry = at++;
      if (entry->second->open == 0 && now - entry->second->begun > kAbandonedAfter) waiting_.erase(entry);
    }
  }

  // All are in the producer's queue, or none is: it is asked first whether there is room. Caller holds
  // mutex_, which also keeps the records of two callers apart.
  absl::StatusOr<std::shared_ptr<Sending>> send_all(std::span<const KafkaRecord> records) {
    auto sending = std::make_shared<Sending>();
    sending->offsets.assign(records.size(), -1);
    std::size_t bytes = 0;
    for (const KafkaRecord& record : records) bytes += record.key.size() + record.value.size();
    const auto queued = static_cast<std::size_t>(rd_kafka_outq_len(handle_.get()));
    const bool room =
        queued + records.size() <= kMostWaitingRecords && queued_bytes_ + bytes <= kMostWaitingKiB << 10;
    if (!room && queued > 0)
      return absl::ResourceExhaustedError("no room to send more: the brokers are behind");
    crash_point(CrashPoint::kAppendBefore);
    for (std::size_t i = 0; i < records.size(); ++i) {
      auto slip = std::make_unique<Slip>(Slip{sending, i});
      const rd_kafka_resp_err_t error = produce(records[i], slip.get());
      if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        // Those before it are under way; whoever waits for them is told what became of this one.
        if (sending->error == RD_KAFKA_RESP_ERR_NO_ERROR) sending->error = error;
        break;
      }
      (void)slip.release();
      ++sending->open;
      queued_bytes_ += records[i].value.size();
    }
    return sending;
  }

  rd_kafka_resp_err_t produce(const KafkaRecord& record, Slip* slip) {
    rd_kafka_headers_t* headers = rd_kafka_headers_new(record.headers.size());
    for (const auto& [name, value] : record.headers)
      rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                          static_cast<ssize_t>(value.size()));
    void* value = record.has_value ? const_cast<char*>(record.value.data()) : nullptr;
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        handle_.get(), RD_KAFKA_V_TOPIC(names_[static_cast<std::size_t>(record.topic)].c_str()),
        RD_KAFKA_V_PARTITION(record.partition), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(record.key.data(), record.key.size()), RD_KAFKA_V_VALUE(value, record.value.size()),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(slip), RD_KAFKA_V_END);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_headers_destroy(headers);
    return error;
  }

  // On the serving thread.
  static void acknowledged(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message, void* opaque) {
    auto* const writer = static_cast<TheWriter*>(opaque);
    const std::unique_ptr<Slip> slip(static_cast<Slip*>(message->_private));
    if (slip == nullptr) {
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) unsent().add();
      return;
    }
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) crash_point(CrashPoint::kAppendAfter);
    const std::scoped_lock lock(writer->mutex_);
    Sending& sending = *slip->sending;
    sending.offsets[slip->index] = message->offset;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR && sending.error == RD_KAFKA_RESP_ERR_NO_ERROR)
      sending.error = message->err;
    writer->queued_bytes_ -= message->len;
    if (--sending.open == 0) writer->changed_.notify_all();
  }

  void serve() {
    while (!stopping_) rd_kafka_poll(handle_.get(), kServeMs);
  }

  KafkaHandle handle_;
  std::vector<std::string> names_;
  std::mutex mutex_;
  std::condition_variable changed_;
  StringMap<std::shared_ptr<Sending>> waiting_;
  std::size_t queued_bytes_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread serving_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaWriter>> KafkaWriter::make(const KafkaSettings& settings,
                                                               std::string_view role) {
  auto writer = std::make_unique<TheWriter>();
  CT_RETURN_IF_ERROR(writer->open(settings, role));
  return writer;
}

}  // namespace copytaster
