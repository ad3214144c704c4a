#include "processors/mentions_people.h"

#include <algorithm>
#include <iterator>

#include "processors/cue_verbs.h"
#include "processors/name_bearers.h"
#include "processors/name_titles.h"
#include "processors/quote_doubt.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestComplement = 9;  // words between a title and its name

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

constexpr std::string_view kLinks[] = {"of",   "for", "de",   "du", "d",   "des",   "della", "del",
                                       "dell", "di",  "do",   "da", "dos", "das",   "der",   "von",
                                       "fur",  "van", "voor", "w",  "z",   "міста", "з",     "для",
                                       "του",  "τησ", "των",  "la", "le",  "the",   "к",     "general"};
constexpr std::string_view kArticles[] = {"the", "a",   "an",  "la",  "le",  "l",   "une", "un",
                                          "die", "der", "das", "el",  "il",  "una", "uno", "o",
                                          "os",  "as",  "um",  "uma", "de",  "het", "een", "η",
                                          "ο",   "τη",  "τον", "his", "her", "its", "ihr", "sein"};
constexpr std::string_view kSaints[] = {"st",      "saint", "sainte", "sankt", "san",    "santa",
                                        "sant",    "sao",   "sint",   "sw",    "swiety", "св",
                                        "святого", "αγιοσ", "αγιου",  "αγια",  "notre"};

