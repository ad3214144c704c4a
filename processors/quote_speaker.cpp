#include "processors/quote_speaker.h"

#include <algorithm>

#include "processors/name_titles.h"

namespace copytaster {
namespace {

constexpr std::size_t kAfterWords = 22;   // how far behind the marks a verb is sought
constexpr std::size_t kBeforeWords = 40;  // how far before
constexpr std::size_t kPhraseWords = 6;   // of "the retired neurosurgeon"

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Between a subject and its verb.
constexpr std::string_view kAuxiliaries[] = {
    "has",   "have",    "had",      "also",  "then",  "later",   "is",      "was",   "were",    "are",
    "been",  "often",   "once",     "even",  "again", "just",    "simply",  "still", "never",   "already",
    "first", "would",   "will",     "could", "can",   "did",     "does",    "not",   "n't",     "didn",
    "t",     "and",     "recently", "now",   "so",    "to",      "kept",    "began", "started", "went",
    "on",    "which",   "that",     "have",  "being", "himself", "herself", "a",     "ont",     "avait",
    "aussi", "ensuite", "m",        "s",     "est",   "lui",     "nous",    "leur",  "me",      "se",
    "hat",   "haben",   "hatte",    "habe",  "mir",   "uns",     "ha",      "han",   "hanno",   "habia",
    "aveva", "mi",      "ci",       "gli",   "le",    "les",     "nos",     "jej",   "mu",      "mi",
    "sie",   "tem",     "tez",      "me",    "heeft", "had",     "mij",     "ons",   "μου",     "εχει",
    "ειχε",  "μασ",     "мені",     "нам",   "також", "він",     "потім"};
constexpr std::string_view kDeterminers[] = {
    "the", "a",   "an",      "one",  "some", "many",  "several", "his", "her", "its",    "their",
    "our", "my",  "another", "both", "most", "two",   "three",   "le",  "la",  "les",    "l",
    "un",  "une", "des",     "son",  "sa",   "notre", "der",     "die", "das", "ein",    "eine",
    "el",  "los", "las",     "una",  "il",   "lo",    "i",       "gli", "o",   "os",     "as",
    "um",  "uma", "de",      "het",  "een",  "ο",     "η",       "το",  "οι",  "former", "said"};
constexpr std::string_view kPhraseEnds[] = {
    "of", "for", "in", "on",   "at",  "who", "that", "with", "from",    "when",   "after", "during", "as",
    "to", "de",  "du", "dans", "qui", "sur", "lors", "in",   "bei",     "mit",    "nach",  "en",     "que",
    "al", "di",  "da", "che",  "w",   "na",  "do",   "em",   "no",      "na",     "op",    "van",    "bij",
    "і",  "у",   "в",  "на",   "до",  "του", "στην", "στο",  "because", "before", "while", "and"};

constexpr std::string_view kJoiners[] = {"and", "but", "et", "puis", "und", "y",   "e",
                                         "i",   "en",  "і",  "та",   "й",   "και", "then"};

class Search {
 public:
  Search(std::string_view text, const WordScan& scan, LanguageSet languages, const PhraseTable& places,
         const std::vector<QuotedSpan>& spans, std::size_t index)
      : text_(text), scan_(scan), languages_(languages), places_(places), span_(spans[index]) {
    first_ = scan.first_word_from(span_.outer.begin);
    last_ = scan.first_word_from(span_.outer.end);
    floor_ = index == 0 ? 0 : scan.first_word_from(spans[index - 1].outer.end);
    ceiling_ =
        index + 1 < spans.size() ? scan.first_word_from(spans[index + 1].outer.begin) : scan.words.size();
  }

