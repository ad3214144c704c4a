#include "bench/bench_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "bench/copies.h"
#include "bench/copies_quality.h"
#include "bench/crowd.h"
#include "bench/crowd_town.h"
#include "bench/measures.h"
#include "bench/pictures.h"
#include "core/json.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

struct BenchOptions {
  bool json = false;
  bool quick = false;
  std::size_t posts = 0;
  std::uint64_t seed = 1;
  int rounds = 3;
  std::string folder;
  std::vector<std::string> only;  // empty: everything
  std::size_t copies = 0, pictures = 0;
  std::string write_corpus;
  std::string quality;
  std::size_t accounts = 0, play_accounts = 0;
  int minutes = 15;
};

constexpr std::size_t kMostRestored = 100'000;

bool wants(const BenchOptions& options, std::string_view what) {
  return options.only.empty() || std::ranges::find(options.only, what) != options.only.end();
}

struct Results {
  Corpus corpus;
  double fdatasync_ms = 0;
  Measure parse, parse_and_dedupe, by_hashes, durable_1, durable_2;
  RestoreCost restore;
  std::vector<StepCost> steps;
  std::vector<CopiesCost> copies;
};

// The round in the middle: these machines are noisy.
template <typename Work>
absl::StatusOr<Measure> median(int rounds, Work work) {
  std::vector<Measure> all;
  for (int i = 0; i < rounds; ++i) {
    CT_ASSIGN_OR_RETURN(const Measure one, work());
    all.push_back(one);
  }
  std::ranges::sort(all, {}, &Measure::posts_per_second);
  return all[all.size() / 2];
}

