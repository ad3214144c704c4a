// fuzz_test: every seed of every target, and seeded mutations of each, through the target. No fuzzer needed.
//
//   fuzz_test [--target NAME] [--seed N] [--rounds N] [FOLDER_OR_FILE…]
//
// Folders and files replace the target's own seeds (--rounds 0 runs them as they are: how a finding is
// repeated). A violated property or a sanitizer ends the program, and leaves the input in
// fuzz-finding-<target>. An input that takes too long is counted as failed.
#include <algorithm>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>

#include "core/strings.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/targets.h"

// There under AddressSanitizer only.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace copytaster::fuzz {
namespace {

namespace fs = std::filesystem;

// Of processor time, so that a busy machine changes nothing: some hundred times what the slowest needs.
constexpr double kMostSeconds = 4;

struct Options {
  std::uint64_t seed = std::random_device{}();
  std::optional<std::size_t> rounds;
  std::string target;
  std::vector<std::string> paths;
};

struct Result {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

struct Running {
  std::string_view target;
  std::string_view input;
  std::string_view from;
};
Running running;

void write_finding() {
  const std::string path = str_cat("fuzz-finding-", running.target);
  std::ofstream(path, std::ios::binary) << running.input;
  std::fprintf(stderr, "fuzz: target %s, from %s: the input is in %s\n", std::string(running.target).c_str(),
               std::string(running.from).c_str(), path.c_str());
}

std::string read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// What stands beside a collector's input and is none.
bool is_seed(const fs::path& path) {
  static constexpr std::string_view kOthers[] = {"capture.json", "expected.json", "profile.txt"};
  return std::ranges::find(kOthers, path.filename().string()) == std::end(kOthers);
}

std::vector<fs::path> files_of(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const std::string& path : paths) {
    if (fs::is_regular_file(path)) files.emplace_back(path);
    if (!fs::is_directory(path)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && is_seed(entry.path())) files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void run_one(const Target& target, const std::string& input, const std::string& from, Result& result) {
  running = {target.name, input, from};
  const double start = processor_seconds();
  // A copy of exactly this size: reading one byte too far is then seen by AddressSanitizer.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  target.run(bytes.data(), bytes.size());
  const double took = processor_seconds() - start;
  if (took <= kMostSeconds) {
    ++result.passed;
    return;
  }
  ++result.failed;
  std::fprintf(stderr, "fuzz: %zu bytes took %.1f s\n", input.size(), took);
  write_finding();
}

Result run_target(const Target& target, const Options& options) {
  Result result;
  std::vector<std::string> paths = options.paths;
  if (paths.empty()) {
    paths.push_back(str_cat(COPYTASTER_SOURCE_DIR, "/tests/fuzz/corpus/", target.name));
    if (!target.more_seeds.empty()) paths.push_back(str_cat(COPYTASTER_SOURCE_DIR, "/", target.more_seeds));
  }
  const std::vector<fs::path> files = files_of(paths);
  std::vector<std::string> seeds;
  for (const fs::path& file : files) seeds.push_back(read_bytes(file));
  if (seeds.empty()) {
    std::fprintf(stderr, "fuzz: target %s has no seed\n", std::string(target.name).c_str());
    ++result.failed;
  }
  const double start = processor_seconds();
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    const std::string name = files[i].string();
    run_one(target, seeds[i], name, result);
    for (std::size_t round = 0; round < options.rounds.value_or(target.rounds); ++round) {
      // Of these alone, so that a new seed elsewhere changes nothing here.
      Random random(options.seed ^
                    stable_hash(str_cat(target.name, "/", files[i].filename().string(), "/", round)));
      const std::string input = mutate(seeds[i], seeds, target.most_bytes, random);
      run_one(target, input, str_cat(name, ", round ", round), result);
    }
  }
  std::printf("%-16s %4zu seeds %7zu inputs %7.2f s\n", std::string(target.name).c_str(), seeds.size(),
              result.passed + result.failed, processor_seconds() - start);
  std::fflush(stdout);
  return result;
}

int usage() {
  std::fputs("fuzz_test [--target NAME] [--seed N] [--rounds N] [FOLDER_OR_FILE...]\n", stderr);
  return 64;
}

bool read_options(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (!word.starts_with("--")) {
      options.paths.emplace_back(word);
      continue;
    }
    if (++i == argc) return false;
    const std::string_view value = argv[i];
    const auto number = parse_number<std::uint64_t>(value);
    if (word == "--target") {
      options.target = value;
    } else if (word == "--seed" && number) {
      options.seed = *number;
    } else if (word == "--rounds" && number) {
      options.rounds = static_cast<std::size_t>(*number);
    } else {
      return false;
    }
  }
  return options.paths.empty() || !options.target.empty();
}

int run(int argc, char** argv) {
  Options options;
  if (!read_options(argc, argv, options)) return usage();
  before_abort = write_finding;
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(write_finding);
  std::printf("seed %llu\n", static_cast<unsigned long long>(options.seed));
  std::fflush(stdout);
  Result all;
  for (const Target& target : kTargets) {
    if (!options.target.empty() && target.name != options.target) continue;
    const Result one = run_target(target, options);
    all.passed += one.passed;
    all.failed += one.failed;
  }
  if (all.passed + all.failed == 0) return usage();  // no such target
  std::printf("%zu passed, %zu failed\n", all.passed, all.failed);
  return all.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace copytaster::fuzz

int main(int argc, char** argv) { return copytaster::fuzz::run(argc, argv); }
