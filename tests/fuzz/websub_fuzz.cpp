// What hubs send: collectors/websub.h. The first line is a Link header, the second a signature, the rest a
// query.
#include "collectors/platforms_support.h"
#include "collectors/websub.h"
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
  return 0;
}
