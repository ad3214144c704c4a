#include "app/erasure_work.h"

#include <algorithm>
#include <vector>

#include "core/item.h"

namespace copytaster {
namespace {

constexpr std::size_t kHead = 4;  // fields before the lists
constexpr char kCapture = 'c';
constexpr char kPicture = 'p';

void add_sorted(const StringSet& all, char kind, std::string& out) {
  std::vector<std::string_view> sorted(all.begin(), all.end());
  std::ranges::sort(sorted);
  for (const std::string_view one : sorted) {
    out += '\0';
    out += kind;
    out += one;
  }
}

}  // namespace

void ErasureWork::note(const Item& version) {
  account_id = version.account_id();
  native_id = version.native_id();
  const std::int64_t seconds = version.collected_at().seconds();
  if (seconds > 0 && (since == 0 || seconds < since)) since = seconds;
  if (!version.capture_sha256().empty()) captures.insert(version.capture_sha256());
  for (const Media& media : version.media()) {
    if (!media.sha256().empty()) pictures.insert(media.sha256());
  }
}

// Fields with NUL bytes between them: no id holds one.
std::string to_bytes(const ErasureWork& work) {
  std::string out = work.item_id;
  for (const std::string& field : {work.account_id, work.native_id, str_cat(work.since)}) {
    out += '\0';
    out += field;
  }
  add_sorted(work.captures, kCapture, out);
  add_sorted(work.pictures, kPicture, out);
  return out;
}

absl::StatusOr<ErasureWork> parse_erasure_work(std::string_view bytes) {
  const std::vector<std::string_view> fields = split(bytes, '\0');
  const auto since = fields.size() < kHead ? std::nullopt : parse_number<std::int64_t>(fields[3]);
  if (!since) return absl::DataLossError("what is left of an erasure does not parse");
  ErasureWork work{std::string(fields[0]), std::string(fields[1]), std::string(fields[2]), *since, {}, {}};
  for (std::size_t i = kHead; i < fields.size(); ++i) {
    if (fields[i].empty()) return absl::DataLossError("what is left of an erasure does not parse");
    (fields[i][0] == kCapture ? work.captures : work.pictures).emplace(fields[i].substr(1));
  }
  return work;
}

Item blank_of(const Item& item) {
  Item blank;
  blank.set_id(item.id());
  blank.set_platform(item.platform());
  blank.set_native_id(item.native_id());
  blank.set_account_id(item.account_id());
  blank.set_official_id(item.official_id());
  blank.set_url(item.url());
  if (item.has_created_at()) *blank.mutable_created_at() = item.created_at();
  blank.set_day_only(item.day_only());
  if (item.has_collected_at()) *blank.mutable_collected_at() = item.collected_at();
  blank.set_version(item.version());
  blank.set_state(item.state());
  if (item.has_gone_at()) *blank.mutable_gone_at() = item.gone_at();
  blank.set_gone_proof(item.gone_proof());
  blank.set_gone_capture_sha256(item.gone_capture_sha256());
  blank.set_story_id(item.story_id());
  blank.set_content_hash(content_hash(blank));
  return blank;
}

}  // namespace copytaster
