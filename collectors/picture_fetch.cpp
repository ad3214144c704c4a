#include "collectors/picture_fetch.h"

#include <algorithm>

#include "core/item.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr absl::Duration kFirstRetry = absl::Seconds(30);
constexpr absl::Duration kLongestRetry = absl::Hours(1);
constexpr absl::Duration kTimeout = absl::Seconds(60);

std::string_view without_query(std::string_view url) { return url.substr(0, url.find_first_of("?#")); }

bool same_picture(const Media& a, const Media& b) {
  if (!a.native_id().empty() || !b.native_id().empty()) return a.native_id() == b.native_id();
  return without_query(a.url()) == without_query(b.url());
}

bool is_of(const std::string& url, const std::string& native_id, const Media& media) {
  Media picture;
  picture.set_url(url);
  picture.set_native_id(native_id);
  return same_picture(picture, media);
}

bool is_kept(const Item* known, const Media& media) {
  return known != nullptr &&
         std::any_of(known->media().begin(), known->media().end(),
                     [&](const Media& other) { return other.state() == KEPT && same_picture(other, media); });
}

// "image/jpeg; q=1" is "image/jpeg".
std::string mime_type(const HttpResponse& response) {
  const std::string_view value = header_value(response.headers, "content-type");
  return ascii_lower(strip_space(value.substr(0, value.find(';'))));
}

absl::Status judge(const HttpResponse& response) {
  if (response.status != 200) return absl::UnavailableError(str_cat("HTTP ", response.status));
  if (response.body.empty()) return absl::UnavailableError("an empty answer");
  const std::string type = mime_type(response);
  // Storage servers often say octet-stream, or nothing; a page in place of a picture says what it is.
  const bool may_be = type.empty() || type.starts_with("image/") || type.ends_with("/octet-stream");
  return may_be ? absl::OkStatus() : absl::UnavailableError(str_cat("not a picture but ", type));
}

bool is_final(const absl::Status& why) {
  return absl::IsInvalidArgument(why) || absl::IsPermissionDenied(why) || absl::IsResourceExhausted(why);
}

Counter& pictures_total(std::string_view platform, std::string_view result) {
  return counter("copytaster_collect_pictures_total", "Pictures fetched, by how it ended.",
                 {{"platform", platform}, {"result", result}});
}

}  // namespace

PictureFetch::PictureFetch(const PictureFetchDependencies& dependencies, const PictureFetchOptions& options)
    : d_(dependencies), options_(options) {
  if (options_.put_threads > 0)
    puts_ = std::make_unique<PicturePuts>(d_.media, options_.put_threads,
                                          [fetcher = d_.fetcher] { fetcher->wake(); });
}

void PictureFetch::want(const Item& item, const Item* known) {
  for (int i = 0; i < item.media_size(); ++i) {
    const Media& media = item.media(i);
    if (media.kind() != PICTURE || media.state() != WANTED || media.url().empty()) continue;
    if (is_kept(known, media)) continue;
    std::string key = media_key(item.id(), static_cast<std::size_t>(i));
    if (const auto waiting = pictures_.find(key); waiting != pictures_.end()) {
      if (is_of(waiting->second.url, waiting->second.native_id, media)) {
        waiting->second.url = waiting->second.address = media.url();
        continue;
      }
      drop(key);  // another picture stands in its place now: what is under way is not its
    }
    if (pictures_.size() >= options_.max_waiting) {
      overflowed_ = true;
      return;
    }
    Picture picture{item.id(),         item.account_id(), item.platform(),
                    media.native_id(), media.url(),       media.url()};
    picture.index = static_cast<std::uint32_t>(i);
    picture.due = d_.clock->now();
    due_.emplace(picture.due, key);
    of_item_[item.id()].push_back(key);
    pictures_.emplace(std::move(key), std::move(picture));
  }
}

void PictureFetch::refresh(const Item& item) {
  const auto found = of_item_.find(item.id());
  if (found == of_item_.end()) return;
  for (const std::string& key : found->second) {
    Picture& picture = pictures_.find(key)->second;
    for (const Media& media : item.media()) {
      if (!media.url().empty() && is_of(picture.url, picture.native_id, media)) picture.address = media.url();
    }
  }
}

