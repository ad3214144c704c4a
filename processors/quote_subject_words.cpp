#include "processors/quote_subject_words.h"

#include <algorithm>
#include <vector>

namespace copytaster {

const PhraseTable& glue_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Glue::kAuxiliary),
       {{"en",
         "has|have|had|also|then|later|is|was|were|are|been|often|once|even|again|just|simply|still|never|"
         "already|first|would|will|could|can|did|does|not|didn|t|and|recently|now|so|to|kept|began|started|"
         "went|on|which|that|being|himself|herself|a"},
        {"fr", "a|ai|ont|avait|avaient|avons|aussi|ensuite|encore|m|s|l|t|y|est|lui|nous|leur|me|se|le|les"},
        {"uk", "мені|нам|йому|їй|їм|також|потім|тоді|ще|вже|далі"},
        {"de", "hat|haben|hatte|habe|mir|uns|ihm|ihr|sich|auch|dann|noch|dazu|später"},
        {"es", "ha|han|he|había|me|nos|le|les|lo|se|también|luego|después|ya"},
        {"it", "ha|hanno|ho|aveva|mi|ci|vi|gli|le|lo|si|anche|poi"},
        {"pl", "mi|nam|mu|jej|im|się|też|także|potem|jeszcze"},
        {"pt", "tem|tinha|me|nos|lhe|lhes|se|também|depois|ainda|já"},
        {"nl", "heeft|hebben|had|mij|me|ons|hem|haar|ook|daarna|later|nog"},
        {"el", "μου|μας|του|της|τους|έχει|είχε|επίσης|μετά|ακόμη"}}},
      {static_cast<std::uint8_t>(Glue::kDeterminer),
       {{"en",
         "the|a|an|one|some|many|several|his|her|its|their|our|my|another|both|most|two|three|this|that|"
         "these|those|every|former"},
        {"fr",
         "le|la|les|l|un|une|des|son|sa|ses|notre|nos|mon|ma|mes|leur|leurs|ce|cet|cette|ces|plusieurs|deux"},
        {"uk", "один|одна|цей|ця|ці|наш|наша|наші|мій|моя|мої|його|її|їхній"},
        {"de",
         "der|die|das|den|dem|ein|eine|einer|einen|einem|mein|meine|unser|unsere|sein|seine|ihr|ihre|dieser|"
         "diese|viele|"
         "mehrere|zwei"},
        {"es", "el|la|los|las|un|una|unos|unas|su|sus|mi|mis|nuestro|nuestra|este|esta|varios|muchos|dos"},
        {"it", "il|lo|la|l|i|gli|le|un|uno|una|suo|sua|mio|mia|nostro|nostra|questo|questa|molti|alcuni|due"},
        {"pl", "jeden|jedna|ten|ta|ci|nasz|nasza|mój|moja|jego|jej|ich|pewien|pewna"},
        {"pt", "o|a|os|as|um|uma|uns|umas|seu|sua|meu|minha|nosso|nossa|este|esta|vários|muitos|dois|duas"},
        {"nl", "de|het|een|zijn|haar|onze|ons|mijn|hun|deze|die|dit|veel|twee"},
        {"el", "ο|η|το|οι|τα|ένας|μία|μια|ένα|κάποιος|κάποια|πολλοί|δύο"}}},
      {static_cast<std::uint8_t>(Glue::kPhraseEnd),
       {{"en",
         "of|for|in|on|at|who|that|with|from|when|after|during|as|to|because|before|while|and|about|over|"
         "amid|despite|under|by|since|until|without|through|against|among|between|"
         "if|into|near|although|though|where|whether"},
        {"fr",
         "de|du|d|dans|qui|que|sur|lors|à|au|aux|en|avec|chez|devant|pendant|et|par|pour|contre|sans|sous|"
         "entre|"
         "depuis|vers|lorsque|quand|parce|car|comme|où"},
        {"uk",
         "і|у|в|на|до|з|із|для|про|від|що|який|яка|які|під|після|та|без|через|між|над|перед|за|по|біля|коли|"
         "якщо|"
         "бо|де|щоб|як"},
        {"de",
         "in|im|am|an|auf|aus|bei|mit|nach|von|vom|zu|zum|zur|für|als|während|und|über|unter|gegen|vor|seit|"
         "trotz|"
         "wegen|zwischen|ohne|durch|bis|nachdem|weil|dass|wenn|wie"},
        {"es",
         "en|de|del|que|al|a|con|para|por|durante|tras|cuando|y|sobre|contra|sin|hasta|desde|entre|ante|como|"
         "porque|donde"},
        {"it",
         "di|del|della|dei|da|dal|dalla|che|in|nel|nella|al|alla|con|per|durante|e|a|su|sul|sulla|contro|"
         "senza|"
         "tra|fra|dopo|come|perché|dove|quando"},
        {"pl",
         "w|we|na|do|z|ze|od|o|po|który|która|którzy|że|podczas|i|przez|przed|dla|bez|między|nad|pod|przy|"
         "gdy|"
         "kiedy|bo|ponieważ"},
        {"pt",
         "de|do|da|dos|das|em|no|na|que|ao|à|com|para|durante|e|por|pelo|pela|sobre|contra|sem|até|desde|"
         "entre|"
         "como|porque|quando|onde"},
        {"nl",
         "van|op|bij|in|met|uit|voor|dat|tijdens|naar|te|en|over|onder|tegen|zonder|tussen|door|tot|sinds|"
         "omdat|"
         "als|terwijl|toen|aan"},
        {"el",
         "του|της|των|σε|στη|στην|στο|στον|από|για|με|που|κατά|και|προς|χωρίς|πριν|όταν|επειδή|όπως|μέχρι|"
         "μεταξύ|στα|στις|στους"}}},
      {static_cast<std::uint8_t>(Glue::kJoiner),
       {{"en", "and|but|then"},
        {"fr", "et|puis|mais"},
        {"uk", "і|й|та|але"},
        {"de", "und|aber"},
        {"es", "y|e|pero"},
        {"it", "e|ma|poi"},
        {"pl", "i|a|ale"},
        {"pt", "e|mas"},
        {"nl", "en|maar"},
        {"el", "και|αλλά"}}},
      {static_cast<std::uint8_t>(Glue::kRelative),
       {{"en", "who|which|that"},
        {"fr", "qui"},
        {"uk", "який|яка|яке|які|що|котрий|котра"},
        {"de", "der|die|das"},
        {"es", "que|quien|quienes"},
        {"it", "che"},
        {"pl", "który|która|które|którzy"},
        {"pt", "que|quem"},
        {"nl", "die|dat"},
        {"el", "που"}}},
      {static_cast<std::uint8_t>(Glue::kOf),
       {{"en", "of"},
        {"fr", "de|du|d|des"},
        {"de", "von|vom"},
        {"es", "de|del"},
        {"it", "di|del|della|dei|dell|degli"},
        {"pt", "de|do|da|dos|das"},
        {"nl", "van"},
        {"el", "του|της|των"}}},
      {static_cast<std::uint8_t>(Glue::kFor),
       {{"en", "for|from|with|at|in|on|by|to|near"},
        {"fr", "pour|avec|au|aux|chez|dans|sur"},
        {"uk", "з|із|від|для|у|в|на|при"},
        {"de", "für|mit|bei|beim|aus|in|im|an|am|zum|zur"},
        {"es", "para|con|en|por"},
        {"it", "per|con|in|nel|nella|dal|dalla"},
        {"pl", "z|ze|w|we|dla|od|na|przy"},
        {"pt", "para|com|em|no|na|por|pelo|pela"},
        {"nl", "voor|met|bij|uit|in|op|aan"},
        {"el", "για|με|από|σε|στο|στη|στην|στον"}}},
  });
  return kTable;
}

