// Slavic languages in Latin letters. All lists are our own, written from what grammars say, without regard to
// any collection of texts.
#include "processors/language_lists.h"

namespace copytaster {
namespace {

constexpr CloseLanguage kLists[] = {
    // Bosnian, Croatian, Serbian: Alexander's grammar gives what divides the standards: the reflex of yat
    // (mjesto, mesto), što and tko beside šta and ko, s for sa in Croatian, s beside h (opština, općina),
    // months, and words of everyday (tjedan, sedmica, nedelja). Bosnian shares the reflex with Croatian and
    // most of the everyday words with Serbian, so that a word of either kind alone does not decide for it.
    {"bs", "čćđšž",
     "i u na se je da za od s sa su o kako koji koja koje ili ali iz bi ne nije će smo sam ste bio bila bilo "
     "biti po do nego samo više još već kad kada ako jer kroz između bez pod nad ovaj ova ovo taj ta to svi "
     "sve može tako tamo danas godine mnogo nekoliko ga mu im ih nam vam njegov njihov koje prema zbog nakon "
     "gdje prije poslije dvije vrijeme vremena uvijek ovdje ondje mjesto mjesta riječ riječi čovjek djeca "
     "djece lijepo uspjeh sljedeći sljedeće cijeli cijela dio htio vidio svijet svijeta svijetu bijeli "
     "mjesec mjeseca mjeseci vjerovatno primjer lijek rješenje rješenja rješavanje vijesti vijeće vijeća "
     "uvjeren smjeru jučer uopće općina općine općini naprijed umjesto nisam promjena promjene potrebno "
     "istakao istakla istakli šta ko neko niko svako iko tokom sistem sistema saradnja saradnje saradnju "
     "porodica porodice porodici uslov uslovi uslova tačno tačka evropa evrope evropi evropska evropske "
     "evropski evropskih evropskoj hiljada hiljade hiljadu milion miliona sedmica sedmice sedmici historija "
     "historije historiji takođe također organizacija januara februara marta aprila maja juna jula augusta "
     "avgusta septembra oktobra novembra decembra ministarstvo učestvovati učestvuje učestvovali preduzeće "
     "preduzeća finansije finansijski finansijske finansijska procenata muzika muzike fudbal univerzitet "
     "univerziteta hemija ambasada avion voz saopćenje saopćeno saopćio saopćila uposlenici uposlenika "
     "uposlenih lahko mehko kahva kafa hljeb ljekar ljekara dešava desilo predsjednik predsjednika "
     "predsjedavajući predsjedništva kanton kantona kantonu entitet entiteta bih htjeli željeli da li jeste "
     "treba jedinice opći opća opće sretno odbrana odbrane vanjskih obavještenje sigurnost sigurnosti "
     "zahtijeva posjeta posjetio ubijeđen pozorište vještačka procent procenta",
     "vrijem mjest riječ čovje djec lijep lijek uspje sljed cijel svijet mjesec vjeruj primjer rješ vijest "
     "vijeć uvjer smjer promje promije dvije rijek snijeg cvijet dijet mlijek tijel bijel vrijed mijenj "
     "cijen sjedi sjeća sjeve djel vjer mjer pjesm zvijezd svjet smješ vidje željel trpje htjel živjel sudje "
     "odjel povjer razumje prijed predsje obavje izvješt nedjelj ponedjelj srijed pobjed savjet posjet "
     "zahtijev izbjeg posljed donije prenije unaprije bjež općin opć uopć sigurn vanjsk evrop hiljad januar "
     "februar septemb oktob novemb decemb avgust histor porodic saradn uslov sistem preduze milion muzik "
     "univerz fudbal hemij tačn odbran pozori finans učestv štamp računar ličn naučn nauke takmič dešava "
     "pomenut posmat prisus uticaj nezavis hrišć apotek talas ostrv organizov saopć bezbjed obezbijed sedmic "
     "uposlen augusta kanton entitet"},
    {"hr", "čćđšž",
     "i u na se je da za od s k su o kako koji koja koje ili ali iz bi ne nije će smo sam ste bio bila bilo "
     "biti po do nego samo više još već kad kada ako jer kroz između bez pod nad ovaj ova ovo taj ta to svi "
     "sve može tako tamo danas godine mnogo nekoliko ga mu im ih nam vam njegov njihov koje prema zbog nakon "
     "gdje prije poslije dvije vrijeme vremena uvijek ovdje ondje mjesto mjesta riječ riječi čovjek djeca "
     "djece lijepo uspjeh sljedeći sljedeće cijeli cijela dio htio vidio svijet svijeta svijetu bijeli "
     "mjesec mjeseca mjeseci primjer primjerice lijek rješenje rješenja rješavanje vijesti vijeće vijeća "
     "uvjeren smjeru jučer uopće općina općine općini naprijed umjesto nisam promjena promjene potrebno "
     "predsjednik predsjednika također htjeli željeli ministarstvo opći opća opće sretno vanjskih sigurnost "
     "sigurnosti zahtijeva posjet posjetio što te no stoga premda putem istaknuo istaknula istaknuli njezin "
     "njezina njezino njezine njezinu tko netko nitko svatko itko tijekom sustav sustava sustavu sustavi "
     "suradnja suradnje suradnju obitelj obitelji uvjet uvjeti uvjeta uvjete točno točka točke europa europe "
     "europi europska europske europski europskih europskoj tisuća tisuće tisuću milijun milijuna milijune "
     "tjedan tjedna tjedni tjednu tjedana povijest povijesti povijesni siječnja veljače ožujka travnja "
     "svibnja lipnja srpnja kolovoza rujna listopada studenoga studenog prosinca sudjelovati sudjeluje "
     "sudjelovali sudjelovanje poduzeće tvrtka tvrtke tvrtki tvrtku financije financijski financijske "
     "financijska postotaka glazba glazbe glazbeni nogomet sveučilište sveučilišta kemija veleposlanstvo "
     "zrakoplov vlak vlaka priopćenje priopćenju priopćio priopćeno djelatnici djelatnika lako kava kruh "
     "liječnik liječnika liječnici događa predsjednica županija županije ravnatelj tajnik kazalište "
     "kazalištu gospodarstvo gospodarstva gospodarski izvješće izvješća unatoč sukladno temeljem vjerojatno "
     "glede znanost znanosti ured ureda nazočni razina razine razini dojam rabi rabiti izvan kod obrana "
     "obrane obrani znanstvenici ukupno primjerice pak odnosno hoće kolodvor promidžba prijevoz tražiti "
     "redovito uporaba uporabe nadalje dužnosnik osobito",
     "vrijem mjest riječ čovje djec lijep lijek uspje sljed cijel svijet mjesec vjeruj primjer rješ vijest "
     "vijeć uvjer smjer promje promije dvije rijek snijeg cvijet dijet mlijek tijel bijel vrijed mijenj "
     "cijen sjedi sjeća sjeve djel vjer mjer pjesm zvijezd svjet smješ vidje željel trpje htjel živjel sudje "
     "odjel povjer razumje prijed predsje obavje izvješt nedjelj ponedjelj srijed pobjed savjet posjet "
     "zahtijev izbjeg posljed donije prenije unaprije bjež općin opć uopć sigurn vanjsk europ tisuć siječ "
     "velja ožujk travnj svibnj lipnj srpnj kolovoz rujn listopad studen prosin povije obitelj suradn uvjet "
     "sustav poduze milijun glazb sveučil nogomet kemij točn obran kazali financ sudjel tiskov računal osobn "
     "znanst natjec natječ događ spomenut promat nazočn utjecaj neovis kršć ljekarn otok tvrtk tjed priopć "
     "izvješć ravnatelj tajni gospodar župan zrakop glasnogo dužnosn organizir tužitelj zaklad uporab"},
    {"sr", "čćđšž",
     "i u na se je da za od s sa su o kako koji koja koje ili ali iz bi ne nije će smo sam ste bio bila bilo "
     "biti po do nego samo više još već kad kada ako jer kroz između bez pod nad ovaj ova ovo taj ta to svi "
     "sve može tako tamo danas godine mnogo nekoliko ga mu im ih nam vam njegov njihov koje prema zbog nakon "
     "gde pre posle dve vreme vremena uvek ovde onde mesto mesta reč reči čovek deca dece lepo uspeh sledeći "
     "sledeće sledeća celi ceo cela deo hteo video svet sveta svetu beli mesec meseca meseci verovatno "
     "primer lek rešenje rešenja rešavanje vesti veće uveren smeru juče uopšte opština opštine opštini "
     "napred umesto nisam promena promene potrebno predsednik predsednika predsedništvo predsednica hteli "
     "želeli želi nedelja nedelje nedelji bezbednost bezbednosti poseta posetio vlade zahteva sreda pobeda "
     "pobede istorija istorije istoriji opšti opšta opšte srećno spoljnih istakao istakla istakli šta ko "
     "neko niko svako iko tokom sistem sistema saradnja saradnje saradnju porodica porodice porodici uslov "
     "uslovi uslova tačno tačka evropa evrope evropi evropska evropske evropski evropskih evropskoj hiljada "
     "hiljade hiljadu milion miliona takođe organizacija januara februara marta aprila maja juna jula "
     "avgusta septembra oktobra novembra decembra ministarstvo učestvovati učestvuje učestvovali preduzeće "
     "preduzeća finansije finansijski finansijske finansijska procenata odsto muzika muzike fudbal "
     "univerzitet univerziteta hemija ambasada avion voz saopštenje saopšteno saopštio saopštila lako kafa "
     "hleb lekar lekara dešava desilo da li jeste treba odbrana odbrane pozorište obaveštenje vazduh vazduha "
     "sprat dozvola uopšte ovaj",
     "vremen mesta mestu reči čovek deca lepo lekov uspeh uspeš sledeć celok svet svets mesec veruj primer "
     "reše vesti uveren promen dvema sneg cvet deteta mleko telo belo menja cena sećan sever delov verov "
     "pesm zvezd smeš videt želel trpel hteli živel odelj razume predlog predsed obavešt izvešt nedelj "
     "ponedelj sreda pobed savet poset zahtev izbeg posled opštin opšt uopšt bezbed spolj saopšt obezbed "
     "evrop hiljad januar februar septemb oktob novemb decemb avgust istorij porodic saradn uslov sistem "
     "preduze milion muzik univerz fudbal hemij tačn odbran pozori finans učestv štamp računar ličn naučn "
     "nauke takmič dešava pomenut posmat prisus uticaj nezavis hrišć apotek talas ostrv organizov saopšt "
     "bezbed nedelj vazduh"},
    // Slovene: as in Herrity, Slovene: A Comprehensive Grammar.
    {"sl", "čšž",
     "in je da se na v za so ki z s pa kot tudi po iz bi od do pri še ne ni bo ali če ko le ter kako kaj kar "
     "svoj svoje njegov njegova njihov ga mu jih jo smo ste sem sta bil bila bilo bili biti lahko že več "
     "pred med brez ker zato vendar potem kjer kdo tem tega ta to ti te leta letih danes včeraj zelo samo "
     "zdaj tukaj ker nekaj nekateri vsi vse vsak okoli glede bomo bodo nam vam njim jaz ona oni mi vi moj "
     "tvoj naš"},
    // Czech and Slovak: as in Naughton, Czech and Slovak: An Essential Grammar.
    {"cs", "áčďéěíňóřšťúůýž",
     "a v se na je že to s z do i o k ve pro za by ale jako po jeho jsou který která které nebo už jen jsem "
     "byl byla bylo byli být jsme si tak co od při když podle před také až bude ještě kde má mezi jak není "
     "více aby kdy proto však ze ke jejich tím této tento tato toto své svůj letech let roku ho mu jí nich "
     "jsi jste mě mi ne než pouze protože který dnes včera nyní zde všechno všechny může mohou měl měla "
     "jeden dva tři něco někdo jestli nic pod nad bez ani jaké které kterou kterým",
     "", "ání ení ost osti ích ého"},
    {"sk", "áäčďéíĺľňóôŕšťúýž",
     "a v sa na je že to s z do aj o k vo pre za by ale ako po jeho sú ktorý ktorá ktoré ktorí alebo už len "
     "som bol bola bolo boli byť sme si tak čo od pri keď podľa pred tiež až bude ešte kde má medzi nie viac "
     "aby kedy preto však zo ku ich tým tejto tento táto toto svoje svoj rokov roku ho mu jej nich ste mňa "
     "mi než iba pretože dnes včera teraz tu všetko všetky môže môžu mal mala jeden dva tri niečo niekto či "
     "nič pod nad bez ani aké ktorú ktorým",
     "", "anie enie osť osti ých ého ovať"},
    // Polish: as in Sadowska, Polish: A Comprehensive Grammar.
    {"pl", "ąćęłńóśźż",
     "w i z na do się nie to jest że o dla od po przez jak są oraz ze za już tym który która które których "
     "także dziś będzie przy a ale czy tak co jego jej ich był była było były być może tylko przed między "
     "bardzo jednak gdy kiedy lub też mnie mi nas roku lat ten ta te tego tej pod nad bez ani jeszcze gdzie "
     "ponieważ więc można tu teraz wszystko wszyscy"},
};

}  // namespace

std::span<const CloseLanguage> slavic_latin_lists() { return kLists; }

}  // namespace copytaster
