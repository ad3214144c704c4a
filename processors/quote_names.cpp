#include "processors/quote_names.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "core/item.h"
#include "core/officials.h"
#include "core/time.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kFarthest =
    3000;  // bytes: a pronoun further from its paragraph's beginning is not safe

constexpr std::size_t kSentenceWords = 40;  // before a pronoun in its own sentence
constexpr std::size_t kTitleWords = 3;      // before the name that begins the sentence

void fill_from(const Mention& person, Speaker* out) {
  out->set_name(person.name());
  if (person.kind() == "official") out->set_official_id(person.id());
  out->set_role(person.role());
}

}  // namespace

bool is_person_mention(const Mention& mention) {
  return mention.begin() < mention.end() && (mention.kind() == "official" || mention.kind() == "person");
}

bool SpeakerNames::fill(const SpokenBy& by, Speaker* out) const {
  if (by.subject.empty()) return false;
  if (by.first_person) {
    if (author_ == nullptr) return false;
    fill_author(out);
    return true;
  }
  const WordScan& scan = ground_.scan;
  const std::size_t begin = scan.words[by.subject.begin].begin, end = scan.words[by.subject.end - 1].end;
  const Mention* person = by.pronoun ? only_person_before(by.subject.begin) : mention_in(by.subject);
  if (person != nullptr) {
    fill_from(*person, out);
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
    const bool governed = first > subject.begin && is_glue(scan, first - 1, ground_.languages, Glue::kOf);
    return owner || governed ? nullptr : &mention;
  }
  return nullptr;
}

// The one person a pronoun can mean: named outside quotation marks in its paragraph or the one
// before, of no other gender, with nobody else who could be meant. Null: not safe.
const Mention* SpeakerNames::only_person_before(std::size_t pronoun) const {
  if (const Mention* subject = subject_before(pronoun); subject != nullptr) return subject;
  const std::size_t at = ground_.scan.words[pronoun].begin;
  std::size_t floor = paragraph_before(at);
  for (int tries = 0; tries < 2 && at - floor <= kFarthest; ++tries) {
    const Mention* only = nullptr;
    for (const Mention& mention : item_.mentions()) {
      if (!is_person_mention(mention) || mention.begin() < floor || mention.end() > at ||
          is_quoted(mention.begin()))
        continue;
      if (only != nullptr && only->name() != mention.name()) return nullptr;
      only = &mention;
    }
    if (others_named(floor, pronoun, only)) return nullptr;
    if (only != nullptr) return agrees(pronoun, *only) ? only : nullptr;
    if (floor == 0) return nullptr;
    floor = paragraph_before(floor - 1);
  }
  return nullptr;
}

// "Odile Marchal said it best when she wrote": the one person of the sentence before the pronoun, with whom
// it begins. Null: there is none, or it may be somebody else.
const Mention* SpeakerNames::subject_before(std::size_t pronoun) const {
  const WordScan& scan = ground_.scan;
  std::size_t begin = pronoun;
  while (begin > 0 && pronoun - begin < kSentenceWords && scan.words[begin].gap != Gap::kStop &&
         scan.words[begin].gap != Gap::kLine)
    --begin;
  const std::uint32_t floor = scan.words[begin].begin, at = scan.words[pronoun].begin;
  const Mention* only = nullptr;
  for (const Mention& mention : item_.mentions()) {
    if (!is_person_mention(mention) || mention.begin() < floor || mention.end() > at) continue;
    if (is_quoted(mention.begin()) || (only != nullptr && only->name() != mention.name())) return nullptr;
    if (only == nullptr) only = &mention;
  }
  if (only == nullptr || !agrees(pronoun, *only) || others_named(floor, pronoun, only)) return nullptr;
  const std::size_t first = scan.first_word_from(only->begin()), past = scan.first_word_from(only->end());
  if (first > begin + kTitleWords || (scan.folded_word(past) == "s" && past < pronoun)) return nullptr;
  for (std::size_t i = begin; i < first; ++i) {
    if (is_glue(scan, i, ground_.languages, Glue::kPhraseEnd)) return nullptr;
  }
  return only;
}

std::size_t SpeakerNames::paragraph_before(std::size_t at) const {
  const std::size_t floor = at == 0 ? std::string_view::npos : ground_.text.rfind("\n\n", at);
  return floor == std::string_view::npos ? 0 : floor;
}

// "she" is not Donald. An unknown given name agrees with both.
bool SpeakerNames::agrees(std::size_t pronoun, const Mention& person) const {
  static constexpr std::string_view kShe[] = {"she", "her", "elle", "вона", "ella", "lei",
                                              "ona", "ela", "zij",  "ze",   "αυτη", "εκεινη"};
  static constexpr std::string_view kHe[] = {"he",   "him", "il",  "він", "er",    "lui",
                                             "egli", "on",  "ele", "hij", "αυτοσ", "εκεινοσ"};
  WordScan name;
  scan_words_into(person.name(), &name);
  if (name.words.empty()) return false;
  const Gender gender = given_name_gender(name, 0);
  const std::string_view word = ground_.scan.folded_word(pronoun);
  if (std::find(std::begin(kShe), std::end(kShe), word) != std::end(kShe)) return gender != Gender::kMale;
  if (std::find(std::begin(kHe), std::end(kHe), word) != std::end(kHe)) return gender != Gender::kFemale;
  return false;  // "they", "it", "sie"
}

bool SpeakerNames::is_quoted(std::size_t byte) const {
  const auto next =
      std::upper_bound(spans_.begin(), spans_.end(), byte,
                       [](std::size_t at, const QuotedSpan& span) { return at < span.outer.begin; });
  return next != spans_.begin() && byte < std::prev(next)->outer.end;
}

// A capitalised name outside quotation marks that is neither `only` nor a body: perhaps another person.
bool SpeakerNames::others_named(std::size_t floor, std::size_t pronoun, const Mention* only) const {
  const WordScan& scan = ground_.scan;
  for (std::size_t i = scan.first_word_from(floor); i < pronoun; ++i) {
    // A sentence begins with a capital anyway.
    if (scan.words[i].gap >= Gap::kStop || !scan.words[i].capital || is_quoted(scan.words[i].begin)) continue;
    const WordRange name = name_from(scan, i);
    if (name.empty()) continue;
    const std::uint32_t begin = scan.words[name.begin].begin, end = scan.words[name.end - 1].end;
    const bool known = std::any_of(item_.mentions().begin(), item_.mentions().end(), [&](const Mention& one) {
      return one.begin() < end && begin < one.end() &&
             (only == nullptr || one.name() == only->name() || one.kind() == "organisation");
    });
    if (!known) return true;
    i = name.end - 1;
  }
  return false;
}

}  // namespace copytaster
