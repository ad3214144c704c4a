#include "processors/name_bearers.h"

#include <algorithm>
#include <iterator>

namespace copytaster {
namespace {

constexpr std::string_view kAny = "";  // of texts in every language

// Beside a bearer in the flag of a list.
constexpr std::uint8_t kBearer = 0x0F;
constexpr std::uint8_t kCapital = 0x20;  // a word too, where it has none: "Real", "Ajax"
constexpr std::uint8_t kOfPlaces = 0x40;  // before a person it ends a role: "διευθυντής του σταθμού Νίκος Κ."
constexpr std::uint8_t kAbbreviation = 0x80;  // all capitals: "AS Roma"

constexpr std::uint8_t flag_of(Bearer bearer, std::uint8_t also = 0) {
  return static_cast<std::uint8_t>(static_cast<std::uint8_t>(bearer) | also);
}

// What stands before the name, right there or with one or two of of_table() between.
const PhraseTable& before_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{flag_of(Bearer::kStreet),
        {{"en", "rue|calle|avenida|plaza|piazza"},
         {"fr",
          "rue|avenue|av|boulevard|bd|place|quai|pont|square|allée|impasse|faubourg|esplanade|route|rond-"
          "point|"
          "carrefour|ruisseau|rivière"},
         {"uk",
          "вулиц~|вул|площ~|пл|проспект~|просп|бульвар~|провулок|провулк~|набережн*|узвіз|узвоз~|майдан~|"
          "сквер~|річк~"},
         {"de", "straße|platz|allee|ufer|brücke|gasse|promenade"},
         {"es",
          "calle|avenida|av|avda|plaza|plazuela|glorieta|paseo|ronda|carretera|puente|rotonda|travesía|"
          "arroyo|"
          "río"},
         {"it",
          "via|viale|piazza|piazzale|piazzetta|corso|largo|vicolo|ponte|lungomare|rotonda|torrente|fiume|"
          "strada"},
         {"pl",
          "ulic*|ul|plac|placu|placem|pl|alej*|al|rond*|skwer*|bulwar*|most|mostu|mostem|moście|osiedl*|os|"
          "potok~"},
         {"pt",
          "rua|r|avenida|av|praça|praceta|largo|travessa|estrada|alameda|calçada|ponte|ribeira|ribeiro|"
          "rotunda|beco|viaduto|rio"},
         {"nl", "straat|plein|laan|kade|brug|gracht|singel|boulevard|rotonde"},
         {"el",
          "οδός|οδού|οδό|πλατεία|πλατείας|λεωφόρος|λεωφόρου|λεωφόρο|γέφυρα|γέφυρας|ρέμα|χείμαρρος|"
          "χείμαρρο"}}},
       {flag_of(Bearer::kSite),
        {{"en", "wall of"},
         {"fr", "gare|station|parc|jardin|métro|mur|tunnel"},
         {"de", "bahnhof|park|mauer|tunnel"},
         {"es", "estación|parque|jardín|jardines|metro|muro|túnel|apeadero"},
         {"it", "stazione|parco|giardino|giardini|muro|galleria|metro"},
         {"pt", "estação|parque|jardim|metro|muro|túnel|apeadeiro"},
         {"nl", "station|park|metrostation|tunnel|muur van"}}},
       {flag_of(Bearer::kSite, kOfPlaces),
        {{"fr", "club"},
         {"de", "klub|verein"},
         {"es", "club"},
         {"it", "club"},
         {"pt", "clube"},
         {"nl", "club"},
         {"uk", "станці~|вокзал~|парк~|мур"},
         {"pl", "stacj~|dworzec|dworca|dworcu|park~|mur|muru"},
         {"el", "σταθμού|σταθμό|σταθμός|πάρκου|πάρκο|τείχος|τείχους|μετρό"}}},
       {flag_of(Bearer::kSite, kCapital),
        {{"pt", "sport"},
         {kAny,
          "real|atlético|olympique|sporting|dynamo|dinamo|динамо|eintracht|borussia|hertha|werder|fortuna|"
          "ajax|"
          "spartak|lokomotiv|lokomotive|rapid|bayer|bayern|deportivo|inter|шахтар|металіст|карпати|legia|"
          "lech|"
          "wisła|śląsk|slavia|sparta"}}},
       {flag_of(Bearer::kSite, kAbbreviation),
        {{kAny,
          "fc|afc|ac|as|cf|cd|ud|sd|rcd|sv|sc|vfb|vfl|tsv|tsg|bsc|rc|rb|bk|ks|mks|krc|kaa|fk|sk|rfc|фк|фск|"
          "пфк"}}},
       {flag_of(Bearer::kHouse),
        {{"en", "lake|port|mount|fort"},
         {"fr",
          "rues|avenues|places|boulevards|parcs|jardins|collège|lycée|école|hôpital|stade|gymnase|fondation"},
         {"uk", "ім|імені|школа|ліцей|гімназія|лікарня|міст|мосту"},
         {"de", "schule|gymnasium|klinik|klinikum|stiftung"},
         {"es",
          "calles|avenidas|plazas|parques|colegio|instituto|escuela|hospital|estadio|polideportivo|fundación|"
          "barrio"},
         {"it", "vie|viali|piazze|parchi|scuola|liceo|istituto|ospedale|stadio|palestra|fondazione"},
         {"pl", "im|imienia|szkoła|liceum|szpital"},
         {"pt",
          "ruas|avenidas|praças|parques|jardins|escola|liceu|hospital|estádio|pavilhão|associação|"
          "agrupamento|fundação|bairro"},
         {"nl", "school|basisschool|lyceum|college|ziekenhuis|stichting"},
         {"el", "σχολείο|γυμνάσιο|λύκειο|νοσοκομείο"}}}});
  return kTable;
}

