// The chain of evidence, and what editors said in between (replay_stages.h).
#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "app/replay_stages.h"
#include "collectors/poller_answer.h"
#include "core/bytes.h"
#include "core/chain.h"
#include "core/message_text.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/copy_judgements.h"
#include "processors/rights_decisions.h"

namespace copytaster {
namespace {

ReplayStep step_of(std::string_view account_id, std::string_view sha256) {
  ReplayStep step;
  step.parcel.set_account_id(std::string(account_id));
  step.parcel.set_capture_sha256(std::string(sha256));
  step.parcel.set_trace_id(std::string(sha256.substr(0, 32)));
  return step;
}

bool is_empty(const ReplayStep& step) {
  const Parcel& parcel = step.parcel;
  return step.letters.empty() && parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() +
                                         parcel.engagements_size() + parcel.actions_size() ==
                                     0;
}

class ChainReplay final : public ReplayStage {
 public:
  explicit ChainReplay(const ReplayDependencies& d) : d_(d) {}

  absl::StatusOr<std::optional<ReplayStep>> next() override {
    if (!std::exchange(begun_, true)) CT_RETURN_IF_ERROR(read_actions());
    while (steps_.empty() && !ended_) CT_RETURN_IF_ERROR(read_link());
    if (steps_.empty()) return std::optional<ReplayStep>();
    std::optional<ReplayStep> step = std::move(steps_.front());
    steps_.pop_front();
    return step;
  }

 private:
  absl::Status read_actions() {
    return d_.old->each_action([&](const Action& action) {
      if (to_judgement(action) || to_rights_decision(action)) actions_.push_back(action);
      return true;
    });
  }

  void add_actions(absl::Time until) {
    while (!actions_.empty() && to_time(actions_.front().at()) <= until) {
      ReplayStep step;
      *step.parcel.add_actions() = std::move(actions_.front());
      step.alone = true;
      actions_.pop_front();
      steps_.push_back(std::move(step));
      ++d_.counts->actions;
    }
  }

  absl::Status read_link() {
    const auto bytes = d_.old_key_value->get(Space::kChain, big_endian(number_));
    if (absl::IsNotFound(bytes.status())) {
      ended_ = true;
      move_on(absl::InfiniteFuture());
      return absl::OkStatus();
    }
    CT_RETURN_IF_ERROR(bytes.status());
    const auto record = parse_chain_record(*bytes);
    Capture head;
    if (!record.ok() || !head.ParseFromString(record->entry))
      return absl::DataLossError(str_cat("link ", number_,
                                         " of the chain of evidence does not parse: copytaster verify tells "
                                         "what is damaged; a backup may have it whole"));
    ++number_;
    if (record->entry.empty()) {
      ++d_.counts->erased;
      return absl::OkStatus();
    }
    return read_capture(std::move(head));
  }

  absl::Status read_capture(Capture head) {
    auto stored = d_.old->capture(head.sha256());
    if (!stored.ok()) {
      if (!absl::IsNotFound(stored.status()) && !absl::IsDataLoss(stored.status())) return stored.status();
      ++d_.counts->missing;
      return absl::OkStatus();
    }
    head.set_body(std::move(*stored->mutable_body()));
    *head.mutable_cursor() = stored->cursor();
    move_on(to_time(head.fetched_at()));
    ++d_.counts->captures;
    return head.purpose() == INTAKE ? bring_in(head) : read_page(head);
  }

  absl::Status bring_in(const Capture& capture) {
    for (Item& item : d_.memory->brought_in(capture.sha256(), to_time(capture.fetched_at()))) {
      ++d_.counts->by_hand;
      ReplayStep step = step_of(item.account_id(), capture.sha256());
      CT_RETURN_IF_ERROR(take_post(std::move(item), &step));
      push(std::move(step));
    }
    return absl::OkStatus();
  }

  absl::Status read_page(const Capture& capture) {
    CT_RETURN_IF_ERROR(know(capture.account_id()));
    Account account;
    auto parsed = d_.captures->read(capture, "", &account);
    if (!parsed.ok()) {
      ++d_.counts->unreadable;
      return absl::OkStatus();
    }
    ReplayStep step = step_of(account.id(), capture.sha256());
    CT_RETURN_IF_ERROR(take_posts(capture, account, &parsed->items, &step));
    for (Deletion& deletion : parsed->deletions)
      CT_RETURN_IF_ERROR(take_deletion(capture, std::move(deletion), &step));
    for (PictureResult& note : parsed->picture_notes) *step.parcel.add_pictures() = std::move(note);
    for (DeadLetter& letter : parsed->refused) take_letter(capture, std::move(letter), &step);
    push(std::move(step));
    return absl::OkStatus();
  }

  // Whose pages are kept and who is followed no more is known by what was kept of the account.
  absl::Status know(const std::string& account_id) {
    if (account_id.empty() || d_.captures->find(account_id) != nullptr) return absl::OkStatus();
    Account account;
    if (const auto state = d_.old->account_state(account_id); state.ok()) account = state->profile();
    const std::size_t colon = account_id.find(':');
    account.set_id(account_id);
    account.set_platform(account_id.substr(0, colon));
    if (account.handle().empty() && colon != std::string::npos)
      account.set_handle(account_id.substr(colon + 1));
    d_.captures->know(std::move(account));
    unfollowed_.insert(account_id);
    return absl::OkStatus();
  }

