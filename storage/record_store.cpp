// Store over KeyValue: which key holds which record. Formats: docs/formats.md.
#include <algorithm>
#include <atomic>
#include <mutex>

#include "core/bytes.h"
#include "core/crash_point.h"
#include "core/dead_letter.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/chain_entry.h"
#include "storage/erasure_records.h"
#include "storage/high_water_mark.h"
#include "storage/open.h"
#include "storage/search_index.h"

namespace copytaster {
namespace {

constexpr std::string_view kSeparator("\0", 1);
constexpr std::string_view kNoticeKey = "notice";
constexpr std::string_view kStoriesBehindKey = "stories/behind";
constexpr std::string_view kCollected = "count/collected";
constexpr std::string_view kStored = "count/stored";
constexpr std::string_view kDeadLettered = "count/dead_lettered";
constexpr std::string_view kCaptures = "count/captures";

template <typename Record>
absl::StatusOr<Record> parse_record(std::string_view bytes, std::string_view what, std::string_view key) {
  Record record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError(str_cat("the stored ", what, " ", key, " does not parse"));
  }
  return record;
}

// Ids hold no NUL byte.
std::string join_ids(std::span<const std::string> ids) {
  std::string joined;
  for (const std::string& id : ids) str_append(&joined, joined.empty() ? "" : kSeparator, id);
  return joined;
}

std::vector<std::string> split_ids(std::string_view joined) {
  std::vector<std::string> ids;
  if (joined.empty()) return ids;
  for (const std::string_view id : split(joined, '\0')) ids.emplace_back(id);
  return ids;
}

std::string version_key(std::string_view item_id, std::uint32_t version) {
  return str_cat(item_id, kSeparator, big_endian(version));
}

absl::Status check_key(std::string_view what, std::string_view key) {
  if (key.empty()) return absl::InvalidArgumentError(str_cat("a ", what, " without an id cannot be stored"));
  if (key.size() > 8192)
    return absl::InvalidArgumentError(str_cat("the id of a ", what, " has more than 8192 bytes"));
  if (key.find('\0') != std::string_view::npos) {
    return absl::InvalidArgumentError(str_cat("the id of a ", what, " holds a NUL byte"));
  }
  return absl::OkStatus();
}

bool by_score(const Story& a, const Story& b) {
  return a.score() != b.score() ? a.score() > b.score() : a.id() < b.id();
}

class RecordStore final : public Store {
 public:
  RecordStore(KeyValue* key_value, std::string directory)
      : kv_(key_value), erasures_(key_value), directory_(std::move(directory)) {}

  // ------------------------------------------------------------ reading
  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override {
    return read<Item>(Space::kItems, id, "item");
  }
  [[nodiscard]] absl::StatusOr<Story> story(std::string_view id) const override {
    return read<Story>(Space::kStories, id, "story");
  }
  [[nodiscard]] absl::StatusOr<Capture> capture(std::string_view sha256) const override {
    return read<Capture>(Space::kCaptures, sha256, "capture");
  }
  [[nodiscard]] absl::StatusOr<AccountState> account_state(std::string_view id) const override {
    return read<AccountState>(Space::kAccounts, id, "account");
  }

  [[nodiscard]] absl::StatusOr<std::vector<Item>> versions(std::string_view id) const override {
    CT_ASSIGN_OR_RETURN(Item newest, item(id));
    std::vector<Item> all;
    absl::Status bad;
    CT_RETURN_IF_ERROR(kv_->scan(Space::kVersions, version_key(id, 0), version_key(id, UINT32_MAX),
                                 [&](std::string_view key, std::string_view value) {
                                   auto old = parse_record<Item>(value, "item version", key);
                                   if (!old.ok()) return bad = old.status(), false;
                                   if (old->version() < newest.version()) all.push_back(*std::move(old));
                                   return true;
                                 }));
    CT_RETURN_IF_ERROR(bad);
    all.push_back(std::move(newest));
    return all;
  }

