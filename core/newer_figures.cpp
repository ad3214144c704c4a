#include "core/newer_figures.h"

#include <algorithm>
#include <string>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kBytes = 4000;
constexpr std::size_t kMostSentences = 60;
constexpr int kLeastWords = 3;

struct Sentence {
  std::string_view field;
  Span span;
  std::string form;  // its bytes, "#" for each figure
  std::string figures;
  int words = 0;
};

bool is_letter(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) != 0 || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

// "9,80", "1.142", "18:00"; not the stop that ends a sentence.
std::size_t figure_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const bool inner = (text[at] == '.' || text[at] == ',' || text[at] == ':') && at + 1 < text.size() &&
                       is_ascii_digit(text[at + 1]);
    if (!is_ascii_digit(text[at]) && !inner) break;
    ++at;
  }
  return at;
}

// What a number behind it names and does not count: "line 4" and "line 6" are two lines.
constexpr std::string_view kNamedByNumber[] = {
    "line",     "lines",  "route",   "bus",     "tram",      "train",   "room",     "class",   "school",
    "no",       "number", "article", "gate",    "hall",      "linie",   "buslinie", "zug",     "raum",
    "klasse",   "nummer", "nr",      "artikel", "halle",     "ligne",   "tramway",  "salle",   "classe",
    "école",    "numéro", "article", "línea",   "autobús",   "sala",    "clase",    "escuela", "número",
    "artículo", "linea",  "treno",   "classe",  "scuola",    "numero",  "articolo", "linha",   "autocarro",
    "turma",    "escola", "artigo",  "lijn",    "zaal",      "klas",    "nummer",   "linia",   "autobus",
    "szkoła",   "klasa",  "numer",   "artykuł", "лінія",     "маршрут", "школа",    "школі",   "клас",
    "номер",    "№",      "стаття",  "γραμμή",  "λεωφορείο", "σχολείο", "αίθουσα",  "αριθμός", "άρθρο"};

// Whether one of its figures stands right behind such a word.
bool names_by_number(std::string_view form) {
  static const auto& folded = *[] {
    auto* all = new StringSet;
    for (const std::string_view word : kNamedByNumber) all->insert(fold_name(word));
    return all;
  }();
  for (std::size_t at = form.find('#'); at != std::string_view::npos; at = form.find('#', at + 1)) {
    std::size_t end = at;
    while (end > 0 && (form[end - 1] == ' ' || form[end - 1] == '.')) --end;
    std::size_t begin = end;
    while (begin > 0 && is_letter(form[begin - 1])) --begin;
    if (begin < end && folded.contains(fold_name(form.substr(begin, end - begin)))) return true;
  }
  return false;
}

Sentence read(std::string_view field, std::string_view text, Span span) {
  Sentence out{field, span, {}, {}, 0};
  for (std::size_t at = span.begin; at < span.end;) {
    if (is_ascii_digit(text[at])) {
      const std::size_t end = std::min(figure_end(text, at), span.end);
      str_append(&out.figures, text.substr(at, end - at), " ");
      out.form += '#';
      at = end;
      continue;
    }
    if (is_letter(text[at]) && (out.form.empty() || !is_letter(out.form.back()))) ++out.words;
    out.form += text[at++];
  }
  return out;
}

// Finer than a reader's sentences ("St. Mary" is two), in both posts alike.
void split_text(std::string_view field, std::string_view text, std::vector<Sentence>* out) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size() && out->size() < kMostSentences; ++at) {
    const bool last = at == text.size();
    const bool stop = !last && (text[at] == '.' || text[at] == '!' || text[at] == '?') &&
                      (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
    if (!last && !stop && text[at] != '\n') continue;
    Span span{begin, stop ? at + 1 : at};
    while (span.begin < span.end && text[span.begin] == ' ') ++span.begin;
    if (span.begin < span.end) out->push_back(read(field, text, span));
    begin = at + 1;
  }
}

std::vector<Sentence> sentences_of(const Item& item) {
  std::vector<Sentence> out;
  const std::string_view title = item.title();
  if (!title.empty() && title.size() <= kBytes) out.push_back(read("title", title, {0, title.size()}));
  const std::string_view text = item.text();
  split_text("text", text.substr(0, utf8_floor(text, kBytes)), &out);
  return out;
}

}  // namespace

std::vector<FigureChange> newer_figures(const Item& older, const Item& newer) {
  const std::vector<Sentence> before = sentences_of(older), after = sentences_of(newer);
  std::vector<FigureChange> out;
  std::size_t kept = 0;
  for (const Sentence& was : before) {
    const auto alike = [&](const Sentence& s) { return s.field == was.field && s.form == was.form; };
    const auto is = std::ranges::find_if(after, alike);
    if (is == after.end()) continue;
    ++kept;
    // Of a list nobody can say which line replaces which.
    const bool once = std::ranges::count_if(before, alike) == 1 && std::ranges::count_if(after, alike) == 1;
    const bool changed =
        once && is->figures != was.figures && was.words >= kLeastWords && !names_by_number(was.form);
    if (changed) out.push_back({was.field, was.span, is->span});
  }
  if (kept * 2 < before.size()) out.clear();
  return out;
}

}  // namespace copytaster
