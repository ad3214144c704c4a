#include "net/name_lookup.h"

#include <netdb.h>

#include <atomic>
#include <cstring>
#include <exception>
#include <thread>
#include <utility>

#include "core/strings.h"

namespace copytaster {
namespace {

// No destructor: a thread left behind may end after main().
std::atomic<int> under_way{0};

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

}  // namespace

absl::StatusOr<std::vector<SocketAddress>> resolve_by_system(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (const int error = getaddrinfo(host.c_str(), str_cat(port).c_str(), &hints, &list); error != 0)
    return absl::UnavailableError(str_cat(host, ": ", gai_strerror(error)));
  const std::unique_ptr<addrinfo, FreeAddresses> owner(list);
  std::vector<SocketAddress> out;
  for (const addrinfo* at = list; at != nullptr; at = at->ai_next) {
    SocketAddress& address = out.emplace_back();
    if (at->ai_addrlen > sizeof address.bytes) {
      out.pop_back();
      continue;
    }
    std::memcpy(&address.bytes, at->ai_addr, at->ai_addrlen);
    address.size = at->ai_addrlen;
  }
  return out;
}

absl::StatusOr<std::shared_ptr<NameLookup>> NameLookup::start(Resolve resolve, std::string host,
                                                              std::uint16_t port) {
  if (under_way.fetch_add(1) >= kMostLookups) {
    under_way.fetch_sub(1);
    return absl::UnavailableError("too many names are being looked up and get no answer");
  }
  auto lookup = std::make_shared<NameLookup>();
  try {
    std::thread([lookup, resolve = std::move(resolve), host = std::move(host), port]() mutable {
      try {
        lookup->finish(resolve(host, port));
      } catch (const std::exception&) {
        lookup->finish(absl::UnavailableError("the name cannot be looked up now"));
      }
      resolve = nullptr;
      under_way.fetch_sub(1);
    }).detach();
  } catch (const std::exception&) {
    under_way.fetch_sub(1);
    return absl::UnavailableError("no thread to look the name up");
  }
  return lookup;
}

absl::StatusOr<std::vector<SocketAddress>> NameLookup::wait(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  if (!finished_.wait_until(lock, deadline, [this] { return done_; }))
    return absl::DeadlineExceededError("the name could not be looked up in time");
  return std::move(answer_);
}

void NameLookup::cancel() { finish(absl::CancelledError("the service is stopping")); }

void NameLookup::finish(absl::StatusOr<std::vector<SocketAddress>> answer) {
  {
    const std::scoped_lock lock(mutex_);
    if (done_) return;
    done_ = true;
    answer_ = std::move(answer);
  }
  finished_.notify_all();
}

}  // namespace copytaster
