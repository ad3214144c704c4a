// What stands in quotation marks and is nobody's statement: what is read, sung or played, and what only is
// called so. Ten languages.
#pragma once

#include "processors/quote_subject.h"

namespace copytaster {

// Of one post; `ground` outlives it.
class NamedWorks {
 public:
  explicit NamedWorks(const QuoteGround& ground) : ground_(ground), scan_(ground.scan) {}

  // "sang “…”", "lu aux enfants « … »", "„…“ vorgelesen", "the so-called “…”". `cue`: the verb of saying that
  // was found, empty for none; it stands farther off than what makes it a work, or is that. [first, last):
  // the words inside the marks. "read from the statement: “…”" and "the sign reads “…”" are no works.
  [[nodiscard]] bool is_work(WordRange cue, std::size_t first, std::size_t last) const;

 private:
  [[nodiscard]] Gap gap(std::size_t i) const { return scan_.words[i].gap; }
  [[nodiscard]] bool follows_so_called(std::size_t first) const;
  [[nodiscard]] bool is_performed(WordRange cue, std::size_t first) const;
  [[nodiscard]] bool is_performed_behind(WordRange cue, std::size_t first, std::size_t last) const;
  [[nodiscard]] bool tells_of_writing(std::size_t begin, std::size_t first) const;
  [[nodiscard]] bool leads_with(std::size_t first, std::string_view signs) const;

  const QuoteGround& ground_;
  const WordScan& scan_;
};

}  // namespace copytaster
