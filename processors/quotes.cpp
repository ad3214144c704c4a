// What can be quoted: what stands between quotation marks with the one who says it, and the sentences
// of an official's own post. Indirect speech is never a quote: a quote's text is always, byte for byte, a
// span of the post, and where marks are the marks decide where it begins and ends.
#include <algorithm>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/quote_dash.h"
#include "processors/quote_first_person.h"
#include "processors/quote_marks.h"
#include "processors/quote_speaker.h"
#include "processors/rules_tables.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "quotes",
    .summary =
        "Finds verbatim statements with their speaker and offsets, and proposes sentences of an official's "
        "own post",
    .writes = "quotes",
};

struct Found {
  const QuotedSpan* span;
  SpokenBy by;
  std::size_t first = 0, last = 0;  // words inside the marks
  int speaker_of = -1;              // index of the one it inherits from
  bool keep = false;
};

class Quotations {
 public:
  Quotations(Item* item, const Context& context)
      : item_(item),
        context_(context),
        text_(item->text()),
        languages_(language_bit(item->language())),
        author_(author_of(*item, context)) {
    if (text_.size() > kMaxScannedBytes) text_ = text_.substr(0, utf8_floor(text_, kMaxScannedBytes));
  }

  void run() {
    item_->clear_quotes();
    if (text_.empty()) return;
    in_marks();
    by_dashes();
    if (author_ != nullptr && author_->kind() == PERSON && !item_->has_repost_of()) own_words();
    std::stable_sort(item_->mutable_quotes()->begin(), item_->mutable_quotes()->end(),
                     [](const Quote& a, const Quote& b) { return a.score() > b.score(); });
  }

 private:
  static const Official* author_of(const Item& item, const Context& context) {
    const Official* official = context.officials->find(item.official_id());
    return official != nullptr ? official : context.officials->of_account(item.account_id());
  }

  void in_marks() {
    static thread_local std::vector<QuotedSpan> spans;
    find_quoted(text_, &spans);
    spans_ = &spans;
    if (spans.empty()) return;
    const WordScan& scan = scan_words(text_);
    std::vector<Found> all;
    all.reserve(spans.size());
    for (std::size_t i = 0; i < spans.size(); ++i) {
      Found one;
      one.span = &spans[i];
      one.first = scan.first_word_from(spans[i].inner.begin);
      one.last = scan.first_word_from(spans[i].inner.end);
      one.by = find_speaker(text_, scan, languages_, context_.rules->tables().places, spans, i);
      all.push_back(one);
    }
    inherit(scan, &all);
    for (Found& one : all) one.keep = is_quotation(scan, one);
    for (const Found& one : all) {
      if (one.keep) write(scan, one, all);
    }
  }

  // "…,” she said. “…”" and a paragraph that goes on quoting: the speaker of the one before.
  void inherit(const WordScan& scan, std::vector<Found>* all) const {
    for (std::size_t i = 1; i < all->size(); ++i) {
      Found& now = (*all)[i];
      const Found& before = (*all)[i - 1];
      if ((now.by.kind == CueKind::kBeside && !now.by.subject.empty()) || before.by.kind == CueKind::kNone ||
          before.by.kind == CueKind::kWeak)
        continue;
      if (now.by.kind == CueKind::kSentence && !now.by.subject.empty()) continue;
      const std::string_view between =
          text_.substr(before.span->outer.end, now.span->outer.begin - before.span->outer.end);
      const std::size_t paragraphs = count_paragraphs(between);
      const std::size_t words = now.first > before.last ? now.first - before.last : 0;
      const bool same = paragraphs == 0 && words <= 30 && ends_sentence(between);
      const bool next =
          paragraphs == 1 && now.span->own_paragraph && words <= 30 && whole_paragraph(scan, now);
      if (!same && !next) continue;
      if (now.by.kind != CueKind::kBeside) now.by.kind = CueKind::kInherited;
      now.speaker_of = before.speaker_of >= 0 ? before.speaker_of : static_cast<int>(i - 1);
    }
  }

  static std::size_t count_paragraphs(std::string_view between) {
    std::size_t count = 0;
    for (std::size_t at = between.find('\n'); at != std::string_view::npos; at = between.find('\n', at + 1)) {
      ++count;
      while (at + 1 < between.size() && is_ascii_space(between[at + 1])) ++at;
    }
    return count;
  }

