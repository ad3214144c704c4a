#include "processors/quote_relation.h"

#include <algorithm>
#include <iterator>

#include "processors/name_titles.h"
#include "processors/quote_subject_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kTitleWords = 2;  // "du maire", between the relation and the name
constexpr std::size_t kRoleWords = 2;   // "and the pupil Tom Reed"
constexpr std::size_t kOwnedWords = 6;  // "'s deputy campaign manager"

// Who belongs to somebody.
const PhraseTable& relation_table() {
  static const PhraseTable kTable = make_phrase_table({
      {1,
       {{"fr",
         "porte "
         "parole|épouse|mari|femme|fille|fils|mère|père|frère|soeur|sœur|avocat|avocate|adjoint|adjointe|"
         "assistant|assistante|chef de cabinet|cheffe de "
         "cabinet|conseiller|conseillère|veuve|veuf|entourage"},
        {"uk",
         "речник|речниця|дружина|чоловік|донька|дочка|син|мати|батько|брат|сестра|адвокат|адвокатка|радник|"
         "радниця|помічник|помічниця|заступник|заступниця|вдова"},
        {"de",
         "sprecher|sprecherin|mann|frau|ehefrau|ehemann|tochter|sohn|mutter|vater|bruder|schwester|anwalt|"
         "anwältin|stellvertreter|stellvertreterin|mitarbeiter|mitarbeiterin|chef|chefin|witwe|büro|"
         "assistentin|assistent|referent|referentin"},
        {"es",
         "portavoz|esposa|marido|mujer|hija|hijo|madre|padre|hermano|hermana|abogado|abogada|asesor|asesora|"
         "viuda|viudo|asistente|jefe de gabinete|jefa de gabinete"},
        {"it",
         "portavoce|moglie|marito|figlia|figlio|madre|padre|fratello|sorella|avvocato|avvocata|avvocatessa|"
         "legale|vice|assistente|vedova|collaboratore|collaboratrice"},
        {"pl",
         "rzecznik|rzeczniczka|żona|mąż|córka|syn|matka|ojciec|brat|siostra|adwokat|adwokatka|pełnomocnik|"
         "pełnomocniczka|doradca|doradczyni|asystent|asystentka|zastępca|zastępczyni|wdowa|wdowiec"},
        {"pt",
         "porta voz|esposa|marido|mulher|filha|filho|mãe|pai|irmão|irmã|advogado|advogada|assessor|assessora|"
         "viúva|viúvo|assistente|chefe de gabinete"},
        {"nl",
         "woordvoerder|woordvoerster|vrouw|man|dochter|zoon|moeder|vader|broer|zus|advocaat|advocate|"
         "assistent|assistente|weduwe|medewerker|medewerkster"},
        {"el",
         "εκπρόσωπος|σύζυγος|κόρη|γιος|μητέρα|πατέρας|αδελφός|αδελφή|δικηγόρος|σύμβουλος|χήρα|συνεργάτης|"
         "συνεργάτιδα"}}},
  });
  return kTable;
}

bool stands_close(const WordScan& scan, std::size_t i) {
  return i > 0 && i < scan.words.size() && scan.words[i].gap <= Gap::kApostrophe;
}

bool is_determiner(const QuoteGround& ground, std::size_t i) {
  return is_glue(ground.scan, i, ground.languages, Glue::kDeterminer);
}

bool is_role(const QuoteGround& ground, std::size_t i) {
  return list_match(title_table(), ground.scan, i, ground.languages).words > 0 ||
         is_compound_role(ground.scan.folded_word(i));
}

// The first word of the relation that ends right before word `end`; `end` where there is none.
std::size_t relation_before(const QuoteGround& ground, std::size_t end) {
  for (std::size_t words = 1; words <= 3 && words <= end; ++words) {
    if (!stands_close(ground.scan, end - words + 1)) break;
    if (list_match(relation_table(), ground.scan, end - words, ground.languages).words == words)
      return end - words;
  }
  return end;
}

// Polish and Ukrainian have no "of": "Jan" is who speaks, "Jana" whose spokesman it is. Where the form tells
// nothing it is the other's.
bool may_be_nominative(const WordScan& scan, std::size_t given) {
  const std::string_view word = scan.folded_word(given);
  const Gender gender = given_name_gender(scan, given);
  const auto ends = [&](std::initializer_list<std::string_view> letters) {
    return std::any_of(letters.begin(), letters.end(),
                       [&](std::string_view one) { return word.ends_with(one); });
  };
  if (ends({"a", "а", "я"})) return gender == Gender::kFemale;
  if (ends({"y", "i", "и", "і", "ї"})) return gender == Gender::kMale;
  return !ends({"ego"});
}

// The word that says "of" and ends right before `end`, with its article; `end` where there is none.
std::size_t of_before(const QuoteGround& ground, std::size_t end) {
  const WordScan& scan = ground.scan;
  if (end == 0 || !stands_close(scan, end)) return end;
  const std::string_view word = scan.folded_word(end - 1);
  if (is_glue(scan, end - 1, ground.languages, Glue::kOf)) return end - 1;
  if (ground.languages == language_bit("de") && (word == "der" || word == "des")) return end - 1;
  if (end > 1 && is_determiner(ground, end - 1) && stands_close(scan, end - 1) &&
      is_glue(scan, end - 2, ground.languages, Glue::kOf))
    return end - 2;
  return end;
}