class Finder {
 public:
  Finder(const WordScan& scan, LanguageSet languages, const PhraseTable& places,
         const std::vector<char>& taken, std::vector<FoundPerson>* out)
      : scan_(scan), languages_(languages), places_(places), taken_(taken), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < scan_.words.size();) {
      const std::size_t next = std::max({i + 1, by_title(i), by_given_name(i)});
      i = next > i + 1 ? next : by_verb(i);
    }
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t i) const { return scan_.folded_word(i); }
  [[nodiscard]] Gap gap(std::size_t i) const { return scan_.words[i].gap; }
  [[nodiscard]] bool inside(std::size_t i) const { return i < scan_.words.size(); }
  [[nodiscard]] bool is_taken(std::size_t i) const { return i < taken_.size() && taken_[i] != 0; }

  [[nodiscard]] bool is_place(WordRange range) const {
    return places_.longest_at(scan_, range.begin).words >= range.size();
  }

  // Whether the range reads as a person and nothing else.
  [[nodiscard]] bool is_person(WordRange name, std::size_t least) const {
    if (name.size() < least || is_place(name)) return false;
    std::size_t parts = 1;  // "Лук'яненко" is one
    for (std::size_t i = name.begin; i < name.end; ++i) {
      if (is_thing_word(scan_, i) || is_taken(i)) return false;
      parts += i > name.begin && gap(i) != Gap::kApostrophe ? 1 : 0;
    }
    return parts >= least;
  }

  // `name` is bare afterwards.
  void add(WordRange name, WordRange role, std::string_view rule) {
    name = bare_name(scan_, languages_, places_, name);
    out_->push_back({name, role, rule});
  }

  // Returns the word after what it found; `i` when it found nothing.
  std::size_t by_title(std::size_t i) {
    ListMatch title = list_match(title_table(), scan_, i, languages_);
    if (title.words == 0) {
      const bool compound =
          (languages_ & (language_bit("de") | language_bit("nl"))) != 0 && is_compound_role(word(i));
      if (!compound) return i;
      title = {1, static_cast<std::uint8_t>(Title::kRole)};
    }
    const auto kind = static_cast<Title>(title.flag);
    // "M." and "Dr", but no lower-case "m" or "dr" inside a sentence.
    if (kind == Title::kHonorific && word(i).size() <= 2 && !scan_.words[i].capital) return i;
    std::size_t role_end = i + title.words;
    const std::size_t at = skip_complement(i, &role_end);
    if (!inside(at)) return i;
    const WordRange role = kind == Title::kHonorific ? WordRange{} : WordRange{i, role_end};
    const std::size_t after = titled(at, {i, role}, kind, at == i + title.words);
    return after == at ? i : after;
  }

  // Where the name of the title at `i` can begin: past "of Kyiv", "d'Ukraine,", "of the housing committee,".
  // scan.words.size() when there is none. `role_end` is in: end of the title, out: end of the complement.
  std::size_t skip_complement(std::size_t, std::size_t* role_end) const {
    const std::size_t first = *role_end;
    bool after_place = false;
    for (std::size_t at = first; inside(at) && at < first + kLongestComplement;) {
      if (gap(at) > Gap::kComma) return scan_.words.size();
      const PhraseMatch place = places_.longest_at(scan_, at);
      const bool whole_name_is_place =
          place.words > 0 && scan_.words[at].capital && !(at == first && is_namesake(at, place.words));
      if (!whole_name_is_place && scan_.words[at].capital &&
          (at == first || after_place || gap(at) == Gap::kComma) && !name_from(scan_, at).empty()) {
        return at;
      }
      if (gap(at) == Gap::kComma) return scan_.words.size();
      if (whole_name_is_place) {
        at += place.words;
        after_place = true;
      } else {
        if (at == first && !is_one_of(word(at), kLinks)) return scan_.words.size();
        if (list_match(cue_table(), scan_, at, languages_).flag == static_cast<std::uint8_t>(Cue::kVerb)) {
          return scan_.words.size();
        }
        const WordRange capitals = name_from(scan_, at);
        at = capitals.empty() ? at + 1 : capitals.end;
        after_place = false;
      }
      *role_end = at;
    }
    return scan_.words.size();
  }

  // "Councillor Paris Whitcombe": where places after a title need a preposition. Not so "мер Києва Кравець".
  [[nodiscard]] bool is_namesake(std::size_t at, std::size_t place_words) const {
    const LanguageSet bare_genitive = language_bit("uk") | language_bit("pl") | language_bit("el");
    return (languages_ & bare_genitive) == 0 && gap(at) <= Gap::kSpace &&
           name_from(scan_, at).size() == place_words + 1;
  }

  struct Before {
    std::size_t begin;  // of the title
    WordRange role;     // its words; empty for an honorific
  };
  std::size_t titled(std::size_t at, const Before& before, Title kind, bool direct) {
    const WordRange role = before.role;
    std::size_t end = at;
    // An official's name is known already: only the list behind it is news.
    if (is_taken(at)) {
      while (is_taken(end)) ++end;
    } else {
      WordRange name = name_from(scan_, at);
      name.end = cut_at_taken(name);
      const std::size_t least =
          kind == Title::kHonorific || (direct && gap(at) < Gap::kComma && one_word_allowed()) ? 1 : 2;
      // "rue du Président Wilson", "Dr Martin Luther King Drive"
      if (!name.empty() && bearer_of(scan_, {before.begin, name.end}, languages_) == Bearer::kStreet)
        return name.end;
      if (!is_person(name, least)) return at;
      add(name, role, "title");
      end = name.end;
    }
    if (kind != Title::kRoles) return end;
    while (const std::size_t next = next_in_list(end)) {
      if (is_taken(next)) {
        end = next;
        while (is_taken(end)) ++end;
        continue;
      }
      const WordRange name = name_from(scan_, next);
      if (!is_person(name, 2)) break;
      add(name, role, "title-list");
      end = name.end;
    }
    return end;
  }

  // In German every noun has a capital: "Minister Entscheidung" is no name.
  [[nodiscard]] bool one_word_allowed() const { return languages_ != language_bit("de"); }

  [[nodiscard]] std::size_t cut_at_taken(WordRange name) const {
    for (std::size_t i = name.begin; i < name.end; ++i) {
      if (is_taken(i)) return i;
    }
    return name.end;
  }

  // The beginning of the next name of a list: after ", " or "and"; 0: the list is over.
  [[nodiscard]] std::size_t next_in_list(std::size_t at) const {
    if (!inside(at)) return 0;
    const bool comma = gap(at) == Gap::kComma;
    if (is_and(word(at)) && inside(at + 1) && gap(at + 1) <= Gap::kSpace) {
      ++at;
    } else if (!comma) {
      return 0;
    }
    return is_taken(at) || !name_from(scan_, at).empty() ? at : 0;
  }

  std::size_t by_given_name(std::size_t i) {
    if (!scan_.words[i].capital || is_taken(i) || !is_given_name(scan_, i)) return i;
    if (i > 0 && gap(i) <= Gap::kAbbreviation) {
      // "rue Jean Jaurès", "St. Marien": not the person.
      if (is_thing_word(scan_, i - 1) || is_one_of(word(i - 1), kSaints)) return i;
      if (i > 1 && is_name_particle(word(i - 1)) && is_thing_word(scan_, i - 2)) return i;
    }
    WordRange name = name_from(scan_, i);
    name.end = cut_at_taken(name);
    bool spaced = false;
    for (std::size_t k = name.begin + 1; k < name.end; ++k)
      spaced = spaced || (gap(k) != Gap::kHyphen && gap(k) != Gap::kApostrophe);
    if (!spaced || !is_person(name, 2) || is_named_after(scan_, name)) return i;
    if (bearer_of(scan_, name, languages_) != Bearer::kNone) return name.end;
    const WordRange role = role_beside(scan_, languages_, name);
    add(name, role, role.empty() ? "given-name" : "apposition");
    return name.end;
  }

  // "… said Guido Schmidt-Traub": a name of two words right beside a verb of saying.
  std::size_t by_verb(std::size_t i) {
    const ListMatch cue = list_match(cue_table(), scan_, i, languages_);
    if (cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) return i + 1;
    const std::size_t after = i + cue.words;
    if (inside(after) && gap(after) == Gap::kSpace) {
      const WordRange name = name_from(scan_, after);
      // "said Representative Peter Welch": by_title() will take it.
      const bool titled = list_match(title_table(), scan_, after, languages_).words > 0;
      if (languages_ != language_bit("de") && !titled && is_person(name, 2)) {
        add(name, role_beside(scan_, languages_, name), "speaker");
        return name.end;
      }
    }
    return i + 1;
  }

  const WordScan& scan_;
  const LanguageSet languages_;
  const PhraseTable& places_;
  const std::vector<char>& taken_;
  std::vector<FoundPerson>* out_;
};

}  // namespace

WordRange role_beside(const WordScan& scan, LanguageSet languages, WordRange name) {
  std::size_t at = name.end;
  if (at >= scan.words.size() || scan.words[at].gap != Gap::kComma) return {};
  const std::size_t first = at;
  if (is_one_of(scan.folded_word(at), kArticles)) ++at;
  for (std::size_t tries = 0; tries < 3 && at < scan.words.size(); ++tries, ++at) {  // "a veteran strategist"
    if (at > first && scan.words[at].gap > Gap::kHyphen) return {};
    const ListMatch title = list_match(title_table(), scan, at, languages);
    const bool compound = title.words == 0 && is_compound_role(scan.folded_word(at));
    if (title.words == 0 && !compound) continue;
    if (title.flag == static_cast<std::uint8_t>(Title::kHonorific)) return {};
    return {at == first ? first : first, at + std::max<std::size_t>(title.words, 1)};
  }
  return {};
}

void find_people(const WordScan& scan, LanguageSet languages, const PhraseTable& places,
                 const std::vector<char>& taken, std::vector<FoundPerson>* out) {
  out->clear();
  Finder(scan, languages, places, taken, out).run();
}

}  // namespace copytaster
