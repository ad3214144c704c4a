#include "app/indexing.h"

#include <set>
#include <utility>

#include "core/status.h"

namespace copytaster {
namespace {
constexpr std::string_view kConsumer = "search";
constexpr std::size_t kParcelsATurn = 256;
}  // namespace

absl::StatusOr<std::unique_ptr<Indexing>> Indexing::open(Bus* bus, const Store* store,
                                                         const std::string& directory) {
  CT_ASSIGN_OR_RETURN(auto writer, open_search_writer(directory));
  return std::unique_ptr<Indexing>(new Indexing(bus, store, std::move(writer)));
}

absl::StatusOr<std::size_t> Indexing::turn(absl::Duration wait) {
  if (waiting_.empty()) {
    CT_ASSIGN_OR_RETURN(waiting_, bus_->poll(kConsumer, kParcelsATurn, wait));
  }
  const std::uint64_t processed = bus_->position("process");
  std::set<std::string> ids;
  std::size_t done = 0;
  for (const Delivery& delivery : waiting_) {
    if (delivery.position >= processed) break;  // its items may not be in the store yet
    for (const Item& item : delivery.parcel.items()) ids.insert(item.id());
    for (const Deletion& deletion : delivery.parcel.deletions()) ids.insert(deletion.item_id());
    for (const PictureResult& picture : delivery.parcel.pictures()) ids.insert(picture.item_id());
    ++done;
  }
  if (done == 0) return done;
  for (const std::string& id : ids) {
    auto item = store_->item(id);
    if (absl::IsNotFound(item.status())) continue;  // dead-lettered
    CT_RETURN_IF_ERROR(item.status());
    CT_RETURN_IF_ERROR(writer_->add(*item));
  }
  CT_RETURN_IF_ERROR(writer_->commit());
  CT_RETURN_IF_ERROR(bus_->commit(kConsumer, waiting_[done - 1].position + 1, nullptr));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done));
  return done;
}

}  // namespace copytaster
