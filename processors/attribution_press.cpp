#include "processors/attribution_press.h"

namespace copytaster {

const PhraseTable& camera_makers() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"",
          "canon|nikon|sony|leica|fujifilm|fuji|olympus|om system|panasonic|lumix|pentax|ricoh|hasselblad|"
          "gopro|dji|iphone|apple iphone|samsung galaxy|google pixel|huawei|xiaomi"}}}});
  return kTable;
}

const PhraseTable& no_names() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"",
          "privat|private|archiv|archivbild|symbolbild|symbolfoto|archive|archives|file photo|stock "
          "photo|cortesía|"
          "archivo|divulgação|arquivo|archief|archieffoto|archivio|di repertorio|archiwum|ilustracyjne|"
          "з відкритих джерел|архів|αρχείο|αρχείου|dr|d r|tous droits réservés|all rights reserved|ki "
          "generiert|"
          "ai generated|internet|courtesy of the internet"}}}});
  return kTable;
}

const PhraseTable& press_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"",
          "press office|press service|service de presse|pressestelle|presseamt|pressedienst|gabinete de "
          "prensa|"
          "oficina de prensa|gabinete de comunicación|ufficio stampa|biuro prasowe|gabinete de imprensa|"
          "assessoria de imprensa|persdienst|γραφείο τύπου|пресслужба|прес-служба|пресс-служба|прес-центр"}}},
       {2,
        {{"",
          "reuters|dpa|afp|efe|ansa|pap|lusa|anp|apa|keystone-sda|укрінформ|ukrinform|απε-μπε|"
          "getty images|pa media|europa press|belga"}}}});
  return kTable;
}

}  // namespace copytaster
