#include "processors/attribution_labels.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/attribution_press.h"
#include "processors/attribution_shares.h"
#include "processors/attribution_words.h"
#include "processors/name_shape.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostLabels = 16;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

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
      const ListMatch label = list_match(credit_label_table(), scan_, i, languages_);
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
    // "Photo 1: the old bridge. Photo 2: the new one", "Photo: the old bridge. Crédit photo : DR" on one
    // line.
    for (std::size_t i = 0; i + 1 < out_->size(); ++i) {
      PhotoLabel& one = (*out_)[i];
      if (one.credit == Span{} && (*out_)[i + 1].label.begin < one.content.end)
        one.content = trimmed({one.content.begin, std::max(one.content.begin, (*out_)[i + 1].label.begin)});
    }
  }

 private:
  // Returns how many words of the label to skip.
  std::size_t by_word(std::size_t i, ListMatch label) {
    const Word& first = scan_.words[i];
    const auto kind = static_cast<CreditLabel>(label.flag);
    const std::size_t picture = kind == CreditLabel::kColon ? number_at(i + label.words) : 0;
    const Word& last = scan_.words[i + label.words - (picture > 0 ? 0 : 1)];
    std::size_t at = skip_credit_space(text_, last.end);
    const bool colon = at < text_.size() && (text_[at] == ':' || text_.substr(at).starts_with("：") ||
                                             text_.substr(at).starts_with("∶"));
    const bool stop = kind == CreditLabel::kShort && stops_a_short_one(last.end);
    const bool dash = !colon && kind == CreditLabel::kColon && first.gap == Gap::kLine && is_dash(at);
    if ((kind != CreditLabel::kBy || picture > 0) && !colon && !stop && !dash) return 0;
    if (colon || dash) {
      next_code_point(text_, &at);
    } else if (stop) {
      at = last.end + 1;
    }
    // "the picture: …" inside a sentence is no label; a label begins its line, its sentence or its bracket.
    const bool opens = first.gap >= Gap::kStop || first.capital || i == 0;
    if (!opens) return 0;
    const bool bracket = first.begin > 0 && text_[first.begin - 1] == '(';
    const std::size_t begin = skip_credit_space(text_, at);
    if (picture == 0 && add_shares({first.begin, at}, begin)) return label.words - 1;
    add({first.begin, at}, begin, kind != CreditLabel::kColon, bracket);
    if (picture > 0) {  // "Photo 1: Jane Roe" shows her
      out_->back().pictures = std::uint64_t{1} << (picture - 1);
      out_->back().credit = {};
    }
    if (dash && out_->back().credit == Span{}) out_->pop_back();
    return label.words - 1;
  }

  // Each of those who took some of the pictures has a label of its own; false: there are none.
  bool add_shares(Span label, std::size_t begin) {
    static thread_local std::vector<PictureShare> shares;
    find_picture_shares(text_, scan_, line_from(text_, begin, false), &shares);
    for (const PictureShare& share : shares) {
      PhotoLabel one;
      one.label = out_->empty() || label.begin > out_->back().label.begin
                      ? label
                      : Span{share.name.begin, share.name.begin};
      one.content = one.credit = share.name;
      one.strong = true;
      one.pictures = share.pictures;
      out_->push_back(one);
    }
    return !shares.empty();
  }

  // "2" of "Photo 2"; 0: none, or no number of a picture.
  [[nodiscard]] std::size_t number_at(std::size_t i) const {
    if (i >= scan_.words.size() || scan_.words[i].gap != Gap::kSpace) return 0;
    const std::string_view word =
        text_.substr(scan_.words[i].begin, scan_.words[i].end - scan_.words[i].begin);
    std::size_t number = 0;
    if (word.size() > 2 || !std::all_of(word.begin(), word.end(), is_ascii_digit)) return 0;
    for (const char c : word) number = number * 10 + static_cast<std::size_t>(c - '0');
    return number <= 64 ? number : 0;
  }

  // A full stop behind "Fot", "Ph", "Zdj"; not that of "Ph.D.".
  [[nodiscard]] bool stops_a_short_one(std::size_t at) const {
    if (at >= text_.size() || text_[at] != '.') return false;
    const std::size_t next = scan_.first_word_from(at);
    return next < scan_.words.size() &&
           (is_space(text_[at + 1]) || scan_.words[next].end - scan_.words[next].begin > 1);
  }

  // "—", "–" or " - ".
  [[nodiscard]] bool is_dash(std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    return rest.starts_with("—") || rest.starts_with("–") || rest.starts_with("- ");
  }

  [[nodiscard]] Span trimmed(Span span) const {
    while (span.end > span.begin && is_space(text_[span.end - 1])) --span.end;
    return span;
  }

  void by_sign(std::string_view sign) {
    for (std::size_t at = text_.find(sign); at != std::string_view::npos && out_->size() < kMostLabels;
         at = text_.find(sign, at + sign.size())) {
      const bool camera = sign.size() == 4 && sign[0] == '\xF0';
      std::size_t begin = skip_credit_space(text_, at + sign.size());
      if (begin < text_.size() && text_[begin] == ':') begin = skip_credit_space(text_, begin + 1);
      if (!camera) begin = skip_year(begin);
      const bool bracket = at > 0 && text_[at - 1] == '(';
      add({at, begin}, begin, !camera, bracket);
      if (camera && out_->back().credit == Span{}) out_->pop_back();  // an ornament
    }
  }

  [[nodiscard]] std::size_t skip_year(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && is_ascii_digit(text_[end])) ++end;
    return end - at == 4 ? skip_credit_space(text_, end) : at;
  }

  void add(Span label, std::size_t begin, bool strong, bool bracket) {
    PhotoLabel out;
    out.label = label;
    out.content = line_from(text_, begin, bracket);
    out.strong = strong;
    const std::size_t first = scan_.first_word_from(out.content.begin);
    out.nobody = is_camera(scan_, first, out.content.end);
    if (!out.nobody) out.nobody = ends_as_nobody(first, &out.content);
    if (out.nobody) {
      out.strong = true;
    } else {
      const Span named = lender_in(out.content, &out.strong);
      out.credit = credit_in(named, out.strong, bracket);
    }
    out_->push_back(out);
  }

  // "privat", "courtesy of the internet": `content` is that alone.
  [[nodiscard]] bool ends_as_nobody(std::size_t first, Span* content) const {
    if (content->begin < content->end && text_[content->begin] == '@') return false;
    std::size_t end = no_name_to(scan_, first, content->end);
    if (const std::size_t thanks = thanks_from(scan_, first); end == 0 && thanks > 0)
      end = no_name_to(scan_, first + thanks, content->end);
    if (end == 0) return false;
    content->end = scan_.words[end - 1].end;
    return true;
  }

  // "Photo: courtesy of Jane Roe": from her name on, and nothing else than a credit.
  [[nodiscard]] Span lender_in(Span content, bool* strong) const {
    const std::size_t first = scan_.first_word_from(content.begin);
    const std::size_t thanks = thanks_from(scan_, first);
    if (thanks == 0 || scan_.words[first].begin != content.begin) return content;
    const std::size_t named = first + thanks;
    *strong = true;
    if (named >= scan_.words.size() || scan_.words[named].begin >= content.end)
      return {content.end, content.end};
    return {scan_.words[named].begin, content.end};
  }

  // The photographer's name at the beginning of `content`; empty when what follows is no credit.
  [[nodiscard]] Span credit_in(Span content, bool strong, bool bracket) const {
    if (content.begin >= content.end) return {};
    if (text_[content.begin] == '@') {
      std::size_t end = content.begin + 1;
      while (end < content.end && !is_space(text_[end]) && text_[end] != ',' && text_[end] != ')') ++end;
      while (end > content.begin && (text_[end - 1] == '.' || text_[end - 1] == '!' ||
                                     text_[end - 1] == ';' || text_[end - 1] == ':'))
        --end;
      return end - content.begin > 3 ? Span{content.begin, end} : Span{};
    }
    const std::size_t first = scan_.first_word_from(content.begin);
    if (first >= scan_.words.size() || scan_.words[first].begin > content.begin + 4) return {};
    std::size_t end = one_name(first + (is_title(first) ? 1 : 0), strong, bracket);
    if (end == 0 && bracket) end = body_before_name(first, content.end);
    bool agency = false;
    if (const PressName press = press_from(scan_, first, content.end); press.end > end) {
      end = press.end;
      agency = press.sure;
    }
    while (end != 0) {  // "Jane Roe / City of Paris, Agency", "Jane Roe and Tom Poe"
      std::size_t next = second_part(end, content.end);
      agency = agency || next != 0;
      if (next == 0) next = second_person(end, content.end);
      if (next == 0) break;
      end = next;
    }
    if (end == 0 || scan_.words[end - 1].end > content.end || is_anothers(end)) return {};
    if (!ends_here(end, content, strong || agency)) return {};
    const Span credit{content.begin < scan_.words[first].begin ? scan_.words[first].begin : content.begin,
                      scan_.words[end - 1].end};
    return credit.end - credit.begin <= kLongestCredit ? credit : Span{};
  }

  // "Dr. Jane Roe"
  [[nodiscard]] bool is_title(std::size_t i) const {
    static constexpr std::string_view kTitles[] = {"dr", "prof", "mgr", "ing"};
    return i + 1 < scan_.words.size() && scan_.words[i + 1].gap <= Gap::kAbbreviation &&
           scan_.words[i].capital &&
           std::find(std::begin(kTitles), std::end(kTitles), scan_.folded_word(i)) != std::end(kTitles);
  }

  // "Anna Smith's son": the name says whose, not who.
  [[nodiscard]] bool is_anothers(std::size_t end) const {
    return end < scan_.words.size() && scan_.words[end].gap == Gap::kApostrophe;
  }

  // The word after the name that begins at `first`; 0: it is no photographer's name.
  [[nodiscard]] std::size_t one_name(std::size_t first, bool strong, bool bracket) const {
    const WordRange name = name_from(scan_, first);
    // "Ph. D.": a letter alone is nobody.
    if (name.empty() || (name.size() == 1 && is_letter(first))) return 0;
    bool spaced = false;
    for (std::size_t i = name.begin; i < name.end; ++i) {
      spaced = spaced || (i > name.begin && scan_.words[i].gap != Gap::kHyphen);
      if (is_kin_word(scan_, i)) return 0;
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
    return ends_line && name.size() == 2 && !is_german_noun(scan_.folded_word(first)) &&
                   !is_german_noun(scan_.folded_word(first + 1))
               ? name.end
               : 0;
  }

  // "(Foto: Stadt Kassel/Heike Stollberg)": a body, when somebody's name follows behind a stroke.
  [[nodiscard]] std::size_t body_before_name(std::size_t first, std::size_t limit) const {
    const WordRange body = name_from(scan_, first);
    if (body.empty() || body.end >= scan_.words.size()) return 0;
    const Word& next = scan_.words[body.end];
    const std::string_view between =
        text_.substr(scan_.words[body.end - 1].end, next.begin - scan_.words[body.end - 1].end);
    const std::string_view sign = strip_space(between);
    if ((sign != "/" && sign != "|") || next.begin >= limit) return 0;
    const WordRange name = name_from(scan_, body.end);
    const bool person = name.size() >= 2 && one_name(body.end, false, true) == name.end;
    return person ? body.end : 0;
  }

  [[nodiscard]] bool is_letter(std::size_t i) const {
    std::size_t next = scan_.words[i].begin;
    next_code_point(text_, &next);
    return next >= scan_.words[i].end;
  }

  // "and Tom Poe": the word after the name; 0: none. Two words at least: what follows "and" may be a thing.
  [[nodiscard]] std::size_t second_person(std::size_t at, std::size_t limit) const {
    if (at + 1 >= scan_.words.size() || scan_.words[at].gap != Gap::kSpace || scan_.words[at].capital ||
        !is_and(scan_.folded_word(at)) || scan_.words[at + 1].gap != Gap::kSpace)
      return 0;
    const WordRange name = name_from(scan_, at + 1);
    if (name.size() < 2 || scan_.words[name.end - 1].end > limit) return 0;
    for (std::size_t i = name.begin; i < name.end; ++i) {
      if (is_thing_word(scan_, i) || places_.longest_at(scan_, i).words > 0) return 0;
    }
    return name.end;
  }

  // "/ Agency", "| Agency", ", Agency", "& Jane Roe": the word after it; 0: none.
  [[nodiscard]] std::size_t second_part(std::size_t at, std::size_t limit) const {
    if (at >= scan_.words.size() || scan_.words[at].begin >= limit) return 0;
    const PressName press = press_from(scan_, at, limit);
    if (!scan_.words[at].capital && !press.sure) return 0;
    const std::string_view between =
        text_.substr(scan_.words[at - 1].end, scan_.words[at].begin - scan_.words[at - 1].end);
    const std::string_view sign = strip_space(between);
    if (sign != "/" && sign != "|" && sign != "&" && sign != "," && sign != "–" && sign != "-") return 0;
    if (press.sure) return press.end;
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
    at = skip_credit_space(text_, at);
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

}  // namespace copytaster
