// Languages in Latin letters other than the Slavic ones. All lists are our own: closed classes (articles,
// pronouns, prepositions, conjunctions, auxiliaries) as grammars treat them, chosen without regard to any
// collection of texts.
#include "processors/language_lists.h"

namespace copytaster {
namespace {

constexpr CloseLanguage kLists[] = {
    // Indonesian and Malay share nearly all small words: the first part of each list. The second is what the
    // two standards spell or name differently: Sneddon, Indonesian Reference Grammar, and the dictionaries of
    // the two language bodies (Kamus Besar Bahasa Indonesia, Kamus Dewan).
    {"id", "",
     "yang dan di dengan untuk pada ini itu akan telah tidak oleh ke dalam dari kepada adalah ada juga atau "
     "sebagai mereka kami kita dia ia saya anda bukan lebih satu dua tahun hari bulan orang anak kata "
     "katanya antara secara terhadap serta para jika sebelum hingga sampai sejak kerja melalui tersebut "
     "merupakan seperti masih hanya sangat belum sudah kini jadi lalu setelah agar mulai memberikan memberi "
     "begitu bagi boleh pihak walaupun turut negeri ramai pejabat berlaku hendak jalan jumlah tahu membuat "
     "kalau masyarakat warga desa rapat kadar kesan pasukan pelajar soal hukum kementerian perempuan wanita "
     "baru lama besar kecil banyak semua setiap telah pagi malam "
     "bahwa karena bisa apakah kalian saat tapi maupun adanya sebelumnya sedangkan mengatakan ujar ujarnya "
     "ucap ucapnya ungkap ungkapnya pria kantor polisi kepolisian kota kabupaten kecamatan provinsi "
     "perusahaan uang mobil mahasiswa universitas kualitas aktivitas fasilitas komunitas kapasitas televisi "
     "informasi kebijakan berbeda beda coba mencoba mau butuh membutuhkan menit detik senin kamis jumat "
     "maret juni juli agustus desember dokter jepang prancis spanyol italia inggris eropa tiongkok persen "
     "miliar triliun kasus proyek obyek direktur sekretaris bis bandara pesawat tas sepatu gratis telepon "
     "film musik olahraga tim pertandingan pelatih pemilu parlemen pengadilan pengacara pidana tersangka "
     "koran istri laki pembicaraan diskusi dampak keamanan wisatawan turis bisnis karyawan pajak asuransi "
     "situs perangkat unduh rencana diperkirakan dimulai terjadi ditemukan menemukan nggak enggak gak banget "
     "aja udah kok sih gimana kayak gue nih bilang terkait hal usai gubernur walikota bupati listrik silakan "
     "nomor resmi sepeda",
     "", "itas"},
    {"ms", "",
     "yang dan di dengan untuk pada ini itu akan telah tidak oleh ke dalam dari kepada adalah ada juga atau "
     "sebagai mereka kami kita dia ia saya anda bukan lebih satu dua tahun hari bulan orang anak kata "
     "katanya antara secara terhadap serta para jika sebelum hingga sampai sejak kerja melalui tersebut "
     "merupakan seperti masih hanya sangat belum sudah kini jadi lalu setelah agar mulai memberikan memberi "
     "begitu bagi boleh pihak walaupun turut negeri ramai pejabat berlaku hendak jalan jumlah tahu membuat "
     "kalau masyarakat warga desa rapat kadar kesan pasukan pelajar soal hukum kementerian perempuan wanita "
     "baru lama besar kecil banyak semua setiap telah pagi malam "
     "bahawa kerana ialah iaitu sahaja selepas semasa adakah kerajaan polis hendaklah mahu daripada "
     "sekiranya manakala apabila bagaimanapun syarikat berkenaan antaranya ekoran susulan tiada hospital "
     "doktor jepun perancis sepanyol itali inggeris eropah peratus bilion kes projek objek pengarah "
     "pengerusi setiausaha bas beg kasut tandas percuma telefon televisyen filem muzik sukan perlawanan "
     "jurulatih kejohanan undi parlimen mahkamah peguam jenayah suspek siasatan akhbar baharu isteri lelaki "
     "kanak budak perbincangan mesyuarat perkara pelancong pelancongan perniagaan kakitangan pasaran cukai "
     "insurans kemudahan maklumat pelan dijangka bermula memberitahu cakap nak awak korang wang berbeza cuba "
     "mencuba minit isnin khamis jumaat ahad mac jun julai ogos disember universiti kualiti aktiviti "
     "fasiliti komuniti kapasiti beliau seramai jabatan majlis bandar datuk encik puan cik menerusi mengikut "
     "seterusnya perkhidmatan kempen bilangan jiran pelbagai tarikh esok nombor rasmi elektrik basikal "
     "antarabangsa",
     "", "aliti iviti uniti ersiti oriti"},
    // Norwegian: Faarlund, Lie and Vannebo, Norsk referansegrammatikk; Danish: Allan, Holmes and
    // Lundskær-Nielsen, Danish: A Comprehensive Grammar; Swedish: Holmes and Hinchliffe, Swedish: A
    // Comprehensive Grammar.
    {"nb", "åæø",
     "og i på til med for om som at er var har hadde han den det dette oss vi kan kunne må måtte skal skulle "
     "vil ville men eller så under over mot ved når der her ned fram får etter av seg meg deg før gjennom "
     "mellom fordi mange alle andre slik går sa sagt blir dersom ikke jeg dere hva hvem hvor hvorfor hvordan "
     "hvilken hvilke noe noen mye mer flere flest fra være vært ble blitt en et ei de dem deres hun henne "
     "hennes disse da nå bare også selv hele hjem hjemme kommer gjør gjøre gjort gikk sier skole skolen fikk "
     "fått tar tatt tok ga gi gir ligger sitter skriver lest kjøre uten siden mens samme annet annen egen "
     "eget videre sammen hver hvert dager vei veien verden begynte leder høy lav norge uke melk spørsmål opp "
     "ut inn både enn år dag ny nye mål arbeid barn",
     "", "lig lige ligere het heten ende ene ingen"},
    {"nn", "åæøò",
     "og i på til med for om som at er var har hadde han den det dette oss vi kan kunne må måtte skal skulle "
     "vil ville men eller så under over mot ved når der her ned fram får etter av seg meg deg før gjennom "
     "mellom fordi mange alle andre slik går sa sagt blir dersom ikkje eg me dykk kva kven kvar kvifor "
     "korleis kva noko nokon nokre mykje meir fleire flest frå vere vore vart vert blei ein eit ei dei deira "
     "ho henne hennar desse då no berre også òg sjølv sjølve heile heim heime kjem gjer gjere gjort gjekk "
     "seier skule skulen fekk fått tek teke tok gav gje gjev ligg sit skriv køyre utan sidan medan same anna "
     "annan eigen eiga eige vidare saman kvart dagar veg vegen verda byrja leiar leiaren høg låg noreg veke "
     "vekene mjølk spørsmål opp ut inn både enn år dag ny nye mål arbeid born barn samstundes korkje "
     "einskilde attende åleine difor ynskjer ønskjer gongen gong",
     "", "leg lege legare heit heita leik leiken ande ane inga"},
    {"da", "åæø",
     "og i på til med for om som at er var har havde han den det dette denne os vi kan kunne må måtte skal "
     "skulle vil ville men eller så under over mod ved når der her ned frem får efter af sig mig dig jer før "
     "gennem mellem fordi mange alle andre sådan går sagde sagt bliver hvis ikke jeg hvad hvem hvor hvorfor "
     "hvordan hvilken hvilke noget nogen nogle meget mere flere flest fra være været blev blevet en et de "
     "dem deres hun hende hendes disse da nu kun bare også selv hele hjem hjemme kommer gør gøre gjort gik "
     "siger skole skolen fik fået tager taget tog gav give giver ligger sidder skriver køre uden siden mens "
     "samme andet anden egen eget videre sammen hver hvert dage vej vejen verden begyndte leder høj lav uge "
     "mælk spørgsmål op ud ind både end år dag ny nye mål arbejde børn lige jo dog derfor blandt ifølge "
     "mellem haft lidt ingen hos",
     "", "lig lige ligere hed heden ende ene ningen else elser elsen"},
    {"sv", "åäöé",
     "och i på till med för om som att är var har hade han den det detta denna dessa oss vi kan kunde måste "
     "ska skall skulle vill ville men eller så under över mot vid när där här ner fram får efter av sig mig "
     "dig före genom mellan eftersom många alla andra annan annat sådan går sade sagt blir om inte jag ni er "
     "vad vem vilka vilken vilket hur varför någon något några mycket mer flera från vara varit blev blivit "
     "bli en ett de dem deras hon henne hennes då nu bara också själv hela hem hemma kommer gör göra gjorde "
     "gjort gick säger skola skolan fick fått tar tagit tog gav ge ger ligger sitter skriver köra utan sedan "
     "medan samma egen eget vidare tillsammans varje dagar väg vägen världen började ledare hög låg vecka "
     "mjölk fråga upp ut in både än år dag ny nya mål arbete barn ingen inget hos ju dock därför bland "
     "enligt igår idag idag haft lite allt man",
     "", "lig liga ligt ligare het heten ande ende orna arna erna ningen else"},
    // Catalan: Wheeler, Yates and Dols, Catalan: A Comprehensive Grammar; Spanish: Butt and Benjamin, A New
    // Reference Grammar of Modern Spanish; Portuguese: Cunha and Cintra, Nova Gramática do Português
    // Contemporâneo; Galician: Álvarez and Xove, Gramática da lingua galega.
    {"ca", "àçèéíïòóúü",
     "el la els les un una uns unes de del dels al als a amb per perquè que què qui i o però ni no és són "
     "era eren va van vaig vam ser estar està estan ha han hi ho he hem es se us ens em et li seu seva seus "
     "seves aquest aquesta aquests aquestes aquell aquella això allò més molt molta molts moltes tot tota "
     "tots totes altre altres també quan on com només sense entre fins des sobre sota després abans ara aquí "
     "avui ahir any anys dos dues tres fer fet pot poden tenir té tenen cap si doncs encara sempre l d s n m "
     "t segons durant contra cada gran nou nova jo ell ella ells nosaltres pel pels sigui ja dia",
     "", "ció cions tat tats ment dor ador adors nya ència ància atge"},
    {"es", "áéíñóúü¿¡",
     "el la los las un una unos unas de del al a con por para porque que qué quien y e o u pero ni no es son "
     "era eran fue fueron ser estar está están ha han hay he hemos se nos me te le les lo su sus este esta "
     "estos estas ese esa aquel aquella esto eso más muy mucho mucha muchos muchas todo toda todos todas "
     "otro otra otros otras también cuando donde como sólo solo sin entre hasta desde sobre bajo después "
     "antes ahora aquí hoy ayer año años dos tres hacer hecho puede pueden tener tiene tienen ningún si pues "
     "todavía siempre según durante contra cada gran nuevo nueva yo él ella ellos nosotros sea ya día mi tu",
     "", "ción ciones dad dades mente dor ador adores encia ancia aje iendo"},
    {"pt", "àáâãçéêíóôõú",
     "o a os as um uma uns umas de do da dos das ao aos à às em no na nos nas num numa com por pelo pela "
     "pelos pelas para porque que quem e ou mas nem não é são era eram foi foram ser estar está estão há tem "
     "têm se me te lhe lhes seu sua seus suas este esta isto esse essa isso aquele aquela mais muito muita "
     "muitos muitas todo toda todos todas outro outra outros outras também quando onde como só sem entre até "
     "desde sobre depois antes agora aqui hoje ontem ano anos dois duas três fazer feito pode podem ter já "
     "mesmo ainda sempre segundo durante contra cada grande novo nova eu ele ela eles elas você seja dia meu "
     "minha",
     "", "ção ções dade dades mente dor ador adores ência ância agem inho inha"},
    {"gl", "áéíñóúü",
     "o a os as un unha uns unhas de do da dos das ao aos á ás en no na nos nas nun nunha con por polo pola "
     "polos polas para porque que quen e ou pero nin non é son era eran foi foron ser estar está están hai "
     "ten teñen se me te lle lles seu súa seus súas este esta isto ese esa iso aquel aquela máis moi moito "
     "moita moitos moitas todo toda todos todas outro outra outros outras tamén cando onde como só sen entre "
     "ata desde sobre baixo despois antes agora aquí hoxe onte ano anos dous dúas tres facer feito pode "
     "poden ter xa mesmo aínda sempre segundo durante contra cada gran novo nova eu el ela eles elas vostede "
     "sexa día meu miña",
     "", "ción cións dade dades mente dor ador adores encia ancia axe iño iña"},
    // Irish: Graiméar Gaeilge na mBráithre Críostaí; Scottish Gaelic: Lamb, Scottish Gaelic. Acute against
    // grave.
    {"ga", "áéíóú",
     "an na agus is tá bhí níl ní go leis le ar ag i sa san do de don den ó ón faoi roimh tar trí idir chun "
     "gan mar nach nár gur bhfuil raibh beidh bheadh sé sí siad mé tú sinn muid sibh é í iad seo sin siúd a "
     "á ina aon gach uile eile féin freisin ach nó má dá nuair cad cé conas cén anseo ansin anois inniu inné "
     "amárach lá bliain dhá déanamh dhéanamh air aige aici acu orm ort uirthi orainn orthu dó di dóibh leo "
     "liom leat duine daoine"},
    {"gd", "àèìòù",
     "an na am agus is tha bha chan eil cha gu leis le air aig ann anns do de bho fo ro tro eadar airson gun "
     "mar nach gur gum bheil robh bidh bhiodh e i iad mi thu sinn sibh seo sin sud a gach uile eile fhèin "
     "cuideachd ach no ma nuair dè cò ciamar càite nis diugh dè là bliadhna dà dèanamh aige aca orra leotha "
     "leam duine daoine sam bith"},
    // What a short text can be taken for, or taken to be: standard grammars of each.
    {"en", "",
     "the of and to in a an is are was were be been being has have had do does did will would can could "
     "should may might must not no it its he she they them his her their we our us you your i my me this "
     "that these those with for on at by from as or but if when where who what which how than then there "
     "here so about into over after before between because all any some more most other out up down"},
    {"de", "äöüß",
     "der die das den dem des ein eine einen einem einer und oder aber nicht ist sind war waren wird werden "
     "wurde hat haben hatte zu zum zur im in am an auf aus bei mit nach von vom vor für über unter durch "
     "gegen ohne um als wie wenn dass weil ob ich du er sie es wir ihr sich mich mir uns sein seine auch nur "
     "noch schon sehr mehr kein keine was wer wo so man"},
    {"nl", "ëï",
     "de het een en of maar niet is zijn was waren wordt worden werd heeft hebben had te in op aan uit bij "
     "met naar van voor over onder door tegen zonder om als dat die dit deze wat wie waar hoe ik je jij hij "
     "zij ze we wij u hun haar ons onze ook nog al wel zeer meer geen er dan toen omdat"},
    {"fr", "àâçèéêëîïôùûœ",
     "le la les l un une des de du d au aux à en dans avec par pour que qu qui quoi et ou mais ni ne pas est "
     "sont était étaient fut être été a ont ai avons se s nous vous je j me m te t lui leur leurs son sa ses "
     "ce c cet cette ces cela ça plus très tout toute tous toutes autre autres aussi quand où comme sans "
     "entre depuis sur sous après avant ici aujourd hui an ans deux trois faire fait peut si déjà encore "
     "toujours il elle ils elles on y n"},
    {"it", "àèéìòù",
     "il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal "
     "dalla in nel nella nei con per perché che chi e ed o ma né non è sono era erano fu essere stato stata "
     "ha hanno ho si ci mi ti loro suo sua suoi sue questo questa questi quello quella più molto tutto tutta "
     "tutti altro altri anche quando dove come solo senza tra fra fino su sul sulla dopo prima ora qui oggi "
     "anno anni due tre fare fatto può se già ancora sempre lui lei noi l d"},
    {"ro", "ăâîșțşţ",
     "și şi în la pe cu de din nu este sunt o un a al ai ale că care pentru mai fost fi ce se să ca sau dar "
     "prin după despre lui ei lor era au am ați acest această acesta fără între până când unde cum foarte "
     "numai dacă îi își"},
    // Heard in short texts of the others, or they in its.
    {"la", "",
     "et in est non ad cum ut qui quae quod sed ex de ab per pro sunt esse erat fuit atque ac nec aut si "
     "enim autem etiam quam hoc haec hic ille illa eius suum se me te nos vos mihi tibi sibi ego tu nam ubi "
     "iam tamen ante post inter sub super sicut omnes omnia neque ita a"},
    {"eo", "ĉĝĥĵŝŭ",
     "la kaj de en estas ne mi li ŝi ĝi ni vi ili por ke kun al el sed pli tiu kiu kiuj tiuj ĉu ankaŭ estis "
     "sur per oni se aŭ ĉi tio kio ĉe da do"},
    {"eu", "ñ",
     "eta da ez du dira zen ere bat dute hau hori izan dela egin duen edo baina beste ziren zuen hala gero "
     "oso bere"},
    {"tl", "",
     "ang ng sa na mga at ay si ni ito hindi para siya niya sila nila ko mo ako kami tayo may mayroon ngunit "
     "kung o pa rin lamang"},
    {"yo", "àáèéìíòóùúńǹ",
     "ni ti ati tí ní ó a sí fún pé ń àwọn náà kò wọn jẹ́ bí nínú láti lórí fi mo ṣe ọ pẹ̀lú yìí wa"},
};

}  // namespace

std::span<const CloseLanguage> latin_lists() { return kLists; }

}  // namespace copytaster
