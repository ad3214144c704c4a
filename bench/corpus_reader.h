// The corpus as the collector under test reads it, with a stopwatch that stands still while captures are
// made. One thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/corpus.h"
#include "bench/measures.h"
#include "collectors/catalog.h"
#include "core/copytaster.pb.h"
#include "core/status.h"

namespace copytaster {

// Begins stopped; counts only between go() and halt().
class Stopwatch {
 public:
  void go();
  void halt();
  [[nodiscard]] Measure measure(std::size_t posts) const;

 private:
  double wall_ = 0, cpu_ = 0;
};

[[nodiscard]] absl::Status expect_posts(std::size_t got, std::size_t wanted);

// The collector under test with an account whose first contact is over.
class CorpusReader {
 public:
  static constexpr std::size_t kWaitingCaptures = 16;

  absl::Status open();
  [[nodiscard]] const Account& account() const { return account_; }
  [[nodiscard]] Capture capture(const std::string& page) const;
  [[nodiscard]] absl::StatusOr<Parsed> parse(const Capture& capture) const {
    return collector_->parse(account_, capture);
  }

  // Parses the corpus and gives each page to `then`. Captures are made with the clock halted: their copy and
  // their SHA-256 belong to collecting. A few at a time, as they wait for a processor in the service.
  template <typename Then>
  [[nodiscard]] absl::StatusOr<Measure> measure(const Corpus& corpus, Then then) const {
    return run(corpus, [&](const std::vector<Capture>& captures, Stopwatch& watch, std::size_t* posts) {
      watch.go();
      for (const Capture& one : captures) {
        CT_ASSIGN_OR_RETURN(Parsed parsed, parse(one));
        *posts += parsed.items.size();
        CT_RETURN_IF_ERROR(then(parsed));
      }
      watch.halt();
      return absl::OkStatus();
    });
  }
  // The same in turns: what was parsed of these few stays until `end_turn` was given it, the clock halted,
  // and is let go with the clock running.
  template <typename Then, typename EndTurn>
  [[nodiscard]] absl::StatusOr<Measure> measure_turns(const Corpus& corpus, Then then,
                                                      EndTurn end_turn) const {
    return run(corpus, [&](const std::vector<Capture>& captures, Stopwatch& watch, std::size_t* posts) {
      std::vector<Parsed> all;
      all.reserve(captures.size());
      watch.go();
      for (const Capture& one : captures) {
        CT_ASSIGN_OR_RETURN(Parsed parsed, parse(one));
        *posts += parsed.items.size();
        all.push_back(std::move(parsed));
        CT_RETURN_IF_ERROR(then(all.back()));
      }
      watch.halt();
      end_turn(all);
      watch.go();
      all.clear();
      watch.halt();
      return absl::OkStatus();
    });
  }

 private:
  template <typename Turn>
  [[nodiscard]] absl::StatusOr<Measure> run(const Corpus& corpus, Turn turn) const {
    Stopwatch watch;
    std::size_t posts = 0;
    for (std::size_t page = 0; page < corpus.pages.size();) {
      std::vector<Capture> captures;
      for (; page < corpus.pages.size() && captures.size() < kWaitingCaptures; ++page)
        captures.push_back(capture(corpus.pages[page]));
      CT_RETURN_IF_ERROR(turn(captures, watch, &posts));
    }
    CT_RETURN_IF_ERROR(expect_posts(posts, corpus.posts));
    return watch.measure(posts);
  }

  Collectors collectors_;
  const Collector* collector_ = nullptr;
  Account account_;
};

}  // namespace copytaster
