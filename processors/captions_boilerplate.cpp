#include "processors/captions_boilerplate.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/word_lists.h"

namespace copytaster {
namespace {

enum class Kind : std::uint8_t {
  kBegins = 1,  // the caption begins so
  kWhole = 2,   // the caption is this and nothing else
};

// Facebook's and Instagram's own words as their interfaces show them.
const PhraseTable& table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Kind::kBegins),
       {{"",
         "may be an image of|may be an image|may be a|may be art|may be an illustration|image may contain|no "
         "photo description available|"
         "photo from|photos from|photo by|photo shared by|video by|photo posted by|"
         "peut être une image de|peut être une|l'image contient peut être|aucune description de photo "
         "disponible|"
         "photos de la publication de|photo de la publication de|"
         "може бути зображення|може бути зображенням|може бути|на зображенні може бути|немає опису фото|опис "
         "фото відсутній|"
         "немає опису світлини|світлини з допису|фото з допису|"
         "möglicherweise ein bild von|vielleicht ein bild von|möglicherweise|bild könnte enthalten|keine "
         "fotobeschreibung verfügbar|"
         "keine bildbeschreibung verfügbar|fotos aus dem beitrag von|foto aus dem beitrag von|fotos von|"
         "puede ser una imagen|puede ser una|la imagen puede contener|no hay descripción de la foto "
         "disponible|"
         "no hay ninguna descripción de la foto disponible|fotos de la publicación de|foto de la publicación "
         "de|"
         "potrebbe essere un'immagine|potrebbe essere|l'immagine può contenere|nessuna descrizione della "
         "foto disponibile|"
         "foto dal post di|foto del post di|"
         "może być zdjęciem|może być|obraz może zawierać|brak dostępnego opisu zdjęcia|brak opisu zdjęcia|"
         "zdjęcia z posta|zdjęcie z posta|zdjęcia z postu|"
         "pode ser uma imagem|pode ser uma|a imagem pode conter|nenhuma descrição de foto disponível|"
         "nenhuma descrição da foto disponível|fotos da publicação de|foto da publicação de|fotos do post de|"
         "kan een afbeelding zijn|de afbeelding kan|geen fotobeschrijving beschikbaar|foto's van "
         "bericht van|"
         "foto's uit bericht van|foto uit bericht van|foto's van het bericht van|"
         "μπορεί να είναι εικόνα|μπορεί να είναι|η εικόνα ίσως περιέχει|δεν υπάρχει διαθέσιμη περιγραφή για "
         "τη φωτογραφία|"
         "δεν υπάρχει διαθέσιμη περιγραφή|φωτογραφίες από τη δημοσίευση|φωτογραφία από τη δημοσίευση"}}},
      {static_cast<std::uint8_t>(Kind::kWhole),
       {{"",
         "timeline photos|mobile uploads|cover photos|cover photo|profile pictures|profile picture|instagram "
         "photos|wall photos|"
         "untitled|untitled album|image|photo|picture|logo|banner|thumbnail|no description|no alt text|alt "
         "text|alt|img|featured image|"
         "photos du journal|photos de couverture|photo de couverture|photos de profil|photo de "
         "profil|téléchargements mobiles|sans titre|"
         "фото хроніки|світлини хроніки|фото обкладинки|фото профілю|завантажено з "
         "мобільного|фото|світлина|зображення|без назви|"
         "chronik-fotos|chronikfotos|titelbilder|titelbild|profilbilder|profilbild|handy-uploads|bild|foto|"
         "ohne titel|"
         "fotos de la biografía|fotos de portada|foto de portada|fotos del perfil|foto del perfil|subidas "
         "con el móvil|imagen|sin título|"
         "foto del diario|immagini di copertina|immagine di copertina|immagini del profilo|immagine del "
         "profilo|caricamenti dal cellulare|"
         "immagine|senza titolo|"
         "zdjęcia na osi czasu|zdjęcia w tle|zdjęcie w tle|zdjęcia profilowe|zdjęcie profilowe|przesłane z "
         "telefonu|zdjęcie|obraz|bez tytułu|"
         "fotos da cronologia|fotos da linha do tempo|fotos de capa|foto de capa|fotos do perfil|foto do "
         "perfil|carregamentos de telemóvel|"
         "imagem|sem título|"
         "tijdlijnfoto's|omslagfoto's|omslagfoto|profielfoto's|profielfoto|mobiele "
         "uploads|afbeelding|naamloos|"
         "φωτογραφίες χρονολογίου|φωτογραφίες εξωφύλλου|φωτογραφία εξωφύλλου|φωτογραφίες προφίλ|φωτογραφία "
         "προφίλ|μεταφορτώσεις από κινητό|"
         "φωτογραφία|εικόνα|χωρίς τίτλο|"
         "olympus digital camera|sony dsc|minolta digital camera|konica minolta digital camera|digital "
         "camera|exif jpeg picture|"
         "samsung camera pictures|kodak digital still camera|created with gimp|processed with "
         "vsco|screenshot|undefined|default|"
         "cof|rbt|dav|sdr|hdr|ptr|nor|btf|oznor|hdrpl|dcim|null|none|n a|test"}}},
  });
  return kTable;
}

