#include "processors/quote_antecedent.h"

#include <algorithm>
#include <iterator>

#include "processors/name_titles.h"
#include "processors/quote_signs.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kFarthest = 3000;     // bytes: a name further before is not safe
constexpr std::size_t kSentenceWords = 40;  // before a pronoun in its own sentence
constexpr std::size_t kTitleWords = 3;      // before the name that begins the sentence

}  // namespace

// The one person a pronoun can mean: named outside quotation marks in its paragraph or the one
// before, of no other gender, with nobody else who could be meant. Null: not safe.
const Mention* Antecedents::person(const SpokenBy& by) const {
  const std::size_t pronoun = by.subject.begin;
  if (const Mention* subject = subject_before(by); subject != nullptr) return subject;
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
    if (only != nullptr) return agrees(by, *only) ? only : nullptr;
    if (floor == 0) return nullptr;
    floor = paragraph_before(floor - 1);
  }
  return nullptr;
}

// "Odile Marchal said it best when she wrote": the one person of the sentence before the pronoun, with whom
// it begins. Null: there is none, or it may be somebody else.
const Mention* Antecedents::subject_before(const SpokenBy& by) const {
  const std::size_t pronoun = by.subject.begin;
  const WordScan& scan = ground_.scan;
  const std::size_t begin = main_clause_before(pronoun);
  const std::uint32_t floor = scan.words[begin].begin, at = scan.words[pronoun].begin;
  const Mention* only = nullptr;
  for (const Mention& mention : item_.mentions()) {
    if (!is_person_mention(mention) || mention.begin() < floor || mention.end() > at) continue;
    if (is_quoted(mention.begin()) || (only != nullptr && only->name() != mention.name())) return nullptr;
    if (only == nullptr) only = &mention;
  }
  if (only == nullptr || !agrees(by, *only) || others_named(floor, pronoun, only)) return nullptr;
  const std::size_t first = scan.first_word_from(only->begin()), past = scan.first_word_from(only->end());
  if (first > begin + kTitleWords || (scan.folded_word(past) == "s" && past < pronoun)) return nullptr;
  for (std::size_t i = begin; i < first; ++i) {
    if (is_glue(scan, i, ground_.languages, Glue::kPhraseEnd)) return nullptr;
  }
  return only;
}

// Where the sentence of the pronoun begins; behind the comma of "In her speech in Lyon, | Marchal told …".
std::size_t Antecedents::main_clause_before(std::size_t pronoun) const {
  const WordScan& scan = ground_.scan;
  std::size_t begin = pronoun;
  while (begin > 0 && pronoun - begin < kSentenceWords && scan.words[begin].gap != Gap::kStop &&
         scan.words[begin].gap != Gap::kLine)
    --begin;
  if (!is_glue(scan, begin, ground_.languages, Glue::kPhraseEnd) ||
      is_glue(scan, begin, ground_.languages, Glue::kDeterminer))
    return begin;
  for (std::size_t i = begin + 1; i < pronoun; ++i) {
    if (scan.words[i].gap == Gap::kComma) return i;
  }
  return begin;
}

std::size_t Antecedents::paragraph_before(std::size_t at) const {
  const std::size_t floor = at == 0 ? std::string_view::npos : ground_.text.rfind("\n\n", at);
  return floor == std::string_view::npos ? 0 : floor;
}

// "she" is not Donald. An unknown given name agrees with both. `given`: the word of `name` it would be.
bool Antecedents::agrees(const SpokenBy& by, const WordScan& name, std::size_t given) const {
  static constexpr std::string_view kShe[] = {"she",  "her",    "elle",  "вона",    "ella",
                                              "lei",  "ona",    "ela",   "αυτη",    "εκεινη",
                                              "ιδια", "stessa", "misma", "propria", "mesma"};
  static constexpr std::string_view kHe[] = {"he",      "him",   "il",     "він",   "er",      "lui",
                                             "egli",    "on",    "ele",    "hij",   "el",      "αυτοσ",
                                             "εκεινοσ", "ιδιοσ", "stesso", "mismo", "proprio", "mesmo"};
  // She or they: the verb tells ("sagte sie", "sagten sie").
  static constexpr std::string_view kEither[] = {"sie", "zij", "ze"};
  const auto among = [&](const auto& list) {
    const std::string_view word = ground_.scan.folded_word(by.subject.end - 1);
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
  };
  const Gender gender = given_name_gender(name, given);
  if (among(kEither)) {
    return !by.cue.empty() && !ground_.scan.folded_word(by.cue.begin).ends_with("en") &&
           gender != Gender::kMale;
  }
  if (among(kShe)) return gender != Gender::kMale;
  if (among(kHe)) return gender != Gender::kFemale;
  return false;  // "they", "it"
}

bool Antecedents::agrees(const SpokenBy& by, const Mention& person) const {
  WordScan name;
  scan_words_into(person.name(), &name);
  return !name.words.empty() && agrees(by, name, 0);
}

