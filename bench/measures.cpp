#include "bench/measures.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <thread>

#include "absl/time/clock.h"
#include "app/processing.h"
#include "bus/embedded_bus.h"
#include "collectors/catalog.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/copy_index.h"
#include "processors/pipeline.h"
#include "processors/steps.h"
#include "storage/open.h"

namespace copytaster {
namespace {

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Begins stopped; counts only between go() and halt().
class Stopwatch {
 public:
  void go() {
    wall_ -= seconds_of(CLOCK_MONOTONIC);
    cpu_ -= seconds_of(CLOCK_PROCESS_CPUTIME_ID);
  }
  void halt() {
    cpu_ += seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    wall_ += seconds_of(CLOCK_MONOTONIC);
  }
  [[nodiscard]] Measure measure(std::size_t posts) const {
    Measure measure;
    measure.posts = posts;
    measure.posts_per_second = wall_ > 0 ? static_cast<double>(posts) / wall_ : 0;
    measure.cpu_microseconds_per_post = posts > 0 ? 1e6 * cpu_ / static_cast<double>(posts) : 0;
    return measure;
  }

 private:
  double wall_ = 0, cpu_ = 0;
};

constexpr std::size_t kWaitingCaptures = 16;

absl::Status expect_posts(std::size_t got, std::size_t wanted) {
  if (got == wanted) return absl::OkStatus();
  return absl::InternalError(str_cat("the corpus has ", wanted, " posts, ", got, " came out"));
}

// The collector under test with an account whose first contact is over.
struct Reader {
  Collectors collectors;
  const Collector* collector = nullptr;
  Account account;

  absl::Status open() {
    collector = collectors.find("mastodon");
    if (collector == nullptr) return absl::InternalError("there is no collector mastodon");
    CT_ASSIGN_OR_RETURN(account, collector->recognise("https://social.example/@mayor1"));
    return absl::OkStatus();
  }
  [[nodiscard]] Capture capture(const std::string& page) const {
    Capture out;
    out.set_account_id(account.id());
    out.set_url("https://social.example/api/v1/accounts/1001/statuses?limit=40");
    out.set_final_url(out.url());
    out.set_status(200);
    Header* type = out.add_headers();
    type->set_name("content-type");
    type->set_value("application/json; charset=utf-8");
    out.set_body(page);
    out.set_sha256(sha256_hex(page));
    out.set_collector("mastodon/1");
    set_timestamp(out.mutable_fetched_at(), absl::FromUnixSeconds(1660000000));
    return out;
  }
  [[nodiscard]] absl::StatusOr<Parsed> parse(const Capture& capture) const {
    return collector->parse(account, capture);
  }

  // Parses the corpus and gives each page to `then`. Captures are made with the clock halted: their copy and
  // their SHA-256 belong to collecting. A few at a time, as they wait for a processor in the service.
  template <typename Then>
  [[nodiscard]] absl::StatusOr<Measure> measure(const Corpus& corpus, Then then) const {
    Stopwatch watch;
    std::size_t posts = 0;
    for (std::size_t page = 0; page < corpus.pages.size();) {
      std::vector<Capture> captures;
      for (; page < corpus.pages.size() && captures.size() < kWaitingCaptures; ++page)
        captures.push_back(capture(corpus.pages[page]));
      watch.go();
      for (const Capture& one : captures) {
        CT_ASSIGN_OR_RETURN(Parsed parsed, parse(one));
        posts += parsed.items.size();
        CT_RETURN_IF_ERROR(then(parsed));
      }
      watch.halt();
    }
    CT_RETURN_IF_ERROR(expect_posts(posts, corpus.posts));
    return watch.measure(posts);
  }
};

// A durable path with its parts, each run anew in an empty folder.
struct Path {
  std::unique_ptr<KeyValue> key_value;
  std::unique_ptr<Store> store;
  std::unique_ptr<MediaStore> media;
  std::unique_ptr<Bus> bus;
  Officials officials;
  SystemClock clock;
  std::unique_ptr<Pipeline> pipeline;
  std::unique_ptr<Processing> processing;
  Reader reader;

  absl::Status open(const std::string& folder) {
    CT_ASSIGN_OR_RETURN(key_value, open_key_value(folder, OpenMode::kReadWrite));
    CT_ASSIGN_OR_RETURN(store, open_store(key_value.get(), folder, OpenMode::kReadWrite));
    CT_ASSIGN_OR_RETURN(media, open_folder_media(folder, OpenMode::kReadWrite));
    CT_ASSIGN_OR_RETURN(bus, make_embedded_bus(key_value.get(), {}));
    pipeline = std::make_unique<Pipeline>(officials, Rules::defaults());
    processing = std::make_unique<Processing>(
        ProcessingDependencies{bus.get(), store.get(), media.get(), pipeline.get(), &clock}, 1);
    return reader.open();
  }

