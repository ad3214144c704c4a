#include "app/verify_chain.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/bytes.h"
#include "core/chain.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/chain_entry.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

constexpr std::size_t kNumberBytes = 8;
// Behind a damaged block links are asked for by number; a block holds some dozens.
constexpr std::uint64_t kMostInBlock = 100'000;

using LinkNumbers = absl::flat_hash_set<std::uint64_t>;

class ChainWalk {
 public:
  ChainWalk(const KeyValue& key_value, VerifyFindings& findings) : kv_(key_value), findings_(findings) {}

  absl::Status walk() {
    CT_RETURN_IF_ERROR(follow());
    if (before_) findings_.report.last_link = to_hex(*before_);
    agreeing_.close();
    findings_.chained.close();
    return look_for_unchained();
  }

 private:
  // From link to link; over a damaged block by numbers, until one can be read again.
  absl::Status follow() {
    while (true) {
      absl::Status bad;
      const absl::Status scanned =
          kv_.scan(Space::kChain, big_endian(next_), "", [&](std::string_view key, std::string_view value) {
            bad = take(key, value);
            return bad.ok();
          });
      CT_RETURN_IF_ERROR(bad);
      if (!absl::IsDataLoss(scanned)) return scanned;
      if (!unreadable_from_) unreadable_from_ = next_;
      before_.reset();
      CT_ASSIGN_OR_RETURN(const bool found, step_over());
      if (!found) {
        findings_.add(str_cat("the links of the chain from ", *unreadable_from_,
                              " on cannot be read: ", scanned.message()));
        return absl::OkStatus();
      }
    }
  }

  absl::StatusOr<bool> step_over() {
    for (const std::uint64_t end = next_ + kMostInBlock; next_ < end;) {
      const auto bytes = kv_.get(Space::kChain, big_endian(++next_));
      if (bytes.ok()) return true;
      if (!absl::IsNotFound(bytes.status()) && !absl::IsDataLoss(bytes.status())) return bytes.status();
    }
    return false;
  }

  absl::Status take(std::string_view key, std::string_view value) {
    if (key.size() != kNumberBytes) {
      findings_.add("a record of the chain stands under a key that is no number");
      return absl::OkStatus();
    }
    const std::uint64_t number = from_big_endian(key);
    if (number != next_ && !unreadable_from_) unreadable_from_ = next_;
    next_ = number + 1;
    const auto record = parse_chain_record(value);
    if (!record.ok()) {
      if (!unreadable_from_) unreadable_from_ = number;
      before_.reset();
      return absl::OkStatus();
    }
    if (unreadable_from_) before_.reset();
    tell_unreadable(number);
    return look(number, *record);
  }

  absl::Status look(std::uint64_t number, const ChainRecord& record) {
    if (before_ && record.link != chain_link(*before_, record.entry_hash)) {
      findings_.add(str_cat("link ", number,
                            " of the chain is not over the one before it: one of the two was changed",
                            named(record.entry)));
    }
    before_ = record.link;
    ++findings_.report.links;
    if (!record.receipt.empty() || record.entry.empty()) {
      ++findings_.report.erased;
      return look_at_receipt(number, record.receipt);
    }
    return look_at_capture(number, record.entry);
  }

  // What is blank must be so by an erasure that knows of it: else anybody could blank what does not suit him.
  absl::Status look_at_receipt(std::uint64_t number, const std::string& id) {
    CT_ASSIGN_OR_RETURN(const std::optional<LinkNumbers>* receipt, links_of(id));
    if (!*receipt) {
      findings_.add(
          str_cat("link ", number, " of the chain is blank, and there is no receipt ", in_one_line(id)));
    } else if (!(*receipt)->contains(number)) {
      findings_.add(str_cat("link ", number, " of the chain is blank, and the receipt ", in_one_line(id),
                            " does not name it"));
    }
    return absl::OkStatus();
  }

