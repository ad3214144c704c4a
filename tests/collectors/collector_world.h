// A collector and one of its accounts: what the tests of a platform's traps share.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/collector.h"
#include "core/strings.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {

inline void add_header(Capture* capture, std::string_view name, std::string_view value) {
  Header* header = capture->add_headers();
  header->set_name(std::string(name));
  header->set_value(std::string(value));
}
// Whether `words` stand in the error's message.
[[nodiscard]] inline bool says(const absl::Status& status, std::string_view words) {
  return from_absl(status.message()).find(words) != std::string_view::npos;
}

class CollectorWorld : public ::testing::Test {
 protected:
  CollectorWorld(std::unique_ptr<Collector> collector, std::string_view profile_url)
      : collector_(std::move(collector)), account_(*collector_->recognise(profile_url)) {}

  // What an answer means that can be read.
  [[nodiscard]] Parsed parse(const Capture& capture) const {
    auto parsed = collector_->parse(account_, capture);
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    if (!parsed.ok()) return {};
    EXPECT_EQ(faults_of(*parsed, account_, capture), "");
    return *std::move(parsed);
  }
  [[nodiscard]] Item only_item_of(const Capture& capture) const {
    const Parsed parsed = parse(capture);
    EXPECT_EQ(parsed.items.size(), 1U) << (parsed.refused.empty() ? "" : parsed.refused[0].reason());
    return parsed.items.empty() ? Item() : parsed.items[0];
  }
  [[nodiscard]] absl::Status error_of(const Capture& capture) const {
    return collector_->parse(account_, capture).status();
  }
  // What is asked at `position`, or why nothing is.
  [[nodiscard]] static std::string url_for(const Collector& collector, const Account& account,
                                           std::string_view position) {
    Cursor cursor;
    cursor.set_position(std::string(position));
    const auto request = collector.request(account, cursor);
    return request.ok() ? request->url : request.status().ToString();
  }
  [[nodiscard]] std::string url_for(std::string_view position) const {
    return url_for(*collector_, account_, position);
  }

  std::unique_ptr<Collector> collector_;
  Account account_;
};

}  // namespace copytaster
