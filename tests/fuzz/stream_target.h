// One target a stream: the bytes are one message, and the collector must keep what
// tests/collectors/conformance_support.h demands of any result.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collectors/platforms.h"
#include "collectors/stream_accounts.h"
#include "core/strings.h"
#include "tests/collectors/conformance_support.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {

class StreamTarget {
 public:
  StreamTarget(std::unique_ptr<Collector> collector, const std::vector<std::string>& profiles)
      : collector_(std::move(collector)), accounts_(recognised(*collector_, profiles)), index_(accounts_) {
    plans_ = collector_->streams(accounts_);
    require(plans_.size() == 1, "there is one plan");
  }

  void run(std::string_view body) const {
    const std::string next = check(body, "", 101);
    // Where it stands is asked with next: a place made of the wire's words must stay harmless.
    Cursor cursor;
    cursor.set_position(next);
    const auto request = collector_->open_stream(plans_[0], index_.finder(), cursor);
    require(request.ok() && request->url.starts_with("wss://"), "the stream opens from any place");
    require(request->url.find("canary") == std::string::npos, "no secret stands in a URL");
    check(body, next.empty() ? "rubbish" : next, 101);
    check(body, next, 400);
  }

 private:
  static std::vector<Account> recognised(const Collector& collector,
                                         const std::vector<std::string>& profiles) {
    std::vector<Account> out;
    for (const std::string& profile : profiles) {
      auto account = collector.recognise(profile);
      require(account.ok(), "the profile is recognised", profile);
      out.push_back(*std::move(account));
    }
    return out;
  }

  // The next position.
  std::string check(std::string_view body, std::string_view position, int status) const {
    const Capture capture = answer(body, position, status);
    const auto news = collector_->parse_frame(index_.finder(), capture);
    if (!news.ok()) {
      require(!news.status().message().empty(), "an error has words");
      return "";
    }
    require_utf8(news->gap, "the words of a gap");
    const Parsed& parsed = news->parsed;
    if (news->account == nullptr) {
      require(parsed.items.empty() && parsed.refused.empty(), "nobody's message says nothing");
      for (const Deletion& deletion : parsed.deletions)
        require(deletion.item_id().find('*') != std::string::npos, "an unnamed deletion is only a form");
    } else {
      const std::string faults = faults_of(parsed, *news->account, capture);
      require(faults.empty(), "a result is without faults", faults);
      require(parsed.items.size() + parsed.refused.size() + parsed.deletions.size() <= 1,
              "a message is of one post");
    }
    const auto again = collector_->parse_frame(index_.finder(), capture);
    require(again.ok() && render(again->parsed) == render(parsed) && again->gap == news->gap,
            "the same message gives the same news");
    return parsed.next.position();
  }

  std::unique_ptr<Collector> collector_;
  std::vector<Account> accounts_;
  StreamAccounts index_;
  std::vector<StreamPlan> plans_;
};

}  // namespace copytaster::fuzz
