// Puts pictures into a media store that is asked over the network, on threads of its own, so that the poller
// waits for none. Who starts more than `threads` of them bounds what waits here.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "core/fetcher.h"
#include "core/store.h"

namespace copytaster {

class PicturePuts {
 public:
  struct Put {
    std::string key;          // as the caller names the picture
    std::uint64_t asked = 0;  // and its request
    HttpResponse response;    // its body is what is put
    absl::StatusOr<std::string> sha256 = absl::UnavailableError("not put yet");
  };

  // `media` outlives it. `done` is called on one of its threads after each put: take() has something.
  PicturePuts(MediaStore* media, int threads, std::function<void()> done);
  // Those under way are finished; what waits is dropped: nobody was told that it is kept.
  ~PicturePuts();
  PicturePuts(const PicturePuts&) = delete;
  PicturePuts& operator=(const PicturePuts&) = delete;

  // The thread that made it.
  void start(Put put);
  // What has been put or refused since the last call.
  [[nodiscard]] std::vector<Put> take();

 private:
  void run();

  MediaStore* media_;
  std::function<void()> done_;
  std::mutex mutex_;  // guards all below
  std::condition_variable more_;
  std::deque<Put> waiting_;
  std::vector<Put> ended_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace copytaster