// In German nouns have capitals too, so that "Sprecherin von Anna Klein" looks like a name: where a given
// name and a surname follow, "von" is no part of one.
WordRange past_german_of(const QuoteGround& ground, WordRange name) {
  const WordScan& scan = ground.scan;
  if (ground.languages != language_bit("de")) return name;
  for (std::size_t i = name.begin; i < name.end && i < name.begin + 2; ++i) {
    if (scan.folded_word(i) != "von" || name.end - i < 3) continue;
    if (scan.words[i + 1].capital && scan.words[i + 2].capital && scan.words[i + 2].gap == Gap::kSpace)
      return {i + 1, name.end};
  }
  return name;
}

bool opens_sentence(const QuoteGround& ground, std::size_t begin) {
  for (std::size_t i = begin; begin - i <= kRoleWords; --i) {
    if (i == 0 || ground.scan.words[i].gap >= Gap::kStop) return true;
    if (ground.scan.words[i].gap > Gap::kAbbreviation) return false;
    if (is_glue(ground.scan, i - 1, ground.languages, Glue::kPhraseEnd) && !is_determiner(ground, i - 1))
      return false;
  }
  return false;
}

}  // namespace

WordRange related_phrase(const QuoteGround& ground, WordRange cue, WordRange name) {
  if (cue.empty() || name.empty() || !ground.scan.words[name.end - 1].capital) return {};
  const std::size_t floor = cue.end <= name.begin ? cue.end : 0;
  const WordRange owner = past_german_of(ground, name);
  std::size_t at = owner.begin;
  for (std::size_t titles = 0;
       titles < kTitleWords && at > floor + 1 && stands_close(ground.scan, at) && is_role(ground, at - 1);
       ++titles) {
    if (relation_before(ground, at) < at) break;
    --at;
  }
  std::size_t of = of_before(ground, at);
  if (of == at) {
    static const LanguageSet kGenitive = language_bit("pl") | language_bit("uk");
    if ((ground.languages & ~kGenitive) != 0 || may_be_nominative(ground.scan, owner.begin)) return {};
  }
  std::size_t begin = relation_before(ground, of);
  if (begin == of && owner.begin > name.begin && of > floor && is_role(ground, of - 1)) begin = of - 1;
  if (begin == of || begin < floor) return {};
  while (begin > floor && stands_close(ground.scan, begin) && begin + 2 > of - kTitleWords &&
         is_determiner(ground, begin - 1))
    --begin;
  return {begin, owner.end};
}

WordRange pair_of_speakers(const QuoteGround& ground, WordRange cue, WordRange name) {
  const WordScan& scan = ground.scan;
  if (cue.empty() || name.empty() || !scan.words[name.begin].capital) return {};
  if (name.end <= cue.begin) {
    std::size_t at = name.begin;
    for (std::size_t i = 0; i < kRoleWords && at > 0 && stands_close(scan, at); ++i) {
      if (is_and(scan.folded_word(at - 1))) break;
      --at;
    }
    if (at < 2 || !stands_close(scan, at) || !is_and(scan.folded_word(at - 1)) || !stands_close(scan, at - 1))
      return {};
    const WordRange first = name_before(scan, at - 1, at - 1 - std::min<std::size_t>(at - 1, 6));
    if (first.size() < 2 || !opens_sentence(ground, first.begin)) return {};
    return {bare_name(scan, ground.languages, ground.places, first).begin, name.end};
  }
  std::size_t at = name.end;
  if (!stands_close(scan, at) || !is_and(scan.folded_word(at))) return {};
  for (std::size_t i = 0; i <= kRoleWords; ++i) {
    ++at;
    if (!stands_close(scan, at)) return {};
    const WordRange second = name_from(scan, at);
    if (second.size() < 2) continue;
    const bool over = second.end >= scan.words.size() || scan.words[second.end].gap >= Gap::kComma;
    return over ? WordRange{name.begin, second.end} : WordRange{};
  }
  return {};
}

WordRange named_behind_owner(const QuoteGround& ground, WordRange owner) {
  const WordScan& scan = ground.scan;
  if (owner.empty() || owner.end >= scan.words.size() || scan.folded_word(owner.end) != "s" ||
      scan.words[owner.end].gap != Gap::kApostrophe)
    return {};
  const std::size_t limit = std::min(scan.words.size(), owner.end + kOwnedWords);
  for (std::size_t i = owner.end + 1; i < limit && scan.words[i].gap <= Gap::kComma; ++i) {
    if (scan.words[i].gap < Gap::kComma) continue;
    const WordRange name = name_from(scan, i);
    return name.size() >= 2 ? bare_name(scan, ground.languages, ground.places, name) : WordRange{};
  }
  return {};
}

}  // namespace copytaster