  SpokenBy run() {
    const std::size_t begin = sentence_begin();
    const std::size_t end = sentence_end();
    // "He added: “…”", "Sie sagte: „…“"
    if (SpokenBy found = beside_before(begin); found.kind != CueKind::kNone) return found;
    if (is_attached()) {
      if (SpokenBy found = behind(end); found.kind != CueKind::kNone) return found;
    }
    if (SpokenBy found = in_sentence_before(begin); found.kind != CueKind::kNone) return found;
    if (SpokenBy found = phrase_around(begin, end); found.kind != CueKind::kNone) return found;
    return weak(begin);
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t i) const { return scan_.folded_word(i); }
  [[nodiscard]] Gap gap(std::size_t i) const { return scan_.words[i].gap; }
  [[nodiscard]] ListMatch cue_at(std::size_t i) const {
    return list_match(cue_table(), scan_, i, languages_);
  }
  [[nodiscard]] bool is_cue(std::size_t i, Cue kind) const {
    return cue_at(i).flag == static_cast<std::uint8_t>(kind);
  }
  [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const {
    return begin < end ? text_.substr(begin, end - begin) : std::string_view();
  }
  static bool has_any(std::string_view where, std::string_view what) {
    return where.find_first_of(what) != std::string_view::npos;
  }

  // First word of the sentence that leads to the opening mark; first_ when the mark begins it.
  [[nodiscard]] std::size_t sentence_begin() const {
    if (first_ == floor_) return first_;
    const std::string_view lead = between(scan_.words[first_ - 1].end, span_.outer.begin);
    if (has_any(lead, ".!?\n") && lead.find(':') == std::string_view::npos) {
      // "Mr. “X”" is an abbreviation, hardly ever there; three letters and a full stop end a sentence too.
      return first_;
    }
    std::size_t begin = first_ - 1;
    while (begin > floor_ && first_ - begin < kBeforeWords && gap(begin) != Gap::kStop &&
           gap(begin) != Gap::kLine && !ends_before(begin))
      --begin;
    return begin;
  }

  // A sentence ended right before word `i` though other signs stand there too ("…?” Then"); "(R-Fla.) said"
  // goes on.
  [[nodiscard]] bool ends_before(std::size_t i) const {
    if (gap(i) != Gap::kOther) return false;
    const std::string_view signs = between(scan_.words[i - 1].end, scan_.words[i].begin);
    return has_any(signs, ";\n") ||
           (has_any(signs, ".!?") && (scan_.words[i].capital || scan_.words[i].digit));
  }

  [[nodiscard]] std::size_t sentence_end() const {
    std::size_t end = last_;
    while (end < ceiling_ && end - last_ < kAfterWords) {
      if (end == last_) {
        if (gap(end) == Gap::kLine) break;
      } else if (gap(end) == Gap::kStop || gap(end) == Gap::kLine || ends_before(end)) {
        break;
      }
      ++end;
    }
    return end;
  }

  // Whether what follows the closing mark goes on with the sentence.
  [[nodiscard]] bool is_attached() const {
    if (last_ >= scan_.words.size() || last_ >= ceiling_ + 1 || gap(last_) == Gap::kLine) return false;
    const std::string_view follow = between(span_.outer.end, scan_.words[last_].begin);
    if (has_any(follow, ".!?\n")) return false;
    if (follow.find(',') != std::string_view::npos || follow.find("—") != std::string_view::npos ||
        follow.find("–") != std::string_view::npos)
      return true;
    const char inside = text_[span_.inner.end - 1];
    if (inside != '.') return true;
    return !scan_.words[last_].capital;
  }

  SpokenBy with(CueKind kind, WordRange cue, WordRange subject) const {
    SpokenBy out;
    out.kind = kind;
    out.cue = cue;
    out.subject = subject;
    if (subject.size() == 1) {
      const ListMatch pronoun = list_match(pronoun_table(), scan_, subject.begin, languages_);
      out.pronoun = pronoun.flag == static_cast<std::uint8_t>(Pronoun::kThird);
      out.first_person = pronoun.flag == static_cast<std::uint8_t>(Pronoun::kFirst);
    }
    return out;
  }

  SpokenBy beside_before(std::size_t begin) const {
    if (begin >= first_) return {};
    const std::string_view lead = between(scan_.words[first_ - 1].end, span_.outer.begin);
    const bool colon = lead.find(':') != std::string_view::npos;
    const std::size_t reach = colon ? 12 : 4;
    for (std::size_t i = first_; i-- > begin && first_ - i <= reach;) {
      if (i + 1 < first_ && gap(i + 1) > Gap::kComma && !colon) return {};
      const ListMatch cue = cue_at(i);
      if (cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) continue;
      // Without a colon or a comma the words between are few: "said in a statement “…”".
      return with(CueKind::kBeside, {i, i + cue.words}, subject_before(begin, i, i + cue.words));
    }
    return {};
  }

  SpokenBy behind(std::size_t end) const {
    for (std::size_t i = last_; i < end; ++i) {
      const ListMatch cue = cue_at(i);
      if (cue.flag == static_cast<std::uint8_t>(Cue::kPhrase) && i <= last_ + 1) {
        return with(CueKind::kBeside, {i, i + cue.words}, subject_after(i + cue.words, end));
      }
      if (cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) continue;
      const WordRange verb{i, i + cue.words};
      const bool only_auxiliaries =
          std::all_of(scan_.words.begin() + static_cast<std::ptrdiff_t>(last_),
                      scan_.words.begin() + static_cast<std::ptrdiff_t>(i),
                      [&](const Word& one) { return is_auxiliary(scan_.folded_word(one)) && !one.capital; });
      const bool pronoun_first = i > last_ && list_match(pronoun_table(), scan_, last_, languages_).words > 0;
      WordRange subject;
      if (only_auxiliaries && !pronoun_first) {
        subject = subject_after(verb.end, end);
      } else {
        subject = subject_before(last_, i, verb.end);
      }
      return with(CueKind::kBeside, verb, subject);
    }
    return {};
  }

  SpokenBy in_sentence_before(std::size_t begin) const {
    for (std::size_t i = first_; i-- > begin;) {
      const ListMatch cue = cue_at(i);
      if (cue.flag != static_cast<std::uint8_t>(Cue::kVerb)) continue;
      return with(CueKind::kSentence, {i, i + cue.words}, subject_before(begin, i, i + cue.words));
    }
    return {};
  }

  SpokenBy phrase_around(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < first_; ++i) {
      const ListMatch cue = cue_at(i);
      if (cue.flag == static_cast<std::uint8_t>(Cue::kPhrase) && cue.words > 0 &&
          (i == begin || cue.words > 1)) {
        return with(CueKind::kSentence, {i, i + cue.words}, subject_after(i + cue.words, first_));
      }
    }
    for (std::size_t i = last_; i < end; ++i) {
      const ListMatch cue = cue_at(i);
      if (cue.flag == static_cast<std::uint8_t>(Cue::kVerb) && is_attached()) {
        return with(CueKind::kSentence, {i, i + cue.words}, subject_before(last_, i, i + cue.words));
      }
    }
    return {};
  }