void PictureFetch::forget(std::string_view item_id) {
  const auto found = of_item_.find(item_id);
  if (found == of_item_.end()) return;
  for (const std::string& key : std::vector<std::string>(found->second)) drop(key);
}

void PictureFetch::start(std::size_t most) {
  const absl::Time now = d_.clock->now();
  while (in_flight_ < most && !due_.empty() && due_.begin()->first <= now) {
    const std::string key = due_.begin()->second;
    due_.erase(due_.begin());
    ask(pictures_.find(key)->second, key);
  }
}

void PictureFetch::ask(Picture& picture, const std::string& key) {
  HttpRequest request;
  request.url = picture.address;
  request.headers = {{"Accept", "image/*"}};
  request.max_body_bytes = options_.max_bytes;
  request.timeout = kTimeout;
  picture.asked = ++asked_;
  ++picture.attempts;
  ++in_flight_;
  d_.fetcher->fetch(std::move(request),
                    [inbox = inbox_, key, asked = asked_](absl::StatusOr<HttpResponse> outcome) {
                      inbox->answers.push_back({key, asked, std::move(outcome)});
                    });
}

absl::Status PictureFetch::flush() {
  take_puts();
  while (!inbox_->answers.empty()) {
    CT_ASSIGN_OR_RETURN(const bool handed_on, take(inbox_->answers.front()));
    inbox_->answers.pop_front();
    if (!handed_on) --in_flight_;
  }
  if (results_.empty()) return absl::OkStatus();
  CT_RETURN_IF_ERROR(d_.bus->append(results_, nullptr, absl::ZeroDuration()));
  results_.clear();
  return absl::OkStatus();
}

// Leaves the answer in place when it cannot be stored now.
absl::StatusOr<bool> PictureFetch::take(Answer& answer) {
  const auto found = pictures_.find(answer.key);
  if (found == pictures_.end()) return false;  // its post is gone
  Picture& picture = found->second;
  if (picture.asked != answer.asked) return false;  // … and came back, or shows another picture
  if (!answer.outcome.ok()) {
    fail(picture, answer.key, answer.outcome.status(), true, absl::ZeroDuration());
    return false;
  }
  const HttpResponse& response = *answer.outcome;
  if (absl::Status judged = judge(response); !judged.ok()) {
    const auto wait = retry_after(response, d_.clock->now());
    // 410 is final, by its definition (RFC 9110 §15.5.11).
    if (response.status == 410) judged = absl::PermissionDeniedError(judged.message());
    const bool no_answer = response.status >= 500 || response.status == 429;
    fail(picture, answer.key, judged, no_answer, wait.value_or(absl::ZeroDuration()));
    return false;
  }
  return keep(picture, answer);
}

absl::StatusOr<bool> PictureFetch::keep(Picture& picture, Answer& answer) {
  if (puts_ != nullptr) {
    puts_->start({.key = answer.key, .asked = answer.asked, .response = *std::move(answer.outcome)});
    return true;
  }
  CT_ASSIGN_OR_RETURN(std::string sha256, d_.media->put(answer.outcome->body));
  kept(picture, std::move(sha256), *answer.outcome);
  drop(answer.key);
  return false;
}

void PictureFetch::kept(const Picture& picture, std::string sha256, const HttpResponse& response) {
  Media media;
  media.set_state(KEPT);
  media.set_sha256(std::move(sha256));
  media.set_size_bytes(response.body.size());
  if (std::string type = mime_type(response); type.starts_with("image/"))
    media.set_mime_type(to_valid_utf8(type));
  settle(picture, std::move(media));
  pictures_total(picture.platform, "kept").add();
}

void PictureFetch::take_puts() {
  if (puts_ == nullptr) return;
  for (PicturePuts::Put& put : puts_->take()) {
    --in_flight_;
    const auto found = pictures_.find(put.key);
    if (found == pictures_.end() || found->second.asked != put.asked) continue;  // not wanted any more
    if (put.sha256.ok()) {
      kept(found->second, *std::move(put.sha256), put.response);
      drop(put.key);
    } else {
      wait_for_store(found->second, put.key, put.sha256.status());
    }
  }
}

