#include "processors/name_titles.h"

#include <algorithm>
#include <iterator>

namespace copytaster {

const PhraseTable& title_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Title::kHonorific),
       {{"en",
         "mr|mrs|ms|miss|dr|prof|sir|dame|lord|lady|sister|father|rev|cllr|sen|rep|gov|gen|col|capt|sgt|"
         "judge"},
        {"fr", "m|mme|mlle|dr|pr|maître|monsieur|madame|sœur|mgr"},
        {"uk", "пан|пані|пана|пану|паном|панові|д-р"},
        {"de", "herr|herrn|frau|dr|prof"},
        {"es", "sr|sra|don|doña|dr|dra|señor|señora"},
        {"it", "sig|signor|signora|dott|dottor|dottoressa|don|suor|ing|avv|prof|professoressa"},
        {"pl", "pan|pana|panu|panem|pani|panią|dr|prof|ks"},
        {"pt", "sr|sra|dr|dra|senhor|senhora|dom|dona|eng|prof"},
        {"nl", "dhr|mevr|meneer|mevrouw|heer|dr|prof|drs|mr|ir"},
        {"el", "κ|κος|κα|κύριος|κύριο|κυρία|κυρίου|κυρίας"}}},
      {static_cast<std::uint8_t>(Title::kRole),
       {{"en",
         "mayor|deputy mayor|vice mayor|lord mayor|lord "
         "provost|provost|councillor|councilor|alderman|minister|"
         "prime minister|foreign minister|interior minister|finance minister|defence minister|health "
         "minister|"
         "president|vice president|prosecutor general|attorney general|governor|senator|representative|"
         "congressman|congresswoman|chancellor|king|queen|prince|princess|pope|archbishop|bishop|general|"
         "colonel|"
         "captain|ambassador|commissioner|european commissioner|secretary of state|secretary|secretary "
         "general|"
         "chair|chairman|chairwoman|chairperson|convener|director|director general|chief executive|spokesman|"
         "spokeswoman|spokesperson|mp|mep|professor|sheriff|colleague|deputy|premier|first "
         "minister|taoiseach|"
         "speaker|leader|co leader|head|head teacher|headteacher|principal|chief|police chief|fire chief|"
         "architect|engineer|librarian|nurse|teacher|artist|author|activist|journalist|photographer|coach|"
         "founder"},
        {"fr",
         "maire|maire adjoint|maire adjointe|adjoint|adjointe|première adjointe|premier "
         "adjoint|bourgmestre|échevin|"
         "échevine|ministre|premier ministre|première ministre|président|présidente|vice président|"
         "vice présidente|procureur général|procureure générale|procureur|procureure|député|députée|sénateur|"
         "sénatrice|préfet|préfète|ambassadeur|ambassadrice|commissaire|commissaire "
         "européen|directeur|directrice|"
         "directeur général|directrice générale|chancelier|chancelière|porte parole|conseiller|conseillère|"
         "collègue|homologue|gouverneur|roi|reine|pape|général|professeur|professeure|architecte|monitrice|"
         "moniteur|paysagiste|secrétaire|secrétaire "
         "général|chef|cheffe|responsable|fondatrice|fondateur|eurodéputé|"
         "eurodéputée|journaliste|artiste|ingénieur|ingénieure"},
        {"uk",
         "мер~|мерк~|мерка|мерку|меркою|мерці|міський голова|міського голову|міським головою|міської голови|"
         "голова|голову|головою|голови|заступник~|заступниц~|міністр~|міністерк~|премєр міністр~|прем'єр "
         "міністр~|"
         "президент~|президентк~|генеральний прокурор|генеральна "
         "прокурорка|генпрокурор~|генпрокурорк~|прокурор~|"
         "депутат~|депутатк~|нардеп~|посол|посла|послом|директор~|директорк~|речник~|речниц~|командувач~|"
         "губернатор~|колег~|канцлер~|король|папа|професор~|архітектор~|архітекторк~|лікар~|учительк~|"
         "вчительк~|"
         "завідувач~|керівник~|керівниц~"},
        {"de",
         "bürgermeister|bürgermeisterin|oberbürgermeister|oberbürgermeisterin|stadtpräsident|"
         "stadtpräsidentin|"
         "minister|ministerin|ministerpräsident|ministerpräsidentin|präsident|präsidentin|bundeskanzler|"
         "bundeskanzlerin|kanzler|generalstaatsanwältin|generalstaatsanwalt|abgeordnete|abgeordneter|senator|"
         "senatorin|stadtrat|stadträtin|gemeinderat|gemeinderätin|botschafter|botschafterin|direktor|"
         "direktorin|"
         "leiter|leiterin|sprecher|sprecherin|kollege|kollegin|kollegen|papst|könig|königin|professor|"
         "professorin|"
         "kommissarin|kommissar|vorsitzende|vorsitzender|landrat|landrätin|dezernent|dezernentin|"
         "amtskollege"},
        {"es",
         "alcalde|alcaldesa|teniente de alcalde|concejal|concejala|ministro|ministra|presidente|presidenta|"
         "vicepresidente|vicepresidenta|fiscal general|fiscal|diputado|diputada|senador|senadora|embajador|"
         "embajadora|director|directora|portavoz|consejero|consejera|comisario|comisaria|gobernador|"
         "gobernadora|"
         "rey|reina|papa|colega|homólogo|homóloga|profesor|profesora|arquitecto|arquitecta|secretario|"
         "secretaria|"
         "delegado|delegada|jefe|jefa|bibliotecaria|bibliotecario|maestra|maestro|enfermera"},
        {"it",
         "sindaco|sindaca|vicesindaco|vicesindaca|assessore|assessora|assessora|ministro|ministra|presidente|"
         "presidentessa|procuratrice generale|procuratore generale|deputato|deputata|senatore|senatrice|"
         "ambasciatore|ambasciatrice|direttore|direttrice|portavoce|consigliere|consigliera|prefetto|"
         "commissario|"
         "commissaria|collega|papa|re|regina|professore|professoressa|architetto|segretario|segretaria|"
         "premier|"
         "governatore|comandante|maestra|maestro"},
        {"pl",
         "prezydent|prezydenta|prezydentowi|prezydentem|prezydentka|burmistrz|burmistrza|burmistrzem|wójt|"
         "wiceprezydent|wiceprezydenta|minister|ministra|ministrem|premier|premiera|premierem|poseł|posła|"
         "posłanka|"
         "posłanki|posłanką|senator|senatora|senatorka|prokurator generalna|prokurator generalny|prokurator|"
         "prokuratora|ambasador|ambasadora|dyrektor|dyrektora|dyrektorka|dyrektorki|rzecznik|rzeczniczka|"
         "radny|"
         "radna|radnego|radnej|mer|mera|merem|mer~|merka|merki|merką|kolega|koleżanka|papież|król|profesor|"
         "profesora|przewodniczący|przewodnicząca|marszałek|wojewoda|kierownik|kierowniczka|komisarz|"
         "architekt"},
        {"pt",
         "presidente|presidente da câmara|vice presidente|vereador|vereadora|ministro|ministra|primeiro "
         "ministro|"
         "primeira ministra|procurador geral|procuradora "
         "geral|procurador|procuradora|deputado|deputada|senador|"
         "senadora|embaixador|embaixadora|diretor|diretora|porta voz|autarca|prefeito|prefeita|comissário|"
         "comissária|secretário|secretária|colega|homólogo|homóloga|papa|rei|rainha|professor|professora|"
         "arquiteto|arquiteta|governador|governadora|comandante|chefe|enfermeira"},
        {"nl",
         "burgemeester|wethouder|schepen|minister|premier|minister president|president|voorzitter|procureur "
         "generaal|"
         "procureur|kamerlid|raadslid|senator|ambassadeur|directeur|directrice|woordvoerder|woordvoerster|"
         "commissaris|eurocommissaris|collega|ambtgenoot|paus|koning|koningin|professor|hoogleraar|architect|"
         "secretaris|gouverneur|staatssecretaris|korpschef|projectleider"},
        {"el",
         "δήμαρχος|δήμαρχο|δημάρχου|δήμαρχε|αντιδήμαρχος|αντιδήμαρχο|αντιδημάρχου|υπουργός|υπουργό|υπουργού|"
         "πρωθυπουργός|πρωθυπουργό|πρωθυπουργού|πρόεδρος|πρόεδρο|προέδρου|εισαγγελέας|εισαγγελέα|βουλευτής|"
         "βουλευτή|"
         "βουλευτίνα|πρέσβης|πρέσβειρα|διευθυντής|διευθυντή|διευθύντρια|διευθύντριας|εκπρόσωπος|"
         "περιφερειάρχης|"
         "περιφερειάρχη|επίτροπος|επίτροπο|συνάδελφος|συνάδελφο|συναδέλφου|πάπας|βασιλιάς|καθηγητής|"
         "καθηγήτρια|"
         "γραμματέας|ομόλογος|ομόλογό|δασκάλα|δάσκαλος|αρχιτέκτονας"}}},
      {static_cast<std::uint8_t>(Title::kRoles),
       {{"en",
         "mayors|deputies|ministers|councillors|colleagues|senators|mps|meps|lawmakers|presidents|"
         "ambassadors|members of parliament|artists|athletes|winners"},
        {"fr",
         "maires|députés|députées|ministres|sénateurs|sénatrices|collègues|conseillers|conseillères|élus|"
         "présidents|adjoints|adjointes|ambassadeurs|parlementaires|échevins|lauréats|lauréates"},
        {"uk",
         "мери|мерів|мерам|мерами|депутати|депутатів|депутатам|депутатами|депутатками|депутаток|міністри|"
         "міністрів|колеги|колег|колегам|колегами|народні депутати|народними депутатами"},
        {"de", "abgeordneten|bürgermeister|kollegen|kolleginnen|minister|stadträte|bürgermeisterinnen"},
        {"es", "alcaldes|alcaldesas|diputados|diputadas|ministros|concejales|colegas|senadores|compañeros"},
        {"it", "sindaci|deputati|deputate|ministri|assessori|colleghi|consiglieri|senatori|parlamentari"},
        {"pl",
         "posłowie|posłów|posłami|posłankami|radni|radnych|ministrowie|prezydenci|koledzy|burmistrzowie|"
         "deputowani|deputowanych|deputowanymi|merowie|merami"},
        {"pt", "deputados|deputadas|ministros|vereadores|autarcas|presidentes|colegas|senadores"},
        {"nl",
         "burgemeesters|wethouders|ministers|kamerleden|raadsleden|parlementsleden|parlementariërs|collega's|"
         "volksvertegenwoordigers"},
        {"el", "δήμαρχοι|δημάρχους|δημάρχων|βουλευτές|βουλευτών|υπουργοί|υπουργούς|συνάδελφοι|συναδέλφους"}}},
  });
  return kTable;
}

