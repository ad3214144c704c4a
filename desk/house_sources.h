// What the desk may ask of the house about its sources, wired by app. Any of the server's threads.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/credential_health.h"
#include "core/stream_health.h"

namespace copytaster {

// What an editor brings in by hand.
struct IntakeRequest {
  std::string url;          // of the post, where there is one
  std::string text;         // as pasted, any bytes
  std::string page;         // a saved page, HTML, any bytes
  std::string official_id;  // who said it; empty: found by the URL, or nobody we know
  std::string created_at;   // any date; empty: not known
  std::string by;           // the editor
  std::string note;
};

// The item it became.
struct IntakeAnswer {
  std::string item_id;
  bool known = false;      // it was brought in before: by whom first, and when
  bool corrected = false;  // known, but not this date, note or title: kept as a new version
  std::string first_by;
  absl::Time first_at = absl::InfinitePast();
};

struct HouseSources {
  // The accounts that are followed, and the people behind them.
  std::vector<Official> officials;
  // Pauses or resumes (nullopt), and writes the Action of `by`; stored when it returns OK. kNotFound: not
  // followed. Empty: cannot be done.
  std::function<absl::Status(std::string_view account_id, std::optional<Hold>, std::string_view by)> hold;
  // The same paste again gives the same id. kInvalidArgument says what is wrong. Empty: cannot be done.
  std::function<absl::StatusOr<IntakeAnswer>(IntakeRequest)> intake;
  // How each stream is now. Empty: there are none.
  std::function<std::vector<StreamHealth>()> streams = nullptr;
  // Tokens that expire; read at start, as the settings are.
  std::vector<CredentialHealth> credentials = {};
};

}  // namespace copytaster
