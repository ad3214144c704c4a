#include "processors/attribution_labels.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/name_shape.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostLabels = 16;
constexpr std::size_t kLongestCredit = 120;  // bytes

enum class Label : std::uint8_t {
  kColon = 1,   // "Photo": with a colon only; a caption may follow as well
  kCredit = 2,  // "Crédit photo": with a colon only; a credit follows
  kBy = 3,      // "Photo by": a name follows
  kShort = 4,   // "fot": with a full stop or a colon
};

const PhraseTable& label_table() {
  static const PhraseTable kTable = make_phrase_table({
      {static_cast<std::uint8_t>(Label::kColon),
       {{"",
         "photo|photos|picture|pictures|pic|pics|image|images|foto|fotos|foto's|bild|bilder|фото|світлина|"
         "світлини|"
         "знімок|знімки|φωτογραφία|φωτογραφίες|φωτό|φωτο|zdjęcie|zdjęcia|fotografía|fotografías|fotografia|"
         "fotografias|fotografie|imagen|imágenes|immagine|immagini|imagem|imagens|beeld|beelden|afbeelding|"
         "📷"}}},
      {static_cast<std::uint8_t>(Label::kCredit),
       {{"",
         "photo credit|photo credits|picture credit|image credit|photos "
         "credit|credit|credits|photographer|photo courtesy|"
         "crédit photo|crédits photo|crédit photos|crédits photos|crédit|crédits|photographe|crédit image|"
         "bildnachweis|fotonachweis|fotograf|fotografin|fotocredit|bildrechte|bildquelle|"
         "crédito|créditos|fotógrafo|fotógrafa|crédito de la foto|autor de la foto|crédito da foto|créditos "
         "da foto|"
         "fotografo|fotografa|credito foto|crediti|crediti foto|foto a cura di|autor zdjęcia|autorka zdjęcia|"
         "autor zdjęć|autorka zdjęć|fotograaf|fotografe|fotocredits|автор фото|авторка фото|автор світлини|"
         "автор світлин|фотограф|фотографка|φωτογράφος|πηγή φωτογραφίας|copyright"}}},
      {static_cast<std::uint8_t>(Label::kBy),
       {{"en", "photo by|photos by|picture by|pictures by|image by|pic by|photographed by|photography by"},
        {"fr", "photo de|photos de|photo par|photographie de|photographies de"},
        {"de", "foto von|fotos von|bild von|bilder von"},
        {"es", "foto de|fotos de|fotografía de|fotografías de"},
        {"it", "foto di|fotografia di|fotografie di"},
        {"pl", "zdjęcie autorstwa|zdjęcia autorstwa"},
        {"pt", "foto de|fotos de|fotografia de"},
        {"nl", "foto van|foto's van|beeld van|foto door"},
        {"uk", "фото від|світлини від"},
        {"el", "φωτογραφία του|φωτογραφία της|φωτογραφίες του|φωτογραφίες της"}}},
      {static_cast<std::uint8_t>(Label::kShort), {{"", "fot|photog"}}},
  });
  return kTable;
}

const PhraseTable& not_a_person() {
  static const PhraseTable kTable =
      make_phrase_table({{1,
                          {{"",
                            "picasa|unknown|unbekannt|inconnu|photographer|photograph|canon|nikon|sony|"
                            "olympus|panasonic|fujifilm|samsung|"
                            "apple|iphone|microsoft|adobe|gimp|windows "
                            "user|user|administrator|admin|owner|user name|copyright|all rights "
                            "reserved|alle rechte vorbehalten|tous droits réservés"}}}});
  return kTable;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// White space, NBSP and the narrow NBSP that French typography puts before a colon.
std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = next_code_point(text, &next);
    if (c != U' ' && c != U'\t' && c != 0xA0 && c != 0x202F && c != 0xFE0F && c != 0x200B) break;
    at = next;
  }
  return at;
}

Span line_from(std::string_view text, std::size_t begin, bool bracket) {
  std::size_t end = begin;
  while (end < text.size() && text[end] != '\n' && !(bracket && text[end] == ')')) ++end;
  while (end > begin && is_space(text[end - 1])) --end;
  return {begin, end};
}

