// The command line (docs/architecture.md). Exit codes follow sysexits: exit_code in app/command.h.
#pragma once

#include <initializer_list>

#include "app/command.h"

namespace copytaster {

// `more`: commands of rooms that stand on top of app.
int run_command_line(int argc, char** argv, std::initializer_list<AddCommand> more);

}  // namespace copytaster
