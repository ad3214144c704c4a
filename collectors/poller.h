// The one loop for all platforms: when to ask whom, politely, and where to stand afterwards.
//
// Thread: everything on one thread, which also drives the Fetcher. The loop of the service is
//     while (!stop) poller.turn(absl::Milliseconds(100));
// Delivery: a page's captures, items and the account's new state are appended to the bus in one
// batch; only then is the next page asked. A crash between asking and appending asks again. When the bus is
// full the answer is kept and nothing new is asked until it has room.
// Errors of one account never touch another: they are counted, logged and retried with back-off
// and jitter; a post that cannot be read becomes a dead letter with its reason.
// When: each account at its own interval, shorter after news and longer after none, between the collector's
// politest_interval and max_interval; never before what Retry-After, Cache-Control: max-age, rate-limit
// headers or the collector's `wait` ask for, never beyond what a host or an app bears (host_budgets.h) or
// what may be spent (cost_guard.h). Requests are conditional (If-None-Match, If-Modified-Since) when the last
// fetch of the same URL was whole, and full every full_fetch_every. Pictures follow their posts
// (picture_fetch.h); recent posts are read again (poller_reread.h). A post whose content was handed on before
// is not handed on again; the pipeline would bear it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/catalog.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/fetcher.h"
#include "core/store.h"
#include "core/stream.h"
#include "core/stream_health.h"
#include "core/strings.h"

namespace copytaster {

class WebSubDoor;

struct PollerOptions {
  absl::Duration max_interval = absl::Hours(6);
  absl::Duration full_fetch_every = absl::Hours(24);  // against lying ETags
  absl::Duration reread_for = absl::Hours(48);        // recent posts are read again this long
  std::size_t max_in_flight = 64;
  std::size_t max_pages_per_poll = 50;
  std::size_t max_picture_bytes = std::size_t{25} << 20;
  int picture_attempts = 5;
  // Of a media store that is asked over the network; 0: it is on this machine.
  int picture_put_threads = 0;
  // Under way at one host, or of one app: a slow one must not take all places.
  std::size_t max_per_host = 4;
  // US dollars a month that may be spent, by platform (cost_guard.h). Platforms that cost and are not named
  // here are not asked.
  StringMap<double> ceilings_usd = {};
  std::uint64_t seed = 0;  // of jitter; 0: from the machine
};

struct PollerDependencies {
  const Collectors* collectors;
  Fetcher* fetcher;
  Bus* bus;
  Store* store;
  MediaStore* media;
  const Clock* clock;
  // Where collectors are looked up instead, by platform: for tests. May be empty.
  std::function<const Collector*(std::string_view platform)> find = nullptr;
  StreamOpener* streams = nullptr;  // null: only polling
  WebSubDoor* websub = nullptr;     // where hubs call back (poller_websub.h); null: they are not asked
};

class Poller {
 public:
  virtual ~Poller() = default;
  static std::unique_ptr<Poller> make(const PollerDependencies& dependencies, const PollerOptions& options,
                                      std::vector<Account> accounts);
  // Starts what is due, moves transfers on, handles answers; waits at most `wait`.
  // An error means that nothing can be stored (bus or store): the service stops and says so. What has been
  // fetched is kept; a later turn tries to store it again.
  virtual absl::Status turn(absl::Duration wait) = 0;
  // A person pauses an account (`hold` says who and why) or lets it go on (nullopt; also one that had ended),
  // then it is asked at once. Stored before it returns. Of one that was erased (a tombstone, Hold.erased) no
  // more is stored, and nothing that is still under way for it. kNotFound: no such account is followed.
  virtual absl::Status hold(std::string_view account_id, const std::optional<Hold>& hold) = 0;
  // The post is erased: neither it nor its pictures are asked for again.
  virtual void forget(std::string_view /*item_id*/) {}
  // A post that no collector reads, brought in by hand, with the evidence for it: handed on like any other,
  // also when its words are known (the caller has looked).
  // kResourceExhausted: the bus is full, nothing was stored.
  virtual absl::Status bring(const Capture& capture, Item item) = 0;
  // What was read again from old evidence, handed on in one write with `together`; its pictures follow.
  // kResourceExhausted: the bus is full, nothing was stored.
  virtual absl::Status hand_on(const Parcel& parcel, WriteBatch* together) = 0;
  // Requests under way and answers not yet stored.
  [[nodiscard]] virtual std::size_t busy() const = 0;
  // How each stream is.
  [[nodiscard]] virtual std::vector<StreamHealth> streams() const = 0;
  // When the next account, picture, reading again or stream is due; InfiniteFuture when none. Past or
  // present: due now.
  [[nodiscard]] virtual absl::Time next_due() const = 0;
};

}  // namespace copytaster
