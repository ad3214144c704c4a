#include "core/date_words.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// Twelve names a line; '|' parts forms of one month.
constexpr std::array<std::string_view, 42> kMonths = {
    "january february march april may june july august september|sept october november december",
    "janvier février|fevr mars avril mai juin juillet|juil août septembre octobre novembre décembre",
    "januar|jänner|jaenner februar|feber märz|maerz|mrz april mai juni juli august september oktober "
    "november dezember",
    "enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre|set octubre "
    "noviembre diciembre|dic",
    "gennaio|genn febbraio marzo aprile maggio|magg giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart|mrt april mei juni juli augustus september oktober november december",
    "styczeń|stycznia luty|lutego marzec|marca kwiecień|kwietnia maj|maja czerwiec|czerwca lipiec|lipca "
    "sierpień|sierpnia "
    "wrzesień|września październik|października listopad|listopada grudzień|grudnia",
    "січень|січня лютий|лютого березень|березня квітень|квітня травень|травня червень|червня липень|липня "
    "серпень|серпня "
    "вересень|вересня жовтень|жовтня листопад|листопада грудень|грудня",
    "январь|января февраль|февраля март|марта апрель|апреля май|мая июнь|июня июль|июля август|августа "
    "сентябрь|сентября "
    "октябрь|октября ноябрь|ноября декабрь|декабря",
    "ιανουάριος|ιανουαρίου φεβρουάριος|φεβρουαρίου μάρτιος|μαρτίου απρίλιος|απριλίου μάιος|μαΐου|μαι "
    "ιούνιος|ιουνίου "
    "ιούλιος|ιουλίου αύγουστος|αυγούστου σεπτέμβριος|σεπτεμβρίου οκτώβριος|οκτωβρίου νοέμβριος|νοεμβρίου "
    "δεκέμβριος|δεκεμβρίου",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "tammikuu|tammikuuta helmikuu|helmikuuta maaliskuu|maaliskuuta huhtikuu|huhtikuuta toukokuu|toukokuuta "
    "kesäkuu|kesäkuuta "
    "heinäkuu|heinäkuuta elokuu|elokuuta syyskuu|syyskuuta lokakuu|lokakuuta marraskuu|marraskuuta "
    "joulukuu|joulukuuta",
    "leden|ledna únor|února březen|března duben|dubna květen|května červen|června červenec|července "
    "srpen|srpna září "
    "říjen|října listopad|listopadu prosinec|prosince",
    "január|januára február|februára marec|marca apríl|apríla máj|mája jún|júna júl|júla august|augusta "
    "september|septembra "
    "október|októbra november|novembra december|decembra",
    "január február március április május június július augusztus szeptember október november december",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "януари февруари март април май юни юли август септември октомври ноември декември",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "siječanj|siječnja veljača|veljače ožujak|ožujka travanj|travnja svibanj|svibnja lipanj|lipnja "
    "srpanj|srpnja "
    "kolovoz|kolovoza rujan|rujna - studeni|studenoga -",
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
    "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "januar februar mars april mai juni juli august september oktober november desember",
    "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "januar februar marec april maj junij julij avgust september oktober november december",
    "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "студзень|студзеня люты|лютага сакавік|сакавіка красавік|красавіка травень|траўня|май|мая "
    "чэрвень|чэрвеня ліпень|ліпеня жнівень|жніўня верасень|верасня кастрычнік|кастрычніка лістапад|лістапада "
    "снежань|снежня",
    "jannar frar marzu april mejju ġunju lulju awwissu settembru ottubru novembru diċembru",
    "january february maret april mei juni juli agustus september oktober november desember",
    "يناير فبراير مارس أبريل|إبريل مايو يونيو|يونية يوليو|يولية أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "- شباط آذار نيسان أيار حزيران تموز آب أيلول - - -",
    "ינואר|בינואר פברואר|בפברואר מרץ|במרץ|מרס|במרס אפריל|באפריל מאי|במאי יוני|ביוני יולי|ביולי "
    "אוגוסט|באוגוסט "
    "ספטמבר|בספטמבר אוקטובר|באוקטובר נובמבר|בנובמבר דצמבר|בדצמבר",
    "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
    "հունվար|հունվարի փետրվար|փետրվարի մարտ|մարտի ապրիլ|ապրիլի մայիս|մայիսի հունիս|հունիսի հուլիս|հուլիսի "
    "օգոստոս|օգոստոսի սեպտեմբեր|սեպտեմբերի հոկտեմբեր|հոկտեմբերի նոյեմբեր|նոյեմբերի դեկտեմբեր|դեկտեմբերի",
    "जनवरी फ़रवरी|फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर",
};

