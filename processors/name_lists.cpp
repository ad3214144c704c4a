#include "processors/name_lists.h"

#include "core/strings.h"
#include "processors/word_fold.h"
#include "processors/word_lists.h"

namespace copytaster {
namespace {

// Given names of the continent's registers; those that are also words or cities (Rose, Will, Paris,
// Florence, Sofia, Victoria, Mark, Grace, Hope) are left out.
constexpr std::string_view kLatinNames =
    "aaron|adam|adele|adrian|adriana|agnes|agnieszka|aisha|alain|alan|alba|albert|alberto|aleksander|"
    "aleksandra|"
    "alejandro|alena|alessandra|alessandro|alex|alexander|alexandra|alexandre|alexia|alfred|alice|alicia|"
    "alina|"
    "alison|alistair|alona|alonso|amelie|amina|ana|anaïs|andrea|andreas|andrei|andrej|andres|andrew|andrii|"
    "andriy|"
    "andrzej|andré|angela|anita|anja|anke|anna|anne|annegret|anneke|annette|annika|anouk|anton|antonia|"
    "antonio|"
    "antónio|antoine|ariane|arnaud|arthur|artur|astrid|audrey|aurélie|barbara|bart|bartosz|bas|bastien|beata|"
    "beatrice|beatriz|benjamin|benoît|bernard|bernd|berta|bertrand|bianca|birte|björn|boris|bram|brian|"
    "brigitte|"
    "bruno|bríd|bogdan|camille|carla|carles|carlo|carlos|carmen|carola|carolina|caroline|catarina|catherine|"
    "cathal|cecilia|celia|chiara|christa|christian|christiane|christina|christine|christoph|christophe|"
    "christopher|ciarán|cian|claire|clara|claudia|claudio|claude|clémence|colm|corinne|corrado|corsin|"
    "cristina|"
    "cécile|céline|cédric|damien|daniel|daniela|daniele|danuta|dariusz|david|davide|deborah|declan|denis|"
    "dennis|"
    "diana|diego|dieter|dirk|dmitri|dmytro|dominik|dominique|donald|donatella|dorota|duarte|edith|edoardo|"
    "eduardo|edward|eilidh|eleanor|elena|eleni|elisa|elisabeth|elfriede|elizabeth|elke|ella|ellen|elodie|els|"
    "emil|"
    "emilia|emilio|emily|emma|emmanuel|emmanuelle|enrico|enrique|eoin|erik|erika|ernst|estelle|esther|ettore|"
    "eugenia|"
    "eva|evelien|ewa|fabian|fabien|fabio|fabrice|fanny|federica|federico|felix|femke|fernanda|fernando|filip|"
    "filipa|filippo|fiona|florian|fleur|francesca|francesco|francine|francis|francisco|franck|frank|frans|"
    "franz|"
    "françois|françoise|frederik|friedrich|fritz|frédéric|gabriel|gabriela|gabriele|gabrielle|gareth|gaëlle|"
    "geoffrey|george|georg|georges|gerard|gerhard|gerrit|giacomo|gianluca|gianni|gilles|giorgia|giorgio|"
    "giovanna|"
    "giovanni|giulia|giuseppe|gonzalo|grzegorz|guido|guillaume|gustav|guy|gwenaël|günter|günther|hanna|"
    "hannah|"
    "hans|harald|harry|heather|heike|heinrich|helen|helena|helga|helmut|hendrik|henk|henri|henry|herbert|"
    "hermann|"
    "horst|hubert|hugo|hélène|ignacio|ilse|ines|inge|ingrid|inés|inês|irene|irina|iris|iryna|isabel|isabella|"
    "isabelle|iván|ivan|iwona|izabela|jacek|jack|jacqueline|jacques|jakob|jakub|james|jan|jana|jane|janet|"
    "janusz|"
    "jarosław|jasper|javier|jean|jennifer|jens|jeroen|jessica|jerzy|jiří|joachim|joan|joana|joanna|joão|"
    "jochen|"
    "joe|joel|johan|johann|johanna|johannes|john|jolanta|jonas|jonathan|joost|jordi|jorge|joris|josef|joseph|"
    "josiane|josé|joyce|juan|judith|juliane|julia|julian|julie|julien|julio|jules|jutta|józef|jérôme|jörg|"
    "jürgen|"
    "karel|karen|karin|karina|karl|karol|karolina|kateryna|katarzyna|katharina|kathrin|katja|kees|keith|"
    "kelly|"
    "kevin|kim|kirsten|klaas|klaus|koen|konrad|konstantin|krystyna|krzysztof|lars|laura|laurence|laurent|"
    "lech|lena|"
    "leo|leon|leonardo|leonie|lesia|lesya|leszek|leticia|lidia|lieke|liam|linda|lionel|lisa|loïc|lorenzo|"
    "lotte|"
    "louis|louise|luca|lucas|lucia|lucie|lucien|lucía|ludmila|ludwig|luis|luisa|luiz|luís|luísa|lukas|lydia|"
    "maarten|"
    "maciej|madeleine|maeve|magdalena|magali|mairi|manfred|manon|manuel|manuela|marc|marcel|marcin|marco|"
    "marcos|"
    "marek|margaret|margarida|margot|margret|maria|mariana|marianne|marie|marieke|marija|marina|mario|marion|"
    "marisa|marit|mariusz|marlene|marta|martin|martina|martine|marzena|mateo|mateusz|mathilde|mathieu|matteo|"
    "matthew|matthias|maura|maurice|mauro|maximilian|maëlle|małgorzata|melanie|mercedes|michael|michaela|"
    "michal|michał|michel|michele|michelle|miguel|mikhail|miriam|mireille|mirosław|moira|mohamed|mohammed|"
    "monica|"
    "monika|monique|montserrat|muriel|mykola|nadia|nadine|nancy|natalia|natalie|natasha|nathalie|nathan|"
    "nelson|"
    "niamh|nicholas|nick|nicola|nicolas|nicole|nigel|niklas|nikos|nils|noemi|noor|nora|norbert|norma|nuno|"
    "oksana|"
    "odile|olaf|oleh|oleksandr|oleksii|olena|olga|olha|oliver|olivia|olivier|orla|oscar|oskar|otto|pablo|"
    "paolo|"
    "paola|pascal|patricia|patrice|patrick|patrizia|patryk|paul|paula|paulina|pauline|pavel|paweł|packie|"
    "pedro|"
    "peter|petra|petro|petr|philip|philipp|philippe|piero|pierre|piet|pieter|pietro|pilar|piotr|priya|"
    "przemysław|quentin|rachel|rafael|rafał|raffaele|rainer|ralf|ramón|raquel|raymond|raúl|rebecca|reinhard|"
    "renata|renate|renato|renaud|rené|reto|ricardo|riccardo|richard|rita|robert|roberta|roberto|robin|"
    "roderick|"
    "rodrigo|roger|roland|rolf|roman|romain|rosa|rosanna|rosario|roswitha|ruben|rui|ruth|ryszard|sabina|"
    "sabine|"
    "sabrina|samuel|sandra|sanne|sara|sarah|sebastian|sergio|serhii|serhiy|shauna|sheila|sigrid|silke|silvia|"
    "simon|simona|simone|sjoerd|sonia|sophia|sophie|stanisław|stefan|stefania|stefano|stefanie|steffen|"
    "stephan|"
    "stephen|steven|stéphane|stéphanie|susan|susana|susanna|susanne|suzanne|svetlana|svitlana|sven|sylvain|"
    "sylvia|"
    "sylvie|sébastien|tadeusz|taras|tatiana|teresa|tetiana|theo|theresa|thierry|thijs|thomas|thorsten|tim|"
    "tobias|"
    "tom|tomasz|tomás|torsten|ulf|ulrich|ulrike|ursula|uwe|valentina|valentin|valerie|valeria|vanessa|vasyl|"
    "vera|vicente|victor|viktor|viktoria|viktoriia|vincent|vincenzo|vitali|vitalii|vitaliy|volker|volodymyr|"
    "waldemar|walter|waltraud|wanda|werner|wiebke|wilhelm|willem|william|winfried|wojciech|wolfgang|xavier|"
    "xoán|"
    "yannick|yann|yaroslav|yevhen|ylva|yolanda|yulia|yuliia|yurii|yuriy|yves|yvonne|zbigniew|zoe|zofia|"
    "zuzanna|"
    "álvaro|ángel|ángela|élise|éric|étienne|óscar|íñigo|łukasz|šárka|żaneta";
constexpr std::string_view kCyrillicNames =
    "анатоліи|андріи|анн|анна|антон|анастасія|богдан|борис|валентин|валентина|василь|віктор|вікторія|віталіи|"
    "віта|володимир|галина|ганна|григоріи|дарія|денис|дмитро|дмитр|євген|євгенія|єлизавета|емманюель|іван|"
    "ігор|"
    "ілля|інна|ірина|катерина|костянтин|леонід|леся|лариса|лідія|любов|людмила|максим|марина|марія|мирослав|"
    "михаило|микола|микита|надія|назар|наталія|ніна|оксана|олег|олександр|олександра|олексіи|олена|ольга|"
    "остап|"
    "павло|петро|роман|руслан|світлана|сергіи|соломія|софія|степан|тарас|тетяна|федір|юліа|юлія|юріи|яна|"
    "ярослав|"
    "ярослава|денисова|зоя|раїса|алла|аліна|алона|артем|вадим|станіслав|тимур|орися|уляна|христина";
constexpr std::string_view kGreekNames =
    "αλέξανδρος|αλέξης|αλεξάνδρα|ανδρέας|αντώνης|αντώνιος|αγγελική|αικατερίνη|αν|άννα|αναστασία|αναστάσιος|"
    "απόστολος|"
    "αριστείδης|βασίλης|βασιλική|βίκτωρ|γεωργία|γεώργιος|γιάννης|γιώργος|δέσποινα|δημήτρης|δημήτριος|δήμητρα|"
    "ειρήνη|"
    "ελένη|ελευθερία|ευαγγελία|ευάγγελος|ευτυχία|ζωή|ηλίας|θανάσης|θεόδωρος|θοδωρής|ιωάννα|ιωάννης|κατερίνα|"
    "κυριάκος|κωνσταντίνα|κωνσταντίνος|κώστας|λευτέρης|μαρία|μαρίνα|μάνος|μανώλης|μιχάλης|μιχαήλ|νίκος|"
    "νικόλαος|"
    "όλγα|παναγιώτα|παναγιώτης|παρασκευή|παύλος|πέτρος|σοφία|σπύρος|σταύρος|στέλιος|στέφανος|σωτήρης|σωτηρία|"
    "τάσος|φωτεινή|χαράλαμπος|χρήστος|χριστίνα|βιτάλι";

constexpr std::string_view kNeverNames =
    // English
    "the|a|an|this|that|these|those|it|he|she|they|we|i|you|his|her|their|our|my|its|in|on|at|by|for|from|"
    "with|"
    "without|of|to|and|or|but|nor|so|yet|as|if|when|while|after|before|since|because|although|though|however|"
    "meanwhile|moreover|then|there|here|now|today|yesterday|tomorrow|earlier|later|last|next|also|not|no|yes|"
    "all|"
    "some|many|most|more|both|each|every|other|another|one|two|three|four|five|what|why|how|who|where|which|"
    "whether|"
    "like|under|over|during|despite|through|about|among|against|between|until|per|via|thank|thanks|thank "
    "you|dear|happy|"
    "good|great|new|speaking|asked|according|following|instead|still|even|only|just|once|perhaps|sometimes|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|"
    "september|october|november|december|photo|photos|picture|video|source|breaking|update|correction|read|"
    // French
    "le|la|les|l|un|une|des|du|ce|cet|cette|ces|il|elle|ils|elles|nous|vous|je|j|tu|on|en|dans|sur|sous|avec|"
    "sans|pour|"
    "par|au|aux|à|et|ou|mais|donc|or|ni|car|si|quand|lorsque|comme|depuis|avant|après|hier|aujourd|demain|"
    "merci|bravo|"
    "bonjour|notre|votre|leur|leurs|nos|vos|mes|ses|son|sa|ma|mon|très|plus|tout|toute|tous|toutes|c|d|m|qu|"
    "s|n|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin|juillet|août|"
    "septembre|"
    "octobre|novembre|décembre|crédit|"
    // German
    "der|die|das|den|dem|ein|eine|einen|einem|einer|und|oder|aber|auch|am|im|ins|vom|zum|zur|bei|beim|mit|"
    "nach|seit|von|"
    "vor|für|gegen|ohne|über|unter|zwischen|durch|wir|ich|er|sie|es|ihr|unser|unsere|mein|meine|sein|seine|"
    "wenn|weil|"
    "dass|heute|gestern|morgen|hier|dort|nun|jetzt|wie|was|wer|wo|warum|nicht|kein|keine|alle|viele|danke|"
    "liebe|lieber|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|juni|juli|oktober|"
    "dezember|foto|"
    "bild|herzlichen|guten|gute|neue|neuer|neues|"
    // Spanish, Italian, Portuguese
    "el|los|las|lo|una|unos|unas|al|del|y|e|o|u|pero|con|sin|por|para|desde|hasta|sobre|entre|hoy|ayer|"
    "mañana|gracias|"
    "este|esta|estos|estas|ese|esa|nuestro|nuestra|su|sus|mi|mis|que|como|cuando|donde|muy|más|también|"
    "buenos|buenas|"
    "il|gli|uno|di|da|dal|dalla|nel|nella|sul|sulla|per|tra|fra|oggi|ieri|domani|grazie|questo|questa|questi|"
    "queste|"
    "nostro|nostra|suo|sua|mio|mia|che|come|quando|dove|molto|più|anche|buon|buona|buongiorno|"
    "o|os|as|um|uma|no|na|nos|nas|do|da|dos|das|ao|aos|com|sem|hoje|ontem|amanhã|obrigado|obrigada|nosso|"
    "nossa|seu|"
    "meu|minha|quem|onde|muito|mais|também|bom|boa|"
    // Polish, Dutch
    "w|we|z|ze|na|do|od|po|przed|przez|przy|pod|nad|dla|bez|o|u|i|oraz|ale|lub|czy|że|jak|gdy|kiedy|gdzie|"
    "dziś|"
    "dzisiaj|wczoraj|jutro|dziękuję|dziękujemy|to|ten|ta|te|tych|jest|są|nie|tak|nasz|nasza|nasze|już|"
    "jeszcze|"
    "poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|zdjęcie|"
    "het|een|de|en|of|maar|want|dus|ook|op|in|aan|bij|met|naar|van|voor|tegen|zonder|over|onder|tussen|door|"
    "wij|ik|hij|"
    "zij|ze|u|jullie|onze|ons|mijn|zijn|haar|hun|als|omdat|dat|vandaag|gisteren|morgen|hier|daar|nu|niet|"
    "geen|alle|"
    "veel|dank|bedankt|goedemorgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    // Ukrainian, Greek
    "в|у|на|до|від|за|з|із|зі|по|про|при|під|над|для|без|і|й|та|або|але|чи|що|як|коли|де|сьогодні|вчора|"
    "завтра|дякую|"
    "дякуємо|це|цей|ця|ці|ми|я|він|вона|вони|ви|наш|наша|наше|наші|не|так|вже|ще|тут|там|після|перед|"
    "понеділок|"
    "вівторок|середа|четвер|п'ятниця|субота|неділя|фото|"
    "ο|η|το|οι|τα|του|της|των|τον|την|στο|στη|στην|στον|στα|στις|με|από|για|και|ή|αλλά|όταν|πως|ότι|σήμερα|"
    "χθες|χτες|"
    "αύριο|ευχαριστώ|ευχαριστούμε|εμείς|εγώ|μας|μου|δεν|ναι|όχι|πριν|μετά|δευτέρα|τρίτη|τετάρτη|πέμπτη|"
    "σάββατο|"
    "κυριακή|φωτογραφία";

constexpr std::string_view kThingWords =
    "street|road|avenue|lane|square|bridge|tower|park|hall|station|school|library|church|cathedral|hospital|"
    "museum|"
    "theatre|theater|stadium|airport|harbour|harbor|river|lake|city|town|council|festival|market|centre|"
    "center|"
    "university|college|house|palace|castle|garden|gardens|tram|bus|line|team|day|week|night|week "
    "end|prize|award|"
    "rue|place|pont|quai|boulevard|école|mairie|ville|hôtel|gare|musée|théâtre|parc|jardin|stade|marché|"
    "centre|"
    "fête|église|bibliothèque|piscine|tour|île|champs|maison|palais|conseil|"
    "straße|strasse|platz|brücke|schule|rathaus|bahnhof|kirche|dom|schloss|park|stadt|haus|halle|bad|radweg|"
    "straßenbahn|markt|allee|turm|"
    "calle|plaza|puente|escuela|ayuntamiento|estación|iglesia|parque|biblioteca|mercado|ciudad|barrio|"
    "colegio|"
    "via|piazza|ponte|scuola|municipio|stazione|chiesa|parco|mercato|città|quartiere|palazzo|teatro|comune|"
    "ulica|plac|most|szkoła|ratusz|dworzec|kościół|rynek|miasto|teatr|muzeum|biblioteka|"
    "rua|praça|escola|câmara|estação|igreja|cidade|bairro|jardim|avenida|"
    "straat|plein|brug|school|stadhuis|station|kerk|stad|gemeente|bibliotheek|markt|gracht|wijk|"
    "вулиця|площа|міст|школа|мерія|вокзал|церква|парк|місто|театр|музей|бібліотека|ринок|лікарня|громада|"
    "οδός|πλατεία|γέφυρα|σχολείο|δημαρχείο|σταθμός|εκκλησία|πάρκο|πόλη|θέατρο|μουσείο|βιβλιοθήκη|αγορά|δήμος";

// Of the names above: women's that do not end in "a", men's that do, and names of both.
constexpr std::string_view kWomen =
    "adele|agnes|alice|alison|amelie|anaïs|anke|anne|annegret|anneke|annette|anouk|ariane|astrid|audrey|"
    "aurélie|birte|"
    "brigitte|bríd|camille|carmen|carole|caroline|catherine|christine|claire|clémence|corinne|cécile|céline|"
    "edith|"
    "eilidh|eleanor|eleni|elfriede|elisabeth|elizabeth|elke|ellen|elodie|els|emily|emmanuelle|estelle|esther|"
    "evelien|"
    "fanny|femke|fleur|francine|françoise|gabrielle|gaëlle|hannah|heather|heike|helen|hélène|ilse|inge|"
    "ingrid|ines|"
    "inés|inês|irene|iris|isabel|isabelle|jacqueline|jane|janet|jennifer|josiane|joyce|judith|juliane|julie|"
    "karen|"
    "karin|kathrin|kelly|kirsten|laurence|leonie|lieke|lotte|louise|lucie|madeleine|maeve|magali|mairi|manon|"
    "margaret|"
    "margot|margret|marianne|marie|marieke|marion|marit|marlene|martine|mathilde|maëlle|melanie|mercedes|"
    "michelle|"
    "mireille|monique|montserrat|muriel|nadine|nancy|natalie|nathalie|niamh|nicole|noor|odile|pauline|pilar|"
    "rachel|"
    "raquel|ruth|sabine|sanne|sarah|sigrid|silke|sophie|stefanie|stéphanie|susan|susanne|suzanne|sylvie|"
    "theresa|"
    "ulrike|valerie|waltraud|wiebke|yvonne|zoe|élise|solange|denise|simone|anne|анн|любов|αν|ειρήνη|ελένη|"
    "ζωή|"
    "αγγελική|βασιλική|παρασκευή|φωτεινή";
constexpr std::string_view kMen =
    "luca|mattia|elia|mykola|ilja|nikita|микола|микита|ілля|bola|joshua|juha|kosta|sasha";
constexpr std::string_view kBoth =
    "andrea|nicola|dominique|claude|camille|kim|robin|alex|gabriele|michele|simone|jean|joan|jan|luca|"
    "daniele|pascal|sam|chris|lee|leslie|yannick|maria|rosario|patrice|renate|andreea|noa";

bool has_word(std::string_view list, std::string_view word) {
  for (const std::string_view one : split(list, '|')) {
    if (fold_phrase(one) == word) return true;
  }
  return false;
}

std::uint32_t gender_of(std::string_view folded) {
  if (has_word(kBoth, folded)) return 3;
  if (has_word(kMen, folded)) return 1;
  const bool ends_so = folded.ends_with("a") || folded.ends_with("а") || folded.ends_with("я") ||
                       folded.ends_with("ια") || folded.ends_with("α");
  return ends_so || has_word(kWomen, folded) ? 2 : 1;
}

Script script_of(std::string_view folded) {
  std::size_t at = 0;
  return folded_char(next_code_point(folded, &at)).script;
}

PhraseTable plain_table(std::initializer_list<std::string_view> lists, bool declined) {
  PhraseBuilder builder;
  for (const std::string_view list : lists) {
    for (const std::string_view word : split(list, '|')) {
      const std::string folded = fold_phrase(word);
      builder.add(folded, 1);
      // In Latin letters too many names with an ending are other words.
      if (!declined || script_of(folded) == Script::kLatin) continue;
      builder.add(str_cat(name_stem(folded, script_of(folded)), std::string(1, kEnding)), 1);
    }
  }
  return builder.build();
}

PhraseTable name_table() {
  PhraseBuilder builder;
  for (const std::string_view list : {kLatinNames, kCyrillicNames, kGreekNames}) {
    for (const std::string_view word : split(list, '|')) {
      const std::string folded = fold_phrase(word);
      const std::uint32_t gender = gender_of(folded);
      builder.add(folded, gender);
      if (script_of(folded) == Script::kLatin) continue;
      builder.add(str_cat(name_stem(folded, script_of(folded)), std::string(1, kEnding)), gender);
    }
  }
  return builder.build();
}

}  // namespace

const PhraseTable& given_name_table() {
  static const PhraseTable kTable = name_table();
  return kTable;
}

bool is_listed_given_name(const WordScan& scan, std::size_t index) {
  static const PhraseTable kTable = plain_table({kLatinNames, kCyrillicNames, kGreekNames}, false);
  return kTable.longest_at(scan, index).words == 1;
}

const PhraseTable& never_name_table() {
  static const PhraseTable kTable = plain_table({kNeverNames}, false);
  return kTable;
}

const PhraseTable& thing_word_table() {
  static const PhraseTable kTable = plain_table({kThingWords}, true);
  return kTable;
}

}  // namespace copytaster
