// Who a name in a question stands for. Pure.
#pragma once

#include <string_view>

#include "core/strings.h"
#include "rehearsal/day.h"

namespace copytaster::rehearsal {

// By its handle, in whatever case. Null: nobody plays there under that name.
[[nodiscard]] inline const PlayedAccount* find_by_handle(const Day& day, Platform platform,
                                                         std::string_view handle) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform == platform && equals_ignore_case(account.handle, handle)) return &account;
  }
  return nullptr;
}

}  // namespace copytaster::rehearsal
