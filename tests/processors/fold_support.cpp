#include "fold_support.h"

#include <gtest/gtest.h>

#include "core/item.h"
#include "core/time.h"

namespace copytaster::testing {

Item make_post(std::string_view platform, std::string_view native_id, std::string_view person, int minutes,
               std::string_view text) {
  Item item;
  item.set_platform(std::string(platform));
  item.set_native_id(std::string(native_id));
  item.set_id(item_id(platform, native_id));
  item.set_account_id(std::string(platform) + ":" + std::string(person.empty() ? native_id : person));
  item.set_official_id(std::string(person));
  item.mutable_author()->set_name(std::string(person));
  item.set_text(std::string(text));
  const absl::Time begin = absl::FromUnixSeconds(1649916000);  // 2022-04-14T06:00Z
  set_timestamp(item.mutable_created_at(), begin + absl::Minutes(minutes));
  *item.mutable_fingerprint() = to_fingerprint(sketch_of("", text));
  return item;
}

void add_mention(Item& item, std::string_view kind, std::string_view name, std::string_view id,
                 std::string_view country) {
  Mention* mention = kind == "place" ? item.add_places() : item.add_mentions();
  mention->set_kind(std::string(kind));
  mention->set_name(std::string(name));
  mention->set_id(std::string(id));
  mention->set_country(std::string(country));
}

Official make_official(std::string_view id, std::string_view name, std::string_view title,
                       std::string_view place, std::string_view country, OfficialKind kind) {
  Official official;
  official.set_id(std::string(id));
  official.set_name(std::string(name));
  official.set_kind(kind);
  Role* role = official.add_roles();
  role->set_title(std::string(title));
  role->set_place(std::string(place));
  role->set_country(std::string(country));
  return official;
}

absl::StatusOr<Item> ItemsReader::item(std::string_view id) const {
  const auto found = items.find(id);
  if (found == items.end()) return absl::NotFoundError("no such item");
  return found->second;
}

absl::Status ItemsReader::each_item(const std::function<bool(const Item&)>& visit) const {
  for (const auto& [id, item] : items) {
    if (!visit(item)) break;
  }
  return absl::OkStatus();
}

void store_revisions(Pipeline& pipeline, ItemsReader& store) {
  for (const Revision& revision : pipeline.take_revisions()) {
    const auto known = store.items.find(revision.item_id);
    ASSERT_NE(known, store.items.end())
        << "a revision of an item that was never placed: " << revision.item_id;
    apply(revision, known->second);
  }
}

void run_through(Pipeline& pipeline, Item item, ItemsReader& store) {
  ASSERT_TRUE(pipeline.prepare(item).ok());
  ASSERT_TRUE(pipeline.place(item).ok());
  const std::string id = item.id();
  const bool gone = item.state() == GONE;
  store.items[id] = std::move(item);
  store_revisions(pipeline, store);
  if (!gone) return;
  pipeline.forget(id);
  store_revisions(pipeline, store);
}

}  // namespace copytaster::testing
