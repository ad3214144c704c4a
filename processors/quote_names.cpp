#include "processors/quote_names.h"

#include <string>

#include "core/item.h"
#include "core/officials.h"
#include "core/time.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

void fill_from(const Mention& person, Speaker* out) {
  out->set_name(person.name());
  if (person.kind() == "official") out->set_official_id(person.id());
  out->set_role(person.role());
}

}  // namespace

bool SpeakerNames::fill(const SpokenBy& by, Speaker* out) const {
  if (by.subject.empty()) {
    const WordRange who = antecedents_.left_out(by);
    return !who.empty() && fill(spoken_by(ground_, by.kind, by.cue, who), out);
  }
  if (by.first_person) {
    if (author_ == nullptr) return false;
    fill_author(out);
    return true;
  }
  const WordScan& scan = ground_.scan;
  const std::size_t begin = scan.words[by.subject.begin].begin, end = scan.words[by.subject.end - 1].end;
  if (by.phrase) {
    out->set_name(std::string(ground_.text.substr(begin, end - begin)));
    return false;
  }
  const Mention* person = by.pronoun ? antecedents_.person(by) : mention_in(by.subject);
  const FullName full = by.pronoun ? FullName() : antecedents_.full_name(by.subject);
  const bool surname = person != nullptr && person->name().find(' ') == std::string::npos;
  if (person != nullptr && !full.several && (!surname || full.name.empty())) {
    fill_from(*person, out);
    return true;
  }
  const WordRange earlier = by.pronoun ? antecedents_.named(by) : full.name;
  if (!earlier.empty()) {
    out->set_name(std::string(text_of(ground_.text, scan, earlier)));
    return true;
  }
  // As the post has it: not resolved, not guessed.
  out->set_name(std::string(ground_.text.substr(begin, end - begin)));
  return !by.pronoun && scan.words[by.subject.begin].capital;
}

void SpeakerNames::fill_author(Speaker* out) const {
  out->set_name(author_->name());
  out->set_official_id(author_->id());
  out->set_role(role_label(role_at(*author_, item_time(item_))));
}

// The person whom the subject names; not one who only stands in it: "Marchal's office", "the mother of
// Marchal".
const Mention* SpeakerNames::mention_in(WordRange subject) const {
  const WordScan& scan = ground_.scan;
  const std::size_t begin = scan.words[subject.begin].begin, end = scan.words[subject.end - 1].end;
  for (const Mention& mention : item_.mentions()) {
    if (!is_person_mention(mention) || mention.end() <= begin || mention.begin() >= end) continue;
    const std::size_t first = scan.first_word_from(mention.begin()),
                      past = scan.first_word_from(mention.end());
    const bool owner =
        past + 1 < subject.end && scan.folded_word(past) == "s" && scan.words[past].gap == Gap::kApostrophe;
    const bool governed = is_belonging(scan, subject.begin, first, ground_.languages);
    return owner || governed ? nullptr : &mention;
  }
  return nullptr;
}

}  // namespace copytaster
