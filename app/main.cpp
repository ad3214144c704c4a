#include "app/command_line.h"
#include "bench/bench_command.h"

int main(int argc, char** argv) { return copytaster::run_command_line(argc, argv, {copytaster::add_bench}); }
