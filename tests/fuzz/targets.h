// The list of targets, as fuzz_test runs them. Adding one: a file, a line here, a folder of seeds
// (README.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// name, mutations of each seed, largest input in KiB, further seeds (a folder; "" for none)
#define COPYTASTER_FUZZ_TARGETS(X)                            \
  X(html, 60, 32, "")                                         \
  X(text, 40, 8, "")                                          \
  X(url, 200, 16, "")                                         \
  X(date, 300, 1, "")                                         \
  X(json, 60, 16, "")                                         \
  X(log_line, 60, 16, "")                                     \
  X(header, 200, 16, "")                                      \
  X(charset, 60, 16, "tests/collectors/fixtures/feed")        \
  X(feed, 20, 32, "tests/collectors/fixtures/feed")           \
  X(feed_text, 60, 16, "")                                    \
  X(feed_discovery, 60, 16, "")                               \
  X(websub, 100, 8, "")                                       \
  X(mastodon, 15, 32, "tests/collectors/fixtures/mastodon")   \
  X(bluesky, 15, 32, "tests/collectors/fixtures/bluesky")     \
  X(facebook, 15, 32, "tests/collectors/fixtures/facebook")   \
  X(instagram, 15, 32, "tests/collectors/fixtures/instagram") \
  X(threads, 15, 32, "tests/collectors/fixtures/threads")     \
  X(x, 15, 32, "tests/collectors/fixtures/x")                 \
  X(telegram, 15, 32, "tests/collectors/fixtures/telegram")   \
  X(youtube, 15, 32, "tests/collectors/fixtures/youtube")     \
  X(jetstream, 40, 8, "")                                     \
  X(mastodon_stream, 40, 8, "")                               \
  X(profile_url, 60, 4, "")                                   \
  X(request_target, 300, 8, "")                               \
  X(web_address, 200, 8, "")                                  \
  X(address, 300, 1, "")                                      \
  X(s3_reply, 200, 16, "")                                    \
  X(time_stamp, 100, 8, "")                                   \
  X(picture, 60, 32, "")                                      \
  X(picture_write, 60, 32, "")                                \
  X(read_words, 100, 16, "")                                  \
  X(xmp, 200, 16, "")                                         \
  X(rules, 60, 8, "")                                         \
  X(pipeline, 20, 8, "")                                      \
  X(copies, 60, 8, "")                                        \
  X(officials, 40, 8, "")                                     \
  X(officials_csv, 40, 8, "")                                 \
  X(officials_jsonl, 40, 8, "")                               \
  X(officials_opml, 40, 8, "")                                \
  X(geonames, 60, 8, "")                                      \
  X(settings, 60, 8, "")                                      \
  X(record, 40, 8, "")                                        \
  X(search_query, 20, 1, "")                                  \
  X(escape, 100, 8, "")                                       \
  X(desk_request, 40, 4, "")                                  \
  X(draft, 10, 4, "")

#define COPYTASTER_FUZZ_DECLARE(name, ...) extern "C" int fuzz_##name(const std::uint8_t*, std::size_t);
COPYTASTER_FUZZ_TARGETS(COPYTASTER_FUZZ_DECLARE)
#undef COPYTASTER_FUZZ_DECLARE

namespace copytaster::fuzz {

struct Target {
  std::string_view name;
  int (*run)(const std::uint8_t*, std::size_t);
  std::size_t rounds;
  std::size_t most_bytes;
  std::string_view more_seeds;
};

inline constexpr Target kTargets[] = {
#define COPYTASTER_FUZZ_ROW(name, rounds, kib, more) \
  {#name, fuzz_##name, rounds, std::size_t{kib} << 10, more},
    COPYTASTER_FUZZ_TARGETS(COPYTASTER_FUZZ_ROW)
#undef COPYTASTER_FUZZ_ROW
};

}  // namespace copytaster::fuzz
