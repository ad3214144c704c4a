// What a quotation's speaker is called: the official, the person mentioned, whom a pronoun means, or the
// words of the post.
#pragma once

#include <vector>

#include "core/copytaster.pb.h"
#include "processors/quote_antecedent.h"
#include "processors/quote_speaker.h"

namespace copytaster {

class SpeakerNames {
 public:
  // `author`: the official whose post it is; null where it is nobody's, or a body's. `spans`: what stands
  // between marks, in order. The rest as in QuoteGround; all of it outlives this.
  SpeakerNames(const QuoteGround& ground, const Item& item, const Official* author,
               const std::vector<QuotedSpan>& spans)
      : ground_(ground), item_(item), author_(author), antecedents_(ground, item, spans) {}

  // Fills what is known of the speaker; true when it is a name. A pronoun that is not safe stays as it is.
  bool fill(const SpokenBy& by, Speaker* out) const;
  // The official whose post it is, with the role of the day. `author` must not be null.
  void fill_author(Speaker* out) const;

 private:
  [[nodiscard]] const Mention* mention_in(WordRange subject) const;

  const QuoteGround& ground_;
  const Item& item_;
  const Official* author_;
  const Antecedents antecedents_;
};

}  // namespace copytaster
