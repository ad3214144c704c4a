#include "app/process_role.h"

#include <algorithm>
#include <map>

#include "app/edition.h"
#include "app/guard.h"
#include "app/picture_work.h"
#include "app/refused.h"
#include "app/signals.h"
#include "app/stage_metrics.h"
#include "bus/kafka_parcel.h"
#include "core/crash_point.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kParcelsATurn = 64;
constexpr absl::Duration kWaitForBrokers = absl::Seconds(5);
constexpr absl::Duration kPauseWhenAway = absl::Seconds(1);

}  // namespace

ProcessRole::ProcessRole(const ProcessRoleOptions& options)
    : o_(options),
      edition_(edition_of(*options.pipeline)),
      parallel_(std::make_unique<Parallel>(options.threads)) {}

absl::StatusOr<std::unique_ptr<ProcessRole>> ProcessRole::start(const ProcessRoleOptions& options) {
  std::unique_ptr<ProcessRole> role(new ProcessRole(options));
  CT_ASSIGN_OR_RETURN(role->writer_, KafkaWriter::make(options.kafka, "process"));
  CT_ASSIGN_OR_RETURN(role->member_, KafkaMember::make(options.kafka, "process", "process",
                                                       KafkaTopic::kItems, KafkaBegin::kCommitted));
  return role;
}

void ProcessRole::prepare(Parcel* parcel) const {
  auto* const items = parcel->mutable_items();
  for (int i = 0; i < items->size();) {
    const Item before = items->Get(i);
    const absl::Status done = guarded([&] { return o_.pipeline->prepare(*items->Mutable(i)); });
    if (done.ok()) {
      ++i;
      continue;
    }
    *parcel->add_dead_letters() = refused_post(before, 1, done, o_.clock->now());
    items->DeleteSubrange(i, 1);
  }
  for (PictureResult& picture : *parcel->mutable_pictures()) look_at(&picture);
  parcel->set_prepared_by(edition_);
}

// Where the media store is away, its parcel waits: a picture must not be called unreadable for that.
void ProcessRole::look_at(PictureResult* picture) const {
  while (!stop_asked() && !try_to_inspect(*picture, *o_.media, o_.text_reader).ok())
    absl::SleepFor(kPauseWhenAway);
}

KafkaRecord ProcessRole::prepare(const KafkaRecord& record) const {
  Parcel parcel;
  std::string why = why_unreadable(record, "Parcel");
  if (why.empty()) {
    parcel = read_kafka_parcel(record);
    prepare(&parcel);
  } else {
    parcel = unreadable_parcel(record, why, o_.clock->now());
    log_error("kafka.unreadable", "A record cannot be read and is in the dead letters",
              {{"kafka.partition", record.partition},
               {"kafka.offset", record.offset},
               {"error.message", why},
               {"hint", "copytaster dlq ls shows it; a newer program can try it again"}});
  }
  std::string bytes = parcel.SerializeAsString();
  if (bytes.size() > kMaxKafkaRecordBytes) {
    parcel = unreadable_parcel(
        record, str_cat("processed it has ", bytes.size(), " bytes, too many for a record"), o_.clock->now());
    bytes = parcel.SerializeAsString();
  }
  KafkaRecord out = make_kafka_record(KafkaTopic::kPrepared, record.partition, record.key, "Parcel",
                                      std::move(bytes), parcel.trace_id());
  out.headers.emplace_back(kafka_header::kSource, str_cat(record.offset));
  out.headers.emplace_back(kafka_header::kOwner, str_cat(record.number(kafka_header::kOwner).value_or(-1)));
  return out;
}

absl::StatusOr<std::size_t> ProcessRole::turn(absl::Duration wait) {
  static const StageMetrics metrics("prepare");
  CT_ASSIGN_OR_RETURN(const KafkaNews news, member_->poll(kParcelsATurn, wait));
  if (news.records.empty()) return std::size_t{0};
  const absl::Time begun = absl::Now();
  metrics.received.add(news.records.size());
  std::vector<KafkaRecord> out(news.records.size());
  parallel_->each(out.size(), [&](std::size_t i) { out[i] = prepare(news.records[i]); });
  // Asked to stop while the media store was away: somebody else has it all done again.
  if (stop_asked()) return absl::CancelledError("stopping");
  crash_point(CrashPoint::kTurnBegun);
  while (true) {
    const absl::Status sent = writer_->write(out, kWaitForBrokers);
    if (sent.ok()) break;
    // Brokers are away: what was taken waits, and is not taken again unless somebody else gets it meanwhile.
    if (!absl::IsResourceExhausted(sent) || stop_asked()) return sent;
  }
  std::map<std::int32_t, std::int64_t> done;
  for (const KafkaRecord& record : news.records) done[record.partition] = record.offset + 1;
  crash_point(CrashPoint::kCommitBefore);
  for (const auto& [partition, next] : done) {
    const absl::Status committed = member_->commit(partition, next);
    if (!committed.ok() && !absl::IsAborted(committed) && !absl::IsUnavailable(committed)) return committed;
  }
  crash_point(CrashPoint::kCommitAfter);
  metrics.sent.add(out.size());
  metrics.seconds.observe(absl::Now() - begun);
  return out.size();
}

}  // namespace copytaster
