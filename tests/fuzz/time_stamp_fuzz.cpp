// What a time stamp authority answers: core/time_stamp.h.
#include "core/strings.h"
#include "core/time_stamp.h"
#include "tests/fuzz/fuzz.h"

COPYTASTER_FUZZ_TARGET(time_stamp)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string link(32, 'L');
  const std::string_view der = as_text(data, size);
  const auto token = read_stamp(der, {.link = link});
  if (!token.ok()) {
    require(absl::IsInvalidArgument(token.status()) || absl::IsUnavailable(token.status()),
            "it is no stamp, or a refusal", token.status().ToString());
    require_utf8(from_absl(token.status().message()), "why it is none");
    return 0;
  }
  require(token->signer.size() <= 200, "a name is short");
  require_utf8(token->signer, "the authority's name");
  require(token->at > absl::InfinitePast() && token->at < absl::InfiniteFuture(), "a stamp has a time");
  require(!token->is_trusted, "nobody was given to be trusted");
  require(!read_stamp(der, {.link = std::string(32, 'M')}).ok(), "it is of one link only");
  const auto again = read_stamp(der, {.link = link});
  require(again.ok() && again->at == token->at && again->signer == token->signer, "the same twice");
  return 0;
}
