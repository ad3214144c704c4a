// The fronts of items' ids, each once: "mastodon:https://city.example/users/mayor/statuses/" stands before
// all posts of one person, and is most of an id. Counted, so that a front is let go with the last id that has
// it. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace copytaster {

// How much of `id` is its front: up to and with the last of "/:?#=&", which platforms' own numbers never
// hold.
[[nodiscard]] std::size_t id_prefix_size(std::string_view id);

class IdPrefixes {
 public:
  IdPrefixes() = default;
  IdPrefixes(const IdPrefixes&) = delete;  // the look-up points into it
  IdPrefixes& operator=(const IdPrefixes&) = delete;

  // The prefix's number, for one more id that has it.
  [[nodiscard]] std::uint32_t take(std::string_view prefix);
  // One of its ids is gone.
  void give_back(std::uint32_t number);
  // Good until the last of its ids is given back.
  [[nodiscard]] std::string_view text(std::uint32_t number) const { return entries_[number].text; }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  struct Entry {
    std::string text;
    std::uint32_t ids = 0;  // that have it
  };
  struct Hash {
    using is_transparent = void;
    const std::deque<Entry>* entries;
    std::size_t operator()(std::string_view text) const;
    std::size_t operator()(std::uint32_t number) const { return (*this)((*entries)[number].text); }
  };
  struct Equal {
    using is_transparent = void;
    const std::deque<Entry>* entries;
    [[nodiscard]] std::string_view of(std::uint32_t number) const { return (*entries)[number].text; }
    [[nodiscard]] static std::string_view of(std::string_view text) { return text; }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return of(a) == of(b);
    }
  };

  std::deque<Entry> entries_;
  std::vector<std::uint32_t> free_;
  std::size_t text_bytes_ = 0;
  absl::flat_hash_set<std::uint32_t, Hash, Equal> numbers_{0, Hash{&entries_}, Equal{&entries_}};
};

}  // namespace copytaster
