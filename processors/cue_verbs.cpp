#include "processors/cue_verbs.h"

namespace copytaster {

const PhraseTable& cue_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Cue::kVerb),
       {{"en",
         "said|says|say|saying|told|tells|telling|tell|asked|asks|asking|added|adds|adding|wrote|writes|"
         "writing|"
         "tweeted|tweets|tweeting|posted|noted|notes|noting|stated|states|stating|declared|declares|"
         "declaring|"
         "announced|announces|announcing|explained|explains|explaining|argued|argues|arguing|insisted|"
         "insists|"
         "insisting|warned|warns|warning|claimed|claims|claiming|replied|replies|replying|responded|responds|"
         "responding|continued|continues|concluded|concludes|concluding|recalled|recalls|remarked|remarks|"
         "remarking|commented|comments|acknowledged|acknowledges|admitted|admits|admitting|conceded|concedes|"
         "conceding|complained|complains|joked|jokes|joking|quipped|shouted|shouts|shouting|yelled|chanted|"
         "chanting|chants|urged|urges|urging|vowed|vows|vowing|pledged|pledges|promised|promises|predicted|"
         "predicts|emphasized|emphasizes|emphasised|stressed|stresses|reiterated|repeated|confirmed|confirms|"
         "testified|lamented|laments|pondered|mused|boasted|boasts|retorted|countered|contended|contends|"
         "maintained|maintains|observed|observes|offered|pointed out|points out|reported|reports|revealed|"
         "proclaimed|proclaiming|exclaimed|wondered|advised|opined|interjected|interjecting|answered|assured|"
         "assures|put it|puts it|summed up|went on|goes on|agreed|agrees|denied|denies|cautioned|asserted|"
         "asserts|alleged|alleges|charged|charges|charging|suggested|suggests|implored|pleaded|swore|"
         "recounted|"
         "wrapped up|had this to say|has this to say|chimed in|shot back|fired "
         "back|elaborated|elaborates|clarified|"
         "underscored|underscores|underlined|underlines|reasoned|rejoined|hinted|disclosed|discloses|"
         "deadpanned|"
         "snapped|sighed|cried|screamed|gushed|marveled|reflected|apologized|apologised|objected|summarized|"
         "summarised|counseled|instructed|begged|texted|emailed|blogged|enthused|read|reads|thundered|"
         "muttered|whispered|laughed|fumed|bragged|protested|protesting|"
         "barked|promising"},
        {"fr",
         "exclamait|écrie|écrié|murmure|murmuré|lâche|lâché|plaisante|plaisanté|clame|clamé|proclame|"
         "proclamé|jure|juré|remarque|remarqué|constate|constaté|admet|admis|concède|concédé|confesse|nuancé|"
         "dit|disait|disent|déclaré|déclare|affirmé|affirme|ajouté|ajoute|expliqué|explique|souligné|"
         "souligne|"
         "précisé|précise|confié|confie|estimé|estime|assuré|assure|rappelé|rappelle|indiqué|indique|annoncé|"
         "annonce|insisté|insiste|poursuivi|poursuit|conclu|conclut|répondu|répond|lancé|lance|écrit|martelé|"
         "martèle|regretté|regrette|raconté|raconte|résume|résumé|reconnaît|reconnu|promis|promet|salué|"
         "salue|"
         "dénoncé|dénonce|plaidé|plaide|jugé|juge|témoigne|témoigné|glisse|glissé|exclame|exclamé|réagit|"
         "réagi|"
         "tweeté|déclarant|affirmant|ajoutant|expliquant|soulignant|précisant|assurant|rappelant|disant|"
         "estimant|rétorque|rétorqué|renchérit|renchéri|prévient|prévenu|ironise|ironisé|confirme|confirmé|"
         "insiste|avertit|averti|"
         "détaille|détaillé|tempère|tempéré|tonne|fustige|commente|commenté|"
         "demandé|demande|soupire|sourit|reprend|complète|avoue|avoué"},
        {"uk",
         "вигук*|крикну*|прошепо*|зітхну*|стверджу*|визнав|визнала|визнає|оголоси*|оголошу*|повтори*|повторю*"
         "|спита*|порадив|порадила|скарж*|міркує|згадує|згадав|згадала|"
         "сказа*|каже|кажуть|заяви*|заявля*|дода*|зазнач*|наголо*|підкресл*|повідом*|розпові*|розказа*|"
         "поясни*|"
         "поясню*|написа*|пише|зауваж*|відпові*|запита*|пообіця*|перекон*|нагада*|нагаду*|вважа*|закли*|"
         "подякува*|зізна*|констату*|резюм*|запевни*|запевня*|прокомент*|говори*|говорять|жарту*|пожарту*|"
         "підтверд*|наполяга*|наполіг*|попереди*|попереджа*|уточни*|уточню*|підсумув*|заперечи*"},
        {"de",
         "beteuert|beteuerte|beklagt|beklagte|bemerkt|bemerkte|behauptet|behauptete|bedauert|bedauerte|"
         "erläutert|erläuterte|gesteht|gestand|jubelt|jubelte|klagt|klagte|murmelt|murmelte|schildert|"
         "schilderte|schwärmt|schwärmte|seufzt|seufzte|urteilt|urteilte|verkündet|verkündete|vermutet|"
         "vermutete|wiederholt|wiederholte|witzelt|witzelte|räumt ein|räumte ein|gab zu|gibt zu|"
         "sagt|sagte|sagten|sagen|gesagt|erklärt|erklärte|erklärten|betont|betonte|ergänzt|ergänzte|fügte|"
         "schreibt|"
         "schrieb|meint|meinte|teilte|kündigte|unterstrich|unterstreicht|berichtet|berichtete|versichert|"
         "versicherte|warnt|warnte|fordert|forderte|kritisiert|kritisierte|lobt|lobte|erzählt|erzählte|"
         "erinnert|"
         "erinnerte|antwortet|antwortete|fragt|fragte|rief|ruft|bekräftigt|bekräftigte|resümiert|resümierte|"
         "äußerte|freut|freute|heißt es|hieß "
         "es|verspricht|versprach|scherzt|scherzte|bestätigt|bestätigte|versprochen|geschrieben|geantwortet|"
         "angekündigt|gefragt|gewarnt|mitgeteilt|insistiert|"
         "insistierte|mahnt|mahnte|entgegnete|entgegnet|"
         "erwiderte|erwidert|"
         "konterte|kontert|stellte klar|stellt klar|fasste zusammen"},
        {"es",
         "exclamó|exclama|gritó|grita|admitió|admite|bromeó|informó|relató|relata|repitió|repite|sentenció|"
         "sugirió|susurró|suspiró|matizó|matiza|zanjó|zanja|remarcó|remarca|detalló|detalla|agregó|agrega|"
         "argumentó|"
         "dijo|dice|dicen|dijeron|dicho|decía|afirmó|afirma|declaró|declara|añadió|añade|explicó|explica|"
         "señaló|"
         "señala|aseguró|asegura|indicó|indica|destacó|destaca|subrayó|subraya|manifestó|comentó|comenta|"
         "recordó|"
         "recuerda|escribió|escribe|anunció|anuncia|advirtió|advierte|insistió|insiste|concluyó|concluye|"
         "respondió|"
         "responde|preguntó|pregunta|agradeció|lamentó|reconoció|reconoce|prometió|contó|cuenta|contaba|"
         "apuntó|"
         "apunta|sostuvo|expresó|celebró|reiteró|resumió|resume|confesó|bromea|explicaba|diciendo|añadiendo|"
         "afirmando|señalando|asegurando|explicando|subrayando|recordando|"
         "declarando|replicó|replica|avisó|avisa|insiste|prometido|escrito|respondido|aclaró|aclara|precisó|"
         "precisa|opinó|opina|denunció|denuncia|confirmó"},
        {"it",
         "esclama|esclamato|esclamò|grida|gridato|chiarisce|chiarito|lamenta|lamentato|rassicura|rassicurato|"
         "rilancia|rilanciato|ripete|ripetuto|rivendica|rivendicato|sbotta|sbottato|sospira|sospirato|tuona|"
         "rispose|aggiunse|spiegò|affermò|dichiarò|scrisse|ammise|osservò|"
         "detto|dice|dicono|disse|diceva|dichiarato|dichiara|affermato|afferma|aggiunto|aggiunge|spiegato|"
         "spiega|"
         "sottolineato|sottolinea|ricordato|ricorda|scritto|scrive|commentato|commenta|concluso|conclude|"
         "risposto|"
         "risponde|precisato|precisa|osservato|osserva|annunciato|annuncia|ribadito|ribadisce|raccontato|"
         "racconta|"
         "assicurato|assicura|ammesso|ammette|sostiene|sostenuto|chiesto|chiede|confidato|avvertito|scherza|"
         "riassume|confessa|dicendo|aggiungendo|affermando|spiegando|sottolineando|ricordando|dichiarando|"
         "replicato|replica|promesso|promette|insiste|insistito|avverte|ironizza|denunciato|denuncia|"
         "confermato|conferma|evidenziato|evidenzia"},
        {"pl",
         "krzyczał*|krzyknął|krzyknęła|wołał*|zawołał*|westchnął|westchnęła|szepnął|szepnęła|zadeklarował*|"
         "deklaruje|argumentował*|argumentuje|twierdził*|twierdzi|relacjonuje|relacjonował*|wspomina|"
         "wspominał*|przekonuje|przekonywał*|ogłosił*|ogłasza|powtarza|powtarzał*|zapewniał*|wyznał*|wyznaje|"
         "rzekł*|"
         "powiedział*|powiedzieli|mówi|mówią|mówił*|stwierdził*|stwierdza|dodał*|dodaje|podkreślił*|"
         "podkreśla|zaznaczył*|"
         "zaznacza|wyjaśnił*|wyjaśnia|napisał*|pisze|oświadczył*|zapewnił*|zapewnia|przyznał*|przyznaje|"
         "zapowiedział*|zapowiada|poinformował*|informuje|zaapelował*|apeluje|odpowiedział*|odpowiada|"
         "zapytał*|"
         "pyta|skomentował*|komentuje|tłumaczył*|tłumaczy|przypomniał*|przypomina|opowiada|opowiadał*|"
         "żartuje|"
         "uważa|ocenił*|ocenia|podsumował*|podsumowuje|rzucił*|usłyszał*|mówiąc|dodając|twierdząc|"
         "podkreślając|zaznaczając|"
         "wyjaśniając|przypominając|ostrzegł*|ostrzega|obiecał*|obiecuje|żartował*|zażartował*|nalegał*|"
         "nalega|upierał*|potwierdził*|potwierdza|skwitował*|odparł*|"
         "ripostował*"},
        {"pt",
         "exclamou|exclama|gritou|grita|admitiu|admite|informou|informa|relatou|relata|repetiu|repete|"
         "sugeriu|sugere|sussurrou|suspirou|suspira|brincou|desabafou|desabafa|reiterou|reitera|reforçou|"
         "reforça|argumentou|argumenta|assegurou|assegura|recordou|recorda|indicou|indica|observou|observa|"
         "rematou|remata|"
         "disse|diz|dizem|disseram|dizia|dito|afirmou|afirma|declarou|declara|acrescentou|acrescenta|"
         "explicou|"
         "explica|sublinhou|sublinha|referiu|refere|garantiu|garante|salientou|destacou|destaca|escreveu|"
         "escreve|"
         "lembrou|lembra|anunciou|anuncia|concluiu|conclui|respondeu|responde|perguntou|pergunta|contou|"
         "conta|"
         "comentou|adiantou|avisou|avisa|defendeu|defende|considerou|considera|reconheceu|prometeu|agradeceu|"
         "confessou|confessa|ressaltou|resumiu|resume|brinca|dizendo|acrescentando|afirmando|explicando|"
         "sublinhando|lembrando|"
         "declarando|frisou|frisa|insistiu|insiste|prometido|promete|alertou|alerta|confirmou|denunciou|"
         "denuncia|retorquiu|esclareceu"},
        {"nl",
         "zuchtte|schreeuwt|schreeuwde|fluistert|fluisterde|klaagt|klaagde|bekent|bekende|beweert|beweerde|"
         "merkt op|merkte op|licht toe|lichtte "
         "toe|voorspelt|voorspelde|pleit|pleitte|oordeelt|oordeelde|bromt|bromde|mompelt|mompelde|grapte|"
         "herinnert|herinnerde|vervolgt|vervolgde|"
         "zei|zegt|zeiden|zeggen|gezegd|vertelt|vertelde|verklaart|verklaarde|benadrukt|benadrukte|voegt|"
         "voegde|"
         "schrijft|schreef|legt uit|legde uit|stelt|stelde|meldt|meldde|antwoordt|antwoordde|vraagt|vroeg|"
         "concludeert|concludeerde|belooft|beloofde|waarschuwt|waarschuwde|reageert|reageerde|lacht|lachte|"
         "riep|"
         "roept|meent|meende|verzucht|grapt|bevestigt|bevestigde|beloofd|verteld|geschreven|verzekert|"
         "verzekerde|benadrukt|drong aan|hield vol|onderstreept|onderstreepte|voegde eraan "
         "toe|herhaalt|herhaalde"},
        {"el",
         "φώναξε|φωνάζει|ψιθύρισε|παραδέχεται|επανέλαβε|επαναλαμβάνει|διευκρινίζει|προειδοποιεί|αστειεύτηκε|"
         "σχολιάζει|ενημέρωσε|θύμισε|υπενθύμισε|υπενθυμίζει|παρατήρησε|παρατηρεί|διαβεβαιώνει|αναρωτήθηκε|"
         "αναρωτιέται|"
         "είπε|είπαν|λέει|λένε|έλεγε|δήλωσε|δηλώνει|τόνισε|τονίζει|πρόσθεσε|προσθέτει|ανέφερε|αναφέρει|"
         "υπογράμμισε|υπογραμμίζει|σημείωσε|σημειώνει|εξήγησε|εξηγεί|έγραψε|γράφει|ανακοίνωσε|απάντησε|"
         "απαντά|"
         "ρώτησε|υποσχέθηκε|κατέληξε|επεσήμανε|σχολίασε|διαβεβαίωσε|διηγείται|παραδέχτηκε|λέγοντας|"
         "προσθέτοντας|τονίζοντας|δηλώνοντας|υπογραμμίζοντας|σημειώνοντας|"
         "επιβεβαίωσε|επέμεινε|επιμένει|υπόσχεται|προειδοποίησε|διευκρίνισε|επισημαίνει|υποστήριξε|"
         "υποστηρίζει"},
        {"ja", "述べた|述べる|語った|語る|話した|訴えた|強調した|発言した|投稿した|コメントした"},
        {"zh", "说|說|表示|称|稱|指出|强调|強調|写道|寫道|告诉|告訴"},
        {"ko", "말했다|말했습니다|밝혔다|밝혔습니다|전했다|강조했다|적었다"}}},
      {static_cast<std::uint8_t>(Cue::kPhrase),
       {{"en", "according to|in the words of"},
        {"fr", "selon|d'après|pour|aux dires de"},
        {"uk", "за словами|на думку|як каже|як сказа*"},
        {"de", "laut|so|zufolge|nach worten"},
        {"es", "según|en palabras de|de acuerdo con"},
        {"it", "secondo|per|a detta di"},
        {"pl", "według|zdaniem|słowami|jak mówi"},
        {"pt", "segundo|nas palavras de|de acordo com"},
        {"nl", "aldus|volgens"},
        {"el", "σύμφωνα με|κατά"}}},
      {static_cast<std::uint8_t>(Cue::kWeak),
       {{"en",
         "called|calls|calling|call|described|describes|describing|praised|praises|criticized|criticizes|"
         "slammed|slams|blasted|blasts|mocked|mocks|mocking|accused|accuses|accusing|blamed|blames|denounced|"
         "dismissed|dismisses|referred to|refers to|referring "
         "to|quoted|quotes|cited|cites|citing|thanked|thanks|"
         "believes|believed|thinks|thought|thinking|hopes|feels|felt|wants|wanted|expressed|demanded|"
         "demanding|"
         "labeled|labelled|dubbed|deemed|likened|characterized|characterised|decried|condemned|touted|hailed|"
         "derided|ridiculed|scoffed|remembered|remembers|remember|wished|wishes|vowing|defended|signed|"
         "titled it|"
         "holding|imagined|imagines|endorsed|branded|complaining|bemoaned|champions|compared|"
         "knows|"
         "considers|considered|saw|sees|heard|hear|voted|railed|attacked|hit|ripped|rejected|pushed "
         "back|seeking|"
         "loves|likes|enjoys|named|lists|listed|put|shared|urging|talked|talking|talks|spoke|speaking|"
         "speaks|labeling|labelling|praising|seeks"},
        {"fr", "appelle|appelé|parle|parlé|qualifie|qualifié|évoque|évoqué|dénonçant|réclame"},
        {"uk", "назва*|назива*"},
        {"de", "nannte|nennt|bezeichnet|bezeichnete|spricht von|sprach von"},
        {"es", "llamó|llama|calificó|califica|habló de|habla de"},
        {"it", "chiama|chiamato|definisce|definito|parla di|parlato di"},
        {"pl", "nazwał*|nazywa|określił*"},
        {"pt", "chamou|chama|classificou|falou de"},
        {"nl", "noemt|noemde|spreekt van|sprak van|vindt|vond"},
        {"el", "αποκάλεσε|χαρακτήρισε|μίλησε για"}}},
  });
  return kTable;
}

