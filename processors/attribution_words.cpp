#include "processors/attribution_words.h"

namespace copytaster {

const PhraseTable& credit_label_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(CreditLabel::kColon),
       {{"",
         "photo|photos|picture|pictures|pic|pics|image|images|foto|fotos|foto's|bild|bilder|фото|світлина|"
         "світлини|"
         "знімок|знімки|φωτογραφία|φωτογραφίες|φωτό|φωτο|zdjęcie|zdjęcia|fotografía|fotografías|fotografia|"
         "fotografias|fotografie|imagen|imágenes|immagine|immagini|imagem|imagens|beeld|beelden|afbeelding|"
         "📷"}}},
      {static_cast<std::uint8_t>(CreditLabel::kCredit),
       {{"",
         "photo credit|photo credits|picture credit|image credit|photos "
         "credit|credit|credits|photographer|photo courtesy|"
         "crédit photo|crédits photo|crédit photos|crédits photos|crédit|crédits|photographe|crédit image|"
         "bildnachweis|fotonachweis|fotograf|fotografin|fotocredit|bildrechte|bildquelle|"
         "crédito|créditos|fotógrafo|fotógrafa|crédito de la foto|autor de la foto|crédito da foto|créditos "
         "da foto|"
         "fotografo|fotografa|credito foto|credit foto|crediti|crediti foto|foto a cura di|autor "
         "zdjęcia|autorka zdjęcia|"
         "autor zdjęć|autorka zdjęć|fotograaf|fotografe|fotocredits|автор фото|авторка фото|автор світлини|"
         "автор світлин|фотограф|фотографка|φωτογράφος|πηγή φωτογραφίας|copyright"}}},
      {static_cast<std::uint8_t>(CreditLabel::kBy),
       {{"en",
         "photo by|photos by|picture by|pictures by|image by|pic by|photographed by|photography by|shot by|"
         "photo courtesy of|photos courtesy of|picture courtesy of|pictures courtesy of|image courtesy of|"
         "images courtesy of"},
        {"fr", "photo de|photos de|photo par|photographie de|photographies de"},
        {"de", "foto von|fotos von|bild von|bilder von|foto mit freundlicher genehmigung von"},
        {"es",
         "foto de|fotos de|fotografía de|fotografías de|foto cortesía de|fotos cortesía de|foto por cortesía "
         "de"},
        {"it", "foto di|fotografia di|fotografie di|foto per gentile concessione di"},
        {"pl", "zdjęcie autorstwa|zdjęcia autorstwa|zdjęcie dzięki uprzejmości"},
        {"pt", "foto de|fotos de|fotografia de|foto cortesia de|foto cedida por"},
        {"nl", "foto van|foto's van|beeld van|foto door"},
        {"uk", "фото від|світлини від"},
        {"el", "φωτογραφία του|φωτογραφία της|φωτογραφίες του|φωτογραφίες της"}}},
      {static_cast<std::uint8_t>(CreditLabel::kShort), {{"", "fot|photog|ph|zdj"}}},
  });
  return kTable;
}

std::size_t skip_credit_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = next_code_point(text, &next);
    if (c != U' ' && c != U'\t' && c != 0xA0 && c != 0x202F && c != 0xFE0F && c != 0x200B) break;
    at = next;
  }
  return at;
}

}  // namespace copytaster
