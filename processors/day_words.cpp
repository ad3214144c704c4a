#include "processors/day_words.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

#include <array>
#include <cstring>
#include <string>

#include "core/strings.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

// Flags of the table: 1 to 12 a month, 13 to 19 a weekday, 20 to 24 a day, then the rest.
constexpr std::uint8_t kFirstWeekday = 13, kToday = 22, kWeekFlag = 25, kWeekendFlag = 26, kIdiomFlag = 27;

constexpr std::array<std::string_view, 10> kLanguages = {"en", "fr", "uk", "de", "es",
                                                         "it", "pl", "pt", "nl", "el"};

// What ICU's names lack, January and Monday first; '|' parts forms.
struct Forms {
  std::string_view language;
  std::array<std::string_view, 12> months;
  std::array<std::string_view, 7> weekdays;
};
constexpr Forms kForms[] = {
    {"en", {"jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep|sept", "oct", "nov", "dec"}, {}},
    {"fr", {"janv", "févr|fév", "", "avr", "", "", "juil", "", "sept", "oct", "nov", "déc"}, {}},
    {"uk",
     {"січні", "лютому", "березні", "квітні", "травні", "червні", "липні", "серпні", "вересні", "жовтні",
      "листопаді", "грудні"},
     {"понеділка|понеділку", "вівторка|вівторку", "середу|середи|середі", "четверга|четвергу",
      "п'ятницю|п'ятниці", "суботу|суботи|суботі", "неділю|неділі"}},
    {"de",
     {"jan|jänner", "feb|feber", "mär", "apr", "", "jun", "jul", "aug", "sep|sept", "okt", "nov", "dez"},
     {"", "", "", "", "", "sonnabend", ""}},
    {"es", {"ene", "feb", "", "abr", "", "", "", "ago", "sept|setiembre", "oct", "nov", "dic"}, {}},
    {"it", {"gen", "feb", "", "apr", "", "giu", "lug", "ago", "", "ott", "nov", "dic"}, {}},
    {"pl",
     {"styczniu", "lutym", "marcu", "kwietniu", "maju", "czerwcu", "lipcu", "sierpniu", "wrześniu",
      "październiku", "listopadzie", "grudniu"},
     {"poniedziałku", "wtorku", "środę|środy|środzie", "czwartku", "piątku", "sobotę|soboty|sobocie",
      "niedzielę|niedzieli"}},
    {"pt", {"jan", "fev", "", "abr", "", "jun", "jul", "ago", "", "", "nov", "dez"}, {}},
    {"nl", {"jan", "feb", "mrt", "apr", "", "jun", "jul", "aug", "sep|sept", "okt", "nov", "dec"}, {}},
    {"el",
     {"", "", "μάρτη", "", "μάη", "ιούνη", "ιούλη", "", "σεπτέμβρη", "οκτώβρη", "νοέμβρη", "δεκέμβρη"},
     {"δευτέρας", "τρίτης", "τετάρτης", "πέμπτης", "παρασκευής", "σαββάτου", "κυριακής"}},
};

// "Freitagabend", "vrijdagavond".
constexpr WordList kTimesOfDay[] = {{"de", "abend|morgen|vormittag|nachmittag|mittag|früh"},
                                    {"nl", "avond|ochtend|middag|morgen"}};

