// What the house knows: items with all their versions, stories, captures, accounts' states, dead
// letters, editors' actions. storage/ implements it over KeyValue. Any thread may read; writes are
// staged into a batch so that they commit together with the bus position or the cursor.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/key_value.h"

namespace copytaster {

// kNotFound where there is no such thing; kDataLoss where stored bytes do not parse.
class StoreReader {
 public:
  virtual ~StoreReader() = default;
  [[nodiscard]] virtual absl::StatusOr<Item> item(std::string_view item_id) const = 0;
  // The same without a copy where the reader holds the item already; else it is put into *room. Good while
  // `room` and the reader are.
  [[nodiscard]] virtual absl::StatusOr<const Item*> item_in(std::string_view item_id, Item* room) const {
    absl::StatusOr<Item> found = item(item_id);
    if (!found.ok()) return found.status();
    *room = *std::move(found);
    return room;
  }
  // All versions, oldest first, the newest included.
  [[nodiscard]] virtual absl::StatusOr<std::vector<Item>> versions(std::string_view item_id) const = 0;
  [[nodiscard]] virtual absl::StatusOr<Story> story(std::string_view story_id) const = 0;
  // Best score first; ties by id.
  [[nodiscard]] virtual absl::StatusOr<std::vector<Story>> stories(std::size_t limit) const = 0;
  [[nodiscard]] virtual absl::StatusOr<Capture> capture(std::string_view sha256) const = 0;
  [[nodiscard]] virtual absl::StatusOr<AccountState> account_state(std::string_view account_id) const = 0;
  [[nodiscard]] virtual absl::StatusOr<std::vector<AccountState>> account_states() const = 0;
  [[nodiscard]] virtual absl::StatusOr<std::vector<DeadLetter>> dead_letters(std::size_t limit) const = 0;
  // Newest version of every item, in id order, until `visit` returns false.
  virtual absl::Status each_item(const std::function<bool(const Item&)>& visit) const = 0;
  // The same without reading them: ids and serialised Items, for those who need little of most
  // (item_outline.h). Views are good during their call only; whether the bytes parse is not looked at.
  virtual absl::Status each_item_record(
      const std::function<bool(std::string_view item_id, std::string_view record)>& visit) const {
    return each_item([&](const Item& item) { return visit(item.id(), item.SerializeAsString()); });
  }
  // Full text over title, text, captions, names; best first; ids.
  [[nodiscard]] virtual absl::StatusOr<std::vector<std::string>> search(std::string_view query,
                                                                        std::size_t limit) const = 0;
  [[nodiscard]] virtual Counters counters() const = 0;
  // `subject`: "item:ID" or "account:ID". kNotFound: it was never erased.
  [[nodiscard]] virtual absl::StatusOr<Tombstone> tombstone(std::string_view subject) const {
    return absl::NotFoundError(std::string(subject));
  }
  // Receipts, newest first.
  [[nodiscard]] virtual absl::StatusOr<std::vector<Erasure>> erasures(std::size_t /*limit*/) const {
    return std::vector<Erasure>{};
  }
  // Shown wherever its data is shown, e.g. that it is a rehearsal; empty: none.
  [[nodiscard]] virtual std::string notice() const = 0;
};

// Items changed by one turn of the processing; `position` is the bus position the turn reached.
struct Changed {
  std::uint64_t position = 0;
  std::vector<std::string> item_ids;
};

// Stages; nothing is written before the batch is. One thread stages items (the processing thread).
class Store : public StoreReader {
 public:
  [[nodiscard]] virtual std::unique_ptr<WriteBatch> batch() const = 0;
  // Writes a batch that goes with no bus call (settings, notice, actions).
  virtual absl::Status write(WriteBatch& batch, Durability durability) = 0;

