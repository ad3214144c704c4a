// Two texts laid beside each other: processors/copy_diff.h. The input is both, with a line of "--" between.
#include "processors/copy_diff.h"
#include "processors/copy_verdict.h"
#include "processors/fingerprint.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_sums(const TextDiff& diff) {
  require(diff.shorter <= diff.longer, "the shorter is the shorter");
  require(diff.common + diff.missing <= diff.longer + TextDiff::kMostWords, "words are counted once");
  require(diff.common <= diff.longer, "what both have is not more than the longer has");
  require(diff.inside() >= 0 && diff.lengths() <= 1, "shares are shares");
}

void check_verdict(std::string_view a, std::string_view b, const TextDiff& diff) {
  const Sketch one = sketch_of("", a), other = sketch_of("", b);
  CopyEvidence evidence;
  evidence.text = match_texts(view_of(one), view_of(other));
  for (const bool same_person : {false, true}) {
    evidence.same_person = same_person;
    for (const CopyVerdict& verdict : {decide(evidence), verify(evidence, diff)}) {
      require(verdict.score >= 0 && verdict.score <= 1, "a score is a share");
      require((verdict.answer == CopyAnswerKind::kApart) == verdict.rule.empty(),
              "who answers names the rule");
    }
  }
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(copies)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view raw = as_text(data, size);
  const std::size_t divide = raw.find("\n--\n");
  const std::string_view a = raw.substr(0, divide);
  const std::string_view b = divide == std::string_view::npos ? raw : raw.substr(divide + 4);
  for (const char* language : {"", "fr", "ar", "none such"}) {
    const TextDiff diff = diff_texts(a, b, language);
    check_sums(diff);
    const TextDiff turned = diff_texts(b, a, language);
    require(diff.longer == turned.longer, "the order does not matter to the lengths");
    check_verdict(a, b, diff);
  }
  return 0;
}