struct DayList {
  int days;
  std::initializer_list<WordList> lists;
};
const std::initializer_list<DayList>& day_lists() {
  static const std::initializer_list<DayList> kLists = {
      {-2,
       {{"en", "day before yesterday|the day before yesterday"},
        {"fr", "avant-hier"},
        {"uk", "позавчора"},
        {"de", "vorgestern"},
        {"es", "anteayer|antes de ayer|antier"},
        {"it", "l'altro ieri|altro ieri|avantieri|ieri l'altro"},
        {"pl", "przedwczoraj"},
        {"pt", "anteontem"},
        {"nl", "eergisteren"},
        {"el", "προχθές|προχτές"}}},
      {-1,
       {{"en", "yesterday|last night"},
        {"fr", "hier"},
        {"uk", "вчора|учора"},
        {"de", "gestern"},
        {"es", "ayer|anoche"},
        {"it", "ieri"},
        {"pl", "wczoraj"},
        {"pt", "ontem"},
        {"nl", "gisteren|gisteravond|gisterenavond|gistermiddag|gisterochtend|gistermorgen"},
        {"el", "χθες|χτες|εχθές"}}},
      {0,
       {{"en", "today|tonight|this morning|this afternoon|this evening"},
        {"fr", "aujourd'hui|ce soir|ce matin|cet après-midi|ce midi"},
        {"uk", "сьогодні"},
        {"de", "heute"},
        {"es", "hoy|esta noche|esta tarde|esta mañana"},
        {"it", "oggi|stasera|stamattina|stamane|questa sera|questa mattina|questo pomeriggio"},
        {"pl", "dziś|dzisiaj"},
        {"pt", "hoje|esta noite|esta tarde|esta manhã"},
        {"nl", "vandaag|vanavond|vanochtend|vanmiddag|vanmorgen"},
        {"el", "σήμερα|απόψε"}}},
      {1,
       {{"en", "tomorrow"},
        {"fr", "demain"},
        {"uk", "завтра"},
        {"de", "morgen"},
        {"es", "mañana"},
        {"it", "domani"},
        {"pl", "jutro"},
        {"pt", "amanhã"},
        {"nl", "morgen|morgenavond|morgenochtend|morgenmiddag"},
        {"el", "αύριο"}}},
      {2,
       {{"en", "day after tomorrow|the day after tomorrow"},
        {"fr", "après-demain"},
        {"uk", "післязавтра"},
        {"de", "übermorgen"},
        {"es", "pasado mañana"},
        {"it", "dopodomani|dopo domani"},
        {"pl", "pojutrze"},
        {"pt", "depois de amanhã"},
        {"nl", "overmorgen"},
        {"el", "μεθαύριο"}}}};
  return kLists;
}

constexpr WordList kWeeks[] = {
    {"en", "week"},   {"fr", "semaine"},           {"uk", "тиждень|тижня|тижні"},       {"de", "woche"},
    {"es", "semana"}, {"it", "settimana"},         {"pl", "tydzień|tygodnia|tygodniu"}, {"pt", "semana"},
    {"nl", "week"},   {"el", "εβδομάδα|εβδομάδας"}};
constexpr WordList kWeekends[] = {{"en", "weekend|week-end"},
                                  {"fr", "week-end|weekend"},
                                  {"uk", "вихідні|вихідних"},
                                  {"de", "wochenende"},
                                  {"es", "fin de semana"},
                                  {"it", "weekend|week-end|fine settimana"},
                                  {"pl", "weekend|weekendu|weekendzie"},
                                  {"pt", "fim de semana|fim-de-semana"},
                                  {"nl", "weekend"},
                                  {"el", "σαββατοκύριακο"}};
constexpr WordList kIdioms[] = {
    {"en",
     "good friday|black friday|ash wednesday|palm sunday|easter sunday|easter monday|maundy thursday|"
     "holy saturday|bloody sunday|giving tuesday|cyber monday|super tuesday|shrove tuesday|fat tuesday|"
     "sunday school|saturday night live|no tomorrow|usa today|the today show"},
    {"fr",
     "mardi gras|vendredi saint|jeudi saint|lundi de pâques|dimanche de pâques|lundi de pentecôte|"
     "mercredi des cendres|dimanche des rameaux"},
    {"uk", "вербна неділя|великодня неділя|чистий четвер|страсна п'ятниця|чорна п'ятниця|сьогодні-завтра"},
    {"de",
     "von heute auf morgen|heute oder morgen|heute journal|heute show|heute leben|black friday|good friday"},
    {"es",
     "hoy en día|hoy por hoy|viernes santo|jueves santo|domingo de ramos|domingo de resurrección|"
     "lunes de pascua"},
    {"it", "venerdì santo|giovedì santo|giovedì grasso|martedì grasso|domenica delle palme|oggi come oggi"},
    {"pl", "wielki piątek|wielka sobota|wielki czwartek|niedziela palmowa|czarny piątek|tłusty czwartek"},
    {"pt", "hoje em dia|sexta-feira santa|quinta-feira santa|domingo de ramos|domingo de páscoa"},
    {"nl", "vandaag de dag|goede vrijdag|witte donderdag|van vandaag op morgen"},
    {"el", "μεγάλη παρασκευή|μεγάλη πέμπτη|μεγάλο σάββατο|κυριακή του πάσχα|κυριακή των βαΐων"}};

