#include "app/evidence.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/warc.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/version.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

// Ids and messages may hold anything; they are told on one line.
std::string in_one_line(std::string_view text) {
  const std::string quoted = json_quote(text);
  return quoted.substr(1, quoted.size() - 2);
}

// A record that points at a capture; empty: at none.
struct Pointer {
  std::string_view sha256;
  std::string_view kind, id;
};
using VisitPointer = std::function<void(const Pointer&)>;

class EvidenceWriter {
 public:
  EvidenceWriter(const KeyValue& key_value, const StoreReader& store)
      : key_value_(key_value), store_(store) {}

  absl::StatusOr<EvidenceReport> write(const std::function<absl::Status(std::string_view)>& out) {
    CT_RETURN_IF_ERROR(find());
    CT_RETURN_IF_ERROR(tell_unread());
    const WarcInfo info =
        make_warc_info(str_cat("copytaster/", version()), store_.notice(), newest(), contents());
    CT_RETURN_IF_ERROR(out(info.record));
    report_.records = 1;
    for (const auto& [when, sha256] : found_) {
      CT_ASSIGN_OR_RETURN(const Capture capture, store_.capture(sha256));
      CT_RETURN_IF_ERROR(out(make_warc_records(capture, info.id)));
      ++report_.captures;
      report_.records += kWarcRecordsOfCapture;
    }
    return std::move(report_);
  }

 private:
  // Which captures there are and when each was fetched.
  absl::Status find() {
    StringSet wanted;
    CT_RETURN_IF_ERROR(each_pointer(
        [&](const Pointer& pointer) {
          if (pointer.sha256.empty()) {
            ++report_.without_capture;
          } else if (!wanted.contains(pointer.sha256)) {
            wanted.emplace(pointer.sha256);
          }
        },
        [&](std::string_view kind, std::string_view id) {
          add_problem(str_cat("the ", kind, " ", in_one_line(id),
                              " is damaged, and with it which capture it is from"));
        }));
    for (const std::string& sha256 : wanted) {
      const absl::StatusOr<Capture> capture = store_.capture(sha256);
      if (absl::IsNotFound(capture.status()) &&
          key_value_.get(Space::kErasures, erased_capture_key(sha256)).ok()) {
        ++report_.erased;
      } else if (absl::IsNotFound(capture.status())) {
        unread_.emplace(sha256, "is not in the store");
      } else if (absl::IsDataLoss(capture.status())) {
        unread_.emplace(sha256, "is damaged");
      } else if (!capture.ok()) {
        return capture.status();
      } else if (capture->sha256() != sha256 || sha256_hex(capture->body()) != sha256) {
        unread_.emplace(sha256, "is damaged: its bytes have another hash");
      } else {
        found_.emplace_back(to_time(capture->fetched_at()), sha256);
      }
    }
    std::ranges::sort(found_);
    return absl::OkStatus();
  }

  // Each capture that could not be read, with the first record that points at it.
  absl::Status tell_unread() {
    if (unread_.empty()) return absl::OkStatus();
    return each_pointer(
        [&](const Pointer& pointer) {
          const auto unread = unread_.find(pointer.sha256);
          if (unread == unread_.end()) return;
          add_problem(str_cat("the capture ", in_one_line(unread->first), " of the ", pointer.kind, " ",
                              in_one_line(pointer.id), " ", unread->second));
          unread_.erase(unread);
        },
        [](std::string_view, std::string_view) {});
  }

  void add_problem(std::string line) {
    if (++report_.problem_count <= EvidenceReport::kMostProblems) report_.problems.push_back(std::move(line));
  }

  [[nodiscard]] absl::Time newest() const { return found_.empty() ? absl::UnixEpoch() : found_.back().first; }
  [[nodiscard]] std::string contents() const {
    std::string chain;
    for (const auto& [when, sha256] : found_) chain = sha256_hex(str_cat(chain, sha256));
    return chain;
  }

  using VisitDamaged = std::function<void(std::string_view kind, std::string_view id)>;
  absl::Status each_pointer(const VisitPointer& visit, const VisitDamaged& damaged) const {
    CT_RETURN_IF_ERROR(scan<Item>(Space::kItems, "post", visit, damaged));
    CT_RETURN_IF_ERROR(scan<Item>(Space::kVersions, "older version of the post", visit, damaged));
    return scan<DeadLetter>(Space::kDeadLetters, "dead letter", visit, damaged);
  }

  template <typename Record>
  absl::Status scan(Space space, std::string_view kind, const VisitPointer& visit,
                    const VisitDamaged& damaged) const {
    Record record;
    return key_value_.scan(space, "", "", [&](std::string_view key, std::string_view value) {
      if (record.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
        visit({.sha256 = record.capture_sha256(), .kind = kind, .id = record.id()});
        if constexpr (std::is_same_v<Record, Item>) {
          if (!record.gone_capture_sha256().empty())
            visit(
                {.sha256 = record.gone_capture_sha256(), .kind = "deletion of the post", .id = record.id()});
        }
      } else {
        damaged(kind, key);
      }
      return true;
    });
  }

  const KeyValue& key_value_;
  const StoreReader& store_;
  EvidenceReport report_;
  std::vector<std::pair<absl::Time, std::string>> found_;
  std::map<std::string, std::string_view, std::less<>> unread_;  // and why
};

}  // namespace

absl::StatusOr<EvidenceReport> write_evidence(const KeyValue& key_value, const StoreReader& store,
                                              const std::function<absl::Status(std::string_view)>& out) {
  return EvidenceWriter(key_value, store).write(out);
}

}  // namespace copytaster
