// The rehearsal day as items, without servers: what the collectors make of it, near enough for the steps.
// Pictures are painted from noise, one scene a name, and really cut and hashed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/officials.h"

namespace copytaster::testing {

struct RehearsalDay {
  Officials officials;
  std::vector<Item> items;                 // in order of time; edited posts in their last form
  std::map<std::string, std::string> ids;  // key of the post -> item id
};

// Empty items when the files cannot be read.
RehearsalDay load_rehearsal_day();

}  // namespace copytaster::testing