const PhraseTable& of_table() {
  static const PhraseTable kTable = make_phrase_table({{1,
                                                        {{"en", "de|du|of"},
                                                         {"fr", "de|du|d|des|la|le|l|les"},
                                                         {"uk", "ім|імені"},
                                                         {"de", "der|des"},
                                                         {"es", "de|del|la|los|las"},
                                                         {"it", "di|del|della|dell|dei|delle|degli|d"},
                                                         {"pl", "im|imienia"},
                                                         {"pt", "de|do|da|dos|das"},
                                                         {"nl", "de|der"},
                                                         {"el", "του|της|των"}}}});
  return kTable;
}

// What stands behind the name: with a capital where nouns have none.
const PhraseTable& behind_table() {
  static const PhraseTable kTable =
      make_phrase_table({{flag_of(Bearer::kStreet),
                          {{"en",
                            "street|road|avenue|lane|square|boulevard|drive|bridge|crescent|terrace|quay|"
                            "highway|roundabout|rd|ave|"
                            "blvd"},
                           {"uk", "вулиц~|площ~|проспект~|бульвар~|провулок"},
                           {"de", "straße|platz|allee|ufer|brücke|gasse|damm|chaussee|weg"},
                           {"pl", "ulica|ulicy|ulicę|plac|aleja|most"},
                           {"nl", "straat|plein|laan|kade|brug|gracht|singel|boulevard"}}},
                         {flag_of(Bearer::kSite),
                          {{"en", "station|park|wall|tunnel|united|rovers|wanderers|athletic"},
                           {"de", "mauer|park"},
                           {"nl", "muur|park"},
                           {kAny, "saint germain"}}},
                         {flag_of(Bearer::kSite, kAbbreviation), {{kAny, "fc|afc|cf|sc"}}},
                         {flag_of(Bearer::kHouse),
                          {{"en", "school|college|hospital|library|academy|foundation|centre|center"},
                           {"de", "schule|gymnasium|klinik|klinikum|stiftung"},
                           {"nl", "school|college|lyceum"}}}});
  return kTable;
}

// "Warszawska", "Київська": of that city.
bool is_adjective(std::string_view folded) {
  static constexpr std::string_view kStems[] = {"ськ", "цьк", "зьк", "sk", "ck", "dzk"};
  constexpr std::size_t kLongestEnding = 6;  // bytes
  return std::any_of(std::begin(kStems), std::end(kStems), [&](std::string_view stem) {
    const std::size_t at = folded.rfind(stem);
    return at != std::string_view::npos && at > 2 && folded.size() - at <= stem.size() + kLongestEnding;
  });
}

bool declines_names(LanguageSet languages) {
  return languages == language_bit("uk") || languages == language_bit("pl");
}

class Look {
 public:
  Look(const WordScan& scan, WordRange range, LanguageSet languages)
      : scan_(scan), range_(range), languages_(languages) {}

