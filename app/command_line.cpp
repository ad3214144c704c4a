#include "app/command_line.h"

namespace copytaster {

int run_command_line(int, char**) { return 64; }

}  // namespace copytaster
