#include "desk/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace copytaster {

void Throttle::refill(Bucket& bucket, double most, absl::Duration now) const {
  const double minutes = std::max(0.0, absl::ToDoubleMinutes(now - bucket.at));
  bucket.left = std::min(most, bucket.left + minutes * most);
  bucket.at = now;
}

Throttle::Bucket& Throttle::bucket_of(std::string_view peer, absl::Duration now) {
  if (const auto found = peers_.find(peer); found != peers_.end()) return found->second;
  if (peers_.size() >= limits_.peers) {
    // Those whose bucket is full again have nothing to be remembered for; if none, the count in all holds.
    const auto full = [&](auto& entry) {
      refill(entry.second, limits_.per_peer, now);
      return !entry.second.known && entry.second.left >= limits_.per_peer;
    };
    absl::erase_if(peers_, full);
    if (peers_.size() >= limits_.peers) peers_.erase(peers_.begin());
  }
  return peers_.emplace(std::string(peer), Bucket{.left = limits_.per_peer, .at = now}).first->second;
}

bool Throttle::may_try(std::string_view peer, absl::Duration now) {
  const std::scoped_lock lock(mutex_);
  Bucket& bucket = bucket_of(peer, now);
  refill(bucket, limits_.per_peer, now);
  refill(in_all_, limits_.in_all, now);
  return bucket.left >= 1 && (bucket.known || in_all_.left >= 1);
}

void Throttle::was_wrong(std::string_view peer, absl::Duration now) {
  const std::scoped_lock lock(mutex_);
  bucket_of(peer, now).left -= 1;
  in_all_.left = std::max(0.0, in_all_.left - 1);
}

void Throttle::was_right(std::string_view peer, absl::Duration now) {
  const std::scoped_lock lock(mutex_);
  bucket_of(peer, now).known = true;
}

std::string peer_key(std::string_view peer) {
  const std::size_t colon = peer.rfind(':');
  std::string host(peer.substr(0, colon));
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, host.c_str(), bytes.data()) != 1) return host;
  return std::string(reinterpret_cast<const char*>(bytes.data()), 8);
}

}  // namespace copytaster