bool is_glue(const WordScan& scan, std::size_t index, LanguageSet languages, Glue kind) {
  static thread_local std::vector<PhraseMatch> found;
  found.clear();
  glue_table().match_at(scan, index, &found);
  return std::any_of(found.begin(), found.end(), [&](const PhraseMatch& match) {
    return (match.value >> 8 & languages) != 0 && (match.value & 0xFF) == static_cast<std::uint32_t>(kind);
  });
}

bool is_of_or_for(const WordScan& scan, std::size_t index, LanguageSet languages) {
  return is_glue(scan, index, languages, Glue::kOf) || is_glue(scan, index, languages, Glue::kFor);
}

bool is_belonging(const WordScan& scan, std::size_t floor, std::size_t index, LanguageSet languages) {
  if (index <= floor || scan.words[index].gap > Gap::kApostrophe) return false;
  if (is_of_or_for(scan, index - 1, languages)) return true;
  return index > floor + 1 && scan.words[index - 1].gap <= Gap::kApostrophe &&
         is_glue(scan, index - 1, languages, Glue::kDeterminer) && is_of_or_for(scan, index - 2, languages);
}

bool is_participle(std::string_view folded, LanguageSet languages) {
  struct Ending {
    std::string_view language, letters;
  };
  static constexpr Ending kEndings[] = {
      {"en", "ing"},  {"fr", "ant"},  {"uk", "ючи"},  {"uk", "учи"},  {"uk", "ячи"},  {"uk", "ачи"},
      {"uk", "вши"},  {"es", "ando"}, {"es", "endo"}, {"it", "ando"}, {"it", "endo"}, {"pl", "ac"},
      {"pt", "ando"}, {"pt", "endo"}, {"pt", "indo"}, {"nl", "end"},  {"el", "ντασ"}};
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](const Ending& one) {
    return folded.size() > one.letters.size() + 2 && folded.ends_with(one.letters) &&
           (language_bit(one.language) & languages) != 0;
  });
}

}  // namespace copytaster
