// copytaster bench: posts a second on a seeded corpus, for each part of the path.
#pragma once

namespace CLI {
class App;
}

namespace copytaster {

void add_bench(CLI::App& app, int* exit);

}  // namespace copytaster