  // What lies between two quotations of one speaker: " she said. ", ", er sagte, ".
  static bool ends_sentence(std::string_view between) {
    const std::string_view trimmed = strip_space(between);
    return trimmed.empty() || trimmed.ends_with('.') || trimmed.ends_with(',') || trimmed.ends_with(':') ||
           trimmed.ends_with("—") || trimmed.ends_with("–") || trimmed.ends_with('-');
  }

  [[nodiscard]] static bool whole_paragraph(const WordScan& scan, const Found& one) {
    return one.last >= scan.words.size() || scan.words[one.last].gap == Gap::kLine ||
           one.last - one.first >= 8;
  }

  [[nodiscard]] bool is_quotation(const WordScan& scan, const Found& one) const {
    const std::size_t words = one.last - one.first;
    if (words == 0) return false;
    if (!one.span->closed && (one.by.kind == CueKind::kNone || words < 4)) return false;
    const bool beside = one.by.kind == CueKind::kBeside;
    if (one.span->style == MarkStyle::kSingle &&
        (words < 3 || one.by.kind == CueKind::kNone || one.by.kind == CueKind::kWeak))
      return false;
    if (is_title(scan, one) && !beside) return false;
    switch (one.by.kind) {
      case CueKind::kBeside:
        return true;
      case CueKind::kInherited:
        return words >= 2 || has_end_mark(one);
      case CueKind::kSentence:
        return words >= 2 || !follows_so_called(scan, one);
      case CueKind::kWeak:
        return true;
      case CueKind::kNone:
        return words >= 8 && (one.span->own_paragraph || has_end_mark(one));
    }
    return false;
  }

  [[nodiscard]] bool has_end_mark(const Found& one) const {
    std::size_t end = one.span->inner.end;
    while (end > one.span->inner.begin + 1 && (text_[end - 1] == '\'' || text_[end - 1] == '"')) --end;
    const char last = text_[end - 1];
    return last == '.' || last == '!' || last == '?' || last == ',';
  }

  static bool follows_so_called(const WordScan& scan, const Found& one) {
    static constexpr std::string_view kDistance[] = {
        "called",     "soi",   "disant", "sogenannte", "sogenannten", "llamado", "llamada", "cosiddetto",
        "cosiddetta", "zwany", "zwana",  "chamado",    "zogenaamde",  "звані",   "званий"};
    return one.first > 0 && std::find(std::begin(kDistance), std::end(kDistance),
                                      scan.folded_word(one.first - 1)) != std::end(kDistance);
  }

  // “Meet the Press”, „Die Zauberflöte“: every word of weight has a capital and no sentence ends in it.
  [[nodiscard]] bool is_title(const WordScan& scan, const Found& one) const {
    const std::size_t words = one.last - one.first;
    if (words > 12 || !scan.words[one.first].capital) return false;
    std::size_t capitals = 0, weighty = 0;
    for (std::size_t i = one.first; i < one.last; ++i) {
      if (scan.folded_word(i).size() <= 3 && !scan.words[i].capital) continue;
      ++weighty;
      capitals += scan.words[i].capital || scan.words[i].digit ? 1 : 0;
    }
    if (capitals < weighty) return false;
    return words > 1 || !has_end_mark(one);
  }

  void write(const WordScan& scan, const Found& one, const std::vector<Found>& all) {
    Quote* quote = add(one.span->inner, "quotation-marks");
    const SpokenBy& by = one.speaker_of >= 0 ? all[static_cast<std::size_t>(one.speaker_of)].by : one.by;
    const WordRange cue = one.by.cue.empty() ? by.cue : one.by.cue;
    if (!cue.empty()) quote->set_cue(std::string(text_of(text_, scan, cue)));
    const bool named = speaker(scan, by, quote->mutable_speaker());
    if (!named && quote->speaker().name().empty()) quote->clear_speaker();
    float score = 0.4F;
    std::string reason = "quotation marks";
    switch (one.by.kind) {
      case CueKind::kBeside:
        score = 0.8F;
        break;
      case CueKind::kInherited:
        score = 0.7F;
        reason += ", goes on from the quotation before";
        break;
      case CueKind::kSentence:
        score = 0.6F;
        break;
      case CueKind::kWeak:
        score = 0.5F;
        break;
      case CueKind::kNone:
        break;
    }
    if (!quote->cue().empty()) str_append(&reason, ", “", quote->cue(), "”");
    if (named) score += 0.1F;
    const std::size_t words = one.last - one.first;
    if (words < 4) score -= 0.2F;
    if (!one.span->closed) {
      score -= 0.2F;
      reason += ", the closing mark is missing";
    }
    quote->set_score(score);
    quote->set_reason(reason);
  }

