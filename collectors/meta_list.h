// Where a poll stands in an account's posts as Instagram and Threads list them: newest first, in pages that
// cursors.after joins. Of paging nothing else is kept: paging.next holds the token. Pure.
//
// Position: {top, known}: the newest post so far (Unix seconds) and what the polls saw lately. While paging
// also {after, head, newtop, pages, run}. {limit}: fewer posts a page. {plain}: the API did not know every
// field that was asked for, so the basic ones are asked from then on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "collectors/meta_error.h"
#include "collectors/platforms_support.h"

namespace copytaster {

class MetaList {
 public:
  static constexpr int kLimit = 25;                                        // posts a page
  static constexpr std::int64_t kOverlapSeconds = std::int64_t{6} * 3600;  // for posts that show up late

  explicit MetaList(std::string_view position);

  // ---- asking
  [[nodiscard]] int limit() const;
  // Of the page to ask for; empty: the first. Never a character that means something in `fields=`.
  [[nodiscard]] std::string_view after() const { return after_; }
  // Posts younger than this are wanted; 0: all.
  [[nodiscard]] std::int64_t since() const;
  [[nodiscard]] bool plain() const { return !position_.get("plain").empty(); }

  // ---- reading a page, post by post in its order
  // Whether this post was there before, with the same words: `key` holds what an edit would change.
  bool note(std::string_view key, std::optional<absl::Time> when);
  // Behind the page: moves on to the page at `after`, or, where enough was seen, to the next poll.
  // A first poll reads `first_pages`. Later ones read until three posts in a row were known, or a page is
  // older than what was known. The first three of a list do not count: they may be pinned, old ones before
  // the newest.
  void turn_page(std::string_view after, int first_pages);

  // ---- after errors
  // Half as many posts a page; false where it is one already.
  bool ask_fewer();
  void ask_plain() { position_.set("plain", std::string_view("1")); }

  [[nodiscard]] std::string position() const { return position_.text(); }
  // Whether another page is to be asked for now.
  [[nodiscard]] bool more() const { return more_; }

 private:
  [[nodiscard]] bool is_first_poll() const { return top_ == 0 && known_.empty(); }
  [[nodiscard]] bool is_enough(int first_pages) const;

  Position position_;
  std::string after_;
  KnownPosts known_;
  KnownPosts head_;  // of this poll so far, newest first
  std::int64_t top_ = 0;
  std::int64_t newest_ = 0;
  std::optional<std::int64_t> newest_of_page_;  // without what may be pinned
  int pages_ = 0;
  int run_ = 0;  // how many known ones in a row
  std::size_t posts_ = 0;
  bool more_ = false;
};

// Reads a page as the APIs list posts ({data, paging}): gives `take` each that was not there before, and
// moves on.
void read_meta_list(const Capture& capture, Json list, int first_pages,
                    absl::FunctionRef<void(Json post)> take, Parsed* out);

// The same question once more, for the basic fields.
[[nodiscard]] Parsed ask_meta_list_plain(const Capture& capture);

// What an error means where the platform's collector knows nothing better: a wait, the same question with
// fewer posts, or the error.
[[nodiscard]] absl::StatusOr<Parsed> meta_list_failure(const Capture& capture, const MetaError& error);

}  // namespace copytaster
