#include "collectors/poller_answer.h"

#include <algorithm>
#include <utility>

#include "collectors/engagement_ages.h"
#include "collectors/schedule.h"
#include "collectors/websub_lease.h"
#include "core/item.h"
#include "core/message_text.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr absl::Duration kFirstRetry = absl::Seconds(30);
constexpr absl::Duration kLongestWait = absl::Hours(24);  // no platform can stop us for longer
constexpr double kSpread = 0.1;

// Headers outlive the evidence of a page without news.
Capture head_of(const Capture& capture) {
  Capture head;
  *head.mutable_headers() = capture.headers();
  return head;
}

bool is_page(const Question& question) { return question.asked.purpose == PAGE; }

// Only a page that answered the poll's first question may make the next poll conditional, and only when
// nothing follows it: what the validators stand for must be all there is. A post that is newly refused may
// have been cut off on its way, under the validators of the whole answer.
bool is_whole(const Outcome& out, const HttpResponse& response, const AccountRun& run) {
  return run.pages == 1 && !out.more && response.status == 200 && out.letters.empty();
}

// Whatever a collector let through: what cannot be read back must not be written.
Outcome make_valid(Outcome out) {
  (void)make_text_valid(&out.parcel);
  if (out.capture) (void)make_text_valid(&*out.capture);  // its body is bytes and stays
  (void)make_text_valid(&out.state);
  for (DeadLetter& letter : out.letters) (void)make_text_valid(&letter);
  return out;
}

// Accounts whose stream is open are polled all the same, for what it may have dropped.
constexpr absl::Duration kStreamedInterval = absl::Minutes(30);
// The same of those whose hub has confirmed a subscription: hubs forget, and lose what they could not
// deliver.
constexpr absl::Duration kPushedInterval = absl::Hours(1);

}  // namespace

// Reasons may count ("12 were left out"), and a post's payload has its counters: neither makes it another
// one.
std::string letter_key(const DeadLetter& letter) {
  std::string reason = letter.reason();
  std::erase_if(reason, [](char c) { return c >= '0' && c <= '9'; });
  const std::string& what = letter.native_id().empty() ? letter.payload() : letter.native_id();
  return str_cat("letter:", stable_hash(str_cat(what, "\n", reason)));
}

absl::Status stage_outcome(Store* store, WriteBatch& batch, const Outcome& outcome) {
  Counters counters;
  if (outcome.capture) {
    CT_RETURN_IF_ERROR(store->stage_capture(batch, *outcome.capture));
    counters.set_captures(1);
  }
  if (is_page(outcome.question) || outcome.cost_usd > 0)
    CT_RETURN_IF_ERROR(store->stage_account(batch, outcome.state));
  if (outcome.stream_state) CT_RETURN_IF_ERROR(store->stage_account(batch, *outcome.stream_state));
  for (const DeadLetter& letter : outcome.letters) {
    CT_RETURN_IF_ERROR(store->stage_dead_letter(batch, letter));
  }
  counters.set_dead_lettered(outcome.letters.size());
  counters.set_collected(outcome.letters.size() + static_cast<std::size_t>(outcome.parcel.items_size()));
  if (counters.ByteSizeLong() == 0) return absl::OkStatus();
  return store->stage_counters(batch, counters);
}

Outcome AnswerReader::fail(Question question, const AccountRun& run, const absl::Status& error,
                           absl::Time now) const {
  Outcome out;
  out.question = std::move(question);
  set_failed(&out, run, error, absl::ZeroDuration(), now);
  (void)make_text_valid(&out.state);
  return out;
}

Outcome AnswerReader::read_frame(Question question, Capture capture, Parsed parsed, const AccountRun& run,
                                 absl::Time now) const {
  Outcome out;
  out.question = std::move(question);
  out.capture = std::move(capture);
  out.state = run.state;
  const Account profile = parsed.profile;
  take_news(&out, std::move(parsed), run, now);
  const bool news = out.parcel.items_size() + out.parcel.deletions_size() > 0;
  if (!news && out.letters.empty()) {
    out.capture.reset();
    out.parcel.clear_capture_sha256();
  }
  merge_profile(profile, &out.state);
  for (const Item& item : out.parcel.items()) note_post(item_time(item), now, &out.state);
  out.state.set_items_seen(run.state.items_seen() + static_cast<std::uint64_t>(out.parcel.items_size()));
  out.voice = listen(now, &out.state);
  return make_valid(std::move(out));
}

