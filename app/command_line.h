// The command line (architecture §8). Exit codes follow sysexits: 0 done, 64 usage, 65 bad input data,
// 66 no such input, 69 unavailable, 70 a bug, 73 cannot create, 74 I/O, 77 not permitted, 78 bad settings.
#pragma once

#include <initializer_list>

#include "app/command.h"

namespace copytaster {

// `more`: commands of rooms that stand on top of app.
int run_command_line(int argc, char** argv, std::initializer_list<AddCommand> more);

}  // namespace copytaster