  absl::Status take_posts(const Capture& capture, const Account& account, std::vector<Item>* items,
                          ReplayStep* step) {
    StringMap<std::string> on_this_page;
    for (Item& item : *items) {
      if (d_.made->tombstone(str_cat("item:", item.id())).ok()) continue;
      const auto [place, first] = on_this_page.emplace(item.id(), item.content_hash());
      if (!first && place->second == item.content_hash()) continue;
      place->second = item.content_hash();
      CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d_.window->find(item.id()));
      if (first && known.says(item)) continue;
      item.set_account_id(account.id());
      item.set_official_id(account.official_id());
      item.set_capture_sha256(capture.sha256());
      *item.mutable_collected_at() = capture.fetched_at();
      if (unfollowed_.contains(account.id())) {
        const auto stored = d_.old->item(item.id());
        if (stored.ok()) item.set_official_id(stored->official_id());
      }
      CT_RETURN_IF_ERROR(take_post(std::move(item), step));
    }
    return absl::OkStatus();
  }

  // Whether a refusal proves that a post is gone rests on more than the capture: what was found then stands.
  absl::Status take_deletion(const Capture& capture, Deletion deletion, ReplayStep* step) {
    CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d_.window->find(deletion.item_id()));
    if (known.version > 0 && !known.stands && deletion.state() == GONE) return absl::OkStatus();
    const auto stored = d_.old->item(deletion.item_id());
    if (stored.ok() && stored->state() == GONE && stored->gone_capture_sha256() == capture.sha256()) {
      deletion.set_state(GONE);
      deletion.set_proof(stored->gone_proof());
      *deletion.mutable_seen_at() = stored->gone_at();
    }
    if (!deletion.has_seen_at()) *deletion.mutable_seen_at() = capture.fetched_at();
    deletion.set_capture_sha256(capture.sha256());
    if (deletion.state() == GONE) d_.window->taken_back(deletion.item_id(), known);
    *step->parcel.add_deletions() = std::move(deletion);
    return absl::OkStatus();
  }

  // The same refused post on each page that shows it is one letter.
  void take_letter(const Capture& capture, DeadLetter letter, ReplayStep* step) {
    if (!letters_.insert(stable_hash(letter_key(letter))).second) return;
    *letter.mutable_at() = capture.fetched_at();
    (void)make_text_valid(&letter);
    step->letters.push_back(std::move(letter));
  }

  absl::Status take_post(Item item, ReplayStep* step) {
    CT_ASSIGN_OR_RETURN(ReplayedPost post, add_post(d_, std::move(item), step));
    for (EngagementAt& noted : post.noted) {
      const absl::Time at = to_time(noted.at());
      noted_.emplace(at, std::move(noted));
    }
    if (auto looks = pictures_step(std::move(post.pictures))) pictures_.push_back(*std::move(looks));
    return absl::OkStatus();
  }

  void push(ReplayStep step) {
    (void)make_text_valid(&step.parcel);
    if (!is_empty(step)) steps_.push_back(std::move(step));
  }

  // Pictures come soon behind their posts, and behind all that was fetched at the same moment: when they came
  // is not kept. What was noted of posts is known by its time.
  void move_on(absl::Time now) {
    if (now != instant_) {
      for (ReplayStep& looks : pictures_) steps_.push_back(std::move(looks));
      pictures_.clear();
    }
    instant_ = now;
    ReplayStep step;
    step.alone = true;
    const auto end = noted_.lower_bound(now);
    for (auto noted = noted_.begin(); noted != end; ++noted)
      *step.parcel.add_engagements() = std::move(noted->second);
    noted_.erase(noted_.begin(), end);
    push(std::move(step));
    add_actions(now);
  }

  ReplayDependencies d_;
  bool begun_ = false, ended_ = false;
  std::uint64_t number_ = 0;
  std::deque<Action> actions_;
  std::deque<ReplayStep> steps_, pictures_;
  std::multimap<absl::Time, EngagementAt> noted_;
  absl::Time instant_ = absl::InfinitePast();
  absl::flat_hash_set<std::uint64_t> letters_;
  absl::flat_hash_set<std::string> unfollowed_;
};

}  // namespace

absl::StatusOr<ReplayedPost> add_post(const ReplayDependencies& d, Item item, ReplayStep* step) {
  CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d.window->find(item.id()));
  CT_ASSIGN_OR_RETURN(const std::vector<Item> old, d.memory->versions(item.id()));
  ReplayedPost post;
  post.pictures = ReplayMemory::pictures(old, item, known.version + 1);
  if (known.version == 0) post.noted = ReplayMemory::engagements(old, nullptr);
  // Each version is looked at by itself: of two at once the first would never be placed.
  step->alone = step->alone || d.window->is_waiting(item.id());
  d.window->handed_on(item, known);
  *step->parcel.add_items() = std::move(item);
  return post;
}

std::optional<ReplayStep> pictures_step(std::vector<PictureResult> pictures) {
  if (pictures.empty()) return std::nullopt;
  ReplayStep step;
  for (PictureResult& result : pictures) *step.parcel.add_pictures() = std::move(result);
  step.alone = true;
  return step;
}

std::unique_ptr<ReplayStage> replay_chain(const ReplayDependencies& d) {
  return std::make_unique<ChainReplay>(d);
}

}  // namespace copytaster
