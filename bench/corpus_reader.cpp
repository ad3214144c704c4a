#include "bench/corpus_reader.h"

#include <ctime>

#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

void Stopwatch::go() {
  wall_ -= seconds_of(CLOCK_MONOTONIC);
  cpu_ -= seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

void Stopwatch::halt() {
  cpu_ += seconds_of(CLOCK_PROCESS_CPUTIME_ID);
  wall_ += seconds_of(CLOCK_MONOTONIC);
}

Measure Stopwatch::measure(std::size_t posts) const {
  Measure measure;
  measure.posts = posts;
  measure.posts_per_second = wall_ > 0 ? static_cast<double>(posts) / wall_ : 0;
  measure.cpu_microseconds_per_post = posts > 0 ? 1e6 * cpu_ / static_cast<double>(posts) : 0;
  return measure;
}

absl::Status expect_posts(std::size_t got, std::size_t wanted) {
  if (got == wanted) return absl::OkStatus();
  return absl::InternalError(str_cat("the corpus has ", wanted, " posts, ", got, " came out"));
}

absl::Status CorpusReader::open() {
  collector_ = collectors_.find("mastodon");
  if (collector_ == nullptr) return absl::InternalError("there is no collector mastodon");
  CT_ASSIGN_OR_RETURN(account_, collector_->recognise("https://social.example/@mayor1"));
  return absl::OkStatus();
}

Capture CorpusReader::capture(const std::string& page) const {
  Capture out;
  out.set_account_id(account_.id());
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

}  // namespace copytaster
