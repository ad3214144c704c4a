// Why two posts are one statement, or are not: every rule with what it needs and what it found. Made from
// what is stored, so it can be asked for years later; the answer is that of today's rules and of the editors.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/copytaster.pb.h"
#include "processors/copy_judgements.h"
#include "processors/dedupe.h"

namespace copytaster {

struct ExplainedRule {
  std::string rule;
  bool holds = false;
  std::string why;
};

struct CopyExplanation {
  Item items[2];      // as stored
  std::string shown;  // id of the post that is shown for both; empty: they are not folded together
  CopyVerdict verdict;
  std::optional<CopyJudgement> editor;  // that holds, whatever the rules say
  CopyEvidence evidence;
  TextDiff diff;
  std::vector<ExplainedRule> rules;
};

// `root_of` gives the id of the post that is shown for one.
[[nodiscard]] CopyExplanation explain_copies(const Item& a, const Item& b, std::string_view root_a,
                                             std::string_view root_b, const CopyJudgement* editor);

// {"items":[{"id","name","platform","at","words","shown"}], "folded", "shown", "answer", "rule", "score",
//  "reason", "editor":{"by","at","same"}, "figures":{…}, "rules":[{"rule","holds","why"}]}
[[nodiscard]] std::string to_json(const CopyExplanation& explanation);
// For a terminal.
[[nodiscard]] std::string to_text(const CopyExplanation& explanation);

}  // namespace copytaster
