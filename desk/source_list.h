// The accounts as /api/sources lists them: all, or a page of those that fit what an editor looks for, and how
// many are how. Any thread; reads the store each time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/json.h"
#include "core/source_health.h"
#include "core/store.h"
#include "desk/reply.h"

namespace copytaster {

// Account.details of one that no collector reads: it tells who is meant, and is no source.
inline constexpr std::string_view kNotCollected = "not_collected";
[[nodiscard]] bool is_collected(const Account& account);

// Of those that are followed now.
struct SourceCounts {
  std::uint64_t all = 0, alarms = 0;
  std::array<std::uint64_t, kSourceHealths> by_health = {};

  void add(SourceHealth health);
  // "all", "alarms" and each health by its name, into an open object.
  void write(JsonWriter& json) const;
};

struct SourceQuery {
  std::optional<Window> window;        // nullopt: all, in the order of officials.toml
  std::string words;                   // all of them stand in name, handle, platform, state, reason or id
  std::optional<SourceHealth> health;  // only these
  bool alarms = false;                 // only those that need a look
  std::optional<bool> followed;        // only those that are, or only those that were once
};

// From the request's parameters limit, offset, q, health and followed; kInvalidArgument says what is wrong.
[[nodiscard]] absl::StatusOr<SourceQuery> source_query(const ServerRequest& request);

struct ListedSource {
  const Official* official = nullptr;  // null: followed once
  const Account* account = nullptr;    // null: followed once
  AccountState state;
  SourceHealth health = SourceHealth::kNew;

  [[nodiscard]] const std::string& id() const;
  [[nodiscard]] bool needs_a_look() const { return account != nullptr && is_alarm(health); }
};

struct SourceList {
  std::vector<ListedSource> sources;  // with a window: those that need a look first, then by name
  std::size_t matched = 0;            // how many fit
  bool more = false;                  // behind these
  SourceCounts counts;                // of all, whether they fit or not
  std::size_t former = 0;             // followed once; what was read then is kept
  double spent_usd = 0;               // in `month`, by all that are followed
  std::map<std::string, std::size_t> not_collected;  // accounts by platform; they are not among the sources
};

// Only the counts, which are asked for often.
[[nodiscard]] absl::StatusOr<SourceCounts> count_sources(const StoreReader& store,
                                                         const std::vector<Official>& officials);

// Streams are no sources, nor are accounts that no collector reads. `officials` outlives the list; `month`:
// "2026-11".
[[nodiscard]] absl::StatusOr<SourceList> list_sources(const StoreReader& store,
                                                      const std::vector<Official>& officials,
                                                      const SourceQuery& query, std::string_view month);

}  // namespace copytaster
