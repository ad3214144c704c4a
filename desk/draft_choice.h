// Which sentences of a post a draft reports: those that say most, and with each the ones it points back to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "core/copytaster.pb.h"
#include "core/text.h"
#include "desk/told_sentences.h"

namespace copytaster {

// Whether a sentence could be reported or be a headline at all: no hashtags, no line that credits a
// photographer ("Photo: …"), no mark of a film's chapter ("0:00 …").
[[nodiscard]] bool is_sentence_of_its_own(std::string_view sentence);
// That, and neither so short that it says nothing nor so long that nobody reads it.
[[nodiscard]] bool is_worth_reading(std::string_view sentence);
// "Photo: Jane Roe", "Foto: …", "© …", in ten languages.
[[nodiscard]] bool is_credit_line(std::string_view sentence);

struct ChosenSentence {
  Span span;         // of Item.text
  bool gap = false;  // sentences between the one chosen before it and this one are left out
};

// Of one draft: remembers what was chosen. Not thread-safe; the quotes outlive it.
class SentenceChoice {
 public:
  // The quotes are shown elsewhere in the draft, so that nothing of them is chosen.
  explicit SentenceChoice(const std::vector<Block>& quotes);

  // At most `most`, in the order of the post. A sentence that points back (points_back.h) is chosen with the
  // sentence before it, which may be one more (two a post), or not at all. Where no sentence is long enough,
  // a short post as a whole.
  [[nodiscard]] std::vector<ChosenSentence> choose(const Item& item, const std::string& poster,
                                                   std::size_t most);

 private:
  struct Sentence;
  [[nodiscard]] std::vector<Sentence> read(const Item& item, const std::string& poster) const;
  [[nodiscard]] double worth_of(const Item& item, Span span, bool opening) const;
  [[nodiscard]] std::vector<ChosenSentence> whole_of(const Item& item, const std::string& poster,
                                                     const std::vector<Sentence>& all) const;
  void remember(const Item& item, const std::string& poster, const std::vector<ChosenSentence>& chosen);

  const std::vector<Block>& quotes_;
  ToldSentences told_before_;
  absl::flat_hash_set<std::string> told_names_;
};

}  // namespace copytaster
