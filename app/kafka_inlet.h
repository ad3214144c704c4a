// Where the desk takes in what collectors and processors have put on Kafka: captures, parcels behind the
// stateless steps, and where accounts stand. Everything of one turn goes into the store and the embedded log
// in ONE synced batch, together with the offsets: at a start it reads on exactly behind what is stored. From
// the log on it is as on one machine.
//
// Of each partition it also keeps which record of `<prefix>.items` the last parcel was made from, and who
// owned the accounts then:
//   - a parcel made from the same record again (a processor died before it could say that it was done) is
//   passed by;
//   - a record that is missing between two is told by number, as an error: it was on Kafka, and nobody has
//   processed it;
//   - what an earlier owner has sent after the present one began is passed by: the present one reads it
//   again.
// Of an account that was erased neither captures nor letters are taken in, nor what it says of itself.
// One thread, but for idle().
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bus/kafka_reader.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/store.h"

namespace copytaster {

class KafkaInlet {
 public:
  // All outlive it.
  // `letters` is held while letters are written (app/letter_retry.h), and never while it waits; may be null.
  // kFailedPrecondition: these are not the topics that the store was fed from; the message says what to do.
  static absl::StatusOr<std::unique_ptr<KafkaInlet>> open(const KafkaSettings& settings,
                                                          const KeyValue* key_value, Store* store, Bus* bus,
                                                          const Clock* clock, std::mutex* letters = nullptr);
  ~KafkaInlet();
  KafkaInlet(const KafkaInlet&) = delete;
  KafkaInlet& operator=(const KafkaInlet&) = delete;
  // Takes in what has come, waiting at most `wait` for it. Returns how many records that was. What it could
  // not hand on because the log is full it keeps for the next turn, and reads nothing more: back-pressure.
  // Errors: as store and bus; kDataLoss: Kafka has thrown away what was not read yet.
  absl::StatusOr<std::size_t> turn(absl::Duration wait);
  // Everything that was on the topics when it last looked is taken in, also what was collected and not
  // processed yet. Any thread.
  [[nodiscard]] bool idle() const { return idle_; }

 private:
  struct Place {
    std::int64_t next = 0;     // offset
    std::int64_t source = -1;  // of kPrepared: offset in kItems that the last one was made from
    std::int64_t owner = -1;
    bool changed = false;
  };
  using Key = std::pair<KafkaTopic, std::int32_t>;
  struct Taken;  // what one turn has read

  KafkaInlet(const KafkaSettings& settings, const KeyValue* key_value, Store* store, Bus* bus,
             const Clock* clock, std::mutex* letters);
  absl::Status start();
  absl::Status check_cluster();
  absl::StatusOr<KafkaPlace> begin_at(KafkaTopic topic, std::int32_t partition);
  [[nodiscard]] std::int64_t stored(const std::string& key, std::int64_t otherwise) const;
  absl::Status take(const KafkaRecord& record, Taken* taken);
  absl::Status take_capture(const KafkaRecord& record, Taken* taken);
  absl::Status take_account(const KafkaRecord& record, Place* place, Taken* taken);
  absl::Status take_parcel(const KafkaRecord& record, Place* place, Taken* taken);
  [[nodiscard]] Parcel readable(const KafkaRecord& record, bool has_source) const;
  void take_letters(Parcel* parcel, Taken* taken);
  void note_places(Taken* taken);
  absl::Status append(const Taken& taken);
  absl::Status stage(const Taken& taken, WriteBatch& batch);
  absl::Status stage_letters(const Taken& taken, WriteBatch& batch, Counters* counters);
  void look_at_ends();
  // Records behind what is taken in; negative: brokers do not say.
  [[nodiscard]] std::int64_t behind(KafkaTopic topic);

  const KafkaSettings settings_;
  const KeyValue* key_value_;
  Store* store_;
  Bus* bus_;
  const Clock* clock_;
  std::mutex* letters_;
  std::string cluster_;  // to be noted with the next batch; empty: it is
  std::unique_ptr<KafkaReader> reader_;
  std::map<Key, Place> places_;
  std::unique_ptr<Taken> waiting_;  // the log was full
  absl::Time looked_ = absl::InfinitePast();
  std::atomic<bool> idle_{false};
};

}  // namespace copytaster
