#include "app/kafka_inlet.h"

#include <utility>

#include "bus/kafka_parcel.h"
#include "core/bytes.h"
#include "core/dead_letter.h"
#include "core/erased_account.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kRecordsATurn = 256;
constexpr absl::Duration kPatience = absl::Seconds(30);  // with brokers, at the start
constexpr std::string_view kClusterKey = "kafka/cluster";
constexpr std::array kTopics = {KafkaTopic::kAccounts, KafkaTopic::kCaptures, KafkaTopic::kPrepared};

Counter& passed_by(std::string_view why) {
  return counter("copytaster_inlet_passed_by_total",
                 "Records from Kafka that were not taken in: told twice, or by an owner of before.",
                 {{"why", why}});
}

std::string place_key(const KafkaSettings& settings, KafkaTopic topic, std::int32_t partition) {
  return str_cat("kafka/", topic_name(settings, topic), "/", partition);
}

}  // namespace

struct KafkaInlet::Taken {
  std::vector<Capture> captures;
  std::vector<AccountState> states;
  std::map<std::string, DeadLetter> letters;  // somebody may take one out until they are written
  std::vector<Parcel> parcels;
  std::vector<std::pair<std::string, std::int64_t>> places;  // keys and numbers of kPositions
  std::string cluster;                                       // to be noted; empty: it is
  Counters counters;
  std::size_t records = 0;
};

KafkaInlet::KafkaInlet(const KafkaSettings& settings, const KeyValue* key_value, Store* store, Bus* bus,
                       const Clock* clock, std::mutex* letters)
    : settings_(settings),
      key_value_(key_value),
      store_(store),
      bus_(bus),
      clock_(clock),
      letters_(letters) {}

KafkaInlet::~KafkaInlet() = default;

absl::StatusOr<std::unique_ptr<KafkaInlet>> KafkaInlet::open(const KafkaSettings& settings,
                                                             const KeyValue* key_value, Store* store,
                                                             Bus* bus, const Clock* clock,
                                                             std::mutex* letters) {
  std::unique_ptr<KafkaInlet> inlet(new KafkaInlet(settings, key_value, store, bus, clock, letters));
  CT_RETURN_IF_ERROR(inlet->start());
  return inlet;
}

std::int64_t KafkaInlet::stored(const std::string& key, std::int64_t otherwise) const {
  const auto bytes = key_value_->get(Space::kPositions, key);
  return bytes.ok() ? static_cast<std::int64_t>(from_big_endian(*bytes)) : otherwise;
}