std::uint64_t key_of(std::string_view word) {
  std::uint64_t key = 0;
  std::memcpy(&key, word.data(), std::min<std::size_t>(word.size(), 8));
  return key;
}
void set_bit(std::string_view word, std::array<std::uint64_t, 1024>* bits) {
  const std::size_t bit = DayWordFilter::bit_of(key_of(word));
  (*bits)[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

class Table {
 public:
  Table() {
    for (const Forms& forms : kForms) names(forms);
    for (const DayList& list : day_lists()) {
      for (const WordList& one : list.lists) add(one, static_cast<std::uint8_t>(kToday + list.days));
    }
    for (const WordList& one : kWeeks) add(one, kWeekFlag);
    for (const WordList& one : kWeekends) add(one, kWeekendFlag);
    for (const WordList& one : kIdioms) add(one, kIdiomFlag);
    table_ = builder_.build();
  }

  [[nodiscard]] const std::uint64_t* bits() const { return bits_.data(); }
  [[nodiscard]] const PhraseTable& phrases() const { return table_; }

 private:
  void add(const WordList& list, std::uint8_t flag) {
    for (const std::string_view phrase : split(list.phrases, '|')) add(list.language, phrase, flag);
  }
  void add(std::string_view language, std::string_view phrase, std::uint8_t flag) {
    const std::string folded = fold_phrase(phrase);
    if (folded.empty()) return;
    builder_.add(folded, (language_bit(language) & 0xFFFFFF) << 8 | flag);
    set_bit(std::string_view(folded).substr(0, folded.find(' ')), &bits_);
  }

  void names(const Forms& forms) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(std::string(forms.language).c_str()), error);
    using Symbols = icu::DateFormatSymbols;
    for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
      if (U_FAILURE(error)) break;
      int32_t count = 0;
      const icu::UnicodeString* months = symbols.getMonths(count, context, Symbols::WIDE);
      for (int32_t i = 0; i < count && i < 12; ++i) month(forms.language, utf8(months[i]), i);
      const icu::UnicodeString* days = symbols.getWeekdays(count, context, Symbols::WIDE);
      for (int32_t i = 1; i < count && i < 8; ++i) weekday(forms.language, utf8(days[i]), (i + 5) % 7);
    }
    for (int i = 0; i < 12; ++i) {
      for (const std::string_view form : split(forms.months[static_cast<std::size_t>(i)], '|'))
        month(forms.language, form, i);
    }
    for (int i = 0; i < 7; ++i) {
      for (const std::string_view form : split(forms.weekdays[static_cast<std::size_t>(i)], '|'))
        weekday(forms.language, form, i);
    }
  }
  static std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
  }
  void month(std::string_view language, std::string_view form, int index) {
    add(language, form, static_cast<std::uint8_t>(index + 1));
  }
  void weekday(std::string_view language, std::string_view form, int index) {
    const auto flag = static_cast<std::uint8_t>(kFirstWeekday + index);
    add(language, form, flag);
    if (form.empty()) return;
    for (const WordList& times : kTimesOfDay) {
      if (times.language != language) continue;
      for (const std::string_view time : split(times.phrases, '|')) add(language, str_cat(form, time), flag);
    }
  }

  PhraseBuilder builder_;
  PhraseTable table_;
  std::array<std::uint64_t, 1024> bits_ = {};  // DayWordFilter's, of first words
};

const Table& table() {
  static const Table kTable;
  return kTable;
}

}  // namespace

DayWordFilter::DayWordFilter() : bits_(table().bits()) {}

std::optional<DayWord> day_word_at(const WordScan& scan, std::size_t index, LanguageSet languages) {
  const ListMatch match = list_match(table().phrases(), scan, index, languages);
  if (match.words == 0) return std::nullopt;
  const int flag = match.flag;
  if (flag < kFirstWeekday) return DayWord{DayWordKind::kMonth, flag, match.words};
  if (flag < kFirstWeekday + 7) return DayWord{DayWordKind::kWeekday, flag - kFirstWeekday, match.words};
  if (flag < kWeekFlag) return DayWord{DayWordKind::kDay, flag - kToday, match.words};
  if (flag == kWeekFlag) return DayWord{DayWordKind::kWeek, 0, match.words};
  if (flag == kWeekendFlag) return DayWord{DayWordKind::kWeekend, 0, match.words};
  return DayWord{DayWordKind::kIdiom, 0, match.words};
}

}  // namespace copytaster