Outcome AnswerReader::read(Answer answer, const AccountRun& run, absl::Time now) const {
  return make_valid(read_any(std::move(answer), run, now));
}

Outcome AnswerReader::read_any(Answer answer, const AccountRun& run, absl::Time now) const {
  Outcome out;
  out.question = std::move(answer.question);
  if (!answer.response.ok()) {
    out.host_failed =
        absl::IsUnavailable(answer.response.status()) || absl::IsDeadlineExceeded(answer.response.status());
    set_failed(&out, run, answer.response.status(), absl::ZeroDuration(), now);
    return out;
  }
  HttpResponse response = *std::move(answer.response);
  const absl::Duration asked_to_wait =
      std::min(retry_after(response, now).value_or(absl::ZeroDuration()), kLongestWait);
  out.limit = read_rate_limit(response.headers, now);
  out.host_failed = response.status >= 500;
  if (response.status == 429) out.host_free = std::max(out.host_free, now + asked_to_wait);
  out.host_limited = response.status == 429;
  if (response.status == 304) {
    if (!out.question.conditional) {
      set_failed(&out, run, absl::UnavailableError("HTTP 304 to a request without validators"), asked_to_wait,
                 now);
      return out;
    }
    out.verdict = Verdict::kNotModified;
    out.state = after_success(run.state, now);
    out.voice = listen(now, &out.state);
    set_next(&out, run, freshness(response.headers), now);
    return out;
  }
  const int status = response.status;
  HttpResponse kept;  // headers and URLs; the body moves into the capture
  kept.status = status;
  kept.headers = response.headers;
  kept.permanent_url = response.permanent_url;
  kept.final_url = response.final_url;
  Capture capture = make_capture(out.question.asked, std::move(response), run.collector->spec(), now);
  absl::StatusOr<Parsed> parsed = run.collector->parse(run.account, capture);
  if (!parsed.ok()) {
    if (status == 429 || absl::IsResourceExhausted(parsed.status())) {
      set_failed(&out, run, parsed.status(), asked_to_wait, now);
      out.host_free = std::max(out.host_free, now + asked_to_wait);
      out.verdict = Verdict::kLimited;
      return out;
    }
    set_failed(&out, run, parsed.status(), asked_to_wait, now);
    if (status == 200 && strip_space(capture.body()).starts_with('{'))
      out.cost_usd = run.collector->spec().most_cost_usd;  // it was an answer, and will be billed
    // RFC 9110 §15.5.11: gone, likely for good, and meant to be told.
    if (status == 410 && absl::IsNotFound(parsed.status()) && is_page(out.question)) set_ended(&out);
    // Bytes that only a better collector can read may not come again.
    if (absl::IsInvalidArgument(parsed.status()) && status == 200) out.capture = std::move(capture);
    return out;
  }
  out.cost_usd = parsed->cost_usd;
  const absl::Duration wait = std::min(std::max(parsed->wait, asked_to_wait), kLongestWait);
  const bool nothing = parsed->items.empty() && parsed->refused.empty() && parsed->deletions.empty();
  if (parsed->wait > absl::ZeroDuration()) out.host_free = std::max(out.host_free, now + wait);
  // Facebook says it with a 200, too: nothing came and the collector stands where it stood.
  const bool moved = parsed->next.position() != out.question.asked.cursor.position();
  if (parsed->wait > absl::ZeroDuration() && nothing && !parsed->more && !moved) {
    set_limited(&out, run, wait, now);
    return out;
  }
  out.capture = std::move(capture);
  read_page(&out, *std::move(parsed), kept, run, now);
  return out;
}

