#include "app/verify_stamps.h"

#include "core/bytes.h"
#include "core/chain.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/time_stamp.h"

namespace copytaster {
namespace {

constexpr std::size_t kNumberBytes = 8;

std::string day_and_time(absl::Time at) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", at, absl::UTCTimeZone());
}

class StampsWalk {
 public:
  StampsWalk(const KeyValue& key_value, const std::string& ca_file, VerifyFindings& findings)
      : kv_(key_value), ca_file_(ca_file), findings_(findings) {}

  absl::Status walk() {
    absl::Status bad;
    const absl::Status scanned =
        kv_.scan(Space::kStamps, "", "", [&](std::string_view key, std::string_view value) {
          bad = look(key, value);
          return bad.ok();
        });
    CT_RETURN_IF_ERROR(bad);
    if (!absl::IsDataLoss(scanned)) return scanned;
    findings_.add(str_cat("not all time stamps can be read: ", scanned.message()));
    return absl::OkStatus();
  }

 private:
  absl::Status look(std::string_view key, std::string_view value) {
    TimeStamp stamp;
    const std::uint64_t number = from_big_endian(key);
    if (key.size() != kNumberBytes || !stamp.ParseFromArray(value.data(), static_cast<int>(value.size())) ||
        stamp.number() != number) {
      findings_.add(str_cat("the time stamp of link ", number, " cannot be read"));
      return absl::OkStatus();
    }
    const auto token = read_stamp(stamp.token(), {.link = stamp.link(), .ca_file = ca_file_});
    if (absl::IsFailedPrecondition(token.status())) return token.status();
    if (!token.ok()) {
      findings_.add(str_cat("the time stamp of link ", number, " is not good: ", token.status().message()));
      return absl::OkStatus();
    }
    return compare(stamp, *token);
  }

  // The stamp itself is good: if it does not fit, the chain is another than it was.
  absl::Status compare(const TimeStamp& stamp, const StampToken& token) {
    const auto told = [&](std::string_view what) {
      findings_.add(str_cat("link ", stamp.number(), " of the chain was stamped on ", day_and_time(token.at),
                            " by ", in_one_line(token.signer), " and ", what));
      return absl::OkStatus();
    };
    const auto bytes = kv_.get(Space::kChain, big_endian(stamp.number()));
    if (absl::IsNotFound(bytes.status())) return told("is gone: the chain's end was cut off");
    if (absl::IsDataLoss(bytes.status())) return told("cannot be read");
    CT_RETURN_IF_ERROR(bytes.status());
    const auto record = parse_chain_record(*bytes);
    if (!record.ok()) return told("cannot be read");
    if (record->link != stamp.link()) return told("is another now: the chain up to it was made anew");
    VerifyReport& report = findings_.report;
    ++report.stamps;
    report.stamps_trusted += token.is_trusted ? 1U : 0U;
    report.stamped_link = stamp.number();
    report.stamped_at = day_and_time(token.at);
    report.stamped_by = token.signer;
    return absl::OkStatus();
  }

  const KeyValue& kv_;
  const std::string& ca_file_;
  VerifyFindings& findings_;
};

}  // namespace

absl::Status verify_stamps(const KeyValue& key_value, const std::string& ca_file, VerifyFindings& findings) {
  return StampsWalk(key_value, ca_file, findings).walk();
}

}  // namespace copytaster
