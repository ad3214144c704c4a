// Carries erasures to their end, beside the processing: finds what an account holds, gives it to the
// processing in Orders of a few hundred posts (only that writes posts), then takes out what stands apart from
// the posts: captures and their entries in the chain, pictures, dead letters, what accounts say of
// themselves. At last the files are written anew, and the receipt says when nothing was left in them
// (files_at).
//
//   Action on the bus ─▶ processing ──committed()──▶ Eraser ──take_orders()──▶ processing
//                                                      └─▶ captures, chain, pictures, letters ─▶ files
//
// What pages show again afterwards, and pictures that come too late, are noted in the batch of the turn that
// meets them.
//
// step() belongs to one thread of its own, the processing's half to the processing thread. A stop at any
// moment goes on at the next start from the receipts without files_at, and from the work noted with the posts
// that were taken out. It reads the whole store for each erasure, a post at a time; nothing waits for it.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "app/erasure_scan.h"
#include "app/retention.h"
#include "app/stoppable_reads.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/copytaster.pb.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

class Indexing;
class LegalHolds;

struct EraserOrder {
  Erasure receipt;                   // as it stands; the turn counts on
  std::vector<std::string> erase;    // posts
  std::vector<std::string> loosen;   // posts that point at erased ones
  std::vector<std::string> stories;  // that show erased ones
  bool entomb = false;               // each post gets a tombstone of its own
};

struct EraserDependencies {
  KeyValue* key_value;
  Store* store;
  Bus* bus;
  MediaStore* media;
  const Clock* clock;
  Indexing* indexing = nullptr;          // null: there is no index
  const Retention* retention = nullptr;  // null: nothing expires
  const LegalHolds* holds = nullptr;     // null: nothing is held
  HoldsWords holds_words = nullptr;      // null: each later capture of the account is taken to
  std::mutex* letters = nullptr;         // ProcessingDependencies.letters; may be null
  // The collectors ask for these posts no more. May be null.
  std::function<void(const std::vector<std::string>& item_ids)> forget = nullptr;
};

class Eraser {
 public:
  explicit Eraser(const EraserDependencies& dependencies)
      : d_(dependencies), reads_(d_.key_value, &stopping_) {}

  // Takes up what is not done. Once, before the first turn of the processing.
  absl::Status restore();

  // ---- the processing thread
  [[nodiscard]] std::vector<EraserOrder> take_orders();
  // Receipts as they were written; the ids of those whose order was in that turn.
  void committed(std::vector<Erasure> receipts, const std::vector<std::string>& ordered,
                 std::uint64_t position);
  // A capture that came later holds words of what was erased.
  void met(const std::string& capture_sha256, const std::string& receipt_id);
  // An answer that brought something of this account is kept as this capture. It may show posts that were
  // erased, though nothing says so: collectors pass over what they know.
  void came(const std::string& account_id, const std::string& capture_sha256);
  // Bytes that no post shows, as far as a turn can tell.
  void note_unused(const std::string& picture_sha256);

  // ---- the eraser's thread
  // Does one step; false: there is nothing to do just now. Errors of store, bus and disk: the service stops.
  // kCancelled: stop() was called; the next start goes on.
  absl::StatusOr<bool> step();
  // A step that is under way ends soon. Any thread.
  void stop() { stopping_ = true; }

  // Whether it erased the file of these bytes since the start. Any thread.
  [[nodiscard]] bool has_erased_picture(std::string_view sha256) const;
  // Nothing is left to do but what waits for its time. Any thread.
  [[nodiscard]] bool idle() const;

 private:
  enum class Stage : std::uint8_t { kFind, kItems, kSurvey, kLoosen, kEvidence };
  struct Job {
    Erasure receipt;
    Stage stage = Stage::kFind;
    std::vector<std::string> items;  // to be taken out
    std::size_t ordered = 0;         // of these, given to the processing
    bool entomb = false;
    bool waiting = false;  // for the processing
    std::vector<ErasureWork> work;
    ErasureSurvey survey;
    bool loosened = false;
  };

  absl::StatusOr<bool> do_job();
  absl::Status find(Job& job);
  absl::Status hand_over(Job& job);
  absl::Status survey(Job& job);
  absl::Status loosen(Job& job);
  absl::Status take_evidence(Job& job);
  absl::Status order(EraserOrder order);
  absl::StatusOr<bool> take_met();
  absl::Status look_at_came();
  void watch(WriteBatch& batch, const Job& job);
  absl::Status take_met(const std::string& id, const std::set<std::string>& captures);
  absl::StatusOr<bool> take_unused();
  absl::StatusOr<bool> look_for_expired();
  absl::StatusOr<bool> rewrite();
  [[nodiscard]] absl::Duration rewriting_pace(const std::vector<Erasure>& done) const;
  absl::Status erase_picture(const std::string& sha256);
  // What a post on legal hold rests on is nothing for a policy to take.
  absl::Status spare_held(const Erasure& receipt, StringSet* spared) const;
  absl::Status finish_receipts(const std::vector<Erasure>& done);
  // Names behind `prefix` in the space `erasures`.
  absl::Status each_name(std::string_view prefix,
                         const std::function<void(std::string_view name)>& visit) const;
  [[nodiscard]] bool begin_next();

  EraserDependencies d_;
  std::atomic<bool> stopping_{false};
  StoppableReads reads_;
  std::optional<Job> job_;  // the eraser's thread
  absl::Time looked_ = absl::InfinitePast(), met_taken_ = absl::InfinitePast(),
             rewritten_ = absl::InfinitePast();
  absl::Duration rewriting_took_;
  std::optional<std::uint64_t> index_asked_;

  mutable std::mutex mutex_;  // of all below
  std::deque<Job> queue_;
  std::vector<EraserOrder> orders_;
  std::optional<Erasure> ordered_back_;               // the receipt of the order that was done
  std::map<std::string, std::set<std::string>> met_;  // by receipt
  // By account: single posts of it that were erased, with their receipts; and captures to look at for them.
  std::map<std::string, std::map<std::string, std::string>, std::less<>> watched_;
  std::map<std::string, std::set<std::string>> came_;
  std::set<std::string> unused_;
  std::set<std::string, std::less<>> erased_pictures_;
  struct ForFiles {
    Erasure receipt;
    bool asked = false;  // a person waits for it; not for what a page has only shown again
  };
  [[nodiscard]] bool somebody_waits() const;   // mutex_ is held
  std::map<std::string, ForFiles> for_files_;  // whose records are gone, by id
  std::uint64_t position_ = 0;  // of the bus: what is behind it was made before the last of these
  bool busy_ = false;           // a job is under way
};

}  // namespace copytaster