  virtual absl::Status stage_capture(WriteBatch& batch, const Capture& capture) = 0;
  virtual absl::Status stage_account(WriteBatch& batch, const AccountState& state) = 0;
  // Puts an item as its newest version. The caller has set id, version, content_hash. An equal
  // version replaces (at-least-once); a higher one keeps the older retrievable.
  virtual absl::Status stage_item(WriteBatch& batch, const Item& item) = 0;
  // Keeps a version that a newer one in the same batch has overtaken before it was ever the stored one.
  virtual absl::Status stage_version(WriteBatch& batch, const Item& overtaken) = 0;
  // What the search index follows: lists of changed items by rising position, kept until they are indexed.
  virtual absl::Status stage_changed(WriteBatch& batch, std::uint64_t position,
                                     std::span<const std::string> item_ids) = 0;
  // The lists up to and including `position` are done.
  virtual absl::Status stage_indexed(WriteBatch& batch, std::uint64_t position) = 0;
  // The oldest lists not done yet, at most `limit`.
  [[nodiscard]] virtual absl::StatusOr<std::vector<Changed>> changed(std::size_t limit) const = 0;
  virtual absl::Status stage_story(WriteBatch& batch, const Story& story) = 0;
  virtual absl::Status stage_story_erased(WriteBatch& batch, std::string_view story_id) = 0;
  // Stories whose records do not show yet what their stored items say; replaces the list.
  virtual absl::Status stage_stories_behind(WriteBatch& batch, const std::vector<std::string>& story_ids) = 0;
  [[nodiscard]] virtual absl::StatusOr<std::vector<std::string>> stories_behind() const = 0;
  virtual absl::Status stage_dead_letter(WriteBatch& batch, const DeadLetter& letter) = 0;
  virtual absl::Status stage_action(WriteBatch& batch, const Action& action) = 0;
  // Oldest first, until `visit` returns false.
  virtual absl::Status each_action(const std::function<bool(const Action&)>& visit) const = 0;
  // Adds to the counters, in the batch: they commit with what they count.
  virtual absl::Status stage_counters(WriteBatch& batch, const Counters& delta) = 0;
  virtual absl::Status set_notice(std::string_view notice) = 0;
  // Taking out: the post with all its versions; a capture's record (its links in the chain are blanked by who
  // erases); a letter.
  virtual absl::Status stage_item_erased(WriteBatch& /*batch*/, std::string_view /*item_id*/) {
    return absl::UnimplementedError("this store erases nothing");
  }
  // Puts what is left of a post that stage_item_erased takes out in the same batch: nothing is kept of what
  // it was before.
  virtual absl::Status stage_item_blanked(WriteBatch& /*batch*/, const Item& /*item*/) {
    return absl::UnimplementedError("this store erases nothing");
  }
  virtual absl::Status stage_capture_erased(WriteBatch& /*batch*/, std::string_view /*sha256*/) {
    return absl::UnimplementedError("this store erases nothing");
  }
  virtual absl::Status stage_dead_letter_erased(WriteBatch& /*batch*/, std::string_view /*id*/) {
    return absl::UnimplementedError("this store erases nothing");
  }
  virtual absl::Status stage_tombstone(WriteBatch& /*batch*/, const Tombstone& /*tombstone*/) {
    return absl::UnimplementedError("this store erases nothing");
  }
  // An equal id replaces.
  virtual absl::Status stage_erasure(WriteBatch& /*batch*/, const Erasure& /*receipt*/) {
    return absl::UnimplementedError("this store erases nothing");
  }
};

// Bytes by SHA-256. Any thread. put is durable when it returns and idempotent.
class MediaStore {
 public:
  virtual ~MediaStore() = default;
  // Returns the lower-case hex SHA-256.
  virtual absl::StatusOr<std::string> put(std::string_view bytes) = 0;
  [[nodiscard]] virtual absl::StatusOr<std::string> get(std::string_view sha256) const = 0;
  [[nodiscard]] virtual bool has(std::string_view sha256) const = 0;
  // Durable when it returns; also OK where there is none.
  virtual absl::Status erase(std::string_view /*sha256*/) {
    return absl::UnimplementedError("this media store erases nothing");
  }
  // The names of all that is kept, in no order, until `visit` returns false.
  virtual absl::Status each(const std::function<bool(std::string_view sha256)>& /*visit*/) const {
    return absl::UnimplementedError("this media store has no list");
  }
};

}  // namespace copytaster
