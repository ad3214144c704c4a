// What an editor would print of a post, as a labelled set such as tests/processors/printable says it (its
// README tells what is in the files): captions, credits, who is credited for what is passed on, and who said
// what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct WantedCaption {
  bool judged = false;             // false: an editor may print one or none
  std::vector<std::string> texts;  // any of them will do; empty: none is to be printed
  std::string origin;              // as Caption.origin; empty with no texts
};

struct WantedCredit {
  std::vector<std::string> lines;  // whole credit lines; any of them will do. Never empty
  std::string name;                // the name credited in the first of them
};

struct WantedStatement {
  std::string text;                   // as it stands in Item.text, without its quotation marks
  std::vector<std::string> speakers;  // any of them; an empty one: nobody is to be named
};

struct PrintablePost {
  std::string name;      // "fr-012"
  std::string language;  // "fr": of the file
  std::string kind;
  std::string split;  // "seen" or "held"
  std::vector<Official> officials;
  Item item;                                    // the collector's half
  std::vector<WantedCaption> captions;          // of Item.media, in its order
  std::vector<WantedCaption> related_captions;  // of the pictures of the post that is passed on or quoted
  WantedCredit credit;
  std::vector<WantedCredit> picture_credits, related_credits;
  std::vector<WantedStatement> statements;
  std::vector<std::string> not_quotes;  // in quotation marks, but nobody's words
  std::string first_person;             // the official whose own words may be proposed; empty: not judged
};

// A file, or all files of a folder whose names end in .jsonl. An error names file and line: what cannot be
// read, labels that do not fit the pictures of their post, statements that are not in its text.
[[nodiscard]] absl::StatusOr<std::vector<PrintablePost>> read_printable_posts(const std::string& path);

}  // namespace copytaster