void AnswerReader::read_page(Outcome* out, Parsed parsed, const HttpResponse& response, const AccountRun& run,
                             absl::Time now) const {
  const Cursor next = parsed.next;
  const Account profile = parsed.profile;
  const Capture answer = head_of(*out->capture);
  const absl::Duration wait = std::min(parsed.wait, kLongestWait);
  out->more = parsed.more && is_page(out->question);
  take_news(out, std::move(parsed), run, now);
  // Evidence is kept for what it proves; a page without news proves nothing and comes every few minutes.
  const bool news = out->parcel.items_size() + out->parcel.deletions_size() + out->parcel.pictures_size() > 0;
  if (!news && out->letters.empty()) {
    out->capture.reset();
    out->parcel.clear_capture_sha256();
  }
  if (!is_page(out->question)) return;
  out->state = after_success(run.state, now);
  if (run.pages == 1) {
    out->moved_to = response.permanent_url;
    out->moved = note_address(out->question.asked.url, response.permanent_url, &out->state) &&
                 run.collector->spec().may_move;
  }
  for (const Item& item : out->parcel.items()) note_post(item_time(item), now, &out->state);
  *out->state.mutable_cursor() = next;
  out->state.set_items_seen(run.state.items_seen() + static_cast<std::uint64_t>(out->parcel.items_size()));
  merge_profile(profile, &out->state);
  if (!out->more) note_websub_offer(answer, profile, &out->state);
  const std::string url = without_secrets(out->question.asked.url);
  if (is_whole(*out, response, run)) {
    set_validators(url, response, &out->state);
  } else {
    clear_validators(&out->state);
  }
  if (run.full && !out->more) set_timestamp(out->state.mutable_last_full_fetch(), now);
  if (!out->more) {
    out->voice = listen(now, &out->state);
    set_next(out, run, std::max(wait, freshness(response.headers)), now);
    return;
  }
  // A page bound stops a collector that never ends; the rest follows with the next poll.
  const bool enough = run.pages >= rules_.max_pages;
  out->more = !enough && wait == absl::ZeroDuration();
  out->due = out->more ? now : now + std::max(wait, enough ? run.least_interval() : wait);
  set_due(&out->state, out->due);
}

void AnswerReader::take_news(Outcome* out, Parsed parsed, const AccountRun& run, absl::Time now) const {
  const std::string& sha256 = out->capture->sha256();
  out->showed_post = !parsed.items.empty();
  StringMap<std::string> on_this_page;
  std::string erased;
  for (Item& item : parsed.items) {
    if (store_->tombstone(str_cat("item:", item.id())).ok()) {
      erased = item.id();
      continue;
    }
    const auto [place, first] = on_this_page.emplace(item.id(), item.content_hash());
    const bool repeated = !first && place->second == item.content_hash();
    if (repeated || (first && is_known(out, item, run))) {
      ++out->known;
      if (first) note_engagement(out, item, run, now);
      if (item.media_size() > 0) out->unchanged.push_back(std::move(item));
      continue;
    }
    place->second = item.content_hash();
    item.set_account_id(run.account.id());
    item.set_official_id(run.account.official_id());
    item.set_capture_sha256(sha256);
    set_timestamp(item.mutable_collected_at(), now);
    *out->parcel.add_items() = std::move(item);
  }
  for (Deletion& deletion : parsed.deletions) take_deletion(out, std::move(deletion), run, now);
  for (PictureResult& note : parsed.picture_notes) *out->parcel.add_pictures() = std::move(note);
  for (DeadLetter& letter : parsed.refused) {
    if (run.seen.find(letter_key(letter)) != nullptr) continue;
    set_timestamp(letter.mutable_at(), now);
    out->letters.push_back(std::move(letter));
  }
  if (!erased.empty()) tell_erased(out, erased, now);
  out->parcel.set_account_id(run.account.id());
  out->parcel.set_capture_sha256(sha256);
  out->parcel.set_trace_id(sha256.substr(0, 32));
}

// The platform still shows what was erased. With nothing else in it the answer is not kept; else its words
// are to be taken out of the evidence, by who knows how: it is told as a post that nothing is said of.
void AnswerReader::tell_erased(Outcome* out, const std::string& item_id, absl::Time now) {
  const Parcel& parcel = out->parcel;
  if (parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() == 0 && out->letters.empty())
    return;
  Deletion* told = out->parcel.add_deletions();
  told->set_item_id(item_id);
  told->set_state(UNKNOWN);
  told->set_proof("it was erased here and is still shown there");
  set_timestamp(told->mutable_seen_at(), now);
  told->set_capture_sha256(out->capture->sha256());
}

// Counts move without the post becoming another one: they are noted at fixed ages, once each.
void AnswerReader::note_engagement(Outcome* out, const Item& item, const AccountRun& run,
                                   absl::Time now) const {
  if (!item.has_created_at() || !says_something(item.engagement())) return;
  const auto passed = passed_age(now - to_time(item.created_at()));
  if (!passed) return;
  // What is not in memory has just been found in the store.
  const SeenPosts::Post* seen = run.seen.find(item.id());
  const std::uint8_t ages = seen != nullptr ? seen->ages : out->found.back().ages;
  if ((ages >> passed->number & 1U) != 0) return;
  EngagementAt* noted = out->parcel.add_engagements();
  noted->set_item_id(item.id());
  noted->set_age_seconds(static_cast<std::uint32_t>(absl::ToInt64Seconds(passed->age)));
  set_timestamp(noted->mutable_at(), now);
  *noted->mutable_engagement() = item.engagement();
}

