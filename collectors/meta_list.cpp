#include "collectors/meta_list.h"

#include <algorithm>

#include "collectors/meta_asking.h"
#include "collectors/meta_picture.h"
#include "collectors/wire_time.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr int kEnoughKnown = 3;
constexpr std::size_t kMostPinned = 3;
constexpr std::size_t kLongestCursor = 2048;

// Cursors are base64. Instagram's go into "media.after(…)", where a bracket would end it.
bool is_cursor(std::string_view text) {
  return text.size() <= kLongestCursor && std::all_of(text.begin(), text.end(), [](char c) {
           const char lower = ascii_lower(c);
           return (lower >= 'a' && lower <= 'z') || is_ascii_digit(c) ||
                  std::string_view("-_=+/.:|~").find(c) != std::string_view::npos;
         });
}

}  // namespace

MetaList::MetaList(std::string_view position)
    : position_(position),
      known_(position_.get("known")),
      head_(position_.get("head")),
      top_(std::max<std::int64_t>(position_.time("top"), 0)),
      newest_(std::max(position_.time("newtop"), top_)),
      pages_(std::clamp(position_.number("pages", 0), 0, kMostPages)),
      run_(std::clamp(position_.number("run", 0), 0, kEnoughKnown)) {
  if (is_cursor(position_.get("after"))) after_ = position_.get("after");
}

int MetaList::limit() const { return std::clamp(position_.number("limit", kLimit), 1, kLimit); }

std::int64_t MetaList::since() const { return top_ > kOverlapSeconds ? top_ - kOverlapSeconds : 0; }

bool MetaList::note(std::string_view key, std::optional<absl::Time> when) {
  const bool is_known = known_.contains(key);
  const bool may_be_pinned = pages_ == 0 && posts_ < kMostPinned;
  head_.add(key);
  ++posts_;
  if (when) newest_ = std::max(newest_, absl::ToUnixSeconds(*when));
  if (may_be_pinned) return is_known;
  run_ = is_known ? run_ + 1 : 0;
  if (when) newest_of_page_ = std::max(newest_of_page_.value_or(0), absl::ToUnixSeconds(*when));
  return is_known;
}

bool MetaList::is_enough(int first_pages) const {
  if (is_first_poll()) return pages_ + 1 >= first_pages;
  // The second for posts that are not known any more, the third for a list without end.
  return run_ >= kEnoughKnown || newest_of_page_.value_or(since()) < since() || pages_ + 1 >= kMostPages;
}

void MetaList::turn_page(std::string_view after, int first_pages) {
  more_ = posts_ > 0 && !after.empty() && is_cursor(after) && after != after_ && !is_enough(first_pages);
  Position next("");
  if (plain()) next.set("plain", std::string_view("1"));
  if (more_) {
    next.set("top", position_.get("top"));
    next.set("known", position_.get("known"));
    next.set("after", after);
    next.set("head", std::string_view(head_.text()));
    next.set("newtop", newest_);
    next.set("pages", std::int64_t{pages_ + 1});
    next.set("run", std::int64_t{run_});
    next.set("limit", position_.get("limit"));
  } else {
    head_.add_all(known_);
    if (newest_ > 0) next.set("top", newest_);
    next.set("known", std::string_view(head_.text()));
  }
  position_ = next;
}

bool MetaList::ask_fewer() {
  if (limit() <= 1) return false;
  position_.set("limit", std::int64_t{limit() / 2});
  return true;
}

void read_meta_list(const Capture& capture, Json list, int first_pages,
                    absl::FunctionRef<void(Json post)> take, Parsed* out) {
  MetaList place(capture.cursor().position());
  list["data"].each([&](Json post) {
    if (!place.note(meta_post_key(post), wire_time(post["timestamp"].view()))) take(post);
  });
  place.turn_page(list["paging"]["cursors"]["after"].view(), first_pages);
  out->next.set_position(place.position());
  out->more = place.more();
  sort_items(&out->items);
}

Parsed ask_meta_list_plain(const Capture& capture) {
  MetaList list(capture.cursor().position());
  list.ask_plain();
  Parsed out;
  out.next.set_position(list.position());
  out.more = true;
  return out;
}

absl::StatusOr<Parsed> meta_list_failure(const Capture& capture, const MetaError& error) {
  if (error.rate_limited) return meta_rate_limited(capture, error);
  MetaList list(capture.cursor().position());
  if (!error.too_much || capture.purpose() != PAGE || !list.ask_fewer()) return error.status;
  Parsed out;
  out.next = capture.cursor();
  out.next.set_position(list.position());
  out.more = true;
  return out;
}

}  // namespace copytaster
