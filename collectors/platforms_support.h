// What the platforms' collectors share: settings, cursors, HTTP statuses, rate limits, finishing an item.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/json_fields.h"
#include "core/collector.h"
#include "core/url.h"

namespace copytaster {

// The value of a setting, or `otherwise` when it is absent or empty.
[[nodiscard]] std::string setting(const CollectorSettings& settings, std::string_view name,
                                  std::string_view otherwise);
// The same as a number from 1 to `max`; anything else counts as absent (the config check refuses it).
[[nodiscard]] int number_setting(const CollectorSettings& settings, std::string_view name, int otherwise,
                                 int max);

// A URL as people paste it: white space around it and a missing "https://" are forgiven.
[[nodiscard]] std::optional<Url> pasted_url(std::string_view text);
// http or https with a host, also one without a dot: servers on one's own net. (is_web_url is for what stands
// in running text.)
[[nodiscard]] bool is_http_url(std::string_view text);
// What nearly every one of them looks like: lower case, and nothing in it that resolve_url() or parse_url()
// would change or refuse. True without a copy; false says nothing.
[[nodiscard]] bool is_plain_http_url(std::string_view text);
// "/a//b/" is {"a", "b"}; percent-decoded.
[[nodiscard]] std::vector<std::string> path_segments(const Url& url);
// "https://host:port" of a URL.
[[nodiscard]] std::string origin_of(const Url& url);

// Cursor.position as "key=value&key=value" with escaped values. Reading any bytes works; what cannot be
// read is absent, and an account without a readable position begins anew.
class Position {
 public:
  explicit Position(std::string_view text);
  [[nodiscard]] std::string_view get(std::string_view key) const;
  [[nodiscard]] int number(std::string_view key, int otherwise) const;
  [[nodiscard]] std::int64_t time(std::string_view key) const;  // Unix milliseconds; 0: absent
  void set(std::string_view key, std::string_view value);       // an empty value removes
  void set(std::string_view key, std::int64_t value);
  void erase(std::string_view key);
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// Which posts a feed without a "since" showed us lately: at most 100 of them, newest first, 16 hex digits
// each, so that a poll that finds nothing new hands on nothing and knows where to stop.
class KnownPosts {
 public:
  static constexpr std::size_t kMost = 100;
  KnownPosts() = default;
  explicit KnownPosts(std::string_view text);
  [[nodiscard]] bool empty() const { return marks_.empty(); }
  [[nodiscard]] bool contains(std::string_view key) const;
  // Behind those that are there, unless it is there or kMost are.
  void add(std::string_view key);
  void add_all(const KnownPosts& others);
  [[nodiscard]] std::string text() const;

 private:
  void add_mark(std::uint64_t mark);
  std::vector<std::uint64_t> marks_;
};

// The value of a kept response header (names are lower case); empty when absent.
[[nodiscard]] std::string_view header_of(const Capture& capture, std::string_view name);
// When the platform answered, by its own clock where it says so: reset times are told in it.
[[nodiscard]] absl::Time answered_at(const Capture& capture);
// From the answer to `reset`, kept between a second and an hour: no platform's clock can stop us longer.
[[nodiscard]] absl::Duration wait_until(const Capture& capture, absl::Time reset);
// OK for 2xx; else what core/collector.h promises for the status. `said` is the platform's own message.
[[nodiscard]] absl::Status http_failure(const Capture& capture, std::string_view said);
// rel=`relation` of a Link header (RFC 8288); empty when absent.
[[nodiscard]] std::string link_target(std::string_view header, std::string_view relation);

// Plain text from the wire: line ends as \n, no control characters but \n and \t. With `offsets`, maps each
// byte offset of `wire` (0 to its size, both included) to the offset in the result.
[[nodiscard]] std::string plain_text(std::string_view wire, std::vector<std::uint32_t>* offsets = nullptr);
// One line: a name, a title.
[[nodiscard]] std::string plain_line(std::string_view wire);
// Adds links ("https://…") and hashtags that stand in plain text but not in `item`'s facets, and the tags.
void mark_links_and_hashtags(Item* item);
// Whether `text` has the form of a BCP 47 tag.
[[nodiscard]] bool is_language_tag(std::string_view text);
// A date on the wire; false (and nothing set) when it is none.
bool set_time(google::protobuf::Timestamp* out, std::string_view wire);

// Sets what every item has: id, platform, account, capture, hash.
void finish_item(Item* item, const Account& account, const Capture& capture);
// Oldest first, and of two items with one id the last.
void sort_items(std::vector<Item>* items);
// A post that could not be read. The payload is left out where it is not ours to keep.
void refuse_post(Parsed* parsed, const Account& account, const Capture& capture, std::string_view native_id,
                 std::string_view reason, std::string payload);
// An answer that is being read.
struct Answered {
  const Account& account;
  const Capture& capture;
  const JsonDocument& document;
};
// Finishes an item and hands it on, or refuses its post with the reason why it could not be read: `item`'s
// message, or that its bytes were not UTF-8. Of posts that are not public (kPermissionDenied) nothing is
// kept. The item handed on, until the next call; null when it was refused.
const Item* take_post(const Answered& answered, Json post, std::string_view native_id,
                      absl::StatusOr<Item> item, Parsed* out);
// The post that was asked again is GONE by the platform's own words, or UNKNOWN where these may mean less.
void add_deletion(Parsed* parsed, std::string_view platform, const Capture& capture, std::string_view proof,
                  ItemState state = GONE);

}  // namespace copytaster
