#include "bus/kafka_reader.h"

#include "bus/kafka_consumer.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

int milliseconds(absl::Duration wait) {
  return static_cast<int>(absl::ToInt64Milliseconds(std::min(wait, absl::Hours(1))));
}

// Asks again while a partition is between two leaders or its broker starts: for a moment after a start or a
// failure no broker answers for it, and the client has only then asked who does.
template <typename Ask>
absl::Status ask_until(absl::Duration wait, const Ask& ask) {
  constexpr absl::Duration kBetween = absl::Milliseconds(100);
  const absl::Time until = absl::Now() + wait;
  for (;;) {
    absl::Status answer = ask(milliseconds(std::max(until - absl::Now(), absl::Milliseconds(1))));
    if (!absl::IsUnavailable(answer) || absl::Now() + kBetween >= until) return answer;
    absl::SleepFor(kBetween);
  }
}

class TheReader final : public KafkaReader {
 public:
  absl::Status open(const KafkaSettings& settings, std::string_view role) {
    names_ = topic_names(settings);
    KafkaConfig config(settings, role);
    set_consumer(&config, str_cat(settings.prefix, ".readers"));
    config.set("auto.offset.reset", "error");
    CT_ASSIGN_OR_RETURN(rd_kafka_t * made, config.make(RD_KAFKA_CONSUMER));
    handle_.reset(made);
    rd_kafka_poll_set_consumer(made);
    return absl::OkStatus();
  }

  absl::Status assign(std::span<const KafkaPlace> places) override {
    const KafkaList list(rd_kafka_topic_partition_list_new(static_cast<int>(places.size())));
    for (const KafkaPlace& place : places)
      rd_kafka_topic_partition_list_add(list.get(), name(place.topic).c_str(), place.partition)->offset =
          place.offset;
    return kafka_status(rd_kafka_assign(handle_.get(), list.get()), "reading from Kafka");
  }

  absl::StatusOr<std::vector<KafkaRecord>> poll(std::size_t max, absl::Duration wait) override {
    return poll_records(handle_.get(), names_, max, milliseconds(wait));
  }

  std::string cluster(absl::Duration wait) override {
    char* const name = rd_kafka_clusterid(handle_.get(), milliseconds(wait));
    std::string out = name == nullptr ? "" : name;
    if (name != nullptr) rd_kafka_mem_free(handle_.get(), name);
    return out;
  }

  absl::StatusOr<KafkaEnds> ends(KafkaTopic topic, std::int32_t partition, absl::Duration wait) override {
    KafkaEnds ends;
    CT_RETURN_IF_ERROR(ask_until(wait, [&](int left_ms) {
      return kafka_status(rd_kafka_query_watermark_offsets(handle_.get(), name(topic).c_str(), partition,
                                                           &ends.first, &ends.next, left_ms),
                          str_cat("asking where ", name(topic), " ", partition, " ends"));
    }));
    return ends;
  }

  absl::StatusOr<std::int64_t> offset_at(KafkaTopic topic, std::int32_t partition, absl::Time time,
                                         absl::Duration wait) override {
    std::int64_t found = -1;
    CT_RETURN_IF_ERROR(ask_until(wait, [&](int left_ms) {
      const KafkaList list(rd_kafka_topic_partition_list_new(1));
      auto* const place = rd_kafka_topic_partition_list_add(list.get(), name(topic).c_str(), partition);
      place->offset = absl::ToUnixMillis(time);
      rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(handle_.get(), list.get(), left_ms);
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) error = place->err;
      found = place->offset;
      return kafka_status(error, str_cat("asking for a time in ", name(topic), " ", partition));
    }));
    if (found >= 0) return found;
    CT_ASSIGN_OR_RETURN(const KafkaEnds all, ends(topic, partition, wait));
    return all.next;
  }

 private:
  [[nodiscard]] const std::string& name(KafkaTopic topic) const {
    return names_[static_cast<std::size_t>(topic)];
  }

  std::vector<std::string> names_;
  KafkaHandle handle_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaReader>> KafkaReader::make(const KafkaSettings& settings,
                                                               std::string_view role) {
  auto reader = std::make_unique<TheReader>();
  CT_RETURN_IF_ERROR(reader->open(settings, role));
  return reader;
}

absl::StatusOr<std::int64_t> read_to_end(KafkaReader& reader, const KafkaPlace& from, absl::Duration wait,
                                         const std::function<bool(const KafkaRecord&)>& visit) {
  constexpr std::size_t kAtOnce = 1000;
  CT_ASSIGN_OR_RETURN(const KafkaEnds ends, reader.ends(from.topic, from.partition, wait));
  KafkaPlace place = from;
  place.offset = std::max(from.offset, ends.first);
  // Compaction leaves the newest record of a partition alone: the end is always read.
  if (place.offset >= ends.next) return ends.next;
  CT_RETURN_IF_ERROR(reader.assign({&place, 1U}));
  absl::Status done;
  bool going = true;
  for (absl::Time until = absl::Now() + wait; going && done.ok();) {
    CT_ASSIGN_OR_RETURN(const auto records, reader.poll(kAtOnce, absl::Milliseconds(100)));
    for (const KafkaRecord& record : records) {
      going = going && visit(record) && record.offset + 1 < ends.next;
    }
    if (!records.empty()) until = absl::Now() + wait;
    if (going && absl::Now() > until)
      done =
          absl::UnavailableError(str_cat("Kafka has stopped giving a topic's partition ", place.partition));
  }
  CT_RETURN_IF_ERROR(reader.assign({}));
  CT_RETURN_IF_ERROR(done);
  return ends.next;
}

}  // namespace copytaster
