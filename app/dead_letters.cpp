#include "app/dead_letters.h"

#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr absl::Duration kMakeEvery = absl::Seconds(5);

bool parse(std::string_view bytes, DeadLetter* letter) {
  return letter->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

absl::Status damaged(std::string_view id) {
  return absl::DataLossError(str_cat("the dead letter ", id, " does not parse"));
}

}  // namespace

absl::Status each_dead_letter(const KeyValue& key_value,
                              const std::function<bool(const DeadLetter&)>& visit) {
  absl::Status bad;
  CT_RETURN_IF_ERROR(
      key_value.scan(Space::kDeadLetters, "", "", [&](std::string_view key, std::string_view value) {
        DeadLetter letter;
        if (!parse(value, &letter)) return bad = damaged(key), false;
        return visit(letter);
      }));
  return bad;
}

absl::StatusOr<DeadLetter> find_dead_letter(const KeyValue& key_value, std::string_view id) {
  auto bytes = key_value.get(Space::kDeadLetters, id);
  if (absl::IsNotFound(bytes.status())) return absl::NotFoundError(str_cat("no dead letter ", id));
  CT_RETURN_IF_ERROR(bytes.status());
  DeadLetter letter;
  if (!parse(*bytes, &letter)) return damaged(id);
  return letter;
}

absl::StatusOr<DeadLetterDigest> digest_dead_letters(const KeyValue& key_value) {
  DeadLetterDigest digest;
  CT_RETURN_IF_ERROR(
      each_dead_letter(key_value, [&](const DeadLetter& letter) { return digest.add(letter), true; }));
  return digest;
}

absl::StatusOr<DeadLetterDigest> DeadLetterWatch::digest() {
  const std::scoped_lock lock(mutex_);
  const std::uint64_t count = store_->counters().dead_lettered();
  const absl::Time now = clock_->now();
  const bool lately = made_ <= now && now - made_ < kMakeEvery;
  if (made_ == absl::InfinitePast() || (count != count_ && !lately)) {
    CT_ASSIGN_OR_RETURN(digest_, digest_dead_letters(*key_value_));
    count_ = count;
    made_ = now;
  }
  return digest_;
}

void DeadLetterWatch::forget() {
  const std::scoped_lock lock(mutex_);
  made_ = absl::InfinitePast();
}

}  // namespace copytaster