  [[nodiscard]] absl::StatusOr<std::vector<Story>> stories(std::size_t limit) const override {
    CT_ASSIGN_OR_RETURN(auto all, read_all<Story>(Space::kStories, "story", SIZE_MAX));
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size()));
    std::partial_sort(all.begin(), end, all.end(), by_score);
    all.erase(end, all.end());
    return all;
  }
  [[nodiscard]] absl::StatusOr<std::vector<AccountState>> account_states() const override {
    return read_all<AccountState>(Space::kAccounts, "account", SIZE_MAX);
  }
  [[nodiscard]] absl::StatusOr<std::vector<DeadLetter>> dead_letters(std::size_t limit) const override {
    return read_all<DeadLetter>(Space::kDeadLetters, "dead letter", limit);
  }

  absl::Status each_item(const std::function<bool(const Item&)>& visit) const override {
    return each<Item>(Space::kItems, "item", visit);
  }
  absl::Status each_item_record(
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    return kv_->scan(Space::kItems, "", "", visit);
  }
  absl::Status each_action(const std::function<bool(const Action&)>& visit) const override {
    return each<Action>(Space::kActions, "action", visit);
  }

  [[nodiscard]] absl::StatusOr<std::vector<std::string>> search(std::string_view query,
                                                                std::size_t limit) const override {
    return search_items(directory_, query, limit);
  }

  [[nodiscard]] Counters counters() const override {
    Counters all;
    all.set_collected(count(kCollected));
    all.set_stored(count(kStored));
    all.set_dead_lettered(count(kDeadLettered));
    all.set_captures(count(kCaptures));
    return all;
  }
  [[nodiscard]] std::string notice() const override {
    return kv_->get(Space::kMeta, kNoticeKey).value_or("");
  }

  // ------------------------------------------------------------ writing
  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override { return kv_->batch(); }
  absl::Status write(WriteBatch& batch, Durability durability) override {
    crash_point(CrashPoint::kStoreBefore);
    CT_RETURN_IF_ERROR(kv_->write(batch, durability));
    crash_point(CrashPoint::kStoreAfter);
    if (durability != Durability::kSynced || staged_actions_ <= marked_actions_) return absl::OkStatus();
    CT_RETURN_IF_ERROR(raise_mark());
    crash_point(CrashPoint::kMarkAfter);
    return absl::OkStatus();
  }

  absl::Status stage_capture(WriteBatch& batch, const Capture& capture) override {
    CT_RETURN_IF_ERROR(put(batch, Space::kCaptures, capture.sha256(), capture, "capture"));
    batch.chain(make_chain_entry(capture));
    return absl::OkStatus();
  }
  absl::Status stage_account(WriteBatch& batch, const AccountState& state) override {
    return put(batch, Space::kAccounts, state.account_id(), state, "account");
  }
  absl::Status stage_item(WriteBatch& batch, const Item& item) override {
    CT_RETURN_IF_ERROR(put(batch, Space::kItems, item.id(), item, "item"));
    // A one-version post costs one key; from the second version on each is kept under its own.
    if (item.version() <= 1) return absl::OkStatus();
    auto old = this->item(item.id());
    if (old.ok() && old->version() < item.version()) {
      return put(batch, Space::kVersions, version_key(item.id(), old->version()), *old, "item version",
                 false);
    }
    return absl::IsNotFound(old.status()) ? absl::OkStatus() : old.status();
  }
  absl::Status stage_version(WriteBatch& batch, const Item& overtaken) override {
    CT_RETURN_IF_ERROR(check_key("item", overtaken.id()));
    return put(batch, Space::kVersions, version_key(overtaken.id(), overtaken.version()), overtaken,
               "item version", false);
  }
  absl::Status stage_changed(WriteBatch& batch, std::uint64_t position,
                             std::span<const std::string> item_ids) override {
    const std::string joined = join_ids(item_ids);
    if (joined.empty()) return absl::OkStatus();
    if (position < first_changed_) first_changed_ = position;
    batch.put(Space::kChanged, big_endian(position), joined);
    return absl::OkStatus();
  }
  // One by one: RocksDB sorts all erased ranges of a memtable anew for each reader, and these would all
  // overlap.
  absl::Status stage_indexed(WriteBatch& batch, std::uint64_t position) override {
    return kv_->scan(Space::kChanged, big_endian(first_changed_.load()), big_endian(position + 1),
                     [&](std::string_view key, std::string_view) {
                       batch.erase(Space::kChanged, key);
                       return true;
                     });
  }
  [[nodiscard]] absl::StatusOr<std::vector<Changed>> changed(std::size_t limit) const override {
    std::vector<Changed> lists;
    const auto take = [&](std::string_view key, std::string_view value) {
      lists.push_back({from_big_endian(key), split_ids(value)});
      return lists.size() < limit;
    };
    CT_RETURN_IF_ERROR(kv_->scan(Space::kChanged, big_endian(first_changed_.load()), "", take));
    if (!lists.empty()) first_changed_ = lists.front().position;
    return lists;
  }
  absl::Status stage_story(WriteBatch& batch, const Story& story) override {
    return put(batch, Space::kStories, story.id(), story, "story");
  }
  absl::Status stage_story_erased(WriteBatch& batch, std::string_view story_id) override {
    batch.erase(Space::kStories, story_id);
    return absl::OkStatus();
  }
  absl::Status stage_stories_behind(WriteBatch& batch, const std::vector<std::string>& story_ids) override {
    if (story_ids.empty()) {
      batch.erase(Space::kMeta, kStoriesBehindKey);
    } else {
      batch.put(Space::kMeta, kStoriesBehindKey, join_ids(story_ids));
    }
    return absl::OkStatus();
  }
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> stories_behind() const override {
    auto list = kv_->get(Space::kMeta, kStoriesBehindKey);
    if (absl::IsNotFound(list.status())) return std::vector<std::string>{};
    CT_RETURN_IF_ERROR(list.status());
    return split_ids(*list);
  }
  // The same post refused again, after a restart: one letter, which stands for what both have counted.
  absl::Status stage_dead_letter(WriteBatch& batch, const DeadLetter& letter) override {
    const auto before = read<DeadLetter>(Space::kDeadLetters, letter.id(), "dead letter");
    if (!before.ok()) return put(batch, Space::kDeadLetters, letter.id(), letter, "dead letter");
    DeadLetter again = letter;
    again.set_counted(posts_of(*before) + posts_of(letter));
    again.set_attempts(before->attempts());
    return put(batch, Space::kDeadLetters, letter.id(), again, "dead letter");
  }
  absl::Status stage_dead_letter_erased(WriteBatch& batch, std::string_view id) override {
    batch.erase(Space::kDeadLetters, id);
    return absl::OkStatus();
  }
  absl::Status stage_action(WriteBatch& batch, const Action& action) override {
    const std::uint64_t number = staged_actions_.fetch_add(1);
    return put(batch, Space::kActions, big_endian(number), action, "action", false);
  }
  absl::Status stage_counters(WriteBatch& batch, const Counters& delta) override {
    if (delta.collected() > 0) batch.add(Space::kMeta, kCollected, delta.collected());
    if (delta.stored() > 0) batch.add(Space::kMeta, kStored, delta.stored());
    if (delta.dead_lettered() > 0) batch.add(Space::kMeta, kDeadLettered, delta.dead_lettered());
    if (delta.captures() > 0) batch.add(Space::kMeta, kCaptures, delta.captures());
    return absl::OkStatus();
  }
  absl::Status set_notice(std::string_view notice) override {
    auto change = kv_->batch();
    change->put(Space::kMeta, kNoticeKey, notice);
    return kv_->write(*change, Durability::kSynced);
  }

  // ------------------------------------------------------------ taking out
  [[nodiscard]] absl::StatusOr<Tombstone> tombstone(std::string_view subject) const override {
    return erasures_.tombstone(subject);
  }
  [[nodiscard]] absl::StatusOr<std::vector<Erasure>> erasures(std::size_t limit) const override {
    return erasures_.receipts(limit);
  }
  absl::Status stage_item_erased(WriteBatch& batch, std::string_view item_id) override {
    CT_RETURN_IF_ERROR(check_key("item", item_id));
    return erasures_.stage_item(batch, item_id);
  }
  absl::Status stage_item_blanked(WriteBatch& batch, const Item& item) override {
    return put(batch, Space::kItems, item.id(), item, "item");
  }
  absl::Status stage_capture_erased(WriteBatch& batch, std::string_view sha256) override {
    batch.erase(Space::kCaptures, sha256);
    return absl::OkStatus();
  }
  absl::Status stage_tombstone(WriteBatch& batch, const Tombstone& tombstone) override {
    CT_RETURN_IF_ERROR(check_key("tombstone", tombstone.subject()));
    erasures_.stage_tombstone(batch, tombstone);
    return absl::OkStatus();
  }
  absl::Status stage_erasure(WriteBatch& batch, const Erasure& receipt) override {
    CT_RETURN_IF_ERROR(check_key("receipt", receipt.id()));
    ErasureRecords::stage_receipt(batch, receipt);
    return absl::OkStatus();
  }
  absl::Status load_tombstones() { return erasures_.load(); }

  // The mark follows the synced write: a crash between the two only leaves it low, which is safe. It tells
  // what is there, not what was staged: a batch with an action may have been refused.
  absl::Status raise_mark() {
    const auto last = kv_->last_key(Space::kActions);
    if (absl::IsNotFound(last.status())) return absl::OkStatus();
    CT_RETURN_IF_ERROR(last.status());
    const std::uint64_t there = from_big_endian(*last) + 1;
    return there > marked_actions_.exchange(there) ? write_mark(directory_, there) : absl::OkStatus();
  }

  // Compares what is there with what was acknowledged.
  absl::Status check_actions() {
    std::uint64_t next = 0;
    auto last = kv_->last_key(Space::kActions);
    if (last.ok()) next = from_big_endian(*last) + 1;
    CT_ASSIGN_OR_RETURN(const std::uint64_t mark, read_mark(directory_));
    if (next < mark) {
      return absl::DataLossError(str_cat("editors' actions ", next, " to ", mark - 1,
                                         " were acknowledged and are gone from ", directory_,
                                         "/db: restore the backup"));
    }
    staged_actions_ = next;
    marked_actions_ = mark;
    return absl::OkStatus();
  }

 private:
  template <typename Record>
  [[nodiscard]] absl::StatusOr<Record> read(Space space, std::string_view key, std::string_view what) const {
    auto bytes = kv_->get(space, key);
    if (absl::IsNotFound(bytes.status())) return absl::NotFoundError(str_cat("no ", what, " ", key));
    CT_RETURN_IF_ERROR(bytes.status());
    return parse_record<Record>(*bytes, what, key);
  }

  template <typename Record>
  [[nodiscard]] absl::StatusOr<std::vector<Record>> read_all(Space space, std::string_view what,
                                                             std::size_t limit) const {
    std::vector<Record> all;
    absl::Status bad;
    CT_RETURN_IF_ERROR(kv_->scan(space, "", "", [&](std::string_view key, std::string_view value) {
      if (all.size() >= limit) return false;
      auto record = parse_record<Record>(value, what, key);
      if (!record.ok()) return bad = record.status(), false;
      all.push_back(*std::move(record));
      return true;
    }));
    CT_RETURN_IF_ERROR(bad);
    return all;
  }

  template <typename Record>
  absl::Status each(Space space, std::string_view what,
                    const std::function<bool(const Record&)>& visit) const {
    absl::Status bad;
    CT_RETURN_IF_ERROR(kv_->scan(space, "", "", [&](std::string_view key, std::string_view value) {
      auto found = parse_record<Record>(value, what, key);
      if (!found.ok()) return bad = found.status(), false;
      return visit(*found);
    }));
    return bad;
  }

  template <typename Record>
  absl::Status put(WriteBatch& batch, Space space, std::string_view key, const Record& record,
                   std::string_view what, bool checked = true) {
    if (checked) CT_RETURN_IF_ERROR(check_key(what, key));
    thread_local std::string bytes;  // reused: an allocation a record is a tenth of its cost
    if (!record.SerializeToString(&bytes)) {
      return absl::InvalidArgumentError(str_cat("the ", what, " ", key, " cannot be serialised"));
    }
    batch.put(space, key, bytes);
    return absl::OkStatus();
  }

  [[nodiscard]] std::uint64_t count(std::string_view key) const {
    auto bytes = kv_->get(Space::kMeta, key);
    return bytes.ok() ? from_little_endian64(*bytes) : 0;
  }

  KeyValue* kv_;
  ErasureRecords erasures_;
  // No list of changed items stands before it: what was taken off leaves traces that readers would pass.
  mutable std::atomic<std::uint64_t> first_changed_{0};
  std::string directory_;
  std::atomic<std::uint64_t> staged_actions_{0};
  std::atomic<std::uint64_t> marked_actions_{0};
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> open_store(KeyValue* key_value, const std::string& directory,
                                                  OpenMode mode) {
  auto store = std::make_unique<RecordStore>(key_value, directory);
  CT_RETURN_IF_ERROR(store->load_tombstones());
  // What a reader sees ends where it opened the database, and the mark beside it goes on with the service.
  if (mode == OpenMode::kReadWrite) CT_RETURN_IF_ERROR(store->check_actions());
  return store;
}

}  // namespace copytaster