class Scratch {
 public:
  explicit Scratch(const std::string& base) : base_(base) {}
  ~Scratch() {
    std::error_code error;
    for (int i = 0; i < number_; ++i) std::filesystem::remove_all(path(i), error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string next() {
    std::error_code error;
    if (number_ > 0) std::filesystem::remove_all(path(number_ - 1), error);
    std::filesystem::create_directories(path(number_), error);
    return path(number_++);
  }

 private:
  [[nodiscard]] std::string path(int i) const {
    return str_cat(base_, "/copytaster-bench-", ::getpid(), "-", i);
  }
  std::string base_;
  int number_ = 0;
};

absl::StatusOr<Results> measure_all(const BenchOptions& options) {
  Results results;
  CorpusOptions corpus;
  corpus.seed = options.seed;
  corpus.posts = options.posts > 0 ? options.posts : (options.quick ? 12'000 : 200'000);
  results.corpus = make_corpus(corpus);
  std::error_code error;
  Scratch scratch(options.folder.empty() ? std::filesystem::temp_directory_path(error).string()
                                         : options.folder);
  const Corpus& posts = results.corpus;
  CT_ASSIGN_OR_RETURN(results.fdatasync_ms, measure_fdatasync(scratch.next()));
  if (wants(options, "parse")) {
    CT_ASSIGN_OR_RETURN(results.parse, median(options.rounds, [&] { return measure_parse(posts); }));
  }
  if (wants(options, "dedupe")) {
    CT_ASSIGN_OR_RETURN(results.parse_and_dedupe,
                        median(options.rounds, [&] { return measure_parse_and_dedupe(posts); }));
    CT_ASSIGN_OR_RETURN(results.by_hashes,
                        median(options.rounds, [&] { return measure_parse_and_dedupe_by_hashes(posts); }));
  }
  if (wants(options, "durable")) {
    const auto durable = [&](int threads) { return measure_durable_path(posts, threads, scratch.next()); };
    CT_ASSIGN_OR_RETURN(results.durable_1, median(options.rounds, [&] { return durable(1); }));
    CT_ASSIGN_OR_RETURN(results.durable_2, median(options.rounds, [&] { return durable(2); }));
  }
  if (wants(options, "restore")) {
    CT_ASSIGN_OR_RETURN(results.restore,
                        measure_restore(posts, kMostRestored, options.rounds, scratch.next()));
  }
  if (wants(options, "steps")) {
    CT_ASSIGN_OR_RETURN(results.steps, measure_steps(posts));
  }
  if (wants(options, "copies")) {
    CT_ASSIGN_OR_RETURN(results.copies, measure_copies(options.quick ? 100'000 : 1'000'000, options.seed));
  }
  return results;
}

void write(JsonWriter& json, const Measure& measure) {
  json.begin_object().member("posts_per_second", measure.posts_per_second);
  json.member("cpu_microseconds_per_post", measure.cpu_microseconds_per_post)
      .member("posts", std::uint64_t{measure.posts});
  if (measure.fdatasync_milliseconds > 0)
    json.member("fdatasync_milliseconds", measure.fdatasync_milliseconds);
  if (measure.texts_read > 0) json.member("texts_read", std::uint64_t{measure.texts_read});
  json.end_object();
}

std::string as_json(const Results& results, const BenchOptions& options) {
  JsonWriter json;
  json.begin_object()
      .key("corpus")
      .begin_object()
      .member("seed", options.seed)
      .member("posts", std::uint64_t{results.corpus.posts});
  json.member("exact_copies", std::uint64_t{results.corpus.exact})
      .member("near_copies", std::uint64_t{results.corpus.near});
  json.member("bytes", std::uint64_t{results.corpus.bytes}).end_object().member("rounds", options.rounds);
  json.member("fdatasync_milliseconds", results.fdatasync_ms);
  json.key("parse").begin_object().key("threads_1");
  write(json, results.parse);
  json.end_object().key("parse_dedupe").begin_object().key("threads_1");
  write(json, results.parse_and_dedupe);
  json.end_object().key("parse_dedupe_by_hashes").begin_object().key("threads_1");
  write(json, results.by_hashes);
  json.end_object().key("durable_path").begin_object().key("threads_1");
  write(json, results.durable_1);
  json.key("threads_2");
  write(json, results.durable_2);
  json.end_object().key("restore").begin_object().key("restored");
  write(json, results.restore.restored);
  json.key("passed");
  write(json, results.restore.passed);
  json.end_object().key("steps_microseconds_per_post").begin_object();
  for (const StepCost& cost : results.steps) json.member(cost.step, cost.microseconds_per_post);
  json.end_object().key("copies").begin_array();
  for (const CopiesCost& cost : results.copies) {
    json.begin_object()
        .member("posts", std::uint64_t{cost.posts})
        .member("look_up_microseconds", cost.look_up);
    json.member("remember_microseconds", cost.remember)
        .member("bytes_a_post", cost.bytes_a_post)
        .end_object();
  }
  return json.end_array().end_object().text() + "\n";
}

std::string row(std::string_view name, const Measure& measure) {
  if (measure.posts == 0) return "";  // not asked for
  char line[160];
  std::snprintf(line, sizeof line, "%-28s %12.0f posts/s %10.2f µs CPU a post", std::string(name).c_str(),
                measure.posts_per_second, measure.cpu_microseconds_per_post);
  std::string out = line;
  if (measure.fdatasync_milliseconds > 0) {
    std::snprintf(line, sizeof line, "  (fdatasync just before: %.3f ms)", measure.fdatasync_milliseconds);
    out += line;
  }
  if (measure.texts_read > 0) {
    std::snprintf(line, sizeof line, "  (%.2f earlier texts read a post)",
                  static_cast<double>(measure.texts_read) / static_cast<double>(measure.posts));
    out += line;
  }
  return out + "\n";
}

std::string as_text(const Results& results, const BenchOptions& options) {
  const Corpus& c = results.corpus;
  std::string out = str_cat(c.posts, " posts (seed ", options.seed, "), ",
                            c.bytes / std::max<std::size_t>(c.posts, 1), " bytes of JSON a post, ", c.exact,
                            " exact and ", c.near, " near copies; median of ", options.rounds, "\n");
  out += row("parse, 1 thread", results.parse) + row("parse + dedupe, 1 thread", results.parse_and_dedupe);
  out += row("  by hashes alone", results.by_hashes);
  out += row("durable path, 1 thread", results.durable_1) + row("durable path, 2 threads", results.durable_2);
  out += row("start: restored, 1 thread", results.restore.restored);
  out += row("start: passed over", results.restore.passed);
  char line[160];
  std::snprintf(line, sizeof line, "%-28s %12.3f ms (median of 101, 4 KiB)\n", "write + fdatasync",
                results.fdatasync_ms);
  out += line;
  if (!results.copies.empty()) out += "copies remembered:\n" + as_text(results.copies);
  if (results.steps.empty()) return out;
  double sum = 0;
  for (const StepCost& cost : results.steps) {
    std::snprintf(line, sizeof line, "  step %-22s %12.2f µs CPU a post\n", cost.step.c_str(),
                  cost.microseconds_per_post);
    out += line;
    sum += cost.microseconds_per_post;
  }
  std::snprintf(line, sizeof line, "  %-27s %12.2f µs CPU a post\n", "stateless steps together", sum);
  return out + line;
}

absl::Status bench_accounts(const BenchOptions& options) {
  std::error_code error;
  Scratch scratch(options.folder.empty() ? std::filesystem::temp_directory_path(error).string()
                                         : options.folder);
  CrowdOptions crowd;
  crowd.accounts = options.accounts;
  crowd.time = absl::Minutes(options.minutes);
  crowd.folder = scratch.next();
  CT_ASSIGN_OR_RETURN(const CrowdResult result, measure_crowd(crowd));
  return print(as_text(result));
}

absl::Status bench_copies(const BenchOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::vector<CopiesCost> costs, measure_copies(options.copies, options.seed));
  return print(as_text(costs));
}

void write(JsonWriter& json, const CopiesQuality& quality) {
  json.begin_object().member("recall", quality.recall()).member("precision", quality.precision());
  json.member("posts", std::uint64_t{quality.posts}).member("found", std::uint64_t{quality.found});
  json.member("missed", std::uint64_t{quality.missed}).member("wrong", std::uint64_t{quality.wrong});
  json.member("asked", std::uint64_t{quality.asked})
      .member("asked_about_copies", std::uint64_t{quality.asked_right})
      .end_object();
}

absl::Status bench_quality(const BenchOptions& options) {
  CT_ASSIGN_OR_RETURN(const LabelledSet set, read_labelled_copies(options.quality));
  CT_ASSIGN_OR_RETURN(const CopiesQuality by_time, measure_copies_quality(set, set.items));
  CT_ASSIGN_OR_RETURN(const CopiesQuality as_polled,
                      measure_copies_quality(set, as_polling_brings_them(set, options.seed)));
  if (!options.json) {
    return print(headline("in the order of time", by_time) + "\n" + details(by_time) +
                 headline(str_cat("as polling brings them (seed ", options.seed, ")"), as_polled) + "\n" +
                 details(as_polled));
  }
  JsonWriter json;
  json.begin_object().key("copies").begin_object().key("by_time");
  write(json, by_time);
  json.key("as_polled");
  write(json, as_polled);
  return print(json.member("seed", options.seed).end_object().end_object().text() + "\n");
}

// A page a line, for the peers (bench/peers).
absl::Status write_corpus(const BenchOptions& options) {
  CorpusOptions corpus;
  corpus.seed = options.seed;
  corpus.posts = options.posts > 0 ? options.posts : 20'000;
  std::string lines;
  for (const std::string& page : make_corpus(corpus).pages) str_append(&lines, page, "\n");
  return write_file(options.write_corpus, lines);
}

absl::Status bench(const BenchOptions& options) {
  configure_log({LogLevel::kError, LogFormat::kAuto, 2});
  if (options.play_accounts > 0) return play_crowd(options.play_accounts);
  if (options.accounts > 0) return bench_accounts(options);
  if (options.copies > 0) return bench_copies(options);
  if (options.pictures > 0) return print(as_text(measure_pictures(options.pictures, options.seed)));
  if (!options.quality.empty()) return bench_quality(options);
  if (!options.write_corpus.empty()) return write_corpus(options);
  CT_ASSIGN_OR_RETURN(const Results results, measure_all(options));
  return print(options.json ? as_json(results, options) : as_text(results, options));
}

}  // namespace

void add_bench(CLI::App& app, int* exit) {
  auto options = std::make_shared<BenchOptions>();
  auto* command = app.add_subcommand("bench", "Measure posts a second on a seeded corpus");
  command->add_flag("--json", options->json, "JSON");
  command->add_flag("--quick", options->quick, "A small corpus: under a minute");
  command->add_option("--posts", options->posts, "Posts in the corpus (default 200000, quick 12000)");
  command->add_option("--seed", options->seed, "Seed of the corpus")->capture_default_str();
  command->add_option("--rounds", options->rounds, "Rounds; the median is shown")
      ->capture_default_str()
      ->check(CLI::Range(1, 99));
  command->add_option("--folder", options->folder,
                      "Where the stores are written (default: the temporary folder)");
  command->add_option("--only", options->only, "Only these: parse, dedupe, durable, restore, steps, copies")
      ->check(CLI::IsMember({"parse", "dedupe", "durable", "restore", "steps", "copies"}))
      ->delimiter(',');
  command
      ->add_option("--copies", options->copies,
                   "Instead: what memory for copies costs with so many posts, 10000000 at most")
      ->check(CLI::Range(1, 10'000'000));
  command
      ->add_option("--pictures", options->pictures,
                   "Instead: what memory for pictures costs with so many, 10000000 at most")
      ->check(CLI::Range(1000, 10'000'000));
  command->add_option("--quality", options->quality,
                      "Instead: recall and precision on labelled copies, a file or a folder as "
                      "tests/processors/copies");
  command->add_option("--write-corpus", options->write_corpus,
                      "Instead: write the corpus to this file, a page of JSON a line");
  command
      ->add_option("--accounts", options->accounts,
                   "Instead: poll so many accounts from a server on loopback, in real time")
      ->check(CLI::Range(1, 200'000));
  command->add_option("--minutes", options->minutes, "How long, with --accounts")
      ->capture_default_str()
      ->check(CLI::Range(1, 600));
  command->add_option("--play-accounts", options->play_accounts, "The server of --accounts")->group("");
  command->callback([options, exit] {
    const absl::Status done = bench(*options);
    *exit = done.ok() ? exit_code::kOk : report(done);
  });
}

}  // namespace copytaster
