#include "processors/copy_judgements.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kFold = "fold";
constexpr std::string_view kUnfold = "unfold";

}  // namespace

Action to_action(const CopyJudgement& judgement) {
  Action action;
  action.set_actor(judgement.by);
  set_timestamp(action.mutable_at(), judgement.at);
  action.set_verb(std::string(judgement.same ? kFold : kUnfold));
  action.set_subject_id(judgement.item_id);
  (*action.mutable_details())["of"] = judgement.other_id;
  action.set_id(sha256_hex(str_cat(action.verb(), "\n", judgement.item_id, "\n", judgement.other_id, "\n",
                                   judgement.by, "\n", absl::ToUnixNanos(judgement.at)))
                    .substr(0, 32));
  return action;
}

std::optional<CopyJudgement> to_judgement(const Action& action) {
  if (action.verb() != kFold && action.verb() != kUnfold) return std::nullopt;
  const auto other = action.details().find("of");
  if (other == action.details().end() || action.subject_id().empty() || other->second.empty() ||
      other->second == action.subject_id())
    return std::nullopt;
  return CopyJudgement{action.subject_id(), other->second, action.verb() == kFold, action.actor(),
                       to_time(action.at())};
}

void CopyJudgements::put(const CopyJudgement& judgement) {
  const std::size_t fresh =
      std::size_t{!of_.contains(judgement.item_id)} + std::size_t{!of_.contains(judgement.other_id)};
  if (of_.size() + fresh > most_posts_) return;
  put_one_way(judgement);
  CopyJudgement turned = judgement;
  std::swap(turned.item_id, turned.other_id);
  put_one_way(std::move(turned));
}

void CopyJudgements::put_one_way(CopyJudgement judgement) {
  take_out(judgement.item_id, judgement.other_id);
  if (of(judgement.item_id).size() >= kMostOfAPost) {
    const std::string oldest = of(judgement.item_id).front().other_id;
    take_out(judgement.item_id, oldest);
    take_out(oldest, judgement.item_id);
  }
  of_[judgement.item_id].push_back(std::move(judgement));
}

void CopyJudgements::take_out(const std::string& item_id, const std::string& other_id) {
  const auto found = of_.find(item_id);
  if (found == of_.end()) return;
  std::erase_if(found->second, [&](const CopyJudgement& one) { return one.other_id == other_id; });
  if (found->second.empty()) of_.erase(found);
}

const CopyJudgement* CopyJudgements::find(std::string_view item_id, std::string_view other_id) const {
  const auto& all = of(item_id);
  const auto found = std::ranges::find(all, other_id, &CopyJudgement::other_id);
  return found == all.end() ? nullptr : &*found;
}

const std::vector<CopyJudgement>& CopyJudgements::of(std::string_view item_id) const {
  static const std::vector<CopyJudgement> kNone;
  const auto found = of_.find(item_id);
  return found == of_.end() ? kNone : found->second;
}

bool CopyJudgements::sets_apart(std::string_view item_id) const {
  return std::ranges::any_of(of(item_id), [](const CopyJudgement& one) { return !one.same; });
}

std::size_t CopyJudgements::memory_bytes() const {
  std::size_t bytes = 0;
  for (const auto& [id, all] : of_) bytes += id.size() + all.capacity() * (sizeof(CopyJudgement) + 64);
  return bytes;
}

}  // namespace copytaster
