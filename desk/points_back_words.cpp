// The words by which a sentence hangs on the one before it. To add a language: its line here and in the list
// of points_back.cpp, a case in points_back_test.cpp. An article that is also a pronoun ("la", "das", "ο") is
// told with its verb or not at all.
#include <algorithm>
#include <iterator>

#include "desk/points_back.h"

namespace copytaster {
namespace {

constexpr PointingWords kWords[] = {
    {.language = "en",
     .hangs = "it|its|he|she|they|him|her|his|their|them|this is|this was|this has|this will|this means|that|"
              "these are|those are|those who|so|but|and|or|nor|yet|therefore|thus|hence|however|moreover|"
              "besides|instead|otherwise|then|there|afterwards|meanwhile|because of this|both|neither|others|"
              "the others|the other|the rest|the former|the latter|the same|such|in addition|as a result|"
              "for example|for that|also|not because|same|too|if so|if not|nothing else",
     .near = "of them|of these|of those|also|them|there too|as well",
     .these = "this|these|those",
     .we = "we|together",
     .stands = "there is|there are|there was|there were|there will|there has|there have|this morning|"
               "this afternoon|this evening|this week|this weekend|this month|this year|this spring|"
               "this summer|this autumn|this winter|this easter|this monday|this tuesday|this wednesday|"
               "this thursday|this friday|this saturday|this sunday|so far this|it is time|it is with|"
               "both sides"},
    {.language = "fr",
     .hangs = "ils|elle|elles|il|lui|eux|celui ci|celle ci|ceux ci|celles ci|celui là|celle là|ceux là|cela|"
              "ceci|ça|c est|c était|ce sont|ce sera|ce fut|ce qui|ce que|j y|je m y|j en|je m en|je l|je le|"
              "je la|je les|je lui|je leur|nous y|nous en|nous les|nous l|nous lui|nous leur|on y|on en|y|en "
              "effet|son|sa|ses|leur|leurs|et|mais|ou|or|donc|car|ni|puis|ensuite|alors|ainsi|aussi|pourtant|"
              "cependant|toutefois|néanmoins|de plus|par ailleurs|en outre|voilà pourquoi|pour cela|"
              "pour autant|malgré cela|au contraire|en revanche|là|les deux|tous les deux|toutes les deux|"
              "tous deux|toutes deux|chacun|chacune|d autres|les autres|l autre|l un|l une|les uns|le même|"
              "la même|dont|d où|toutes les autres|tous les autres|pas parce|un autre|une autre",
     .near = "lui|eux|aussi|également|d entre eux|d entre elles|d elles|m y|là bas",
     .these = "ce|cet|cette|ces",
     .we = "nous|ensemble",
     .stands =
         "il y a|il y aura|il y avait|il faut|il faudra|il fallait|il aura fallu|il est temps|il reste|"
         "il s agit|il pleut|il neige|il est avec|ce matin|ce midi|ce soir|cet après midi|cette nuit|"
         "cette semaine|ce week end|ce mois|cette année|ce printemps|cet été|cet automne|cet hiver|"
         "ce lundi|ce mardi|ce mercredi|ce jeudi|ce vendredi|ce samedi|ce dimanche|ainsi que|c est avec|"
         "c est aujourd hui|c est demain|c est ce|aussi longtemps|son excellence|sa majesté"},
    {.language = "de",
     .hangs = "er|es|sie|ihn|ihm|ihnen|ihr|ihre|ihren|ihrem|ihrer|sein|seine|seinen|seinem|seiner|das ist|"
              "das war|das sind|das waren|das wird|das hat|das haben|das kann|das können|das macht|das gilt|"
              "das heißt|das freut|das geht|das muss|das gibt|dies|damit|dafür|dagegen|dabei|dadurch|daher|"
              "dann|danach|dazu|davon|davor|daran|darauf|daraus|darin|darüber|darum|deshalb|deswegen|dennoch|"
              "trotzdem|außerdem|zudem|ebenso|auch|so|doch|aber|und|oder|denn|sondern|jedoch|allerdings|dort|"
              "da|beide|die beiden|einer von|eine von|andere|die anderen|der andere|die andere|dieselbe|"
              "derselbe|dasselbe|mit ihm|mit ihr|mit ihnen|von ihm|von ihr|von ihnen|für ihn|für sie|bei ihm|"
              "deren|dessen|solche|solch|genau das|nicht weil|stattdessen|seither|seitdem|vorher|nachher|"
              "anschließend|letzteres|ersteres|der rest|alle anderen|welche",
     .near = "auch|ebenfalls|von ihnen|dort|davon|darüber|dazu|dafür|damit|daran|ihm|ihnen",
     .these = "dieser|diese|dieses|diesen|diesem|jener|jene|jenes|jenen|jenem",
     .we = "wir|gemeinsam|zusammen",
     .stands = "es gibt|es gab|es geht um|es regnet|es schneit|es ist zeit|es ist so weit|diese woche|"
               "diese nacht|dieser tage|dieses jahr|dieses wochenende|diesen monat|diesen sommer|"
               "diesen winter|diesen montag|diesen dienstag|diesen mittwoch|diesen donnerstag|"
               "diesen freitag|diesen samstag|diesen sonntag|sie können|sie haben fragen|auch heute"},
    {.language = "es",
     .hangs = "él|ella|ellos|ellas|ello|eso|esto|aquello|su|sus|y|e|pero|ni|o|sino|pues|porque|por eso|"
              "por ello|por tanto|por lo tanto|así|además|también|tampoco|sin embargo|no obstante|en cambio|"
              "entonces|luego|después|allí|allá|ahí|ambos|ambas|los dos|las dos|uno de ellos|una de ellas|"
              "algunos de ellos|algunas de ellas|otros|otras|otro|otra|los demás|las demás|el resto|lo mismo|"
              "el mismo|la misma|le|les|lo|se lo|se la|se los|se las|no porque|era|eran|con ellos|con ellas",
     .near = "también|ellos|ellas|ello|allí",
     .these = "este|esta|estos|estas|ese|esa|esos|esas|aquel|aquella|aquellos|aquellas",
     .we = "nosotros|nosotras|juntos|juntas",
     .stands = "lo importante|lo mejor|lo peor|lo que|lo más|esta mañana|esta tarde|esta noche|esta semana|"
               "esta madrugada|este mediodía|este año|este mes|este fin de semana|este verano|este invierno|"
               "esta primavera|este otoño|este lunes|este martes|este miércoles|este jueves|este viernes|"
               "este sábado|este domingo|después de|luego de|además de|así como|y hoy"},
    {.language = "it",
     .hangs = "lui|lei|loro|egli|ella|essi|esse|esso|essa|ciò|questo è|questa è|questi sono|queste sono|"
              "quello|quella|quelli|quelle|suo|sua|suoi|sue|il suo|la sua|i suoi|le sue|il loro|la loro|"
              "i loro|le loro|e|ed|ma|o|però|né|quindi|perciò|per questo|così|inoltre|anche|anzi|poi|dopo di|"
              "allora|tuttavia|invece|infatti|lì|là|ne|l ho|l abbiamo|li ho|li abbiamo|le ho|le abbiamo|"
              "lo ho|lo abbiamo|entrambi|entrambe|tutti e due|tutte e due|uno di loro|una di loro|gli altri|"
              "le altre|l altro|l altra|tutte le altre|tutti gli altri|altri|altre|lo stesso|la stessa|"
              "il resto|ecco perché|non perché|era|erano|si era|si erano|con loro",
     .near = "anche|di loro|con loro|ciò",
     .these = "questo|questa|questi|queste|quel|quei|quegli|quest|quell",
     .we = "noi|insieme",
     .stands = "questa mattina|questa sera|questa notte|questo pomeriggio|questa settimana|quest anno|"
               "questo mese|questo fine settimana|quest estate|quest inverno|questa primavera|"
               "quest autunno|questo lunedì|questo martedì|questo mercoledì|questo giovedì|questo venerdì|"
               "questo sabato|questa domenica|e adesso tutti"},
    {.language = "pt",
     .hangs =
         "ele|ela|eles|elas|isto|isso|aquilo|seu|sua|seus|suas|o seu|a sua|os seus|as suas|e|mas|ou|nem|"
         "porém|contudo|todavia|por isso|por isto|assim|então|depois disso|também|além disso|aliás|ali|lá|"
         "aí|ambos|ambas|os dois|as duas|um deles|uma delas|alguns deles|algumas delas|outros|outras|"
         "os outros|as outras|o outro|a outra|o resto|o mesmo|a mesma|não porque|era|eram|com eles|"
         "com elas",
     .near = "também|deles|delas|ali|nisso|disso",
     .these = "este|esta|estes|estas|esse|essa|esses|essas|aquele|aquela|aqueles|aquelas",
     .we = "nós|juntos|juntas",
     .stands = "esta manhã|esta tarde|esta noite|esta semana|esta madrugada|este ano|este mês|este verão|"
               "este inverno|esta primavera|este outono|este fim de semana|esta segunda|esta terça|"
               "esta quarta|esta quinta|esta sexta|este sábado|este domingo|assim que|assim como|e hoje"},
    {.language = "nl",
     .hangs =
         "hij|zij|ze|het is|het was|het zijn|het waren|het wordt|het gaat|het heeft|het kan|het moet|hem|"
         "haar|hun|hen|dit is|dit was|dat|dus|daarom|daardoor|daarna|dan|daar|daarmee|daarvoor|daarbij|"
         "daarnaast|daarover|bovendien|ook|maar|en|of|want|toch|echter|toen|beide|beiden|allebei|"
         "een van hen|de anderen|de ander|de andere|de rest|anderen|hetzelfde|dezelfde|zo|niet omdat|"
         "zulke|met hem|met haar|met hen",
     .near = "ook|daar|ervan|erover|erbij|van hen|hen",
     .these = "dit|deze|die",
     .we = "wij|we|samen",
     .stands = "het is tijd|deze week|deze ochtend|deze middag|deze avond|deze nacht|deze maand|deze zomer|"
               "deze winter|dit jaar|dit weekend|dit voorjaar|dit najaar|deze maandag|deze dinsdag|"
               "deze woensdag|deze donderdag|deze vrijdag|deze zaterdag|deze zondag|zo veel"},
    {.language = "pl",
     .hangs =
         "on|ona|ono|oni|one|jego|jej|ich|im|jemu|to jest|to są|to był|to była|to było|to były|to|tam|"
         "wtedy|potem|następnie|dlatego|więc|zatem|jednak|ale|i|a|lub|albo|oraz|lecz|bo|też|także|również|"
         "ponadto|poza tym|obaj|obie|oboje|jeden z nich|jedna z nich|niektórzy|inni|pozostali|pozostałe|"
         "reszta|tak|taki|taka|takie|stąd|mimo to|z nimi|z nią|z nim|dla nich|o nich|po nim|nie dlatego|"
         "pod nimi",
     .near = "też|także|również|z nich|tam|ona|on|oni|one|jej|ich",
     .these = "ten|ta|te|ci|tej|tego|tych|tym|tę|tą",
     .we = "my|razem|wspólnie",
     .stands = "tej nocy|tego lata|tego roku|tej wiosny|tej zimy|tej jesieni|ten tydzień|tego dnia"},
    {.language = "uk",
     .hangs = "він|вона|воно|вони|його|її|їх|їхній|їхня|їхнє|їхні|їм|йому|їй|це|там|туди|тоді|потім|тому|"
              "отже|проте|однак|але|і|й|а|або|та|бо|також|теж|крім того|обидва|обидві|обоє|один з них|"
              "одна з них|інші|решта|так|такий|така|таке|такі|звідти|після цього|для них|з ними|з ним|з нею|"
              "про них|саме тому|саме це|саме там|у них|в них|у нього|у неї|до них|не тому",
     .near = "також|теж|з них|туди|звідти|про це|для цього|серед них",
     .these = "цей|ця|ці|той|те|ті|цього|цієї|цих|цим|цією",
     .we = "ми|разом",
     .stands = "цього ранку|цього тижня|цього року|цього місяця|цього літа|цієї ночі|цієї весни|цієї зими|"
               "цієї осені|цими днями|та сама година"},
    {.language = "el",
     .hangs =
         "αυτός|αυτοί|αυτές|εκείνος|εκείνη|εκείνο|εκείνοι|εκείνες|εκείνα|αυτό είναι|αυτό ήταν|αυτά είναι|"
         "αυτή είναι|γι αυτό|για αυτό|έτσι|επίσης|όμως|αλλά|και|κι|ή|ωστόσο|εκεί|τότε|ύστερα|έπειτα|"
         "άρα|επομένως|δηλαδή|επιπλέον|ακόμη|ακόμα|ο ένας|η μία|οι άλλοι|οι άλλες|τα άλλα|οι υπόλοιποι|"
         "τα υπόλοιπα|οι ίδιοι|το ίδιο|τους|μαζί τους|από αυτούς|από αυτές|από αυτά|ένας από|μία από αυτές|"
         "τέτοιος|τέτοια|τέτοιο|τόσο|το πρώτο το|το δεύτερο το|όχι επειδή|ούτε|θα είναι|στο μεταξύ",
     .near = "επίσης|εκεί|αυτούς|αυτές|μαζί τους",
     .these = "αυτή|αυτό|αυτά|αυτόν|αυτήν|αυτόν τον|αυτού|αυτής",
     .we = "εμείς|μαζί",
     .stands = "αυτή την εβδομάδα|αυτό το σαββατοκύριακο|αυτόν τον μήνα|αυτή τη νύχτα|αυτό το καλοκαίρι|"
               "αυτή την ώρα|και του χρόνου|έπειτα από|ύστερα από"},
};

}  // namespace

const PointingWords* pointing_words(std::string_view language) {
  const auto* const found = std::ranges::find(kWords, language, &PointingWords::language);
  return found == std::end(kWords) ? nullptr : found;
}

}  // namespace copytaster
