#include "app/kafka_inlet.h"

#include <utility>

#include "core/bytes.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kRecordsATurn = 256;
constexpr absl::Duration kPatience = absl::Seconds(30);  // with brokers, at the start
constexpr std::size_t kMaxDeadLetterBytes = 64 << 10;
constexpr std::array kTopics = {KafkaTopic::kAccounts, KafkaTopic::kCaptures, KafkaTopic::kPrepared};

Counter& passed_by(std::string_view why) {
  return counter("copytaster_inlet_passed_by_total",
                 "Records from Kafka that were not taken in: told twice, or by an owner of before.",
                 {{"why", why}});
}

std::string place_key(const KafkaSettings& settings, KafkaTopic topic, std::int32_t partition) {
  return str_cat("kafka/", topic_name(settings, topic), "/", partition);
}

std::uint64_t counted(const DeadLetter& letter) { return letter.counted() == 0 ? 1 : letter.counted(); }

}  // namespace

struct KafkaInlet::Taken {
  std::unique_ptr<WriteBatch> batch;
  std::vector<Parcel> parcels;
  Counters counters;
  std::size_t records = 0;
};

KafkaInlet::KafkaInlet(const KafkaSettings& settings, const KeyValue* key_value, Store* store, Bus* bus,
                       const Clock* clock)
    : settings_(settings), key_value_(key_value), store_(store), bus_(bus), clock_(clock) {}

KafkaInlet::~KafkaInlet() = default;

absl::StatusOr<std::unique_ptr<KafkaInlet>> KafkaInlet::open(const KafkaSettings& settings,
                                                             const KeyValue* key_value, Store* store,
                                                             Bus* bus, const Clock* clock) {
  std::unique_ptr<KafkaInlet> inlet(new KafkaInlet(settings, key_value, store, bus, clock));
  CT_RETURN_IF_ERROR(inlet->start());
  return inlet;
}

std::int64_t KafkaInlet::stored(const std::string& key, std::int64_t otherwise) const {
  const auto bytes = key_value_->get(Space::kPositions, key);
  return bytes.ok() ? static_cast<std::int64_t>(from_big_endian(*bytes)) : otherwise;
}

absl::Status KafkaInlet::start() {
  CT_ASSIGN_OR_RETURN(reader_, KafkaReader::make(settings_, "desk"));
  std::vector<KafkaPlace> from;
  for (const KafkaTopic topic : kTopics) {
    for (std::int32_t partition = 0; partition < settings_.partitions; ++partition) {
      const std::string key = place_key(settings_, topic, partition);
      Place& place = places_[{topic, partition}];
      place.next = stored(key, -1);
      if (place.next < 0) {
        CT_ASSIGN_OR_RETURN(const KafkaEnds ends, reader_->ends(topic, partition, kPatience));
        place.next = ends.first;
      }
      place.source = stored(str_cat(key, "/source"), -1);
      place.owner = stored(str_cat(key, "/owner"), -1);
      from.push_back({topic, partition, place.next});
    }
  }
  return reader_->assign(from);
}

absl::StatusOr<std::size_t> KafkaInlet::turn(absl::Duration wait) {
  if (waiting_ == nullptr) {
    CT_ASSIGN_OR_RETURN(const auto records, reader_->poll(kRecordsATurn, wait));
    if (records.empty()) {
      look_at_ends();
      return std::size_t{0};
    }
    idle_ = false;
    waiting_ = std::make_unique<Taken>();
    waiting_->batch = store_->batch();
    for (const KafkaRecord& record : records) CT_RETURN_IF_ERROR(take(record, waiting_.get()));
    CT_RETURN_IF_ERROR(hand_on(waiting_.get()));
  }
  const absl::Status appended = bus_->append(waiting_->parcels, waiting_->batch.get(), wait);
  if (absl::IsResourceExhausted(appended)) return std::size_t{0};
  CT_RETURN_IF_ERROR(appended);
  const std::size_t records = waiting_->records;
  waiting_.reset();
  return records;
}

absl::Status KafkaInlet::take(const KafkaRecord& record, Taken* taken) {
  Place& place = places_[{record.topic, record.partition}];
  place.next = record.offset + 1;
  place.changed = true;
  ++taken->records;
  const absl::Status done = record.topic == KafkaTopic::kCaptures   ? take_capture(record, taken)
                            : record.topic == KafkaTopic::kAccounts ? take_account(record, &place, taken)
                                                                    : take_parcel(record, &place, taken);
  if (!absl::IsInvalidArgument(done)) return done;
  // No id that the store takes: nobody could ever ask for it.
  log_error("kafka.unreadable", "A record has no id that can be stored, and is passed by",
            {{"kafka.topic", topic_name(settings_, record.topic)},
             {"kafka.partition", record.partition},
             {"kafka.offset", record.offset},
             {"error.message", std::string(done.message())}});
  return absl::OkStatus();
}

// The offsets go with what they count.
absl::Status KafkaInlet::hand_on(Taken* taken) {
  for (auto& [key, place] : places_) {
    if (!std::exchange(place.changed, false)) continue;
    const std::string name = place_key(settings_, key.first, key.second);
    const auto put = [&](std::string_view suffix, std::int64_t number) {
      if (number >= 0)
        taken->batch->put(Space::kPositions, str_cat(name, suffix),
                          big_endian(static_cast<std::uint64_t>(number)));
    };
    put("", place.next);
    put("/source", place.source);
    put("/owner", place.owner);
  }
  return store_->stage_counters(*taken->batch, taken->counters);
}

