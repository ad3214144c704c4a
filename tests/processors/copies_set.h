// The labelled copies (tests/processors/copies/README.md) as items.
#pragma once

#include <string>
#include <vector>

#include "core/copytaster.pb.h"

namespace copytaster::testing {

struct LabelledCopies {
  std::string name;  // "fr-012"
  std::string kind;
  bool copies = false;  // else: apart
  std::vector<std::string> ids;
};

struct CopiesSet {
  std::vector<Item> items;  // in order of time
  std::vector<LabelledCopies> labels;
};

// All languages. The same alternative text stands for the same picture. Throws nothing; a test failure is
// added where a file does not read.
CopiesSet read_copies_set();

}  // namespace copytaster::testing