  Quote* add(Span span, std::string_view basis) {
    Quote* quote = item_->add_quotes();
    quote->set_text(std::string(text_.substr(span.begin, span.end - span.begin)));
    quote->set_begin(static_cast<std::uint32_t>(span.begin));
    quote->set_end(static_cast<std::uint32_t>(span.end));
    quote->set_basis(std::string(basis));
    quote->set_language(item_->language());
    return quote;
  }

  // Fills what is known of the speaker; true when it is a name.
  bool speaker(const WordScan& scan, const SpokenBy& by, Speaker* out) const {
    if (by.subject.empty()) return false;
    if (by.first_person) {
      if (author_ == nullptr || author_->kind() != PERSON) return false;
      official(out);
      return true;
    }
    const std::size_t begin = scan.words[by.subject.begin].begin, end = scan.words[by.subject.end - 1].end;
    if (by.pronoun) {
      if (const Mention* person = only_person_before(scan, by.subject.begin)) {
        fill(*person, out);
        return true;
      }
      // As the post has it: not resolved, not guessed.
      out->set_name(std::string(text_.substr(begin, end - begin)));
      return false;
    }
    for (const Mention& mention : item_->mentions()) {
      if (mention.begin() == mention.end() || mention.end() <= begin || mention.begin() >= end) continue;
      if (mention.kind() != "official" && mention.kind() != "person") continue;
      fill(mention, out);
      return true;
    }
    out->set_name(std::string(text_.substr(begin, end - begin)));
    return scan.words[by.subject.begin].capital;
  }

  static void fill(const Mention& person, Speaker* out) {
    out->set_name(person.name());
    if (person.kind() == "official") out->set_official_id(person.id());
    out->set_role(person.role());
  }

  void official(Speaker* out) const {
    out->set_name(author_->name());
    out->set_official_id(author_->id());
    out->set_role(role_label(role_at(*author_, to_time(item_->created_at()))));
  }

  // The one person a pronoun can mean: named outside quotation marks in its paragraph or the one
  // before, of no other gender, with nobody else who could be meant. Null: not safe.
  [[nodiscard]] const Mention* only_person_before(const WordScan& scan, std::size_t pronoun) const {
    const std::size_t at = scan.words[pronoun].begin;
    std::size_t floor = paragraph_before(at);
    for (int tries = 0; tries < 2; ++tries) {
      const Mention* only = nullptr;
      for (const Mention& mention : item_->mentions()) {
        if (mention.begin() == mention.end() || mention.begin() < floor || mention.end() > at) continue;
        if ((mention.kind() != "official" && mention.kind() != "person") || is_quoted(mention.begin()))
          continue;
        if (only != nullptr && only->name() != mention.name()) return nullptr;
        only = &mention;
      }
      if (others_named(scan, floor, pronoun, only)) return nullptr;
      if (only != nullptr) return agrees(scan, pronoun, *only) ? only : nullptr;
      if (floor == 0) return nullptr;
      floor = paragraph_before(floor - 1);
    }
    return nullptr;
  }

  [[nodiscard]] std::size_t paragraph_before(std::size_t at) const {
    const std::size_t floor = at == 0 ? std::string_view::npos : text_.rfind("\n\n", at);
    return floor == std::string_view::npos ? 0 : floor;
  }

