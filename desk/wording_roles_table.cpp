// Offices in ten languages. All forms that stand beside a name: both genders, plurals, and the cases of the
// languages that have them.
#include "core/strings.h"
#include "core/text.h"
#include "desk/wording_roles.h"

namespace copytaster {
namespace {

struct Office {
  std::string_view english, forms;
};

constexpr Office kOffices[] = {
    {"Mayor",
     "mayor|mayors|maire|maires|bourgmestre|bourgmestres|мер|мера|меру|мером|мери|мерка"
     "|мерки|мерку|меркою|мерці|міський голова|міського голову|міським головою"
     "|міської голови|bürgermeister|bürgermeisterin|bürgermeisterinnen|oberbürgermeister"
     "|oberbürgermeisterin|stadtpräsident|stadtpräsidentin|alcalde|alcaldesa|alcaldes"
     "|alcaldesas|sindaco|sindaca|sindaci|burmistrz|burmistrza|burmistrzem|burmistrzowie"
     "|mera|merem|merka|merki|merką|prefeito|prefeita|presidente da câmara"
     "|presidente da câmara municipal|burgemeester|burgemeesters|δήμαρχος|δήμαρχο|δημάρχου"
     "|δήμαρχοι|δημάρχους|δημάρχων"},
    {"Deputy Mayor",
     "deputy mayor|deputy mayors|vice mayor|maire adjoint|maire adjointe|adjoint au maire"
     "|adjointe au maire|adjointe à la maire|première adjointe|premier adjoint"
     "|заступник мера|заступниця мера|teniente de alcalde|vicesindaco|vicesindaca"
     "|wiceprezydent miasta|αντιδήμαρχος|αντιδήμαρχο|αντιδημάρχου"},
    {"Deputy",
     "deputy|deputies|député|députée|députés|députées|депутат|депутата|депутатка|депутатку"
     "|депутати|депутатів|депутатам|депутатами|депутатками|народний депутат"
     "|народні депутати|народних депутатів|народними депутатами|abgeordnete|abgeordneter"
     "|abgeordneten|diputado|diputada|diputados|diputadas|deputato|deputata|deputati"
     "|deputate|poseł|posła|posłanka|posłanki|posłanką|posłowie|posłów|posłami|posłankami"
     "|deputowani|deputowanych|deputowanymi|deputado|deputada|deputados|deputadas|kamerlid"
     "|kamerleden|volksvertegenwoordigers|βουλευτής|βουλευτή|βουλευτίνα|βουλευτές"
     "|βουλευτών"},
    {"Member of the European Parliament",
     "mep|meps|eurodéputé|eurodéputée|eurodéputés|eurodiputado|eurodiputada|eurodeputato"
     "|eurodeputata|eurodeputado|eurodeputada|europoseł|europosłanka|ευρωβουλευτής"},
    {"Minister",
     "minister|ministers|ministre|ministres|міністр|міністра|міністром|міністерка"
     "|міністерку|міністеркою|міністри|міністрів|ministerin|ministro|ministra|ministros"
     "|ministri|ministra|ministrem|ministrowie|υπουργός|υπουργό|υπουργού|υπουργοί"
     "|υπουργούς"},
    {"Prime Minister",
     "prime minister|premier ministre|première ministre|прем'єр-міністр|прем'єр-міністра"
     "|прем’єр-міністр|прем’єр-міністра|primer ministro|primera ministra|primeiro-ministro"
     "|primeira-ministra|premier|premiera|premierem|minister-president|πρωθυπουργός"
     "|πρωθυπουργό|πρωθυπουργού"},
    {"Foreign Minister",
     "foreign minister|ministre des affaires étrangères|міністр закордонних справ"
     "|außenminister|außenministerin|ministro de asuntos exteriores"
     "|ministra de asuntos exteriores|ministro degli esteri|minister spraw zagranicznych"
     "|ministro dos negócios estrangeiros|minister van buitenlandse zaken"
     "|υπουργός εξωτερικών"},
    {"President",
     "president|presidents|président|présidente|présidents|президент|президента"
     "|президентом|президентка|präsident|präsidentin|presidente|presidenta|prezydent"
     "|prezydenta|prezydentowi|prezydentem|prezydentka|πρόεδρος|πρόεδρο|προέδρου"},
    {"Vice President",
     "vice president|vice-président|vice-présidente|vizepräsident|vizepräsidentin"
     "|vicepresidente|vicepresidenta|wiceprezydent|wiceprezydenta|vice-presidente"},
    {"Prosecutor General",
     "prosecutor general|procureur général|procureure générale|генеральний прокурор"
     "|генерального прокурора|генеральним прокурором|генеральна прокурорка"
     "|генеральну прокурорку|генеральною прокуроркою|генпрокурор|генпрокурорка"
     "|генпрокурорку|генпрокуроркою|generalstaatsanwalt|generalstaatsanwältin"
     "|fiscal general|procuratore generale|procuratrice generale|prokurator generalna"
     "|prokurator generalny|prokuratorem generalnym|prokuratora generalnego"
     "|procurador-geral|procuradora-geral|procurador geral|procuradora geral"
     "|procureur-generaal|procureur generaal|γενικός εισαγγελέας|γενική εισαγγελέας"
     "|γενική εισαγγελέα|γενικό εισαγγελέα"},
    {"Governor",
     "governor|gouverneur|gouverneure|губернатор|губернатора|gobernador|gobernadora"
     "|governatore|gubernator|governador|governadora|commissaris van de koning"
     "|περιφερειάρχης|περιφερειάρχη"},
    {"Senator",
     "senator|senators|sénateur|sénatrice|sénateurs|sénatrices|сенатор|сенаторка|senatorin"
     "|senador|senadora|senadores|senatore|senatrice|senatori|senatora|senatorka"},
    {"Councillor",
     "councillor|councilor|councillors|conseiller municipal|conseillère municipale"
     "|conseillers municipaux|stadtrat|stadträtin|stadträte|gemeinderat|gemeinderätin"
     "|concejal|concejala|concejales|consigliere comunale|consigliera comunale|radny|radna"
     "|radnego|radnej|radni|radnych|vereador|vereadora|vereadores|raadslid|raadsleden"
     "|депутат міської ради|депутатка міської ради"},
    {"Alderman",
     "alderman|échevin|échevine|échevins|assessore|assessora|assessori|wethouder"
     "|wethouders|schepen|schepenen"},
    {"Ambassador",
     "ambassador|ambassadors|ambassadeur|ambassadrice|ambassadeurs|посол|посла|послом"
     "|посли|botschafter|botschafterin|embajador|embajadora|ambasciatore|ambasciatrice"
     "|ambasador|ambasadora|ambasadorem|embaixador|embaixadora|πρέσβης|πρέσβη|πρέσβειρα"},
    {"Chancellor",
     "chancellor|chancelier|chancelière|канцлер|канцлера|kanzler|kanzlerin|bundeskanzler"
     "|bundeskanzlerin|canciller|cancelliere|cancelliera|kanclerz|chanceler|bondskanselier"
     "|καγκελάριος|καγκελάριο"},
    {"European Commissioner",
     "european commissioner|commissaire européen|commissaire européenne|eurocommissaris"
     "|comisario europeo|comisaria europea|commissario europeo|commissaria europea"
     "|єврокомісар|єврокомісарка"},
    {"Pope", "pope|pape|папа римський|papst|papież|paus|πάπας"},
    {"King", "king|roi|король|könig|rey|król|koning|βασιλιάς"},
    {"Queen", "queen|reine|королева|königin|reina|regina|królowa|rainha|koningin|βασίλισσα"},
    {"Archbishop",
     "archbishop|archevêque|архієпископ|erzbischof|arzobispo|arcivescovo|arcybiskup"
     "|arcebispo|aartsbisschop|αρχιεπίσκοπος"},
    {"Bishop",
     "bishop|évêque|єпископ|bischof|bischöfin|obispo|vescovo|biskup|bispo|bisschop"
     "|επίσκοπος"},
    {"Professor",
     "professor|professeur|professeure|професор|професора|професорка|professorin|profesor"
     "|profesora|professore|professoressa|professora|hoogleraar|καθηγητής|καθηγήτρια"},
    {"Architect",
     "architect|architecte|архітектор|архітектора|архітекторка|architekt|architektin"
     "|arquitecto|arquitecta|architetto|architetta|architektka|arquiteto|arquiteta"
     "|αρχιτέκτονας"},
    {"Journalist",
     "journalist|journaliste|журналіст|журналістка|journalistin|periodista|giornalista"
     "|dziennikarz|dziennikarka|jornalista|journaliste|δημοσιογράφος"},
    {"Photographer",
     "photographer|photographe|фотограф|фотографка|fotograf|fotografin|fotógrafo|fotógrafa"
     "|fotografo|fotografa|fotografka|fotograaf|fotografe|φωτογράφος"},
    {"Artist",
     "artist|artists|artiste|artistes|künstler|künstlerin|artista|artistas|artyst|artystka"
     "|kunstenaar"},
    {"Teacher",
     "teacher|вчителька|вчитель|учителька|учитель|lehrer|lehrerin|maestro|maestra"
     "|nauczyciel|nauczycielka|leraar|lerares|δάσκαλος|δασκάλα"},
    {"Nurse",
     "nurse|infirmier|infirmière|krankenpfleger|krankenschwester|enfermero|enfermera"
     "|infermiere|infermiera|pielęgniarka|enfermeiro|enfermeira|verpleegkundige"},
    {"Librarian",
     "librarian|bibliothécaire|bibliotecario|bibliotecaria|bibliothekar|bibliothekarin"
     "|bibliotekarz|bibliotekarka|bibliotecário|bibliotecária|bibliothecaris"},
    {"Engineer", "engineer|ingénieur|ingénieure|ingenieur|ingenieurin"},
    {"Director",
     "director|directeur|directrice|директор|директора|директорка|директорку|direktor"
     "|direktorin|directora|direttore|direttrice|dyrektor|dyrektora|dyrektorka|dyrektorki"
     "|diretor|diretora|διευθυντής|διευθυντή|διευθύντρια|διευθύντριας"},
    {"Director General",
     "director general|directeur général|directrice générale|generaldirektor"
     "|generaldirektorin|directora general|direttore generale|direttrice generale"
     "|dyrektor generalny|diretor-geral|diretora-geral|directeur-generaal"},
};

}  // namespace

std::string_view english_title(std::string_view title) {
  static const StringMap<std::string_view> kTitles = [] {
    StringMap<std::string_view> out;
    for (const Office& office : kOffices) {
      for (const std::string_view form : split(office.forms, '|'))
        out.try_emplace(normalise_for_match(form), office.english);
    }
    return out;
  }();
  const auto found = kTitles.find(normalise_for_match(title));
  return found == kTitles.end() ? std::string_view() : found->second;
}

}  // namespace copytaster
