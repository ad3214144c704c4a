// Fetches the pictures of posts, after the posts: what was WANTED becomes KEPT (the bytes are in the media
// store) or MISSING (with the reason), told through the bus as a PictureResult. A picture that fails is
// tried again with back-off; a fresher address (signed ones expire) replaces the old one meanwhile.
//
// Thread: the poller's. Bounded: of too many pictures the rest stay WANTED in the store, overflowed() says
// so. Delivery: at least once; the bytes are durable before the result is appended.
// With put_threads the store is one over the network: it is asked on those threads, and while it is away
// pictures stay WANTED and are tried again, however long that takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/back_off.h"
#include "collectors/picture_puts.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/fetcher.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

struct PictureFetchOptions {
  std::size_t max_bytes = std::size_t{25} << 20;
  int attempts = 5;
  absl::Duration give_up_after = absl::Hours(24);
  std::size_t max_waiting = 50'000;
  int put_threads = 0;  // 0: the store is on this machine, and asked on the poller's thread
};

struct PictureFetchDependencies {
  Fetcher* fetcher;
  Bus* bus;
  MediaStore* media;
  const Clock* clock;
  Jitter* jitter;
};

class PictureFetch {
 public:
  PictureFetch(const PictureFetchDependencies& dependencies, const PictureFetchOptions& options);

  // Takes on the item's pictures that are WANTED. `known` is the item as stored, or null: what it has of
  // the same pictures is not fetched again.
  void want(const Item& item, const Item* known);
  // Gives pictures still waited for the addresses that this newer copy of the item has.
  void refresh(const Item& item);
  // The item is gone: its pictures are not fetched any more.
  void forget(std::string_view item_id);

  // Starts what is due, with at most `most` requests under way.
  void start(std::size_t most);
  // Stores what came and appends the results. kResourceExhausted: the bus is full, call again later.
  // Other errors: the bus failed, or the media store of this machine; nothing is lost, call again.
  absl::Status flush();

  [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
  // Under way, or come and not yet told.
  [[nodiscard]] std::size_t busy() const { return in_flight_ + results_.size(); }
  [[nodiscard]] std::size_t waiting() const { return due_.size(); }
  [[nodiscard]] absl::Time next_due() const;
  // Whether so many have been done that it is worth looking for those that were left out.
  [[nodiscard]] bool has_room_again() const { return pictures_.size() < options_.max_waiting / 2; }
  // None waits longer than its longest pause because the clock was ahead.
  void clock_set_back();
  // True once after pictures were left out for want of room.
  bool take_overflow() { return std::exchange(overflowed_, false); }

 private:
  struct Picture {
    std::string item_id, account_id, platform, native_id;
    std::string url;      // as the stored item has it: the result's name for the picture
    std::string address;  // where it is fetched: the same, or a fresher one
    std::uint32_t index = 0;
    int attempts = 0;
    std::uint32_t not_kept = 0;  // how often the store was away when its bytes had come
    std::uint64_t asked = 0;     // the request under way; 0: none
    absl::Time failed_first = absl::InfiniteFuture();
    absl::Time due = absl::InfinitePast();
  };
  struct Answer {
    std::string key;
    std::uint64_t asked = 0;
    absl::StatusOr<HttpResponse> outcome;
  };
  // Outlives this object in the callbacks of requests still under way.
  struct Inbox {
    std::deque<Answer> answers;
  };

  void ask(Picture& picture, const std::string& key);
  // Whether it is with the store's threads now.
  absl::StatusOr<bool> take(Answer& answer);
  absl::StatusOr<bool> keep(Picture& picture, Answer& answer);
  void kept(const Picture& picture, std::string sha256, const HttpResponse& response);
  void take_puts();
  void wait_for_store(Picture& picture, const std::string& key, const absl::Status& why);
  void fail(Picture& picture, const std::string& key, const absl::Status& why, bool no_answer,
            absl::Duration asked_to_wait);
  [[nodiscard]] bool may_try_again(Picture& picture, const absl::Status& why, bool no_answer) const;
  void settle(const Picture& picture, Media media);
  void drop(const std::string& key);

  PictureFetchDependencies d_;
  PictureFetchOptions options_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  StringMap<Picture> pictures_;                       // by media_key()
  std::set<std::pair<absl::Time, std::string>> due_;  // those not asked for now
  StringMap<std::vector<std::string>> of_item_;       // item id -> keys in pictures_
  std::vector<Parcel> results_;
  std::size_t in_flight_ = 0;
  std::uint64_t asked_ = 0;  // requests so far: an answer belongs to one, not to a name
  bool overflowed_ = false;
  std::unique_ptr<PicturePuts> puts_;  // last: its threads end first; null: put_threads is 0
};

}  // namespace copytaster
