// Messages of Mastodon's streaming:
// collectors/mastodon_stream.cpp, mastodon_message.cpp.
#include "tests/fuzz/stream_target.h"

COPYTASTER_FUZZ_TARGET(mastodon_stream)(const std::uint8_t* data, std::size_t size) {
  namespace fuzz = copytaster::fuzz;
  static const fuzz::StreamTarget kTarget(
      copytaster::make_mastodon(
          {{"token", "canary-token"}, {"token_host", "social.example"}, {"stream", "wss://social.example"}}),
      {"https://social.example/@ravenel"});
  kTarget.run(fuzz::as_text(data, size));
  return 0;
}
