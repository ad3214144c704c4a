// Preview pages of t.me: collectors/telegram.cpp, and the outline it reads them by.
#include "collectors/html_outline.h"
#include "collectors/platforms.h"
#include "tests/fuzz/collector_target.h"

namespace copytaster::fuzz {
namespace {

// Elements stand in the order of the document, each inside the one around it and inside the bytes.
void check_outline(std::string_view html) {
  const auto page = HtmlOutline::read(html);
  if (!page.ok()) return;
  const auto& elements = page->elements();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const HtmlElement& element = elements[i];
    require(element.after > i && element.after <= elements.size(), "descendants follow");
    require(element.begin < element.inner_begin && element.inner_begin <= element.inner_end &&
                element.inner_end <= html.size(),
            "an element is inside the bytes");
    if (element.after > i + 1) {
      const HtmlElement& last = elements[element.after - 1];
      require(last.inner_end <= element.inner_end, "a descendant is inside");
    }
  }
}

// A post asked again: what the page proves of it.
void check_reread(std::string_view html) {
  static const auto kCollector = make_telegram({});
  static const Account kAccount = *kCollector->recognise("https://t.me/lahodyn_rada");
  Capture capture = answer(html);
  capture.set_purpose(REREAD);
  capture.set_native_id("lahodyn_rada/101");
  const auto parsed = kCollector->parse(kAccount, capture);
  if (!parsed.ok()) return;
  const std::string faults = faults_of(*parsed, kAccount, capture);
  require(faults.empty(), "a reread is without faults", faults);
  require(parsed->deletions.empty() || parsed->items.empty(), "what is shown is not gone");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(telegram)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("telegram", "https://t.me/lahodyn_rada");
  const std::string_view body = copytaster::fuzz::as_text(data, size);
  copytaster::fuzz::check_outline(body);
  copytaster::fuzz::check_reread(body);
  kTarget.run(body);
  return 0;
}