class Finder {
 public:
  Finder(std::string_view text, LanguageSet languages, const PhraseTable& places,
         std::vector<PhotoLabel>* out)
      : text_(text), languages_(languages), places_(places), scan_(scan_words(text)), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < scan_.words.size() && out_->size() < kMostLabels; ++i) {
      const ListMatch label = list_match(label_table(), scan_, i, languages_);
      if (label.words > 0) i += by_word(i, label);
    }
    by_sign("©");
    by_sign("(c)");
    by_sign("(C)");
    by_sign("📷");
    by_sign("📸");
    std::sort(out_->begin(), out_->end(),
              [](const PhotoLabel& a, const PhotoLabel& b) { return a.label.begin < b.label.begin; });
    // "Photo : © Jane Roe" is one label.
    out_->erase(std::unique(out_->begin(), out_->end(),
                            [](const PhotoLabel& a, const PhotoLabel& b) {
                              return b.label.begin < a.content.end && !(a.credit == Span{});
                            }),
                out_->end());
  }

 private:
  // Returns how many words of the label to skip.
  std::size_t by_word(std::size_t i, ListMatch label) {
    const Word& first = scan_.words[i];
    const Word& last = scan_.words[i + label.words - 1];
    const auto kind = static_cast<Label>(label.flag);
    std::size_t at = skip_space(text_, last.end);
    const bool colon = at < text_.size() && (text_[at] == ':' || text_.substr(at).starts_with("：") ||
                                             text_.substr(at).starts_with("∶"));
    const bool stop = kind == Label::kShort && last.end < text_.size() && text_[last.end] == '.';
    if (kind != Label::kBy && !colon && !stop) return 0;
    if (colon) {
      next_code_point(text_, &at);
    } else if (stop) {
      at = last.end + 1;
    }
    // "the picture: …" inside a sentence is no label; a label begins its line, its sentence or its bracket.
    const bool opens = first.gap >= Gap::kStop || first.capital || i == 0;
    if (!opens) return 0;
    const bool bracket = first.begin > 0 && text_[first.begin - 1] == '(';
    add({first.begin, at}, skip_space(text_, at), kind != Label::kColon, bracket);
    return label.words - 1;
  }

  void by_sign(std::string_view sign) {
    for (std::size_t at = text_.find(sign); at != std::string_view::npos && out_->size() < kMostLabels;
         at = text_.find(sign, at + sign.size())) {
      const bool camera = sign.size() == 4 && sign[0] == '\xF0';
      std::size_t begin = skip_space(text_, at + sign.size());
      if (begin < text_.size() && text_[begin] == ':') begin = skip_space(text_, begin + 1);
      if (!camera) begin = skip_year(begin);
      const bool bracket = at > 0 && text_[at - 1] == '(';
      add({at, begin}, begin, !camera, bracket);
      if (camera && out_->back().credit == Span{}) out_->pop_back();  // an ornament
    }
  }

  [[nodiscard]] std::size_t skip_year(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && is_ascii_digit(text_[end])) ++end;
    return end - at == 4 ? skip_space(text_, end) : at;
  }

  void add(Span label, std::size_t begin, bool strong, bool bracket) {
    PhotoLabel out;
    out.label = label;
    out.content = line_from(text_, begin, bracket);
    out.strong = strong;
    out.credit = credit_in(out.content, strong, bracket);
    out_->push_back(out);
  }

  // The photographer's name at the beginning of `content`; empty when what follows is no credit.
  [[nodiscard]] Span credit_in(Span content, bool strong, bool bracket) const {
    if (content.begin >= content.end) return {};
    if (text_[content.begin] == '@') {
      std::size_t end = content.begin + 1;
      while (end < content.end && !is_space(text_[end]) && text_[end] != ',' && text_[end] != ')') ++end;
      return end - content.begin > 3 ? Span{content.begin, end} : Span{};
    }
    const std::size_t first = scan_.first_word_from(content.begin);
    if (first >= scan_.words.size() || scan_.words[first].begin > content.begin + 4) return {};
    std::size_t end = one_name(first, strong, bracket);
    bool agency = false;
    while (end != 0) {  // "Jane Roe / City of Paris, Agency"
      const std::size_t next = second_part(end, content.end);
      if (next == 0) break;
      agency = true;
      end = next;
    }
    if (end == 0 || scan_.words[end - 1].end > content.end) return {};
    if (!ends_here(end, content, strong || agency)) return {};
    const Span credit{content.begin < scan_.words[first].begin ? scan_.words[first].begin : content.begin,
                      scan_.words[end - 1].end};
    return credit.end - credit.begin <= kLongestCredit ? credit : Span{};
  }

  // The word after the name that begins at `first`; 0: it is no photographer's name.
  [[nodiscard]] std::size_t one_name(std::size_t first, bool strong, bool bracket) const {
    const WordRange name = name_from(scan_, first);
    if (name.empty()) return 0;
    bool spaced = false;
    for (std::size_t i = name.begin; i < name.end; ++i) {
      spaced = spaced || (i > name.begin && scan_.words[i].gap != Gap::kHyphen);
      if (!strong && (is_thing_word(scan_, i) || places_.longest_at(scan_, i).words > 0)) return 0;
    }
    const bool agency = name.size() == 1 && scan_.words[first].all_upper;
    if (strong) return spaced || agency || bracket || name.size() == 1 ? name.end : 0;
    if (!spaced) return agency ? name.end : 0;
    // In German every noun has a capital: a given name, an initial or a bracket tells, or two words that
    // end the line and are no such nouns as captions begin with.
    const bool known = is_given_name(scan_, first) || scan_.words[first].end - scan_.words[first].begin == 1;
    if (known || bracket || languages_ != language_bit("de")) return name.end;
    const bool ends_line = name.end == scan_.words.size() || scan_.words[name.end].gap == Gap::kLine;
    return ends_line && name.size() == 2 && !is_german_noun(first) && !is_german_noun(first + 1) ? name.end
                                                                                                 : 0;
  }

  [[nodiscard]] bool is_german_noun(std::size_t i) const {
    static constexpr std::string_view kEndings[] = {"ung",   "heit",   "keit",  "schaft", "tion", "bahn",
                                                    "tag",   "bau",    "weg",   "ende",   "chen", "isch",
                                                    "ische", "anlage", "linie", "projekt"};
    const std::string_view folded = scan_.folded_word(i);
    return std::any_of(std::begin(kEndings), std::end(kEndings),
                       [&](std::string_view ending) { return folded.ends_with(ending); });
  }

  // "/ Agency", "| Agency", ", Agency", "& Jane Roe": the word after it; 0: none.
  [[nodiscard]] std::size_t second_part(std::size_t at, std::size_t limit) const {
    if (at >= scan_.words.size() || scan_.words[at].begin >= limit || !scan_.words[at].capital) return 0;
    const std::string_view between =
        text_.substr(scan_.words[at - 1].end, scan_.words[at].begin - scan_.words[at - 1].end);
    const std::string_view sign = strip_space(between);
    if (sign != "/" && sign != "|" && sign != "&" && sign != "," && sign != "–" && sign != "-") return 0;
    const WordRange name = name_from(scan_, at);
    std::size_t end = name.empty() ? at + 1 : name.end;
    // "Ville de Paris", "Stadt Freiburg", "Cork City Council": take the run.
    while (end < scan_.words.size() && scan_.words[end].begin < limit &&
           scan_.words[end].gap <= Gap::kApostrophe &&
           (scan_.words[end].capital || is_name_particle(scan_.folded_word(end)))) {
      ++end;
    }
    return scan_.words[end - 1].end <= limit ? end : 0;
  }

  // After a credit the line, the sentence or the bracket is over.
  [[nodiscard]] bool ends_here(std::size_t end, Span content, bool sure) const {
    std::size_t at = scan_.words[end - 1].end;
    if (at >= content.end) return true;
    at = skip_space(text_, at);
    std::size_t next = at;
    const char32_t c = next_code_point(text_, &next);
    if (c == U'.' || c == U';' || c == U')' || c == U']' || c == U'/' || c == U'|' || c == U'#' ||
        c == 0xB7 || c == U'!')
      return true;
    if (c == U',') return sure;
    if ((folded_char(c).flags & FoldedChar::kWord) != 0) {
      // "for the City of Paris": still the credit.
      const std::size_t word = scan_.first_word_from(at);
      static constexpr std::string_view kFor[] = {"for", "pour", "fur", "para", "per",  "voor",
                                                  "dla", "для",  "για", "http", "https"};
      return word < scan_.words.size() &&
             std::find(std::begin(kFor), std::end(kFor), scan_.folded_word(word)) != std::end(kFor);
    }
    return sure || folded_char(c).flags == 0;  // an emoji, a dash
  }

  std::string_view text_;
  const LanguageSet languages_;
  const PhraseTable& places_;
  const WordScan& scan_;
  std::vector<PhotoLabel>* out_;
};

}  // namespace