  [[nodiscard]] ListMatch before() const {
    std::size_t at = range_.begin;
    for (int small = 0; at > 0 && scan_.words[at].gap <= Gap::kAbbreviation; ++small) {
      const ListMatch found = ends_at(at, small);
      if (found.words > 0) return found;
      if (small == 2 || list_match(of_table(), scan_, at - 1, languages_).words != 1) break;
      --at;
    }
    return {};
  }

  [[nodiscard]] ListMatch behind() const {
    const std::size_t end = range_.end;
    if (end >= scan_.words.size()) return {};
    const Word& word = scan_.words[end];
    if (word.gap != Gap::kSpace && word.gap != Gap::kHyphen) return {};
    const ListMatch match = list_match(behind_table(), scan_, end, languages_);
    if (match.words == 0 || !is_written_so(end, match.flag)) return {};
    const bool stands = word.capital || word.gap == Gap::kHyphen;
    // "Київська вулиця", but "у Києві вулиця закрита".
    const bool is = declines_names(languages_) ? is_adjective(scan_.folded_word(range_.end - 1)) : stands;
    return is ? match : ListMatch{};
  }

  // "Luther King Drive", "Anne Frankplein".
  [[nodiscard]] bool ends_in_street() const {
    if (range_.size() < 2) return false;
    const std::size_t last = range_.end - 1;
    const ListMatch match = list_match(behind_table(), scan_, last, languages_);
    if (match.words == 1 && match.flag == flag_of(Bearer::kStreet)) return true;
    static constexpr std::string_view kEndings[] = {"straat", "plein",  "laan",      "kade",    "gracht",
                                                    "singel", "brug",   "strasse",   "platz",   "allee",
                                                    "brucke", "schule", "gymnasium", "stiftung"};
    if (languages_ != language_bit("de") && languages_ != language_bit("nl")) return false;
    const std::string_view word = scan_.folded_word(last);
    return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
      return word.size() > ending.size() + 2 && word.ends_with(ending);
    });
  }

 private:
  // The bearer whose last word stands right before word `at`, behind which stand `small` small words.
  [[nodiscard]] ListMatch ends_at(std::size_t at, int small) const {
    for (std::uint32_t words = 1; words <= 2 && words <= at; ++words) {
      const std::size_t begin = at - words;
      const ListMatch match = list_match(before_table(), scan_, begin, languages_);
      if (match.words != words || !is_written_so(begin, match.flag)) continue;
      // "La place de l'Ukraine est en Europe".
      if (small == 2 && scan_.folded_word(begin) == "place") continue;
      return match;
    }
    return {};
  }

  [[nodiscard]] bool is_written_so(std::size_t i, std::uint8_t flag) const {
    const Word& word = scan_.words[i];
    if ((flag & kCapital) != 0) return word.capital;
    if ((flag & kAbbreviation) == 0) return true;
    const bool vfb = word.capital && scan_.folded_word(i).starts_with("vf");
    return vfb || (word.all_upper && !scan_.words[range_.begin].all_upper);
  }

  const WordScan& scan_;
  const WordRange range_;
  const LanguageSet languages_;
};

Bearer bearer_in(std::uint8_t flag) { return static_cast<Bearer>(flag & kBearer); }

}  // namespace

Bearer bearer_of(const WordScan& scan, WordRange range, LanguageSet languages) {
  if (range.empty()) return Bearer::kNone;
  const Look look(scan, range, languages);
  const ListMatch before = look.before();
  if (before.words > 0 && ((before.flag & kOfPlaces) == 0 || scan.words[range.begin].digit))
    return bearer_in(before.flag);
  const ListMatch behind = look.behind();
  if (behind.words > 0) return bearer_in(behind.flag);
  return look.ends_in_street() ? Bearer::kStreet : Bearer::kNone;
}

bool is_only_called_after(const WordScan& scan, WordRange range, LanguageSet languages, bool own) {
  if (range.empty()) return false;
  const auto is = [&](const ListMatch& match) {
    const Bearer bearer = bearer_in(match.flag);
    return match.words > 0 && (bearer == Bearer::kStreet || (bearer == Bearer::kSite && !own));
  };
  const Look look(scan, range, languages);
  const ListMatch before = look.before();
  const bool club = (before.flag & (kCapital | kAbbreviation)) != 0;
  const bool called = club || !declines_names(languages) || is_adjective(scan.folded_word(range.end - 1));
  return (is(before) && called) || is(look.behind());
}

}  // namespace copytaster
