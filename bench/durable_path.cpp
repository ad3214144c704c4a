#include "bench/durable_path.h"

#include <cstdint>
#include <utility>

#include "bus/embedded_bus.h"
#include "core/status.h"

namespace copytaster {

absl::Status DurablePath::open(const std::string& folder) {
  CT_ASSIGN_OR_RETURN(key_value, open_key_value(folder, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(store, open_store(key_value.get(), folder, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(media, open_folder_media(folder, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(mark, TailMark::open(folder));
  EmbeddedBusOptions log;
  log.acknowledged = mark->found();
  log.on_acknowledged = [noted = mark.get()](std::uint64_t position) { noted->raise(position); };
  CT_ASSIGN_OR_RETURN(bus, make_embedded_bus(key_value.get(), log));
  pipeline = std::make_unique<Pipeline>(officials, Rules::defaults());
  processing = std::make_unique<Processing>(
      ProcessingDependencies{bus.get(), store.get(), media.get(), pipeline.get(), &clock}, 1);
  return reader.open();
}

absl::Status DurablePath::collect(const std::string& page, std::size_t* posts) const {
  Capture capture = reader.capture(page);
  CT_ASSIGN_OR_RETURN(Parsed parsed, reader.parse(capture));
  *posts += parsed.items.size();
  auto batch = store->batch();
  CT_RETURN_IF_ERROR(store->stage_capture(*batch, capture));
  AccountState state;
  state.set_account_id(reader.account().id());
  *state.mutable_cursor() = parsed.next;
  CT_RETURN_IF_ERROR(store->stage_account(*batch, state));
  Counters counters;
  counters.set_collected(parsed.items.size());
  counters.set_captures(1);
  CT_RETURN_IF_ERROR(store->stage_counters(*batch, counters));
  Parcel parcel;
  parcel.set_account_id(state.account_id());
  parcel.set_capture_sha256(capture.sha256());
  for (Item& item : parsed.items) *parcel.add_items() = std::move(item);
  return bus->append({&parcel, 1}, batch.get(), absl::Minutes(1));
}

absl::Status DurablePath::drain() const {
  while (bus->lag("process") > 0) CT_RETURN_IF_ERROR(processing->turn(absl::Milliseconds(10)).status());
  return absl::OkStatus();
}

}  // namespace copytaster