constexpr std::string_view kFillers =
    "monday tuesday tues wednesday thursday thur thurs friday saturday sunday "
    "lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag "
    "sonnabend sonntag "
    "mo di mi do fr sa so lu ma me je ve su mon tue wed thu fri sat sun lun mar mer jeu ven sam dim "
    "lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato "
    "domenica "
    "segunda terça quarta quinta sexta feira sab dom qua qui sex seg ter "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela pon wto śro czw pia pią sob nie śr pt nd "
    "понеділок вівторок середа четвер п'ятниця субота неділя пн вт ср чт пт сб нд вс "
    "понедельник вторник среда четверг пятница суббота воскресенье "
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρι τετ πεμ παρ σαβ κυρ "
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag mån tis ons tor fre lör "
    "sön man tir "
    "pondělí úterý středa čtvrtek pátek neděle po út st čt pá ne hétfő kedd szerda csütörtök péntek szombat "
    "vasárnap "
    "dilluns dimarts dimecres dijous divendres dissabte diumenge "
    "понедељак уторак среда четвртак петак субота недеља ponedjeljak ponedeljak utorak sreda srijeda "
    "četvrtak "
    "petak subota nedelja nedjelja sobota nedelja sreda torek "
    "панядзелак аўторак серада чацвер пятніца субота нядзеля "
    "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت "
    "יום ראשון שני שלישי רביעי חמישי שישי שבת "
    "at on of the de di del le la el um uhr klo à às as o'clock h г року р u ur om dnia kl den le th nd rd "
    "tm er ere eme st o a e u uur hrs min mn";

// Offsets in minutes of zones that are the same all year.
constexpr std::array<std::pair<std::string_view, int>, 44> kFixed = {{
    {"utc", 0},     {"ut", 0},     {"gmt", 0},    {"z", 0},      {"wet", 0},    {"est", -300}, {"edt", -240},
    {"cst", -360},  {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540},
    {"akdt", -480}, {"hst", -600}, {"ast", -240}, {"adt", -180}, {"nst", -210}, {"ndt", -150}, {"cet", 60},
    {"cest", 120},  {"mez", 60},   {"mesz", 120}, {"met", 60},   {"mest", 120}, {"eet", 120},  {"eest", 180},
    {"bst", 60},    {"ist", 330},  {"west", 60},  {"msk", 180},  {"trt", 180},  {"jst", 540},  {"kst", 540},
    {"hkt", 480},   {"sgt", 480},  {"awst", 480}, {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},
    {"brt", -180},  {"art", -180},
}};

constexpr std::array<std::pair<std::string_view, const char*>, 7> kGeneric = {{
    {"pt", "America/Los_Angeles"},
    {"et", "America/New_York"},
    {"ct", "America/Chicago"},
    {"mt", "America/Denver"},
    {"at", "America/Halifax"},
    {"akt", "America/Anchorage"},
    {"ht", "Pacific/Honolulu"},
}};

struct MonthName {
  std::string name;
  int month;
  bool english;
};

const std::vector<MonthName>& month_names() {
  static const auto* all = [] {
    auto* names = new std::vector<MonthName>;
    for (const std::string_view language : kMonths) {
      int month = 0;
      for (const std::string_view forms : split(language, ' ')) {
        ++month;
        for (const std::string_view form : split(forms, '|')) {
          if (form != "-") names->push_back({fold_name(form), month, language == kMonths.front()});
        }
      }
    }
    return names;
  }();
  return *all;
}

// Letters, not bytes: an abbreviation has three.
std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

int month_of(std::string_view folded) {
  for (const MonthName& name : month_names()) {
    if (name.name == folded) return name.month;
  }
  if (letters(folded) < 3) return 0;
  int found = 0;
  bool english = false;
  for (const MonthName& name : month_names()) {
    if (!name.name.starts_with(folded) || name.month == found) continue;
    // English abbreviations are everybody's ("mar" is no Finnish November); others mean one month or none.
    if (found != 0) return english ? found : 0;
    found = name.month;
    english = name.english;
  }
  return found;
}

bool is_date_filler(std::string_view folded) {
  static const auto* all = [] {
    auto* words = new StringSet;
    for (const std::string_view word : split(kFillers, ' ')) words->insert(fold_name(word));
    return words;
  }();
  return all->contains(folded);
}

int half_of_day(std::string_view folded) {
  for (const std::string_view am : {"am", "a.m", "오전", "上午", "πμ", "vm", "vorm", "午前", "صباحا"}) {
    if (folded == fold_name(am)) return -1;
  }
  for (const std::string_view pm : {"pm", "p.m", "오후", "下午", "μμ", "nachm", "午後", "مساء"}) {
    if (folded == fold_name(pm)) return 1;
  }
  return 0;
}

std::optional<absl::TimeZone> zone_of(std::string_view folded) {
  for (const auto& [name, minutes] : kFixed) {
    if (name == folded) return absl::FixedTimeZone(minutes * 60);
  }
  for (const auto& [name, place] : kGeneric) {
    absl::TimeZone zone;
    if (name == folded && absl::LoadTimeZone(place, &zone)) return zone;
  }
  // RFC 822's military letters are unreliable on the wire (RFC 2822 §4.3): read as UTC.
  if (folded.size() == 1 && folded[0] >= 'a' && folded[0] <= 'z' && folded[0] != 'j')
    return absl::UTCTimeZone();
  return std::nullopt;
}

std::optional<absl::TimeZone> zone_by_name(std::string_view name) {
  // ICU knows the names without looking for files, and absl keeps each name it was ever asked for.
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString canonical;
  icu::TimeZone::getCanonicalID(
      icu::UnicodeString(name.data(), static_cast<std::int32_t>(name.size()), US_INV), canonical, error);
  if (U_FAILURE(error)) return std::nullopt;
  if (name == "Etc/Unknown") return std::nullopt;
  std::string_view west = name;  // POSIX counts westwards
  if (consume_prefix(&west, "Etc/GMT")) {
    consume_prefix(&west, "+");
    return absl::FixedTimeZone(-3600 * parse_number<int>(west).value_or(0));
  }
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(std::string(name), &zone)) return std::nullopt;
  return zone;
}

}  // namespace copytaster