void find_photo_labels(std::string_view text, LanguageSet languages, const PhraseTable& places,
                       std::vector<PhotoLabel>* out) {
  out->clear();
  if (text.empty()) return;
  Finder(text, languages, places, out).run();
}

std::string clean_credit(std::string_view credit) {
  std::string line = collapse_space(credit);
  std::string_view rest = line;
  if (rest.size() > 3 * kLongestCredit) rest = rest.substr(0, utf8_floor(rest, 3 * kLongestCredit));
  for (bool changed = true; changed;) {
    changed = false;
    rest = strip_space(rest);
    for (const std::string_view sign : {"©", "(c)", "(C)", ":", "–", "—", "-", "/", "@ "})
      changed |= consume_prefix(&rest, sign);
    if (rest.size() > 5 && std::all_of(rest.begin(), rest.begin() + 4, is_ascii_digit) && rest[4] == ' ') {
      rest.remove_prefix(5);
      changed = true;
    }
    WordScan scan;
    scan_words_into(rest, &scan);
    const ListMatch label = list_match(label_table(), scan, 0, kAllLanguages);
    if (label.words == 0 || scan.words[0].begin != 0) continue;
    const std::size_t end = scan.words[label.words - 1].end;
    const std::size_t at = skip_space(rest, end);
    const bool sign = at < rest.size() && (rest[at] == ':' || (rest[at] == '.' && at == end));
    const bool by =
        static_cast<Label>(label.flag) == Label::kBy || static_cast<Label>(label.flag) == Label::kCredit;
    if (!sign && !by) continue;
    rest.remove_prefix(sign ? at + 1 : end);
    changed = true;
  }
  while (!rest.empty() && (rest.back() == '.' || rest.back() == ',' || rest.back() == ';'))
    rest.remove_suffix(1);
  WordScan scan;
  scan_words_into(rest, &scan);
  if (scan.words.empty()) return "";
  const PhraseMatch machine = not_a_person().longest_at(scan, 0);
  if (machine.words > 0 && (machine.words == scan.words.size() || scan.words.back().digit)) return "";
  bool letters = false;
  for (const Word& word : scan.words) letters = letters || !word.digit;
  return letters ? std::string(rest) : "";
}

}  // namespace copytaster
