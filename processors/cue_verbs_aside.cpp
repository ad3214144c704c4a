// Verbs that say that somebody speaks only where they stand behind the words: "“…,” smiled Odile Marchal".
#include "processors/cue_verbs.h"

namespace copytaster {

const PhraseTable& aside_table() {
  static const PhraseTable kTable = make_phrase_table({
      {1,
       {{"en",
         "smiled|smiles|laughs|grinned|beamed|chuckled|rejoiced|shrugged|winced|cheered|teased|confided|"
         "confides|ventured|"
         "volunteered|prophesied"},
        {"fr",
         "réjouit|réjoui|réjouie|félicite|félicité|félicitée|souvient|souvenu|souvenue|amuse|amusé|amusée|"
         "inquiète|inquiété|"
         "inquiétée|enthousiasme|enthousiasmé|étonne|étonné|étonnée|indigne|indigné|indignée|émeut|agace|"
         "excuse|rassure|"
         "rassuré|note|noté|observe|observé|relève|relevé|signale|signalé|pointe|pointé|souffle|soufflé|"
         "tranche|tranché|"
         "enchaîne|enchaîné|abonde|rit|rigole|désole|désolé|déplore|déploré|savoure|apprécie|remercie|"
         "conseille|conseillé|"
         "propose|proposé|suggère|suggéré|espère|espéré|craint|raille|râle|emporte|défend|défendu|détaillait|"
         "résumait"},
        {"uk",
         "усміха*|посміха*|сміється|радіє|зрадів|зраділа|тішиться|помічає|помітив|помітила|продовжу*|"
         "продовжив|продовжила|"
         "заспокоїв|заспокоїла|заспокоює|радить|пропону*|запропонува*|дивується|дякує|просить|попросив|"
         "попросила|критику*|"
         "ділиться|поділився|поділилася|застеріг|застерегла|хвалиться|сподіва*|пригаду*|пригадав|пригадала|"
         "непокоїться"},
        {"de",
         "lacht|lachte|lächelt|lächelte|schmunzelt|schmunzelte|strahlt|strahlte|grinst|grinste|bilanziert|"
         "bilanzierte|"
         "kommentiert|kommentierte|stöhnt|stöhnte|schimpft|schimpfte|ärgert|ärgerte|wundert|wunderte|rät|"
         "riet|appelliert|"
         "appellierte|hofft|hoffte|glaubt|glaubte|findet|fand|bittet|bat|sorgt sich|sorgte "
         "sich|beruhigt|beruhigte"},
        {"es",
         "celebra|sonríe|sonrió|ríe|rió|felicita|felicitó|tranquilizó|tranquiliza|valoró|valora|ponderó|"
         "prosiguió|prosigue|"
         "continuó|continúa|completó|narró|narra|confió|confía|lamenta|aconsejó|aconseja|pidió|pide|reclamó|"
         "reclama|"
         "criticó|critica|avanzó|avanza|reveló|revela|agradece|presumió|presume|rememora|rememoró|ironizó|"
         "alertó|alerta|"
         "propuso|propone|sugiere"},
        {"it",
         "sorride|ride|gioisce|esulta|rallegra|rallegrato|rallegrata|prosegue|proseguito|continua|continuato|"
         "nota|notato|"
         "confida|rivela|rivelato|critica|criticato|consiglia|consigliato|propone|proposto|chiosa|chiosato|"
         "incalza|"
         "incalzato|puntualizza|puntualizzato|rimarca|rimarcato|ringrazia|ringraziato|auspica|auspicato|"
         "spera|teme|"
         "scandisce|ammonisce|ammonito|suggerisce|suggerito|esorta|valuta|tranquillizza|taglia corto"},
        {"pl",
         "uśmiecha się|uśmiechnął się|uśmiechnęła się|śmieje się|cieszy się|cieszył się|cieszyła się|martwi "
         "się|chwali|"
         "chwalił*|zauważa|zauważył*|zwraca "
         "uwagę|radzi|radził*|proponuje|zaproponował*|kwituje|wylicza|wyliczał*|"
         "dziwi "
         "się|narzeka|narzekał*|kontynuuje|kontynuował*|uspokaja|uspokajał*|zdradza|zdradził*|dziękuje|prosi|"
         "prosił*|krytykuje|ubolewa"},
        {"pt",
         "comemorou|comemora|celebrou|celebra|notou|nota|confidenciou|confidencia|tranquilizou|tranquiliza|"
         "avaliou|avalia|"
         "ponderou|pondera|apontou|aponta|festejou|festeja|completou|completa|prosseguiu|prossegue|continuou|"
         "continua|"
         "opinou|opina|assinalou|assinala|vincou|vinca|enfatizou|enfatiza|detalhou|narrou|narra|sorriu|sorri|"
         "ri|lamentou|"
         "lamenta|criticou|critica|acredita|atirou|advertiu|adverte|aconselhou|aconselha|pediu|pede|apelou|"
         "apela|propôs|"
         "revelou|revela|analisou|analisa"},
        {"nl",
         "glimlacht|glimlachte|hoopt|hoopte|denkt|dacht|constateert|constateerde|adviseert|adviseerde|"
         "besluit|besloot|"
         "verduidelijkt|verduidelijkte|nuanceert|nuanceerde|jubelt|jubelde|juicht|moppert|mopperde|droomt|"
         "vat samen|"
         "vatte samen|stelt vast|stelde vast|geeft toe|gaf toe|vindt|vond"},
        {"el",
         "θυμάται|χαμογελά|χαμογέλασε|γελά|γέλασε|χαίρεται|χάρηκε|καθησύχασε|καθησυχάζει|συνέχισε|συνεχίζει|"
         "συμπλήρωσε|"
         "συμπληρώνει|εκτίμησε|εκτιμά|εξομολογήθηκε|εξομολογείται|παραπονέθηκε|παραπονιέται|ευχαρίστησε|"
         "ευχαριστεί|ζήτησε|"
         "ζητά|πρότεινε|προτείνει|συμβουλεύει|αποκάλυψε|αποκαλύπτει|ελπίζει|πιστεύει|ξεκαθάρισε|"
         "ξεκαθαρίζει"}}},
  });
  return kTable;
}

}  // namespace copytaster
