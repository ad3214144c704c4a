#include "desk/dead_letter_digest.h"

#include <algorithm>

#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestReason = 300;

std::string short_reason(const std::string& reason) {
  std::string text = to_valid_utf8(reason);
  if (text.size() > kLongestReason) text = text.substr(0, utf8_floor(text, kLongestReason)) + "…";
  return text;
}

bool newer(const DeadLetter& a, const DeadLetter& b) {
  const absl::Time x = to_time(a.at());
  const absl::Time y = to_time(b.at());
  return x != y ? x > y : a.id() < b.id();
}

DeadLetter without_payload(const DeadLetter& letter) {
  DeadLetter out;
  out.set_id(letter.id());
  out.set_account_id(letter.account_id());
  out.set_capture_sha256(letter.capture_sha256());
  out.set_stage(letter.stage());
  out.set_reason(short_reason(letter.reason()));
  *out.mutable_at() = letter.at();
  out.set_native_id(letter.native_id());
  return out;
}

}  // namespace

void DeadLetterDigest::add(const DeadLetter& letter) {
  ++count_;
  std::pair key(letter.stage(), short_reason(letter.reason()));
  if (by_reason_.size() >= kReasons && !by_reason_.contains(key)) key = {"", std::string(kOtherReasons)};
  ++by_reason_[std::move(key)];
  if (newest_.size() == kNewest && !newer(letter, newest_.back())) return;
  newest_.insert(std::ranges::upper_bound(newest_, letter, newer), without_payload(letter));
  if (newest_.size() > kNewest) newest_.pop_back();
}

std::vector<DeadLetterDigest::Reason> DeadLetterDigest::reasons() const {
  std::vector<Reason> all;
  for (const auto& [key, count] : by_reason_) all.push_back({key.first, key.second, count});
  std::ranges::stable_sort(all, [](const Reason& a, const Reason& b) { return a.count > b.count; });
  return all;
}

void DeadLetterDigest::write(JsonWriter& json) const {
  json.member("count", count_).key("reasons").begin_array();
  for (const Reason& reason : reasons()) {
    json.begin_object().member_if("stage", reason.stage).member("reason", reason.reason);
    json.member("count", reason.count).end_object();
  }
  json.end_array().key("newest").begin_array();
  for (const DeadLetter& letter : newest_) {
    json.begin_object().member("id", letter.id()).member_if("account", letter.account_id());
    json.member_if("stage", letter.stage()).member("reason", letter.reason());
    json.member("at", format_rfc3339(to_time(letter.at()))).end_object();
  }
  json.end_array();
}

}  // namespace copytaster
