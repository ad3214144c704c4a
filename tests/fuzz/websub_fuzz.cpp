// What hubs send: collectors/websub.h, and the door that they knock at (websub_door.h). The first line is a
// Link header, the second a signature, the rest a query, or a body, or what is stored of a subscription.
#include "collectors/platforms_support.h"
#include "collectors/websub.h"
#include "collectors/websub_door.h"
#include "collectors/websub_lease.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_offer(std::string_view link) {
  Capture capture;
  Header* header = capture.add_headers();
  header->set_name("link");
  header->set_value(to_valid_utf8(link));
  const WebSubOffer offer = websub_offer(capture, Account());
  require(offer.hubs.size() <= 8, "few hubs");
  for (const std::string& hub : offer.hubs) require(is_http_url(hub), "a hub is at an http(s) URL", hub);
  require(offer.topic.empty() || is_http_url(offer.topic), "a topic is at an http(s) URL", offer.topic);
}

void check_question(std::string_view query) {
  const auto question = read_websub_question(query);
  if (!question.ok()) return;
  require(!question->topic.empty(), "a question has a topic");
  require_utf8(question->reason, "a reason");
  const bool denied = question->mode == WebSubMode::kDenied;
  require(denied == question->challenge.empty(), "all but denials have a challenge");
  require((question->mode == WebSubMode::kSubscribe) == (question->lease > absl::ZeroDuration()),
          "a subscription has a lease, and nothing else has");
  WebSubSubscription asked;
  asked.topic = question->topic;
  require(answer_websub_question(*question, asked, question->mode).ok(), "what was asked for is answered");
  asked.topic += "x";
  require(!answer_websub_question(*question, asked, question->mode).ok(), "another topic is not");
}

// A stranger who even knows the address.
void check_door(std::string_view signature, std::string_view text) {
  WebSubDoor door({"https://desk.example/websub/", "a key that no seed knows"});
  const WebSubSubscription asked = door.home().subscription(
      "feed:city.example/feed", {"https://hub.example/", "https://city.example/feed"});
  door.open();
  door.expect(asked, WebSubMode::kSubscribe);
  ServerRequest request;
  request.method = "GET";
  request.path = str_cat("/websub/", websub_name(asked));
  request.query = std::string(text);
  const ServerResponse answer = door.answer(request);
  require(answer.status == 200 || answer.status == 400 || answer.status == 404, "an answer to a question");
  require(door.take_words().size() == (answer.status == 200 ? 1U : 0U), "what was answered is told");
  request.method = "POST";
  request.body = std::string(text);
  request.headers.push_back({"X-Hub-Signature", std::string(signature)});
  require(door.answer(request).status == 202, "a forger learns nothing");
  require(!door.take_delivery(), "nobody guesses a signature");
  request.path = str_cat("/websub/", text);
  if (text.find(websub_name(asked)) == std::string_view::npos)
    require(door.answer(request).status == 404, "nobody guesses an address");
}

void check_lease(std::string_view text) {
  AccountState state;
  (*state.mutable_profile()->mutable_details())["websub"] = to_valid_utf8(text);
  const WebSubLease lease = websub_lease(state);
  set_websub_lease(lease, &state);
  const WebSubLease again = websub_lease(state);
  if (lease.source && lease.until != absl::InfinitePast())
    require(again.source == lease.source && again.until == lease.until && again.home == lease.home,
            "what is stored reads as it was");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(websub)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster::fuzz;
  std::string_view input = as_text(data, size);
  check_offer(take_line(input));
  const std::string_view signature = take_line(input);
  require(!copytaster::is_websub_signature(input, signature, "a secret that no seed knows"),
          "nobody guesses a signature");
  check_question(input);
  check_door(signature, input);
  check_lease(input);
  return 0;
}
