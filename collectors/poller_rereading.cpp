#include "collectors/poller_rereading.h"

#include <algorithm>

#include "collectors/poller_report.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr absl::Duration kRetry = absl::Minutes(10);
constexpr int kAttempts = 3;

// The three newest posts of an account: one of them can be read where another is in doubt.
constexpr std::size_t kNewest = 3;

void keep_newest(const Item& item, std::size_t account, std::vector<Reread>* newest) {
  std::erase_if(*newest, [&](const Reread& known) { return known.item_id == item.id(); });
  newest->push_back({item.id(), item.native_id(), account, to_time(item.created_at())});
  std::stable_sort(newest->begin(), newest->end(),
                   [](const Reread& a, const Reread& b) { return a.created > b.created; });
  if (newest->size() > kNewest) newest->resize(kNewest);
}

Account with_witnesses(const AccountRun& run, const Reread& asked) {
  Account account = run.account;
  std::string others;
  for (const Reread& other : run.newest) {
    if (other.item_id != asked.item_id) str_append(&others, others.empty() ? "" : "\n", other.native_id);
  }
  if (!others.empty()) (*account.mutable_details())[kWitnesses] = std::move(others);
  return account;
}

const Deletion* deletion_of(const Outcome& outcome, std::string_view item_id) {
  for (const Deletion& deletion : outcome.parcel.deletions()) {
    if (deletion.item_id() == item_id) return &deletion;
  }
  return nullptr;
}

}  // namespace

bool a_witness_may_prove(const CollectorSpec& spec) {
  return std::any_of(spec.fields.begin(), spec.fields.end(),
                     [](const ConfigField& field) { return field.secret && field.required; });
}

void Rereading::add(const Item& item, std::size_t account, absl::Time now) {
  AccountRun& run = (*runs_)[account];
  if (reread_for_ <= absl::ZeroDuration() || !run.collector->reread(run.account, item.native_id()).ok())
    return;
  keep_newest(item, account, &run.newest);
  if (now - to_time(item.created_at()) <= reread_for_) plan_.add(item, account, now);
}

void Rereading::gone(std::string_view item_id, std::size_t account) {
  std::erase_if((*runs_)[account].newest, [&](const Reread& known) { return known.item_id == item_id; });
}

std::optional<std::pair<Question, HttpRequest>> Rereading::next(absl::Time now, PollerGate* gate) {
  const auto allowed = [this](const Reread& reread) {
    const AccountRun& run = (*runs_)[reread.account];
    return !run.asking && !run.rereading && !run.is_silenced();
  };
  while (auto reread = plan_.take_due(now, allowed)) {
    AccountRun& run = (*runs_)[reread->account];
    auto request = run.collector->reread(with_witnesses(run, *reread), reread->native_id);
    if (!request.ok()) {  // leaves the plan
      report_failed_reread(reread->item_id, request.status(), run, std::nullopt);
      continue;
    }
    Question question;
    question.account = reread->account;
    question.asked.account_id = run.account.id();
    question.asked.purpose = REREAD;
    question.asked.native_id = reread->native_id;
    question.asked.cursor = run.state.cursor();
    question.key = PollerGate::key_of(run.collector->spec(), request->url);
    question.reread = *std::move(reread);
    const bool placed = std::exchange(question.reread.placed, false);
    const auto answer = gate->may_ask(run.collector->spec(), question.key, placed, now);
    if (answer.at > now) {
      question.reread.placed = answer.placed;
      plan_.retry(std::move(question.reread), answer.at);
      continue;
    }
    run.rereading = true;
    return std::make_pair(std::move(question), *std::move(request));
  }
  return std::nullopt;
}

void Rereading::after(const Outcome& outcome, absl::Time now) {
  Reread reread = outcome.question.reread;
  AccountRun& run = (*runs_)[outcome.question.account];
  run.rereading = false;
  run.metrics->rereads->add();
  if (outcome.verdict == Verdict::kLimited || outcome.verdict == Verdict::kFailed) {
    if (const auto wait = retry_in(outcome, &reread, now)) return plan_.retry(std::move(reread), now + *wait);
  }
  if (const Deletion* deletion = deletion_of(outcome, reread.item_id)) {
    if (deletion->state() == UNKNOWN) return doubt(std::move(reread), now);
    // A platform's fault may look like a deletion for an hour: it is looked for at its next ages.
    reread.refused_at = absl::InfiniteFuture();
  }
  if (outcome.showed_post) {
    ++run.reads_by_id;
    run.read_by_id = now;
    reread.refused_at = absl::InfiniteFuture();
  }
  plan_.done(std::move(reread), now);
}

// Says what went wrong and how long to wait before it is tried again; nullopt: not before its next age.
std::optional<absl::Duration> Rereading::retry_in(const Outcome& outcome, Reread* reread, absl::Time now) {
  std::optional<absl::Duration> wait;
  absl::Status why = outcome.error;
  if (outcome.verdict == Verdict::kLimited) {
    wait = std::max(outcome.host_free - now, kRetry);
    why = absl::ResourceExhaustedError("the platform wants fewer requests");
  } else if ((absl::IsUnavailable(why) || absl::IsDeadlineExceeded(why)) && ++reread->failures < kAttempts) {
    wait = back_off(static_cast<std::uint32_t>(reread->failures), kRetry, absl::Hours(1), *jitter_);
  }
  report_failed_reread(reread->item_id, why, (*runs_)[outcome.question.account], wait);
  return wait;
}

// Read again as often as any post; only the first time a witness is asked for, and where one can help.
void Rereading::doubt(Reread reread, absl::Time now) {
  const AccountRun& run = (*runs_)[reread.account];
  if (reread.in_doubt() || !a_witness_may_prove(run.collector->spec())) {
    return plan_.done(std::move(reread), now);
  }
  reread.refused_at = now;
  reread.reads_before = run.reads_by_id;
  for (const Reread& other : run.newest) {
    const Reread* planned = plan_.find(other.item_id);
    if (other.item_id == reread.item_id || (planned != nullptr && planned->in_doubt())) continue;
    plan_.retry(planned != nullptr ? *planned : other, now);
    break;
  }
  plan_.retry(std::move(reread), now + kRetry);
}

}  // namespace copytaster