bool Antecedents::is_quoted(std::size_t byte) const {
  const auto next =
      std::upper_bound(spans_.begin(), spans_.end(), byte,
                       [](std::size_t at, const QuotedSpan& span) { return at < span.outer.begin; });
  return next != spans_.begin() && byte < std::prev(next)->outer.end;
}

// A capitalised name outside quotation marks that is neither `only` nor a body: perhaps another person.
bool Antecedents::others_named(std::size_t floor, std::size_t pronoun, const Mention* only) const {
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

// "Imkerin Hilke Sandberg hat …. „…“, sagt sie.": nobody else may be named, known or not.
WordRange Antecedents::only_name(std::size_t before) const {
  const WordScan& scan = ground_.scan;
  const std::size_t at = scan.words[before].begin, floor = paragraph_before(at);
  if (at - floor > kFarthest) return {};
  const bool nouns = ground_.languages == language_bit("de");  // have capitals too
  WordRange only;
  for (std::size_t i = scan.first_word_from(floor); i < before; ++i) {
    if (!scan.words[i].capital || is_quoted(scan.words[i].begin)) continue;
    const WordRange whole = name_from(scan, i);
    if (whole.empty() || whole.end > before) continue;
    const bool opens = scan.words[i].gap >= Gap::kStop;
    i = whole.end - 1;
    if (is_nobody(whole)) continue;
    const WordRange name = bare_name(scan, ground_.languages, ground_.places, whole);
    if (name.size() < 2) {
      const bool again = !only.empty() && scan.folded_word(name.begin) == scan.folded_word(only.end - 1);
      if (again || nouns || opens || is_where(name.begin)) continue;
      return {};
    }
    if (!only.empty() || !(opens_sentence(name) || is_met(name))) return {};
    only = name;
  }
  return only.size() <= 3 ? only : WordRange{};
}

WordRange Antecedents::named(const SpokenBy& by) const {
  const WordRange only = only_name(by.subject.begin);
  return !only.empty() && agrees(by, ground_.scan, only.begin) ? only : WordRange{};
}

WordRange Antecedents::left_out(const SpokenBy& by) const {
  static const LanguageSet kDrops =
      language_bit("it") | language_bit("es") | language_bit("pt") | language_bit("el");
  static constexpr std::string_view kPlural[] = {"ono", "en", "eron", "em", "eram",
                                                 "αν",  "νε", "anno", "ano"};
  if (by.kind != CueKind::kBeside || by.cue.size() != 1 || (ground_.languages & ~kDrops) != 0) return {};
  const std::string_view verb = ground_.scan.folded_word(by.cue.begin);
  const bool plural = std::any_of(std::begin(kPlural), std::end(kPlural),
                                  [&](std::string_view ending) { return verb.ends_with(ending); });
  // "è scritto": nobody's; "ha scritto" has its auxiliary right before.
  const bool participle = verb.ends_with("to") || verb.ends_with("do");
  if (plural || participle || has_object_pronoun(by.cue.begin) || is_first_person(by.cue.begin)) return {};
  // "disse", "decía": the author's own as well.
  const bool either = verb == "disse" || verb.ends_with("ia") || verb.ends_with("aba");
  return either && !item_.official_id().empty() ? WordRange{} : only_name(by.cue.begin);
}

// "disse-lhe", "le dijo", "gli dice", "της είπε": said to somebody, who may be the one named.
bool Antecedents::has_object_pronoun(std::size_t verb) const {
  static constexpr std::string_view kObjects[] = {
      "me", "te", "lhe", "lhes", "nos", "vos",    "mo", "lo",  "la",  "los", "las", "le",  "les", "mi",
      "ti", "ci", "vi",  "gli",  "li",  "glielo", "os", "μου", "σου", "του", "τησ", "μασ", "σασ", "τουσ"};
  const WordScan& scan = ground_.scan;
  const auto is_object = [&](std::size_t i) {
    return std::find(std::begin(kObjects), std::end(kObjects), scan.folded_word(i)) != std::end(kObjects);
  };
  if (verb > 0 && scan.words[verb].gap <= Gap::kApostrophe && is_object(verb - 1)) return true;
  return verb + 1 < scan.words.size() && scan.words[verb + 1].gap == Gap::kHyphen && is_object(verb + 1);
}

// "A presidente Ana Costa recebeu-me hoje.": somebody tells of her, and may be the one who speaks.
bool Antecedents::is_first_person(std::size_t before) const {
  static thread_local std::vector<PhraseMatch> found;
  const WordScan& scan = ground_.scan;
  const std::size_t at = scan.words[before].begin;
  const std::size_t floor = std::max(paragraph_before(at), at - std::min(at, kFarthest));
  for (std::size_t i = scan.first_word_from(floor); i < before; ++i) {
    if (is_quoted(scan.words[i].begin)) continue;
    found.clear();
    sign_table().match_at(scan, i, &found);
    for (const PhraseMatch& match : found) {
      if ((match.value >> 8 & ground_.languages) != 0 &&
          static_cast<Sign>(match.value & 0xFF) == Sign::kFirstPerson)
        return true;
    }
  }
  return false;
}

FullName Antecedents::full_name(WordRange subject) const {
  const WordScan& scan = ground_.scan;
  std::size_t surname = subject.begin;
  if (subject.size() == 2 && is_glue(scan, surname, ground_.languages, Glue::kDeterminer)) ++surname;
  if (surname + 1 != subject.end || !scan.words[surname].capital) return {};
  const std::string_view wanted = text_of(ground_.text, scan, {surname, surname + 1});
  const std::size_t at = scan.words[surname].begin;
  FullName out;
  const std::string_view before = ground_.text.substr(0, at);
  for (std::size_t i = before.find(wanted, at - std::min(at, kFarthest));
       i != std::string_view::npos && !out.several; i = before.find(wanted, i + 1)) {
    const WordRange name = full_name_at(scan.first_word_from(i), i, wanted.size());
    if (name.empty()) continue;
    out.several = !out.name.empty() && scan.folded_word(out.name.begin) != scan.folded_word(name.begin);
    out.name = name;
  }
  if (out.several) out.name = {};
  return out;
}

// The full name whose last word begins at byte `begin`.
WordRange Antecedents::full_name_at(std::size_t last, std::size_t begin, std::size_t size) const {
  const WordScan& scan = ground_.scan;
  if (last == 0 || last >= scan.words.size() || scan.words[last].begin != begin ||
      scan.words[last].end != begin + size || scan.words[last].gap > Gap::kAbbreviation || is_quoted(begin))
    return {};
  const WordRange whole = name_before(scan, last + 1, 0);
  if (whole.size() < 2) return {};
  const WordRange name = bare_name(scan, ground_.languages, ground_.places, whole);
  // "Hacker Lindqvist: …" is a headline's noun before a name.
  const bool opens = scan.words[name.begin].gap >= Gap::kStop && !is_given_name(scan, name.begin);
  const bool heads = opens && last + 1 < scan.words.size() && scan.words[last + 1].gap > Gap::kComma;
  return name.size() < 2 || heads || is_nobody(whole) ? WordRange{} : name;
}

// "Imkerin Hilke Sandberg hat", "O apicultor Eulálio Bastos perdeu": the subject; not "in South Carolina".
bool Antecedents::opens_sentence(WordRange name) const {
  const WordScan& scan = ground_.scan;
  for (std::size_t i = name.begin; i < name.end; ++i) {
    if (scan.words[i].all_upper || (i > name.begin && scan.words[i].gap == Gap::kHyphen)) return false;
  }
  for (std::size_t i = name.begin; name.begin - i <= kTitleWords; --i) {
    // Without diacritics the Portuguese article is the preposition "à".
    if (i < name.begin && is_glue(scan, i, ground_.languages, Glue::kPhraseEnd) &&
        !is_glue(scan, i, ground_.languages, Glue::kDeterminer))
      return false;
    if (i == 0 || scan.words[i].gap >= Gap::kStop) return true;
  }
  return false;
}

// "a beekeeper from Millbrook", "in Millbrook": a capital that is no person.
bool Antecedents::is_where(std::size_t at) const {
  static constexpr std::string_view kIn[] = {
      "in", "from", "at", "near", "a",   "en",   "im",  "aus",  "bei", "nel", "uit",  "w",  "we", "у",  "в",
      "em", "no",   "na", "σε",   "στη", "στην", "στο", "στον", "απο", "από", "біля", "із", "з",  "ze", "z"};
  const WordScan& scan = ground_.scan;
  return at > 0 && scan.words[at].gap == Gap::kSpace && !is_given_name(scan, at) &&
         std::find(std::begin(kIn), std::end(kIn), scan.folded_word(at - 1)) != std::end(kIn);
}

// "Vandaag sprak ik met Tjitske Poelman", "Hoje falei com Eulália Bacelante": the one whom who tells it met.
bool Antecedents::is_met(WordRange name) const {
  static constexpr std::string_view kWith[] = {"with", "avec", "mit", "met", "com", "con", "z", "ze", "з",
                                               "із",   "зі",   "με",  "τον", "την", "to",  "a", "к",  "à"};
  const WordScan& scan = ground_.scan;
  for (std::size_t i = name.begin; i > 0 && name.begin - i < kTitleWords && scan.words[i].gap <= Gap::kSpace;
       --i) {
    if (std::find(std::begin(kWith), std::end(kWith), scan.folded_word(i - 1)) != std::end(kWith))
      return is_first_person(name.begin);
  }
  return false;
}

// A place, an organisation, a street.
bool Antecedents::is_nobody(WordRange name) const {
  const WordScan& scan = ground_.scan;
  if (ground_.places.longest_at(scan, name.begin).words >= name.size()) return true;
  for (std::size_t i = name.begin; i < name.end; ++i) {
    if (is_thing_word(scan, i)) return true;
  }
  const std::uint32_t begin = scan.words[name.begin].begin, end = scan.words[name.end - 1].end;
  return std::any_of(item_.mentions().begin(), item_.mentions().end(), [&](const Mention& one) {
    return !is_person_mention(one) && one.begin() < end && begin < one.end();
  });
}

}  // namespace copytaster
