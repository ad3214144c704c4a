#include "bus/kafka_member.h"

#include <atomic>

#include "bus/kafka_consumer.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

class TheMember final : public KafkaMember {
 public:
  TheMember(KafkaBegin begin, std::string topic) : begin_(begin), topic_(std::move(topic)) {}
  ~TheMember() override {
    // Leaving calls rebalanced() a last time.
    if (handle_ != nullptr) rd_kafka_consumer_close(handle_.get());
  }

  absl::Status open(const KafkaSettings& settings, std::string_view role, std::string_view group) {
    names_ = topic_names(settings);
    KafkaConfig config(settings, role);
    set_consumer(&config, str_cat(settings.prefix, ".", group));
    config.set("auto.offset.reset", begin_ == KafkaBegin::kEnd ? "latest" : "earliest");
    config.set("partition.assignment.strategy", "cooperative-sticky");
    config.set("session.timeout.ms", str_cat(absl::ToInt64Milliseconds(settings.session_timeout)));
    config.set("heartbeat.interval.ms", str_cat(absl::ToInt64Milliseconds(settings.session_timeout) / 4));
    rd_kafka_conf_set_opaque(config.conf(), this);
    rd_kafka_conf_set_rebalance_cb(config.conf(), rebalanced);
    CT_ASSIGN_OR_RETURN(rd_kafka_t * made, config.make(RD_KAFKA_CONSUMER));
    handle_.reset(made);
    rd_kafka_poll_set_consumer(made);
    const KafkaList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), RD_KAFKA_PARTITION_UA);
    return kafka_status(rd_kafka_subscribe(made, list.get()), str_cat("subscribing to ", topic_));
  }

  absl::StatusOr<KafkaNews> poll(std::size_t max, absl::Duration wait) override {
    CT_ASSIGN_OR_RETURN(news_.records, poll_records(handle_.get(), names_, max,
                                                    static_cast<int>(absl::ToInt64Milliseconds(wait))));
    // A partition may go in the middle of a call: what was read of it is its new reader's.
    std::erase_if(news_.records,
                  [&](const KafkaRecord& record) { return !mine_.contains(record.partition); });
    for (const KafkaRecord& record : news_.records) positions_[record.partition] = record.offset + 1;
    measure();
    return std::exchange(news_, {});
  }

  absl::Status seek(std::int32_t partition, std::int64_t next, absl::Duration wait) override {
    const KafkaList list(rd_kafka_topic_partition_list_new(1));
    auto* const place = rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), partition);
    place->offset = next;
    rd_kafka_error_t* const error = rd_kafka_seek_partitions(
        handle_.get(), list.get(), static_cast<int>(absl::ToInt64Milliseconds(wait)));
    const rd_kafka_resp_err_t code = error == nullptr ? place->err : rd_kafka_error_code(error);
    if (error != nullptr) rd_kafka_error_destroy(error);
    return kafka_status(code, str_cat("going to a record of ", topic_));
  }

  absl::Status commit(std::int32_t partition, std::int64_t next) override {
    const KafkaList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), partition)->offset = next;
    const rd_kafka_resp_err_t error = rd_kafka_commit(handle_.get(), list.get(), 0);
    switch (error) {
      case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
      case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
      case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
      case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
        return absl::AbortedError("the work has been given to somebody else");
      default:
        return kafka_status(error, str_cat("committing what was read of ", topic_));
    }
  }

  [[nodiscard]] const std::set<std::int32_t>& partitions() const override { return mine_; }
  [[nodiscard]] std::int64_t lag() const override { return lag_; }

 private:
  // Inside of poll(), on its thread.
  static void rebalanced(rd_kafka_t* handle, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t* list,
                         void* opaque) {
    auto* const member = static_cast<TheMember*>(opaque);
    if (error == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
      member->gain(handle, list);
    } else {
      member->lose(handle, list, rd_kafka_assignment_lost(handle) != 0);
    }
  }

  void gain(rd_kafka_t* handle, rd_kafka_topic_partition_list_t* list) {
    for (int i = 0; i < list->cnt; ++i) {
      rd_kafka_topic_partition_t& place = list->elems[i];
      if (begin_ == KafkaBegin::kEnd) place.offset = RD_KAFKA_OFFSET_END;
      mine_.insert(place.partition);
      news_.gained.insert(place.partition);
      news_.lost.erase(place.partition);
    }
    rd_kafka_error_destroy(rd_kafka_incremental_assign(handle, list));
    tell(list->cnt, "taken over");
  }

  void lose(rd_kafka_t* handle, rd_kafka_topic_partition_list_t* list, bool lost) {
    for (int i = 0; i < list->cnt; ++i) {
      const std::int32_t partition = list->elems[i].partition;
      mine_.erase(partition);
      positions_.erase(partition);
      news_.lost.insert(partition);
      news_.gained.erase(partition);
    }
    rd_kafka_error_destroy(rd_kafka_incremental_unassign(handle, list));
    tell(list->cnt, lost ? "taken away: this member was taken for dead" : "given away");
  }

  void tell(int partitions, std::string_view what) const {
    if (partitions == 0) return;  // others have come or gone, and nothing of ours with them
    log_info("kafka.rebalanced", str_cat("Work is shared anew: partitions were ", what),
             {{"kafka.topic", topic_},
              {"kafka.partitions.changed", partitions},
              {"kafka.partitions.mine", mine_.size()}});
  }

  // From what the client knows by its fetches, without asking.
  void measure() {
    std::int64_t behind = 0;
    for (const std::int32_t partition : mine_) {
      std::int64_t first = 0, next = 0;
      if (rd_kafka_get_watermark_offsets(handle_.get(), topic_.c_str(), partition, &first, &next) !=
              RD_KAFKA_RESP_ERR_NO_ERROR ||
          next < 0)
        continue;
      const auto at = positions_.find(partition);
      if (at != positions_.end()) behind += std::max<std::int64_t>(next - at->second, 0);
    }
    lag_ = behind;
  }

  KafkaBegin begin_;
  std::string topic_;
  std::vector<std::string> names_;
  std::set<std::int32_t> mine_;
  std::map<std::int32_t, std::int64_t> positions_;
  KafkaNews news_;
  std::atomic<std::int64_t> lag_{0};
  KafkaHandle handle_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaMember>> KafkaMember::make(const KafkaSettings& settings,
                                                               std::string_view role, std::string_view group,
                                                               KafkaTopic topic, KafkaBegin begin) {
  auto member = std::make_unique<TheMember>(begin, topic_name(settings, topic));
  CT_RETURN_IF_ERROR(member->open(settings, role, group));
  return member;
}

}  // namespace copytaster
