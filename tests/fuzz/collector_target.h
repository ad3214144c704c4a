// One target a platform: the bytes are an answer's body, and the collector must keep what
// tests/collectors/conformance_support.h demands of any result.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "collectors/catalog.h"
#include "core/strings.h"
#include "tests/collectors/conformance_support.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {

class CollectorTarget {
 public:
  CollectorTarget(std::string_view name, std::string_view profile_url) {
    for (const CatalogEntry& entry : catalog()) {
      if (entry.spec().name == name) collector_ = entry.make(canary_settings());
    }
    require(collector_ != nullptr, "the catalog has the platform", name);
    auto account = collector_->recognise(profile_url);
    require(account.ok(), "the profile is recognised", profile_url);
    account_ = *std::move(account);
  }

  void run(std::string_view body) const {
    // What a page says is asked next, as it would be: a cursor made of the wire's words must stay harmless.
    const std::string next = check(answer(body));
    if (!next.empty()) {
      check(answer(body, next));
      Cursor cursor;
      cursor.set_position(next);
      check_request(collector_->request(account_, cursor));
    }
    static constexpr int kFailures[] = {400, 401, 404, 429, 503};
    check(answer(body, "", kFailures[body.size() % std::size(kFailures)]));
    Capture again = answer(body);
    again.set_purpose(REREAD);
    again.set_native_id("https://social.example/users/ravenel/statuses/1");
    check(again);
  }

 private:
  // The next position, empty where there is none.
  std::string check(const Capture& capture) const {
    const auto parsed = collector_->parse(account_, capture);
    if (!parsed.ok()) {
      require(!parsed.status().message().empty(), "an error has words");
      return "";
    }
    const std::string faults = faults_of(*parsed, account_, capture);
    require(faults.empty(), "a result is without faults", faults);
    require(parsed->items.size() + parsed->refused.size() <= capture.body().size() + 1,
            "there are no more posts than bytes");
    const auto again = collector_->parse(account_, capture);
    require(again.ok() && bytes_of(*again) == bytes_of(*parsed), "the same capture gives the same items");
    for (const Item& item : parsed->items) check_request(collector_->reread(account_, item.native_id()));
    return parsed->next.position();
  }

  static void check_request(const absl::StatusOr<HttpRequest>& request) {
    if (!request.ok()) return;
    require(request->url.starts_with("https://") || request->url.starts_with("http://"),
            "a request is http(s)", request->url);
    require(request->url.find("canary") == std::string::npos, "no secret stands in a URL", request->url);
  }

  static std::string bytes_of(const Parsed& parsed) {
    std::string out = str_cat(parsed.next.position(), parsed.more ? "+" : "-");
    for (const Item& item : parsed.items) out += item.SerializeAsString();
    for (const DeadLetter& letter : parsed.refused) out += letter.SerializeAsString();
    for (const Deletion& deletion : parsed.deletions) out += deletion.SerializeAsString();
    return out;
  }

  std::unique_ptr<Collector> collector_;
  Account account_;
};

}  // namespace copytaster::fuzz
