#include "app/capture_reader.h"

#include "core/status.h"
#include "core/stream_health.h"
#include "core/strings.h"

namespace copytaster {

absl::StatusOr<Parsed> CaptureReader::read(const Capture& capture, std::string_view account_id,
                                           Account* account) const {
  const std::string platform(capture.collector().substr(0, capture.collector().find('/')));
  const Collector* collector = find_collector_(platform);
  if (collector == nullptr)
    return absl::FailedPreconditionError(str_cat("no collector reads what \"", platform, "\" brought"));
  if (is_stream(capture.url())) {
    CT_ASSIGN_OR_RETURN(FrameNews news,
                        collector->parse_frame([&](std::string_view id) { return find(id); }, capture));
    if (news.account != nullptr) *account = *news.account;
    return std::move(news.parsed);
  }
  const std::string_view id = account_id.empty() ? capture.account_id() : account_id;
  const Account* followed = find(id);
  if (followed == nullptr)
    return absl::FailedPreconditionError(
        str_cat("the account ", id, " is not followed any more: put it into officials.toml again"));
  *account = *followed;
  return collector->parse(*account, capture);
}

}  // namespace copytaster
