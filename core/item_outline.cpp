#include "core/item_outline.h"

#include <algorithm>

#include "core/copytaster.pb.h"

namespace copytaster {
namespace {

// The wire types of protobuf's encoding that proto3 writes.
enum Wire : std::uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

// Field by field over a serialised message. Bounds are looked at before anything is read.
class Fields {
 public:
  explicit Fields(std::string_view message) : rest_(message) {}

  // False at the end, and where the bytes are no message (ok() tells which).
  bool next() {
    if (rest_.empty()) return false;
    std::uint64_t tag = 0;
    ok_ = varint(&tag) && (tag >> 3) != 0 && (tag >> 3) <= 0x1fffffff;
    if (!ok_) return false;
    number_ = static_cast<int>(tag >> 3);
    ok_ = value(static_cast<std::uint32_t>(tag & 7));
    return ok_;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }             // of a string or a message
  [[nodiscard]] std::uint64_t varint_value() const { return number_value_; }  // of a number

 private:
  bool varint(std::uint64_t* value) {
    *value = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(rest_.size(), 10); ++i) {
      const auto byte = static_cast<unsigned char>(rest_[i]);
      *value |= static_cast<std::uint64_t>(byte & 0x7fU) << (7 * i);
      if (byte >= 0x80) continue;
      rest_.remove_prefix(i + 1);
      return true;
    }
    return false;
  }
  bool take(std::uint64_t size) {
    if (size > rest_.size()) return false;
    bytes_ = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  bool value(std::uint32_t wire) {
    bytes_ = {};
    number_value_ = 0;
    if (wire == kVarint) return varint(&number_value_);
    if (wire == kFixed64) return take(8);
    if (wire == kFixed32) return take(4);
    std::uint64_t size = 0;
    return wire == kBytes && varint(&size) && take(size);
  }

  std::string_view rest_, bytes_;
  std::uint64_t number_value_ = 0;
  int number_ = 0;
  bool ok_ = true;
};

// Of a google.protobuf.Timestamp; an empty one is 1970.
bool read_seconds(std::string_view timestamp, std::optional<std::int64_t>* out) {
  Fields fields(timestamp);
  if (!*out) *out = 0;
  while (fields.next()) {
    if (fields.number() == google::protobuf::Timestamp::kSecondsFieldNumber)
      *out = static_cast<std::int64_t>(fields.varint_value());
  }
  return fields.ok();
}

}  // namespace

std::int64_t post_seconds(std::optional<std::int64_t> created, std::optional<std::int64_t> collected) {
  std::int64_t seconds = created.value_or(0);
  if (collected && (!created || seconds > *collected)) seconds = *collected;
  return std::clamp<std::int64_t>(seconds, 0, 0xffffffff);
}

std::optional<ItemOutline> outline_of(std::string_view record) {
  ItemOutline out;
  Fields fields(record);
  bool times = true;
  while (fields.next()) {
    switch (fields.number()) {
      case Item::kIdFieldNumber:
        out.id = fields.bytes();
        break;
      case Item::kAccountIdFieldNumber:
        out.account_id = fields.bytes();
        break;
      case Item::kMediaFieldNumber:
        ++out.media;
        break;
      case Item::kOfficialIdFieldNumber:
        out.official_id = fields.bytes();
        break;
      case Item::kStoryIdFieldNumber:
        out.story_id = fields.bytes();
        break;
      case Item::kCreatedAtFieldNumber:
        times = times && read_seconds(fields.bytes(), &out.created);
        break;
      case Item::kCollectedAtFieldNumber:
        times = times && read_seconds(fields.bytes(), &out.collected);
        break;
      default:
        break;
    }
  }
  if (!fields.ok() || !times) return std::nullopt;
  return out;
}

}  // namespace copytaster
