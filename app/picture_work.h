// Pictures are inspected on threads of their own: one costs as much as a hundred posts, and posts do not wait
// for it. A consumer of the bus beside the processing: it reads the same parcels, looks at their pictures,
// and hands what it found to the processing, which alone writes items.
//
//   bus ──▶ processing ──────────────▶ store
//    └────▶ PictureWork ──▶ take() ──────┘
//
// At least once: a position is committed when its pictures' facts are stored, so a stop between repeats the
// inspection, with the same result. Where the media store is one over the network and is away, the pictures
// are put at the end of the log, after a pause, to be looked at later: none is called unreadable for that,
// and the log goes on. Bounded: with kMostWaiting results that are not stored the log is read no further than
// the parcels in hand, and in the end the collectors wait.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "app/parallel.h"
#include "app/text_reader.h"
#include "core/bus.h"
#include "core/copytaster.pb.h"
#include "core/store.h"

namespace copytaster {

// Fills in what the bytes say: size, PDQ, embedded caption. A picture that cannot be read says so in its
// media.problem; the post is shown without facts about it. With a reader, also the words in it. Any thread.
void inspect(PictureResult& result, const MediaStore& media, TextReader* reader = nullptr);
// The same; returns why the bytes could not be had where a later try may get them.
absl::Status try_to_inspect(PictureResult& result, const MediaStore& media, TextReader* reader = nullptr);

class PictureWork {
 public:
  static constexpr std::string_view kConsumer = "pictures";  // of the bus
  static constexpr std::size_t kMostWaiting = 256;
  // With so many parcels behind it reads no words: they cost many times what the other facts cost.
  static constexpr std::uint64_t kMostBehindToRead = 16;

  // All outlive it. `threads` inspect; one of them reads the bus. Without a reader no words are read.
  // `pause_when_away`: of a media store that may be away; the first pause, which doubles. Zero: it is here.
  PictureWork(Bus* bus, const MediaStore* media, int threads, TextReader* reader = nullptr,
              absl::Duration pause_when_away = absl::ZeroDuration());
  ~PictureWork() { stop(); }
  PictureWork(const PictureWork&) = delete;
  PictureWork& operator=(const PictureWork&) = delete;

  void start();
  // Returns when its threads have ended; the bus is closed before. Stops the reader.
  void stop();

  // What was found in the parcels before `position`, in their order. The processing thread.
  [[nodiscard]] std::vector<PictureResult> take(std::uint64_t position);
  // All that was taken is stored. The processing thread.
  absl::Status stored();
  // Nothing is being looked at and nothing waits to be taken or stored. Any thread.
  [[nodiscard]] bool idle() const;
  // Why it has ended; OK while it works. Any thread.
  [[nodiscard]] absl::Status failure() const;

 private:
  struct Found {
    std::uint64_t position;
    std::vector<PictureResult> results;
  };
  void run();
  absl::Status turn();
  absl::Status look_at(std::vector<Delivery> deliveries);
  // Leaves in `results` what was looked at; what cannot be had now is behind it in the log.
  absl::Status inspect_all(std::vector<PictureResult>& results);
  // Appends to `found` what was looked at; gives the others as they came, and why.
  absl::Status inspect_some(std::vector<PictureResult> results, std::vector<PictureResult>& found,
                            Parcel& away);
  absl::Status pause(int pictures, const absl::Status& why);
  // Positions that may be committed: nothing before them waits. Caller holds mutex_.
  [[nodiscard]] std::uint64_t done_to();
  absl::Status commit(std::uint64_t position);

  Bus* bus_;
  const MediaStore* media_;
  TextReader* reader_;
  Parallel parallel_;
  const absl::Duration pause_when_away_;
  absl::Duration pause_;  // PictureWork's own thread
  mutable std::mutex mutex_;
  std::condition_variable taken_;
  std::deque<Found> found_;
  std::size_t waiting_ = 0;       // results that were read and are not stored
  std::size_t being_stored_ = 0;  // of these, taken
  std::uint64_t stored_to_ = 0;   // of what was taken
  std::mutex commit_mutex_;
  std::uint64_t committed_ = 0;
  bool stopping_ = false;
  absl::Status failure_;
  std::thread thread_;
};

}  // namespace copytaster