const PhraseTable& pronoun_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Pronoun::kThird),
       {{"en", "he|she|they|it|who|him|her"},
        {"fr", "il|elle|ils|elles|on|celui ci|celle ci"},
        {"uk", "він|вона|вони"},
        {"de", "er|sie|es"},
        {"es", "él|ella|ellos|ellas|el mismo|la misma"},
        {"it", "lui|lei|egli|loro|lo stesso|la stessa"},
        {"pl", "on|ona|oni"},
        {"pt", "ele|ela|eles|elas|o próprio|a própria|o mesmo|a mesma"},
        {"nl", "hij|zij|ze"},
        {"el", "αυτός|αυτή|εκείνος|εκείνη|ο ίδιος|η ίδια"}}},
      {static_cast<std::uint8_t>(Pronoun::kFirst),
       {{"en", "i|we"},
        {"fr", "je|nous|j"},
        {"uk", "я|ми"},
        {"de", "ich|wir"},
        {"es", "yo|nosotros|nosotras"},
        {"it", "io|noi"},
        {"pl", "ja|my"},
        {"pt", "eu|nós"},
        {"nl", "ik|wij|we"},
        {"el", "εγώ|εμείς"}}},
  });
  return kTable;
}

bool is_question_verb(const WordScan& scan, std::size_t index) {
  static const PhraseTable kTable =
      make_phrase_table({{1,
                          {{"en", "asked|asks|asking|wondered|wonders|questioned"},
                           {"fr", "demandé|demande|interrogé|interroge"},
                           {"uk", "запита*|спита*|питає"},
                           {"de", "fragt|fragte|gefragt"},
                           {"es", "preguntó|pregunta"},
                           {"it", "chiesto|chiede"},
                           {"pl", "zapytał*|pyta"},
                           {"pt", "perguntou|pergunta"},
                           {"nl", "vraagt|vroeg"},
                           {"el", "ρώτησε|ρωτά"}}}});
  return kTable.longest_at(scan, index).words > 0;
}

}  // namespace copytaster
