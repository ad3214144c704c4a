// Whether two posts are one statement, from the figures about them. Two thresholds: above the upper one they
// are folded, between the two an editor is asked.
//
// First by hashes (decide), which only finds who is worth a second look; then on the texts themselves
// (verify), where these can be read. Where they cannot, the hashes' stricter thresholds must do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "processors/copy_diff.h"
#include "processors/dedupe_text.h"

namespace copytaster {

// What speaks for and against two posts being one statement.
struct CopyEvidence {
  TextMatch text;
  bool same_person = false;
  bool same_platform = false;
  bool same_link = false;
  bool same_page = false;   // both are of feeds, and that link is their own address
  bool other_link = false;  // on one platform, and both have one, which differ
  bool bare = false;        // no link, no "RT @": nothing but its words
  int shared_pictures = 0;
  std::int64_t seconds_apart = 0;
};

inline constexpr std::uint32_t kLeastWordsOfCopy = 5;  // fewer say nothing of who copied whom

enum class CopyAnswerKind : std::uint8_t { kApart, kAsk, kFold };

struct CopyVerdict {
  CopyAnswerKind answer = CopyAnswerKind::kApart;
  std::string_view rule;  // dedupe.h; empty when apart
  double score = 0;       // 0…1
  std::string reason;
  [[nodiscard]] bool folds() const { return answer == CopyAnswerKind::kFold; }
  [[nodiscard]] bool asks() const { return answer == CopyAnswerKind::kAsk; }
};

// By hashes alone.
[[nodiscard]] CopyVerdict decide(const CopyEvidence& evidence);
// Whether the texts are worth laying beside each other.
[[nodiscard]] bool is_worth_verifying(const CopyEvidence& evidence);
// By the texts themselves.
[[nodiscard]] CopyVerdict verify(const CopyEvidence& evidence, const TextDiff& diff);
// Where the words say too little: what one person shows on another platform within half a day, under hardly a
// word. An editor is asked.
[[nodiscard]] CopyVerdict decide_by_picture(const CopyEvidence& evidence);
// Whether the texts, much alike as they may be, cannot both be one statement: "not", other figures, another
// name in one form. What contradicts the item that a group shows is not put into that group through its
// copies.
[[nodiscard]] bool contradicts(const TextDiff& diff);

// "apart", "ask", "fold".
[[nodiscard]] std::string_view name_of(CopyAnswerKind answer);

}  // namespace copytaster
