// A platform in a few words whose collector may learn, and a mayor who posts there, for the tests of what is
// read again.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "collectors/platforms_support.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "tests/app/processing_support.h"

namespace copytaster::testing {

// Reads lines "ID TEXT"; those that begin with "odd" only once it has learnt to.
class LinesCollector final : public Collector {
 public:
  LinesCollector() {
    spec_.name = "lines";
    spec_.label = "Lines";
    spec_.summary = "For tests.";
  }
  bool learnt = false;
  [[nodiscard]] const CollectorSpec& spec() const override { return spec_; }
  [[nodiscard]] absl::StatusOr<Account> recognise(std::string_view) const override {
    return absl::NotFoundError("for tests");
  }
  [[nodiscard]] absl::StatusOr<HttpRequest> request(const Account&, const Cursor&) const override {
    return absl::UnimplementedError("for tests");
  }
  [[nodiscard]] absl::StatusOr<HttpRequest> reread(const Account&, std::string_view) const override {
    return absl::UnimplementedError("for tests");
  }
  [[nodiscard]] absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override {
    Parsed out;
    for (std::string_view line : split(capture.body(), '\n')) {
      const std::string id(line.substr(0, line.find(' ')));
      const std::string text(line.substr(line.find(' ') + 1));
      if (text.starts_with("odd") && !learnt) {
        refuse_post(&out, account, capture, id, learnt_reason, text);
        continue;
      }
      Item item;
      item.set_platform("lines");
      item.set_native_id(id);
      item.set_id(item_id("lines", id));
      item.set_text(text);
      item.set_content_hash(content_hash(item));
      *item.mutable_created_at() = capture.fetched_at();
      out.items.push_back(std::move(item));
    }
    return out;
  }
  std::string learnt_reason = "it is odd";

 private:
  CollectorSpec spec_;
};

class LinesFixture : public ProcessingFixture {
 protected:
  void SetUp() override {
    ProcessingFixture::SetUp();
    account_.set_id("lines:mayor");
    account_.set_platform("lines");
    account_.set_official_id("mayor");
  }
  // As the poller: a page is collected, with what it says and what of it is refused.
  void collect(const std::string& body) {
    Capture capture;
    capture.set_sha256(sha256_hex(body));
    capture.set_body(body);
    capture.set_account_id(account_.id());
    capture.set_url("https://lines.example/mayor");
    capture.set_collector("lines/1");
    set_timestamp(capture.mutable_fetched_at(), clock_.now());
    Parsed parsed = *collector_.parse(account_, capture);
    Counters counters;
    counters.set_captures(1);
    counters.set_collected(parsed.items.size() + parsed.refused.size());
    counters.set_dead_lettered(parsed.refused.size());
    const auto batch = store_->batch();
    ASSERT_TRUE(store_->stage_capture(*batch, capture).ok());
    for (DeadLetter& letter : parsed.refused) {
      set_timestamp(letter.mutable_at(), clock_.now());
      ASSERT_TRUE(store_->stage_dead_letter(*batch, letter).ok());
    }
    ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
    Parcel parcel;
    for (Item& item : parsed.items) {
      item.set_account_id(account_.id());
      item.set_official_id(account_.official_id());
      item.set_capture_sha256(capture.sha256());
      *item.mutable_collected_at() = capture.fetched_at();
      *parcel.add_items() = std::move(item);
    }
    ASSERT_TRUE(bus_->append({&parcel, 1}, batch.get(), absl::ZeroDuration()).ok());
    ASSERT_TRUE(turn().ok());
  }

  // What a person brought in, with a picture where there is an address: capture and post in one write, as the
  // poller does it. It is not processed yet.
  Item bring_in(const std::string& text, const std::string& note, const std::string& picture_url = "") {
    Capture capture;
    capture.set_body(text);
    capture.set_sha256(sha256_hex(text));
    capture.set_account_id("manual");
    capture.set_collector("intake/0");
    capture.set_purpose(INTAKE);
    set_timestamp(capture.mutable_fetched_at(), clock_.now());
    Parcel parcel;
    Item& item = *parcel.add_items();
    item.set_platform("web");
    item.set_native_id(str_cat("manual/", sha256_hex(text).substr(0, 32)));
    item.set_id(item_id("web", item.native_id()));
    item.set_account_id("manual");
    item.set_text(text);
    if (!picture_url.empty()) {
      Media* media = item.add_media();
      media->set_kind(PICTURE);
      media->set_url(picture_url);
    }
    item.set_content_hash(content_hash(item));
    item.set_capture_sha256(capture.sha256());
    *item.mutable_collected_at() = capture.fetched_at();
    item.mutable_intake()->set_by("Mira");
    item.mutable_intake()->set_how("text");
    item.mutable_intake()->set_note(note);
    *item.mutable_intake()->mutable_at() = capture.fetched_at();
    const auto batch = store_->batch();
    EXPECT_TRUE(store_->stage_capture(*batch, capture).ok());
    Counters counters;
    counters.set_captures(1);
    counters.set_collected(1);
    EXPECT_TRUE(store_->stage_counters(*batch, counters).ok());
    EXPECT_TRUE(bus_->append({&parcel, 1}, batch.get(), absl::ZeroDuration()).ok());
    return item;
  }

  Account account_;
  LinesCollector collector_;
};

}  // namespace copytaster::testing
