#include "processors/captions_pointing.h"

#include <algorithm>

namespace copytaster {
namespace {

constexpr std::size_t kFirstWords = 4;

// Words by which a sentence points at the picture above it.
const PhraseTable& pointing_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"en",
          "in the photo|in this photo|in the photos|in the picture|in this picture|on the photo|in the "
          "image|pictured|pictured here|"
          "left to right|l to r|from left|from the left|from right|from the right|photo shows|picture "
          "shows|seen here"},
         {"fr",
          "sur la photo|sur cette photo|sur les photos|sur l'image|sur cette image|de gauche à droite|en "
          "partant de la gauche|"
          "en partant de la droite|à partir de la gauche|en photo|ici en photo|de g à d"},
         {"uk",
          "на фото|на цьому фото|на світлині|на світлинах|на знімку|на фотографії|зліва направо|зліва на "
          "право|крайній зліва|"
          "крайня зліва|крайній справа|крайня справа|зліва|справа"},
         {"de",
          "auf dem foto|auf dem bild|auf diesem foto|auf diesem bild|auf den fotos|im bild|v l n r|von "
          "links|von rechts|"
          "von links nach rechts|das foto zeigt|das bild zeigt"},
         {"es",
          "en la foto|en esta foto|en las fotos|en la imagen|en esta imagen|de izquierda a derecha|por la "
          "izquierda|por la derecha|"
          "desde la izquierda"},
         {"it",
          "nella foto|in questa foto|nelle foto|in foto|nell'immagine|da sinistra|da destra|da sinistra a "
          "destra"},
         {"pl",
          "na zdjęciu|na tym zdjęciu|na zdjęciach|na fotografii|od lewej|od prawej|zdjęcie przedstawia"},
         {"pt",
          "na foto|nesta foto|nas fotos|na fotografia|na imagem|nesta imagem|da esquerda para a direita|a "
          "contar da esquerda|"
          "a partir da esquerda"},
         {"nl",
          "op de foto|op deze foto|op de foto's|op de afbeelding|van links naar rechts|v l n r|vanaf "
          "links|van links"},
         {"el",
          "στη φωτογραφία|στη φωτό|στις φωτογραφίες|στην εικόνα|από αριστερά|από δεξιά|από αριστερά προς τα "
          "δεξιά"}}}});
  return kTable;
}

// "in the", "on the" before an ordinal.
const PhraseTable& place_table() {
  static const PhraseTable kTable = make_phrase_table({{1,
                                                        {{"en", "in the|on the"},
                                                         {"fr", "sur la|sur le|sur l'|dans la"},
                                                         {"uk", "на"},
                                                         {"de", "auf dem|im|in dem"},
                                                         {"es", "en la|en el"},
                                                         {"it", "nella|nel|sulla"},
                                                         {"pl", "na"},
                                                         {"pt", "na|no"},
                                                         {"nl", "op de|op het"},
                                                         {"el", "στη|στην"}}}});
  return kTable;
}

// Flags: which one.
const PhraseTable& ordinal_table() {
  static const PhraseTable kTable = make_phrase_table({
      {1,
       {{"en", "first"},
        {"fr", "première|premier|1re"},
        {"uk", "першому|першій"},
        {"de", "ersten"},
        {"es", "primera"},
        {"it", "prima"},
        {"pl", "pierwszym|pierwszej"},
        {"pt", "primeira"},
        {"nl", "eerste"},
        {"el", "πρώτη"}}},
      {2,
       {{"en", "second"},
        {"fr", "deuxième|seconde|2e"},
        {"uk", "другому|другій"},
        {"de", "zweiten"},
        {"es", "segunda"},
        {"it", "seconda"},
        {"pl", "drugim|drugiej"},
        {"pt", "segunda"},
        {"nl", "tweede"},
        {"el", "δεύτερη"}}},
      {3,
       {{"en", "third"},
        {"fr", "troisième|3e"},
        {"uk", "третьому|третій"},
        {"de", "dritten"},
        {"es", "tercera"},
        {"it", "terza"},
        {"pl", "trzecim|trzeciej"},
        {"pt", "terceira"},
        {"nl", "derde"},
        {"el", "τρίτη"}}},
      {4,
       {{"en", "fourth"},
        {"fr", "quatrième|4e"},
        {"uk", "четвертому|четвертій"},
        {"de", "vierten"},
        {"es", "cuarta"},
        {"it", "quarta"},
        {"pl", "czwartym|czwartej"},
        {"pt", "quarta"},
        {"nl", "vierde"},
        {"el", "τέταρτη"}}},
  });
  return kTable;
}

const PhraseTable& picture_table() {
  static const PhraseTable kTable = make_phrase_table({{1,
                                                        {{"en", "photo|picture|image|pic|shot"},
                                                         {"fr", "photo|image|photographie|cliché"},
                                                         {"uk", "фото|світлині|знімку|фотографії|зображенні"},
                                                         {"de", "foto|bild|aufnahme"},
                                                         {"es", "foto|imagen|fotografía"},
                                                         {"it", "foto|immagine|fotografia"},
                                                         {"pl", "zdjęciu|fotografii|fotce"},
                                                         {"pt", "foto|imagem|fotografia"},
                                                         {"nl", "foto|afbeelding|beeld"},
                                                         {"el", "φωτογραφία|εικόνα|φωτό"}}}});
  return kTable;
}

const PhraseTable& elsewhere_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"",
          "link|links|linkiem|linku|bio|lien|enlace|vínculo|collegamento|посилання|посиланням|лінк|σύνδεσμος|"
          "σύνδεσμο|λινκ|odnośnik|ligação"}}}});
  return kTable;
}

}  // namespace

PointsAt points_at(const WordScan& scan, std::size_t index, LanguageSet languages) {
  const ListMatch plain = list_match(pointing_table(), scan, index, languages);
  if (plain.words > 0) return {plain.words, 0};
  const std::size_t place = list_match(place_table(), scan, index, languages).words;
  if (place == 0) return {};
  const ListMatch ordinal = list_match(ordinal_table(), scan, index + place, languages);
  if (ordinal.words == 0) return {};
  const std::size_t noun = index + place + ordinal.words;
  const std::size_t words = list_match(picture_table(), scan, noun, languages).words;
  return words == 0 ? PointsAt() : PointsAt{noun + words - index, ordinal.flag};
}

bool are_elsewhere(const WordScan& scan, std::size_t index, std::size_t end) {
  for (std::size_t i = index;
       i < std::min(scan.words.size(), index + kFirstWords) && scan.words[i].end <= end; ++i) {
    if (elsewhere_table().longest_at(scan, i).words > 0) return true;
  }
  return false;
}

}  // namespace copytaster