// Its bytes are fetched again then: the house keeps none that it cannot store. Its own attempts do not count.
void PictureFetch::wait_for_store(Picture& picture, const std::string& key, const absl::Status& why) {
  const absl::Duration wait = back_off(++picture.not_kept, kFirstRetry, kLongestRetry, *d_.jitter);
  picture.attempts = 0;
  picture.failed_first = absl::InfiniteFuture();
  picture.asked = 0;
  picture.due = d_.clock->now() + wait;
  due_.emplace(picture.due, key);
  pictures_total(picture.platform, "not_stored").add();
  log_warn("picture.store.failed", "A picture was fetched and could not be stored; it is tried again",
           {{"source.platform", picture.platform},
            {"item.id", picture.item_id},
            {"attempt", picture.not_kept},
            {"error.message", to_valid_utf8(from_absl(why.message()))},
            {"retry_in_ms", absl::ToInt64Milliseconds(wait)}});
}

bool PictureFetch::may_try_again(Picture& picture, const absl::Status& why, bool no_answer) const {
  if (is_final(why)) return false;
  const absl::Time now = d_.clock->now();
  picture.failed_first = std::min(picture.failed_first, now);
  return no_answer ? now - picture.failed_first < options_.give_up_after
                   : picture.attempts < options_.attempts;
}

void PictureFetch::fail(Picture& picture, const std::string& key, const absl::Status& why, bool no_answer,
                        absl::Duration asked_to_wait) {
  const std::string problem = to_valid_utf8(from_absl(why.message()));
  if (may_try_again(picture, why, no_answer)) {
    const auto failures = static_cast<std::uint32_t>(picture.attempts);
    absl::Duration wait = back_off(failures, kFirstRetry, kLongestRetry, *d_.jitter);
    wait = std::max(wait, std::min(asked_to_wait, kLongestRetry));
    picture.asked = 0;
    picture.due = d_.clock->now() + wait;
    due_.emplace(picture.due, key);
    log_warn("picture.fetch.failed", "A picture could not be fetched; it is tried again",
             {{"source.platform", picture.platform},
              {"item.id", picture.item_id},
              {"attempt", picture.attempts},
              {"error.message", problem},
              {"retry_in_ms", absl::ToInt64Milliseconds(wait)}});
    return;
  }
  Media media;
  media.set_state(MISSING);
  media.set_problem(problem);
  settle(picture, std::move(media));
  pictures_total(picture.platform, "missing").add();
  log_error("picture.missing", "A picture could not be fetched and is given up; its post is shown without it",
            {{"source.platform", picture.platform},
             {"item.id", picture.item_id},
             {"attempt", picture.attempts},
             {"error.message", problem}});
  drop(key);
}

void PictureFetch::settle(const Picture& picture, Media media) {
  Parcel parcel;
  parcel.set_account_id(picture.account_id);
  PictureResult* result = parcel.add_pictures();
  result->set_item_id(picture.item_id);
  result->set_media_index(picture.index);
  result->set_url(picture.url);
  media.set_native_id(picture.native_id);
  *result->mutable_media() = std::move(media);
  results_.push_back(std::move(parcel));
}

void PictureFetch::drop(const std::string& key) {
  const auto found = pictures_.find(key);
  if (found == pictures_.end()) return;
  if (found->second.asked == 0) due_.erase({found->second.due, key});
  if (const auto of = of_item_.find(found->second.item_id); of != of_item_.end()) {
    std::erase(of->second, key);
    if (of->second.empty()) of_item_.erase(of);
  }
  pictures_.erase(found);
}

void PictureFetch::clock_set_back() {
  const absl::Time latest = d_.clock->now() + kLongestRetry;
  for (const auto& [due, key] : std::exchange(due_, {})) {
    Picture& picture = pictures_.find(key)->second;
    picture.due = std::min(due, latest);
    due_.emplace(picture.due, key);
  }
}

absl::Time PictureFetch::next_due() const {
  return due_.empty() ? absl::InfiniteFuture() : due_.begin()->first;
}

}  // namespace copytaster
