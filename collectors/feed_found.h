// The feed that a page named, as an account's cursor keeps it: who was pasted as the address of a home page
// is asked there once, and from then on at the feed it names. Pure; any thread.
//
// The page is looked at again when the feed answers 410, or when it has answered 404 or with a page for
// days (YouTube's feeds answer 404 for whole days: RSS-Bridge issue 2113); never more than once a day. Where
// a page names a page that names a feed, it is followed, kMostPages at most in a row; but not where a feed
// has been read: a page in its place names whatever its new owner likes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/platforms_support.h"
#include "core/copytaster.pb.h"

namespace copytaster {

class FoundFeed {
 public:
  static constexpr int kMostPages = 3;
  static constexpr absl::Duration kLookAgainAfter = absl::Hours(24);
  static constexpr absl::Duration kPatience = absl::Hours(72);

  // Nothing found where the position holds none, or one that is no http(s) URL.
  explicit FoundFeed(const Position& position);

  // What is to be asked in the account's place; empty: nothing was found.
  [[nodiscard]] const std::string& url() const { return url_; }
  // The account's address is a page's, whether its feed is known at the moment or not.
  [[nodiscard]] bool of_page() const { return found_ > absl::UnixEpoch(); }
  // It was read just now.
  void was_read(absl::Time now);
  // It has answered from `url` for good. Nothing where nothing was found.
  void moved_to(std::string_view url);
  void put(Position* position) const;

  // What to do after the answer in `capture`, which came from `page_url`, was refused with `why`: the cursor
  // to ask again with at once, or nullopt, and then the refusal stands.
  [[nodiscard]] std::optional<Cursor> after_refusal(const Capture& capture, std::string_view page_url,
                                                    const absl::Status& why) const;
  // A feed that is gone is not the account that is gone.
  [[nodiscard]] absl::Status explained(absl::Status why) const;

 private:
  [[nodiscard]] std::string next_page_names(const Capture& capture, std::string_view page_url,
                                            const Position& asked) const;
  [[nodiscard]] bool is_to_be_looked_for_again(const Capture& capture, const absl::Status& why) const;

  std::string url_;
  int pages_ = 0;     // in a row that named it
  absl::Time found_;  // when the page named it
  absl::Time read_;   // when it was last read
};

}  // namespace copytaster