  // One page as the poller does it: capture, items, cursor and counters in one synced batch.
  absl::Status collect(const std::string& page, std::size_t* posts) const {
    Capture capture = reader.capture(page);
    CT_ASSIGN_OR_RETURN(Parsed parsed, reader.parse(capture));
    *posts += parsed.items.size();
    auto batch = store->batch();
    CT_RETURN_IF_ERROR(store->stage_capture(*batch, capture));
    AccountState state;
    state.set_account_id(reader.account.id());
    *state.mutable_cursor() = parsed.next;
    CT_RETURN_IF_ERROR(store->stage_account(*batch, state));
    Counters counters;
    counters.set_collected(parsed.items.size());
    counters.set_captures(1);
    CT_RETURN_IF_ERROR(store->stage_counters(*batch, counters));
    Parcel parcel;
    parcel.set_account_id(state.account_id());
    parcel.set_capture_sha256(capture.sha256());
    for (Item& item : parsed.items) *parcel.add_items() = std::move(item);
    return bus->append({&parcel, 1}, batch.get(), absl::Minutes(1));
  }

  absl::Status drain() const {
    while (bus->lag("process") > 0) CT_RETURN_IF_ERROR(processing->turn(absl::Milliseconds(10)).status());
    return absl::OkStatus();
  }
};

}  // namespace

absl::StatusOr<Measure> measure_parse(const Corpus& corpus) {
  Reader reader;
  CT_RETURN_IF_ERROR(reader.open());
  return reader.measure(corpus, [](Parsed&) { return absl::OkStatus(); });
}

absl::StatusOr<Measure> measure_parse_and_dedupe(const Corpus& corpus) {
  Reader reader;
  CT_RETURN_IF_ERROR(reader.open());
  const Officials officials;
  Pipeline pipeline(officials, Rules::defaults());
  return reader.measure(corpus, [&](Parsed& parsed) { return pipeline.fold(parsed.items); });
}

absl::StatusOr<double> measure_fdatasync(const std::string& folder) {
  const std::string name = str_cat(folder, "/fdatasync");
  const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return absl::UnavailableError(str_cat(name, ": ", std::strerror(errno)));
  const std::string block(4096, 'x');
  std::vector<double> milliseconds;
  for (int i = 0; i < 101; ++i) {
    const absl::Time begun = absl::Now();
    if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0) break;
    milliseconds.push_back(absl::ToDoubleMilliseconds(absl::Now() - begun));
  }
  ::close(file);
  if (milliseconds.size() < 101) return absl::UnavailableError(str_cat(name, ": ", std::strerror(errno)));
  std::ranges::sort(milliseconds);
  return milliseconds[milliseconds.size() / 2];
}

absl::StatusOr<Measure> measure_durable_path(const Corpus& corpus, int threads, const std::string& folder) {
  CT_ASSIGN_OR_RETURN(const double sync, measure_fdatasync(folder));
  Path path;
  CT_RETURN_IF_ERROR(path.open(folder));
  Stopwatch watch;
  watch.go();
  std::size_t posts = 0;
  absl::Status processed;
  std::atomic<bool> done{false};
  std::thread processor;
  if (threads > 1) {
    processor = std::thread([&] {
      while (processed.ok() && (!done || path.bus->lag("process") > 0))
        processed = path.processing->turn(absl::Milliseconds(5)).status();
    });
  }
  absl::Status collected;
  for (const std::string& page : corpus.pages) {
    collected = path.collect(page, &posts);
    if (!collected.ok()) break;
    if (threads == 1 && path.bus->lag("process") >= 16) collected = path.drain();
    if (!collected.ok()) break;
  }
  done = true;
  if (processor.joinable()) processor.join();
  CT_RETURN_IF_ERROR(collected);
  CT_RETURN_IF_ERROR(processed);
  CT_RETURN_IF_ERROR(path.drain());
  watch.halt();
  Measure measure = watch.measure(posts);
  measure.fdatasync_milliseconds = sync;
  CT_RETURN_IF_ERROR(expect_posts(path.store->counters().stored(), corpus.posts));
  return measure;
}

absl::StatusOr<std::vector<StepCost>> measure_steps(const Corpus& corpus) {
  Reader reader;
  CT_RETURN_IF_ERROR(reader.open());
  std::vector<Item> items;
  for (const std::string& page : corpus.pages) {
    CT_ASSIGN_OR_RETURN(Parsed parsed, reader.parse(reader.capture(page)));
    for (Item& item : parsed.items) items.push_back(std::move(item));
    if (items.size() >= 5000) break;
  }
  const Officials officials;
  Pipeline pipeline(officials, Rules::defaults());
  std::vector<StepCost> costs;
  for (const StepSpec& spec : pipeline.steps()) {
    if (spec.needs_memory) continue;
    const absl::Time begun = absl::Now();
    for (Item& item : items) CT_RETURN_IF_ERROR(pipeline.run_step(spec.name, item));
    costs.push_back({std::string(spec.name),
                     absl::ToDoubleMicroseconds(absl::Now() - begun) / static_cast<double>(items.size())});
  }
  return costs;
}

}  // namespace copytaster