absl::Status KafkaInlet::take_capture(const KafkaRecord& record, Taken* taken) {
  Capture capture;
  const std::string why = why_unreadable(record, "Capture");
  const bool reads = why.empty() && capture.ParseFromString(record.value);
  if (!reads || sha256_hex(capture.body()) != capture.sha256()) {
    log_error("kafka.unreadable",
              "An answer that was kept as evidence cannot be read; its posts come all the same",
              {{"kafka.partition", record.partition},
               {"kafka.offset", record.offset},
               {"account.id", record.key},
               {"error.message", !why.empty() ? why
                                 : reads      ? "its bytes are not those of its hash"
                                              : "it does not parse"},
               {"hint", "is a collector of another version, or a broker's disk damaged?"}});
    return absl::OkStatus();
  }
  taken->counters.set_captures(taken->counters.captures() + 1);
  return store_->stage_capture(*taken->batch, capture);
}

absl::Status KafkaInlet::take_account(const KafkaRecord& record, Place* place, Taken* taken) {
  const std::string_view type = record.header(kafka_header::kType);
  if (type == "Owner") place->owner = record.offset;
  if (type != "AccountState") return absl::OkStatus();
  if (record.number(kafka_header::kOwner).value_or(-1) < place->owner) {
    passed_by("owner").add();
    return absl::OkStatus();
  }
  AccountState state;
  if (!why_unreadable(record, type).empty() || !state.ParseFromString(record.value)) return absl::OkStatus();
  return store_->stage_account(*taken->batch, state);
}

absl::Status KafkaInlet::take_parcel(const KafkaRecord& record, Place* place, Taken* taken) {
  const std::int64_t source = record.number(kafka_header::kSource).value_or(-1);
  const std::int64_t owner = record.number(kafka_header::kOwner).value_or(-1);
  if (source >= 0 && source <= place->source) {
    passed_by("repeated").add();
    return absl::OkStatus();
  }
  if (place->source >= 0 && source > place->source + 1) {
    log_error(
        "kafka.records_missing", "Collected parcels are missing: no processor has handed them on",
        {{"kafka.topic", topic_name(settings_, KafkaTopic::kItems)},
         {"kafka.partition", record.partition},
         {"kafka.first_missing", place->source + 1},
         {"kafka.last_missing", source - 1},
         {"hint",
          "they may still be on the topic; posts that still stand come again when their accounts are read "
          "from the beginning"}});
  }
  place->source = source;
  if (owner >= 0 && owner < place->owner) {
    passed_by("owner").add();
    return absl::OkStatus();
  }
  place->owner = owner;
  Parcel parcel;
  std::string why = why_unreadable(record, "Parcel");
  if (why.empty() && !parcel.ParseFromString(record.value)) why = "the parcel does not parse";
  if (!why.empty()) {
    parcel.Clear();
    DeadLetter* const letter = parcel.add_dead_letters();
    letter->set_id(str_cat("prepared:", record.partition, ":", record.offset));
    letter->set_account_id(record.key);
    letter->set_stage("log");
    letter->set_reason(why);
    letter->set_payload(record.value.substr(0, kMaxDeadLetterBytes));
    letter->set_cut(record.value.size() > kMaxDeadLetterBytes);
    set_timestamp(letter->mutable_at(), clock_->now());
  }
  CT_RETURN_IF_ERROR(take_letters(&parcel, taken));
  taken->counters.set_collected(taken->counters.collected() +
                                static_cast<std::uint64_t>(parcel.items_size()));
  const int news =
      parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() + parcel.engagements_size();
  if (news > 0) taken->parcels.push_back(std::move(parcel));
  return absl::OkStatus();
}

absl::Status KafkaInlet::take_letters(Parcel* parcel, Taken* taken) {
  for (const DeadLetter& letter : parcel->dead_letters()) {
    CT_RETURN_IF_ERROR(store_->stage_dead_letter(*taken->batch, letter));
    taken->counters.set_collected(taken->counters.collected() + counted(letter));
    taken->counters.set_dead_lettered(taken->counters.dead_lettered() + counted(letter));
  }
  parcel->clear_dead_letters();
  return absl::OkStatus();
}

std::int64_t KafkaInlet::behind(KafkaTopic topic) {
  std::int64_t records = 0;
  for (std::int32_t partition = 0; partition < settings_.partitions; ++partition) {
    const auto ends = reader_->ends(topic, partition, absl::Seconds(2));
    if (!ends.ok()) return -1;
    // Of what was collected the prepared record tells how far it has come.
    const std::int64_t done =
        topic == KafkaTopic::kItems
            ? std::max(places_[{KafkaTopic::kPrepared, partition}].source + 1, ends->first)
            : places_[{topic, partition}].next;
    records += std::max<std::int64_t>(ends->next - done, 0);
  }
  return records;
}

void KafkaInlet::look_at_ends() {
  const absl::Time now = absl::Now();
  if (now - looked_ < settings_.look_every && now >= looked_) return;
  looked_ = now;
  static Gauge& collected = gauge("copytaster_inlet_unprocessed_records",
                                  "Parcels that were collected and that no processor has handed on.");
  static Gauge& waiting =
      gauge("copytaster_inlet_lag_records", "Records on Kafka that the desk has not taken in.");
  const std::int64_t unprocessed = behind(KafkaTopic::kItems);
  std::int64_t here = 0;
  for (const KafkaTopic topic : kTopics) {
    const std::int64_t records = behind(topic);
    here = records < 0 || here < 0 ? -1 : here + records;
  }
  if (unprocessed < 0 || here < 0) return;  // brokers are away: what was there is all that is known
  collected.set(static_cast<double>(unprocessed));
  waiting.set(static_cast<double>(here));
  idle_ = unprocessed == 0 && here == 0;
}

}  // namespace copytaster