  SpokenBy weak(std::size_t begin) const {
    for (std::size_t i = first_; i-- > begin && first_ - i <= 8;) {
      const ListMatch cue = cue_at(i);
      if (cue.flag == static_cast<std::uint8_t>(Cue::kWeak)) {
        return with(CueKind::kWeak, {i, i + cue.words}, subject_before(begin, i, i + cue.words));
      }
    }
    return {};
  }

  static bool is_auxiliary(std::string_view folded) {
    return is_one_of(folded, kAuxiliaries) || (folded.size() > 4 && folded.ends_with("ly"));
  }

  [[nodiscard]] WordRange without_titles(WordRange name) const {
    return bare_name(scan_, languages_, places_, name);
  }

  // The subject of the verb at [verb, verb_end), within [begin, verb).
  [[nodiscard]] WordRange subject_before(std::size_t begin, std::size_t verb, std::size_t verb_end) const {
    std::size_t end = verb;
    while (end > begin && is_auxiliary(word(end - 1)) && !scan_.words[end - 1].capital &&
           gap(end) <= Gap::kApostrophe)
      --end;
    const bool bare = end == begin || gap(verb) == Gap::kComma;
    if (bare &&
        verb_end < first_) {  // inverted after all: "In other words, explained CBS moderator Nancy Cordes:"
      const WordRange name = name_from(scan_, verb_end);
      if (!name.empty() && name.end == first_) return without_titles(name);
      if (end == begin) return subject_after(verb_end, first_);
    }
    if (end == begin) return {};
    // "…, saying", "… and joked": the subject of the sentence, not the nearest noun.
    const bool joined = word(verb).ends_with("ing") || (end < verb && is_one_of(word(verb - 1), kJoiners));
    if (joined) {
      if (const WordRange subject = first_subject(begin, end); !subject.empty()) return subject;
    }
    if (list_match(pronoun_table(), scan_, end - 1, languages_).words == 1) {
      if (word(end - 1) == "who" || word(end - 1) == "qui") return last_name(begin, end - 1);
      return {end - 1, end};
    }
    if (const WordRange name = name_before(scan_, end, begin); !name.empty() && gap(end) <= Gap::kComma)
      return without_titles(name);
    if (gap(end) == Gap::kComma || gap(end) == Gap::kOther) {
      // "Robert Shrum, a veteran Democratic strategist, said": the name before the first comma.
      const WordRange name = name_before_comma(begin, end);
      if (!name.empty()) return without_titles(name);
    }
    if (const WordRange phrase = phrase_before(begin, end); !phrase.empty()) return phrase;
    return last_name(begin, end);
  }

  // The first name, pronoun or phrase of the sentence that no preposition governs.
  [[nodiscard]] WordRange first_subject(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin && gap(i) <= Gap::kSpace && is_one_of(word(i - 1), kPhraseEnds)) continue;
      if (list_match(pronoun_table(), scan_, i, languages_).words == 1) return {i, i + 1};
      const WordRange name = name_from(scan_, i);
      if (name.empty()) continue;
      if (name.end >= end) return {};
      const bool possessive =
          name.end + 1 < end && word(name.end) == "s" && gap(name.end) == Gap::kApostrophe;
      if (possessive) return {name.begin, name.end + 2};
      return without_titles(name);
    }
    return {};
  }

