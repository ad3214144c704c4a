// The officials' names ready for look-up, in every script and case form. Built once per Officials.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/officials.h"
#include "processors/word_trie.h"

namespace copytaster {

struct OfficialNames {
  enum Kind : std::uint32_t {
    kExact = 0,
    kLatinCase = 1,  // a case form in Latin letters: only where the language has such ("Kliczką")
    kGenitive = 2,   // with a final "s": only in German, Dutch and the north ("Hidalgos")
    kSurname = 3,    // the last word of a longer name: only where the whole name stands too
  };
  // Value: index into Officials::all() times four, plus the kind.
  PhraseTable names;
  // The places of the officials' roles, exact. Value: official's index times 256, plus the role's.
  PhraseTable role_places;
};

// Builds what belongs to `officials` on first use. Kept until this object dies; any thread.
class OfficialNamesOf {
 public:
  [[nodiscard]] const OfficialNames& of(const Officials& officials) const;

 private:
  struct Entry;
  mutable std::atomic<const Entry*> newest_{nullptr};
  mutable std::mutex mutex_;
  mutable std::vector<std::shared_ptr<const Entry>> entries_;
};

}  // namespace copytaster
