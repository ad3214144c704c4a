#include "app/dump.h"

#include <array>
#include <cstdint>
#include <limits>

#include "core/bytes.h"
#include "core/chain.h"
#include "core/copytaster.pb.h"
#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

constexpr std::array kNames = std::to_array<SpaceName>({{Space::kMeta, "meta"},
                                                        {Space::kCaptures, "captures"},
                                                        {Space::kItems, "items"},
                                                        {Space::kVersions, "versions"},
                                                        {Space::kStories, "stories"},
                                                        {Space::kAccounts, "accounts"},
                                                        {Space::kDeadLetters, "dead_letters"},
                                                        {Space::kActions, "actions"},
                                                        {Space::kLog, "log"},
                                                        {Space::kPositions, "positions"},
                                                        {Space::kChanged, "changed"},
                                                        {Space::kChain, "chain"},
                                                        {Space::kErasures, "erasures"},
                                                        {Space::kStamps, "stamps"}});
static_assert(kNames.size() == static_cast<std::size_t>(Space::kCount));

constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kVersionBytes = 4;

bool has_numbers_for_keys(Space space) {
  return space == Space::kActions || space == Space::kLog || space == Space::kChanged ||
         space == Space::kChain || space == Space::kStamps;
}

std::string key_text(Space space, std::string_view key) {
  if (has_numbers_for_keys(space) && key.size() == kNumberBytes) return str_cat(from_big_endian(key));
  const std::size_t end = key.find('\0');
  if (space == Space::kVersions && end != std::string_view::npos && key.size() == end + 1 + kVersionBytes)
    return json_quote(str_cat(key.substr(0, end), "/", from_big_endian(key.substr(end + 1))));
  return json_quote(key);
}

template <typename Record>
std::optional<std::string> record_text(std::string_view value) {
  Record record;
  if (!record.ParseFromArray(value.data(), static_cast<int>(value.size()))) return std::nullopt;
  return to_json(record);
}

std::optional<std::string> chain_text(std::string_view value) {
  const auto record = parse_chain_record(value);
  if (!record.ok()) return std::nullopt;
  const std::string head =
      str_cat("{\"link\":\"", to_hex(record->link), "\",\"entryHash\":\"", to_hex(record->entry_hash), "\"");
  if (record->entry.empty()) return str_cat(head, ",\"erasedBy\":", json_quote(record->receipt), "}");
  const auto entry = record_text<Capture>(record->entry);
  if (!entry) return std::nullopt;
  return str_cat(head, ",\"entry\":", *entry, "}");
}

std::string list_text(std::string_view joined) {
  std::string out = "[";
  for (const std::string_view id : split(joined, '\0'))
    str_append(&out, out.size() > 1 ? "," : "", json_quote(id));
  return out + "]";
}

std::optional<std::string> number_text(std::string_view value, std::uint64_t (*read)(std::string_view)) {
  if (value.size() != kNumberBytes) return std::nullopt;
  return str_cat(read(value));
}

std::optional<std::string> meta_text(std::string_view key, std::string_view value) {
  if (key == "schema" || key.starts_with("count/")) return number_text(value, from_little_endian64);
  if (key == "retention/clock" && value.size() == 16)
    return str_cat("[", from_little_endian64(value.substr(0, 8)), ", ", from_little_endian64(value.substr(8)),
                   "]");
  return key == "stories/behind" ? list_text(value) : json_quote(value);
}

// What is still to be erased: ids and hashes with NUL bytes between them.
std::optional<std::string> erasure_text(std::string_view key, std::string_view value) {
  if (key.starts_with(kTombstones)) return record_text<Tombstone>(value);
  if (key.starts_with(kErasureWork)) return list_text(value);
  for (const std::string_view plain : {kErasedCaptures, kWatchedAccounts, kMetCaptures, kCameCaptures,
                                       kPicturesOfErasures, kUnusedPictures}) {
    if (key.starts_with(plain)) return json_quote(value);
  }
  return record_text<Erasure>(value);
}

std::optional<std::string> value_text(Space space, std::string_view key, std::string_view value) {
  switch (space) {
    case Space::kMeta:
      return meta_text(key, value);
    case Space::kCaptures:
      return record_text<Capture>(value);
    case Space::kItems:
    case Space::kVersions:
      return record_text<Item>(value);
    case Space::kStories:
      return record_text<Story>(value);
    case Space::kAccounts:
      return record_text<AccountState>(value);
    case Space::kDeadLetters:
      return record_text<DeadLetter>(value);
    case Space::kActions:
      return record_text<Action>(value);
    case Space::kLog:
      return record_text<Parcel>(value);
    case Space::kPositions:
      return number_text(value, from_big_endian);
    case Space::kChanged:
      return list_text(value);
    case Space::kChain:
      return chain_text(value);
    case Space::kErasures:
      return erasure_text(key, value);
    case Space::kStamps:
      return record_text<TimeStamp>(value);
    case Space::kCount:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::span<const SpaceName> space_names() { return kNames; }

std::string dump_line(Space space, std::string_view key, std::string_view value) {
  const std::optional<std::string> record = value_text(space, key, value);
  if (record) return str_cat("{\"key\":", key_text(space, key), ",\"record\":", *record, "}");
  return str_cat("{\"key\":", key_text(space, key), ",\"problem\":\"the record does not parse\",\"bytes\":\"",
                 to_hex(value), "\"}");
}

std::optional<std::string> key_of_text(Space space, std::string_view text) {
  if (has_numbers_for_keys(space)) {
    const auto number = parse_number<std::uint64_t>(text);
    return number ? std::optional(big_endian(*number)) : std::nullopt;
  }
  const std::size_t slash = text.rfind('/');
  if (space != Space::kVersions) return std::string(text);
  const auto version =
      slash == std::string_view::npos ? std::nullopt : parse_number<std::uint32_t>(text.substr(slash + 1));
  return version
             ? std::optional(str_cat(text.substr(0, slash), std::string_view("\0", 1), big_endian(*version)))
             : std::nullopt;
}

}  // namespace copytaster
