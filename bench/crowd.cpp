#include "bench/crowd.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "app/files.h"
#include "bench/crowd_pages.h"
#include "bench/crowd_town.h"
#include "bus/embedded_bus.h"
#include "collectors/poller.h"
#include "core/clock.h"
#include "core/status.h"
#include "core/strings.h"
#include "net/http_client.h"
#include "rehearsal/rehearsal.h"
#include "storage/open.h"

namespace copytaster {
namespace {

double cpu_seconds() {
  rusage usage{};
  (void)getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_memory_mb() {
  rusage usage{};
  (void)getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// This program once more, as the server. Ends when our end of its standard input closes.
class TownProcess {
 public:
  static absl::StatusOr<std::unique_ptr<TownProcess>> start(std::size_t accounts) {
    std::array<int, 2> in{}, out{};
    if (pipe(in.data()) != 0 || pipe(out.data()) != 0) return absl::UnavailableError("no pipe");
    const std::string number = str_cat(accounts);
    const pid_t pid = fork();
    if (pid < 0) return absl::UnavailableError("no process");
    if (pid == 0) {
      (void)dup2(in[0], 0);
      (void)dup2(out[1], 1);
      for (const int fd : {in[0], in[1], out[0], out[1]}) (void)close(fd);
      (void)execl("/proc/self/exe", "copytaster", "bench", "--play-accounts", number.c_str(), nullptr);
      _exit(70);
    }
    (void)close(in[0]);
    (void)close(out[1]);
    std::unique_ptr<TownProcess> town(new TownProcess(pid, in[1], fdopen(out[0], "r")));
    if (std::fscanf(town->out_, "port %hu", &town->port_) != 1)
      return absl::UnavailableError("the server did not start");
    return town;
  }
  ~TownProcess() {
    if (in_ >= 0) (void)close(in_);
    (void)std::fclose(out_);
    (void)waitpid(pid_, nullptr, 0);
  }
  TownProcess(const TownProcess&) = delete;
  TownProcess& operator=(const TownProcess&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // Stops it; what it tells.
  std::vector<std::uint64_t> report() {
    (void)close(std::exchange(in_, -1));
    std::vector<std::uint64_t> numbers;
    unsigned long long number = 0;
    while (std::fscanf(out_, "%llu", &number) == 1) numbers.push_back(number);
    return numbers;
  }

 private:
  TownProcess(pid_t pid, int in, std::FILE* out) : pid_(pid), in_(in), out_(out) {}
  pid_t pid_;
  int in_;
  std::FILE* out_;
  unsigned short port_ = 0;
};

// What was handed on, by account: the bus is read as a processor would, and let go.
class Drain {
 public:
  explicit Drain(std::size_t accounts) : seen_(accounts) {}
  absl::Status read(Bus& bus) {
    while (true) {
      CT_ASSIGN_OR_RETURN(const auto deliveries, bus.poll("process", 256, absl::ZeroDuration()));
      if (deliveries.empty()) return absl::OkStatus();
      for (const Delivery& delivery : deliveries)
        for (const Item& item : delivery.parcel.items()) take(item.native_id());
      CT_RETURN_IF_ERROR(bus.commit("process", deliveries.back().position + 1, nullptr));
    }
  }
  [[nodiscard]] const std::vector<std::uint64_t>& seen() const { return seen_; }
  std::uint64_t posts = 0, doubled = 0;

 private:
  // Posts have rising numbers and come oldest first: the highest tells of all where none is left out.
  void take(std::string_view guid) {
    const auto [account, post] = read_crowd_id(guid);
    if (post == 0 || account >= seen_.size()) return;
    ++posts;
    if (post <= seen_[account]) {
      ++doubled;
    } else if (post == seen_[account] + 1) {
      seen_[account] = post;
    }
    // A gap stays a gap: `seen` no longer rises and shows as missed.
  }
  std::vector<std::uint64_t> seen_;
};

}  // namespace

absl::StatusOr<CrowdResult> measure_crowd(const CrowdOptions& options) {
  CT_ASSIGN_OR_RETURN(auto town, TownProcess::start(options.accounts));
  HttpClientOptions http;
  http.allow = {str_cat("127.0.0.1:", town->port())};
  http.max_per_host = 64;  // all hosts are one here
  CT_ASSIGN_OR_RETURN(auto client, make_http_client(http));
  auto fetcher = make_rehearsal_fetcher(client.get(), town->port());
  CT_ASSIGN_OR_RETURN(auto key_value, open_key_value(options.folder, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(auto store, open_store(key_value.get(), options.folder, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(auto media, open_folder_media(options.folder, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(auto bus, make_embedded_bus(key_value.get(), {}));
  const Collectors collectors;
  std::vector<Account> accounts;
  for (std::size_t i = 0; i < options.accounts; ++i) {
    CT_ASSIGN_OR_RETURN(Account account, collectors.recognise(crowd_url(i)));
    account.set_official_id(str_cat("official-", i));
    accounts.push_back(std::move(account));
  }
  const SystemClock clock;
  PollerDependencies d{.collectors = &collectors,
                       .fetcher = fetcher.get(),
                       .bus = bus.get(),
                       .store = store.get(),
                       .media = media.get(),
                       .clock = &clock};
  auto poller = Poller::make(d, {}, std::move(accounts));
  Drain drain(options.accounts);
  const absl::Time begun = absl::Now();
  const double cpu_begun = cpu_seconds();
  double cpu_half = 0;
  absl::Time half = absl::InfiniteFuture();
  while (absl::Now() - begun < options.time || poller->busy() > 0) {
    CT_RETURN_IF_ERROR(poller->turn(absl::Milliseconds(100)));
    CT_RETURN_IF_ERROR(drain.read(*bus));
    if (half == absl::InfiniteFuture() && absl::Now() - begun > options.time / 2) {
      half = absl::Now();
      cpu_half = cpu_seconds();
    }
    if (absl::Now() - begun > options.time + absl::Minutes(1)) break;  // what still asks is measured as it is
  }
  CrowdResult result;
  const absl::Time end = absl::Now();
  result.seconds = absl::ToDoubleSeconds(end - begun);
  result.cpu_share = (cpu_seconds() - cpu_begun) / result.seconds;
  result.cpu_share_later = (cpu_seconds() - cpu_half) / absl::ToDoubleSeconds(end - half);
  result.peak_memory_mb = peak_memory_mb();
  poller.reset();
  fetcher.reset();
  client.reset();
  const std::vector<std::uint64_t> told = town->report();
  if (told.size() != kCrowdFigures + options.accounts)
    return absl::DataLossError("the server's report is not whole");
  result.accounts = options.accounts;
  result.requests = told[0];
  result.most_a_minute = told[1];
  result.not_modified = told[2];
  result.errors = told[3];
  result.too_early = told[4];
  result.budget_a_minute = static_cast<std::size_t>(collectors.find("feed")->spec().budget.requests);
  result.posts = drain.posts;
  result.doubled = drain.doubled;
  for (std::size_t i = 0; i < options.accounts; ++i) {
    const std::uint64_t shown = told[kCrowdFigures + i];
    result.read += shown > 0 ? 1 : 0;
    result.missed += shown > drain.seen()[i] ? shown - drain.seen()[i] : 0;
  }
  return result;
}

std::string as_text(const CrowdResult& r) {
  std::array<char, 800> text{};
  (void)std::snprintf(
      text.data(), text.size(),
      "%zu accounts, %zu read, in %.0f s: %zu requests (%zu not modified, %zu "
      "answered with an error, %zu too early after a 429), %llu posts, %llu missed, %llu doubled\n"
      "most requests a minute at one host: %zu of %zu\n"
      "one process: %.1f %% of a core (%.1f %% in the second half), %.0f MB at most\n",
      r.accounts, r.read, r.seconds, r.requests, r.not_modified, r.errors, r.too_early,
      static_cast<unsigned long long>(r.posts), static_cast<unsigned long long>(r.missed),
      static_cast<unsigned long long>(r.doubled), r.most_a_minute, r.budget_a_minute, 100 * r.cpu_share,
      100 * r.cpu_share_later, r.peak_memory_mb);
  return text.data();
}

}  // namespace copytaster
