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
// A picture's file goes last of all (picture/, unused/): where no post shows it at that moment, and nothing
// that still waits in the log says that one will. A media store that is away is asked again later, and the
// receipts that wait for it stay open; all else goes on.
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
#include "app/expiry_clock.h"
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
  // Of a media store that may be away; the first pause, which doubles. Zero: it is here, and its errors are
  // the disk's.
  absl::Duration pause_when_away = absl::ZeroDuration();
};

class Eraser {
 public:
  explicit Eraser(const EraserDependencies& dependencies)
      : d_(dependencies), reads_(d_.key_value, &stopping_), expiry_clock_(d_.key_value) {}

  // Takes up what is not done. Once, before the first turn of the processing.
  absl::Status restore();

  // ---- the processing thread
  [[nodiscard]] std::vector<EraserOrder> take_orders();
  // Receipts as they were written; the ids of those whose order was in that turn.
  void committed(std::vector<Erasure> receipts, const std::vector<std::string>& ordered,
                 std::uint64_t position);
  // A capture that came later holds words of what was erased.
  void met(const std::string& capture_sha256, const std::string& receipt_id);
  // Whether what comes of this account is to be noted (came_capture_key) in the batch of its turn: it may
  // show posts that were erased, though nothing says so, for collectors pass over what they know.
  [[nodiscard]] bool watches(std::string_view account_id) const;
  // Something of this account has come, and was noted if it was watched then.
  void came(std::string_view account_id);
  // Bytes that no post shows, as far as a turn can tell.
  void note_unused(const std::string& picture_sha256);
  // A turn is about to store that a post shows these bytes, which were fetched. False: they have just been
  // erased, and the picture is to be fetched again. True: they stay until that is stored. May ask the media
  // store, of bytes that were erased before.
  [[nodiscard]] bool may_keep_picture(const std::string& sha256);

  // ---- the eraser's thread
  // Does one step; false: there is nothing to do just now. Errors of store, bus and disk: the service stops.
  // A media store that may be away (pause_when_away) is none of these.
  // kCancelled: stop() was called; the next start goes on.
  absl::StatusOr<bool> step();
  // A step that is under way ends soon. Any thread.
  void stop() { stopping_ = true; }

  // Whether it erased the file of these bytes since the start, or was at it before a stop. Any thread.
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

  // By account: single posts of it that were erased, with their receipts.
  using Watched = std::map<std::string, std::map<std::string, std::string>, std::less<>>;
  struct CameCapture {
    std::string key, account_id, sha256;
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
  absl::StatusOr<std::vector<CameCapture>> came_captures();
  [[nodiscard]] Watched watched_of(const std::vector<CameCapture>& came) const;
  [[nodiscard]] bool is_watched(const Job& job) const;
  void watch(const Job& job);
  void stage_watch(WriteBatch& batch, const Job& job) const;
  absl::Status take_met(const std::string& id, const std::set<std::string>& captures);
  // Pictures' SHA-256, each with the receipts that count it; those that came too late have none.
  using Pictures = std::map<std::string, std::set<std::string>>;
  absl::StatusOr<bool> take_pictures();
  [[nodiscard]] bool log_has_passed(std::uint64_t position) const;
  [[nodiscard]] Pictures pictures_in_hand();
  absl::StatusOr<PicturesInLog> pictures_on_the_way(const StringSet& pictures) const;
  // False: a turn is just storing that a post shows it.
  absl::StatusOr<bool> unlink(const std::string& sha256);
  absl::Status settle_pictures(const Pictures& shown, const Pictures& gone);
  absl::Status count_pictures(const std::string& receipt_id, std::size_t erased, WriteBatch& batch,
                              std::vector<Erasure>& counted) const;
  void put_off(const Pictures& later, const absl::Status& away);
  void await_pictures(const std::string& receipt_id, const StringSet& pictures);
  absl::StatusOr<bool> look_for_expired();
  absl::StatusOr<bool> rewrite();
  [[nodiscard]] absl::Duration rewriting_pace(const std::vector<Erasure>& done) const;
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
  ExpiryClock expiry_clock_;
  std::optional<Job> job_;  // the eraser's thread
  absl::Time looked_ = absl::InfinitePast(), met_taken_ = absl::InfinitePast(),
             rewritten_ = absl::InfinitePast();
  absl::Duration rewriting_took_;
  absl::Time pictures_tried_ = absl::InfinitePast();
  absl::Duration pictures_pause_;     // since then; zero: the media store answers
  std::uint64_t pictures_await_ = 0;  // the position on the bus that is passed first
  std::optional<std::uint64_t> index_asked_;

  mutable std::mutex mutex_;  // of all below
  std::deque<Job> queue_;
  std::vector<EraserOrder> orders_;
  std::optional<Erasure> ordered_back_;               // the receipt of the order that was done
  std::map<std::string, std::set<std::string>> met_;  // by receipt
  Watched watched_;
  bool came_ = false;  // captures to look at for what is watched may be noted in the store
  Pictures pictures_;  // to be erased where no post shows them
  std::map<std::string, std::size_t> awaited_;  // how many of them a receipt waits for
  std::set<std::string> in_hand_;               // that were looked for, and no turn has met since
  std::string unlinking_;
  std::set<std::string, std::less<>> erased_pictures_;
  struct ForFiles {
    Erasure receipt;
    bool asked = false;    // a person waits for it; not for what a page has only shown again
    bool written = false;  // the files are; only pictures are left, whose store is away
  };
  [[nodiscard]] bool somebody_waits() const;   // mutex_ is held
  std::map<std::string, ForFiles> for_files_;  // whose records are gone, by id
  std::uint64_t position_ = 0;  // of the bus: what is behind it was made before the last of these
  bool busy_ = false;           // a job is under way
};

}  // namespace copytaster