bool is_compound_role(std::string_view folded) {
  static constexpr std::string_view kEndings[] = {
      "burgermeister", "burgermeisterin", "minister",    "ministerin",   "prasident", "prasidentin",
      "koordinator",   "koordinatorin",   "sprecher",    "sprecherin",   "leiter",    "leiterin",
      "direktor",      "direktorin",      "dezernent",   "dezernentin",  "ratin",     "beauftragte",
      "beauftragter",  "referent",        "referentin",  "rektorin",     "meister",   "meisterin",
      "kommandant",    "kommandantin",    "vorsitzende", "vorsitzender", "trainer",   "trainerin",
      "arztin",        "lehrerin",        "lehrer",      "chef",         "chefin",    "burgemeester",
      "coordinator",   "voorzitter",      "leidster",    "woordvoerder"};
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
    return folded.size() > ending.size() + 2 && folded.ends_with(ending);
  });
}

namespace {

// German "Statiker Arno Petersdorf", "Trainerin Lale Aydan"; Dutch "Imker Tjitske Poelman", English
// "Beekeeper Ross Prynne" where it begins a sentence: a noun for somebody, by its ending, and no given name.
bool is_role_noun(const WordScan& scan, LanguageSet languages, std::size_t index) {
  static constexpr std::string_view kGerman[] = {"er",   "in",   "or",  "ist", "wirt",
                                                 "mann", "frau", "ent", "ant"};
  static constexpr std::string_view kDutch[] = {"er", "ster", "man", "vrouw", "ist", "iste", "or", "aar"};
  static constexpr std::string_view kEnglish[] = {"er", "or", "ist", "ian", "man", "woman"};
  static constexpr std::string_view kPolish[] = {"arz",  "arka", "nik",   "niczka", "elka",
                                                 "ciel", "acz",  "aczka", "ista",   "istka"};
  static constexpr std::string_view kUkrainian[] = {"ник",  "ниця",   "арка", "яр",   "ярка",
                                                    "тель", "телька", "іст",  "істка"};
  const std::string_view word = scan.folded_word(index);
  const auto ends = [&](const auto& endings) {
    return word.size() > 4 && !is_given_name(scan, index) &&
           std::any_of(std::begin(endings), std::end(endings),
                       [&](std::string_view ending) { return word.ends_with(ending); });
  };
  // "Beekeeper Anna Melling has …": a capital that only the sentence gives.
  const bool opens = scan.words[index].gap >= Gap::kStop;
  if (opens && !is_given_name(scan, index) && is_given_name(scan, index + 1)) return true;
  if (languages == language_bit("de")) return ends(kGerman);
  if (!opens) return false;
  if (languages == language_bit("en")) return ends(kEnglish);
  if (languages == language_bit("pl")) return ends(kPolish);
  if (languages == language_bit("uk")) return ends(kUkrainian);
  return languages == language_bit("nl") && ends(kDutch);
}

}  // namespace

WordRange bare_name(const WordScan& scan, LanguageSet languages, const PhraseTable& places, WordRange name) {
  for (std::size_t i = name.end; i-- > name.begin;) {
    const ListMatch title = list_match(title_table(), scan, i, languages);
    if (title.words > 0 && i + title.words < name.end) {
      name.begin = i + title.words;
      break;
    }
  }
  if (name.size() > 2 && is_role_noun(scan, languages, name.begin)) ++name.begin;
  // Two words at least stay: "Paris Hilton" and "Jack London" keep theirs.
  while (name.size() > 2) {
    const PhraseMatch place = places.longest_at(scan, name.begin);
    if (place.words == 0 || name.size() < place.words + 2) break;
    name.begin += place.words;
  }
  return name;
}

}  // namespace copytaster
