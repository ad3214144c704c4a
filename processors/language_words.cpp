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

}  // namespace copytaster
