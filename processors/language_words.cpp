#include "processors/language_words.h"

#include <algorithm>
#include <array>
#include <bit>

#include "processors/word_lists.h"

namespace copytaster {
namespace {

const PhraseTable& small_words() {
  static const PhraseTable kTable =
      make_phrase_table({{1,
                          {{"en",
                            "the|and|of|to|is|are|was|were|for|with|on|at|this|that|it|be|have|has|we|our|"
                            "you|from|by|will|not|an|as|their|they|but"},
                           {"fr",
                            "le|la|les|des|du|et|est|sont|une|dans|pour|avec|sur|ce|cette|nous|vous|qui|que|"
                            "au|aux|par|pas|plus|ont|notre|je|il|elle|en|ne"},
                           {"uk",
                            "і|й|та|в|у|на|що|з|до|за|не|це|як|для|ми|від|про|його|її|нас|він|вона|також|"
                            "сьогодні|було|є|але|якщо|після|наш*"},
                           {"de",
                            "der|die|das|und|ist|sind|ein|eine|einen|mit|für|auf|von|zu|den|dem|des|im|wir|"
                            "nicht|auch|sich|wird|haben|hat|bei|nach|ich|aus|werden"},
                           {"es",
                            "el|la|los|las|y|de|del|que|en|un|una|con|por|para|se|es|son|al|lo|no|nuestra|"
                            "nuestro|este|esta|hemos|ha|como|más|hoy|su"},
                           {"it",
                            "il|la|le|gli|di|del|della|che|e|è|in|un|una|per|con|non|sono|si|al|alla|dei|"
                            "delle|nel|nella|abbiamo|ha|questo|questa|anche|i"},
                           {"pl",
                            "i|w|z|na|do|się|nie|to|jest|że|o|dla|od|po|przez|jak|są|oraz|ze|za|już|tym|"
                            "który|która|także|dziś|nasz*|będzie|przy|a"},
                           {"pt",
                            "o|a|os|as|e|de|do|da|dos|das|que|em|no|na|um|uma|com|para|por|não|é|são|se|ao|à|"
                            "nos|foi|mais|hoje|nossa"},
                           {"nl",
                            "de|het|een|en|van|in|is|zijn|op|met|voor|dat|die|te|aan|niet|wij|we|ook|er|naar|"
                            "bij|uit|om|door|was|hebben|heeft|onze|over"},
                           {"el",
                            "ο|η|το|οι|τα|του|της|των|και|να|με|σε|για|από|που|είναι|στο|στη|στην|θα|μας|δεν|"
                            "τον|την|τους|στον|ένα|μια|σήμερα|τις"}}}});
  return kTable;
}

struct Pair {
  std::string_view a, b;
  std::string_view words_a, words_b;
};
constexpr std::array<Pair, 3> kPairs = {{
    {"id", "ms",
     "karena|polisi|bahwa|menit|perusahaan|uang|mobil|kantor|bisa|anda|rumah "
     "sakit|senin|selasa|jumat|agustus|"
     "apakah|kalian|provinsi|kabupaten|kota|diposting|sekolah dasar|universitas|kebijakan|masyarakat "
     "indonesia",
     "kerana|polis|bahawa|minit|syarikat|wang|kereta|pejabat|awak|ialah|sahaja|isnin|jumaat|ogos|adakah|"
     "bandar|"
     "iaitu|universiti|kerajaan malaysia|sekiranya|dasar kerajaan|pengarah|menteri besar|setiausaha|cuti"},
    {"nb", "nn",
     "ikke|jeg|hva|være|noe|mye|hun|ble|noen|hvor|hvordan|bare|fra|kommer|sier|en|også|mer|flere|hvorfor|"
     "deres",
     "ikkje|eg|kva|vere|noko|mykje|ho|vart|nokon|kvar|korleis|berre|frå|kjem|seier|ein|òg|meir|fleire|kvifor|"
     "dei|"
     "eit|vore|gjer|sjølv|desse"},
    {"nb", "da",
     "av|etter|noen|noe|hva|nå|bare|mye|deg|meg|seg|opp|ut|gjennom|uten|ble|blitt|hvordan|spørsmål",
     "af|efter|nogle|nogen|noget|hvad|nu|meget|dig|mig|sig|op|ud|gennem|uden|blev|blevet|børn|hvordan|lige|"
     "kun"},
}};

struct PairTable {
  PhraseTable words;  // value: bit 0 for a, bit 1 for b
};

const std::array<PhraseTable, kPairs.size()>& pair_tables() {
  static const std::array<PhraseTable, kPairs.size()> kTables = [] {
    std::array<PhraseTable, kPairs.size()> out;
    for (std::size_t i = 0; i < kPairs.size(); ++i) {
      out[i] = make_phrase_table({{1, {{"", kPairs[i].words_a}}}, {2, {{"", kPairs[i].words_b}}}});
    }
    return out;
  }();
  return kTables;
}

}  // namespace

SmallWords count_small_words(const WordScan& scan) {
  SmallWords out;
  static thread_local std::vector<PhraseMatch> found;
  out.words = std::min<std::size_t>(scan.words.size(), 60);
  for (std::size_t i = 0; i < out.words; ++i) {
    found.clear();
    small_words().match_at(scan, i, &found);
    for (const PhraseMatch& match : found)
      ++out.hits[static_cast<std::size_t>(std::countr_zero(match.value >> 8))];
  }
  return out;
}

std::size_t SmallWords::of(std::string_view code) const {
  const LanguageSet bit = language_bit(code);
  return bit == kAllLanguages ? 0 : hits[static_cast<std::size_t>(std::countr_zero(bit))];
}

bool SmallWords::confirm(std::string_view code, std::size_t least) const {
  const std::size_t mine = of(code);
  if (mine < least || mine * 6 < words) return false;
  const auto rivals =
      std::count_if(hits.begin(), hits.end(), [&](std::size_t other) { return other * 3 > mine * 2; });
  return rivals <= 1;  // itself
}

std::string_view settle_pair(const WordScan& scan, std::string_view code) {
  static thread_local std::vector<PhraseMatch> found;
  for (std::size_t p = 0; p < kPairs.size(); ++p) {
    if (kPairs[p].a != code && kPairs[p].b != code) continue;
    std::size_t a = 0, b = 0;
    for (std::size_t i = 0; i < scan.words.size() && i < 120; ++i) {
      found.clear();
      pair_tables()[p].match_at(scan, i, &found);
      std::uint32_t sides = 0;
      for (const PhraseMatch& match : found) sides |= match.value & 3;
      a += sides == 1 ? 1 : 0;
      b += sides == 2 ? 1 : 0;
    }
    if (code == kPairs[p].a && b > a) return kPairs[p].b;
    if (code == kPairs[p].b && a > b) return kPairs[p].a;
  }
  return code;
}

}  // namespace copytaster
