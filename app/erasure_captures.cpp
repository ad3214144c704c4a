// Which captures hold what is erased, and where the chain names them.
#include <algorithm>
#include <optional>
#include <utility>

#include "app/erasure_scan.h"
#include "core/bytes.h"
#include "core/chain.h"
#include "core/status.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

class Search {
 public:
  Search(const KeyValue& key_value, const CaptureSearch& search) : kv_(key_value), search_(search) {
    for (const ErasureWork& work : search.work) {
      Account& account = accounts_[work.account_id];
      account.items.insert(work.item_id);
      account.natives.insert(work.native_id);
      account.since = account.items.size() == 1 ? work.since : std::min(account.since, work.since);
      account.captures.insert(work.captures.begin(), work.captures.end());
    }
  }

  // Twice through the chain: the same bytes may have come again, also for others.
  absl::StatusOr<CapturesToErase> find() {
    CT_RETURN_IF_ERROR(look_at_own());
    CT_RETURN_IF_ERROR(each_link([&](std::uint64_t, const Capture& told) { return judge(told); }));
    for (const std::string& sha256 : shared_) whole_.erase(sha256);
    StringSet erase = search_.wanted;
    erase.insert(whole_.begin(), whole_.end());
    erase.insert(holding_.begin(), holding_.end());
    for (const std::string& sha256 : search_.spared) erase.erase(sha256);
    CapturesToErase found;
    for (const std::string& sha256 : erase) found.try_emplace(sha256);
    CT_RETURN_IF_ERROR(each_link([&](std::uint64_t number, const Capture& told) {
      if (const auto one = found.find(told.sha256()); one != found.end()) one->second.push_back(number);
      return absl::OkStatus();
    }));
    // Nothing to do for what is neither stored nor linked any more.
    std::erase_if(found, [&](const auto& one) {
      return one.second.empty() && absl::IsNotFound(kv_.get(Space::kCaptures, one.first).status());
    });
    return found;
  }

 private:
  struct Account {
    StringSet items, natives, captures;  // those that its versions came in
    std::int64_t since = 0;
    bool begun = false;  // the chain has come to the first of them, as far as it is known which that is
  };

  // Where one is not there (it was erased with another post, or has not come), what came before the others
  // may hold words, too.
  absl::Status look_at_own() {
    for (auto& [id, account] : accounts_) {
      if (search_.subject.accounts.contains(id)) continue;  // all of its captures go
      for (const std::string& sha256 : account.captures) {
        const absl::Status stored = kv_.get(Space::kCaptures, sha256).status();
        if (!stored.ok() && !absl::IsNotFound(stored)) return stored;
        account.begun = account.begun || !stored.ok();
      }
      account.begun = account.begun || account.captures.empty();
    }
    return absl::OkStatus();
  }

  absl::Status each_link(const std::function<absl::Status(std::uint64_t, const Capture&)>& visit) {
    absl::Status bad;
    Capture told;
    CT_RETURN_IF_ERROR(kv_.scan(Space::kChain, "", "", [&](std::string_view key, std::string_view bytes) {
      const auto record = parse_chain_record(bytes);
      // What cannot be read is damage, and `verify` tells it.
      if (!record.ok() || record->entry.empty() || !told.ParseFromString(record->entry)) return true;
      bad = visit(from_big_endian(key), told);
      return bad.ok();
    }));
    return bad;
  }

  absl::Status judge(const Capture& told) {
    for (auto& [id, one] : accounts_) one.begun = one.begun || one.captures.contains(told.sha256());
    const bool theirs = search_.subject.accounts.contains(told.account_id());
    if (search_.subject.is_whole()) (theirs ? whole_ : shared_).insert(told.sha256());
    const auto account = accounts_.find(told.account_id());
    if (theirs || account == accounts_.end() || search_.wanted.contains(told.sha256()) ||
        looked_at_.contains(told.sha256()))
      return absl::OkStatus();
    // Nothing of it had been said before it was first seen. Clock and chain must both say so: clocks are set
    // back and differ, and what came under schema 1 stands in the chain by its hash.
    if (!account->second.begun && told.fetched_at().seconds() < account->second.since)
      return absl::OkStatus();
    looked_at_.insert(told.sha256());
    CT_ASSIGN_OR_RETURN(const bool holds, holds_words(told, account->second));
    if (holds) holding_.insert(told.sha256());
    return absl::OkStatus();
  }

  absl::StatusOr<bool> holds_words(const Capture& told, const Account& account) {
    if (told.purpose() == REREAD && account.natives.contains(told.native_id())) return true;
    if (!search_.holds_words) return true;
    const auto bytes = kv_.get(Space::kCaptures, told.sha256());
    if (absl::IsNotFound(bytes.status())) return false;
    CT_RETURN_IF_ERROR(bytes.status());
    Capture stored;
    return !stored.ParseFromString(*bytes) || search_.holds_words(stored, account.items);
  }

  const KeyValue& kv_;
  const CaptureSearch& search_;
  StringMap<Account> accounts_;
  StringSet whole_, shared_;  // of the subject's accounts; of others
  StringSet holding_, looked_at_;
};

}  // namespace

absl::StatusOr<CapturesToErase> find_captures(const KeyValue& key_value, const CaptureSearch& search) {
  return Search(key_value, search).find();
}

}  // namespace copytaster