  [[nodiscard]] WordRange name_before_comma(std::size_t begin, std::size_t end) const {
    for (std::size_t i = end; i-- > begin + 1;) {
      if (gap(i) != Gap::kComma && gap(i) != Gap::kOther) continue;
      const WordRange name = name_before(scan_, i, begin);
      if (!name.empty()) return name;
    }
    return {};
  }

  [[nodiscard]] WordRange last_name(std::size_t begin, std::size_t end) const {
    for (std::size_t i = end; i > begin; --i) {
      const WordRange name = name_before(scan_, i, begin);
      if (!name.empty()) return without_titles(name);
    }
    return {};
  }

  // "the retired neurosurgeon", "his campaign", "officials".
  [[nodiscard]] WordRange phrase_before(std::size_t begin, std::size_t end) const {
    for (std::size_t i = end; i-- > begin && end - i <= kPhraseWords;) {
      if (i + 1 < end && gap(i + 1) > Gap::kApostrophe) return {};
      if (is_one_of(word(i), kDeterminers)) return {i, end};
      const bool possessive = i + 2 < end && word(i + 1) == "s" && gap(i + 1) == Gap::kApostrophe;
      if (possessive) return {i, end};
    }
    if (end - begin <= 3) return {begin, end};  // "Residents said"
    return {};
  }

  // The subject that follows its verb, within [begin, end).
  [[nodiscard]] WordRange subject_after(std::size_t begin, std::size_t end) const {
    std::size_t at = begin;
    end = std::min(end, scan_.words.size());
    while (at < end && at < begin + 2 && is_auxiliary(word(at)) && !scan_.words[at].capital) ++at;
    if (at >= end) return {};
    if (list_match(pronoun_table(), scan_, at, languages_).words == 1) return {at, at + 1};
    // Past the role to the name: "said the chair of the housing committee, Declan O'Sheehan-Barry".
    for (std::size_t i = at; i < end && i < at + 12; ++i) {
      if (i > at && (gap(i) == Gap::kStop || gap(i) == Gap::kLine)) break;
      if (i > at && is_cue(i, Cue::kVerb)) break;
      // "said Gov. Terry E. Branstad", "said Mr. Khan": past the title.
      const ListMatch title = list_match(title_table(), scan_, i, languages_);
      const std::size_t after = i + title.words;
      if (title.words > 0 && after < end && gap(after) <= Gap::kAbbreviation && scan_.words[after].capital) {
        i = after - 1;
        continue;
      }
      WordRange name = name_from(scan_, i);
      if (name.empty()) continue;
      name.end = std::min(name.end, end);
      const WordRange bare = without_titles(name);
      if (i == at || bare.size() >= 2 || only_roles(at, i)) {
        // "Prosecutor General of Ukraine Iryna …", "Mayor of Paris, Anne Hidalgo": a place inside the role.
        if (bare.size() == 1 && bare.end < end &&
            is_one_of(word(bare.begin > 0 ? bare.begin - 1 : 0), kPhraseEnds))
          continue;
        return bare;
      }
    }
    return phrase_after(at, end);
  }

  // Whether a role begins at `begin`, so that the first capital after it may be its bearer.
  [[nodiscard]] bool only_roles(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (list_match(title_table(), scan_, i, languages_).words > 0 || is_compound_role(word(i))) return true;
    }
    return false;
  }

  [[nodiscard]] WordRange phrase_after(std::size_t begin, std::size_t end) const {
    std::size_t stop = begin;
    while (stop < end && stop - begin < kPhraseWords && (stop == begin || gap(stop) <= Gap::kApostrophe) &&
           (stop == begin || !is_one_of(word(stop), kPhraseEnds))) {
      ++stop;
    }
    const bool person = is_one_of(word(begin), kDeterminers) || only_roles(begin, stop);
    return person ? WordRange{begin, stop} : WordRange{};
  }

  std::string_view text_;
  const WordScan& scan_;
  const LanguageSet languages_;
  const PhraseTable& places_;
  const QuotedSpan& span_;
  std::size_t first_ = 0, last_ = 0;     // words: the first inside the marks, the first behind them
  std::size_t floor_ = 0, ceiling_ = 0;  // words: behind the quotation before, at the next one
};

}  // namespace

SpokenBy find_speaker(std::string_view text, const WordScan& scan, LanguageSet languages,
                      const PhraseTable& places, const std::vector<QuotedSpan>& spans, std::size_t index) {
  return Search(text, scan, languages, places, spans, index).run();
}

}  // namespace copytaster
