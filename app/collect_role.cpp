#include "app/collect_role.h"

#include <unistd.h>

#include <algorithm>

#include "core/erased_account.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/open.h"

namespace copytaster {
namespace {

constexpr std::string_view kHoldKeys = "hold/";
constexpr std::string_view kOwnerKeys = "owner/";
constexpr std::size_t kHoldsATurn = 100;
constexpr absl::Duration kPatience = absl::Seconds(10);  // with brokers that do not answer, at a hand-over
constexpr absl::Duration kTakeAgainAfter = absl::Seconds(1);

}  // namespace

std::string hold_key(std::string_view account_id) { return str_cat(kHoldKeys, account_id); }

KafkaRecord make_hold_record(const KafkaSettings& settings, std::string_view account_id,
                             const std::optional<Hold>& hold) {
  KafkaRecord record = make_kafka_record(KafkaTopic::kAccounts, partition_of(settings, account_id),
                                         hold_key(account_id), "Hold", hold ? hold->SerializeAsString() : "");
  record.has_value = hold.has_value();
  record.headers.emplace_back(kafka_header::kOrder, str_cat(absl::ToUnixNanos(absl::Now())));
  return record;
}

CollectRole::CollectRole(CollectRoleOptions options) : o_(std::move(options)) {
  for (const Account& account : o_.accounts) ids_.insert(account.id());
}

CollectRole::~CollectRole() {
  poller_.reset();
  member_.reset();  // others take over at once
}

absl::StatusOr<std::unique_ptr<CollectRole>> CollectRole::start(CollectRoleOptions options) {
  std::unique_ptr<CollectRole> role(new CollectRole(std::move(options)));
  CT_RETURN_IF_ERROR(role->open());
  return role;
}

absl::Status CollectRole::open() {
  CT_ASSIGN_OR_RETURN(writer_, KafkaWriter::make(o_.kafka, "collect"));
  CT_ASSIGN_OR_RETURN(reader_, KafkaReader::make(o_.kafka, "collect-reader"));
  CT_ASSIGN_OR_RETURN(store_, open_store(&memory_, "", OpenMode::kReadOnly));
  known_ = std::make_unique<KnownPosts>(&memory_, o_.poller.reread_for);
  KafkaBusOptions options;
  options.settings = o_.kafka;
  options.owner = [this](std::int32_t partition) {
    const auto found = owner_.find(partition);
    return found == owner_.end() ? std::int64_t{-1} : found->second;
  };
  options.any_partition = [this] { return owner_.empty() ? -1 : owner_.begin()->first; };
  options.is_account = [this](std::string_view id) { return ids_.contains(id); };
  options.on_sent = [this](const Parcel& parcel) { known_->take(parcel); };
  bus_ = make_kafka_bus(writer_.get(), &memory_, std::move(options));
  CT_ASSIGN_OR_RETURN(
      member_, KafkaMember::make(o_.kafka, "collect", "collect", KafkaTopic::kAccounts, KafkaBegin::kEnd));
  return absl::OkStatus();
}

absl::Status CollectRole::turn(absl::Duration wait) {
  CT_ASSIGN_OR_RETURN(const KafkaNews news,
                      member_->poll(kHoldsATurn, poller_ == nullptr ? wait : absl::ZeroDuration()));
  for (const std::int32_t partition : news.lost) give_away(partition);
  to_take_.insert(news.gained.begin(), news.gained.end());
  CT_RETURN_IF_ERROR(take_one_over());
  if (is_shared_anew_) follow_accounts();
  if (poller_ == nullptr) return absl::OkStatus();
  for (const KafkaRecord& record : news.records) CT_RETURN_IF_ERROR(take_hold(record));
  CT_RETURN_IF_ERROR(strip_erased());
  return poller_->turn(wait);
}

// One a turn: the member must be asked in between, or it is taken for dead. Brokers that do not answer now
// may do so later.
absl::Status CollectRole::take_one_over() {
  if (to_take_.empty() || absl::Now() < take_at_) return absl::OkStatus();
  const std::int32_t partition = *to_take_.begin();
  const absl::Status taken = take_over(partition);
  if (taken.ok()) {
    to_take_.erase(partition);
    is_shared_anew_ = true;
    return absl::OkStatus();
  }
  if (!absl::IsResourceExhausted(taken) && !absl::IsUnavailable(taken)) return taken;
  take_at_ = absl::Now() + kTakeAgainAfter;
  log_warn("collect.not_taken_over", "Accounts that are to be read from now on wait: Kafka does not answer",
           {{"kafka.partition", partition},
            {"error.message", std::string(taken.message())},
            {"retry_in_ms", absl::ToInt64Milliseconds(kTakeAgainAfter)}});
  return absl::OkStatus();
}

bool CollectRole::settled() const {
  return poller_ != nullptr && to_take_.empty() && poller_->busy() == 0 &&
         poller_->next_due() > o_.clock->now();
}

absl::Status CollectRole::take_over(std::int32_t partition) {
  char host[256] = "";
  (void)::gethostname(host, sizeof host - 1);
  const std::string who = str_cat(host, "/", ::getpid());
  // A key of its own: compaction must not take away that somebody has owned the partition in between.
  KafkaRecord claim =
      make_kafka_record(KafkaTopic::kAccounts, partition,
                        str_cat(kOwnerKeys, who, "/", absl::ToUnixNanos(absl::Now())), "Owner", who);
  CT_RETURN_IF_ERROR(writer_->write({&claim, 1U}, kPatience));
  CT_ASSIGN_OR_RETURN(const std::int64_t next, read_states(partition));
  CT_RETURN_IF_ERROR(read_posts(partition));
  CT_RETURN_IF_ERROR(member_->seek(partition, next, kPatience));
  owner_[partition] = claim.offset;
  return absl::OkStatus();
}

void CollectRole::take_state(const KafkaRecord& record, std::map<std::string, std::optional<Hold>>* holds) {
  if (record.key.starts_with(kHoldKeys)) {
    Hold hold;
    const bool held = record.has_value && hold.ParseFromString(record.value);
    (*holds)[record.key.substr(kHoldKeys.size())] = held ? std::optional(hold) : std::nullopt;
    return;
  }
  AccountState state;
  const std::string why = why_unreadable(record, "AccountState");
  if (!record.has_value || !why.empty() || !state.ParseFromString(record.value)) {
    log_warn("kafka.unreadable", "Where an account stands cannot be read; it is read from its beginning",
             {{"account.id", record.key}, {"error.message", why.empty() ? "it does not parse" : why}});
    return;
  }
  memory_.remember(Space::kAccounts, state.account_id(), record.value);
}

absl::StatusOr<std::int64_t> CollectRole::read_states(std::int32_t partition) {
  std::int64_t owner = -1;
  std::map<std::string, std::optional<Hold>> holds;
  CT_ASSIGN_OR_RETURN(
      const std::int64_t next,
      read_to_end(*reader_, {KafkaTopic::kAccounts, partition, 0}, kPatience, [&](const KafkaRecord& record) {
        if (record.key.starts_with(kOwnerKeys)) {
          owner = record.offset;
        } else if (record.number(kafka_header::kOwner).value_or(owner) >= owner) {
          take_state(record, &holds);
        }
        return true;
      }));
  for (const auto& [account_id, hold] : holds) {
    AccountState state = store_->account_state(account_id).value_or(AccountState());
    state.set_account_id(account_id);
    state.clear_hold();
    if (hold) *state.mutable_hold() = *hold;
    if (hold && hold->erased()) {
      AccountState bare = bare_state(state);
      if (bare.ByteSizeLong() < state.ByteSizeLong()) to_strip_.insert_or_assign(account_id, *hold);
      state = std::move(bare);
    }
    memory_.remember(Space::kAccounts, account_id, state.SerializeAsString());
  }
  return next;
}

absl::Status CollectRole::read_posts(std::int32_t partition) {
  CT_ASSIGN_OR_RETURN(
      const std::int64_t from,
      reader_->offset_at(KafkaTopic::kItems, partition, absl::Now() - o_.poller.reread_for, kPatience));
  std::int64_t owner = -1;
  return read_to_end(*reader_, {KafkaTopic::kItems, partition, from}, kPatience,
                     [&](const KafkaRecord& record) {
                       const std::int64_t by = record.number(kafka_header::kOwner).value_or(-1);
                       Parcel parcel;
                       if (by < owner || !parcel.ParseFromString(record.value))
                         return true;  // the desk passes it by, too
                       owner = by;
                       known_->take(parcel);
                       return true;
                     })
      .status();
}

void CollectRole::give_away(std::int32_t partition) {
  to_take_.erase(partition);
  if (owner_.erase(partition) == 0) return;
  is_shared_anew_ = true;
  for (const Account& account : o_.accounts) {
    if (partition_of(o_.kafka, account.id()) != partition) continue;
    known_->forget_account(account.id());
    memory_.forget(Space::kAccounts, account.id());
  }
}

void CollectRole::follow_accounts() {
  is_shared_anew_ = false;
  poller_.reset();
  std::vector<Account> accounts;
  for (const Account& account : o_.accounts) {
    if (owner_.contains(partition_of(o_.kafka, account.id()))) accounts.push_back(account);
  }
  mine_ = accounts.size();
  known_->prune(o_.clock->now());
  PollerOptions options = o_.poller;
  // What may be spent is for all collectors together, and none knows what the others spend.
  for (auto& [platform, usd] : options.ceilings_usd)
    usd *= static_cast<double>(owner_.size()) / static_cast<double>(o_.kafka.partitions);
  gauge("copytaster_collect_accounts", "Accounts that this collector reads.").set(static_cast<double>(mine_));
  log_info("collect.shared", "The accounts are shared anew",
           {{"accounts.mine", mine_}, {"accounts.all", o_.accounts.size()}, {"posts.known", known_->size()}});
  if (owner_.empty()) return;
  poller_ = Poller::make({.collectors = o_.collectors,
                          .fetcher = o_.fetcher,
                          .bus = bus_.get(),
                          .store = store_.get(),
                          .media = o_.media,
                          .clock = o_.clock,
                          .streams = o_.streams},
                         options, std::move(accounts));
}

// Said while nobody owned the account: the topic keeps the newest state, and that still has its words. What
// brokers do not acknowledge now is sent again in the next turn.
absl::Status CollectRole::strip_erased() {
  while (!to_strip_.empty()) {
    const auto first = to_strip_.begin();
    const absl::Status held = poller_->hold(first->first, first->second);
    if (absl::IsResourceExhausted(held)) return absl::OkStatus();
    if (!absl::IsNotFound(held)) CT_RETURN_IF_ERROR(held);  // it is another collector's by now
    to_strip_.erase(first);
  }
  return absl::OkStatus();
}

// Said at the desk, while the account is ours.
absl::Status CollectRole::take_hold(const KafkaRecord& record) {
  if (!record.key.starts_with(kHoldKeys)) return absl::OkStatus();
  std::optional<Hold> hold;
  if (record.has_value && !hold.emplace().ParseFromString(record.value)) return absl::OkStatus();
  const absl::Status held = poller_->hold(record.key.substr(kHoldKeys.size()), hold);
  // What brokers have not acknowledged yet holds all the same: it stands on the topic already.
  return absl::IsNotFound(held) || absl::IsResourceExhausted(held) ? absl::OkStatus() : held;
}

}  // namespace copytaster
