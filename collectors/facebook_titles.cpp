// Sentences that Facebook writes itself, in the languages it writes them in for the Pages we follow. English,
// French and German are seen in captures; the rest is what the site shows. An unknown language fails safely:
// titles are never captions anyway, and a name found in one is only used where the post says nothing better.
#include <algorithm>
#include <array>
#include <utility>

#include "collectors/facebook_post.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using Around = std::pair<std::string_view, std::string_view>;

// What stands before and behind the owner's name.
constexpr std::array<Around, 26> kAlbumTitles = {{
    {"Photos from ", "'s post"},
    {"Photos from ", "\u2019s post"},
    {"Photos de la publication de ", ""},
    {"Photos de la publication d\u2019", ""},
    {"Photos de la publication d'", ""},
    {"Fotos aus dem Beitrag von ", ""},
    {"Fotos von ", "s Beitrag"},
    {"Fotos de la publicación de ", ""},
    {"Fotos da publicação de ", ""},
    {"Foto dal post di ", ""},
    {"Foto's van het bericht van ", ""},
    {"Foto's uit het bericht van ", ""},
    {"Zdjęcia z posta ", ""},
    {"Zdjęcia z posta użytkownika ", ""},
    {"Фото з допису ", ""},
    {"Світлини з допису ", ""},
    {"Фото из публикации ", ""},
    {"Фотографии из публикации ", ""},
    {"Φωτογραφίες από τη δημοσίευση του χρήστη ", ""},
    {"Φωτογραφίες από τη δημοσίευση ", ""},
    {"صور من منشور ", ""},
    {"Fotografie z příspěvku uživatele ", ""},
    {"Fotografii din postarea ", ""},
    {"Bilder från ", "s inlägg"},
    {"Billeder fra ", "s opslag"},
    {"Снимки от публикацията на ", ""},
}};

constexpr std::array<std::string_view, 22> kTitles = {"Timeline photos",
                                                      "Timeline Photos",
                                                      "Mobile uploads",
                                                      "Mobile Uploads",
                                                      "Cover photos",
                                                      "Cover Photos",
                                                      "Profile pictures",
                                                      "Profile Pictures",
                                                      "Photos du journal",
                                                      "Photos de couverture",
                                                      "Chronik-Fotos",
                                                      "Chronikfotos",
                                                      "Titelbilder",
                                                      "Fotos de la biografía",
                                                      "Foto del diario",
                                                      "Fotos da linha do tempo",
                                                      "Tijdlijnfoto's",
                                                      "Zdjęcia z osi czasu",
                                                      "Фото хроніки",
                                                      "Фото хроники",
                                                      "Φωτογραφίες Χρονολογίου",
                                                      "صور اليوميات"};

// How its guesses begin.
constexpr std::array<std::string_view, 24> kAutomaticAlt = {"May be ",
                                                            "Image may contain",
                                                            "No photo description available",
                                                            "No description available",
                                                            "No alternative text",
                                                            "Peut être une image",
                                                            "Peut être un",
                                                            "L\u2019image contient peut-être",
                                                            "L'image contient peut-être",
                                                            "Aucune description de photo",
                                                            "Kann eine Darstellung",
                                                            "Bild könnte enthalten",
                                                            "Keine Fotobeschreibung",
                                                            "Puede ser una imagen",
                                                            "Puede ser un",
                                                            "Potrebbe essere",
                                                            "Può essere un",
                                                            "Pode ser uma imagem",
                                                            "Kan een afbeelding",
                                                            "Może być zdjęciem",
                                                            "Може бути зображення",
                                                            "Может быть изображ",
                                                            "Μπορεί να είναι εικόνα",
                                                            "قد تكون صورة"};

}  // namespace

std::string album_owner(std::string_view title) {
  std::string_view best;
  std::size_t longest = 0;
  for (const auto& [before, behind] : kAlbumTitles) {
    std::string_view rest = title;
    if (!consume_prefix(&rest, before) || !consume_suffix(&rest, behind) || rest.empty()) continue;
    if (before.size() + behind.size() <= longest) continue;
    longest = before.size() + behind.size();
    best = rest;
  }
  return std::string(best);
}

bool is_boilerplate_title(std::string_view title) {
  return !album_owner(title).empty() || std::find(kTitles.begin(), kTitles.end(), title) != kTitles.end();
}

bool is_automatic_alt_text(std::string_view text) {
  return std::any_of(kAutomaticAlt.begin(), kAutomaticAlt.end(),
                     [&](std::string_view beginning) { return text.starts_with(beginning); });
}

}  // namespace copytaster