  // Which links a receipt names, each receipt read once.
  absl::StatusOr<const std::optional<LinkNumbers>*> links_of(const std::string& id) {
    const auto known = receipts_.find(id);
    if (known != receipts_.end()) return &known->second;
    std::optional<LinkNumbers> links;
    const auto bytes = kv_.get(Space::kErasures, receipt_key(id));
    if (!bytes.ok() && !absl::IsNotFound(bytes.status()) && !absl::IsDataLoss(bytes.status()))
      return bytes.status();
    Erasure receipt;
    if (bytes.ok() && receipt.ParseFromString(*bytes))
      links.emplace(receipt.links().begin(), receipt.links().end());
    return &receipts_.emplace(id, std::move(links)).first->second;
  }

  static std::string named(const std::string& entry) {
    Capture capture;
    if (entry.empty() || !capture.ParseFromString(entry)) return "";
    return str_cat("; it names ",
                   in_one_line(capture.final_url().empty() ? capture.url() : capture.final_url()));
  }

  absl::Status look_at_capture(std::uint64_t number, const std::string& entry) {
    Capture told;
    if (!told.ParseFromString(entry) || told.sha256().size() != 64) {
      findings_.add(str_cat("link ", number, " of the chain holds no capture"));
      return absl::OkStatus();
    }
    findings_.chained.add(told.sha256());
    const auto bytes = kv_.get(Space::kCaptures, told.sha256());
    if (absl::IsNotFound(bytes.status())) return bad(told.sha256(), "is not in the store");
    if (absl::IsDataLoss(bytes.status())) return bad(told.sha256(), "cannot be read: its block is damaged");
    CT_RETURN_IF_ERROR(bytes.status());
    Capture stored;
    if (!stored.ParseFromString(*bytes)) return bad(told.sha256(), "cannot be read");
    if (sha256_hex(stored.body()) != told.sha256())
      return bad(told.sha256(), "is not what was fetched: its bytes have another hash");
    // Of several answers with the same bytes the newest is what stands with them.
    if (make_chain_entry(stored) == entry) agreeing_.add(told.sha256());
    return absl::OkStatus();
  }

  absl::Status bad(const std::string& sha256, std::string_view why) {
    if (findings_.bad_captures.size() < VerifyFindings::kMostBadCaptures) {
      findings_.bad_captures.emplace(sha256, why);
    } else if (!findings_.bad_captures.contains(sha256)) {
      findings_.add(str_cat("the capture ", in_one_line(sha256), " ", why));
    }
    return absl::OkStatus();
  }

  void tell_unreadable(std::uint64_t until) {
    if (!unreadable_from_) return;
    const bool one = until - *unreadable_from_ == 1;
    findings_.add(str_cat(one ? "link " : "links ", *unreadable_from_,
                          one ? std::string() : str_cat(" to ", until - 1), " of the chain ",
                          one ? "is" : "are", " gone or cannot be read"));
    unreadable_from_.reset();
  }

  // A capture that no link names was put in from outside, or its link is gone.
  absl::Status look_for_unchained() {
    const absl::Status scanned =
        kv_.scan(Space::kCaptures, "", "", [&](std::string_view key, std::string_view) {
          if (findings_.bad_captures.contains(key)) return true;
          if (!findings_.chained.contains(key)) {
            (void)bad(std::string(key), "is in no link of the chain");
          } else if (!agreeing_.contains(key)) {
            (void)bad(std::string(key), "has an address, headers or a time that no link tells");
          } else {
            ++findings_.report.captures;
          }
          return true;
        });
    for (const auto& [sha256, why] : findings_.bad_captures)
      findings_.add(str_cat("the capture ", in_one_line(sha256), " ", why));
    // Those in a damaged block have been told, by number.
    return absl::IsDataLoss(scanned) ? absl::OkStatus() : scanned;
  }

  const KeyValue& kv_;
  VerifyFindings& findings_;
  std::uint64_t next_ = 0;  // number of the link that should come
  std::optional<std::string> before_ = chain_begin();
  std::optional<std::uint64_t> unreadable_from_;
  std::map<std::string, std::optional<LinkNumbers>, std::less<>> receipts_;
  SeenHashes agreeing_;
};

}  // namespace

absl::Status verify_chain(const KeyValue& key_value, VerifyFindings& findings) {
  return ChainWalk(key_value, findings).walk();
}

}  // namespace copytaster