// Two refusals of one post with a good answer to another post of the account between them: neither token nor
// permission was missing, so it is the post that is gone.
void AnswerReader::take_deletion(Outcome* out, Deletion deletion, const AccountRun& run,
                                 absl::Time now) const {
  const Reread& reread = out->question.reread;
  if (deletion.state() == UNKNOWN && reread.in_doubt() && run.reads_by_id > reread.reads_before) {
    deletion.set_state(GONE);
    deletion.set_proof(str_cat(deletion.proof(), " (refused first at ", format_rfc3339(reread.refused_at),
                               "; another post of the account was read the same way at ",
                               format_rfc3339(run.read_by_id), ")"));
  }
  // Gone is read again in case it comes back; that it is gone has been told. What has been handed on since
  // may not be in the store yet.
  const SeenPosts::Post* seen = run.seen.find(deletion.item_id());
  const bool handed_on = (seen != nullptr && seen->content != 0) ||
                         std::ranges::any_of(out->parcel.items(), [&](const Item& item) {
                           return item.id() == deletion.item_id();
                         });
  const auto known = store_->item(deletion.item_id());
  if (!handed_on && known.ok() && known->state() == GONE) return;
  if (!deletion.has_seen_at()) set_timestamp(deletion.mutable_seen_at(), now);
  deletion.set_capture_sha256(out->capture->sha256());
  *out->parcel.add_deletions() = std::move(deletion);
}

bool AnswerReader::is_known(Outcome* out, const Item& item, const AccountRun& run) const {
  if (const SeenPosts::Post* seen = run.seen.find(item.id())) return seen->is_same(item.content_hash());
  const auto stored = store_->item(item.id());
  if (!stored.ok() || stored->content_hash() != item.content_hash() || stored->state() != LIVE) return false;
  out->found.push_back({item.id(), item.content_hash(), noted_ages(*stored)});
  return true;
}

void AnswerReader::set_failed(Outcome* out, const AccountRun& run, const absl::Status& error,
                              absl::Duration asked_to_wait, absl::Time now) const {
  out->verdict = Verdict::kFailed;
  out->error = error;
  if (!is_page(out->question)) return;
  out->state = after_failure(run.state, error, now);
  const absl::Duration first = std::max(run.least_interval(), kFirstRetry);
  const absl::Duration most = std::max(rules_.max_interval, first);
  absl::Duration wait =
      std::max(back_off(out->state.failures(), first, most, *jitter_), run.least_interval());
  if (needs_operator(error)) wait = jitter_->longer(most, kSpread);
  if (asked_to_wait > wait) wait = jitter_->longer(asked_to_wait, kSpread);
  out->due = now + wait;
  // The request cannot even be made before somebody changes the settings, and those are read at start.
  if (absl::IsFailedPrecondition(error)) out->due = absl::InfiniteFuture();
  clear_validators(&out->state);  // they stand for a fetch that was whole, and the last one was not
  set_due(&out->state, out->due);
}

void AnswerReader::set_ended(Outcome* out) const {
  out->state.set_ended(true);
  out->state.set_paused(false);
  out->state.set_pause_reason(out->state.last_error());
  out->due = absl::InfiniteFuture();
}

void AnswerReader::set_limited(Outcome* out, const AccountRun& run, absl::Duration wait,
                               absl::Time now) const {
  out->verdict = Verdict::kLimited;
  if (!is_page(out->question)) return;
  out->state = after_limit(run.state, "the platform asks to wait", now);
  out->due = now + jitter_->longer(std::max(wait, run.least_interval()), kSpread);
  set_due(&out->state, out->due);
}

void AnswerReader::set_next(Outcome* out, const AccountRun& run, absl::Duration least, absl::Time now) const {
  if (!is_page(out->question)) return;
  const auto came = run.news + run.delivered + static_cast<std::size_t>(out->parcel.items_size());
  const absl::Duration current = absl::Seconds(run.state.interval_seconds());
  const absl::Duration interval =
      next_interval(current, came, run.least_interval(), std::max(rules_.max_interval, run.least_interval()));
  out->state.set_interval_seconds(absl::ToDoubleSeconds(interval));
  if (run.streamed) least = std::max(least, kStreamedInterval);
  if (run.pushed_until > now) least = std::max(least, kPushedInterval);
  out->due = now + std::max(jitter_->longer(interval, kSpread), least);
  set_due(&out->state, out->due);
}

}  // namespace copytaster
