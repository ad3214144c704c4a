#include "app/verify.h"

#include <algorithm>

#include "app/picture_work.h"
#include "app/turn_writes.h"
#include "app/verify_chain.h"
#include "app/verify_posts.h"
#include "app/verify_stamps.h"
#include "core/bytes.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/open.h"

namespace copytaster {
namespace {

// What stands in the spaces that hold no evidence: whether it can be read.
template <typename Record>
absl::Status look_at_records(const KeyValue& key_value, Space space, std::string_view what,
                             VerifyFindings& findings) {
  Record record;
  std::string last;
  const absl::Status scanned =
      key_value.scan(space, "", "", [&](std::string_view key, std::string_view value) {
        if (record.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          ++findings.report.records;
        } else {
          findings.add(str_cat(what, " ", in_one_line(key), " cannot be read"));
        }
        last = std::string(key);
        return true;
      });
  if (absl::IsDataLoss(scanned)) {
    findings.add(str_cat("of the records \"", what, "\" those behind ", last.empty() ? "the beginning" : "",
                         in_one_line(last), " cannot be read: ", scanned.message()));
    return absl::OkStatus();
  }
  return scanned;
}

absl::Status look_at_the_rest(const KeyValue& key_value, VerifyFindings& findings) {
  CT_RETURN_IF_ERROR(look_at_records<Story>(key_value, Space::kStories, "story", findings));
  CT_RETURN_IF_ERROR(look_at_records<AccountState>(key_value, Space::kAccounts, "account", findings));
  CT_RETURN_IF_ERROR(look_at_records<DeadLetter>(key_value, Space::kDeadLetters, "dead letter", findings));
  return look_at_records<Action>(key_value, Space::kActions, "editor's action", findings);
}

// What is gone from the end: the database takes a log that ends early for one that a stop cut short.
absl::Status look_at_marks(const KeyValue& key_value, const VerifyMarks& marks, VerifyFindings& findings) {
  const auto behind_last = [&](Space space) -> absl::StatusOr<std::uint64_t> {
    const auto last = key_value.last_key(space);
    if (absl::IsNotFound(last.status())) return std::uint64_t{0};
    CT_RETURN_IF_ERROR(last.status());
    return from_big_endian(*last) + 1;
  };
  CT_ASSIGN_OR_RETURN(const std::uint64_t actions, behind_last(Space::kActions));
  if (actions < marks.actions)
    findings.add(
        str_cat("editors' actions ", actions, " to ", marks.actions - 1, " were acknowledged and are gone"));
  CT_ASSIGN_OR_RETURN(std::uint64_t log, behind_last(Space::kLog));
  // Where all is done the log is empty, and the positions of those who read it say how far it went. Others in
  // the same space are none of it: a desk over Kafka keeps there what it has read of each partition.
  for (const std::string_view consumer : {TurnWrites::kConsumer, PictureWork::kConsumer}) {
    const auto position = key_value.get(Space::kPositions, consumer);
    if (absl::IsNotFound(position.status())) continue;
    CT_RETURN_IF_ERROR(position.status());
    log = std::max(log, from_big_endian(*position));
  }
  if (log < marks.log)
    findings.add(str_cat("what was acknowledged on the bus as ", log, " to ", marks.log - 1,
                         " is gone from the end of the log; posts that still stand are fetched again"));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<VerifyReport> verify_store(const KeyValue& key_value, const MediaStore& media,
                                          const std::string& data, const VerifyMarks& marks,
                                          const std::string& ca_file) {
  VerifyFindings findings;
  CT_RETURN_IF_ERROR(look_at_marks(key_value, marks, findings));
  CT_RETURN_IF_ERROR(verify_chain(key_value, findings));
  CT_RETURN_IF_ERROR(verify_stamps(key_value, ca_file, findings));
  CT_RETURN_IF_ERROR(verify_posts(key_value, media, data, findings));
  CT_RETURN_IF_ERROR(look_at_the_rest(key_value, findings));
  const absl::Status files = check_files(key_value);
  if (absl::IsDataLoss(files)) {
    findings.add(std::string(files.message()));
  } else {
    CT_RETURN_IF_ERROR(files);
  }
  return std::move(findings.report);
}

}  // namespace copytaster
