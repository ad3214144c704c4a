// The bus of a collector on a machine of its own: what it appends goes to Kafka. In this order, each step
// acknowledged by all replicas in sync before the next: captures and parcels, then where the account stands.
// A stop between asks again, so that posts come twice rather than never; items' ids make that one post.
//
// Collectors only append. Processing reads by KafkaMember (app/process_role.h), the desk by KafkaReader
// (app/kafka_inlet.h), for both keep what they read together with what they did.
#pragma once

#include <functional>
#include <memory>

#include "bus/kafka_settings.h"
#include "bus/kafka_writer.h"
#include "bus/remote_key_value.h"
#include "core/bus.h"

namespace copytaster {

struct KafkaBusOptions {
  KafkaSettings settings;
  // Who this collector is to the partition: the offset of its own record of taking over (app/collect_role.h);
  // negative: it does not own it, and nothing is sent there.
  std::function<std::int64_t(std::int32_t partition)> owner;
  // A partition that this collector owns, for what belongs to no account (a stream's message that cannot be
  // read); negative: it owns none.
  std::function<std::int32_t()> any_partition;
  // Accounts that officials have. The states of others, streams for one, are remembered here and not sent:
  // each collector has its own.
  std::function<bool(std::string_view account_id)> is_account;
  // After a parcel was acknowledged, in order. May be null.
  std::function<void(const Parcel& parcel)> on_sent = nullptr;
  // How long an append waits for brokers at least: the poller asks for none.
  absl::Duration least_wait = absl::Seconds(2);
};

// Both outlive the bus, which becomes who sends the batches of `key_value`. append(): kResourceExhausted: not
// acknowledged yet; call again with the same. kAborted: the account is not this collector's any more.
[[nodiscard]] std::unique_ptr<Bus> make_kafka_bus(KafkaWriter* writer, RemoteKeyValue* key_value,
                                                  KafkaBusOptions options);

}  // namespace copytaster