// "IMG_1234.JPG", "DSC01234", "PXL_20220414_081200", "20220414-WA0001.jpeg", "b2f0c9…".
bool is_file_name(std::string_view text) {
  static constexpr std::string_view kExtensions[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic",
                                                     ".tif", ".tiff", ".bmp", ".avif", ".mp4", ".mov"};
  const std::string lower = ascii_lower(text);
  for (const std::string_view extension : kExtensions) {
    // A sentence may end in a file name; a file name has at most one space or two ("WhatsApp Image 2022…").
    if (lower.ends_with(extension) && std::count(lower.begin(), lower.end(), ' ') <= 6) return true;
  }
  std::size_t digits = 0, other = 0;
  for (const char c : lower) {
    if (is_ascii_digit(c)) {
      ++digits;
    } else if (c != '_' && c != '-' && c != '.') {
      ++other;
    }
  }
  if (text.find(' ') != std::string_view::npos)
    return lower.starts_with("whatsapp image") || lower.starts_with("screenshot 20");
  static constexpr std::string_view kCameras[] = {"img",  "dsc",   "dscn",   "dscf",  "pxl",
                                                  "mvi",  "gopr",  "fb_img", "p",     "_mg",
                                                  "imag", "photo", "image",  "signal"};
  if (digits >= 3 && other <= 8) {
    return std::any_of(std::begin(kCameras), std::end(kCameras),
                       [&](std::string_view camera) { return lower.starts_with(camera); });
  }
  const bool hex = lower.size() >= 16 && lower.find_first_not_of("0123456789abcdef-_") == std::string::npos;
  return hex && digits >= 4;
}

// What a machine says it may be: "may be a Twitter screenshot of …", "… ein Cartoon". People say "may be"
// of other things.
const PhraseTable& picture_kinds() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"",
          "contenuto "
          "artistico|image|photo|picture|illustration|cartoon|graphic|meme|doodle|drawing|art|artwork|"
          "screenshot|"
          "selfie|"
          "poster|text|close up|closeup|black and white|dessin|graphique|mème|capture|affiche|gros "
          "plan|texte|"
          "gribouillage|зображення|зображенням|фото|ілюстрація|ілюстрацією|малюнок|малюнком|мем|графіка|"
          "знімок|скріншот|картинка|текст|bild|grafik|foto|zeichnung|kunst|nahaufnahme|imagen|ilustración|"
          "dibujo|gráfico|captura|arte|primer plano|texto|immagine|illustrazione|disegno|cartone animato|"
          "grafica|primo piano|testo|zdjęciem|zdjęcie|obrazem|ilustracją|grafiką|memem|rysunkiem|zrzutem|"
          "tekst|imagem|ilustração|desenho|afbeelding|illustratie|tekening|schermafbeelding|εικόνα|"
          "φωτογραφία|εικονογράφηση|σκίτσο|γραφικό|στιγμιότυπο|κείμενο|τέχνη"}}}});
  return kTable;
}

bool says_what_kind_of_picture(const WordScan& scan, std::size_t from) {
  for (std::size_t i = from; i < scan.words.size() && i < from + 4; ++i) {
    if (scan.words[i].gap >= Gap::kStop && i > from) return false;
    if (picture_kinds().longest_at(scan, i).words > 0) return true;
  }
  return false;
}

constexpr std::string_view kMaybe[] = {"moglicherweise",  "може бути",     "moze byc",
                                       "potrebbe essere", "may be a",      "pode ser uma",
                                       "puede ser una",   "peut etre une", "μπορει να ειναι"};

// "Photo by Anne Hidalgo on April 14, 2022." is Instagram's; "Photo by Jane Roe" is a credit; both are
// no caption. "Photos from the signing" is one: it needs the word "post".
bool is_machines(std::string_view text, const WordScan& scan, std::size_t words) {
  const std::string_view first_words =
      std::string_view(scan.folded).substr(0, scan.words[words - 1].fold_end);
  if (first_words == "photo from" || first_words == "photos from") return contains_ignore_case(text, "post");
  if (first_words == "fotos von") return contains_ignore_case(text, "beitrag");
  if (std::find(std::begin(kMaybe), std::end(kMaybe), first_words) != std::end(kMaybe))
    return says_what_kind_of_picture(scan, words);
  return true;
}

// "Foto de Anne Hidalgo el 14 de abril. Puede ser una imagen de playa.": whatever the first sentence says, a
// later one gives the machine away.
bool guesses_later(const WordScan& scan) {
  for (std::size_t i = 1; i < scan.words.size(); ++i) {
    if (scan.words[i].gap < Gap::kStop) continue;
    const std::string_view rest = std::string_view(scan.folded).substr(scan.words[i].fold_begin);
    const bool maybe = std::any_of(std::begin(kMaybe), std::end(kMaybe),
                                   [&](std::string_view words) { return rest.starts_with(words); });
    if (maybe && says_what_kind_of_picture(scan, i + 1)) return true;
  }
  return false;
}

}  // namespace

bool is_caption_boilerplate(std::string_view text) {
  text = strip_space(text);
  if (is_file_name(text)) return true;
  const WordScan& scan = scan_words(text);
  if (scan.words.empty()) return true;
  if (text.find(' ') == std::string_view::npos &&
      (text.starts_with("http://") || text.starts_with("https://")))
    return true;
  if (std::all_of(scan.words.begin(), scan.words.end(), [](const Word& word) { return word.digit; }))
    return true;
  static thread_local std::vector<PhraseMatch> found;
  found.clear();
  table().match_at(scan, 0, &found);
  for (const PhraseMatch& match : found) {
    const auto kind = static_cast<Kind>(match.value & 0xFF);
    if (kind == Kind::kWhole && match.words == scan.words.size()) return true;
    if (kind != Kind::kBegins) continue;
    if (is_machines(text, scan, match.words)) return true;
  }
  return guesses_later(scan);
}

bool is_technical_list(std::string_view text) {
  constexpr std::size_t kFewestLines = 6, kLongestName = 40;
  std::size_t lines = 0;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string_view line = strip_space(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) continue;
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon > kLongestName) return false;
    ++lines;
  }
  return lines >= kFewestLines;
}

}  // namespace copytaster