// Another cluster's offsets mean other records.
absl::Status KafkaInlet::check_cluster() {
  const std::string is = reader_->cluster(kPatience);
  const std::string was = key_value_->get(Space::kMeta, kClusterKey).value_or("");
  if (is.empty() || is == was) return absl::OkStatus();
  if (was.empty()) {
    cluster_ = is;
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(str_cat("the store was fed from the Kafka cluster ", was, ", and ",
                                               settings_.brokers, " is ", is,
                                               ": its records are others under the same numbers. Name other "
                                               "topics by bus.prefix; what lies on the old "
                                               "ones and is not stored is not taken over"));
}

// Behind what is stored; what is kept no more is told, and passed by.
absl::StatusOr<KafkaPlace> KafkaInlet::begin_at(KafkaTopic topic, std::int32_t partition) {
  const std::string key = place_key(settings_, topic, partition);
  CT_ASSIGN_OR_RETURN(const KafkaEnds ends, reader_->ends(topic, partition, kPatience));
  Place& place = places_[{topic, partition}];
  place.next = stored(key, ends.first);
  place.source = stored(str_cat(key, "/source"), -1);
  place.owner = stored(str_cat(key, "/owner"), -1);
  if (place.next > ends.next)
    return absl::FailedPreconditionError(str_cat("of ", topic_name(settings_, topic), " ", partition,
                                                 " everything before ", place.next,
                                                 " is stored, and it ends at ", ends.next,
                                                 ": the topic was made anew, or lost its end. Name other "
                                                 "topics by bus.prefix, and let collectors begin there"));
  if (place.next < ends.first && topic != KafkaTopic::kAccounts) {
    log_error("kafka.records_missing", "Records were not read while Kafka kept them; it goes on behind them",
              {{"kafka.topic", topic_name(settings_, topic)},
               {"kafka.partition", partition},
               {"kafka.first_missing", place.next},
               {"kafka.last_missing", ends.first - 1},
               {"hint",
                "retention.ms of the topic is too short for how long the desk was away; posts that still "
                "stand come again when their accounts are read from the beginning"}});
  }
  place.next = std::max(place.next, ends.first);
  return KafkaPlace{topic, partition, place.next};
}

absl::Status KafkaInlet::start() {
  CT_ASSIGN_OR_RETURN(reader_, KafkaReader::make(settings_, "desk"));
  CT_RETURN_IF_ERROR(check_cluster());
  std::vector<KafkaPlace> from;
  for (const KafkaTopic topic : kTopics) {
    for (std::int32_t partition = 0; partition < settings_.partitions; ++partition) {
      CT_ASSIGN_OR_RETURN(from.emplace_back(), begin_at(topic, partition));
    }
  }
  return reader_->assign(from);
}

absl::StatusOr<std::size_t> KafkaInlet::turn(absl::Duration wait) {
  look_at_ends();
  if (waiting_ == nullptr) {
    CT_ASSIGN_OR_RETURN(const auto records, reader_->poll(kRecordsATurn, wait));
    if (records.empty()) return std::size_t{0};
    idle_ = false;
    waiting_ = std::make_unique<Taken>();
    for (const KafkaRecord& record : records) CT_RETURN_IF_ERROR(take(record, waiting_.get()));
    note_places(waiting_.get());
  } else {
    // Without the mutex, which the processing needs to make room.
    const absl::Status room = bus_->append({}, nullptr, wait);
    if (absl::IsResourceExhausted(room)) return std::size_t{0};
    CT_RETURN_IF_ERROR(room);
  }
  const absl::Status appended = append(*waiting_);
  if (absl::IsResourceExhausted(appended)) return std::size_t{0};
  CT_RETURN_IF_ERROR(appended);
  const std::size_t records = waiting_->records;
  waiting_.reset();
  return records;
}

// In a batch of its own each time: what an earlier try has staged would lie in it still, and a letter may
// have changed since.
absl::Status KafkaInlet::append(const Taken& taken) {
  std::unique_lock<std::mutex> lock;
  if (letters_ != nullptr && !taken.letters.empty()) lock = std::unique_lock(*letters_);
  const auto batch = store_->batch();
  CT_RETURN_IF_ERROR(stage(taken, *batch));
  return bus_->append(taken.parcels, batch.get(), absl::ZeroDuration());
}

// The offsets go with what they count. What an erased account's collector has still sent is left out: what it
// was erased from may be looked through already.
absl::Status KafkaInlet::stage(const Taken& taken, WriteBatch& batch) {
  Counters counters = taken.counters;
  for (const Capture& capture : taken.captures) {
    CT_ASSIGN_OR_RETURN(const bool erased, is_account_erased(*store_, capture.account_id()));
    if (erased) continue;
    CT_RETURN_IF_ERROR(store_->stage_capture(batch, capture));
    counters.set_captures(counters.captures() + 1);
  }
  for (const AccountState& state : taken.states) {
    CT_ASSIGN_OR_RETURN(const bool erased, is_account_erased(*store_, state.account_id()));
    CT_RETURN_IF_ERROR(store_->stage_account(batch, erased ? bare_state(state) : state));
  }
  CT_RETURN_IF_ERROR(stage_letters(taken, batch, &counters));
  for (const auto& [key, number] : taken.places)
    batch.put(Space::kPositions, key, big_endian(static_cast<std::uint64_t>(number)));
  if (!taken.cluster.empty()) batch.put(Space::kMeta, kClusterKey, taken.cluster);
  return store_->stage_counters(batch, counters);
}

absl::Status KafkaInlet::stage_letters(const Taken& taken, WriteBatch& batch, Counters* counters) {
  for (const auto& [id, letter] : taken.letters) {
    CT_ASSIGN_OR_RETURN(const bool erased, is_account_erased(*store_, letter.account_id()));
    if (erased) {  // refused, as its posts are by the processing: that counts as stored
      counters->set_dead_lettered(counters->dead_lettered() - posts_of(letter));
      counters->set_stored(counters->stored() + posts_of(letter));
      continue;
    }
    const absl::Status staged = store_->stage_dead_letter(batch, letter);
    if (!absl::IsInvalidArgument(staged)) CT_RETURN_IF_ERROR(staged);
  }
  return absl::OkStatus();
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

void KafkaInlet::note_places(Taken* taken) {
  for (auto& [key, place] : places_) {
    if (!std::exchange(place.changed, false)) continue;
    const std::string name = place_key(settings_, key.first, key.second);
    const auto note = [&](std::string_view suffix, std::int64_t number) {
      if (number >= 0) taken->places.emplace_back(str_cat(name, suffix), number);
    };
    note("", place.next);
    note("/source", place.source);
    note("/owner", place.owner);
  }
  taken->cluster = std::exchange(cluster_, "");
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
  taken->captures.push_back(std::move(capture));
  return absl::OkStatus();
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
  CT_RETURN_IF_ERROR(store_->stage_account(*store_->batch(), state));  // is its id one that can be stored?
  taken->states.push_back(std::move(state));
  return absl::OkStatus();
}

absl::Status KafkaInlet::take_parcel(const KafkaRecord& record, Place* place, Taken* taken) {
  const auto source = record.number(kafka_header::kSource);
  const std::int64_t owner = record.number(kafka_header::kOwner).value_or(place->owner);
  if (source && *source <= place->source) {
    passed_by("repeated").add();
    return absl::OkStatus();
  }
  if (source && place->source >= 0 && *source > place->source + 1) {
    log_error("kafka.records_missing", "Collected parcels are missing: no processor has handed them on",
              {{"kafka.topic", topic_name(settings_, KafkaTopic::kItems)},
               {"kafka.partition", record.partition},
               {"kafka.first_missing", place->source + 1},
               {"kafka.last_missing", *source - 1},
               {"hint",
                "they may still be on the topic; posts that still stand come again when their accounts "
                "are read from the beginning"}});
  }
  place->source = source.value_or(place->source);
  if (owner < place->owner) {
    passed_by("owner").add();
    return absl::OkStatus();
  }
  place->owner = owner;
  Parcel parcel = readable(record, source.has_value());
  take_letters(&parcel, taken);
  taken->counters.set_collected(taken->counters.collected() +
                                static_cast<std::uint64_t>(parcel.items_size()));
  const int news =
      parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() + parcel.engagements_size();
  if (news > 0) taken->parcels.push_back(std::move(parcel));
  return absl::OkStatus();
}

// What of it can be read; the rest as letters.
Parcel KafkaInlet::readable(const KafkaRecord& record, bool has_source) const {
  std::string why = why_unreadable(record, "Parcel");
  if (why.empty() && !has_source) why = "no processor has made it";
  if (why.empty()) return read_kafka_parcel(record);
  return unreadable_parcel(record, why, clock_->now());
}

void KafkaInlet::take_letters(Parcel* parcel, Taken* taken) {
  for (DeadLetter& letter : *parcel->mutable_dead_letters()) {
    const std::uint64_t posts = posts_of(letter);
    taken->counters.set_collected(taken->counters.collected() + posts);
    taken->counters.set_dead_lettered(taken->counters.dead_lettered() + posts);
    const auto [kept, is_new] = taken->letters.try_emplace(letter.id(), letter);
    if (!is_new) kept->second.set_counted(posts_of(kept->second) + posts);
  }
  parcel->clear_dead_letters();
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
  idle_ = waiting_ == nullptr && unprocessed == 0 && here == 0;
}

}  // namespace copytaster