  // "she" is not Donald. An unknown given name agrees with both.
  [[nodiscard]] static bool agrees(const WordScan& scan, std::size_t pronoun, const Mention& person) {
    static constexpr std::string_view kShe[] = {"she", "her", "elle", "вона", "ella", "lei",
                                                "ona", "ela", "zij",  "ze",   "αυτη", "εκεινη"};
    static constexpr std::string_view kHe[] = {"he",   "him", "il",  "він", "er",    "lui",
                                               "egli", "on",  "ele", "hij", "αυτοσ", "εκεινοσ"};
    WordScan name;
    scan_words_into(person.name(), &name);
    if (name.words.empty()) return false;
    const Gender gender = given_name_gender(name, 0);
    const std::string_view word = scan.folded_word(pronoun);
    if (std::find(std::begin(kShe), std::end(kShe), word) != std::end(kShe)) return gender != Gender::kMale;
    if (std::find(std::begin(kHe), std::end(kHe), word) != std::end(kHe)) return gender != Gender::kFemale;
    return false;  // "they", "it", "sie"
  }

  [[nodiscard]] bool is_quoted(std::size_t byte) const {
    return std::any_of(spans_->begin(), spans_->end(), [&](const QuotedSpan& span) {
      return span.outer.begin <= byte && byte < span.outer.end;
    });
  }

  // A capitalised name outside quotation marks that is neither `only` nor a body: perhaps another person.
  [[nodiscard]] bool others_named(const WordScan& scan, std::size_t floor, std::size_t pronoun,
                                  const Mention* only) const {
    for (std::size_t i = scan.first_word_from(floor); i < pronoun; ++i) {
      if (scan.words[i].gap >= Gap::kStop || !scan.words[i].capital)
        continue;  // a sentence begins with a capital anyway
      if (is_quoted(scan.words[i].begin)) continue;
      const WordRange name = name_from(scan, i);
      if (name.empty()) continue;
      const std::uint32_t begin = scan.words[name.begin].begin;
      const bool known =
          std::any_of(item_->mentions().begin(), item_->mentions().end(), [&](const Mention& mention) {
            return mention.begin() < scan.words[name.end - 1].end && begin < mention.end() &&
                   (only == nullptr || mention.name() == only->name() || mention.kind() == "organisation");
          });
      if (!known) return true;
      i = name.end - 1;
    }
    return false;
  }

  void by_dashes() {
    static thread_local std::vector<DashQuote> found;
    if (text_.find("—") == std::string_view::npos && text_.find("–") == std::string_view::npos) return;
    const WordScan& scan = scan_words(text_);
    find_dash_quotes(text_, scan, languages_, &found);
    for (const DashQuote& one : found) {
      if (one.span.begin >= one.span.end || overlaps(one.span)) continue;
      Quote* quote = add(one.span, "quotation-marks");
      quote->set_cue(std::string(text_of(text_, scan, one.by.cue)));
      const bool named = speaker(scan, one.by, quote->mutable_speaker());
      if (!named && quote->speaker().name().empty()) quote->clear_speaker();
      quote->set_score(named ? 0.8F : 0.7F);
      quote->set_reason(str_cat("dialogue dash, “", quote->cue(), "”"));
    }
  }

  [[nodiscard]] bool overlaps(Span span) const {
    return std::any_of(item_->quotes().begin(), item_->quotes().end(), [&](const Quote& quote) {
      return quote.begin() < span.end && span.begin < quote.end();
    });
  }

  void own_words() {
    static thread_local std::vector<Span> taken;
    static thread_local std::vector<QuotableSentence> sentences;
    taken.clear();
    for (const Quote& quote : item_->quotes()) taken.push_back({quote.begin(), quote.end()});
    // Words in marks are somebody else's until proven otherwise, whether or not they were accepted as a quote.
    if (spans_ != nullptr) {
      for (const QuotedSpan& span : *spans_) taken.push_back({span.outer.begin, span.outer.end});
    }
    std::ranges::sort(taken, {}, &Span::begin);
    find_quotable(text_, scan_words(text_), languages_, taken, &sentences);
    for (const QuotableSentence& one : sentences) {
      Quote* quote = add(one.span, "first-person");
      official(quote->mutable_speaker());
      quote->set_score(one.score);
      quote->set_reason(str_cat("by the official: ", one.reason));
    }
  }

  Item* item_;
  const Context& context_;
  std::string_view text_;
  const LanguageSet languages_;
  const Official* author_;
  const std::vector<QuotedSpan>* spans_ = nullptr;
};

class QuotesStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    Quotations(&item, context).run();
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Processor> make_quotes_step() { return std::make_unique<QuotesStep>(); }

}  // namespace copytaster
