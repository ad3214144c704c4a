#include "processors/quote_signs.h"

namespace copytaster {

const PhraseTable& sign_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Sign::kFirstPerson),
       {{"en", "i|we|my|our|me|us|ours|myself|ourselves|i'm|we're"},
        {"fr", "je|j|nous|notre|nos|mon|ma|mes|moi|m"},
        {"uk", "я|ми|мій|моя|моє|мої|наш*|нас|нам|нами|мене|мені|мною"},
        {"de", "ich|wir|mein*|unser*|uns|mich|mir"},
        {"es",
         "yo|hablé|conocí|visité|encontré|nosotros|nosotras|nuestr*|mi|mis|nos|me|hemos|prometí|prometimos|"
         "queremos|podemos|debemos|"
         "estamos|somos|seguimos|"
         "vamos"},
        {"it",
         "io|noi|nostr*|mio|mia|miei|mie|ci|mi|abbiamo|ho|avevo|avevamo|vogliamo|possiamo|dobbiamo|siamo|"
         "saremo"},
        {"pl",
         "ja|my|spotkałem|spotkałam|rozmawiałem|rozmawiałam|nasz*|mój|moja|moje|nas|nam|nami|mnie|mi|mam|"
         "mamy|obiecałem|obiecałam|obiecaliśmy|jesteśmy|"
         "chcemy|możemy|musimy|będziemy"},
        {"pt",
         "eu|falei|conheci|visitei|encontrei|nós|noss*|meu|minha|meus|minhas|nos|me|temos|prometi|prometemos|"
         "queremos|podemos|devemos|"
         "estamos|somos|vamos"},
        {"nl", "ik|wij|we|ons|onze|mijn|me|mij"},
        {"el",
         "εγώ|εμείς|μας|μου|εμάς|έχουμε|υποσχέθηκα|υποσχεθήκαμε|θέλουμε|μπορούμε|πρέπει να "
         "είμαστε|είμαστε"}}},
      {static_cast<std::uint8_t>(Sign::kStance),
       {{"en",
         "must|will|shall|should|i promised|we promised|need to|have "
         "to|cannot|can't|won't|never|believe|want|refuse|promise|pledge|commit*|owe|hope|"
         "deserve*|stand with|stand by|is right|is wrong|not nearly enough|is not|going to|had not "
         "expected|was wrong|ought"},
        {"fr",
         "devons|ai promis|avons promis|devez|doit|faut|faudra|ne peut|ne "
         "pouvons|voulons|veux|crois|croyons|refuse|refusons|promets|promettons|engage*|"
         "espère|espérons|n'y aura|sera|serons|serai|se "
         "tiendra|allons|prendra|jamais|toujours|mérite*|rappellent|conviction|a raison|"
         "n'a pas à|continuerons|continue"},
        {"uk",
         "маємо|мусимо|повинн*|треба|потрібно|не можна|вірю|віримо|хочу|хочемо|обіця*|не "
         "відда*|ніколи|завжди|будемо|буду|"
         "відбуду*|вистоїмо|переможемо|стоїть|важлив*|заслугову*|готовність|відчуваємо|поруч"},
        {"de",
         "müssen|habe versprochen|haben "
         "versprochen|muss|sollen|sollten|wollen|will|werden|dürfen|darf|glaube|glauben|verspreche|"
         "versprechen|hoffe|hoffen|nie|niemals|"
         "brauchen|braucht|verdien*|kämpfen|halte|können|bleibt|bleiben|gehört"},
        {"es",
         "debemos|prometí|prometimos|hemos prometido|debe|deben|hay que|tenemos "
         "que|queremos|quiero|creo|creemos|prometo|nunca|jamás|siempre|seguiremos|seremos|"
         "vamos a|haremos|merece*|espero|esperamos|no vamos a|podemos|necesitamos"},
        {"it",
         "dobbiamo|ho promesso|avevo promesso|avevamo promesso|abbiamo "
         "promesso|deve|devono|bisogna|vogliamo|voglio|credo|crediamo|prometto|mai|sempre|saremo|faremo|"
         "merita*|spero|speriamo|"
         "non possiamo|possiamo|continueremo|serve|servono"},
        {"pl",
         "musimy|obiecałem|obiecałam|obiecaliśmy|musi|trzeba|powinn*|chcemy|chcę|wierzę|wierzymy|obiecuję|"
         "nigdy|zawsze|będziemy|"
         "zasługuj*|mam nadzieję|nie możemy|"
         "możemy|zrobimy|potrzebujemy|należy"},
        {"pt",
         "devemos|prometi|prometemos|deve|devem|temos de|temos que|é "
         "preciso|queremos|quero|acredito|acreditamos|prometo|nunca|sempre|seremos|vamos|"
         "faremos|merece*|espero|esperamos|não podemos|precisamos|continuaremos"},
        {"nl",
         "moeten|heb beloofd|hebben "
         "beloofd|moet|zullen|zal|willen|wil|geloof|geloven|beloof|beloven|nooit|altijd|blijven|blijft|"
         "verdien*|hoop|hopen|kunnen niet|"
         "mogen|horen|hoort|gaan we|nodig"},
        {"el",
         "πρέπει|υποσχέθηκα|υποσχεθήκαμε|θα|θέλουμε|θέλω|πιστεύω|πιστεύουμε|υπόσχομαι|ποτέ|πάντα|αξίζ*|"
         "ελπίζω|ελπίζουμε|μπορούμε|"
         "χρειάζεται|οφείλουμε|συνεχίζουμε"}}},
      {static_cast<std::uint8_t>(Sign::kValue),
       {{"en",
         "peace|freedom|free|justice|solidarity|democracy|proud|pride|together|future|courage*|hope|dignity|"
         "rebuild*|thank*|grateful|war|"
         "children|right thing|side by side|support*|never again"},
        {"fr",
         "paix|liberté*|justice|solidarité*|démocratie|fier*|fière*|ensemble|avenir|courage*|espoir|dignité|"
         "reconstru*|merci|reconnaissant*|"
         "guerre|fraternité|admiration|soutien|côtés|hommage|enfants|engage"},
        {"uk",
         "мир|миру|свобод*|справедлив*|солідарн*|демократі*|пиша*|разом|майбутн*|мужн*|наді*|гідн*|відбуд*|"
         "дяку*|вдячн*|війн*|підтримк*|"
         "поруч|дружб*|діти|друзів"},
        {"de",
         "frieden*|freiheit*|gerechtigkeit|solidarität*|demokratie|stolz|gemeinsam|zukunft|mut*|hoffnung|"
         "würde|wiederaufbau*|danke|dankbar|"
         "krieg*|freundschaft*|kinder|türen|seite an seite"},
        {"es",
         "paz|libertad*|justicia|solidaridad|democracia|orgullo*|juntos|juntas|futuro|valent*|valor|"
         "esperanza|dignidad|reconstru*|gracias|"
         "guerra|apoyo|niños|lado"},
        {"it",
         "pace|libertà|giustizia|solidarietà|democrazia|orgoglio*|insieme|futuro|coraggio*|speranza|dignità|"
         "ricostru*|grazie|guerra|"
         "sostegno|bambini|fianco"},
        {"pl",
         "pokój|pokoju|wolnoś*|sprawiedliwoś*|solidarnoś*|demokracj*|dumn*|razem|wspólnie|przyszłoś*|odwag*|"
         "odważn*|nadziej*|godnoś*|odbud*|"
         "dziękuj*|wdzięczn*|wojn*|wsparci*|dzieci|przyjaźń|przyjaźni"},
        {"pt",
         "paz|liberdade*|justiça|solidariedade|democracia|orgulho*|juntos|juntas|futuro|coragem|esperança|"
         "dignidade|reconstru*|obrigad*|"
         "guerra|apoio|crianças|lado"},
        {"nl",
         "vrede|vrijheid|rechtvaardig*|solidariteit|democratie|trots|samen|toekomst|moed*|hoop|waardigheid|"
         "wederopbouw*|dank*|oorlog*|steun*|"
         "kinderen|zij aan zij|vriendschap*"},
        {"el",
         "ειρήνη*|ελευθερί*|δικαιοσύνη*|αλληλεγγύη*|δημοκρατί*|περήφαν*|μαζί|μέλλον*|θάρρος|ελπίδα*|"
         "αξιοπρέπεια*|ανοικοδόμηση*|ευχαριστ*|"
         "πόλεμο*|στήριξη*|παιδιά|πλευρό"}}},
      {static_cast<std::uint8_t>(Sign::kLogistics),
       {{"en",
         "tickets|open from|opens|opening hours|closed|appointment*|register|call|ring|p.m|a.m|pm|am|km "
         "h|warning|road closures|route|details|"
         "apply|deadline|birthday|available at|free entry|metres"},
        {"fr",
         "rendez "
         "vous|horaires|ouvert|ouverte|fermé|fermée|fermés|fermées|inscription*|appelez|appellent|heures|h|"
         "programme|entrée libre|"
         "gratuit|plan|déviation|anniversaire|apportez|collecte|km h|détail"},
        {"uk",
         "розклад*|відкрит*|закрит*|зачинен*|реєстраці*|телефон*|год|годин*|безкоштовн*|адрес*|рух|обмежен*|"
         "тариф*|маршрут*|вул"},
        {"de",
         "termin*|uhr|geöffnet|gesperrt|geschlossen|anmeldung*|telefon*|eintritt|kostenlos|öffnungszeiten|"
         "umleitung*|adresse|geburtstag*|"
         "beratung|km h|linien"},
        {"es",
         "cita previa|horario*|abierto|cerrado|cerrada|inscripci*|teléfono|entrada "
         "libre|gratuit*|horas|desvío*|cumpleaños|calle|línea*"},
        {"it",
         "appuntamento|orari*|aperto|aperta|chiuso|chiusa|iscrizion*|telefono|ingresso|gratuit*|ore|"
         "deviazion*|compleanno|linea|linee"},
        {"pl",
         "godz|godzin*|otwart*|zamknięt*|zapisy|telefon*|wstęp "
         "wolny|bezpłatn*|objazd*|urodzin*|rozkład*|linii|linia"},
        {"pt",
         "marcação|horário*|aberto|aberta|fechado|fechada|encerrad*|inscriç*|telefone|entrada "
         "livre|gratuit*|horas|desvio*|aniversário|linha*"},
        {"nl",
         "afspraak|openingstijden|open "
         "van|gesloten|afgesloten|aanmelden|inschrijv*|telefoon*|gratis|uur|omleiding*|verjaardag*|lijn"},
        {"el",
         "ραντεβού|ωράριο*|ανοιχτ*|κλειστ*|εγγραφ*|τηλέφωνο*|τηλ|δωρεάν|ώρα|ώρες|παράκαμψη*|γενέθλια|"
         "γραμμή"}}},
      {static_cast<std::uint8_t>(Sign::kReport),
       {{"en",
         "spoke|met|discussed|visited|attended|talked about|told us|were told|asked me|opened "
         "today|announced"},
        {"fr",
         "avons parlé|avons évoqué|avons échangé|ai rencontré|ai retrouvé|ai également rencontré|avons "
         "rencontré|m'ont raconté|"
         "m'a décrit|m'y suis rendue|me suis rendu|avons discuté|ai visité|avons visité|suis arrivée|suis "
         "arrivé"},
        {"uk", "говорили|зустріли*|обговорили|відвідали|розповіли|обговорював*|зустрівся|зустрілася"},
        {"de",
         "haben gesprochen|sprachen|trafen|haben "
         "besucht|besuchten|diskutierten|getroffen|besprochen|gestritten|unterschrieben"},
        {"es",
         "hablamos|hemos hablado|nos reunimos|hemos visitado|visitamos|he visitado|me he "
         "reunido|conversamos"},
        {"it",
         "abbiamo parlato|abbiamo incontrato|ho incontrato|abbiamo visitato|ho visitato|abbiamo discusso"},
        {"pl",
         "rozmawialiśmy|rozmawiałem|rozmawiałam|spotkałem|spotkałam|spotkaliśmy|odwiedziłem|odwiedziliśmy|"
         "omówiliśmy"},
        {"pt", "falámos|falamos|reunimos|visitámos|visitei|conversámos|reuni|encontrei"},
        {"nl", "spraken|bespraken|ontmoetten|bezochten|heb ontmoet|heb bezocht|gesproken|ontmoette"},
        {"el", "μιλήσαμε|συζητήσαμε|συναντήσαμε|συναντήθηκα|επισκεφθήκαμε|επισκέφθηκα"}}},
  });
  return kTable;
}

}  // namespace copytaster
