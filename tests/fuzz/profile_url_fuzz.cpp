// A profile URL as a person pastes it, and a cursor as it was stored: every collector of the catalog. The
// first line is the URL, the rest a cursor's position.
#include "collectors/catalog.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

const Collectors& all_collectors() {
  static const Collectors kAll;
  return kAll;
}

void check_profile(std::string_view url, const std::string& position) {
  const auto account = all_collectors().recognise(url);
  if (!account.ok()) {
    require(absl::IsInvalidArgument(account.status()) || absl::IsNotFound(account.status()),
            "a URL that is no profile is an invalid argument", account.status().ToString());
    return;
  }
  require(Account().ParseFromString(account->SerializeAsString()), "an account is valid UTF-8");
  const auto again = all_collectors().recognise(account->profile_url());
  require(again.ok() && again->id() == account->id() && again->profile_url() == account->profile_url(),
          "a profile's own URL is recognised as that profile", account->profile_url());
  const Collector* collector = all_collectors().find(account->platform());
  require(collector != nullptr, "an account's platform is in the catalog");
  Cursor cursor;
  cursor.set_position(position);
  const auto request = collector->request(*account, cursor);
  require(!request.ok() || is_http_url(request->url), "a request goes to a web address",
          request.ok() ? std::string_view(request->url) : std::string_view());
}

void check_position(std::string_view text) {
  Position position(text);
  position.set("since", "a&b=c%\n");
  position.set("page", std::int64_t{7});
  const Position again(position.text());
  require(again.get("since") == "a&b=c%\n" && again.number("page", 0) == 7,
          "a position reads as it was written", position.text());
  const KnownPosts known(text);
  require(KnownPosts(known.text()).text() == known.text(), "known posts read as they were written");
  require(known.text().size() <= 17 * KnownPosts::kMost, "known posts are bounded");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(profile_url)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  std::string_view rest = as_text(data, size);
  const std::string_view url = take_line(rest);
  check_profile(url, to_valid_utf8(rest));
  check_position(rest);
  return 0;
}
