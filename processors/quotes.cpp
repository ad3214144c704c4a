// What can be quoted: what stands between quotation marks with the one who says it, and the sentences
// of an official's own post. Indirect speech is never a quote: a quote's text is always, byte for byte, a
// span of the post, and where marks are the marks decide where it begins and ends.
#include <algorithm>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "processors/chapter_marks.h"
#include "processors/mentions_fields.h"
#include "processors/quote_dash.h"
#include "processors/quote_first_person.h"
#include "processors/quote_incise.h"
#include "processors/quote_judge.h"
#include "processors/quote_marks.h"
#include "processors/quote_names.h"
#include "processors/quote_unsaid.h"
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

// The official whose own words the post is; null for a body's and for nobody's.
const Official* author_of(const Item& item, const Context& context) {
  const Official* official = official_of(item, *context.officials);
  return official != nullptr && official->kind() == PERSON ? official : nullptr;
}

std::string_view scanned(std::string_view text) {
  return text.size() > kMaxScannedBytes ? text.substr(0, utf8_floor(text, kMaxScannedBytes)) : text;
}

float score_of(CueKind kind) {
  switch (kind) {
    case CueKind::kBeside:
      return 0.8F;
    case CueKind::kInherited:
      return 0.7F;
    case CueKind::kSentence:
    case CueKind::kLeadIn:
      return 0.6F;
    case CueKind::kWeak:
      return 0.5F;
    case CueKind::kNone:
      break;
  }
  return 0.4F;
}

class Quotations {
 public:
  Quotations(Item* item, const Context& context, std::vector<QuotedSpan>* spans)
      : item_(item),
        ground_{scanned(item->text()), scan_words(item->text()), language_bit(item->language()),
                context.rules->tables().places, people_},
        spans_(spans),
        author_(author_of(*item, context)),
        names_(ground_, *item, author_, *spans) {
    for (const Mention& mention : item->mentions()) {
      if (is_person_mention(mention)) people_.push_back({mention.begin(), mention.end()});
    }
  }

  void run() {
    find_chapter_marks(ground_.text, &chapters_);
    find_quoted(ground_.text, spans_);
    std::erase_if(*spans_, [&](const QuotedSpan& span) { return in_chapter(span.outer); });
    if (!spans_->empty()) in_marks();
    by_dashes();
    if (author_ != nullptr && !item_->has_repost_of()) own_words();
    std::stable_sort(item_->mutable_quotes()->begin(), item_->mutable_quotes()->end(),
                     [](const Quote& a, const Quote& b) { return a.score() > b.score(); });
  }

 private:
  void in_marks() {
    static thread_local std::vector<FoundQuote> all;
    judge_quotes(ground_, *spans_, &all);
    for (const FoundQuote& one : all) {
      if (one.by.unsaid) continue;
      const bool said = one.by.kind == CueKind::kBeside || one.by.kind == CueKind::kSentence;
      if (split_in_marks(one.span->inner, !said)) continue;
      if (one.keep) write(one, one.speaker_of >= 0 ? all[static_cast<std::size_t>(one.speaker_of)] : one);
    }
  }

  // "«Ми лишаємось, — сказав він. — І відбудуємо все»": what the reporter puts in between is no quote.
  // `commas`: also between commas, where nobody outside the marks is heard to speak.
  bool split_in_marks(Span inner, bool commas) {
    static thread_local std::vector<DashQuote> parts;
    // English, German and Dutch close the marks before they say who speaks.
    static const LanguageSet kClosing = language_bit("en") | language_bit("de") | language_bit("nl");
    if ((ground_.languages & ~kClosing) == 0) return false;
    split_by_dashes(ground_, inner, &parts);
    if (parts.empty() && commas) split_by_commas(ground_, inner, BehindStop::kSpeech, &parts);
    for (const DashQuote& part : parts) write(part, "quotation marks");
    return !parts.empty();
  }

  void write(const DashQuote& one, std::string_view how) {
    Quote* quote = add(one.span, "quotation-marks");
    quote->set_cue(std::string(text_of(ground_.text, ground_.scan, one.by.cue)));
    quote->set_score(named(one.by, quote) ? 0.8F : 0.7F);
    quote->set_reason(str_cat(how, ", “", quote->cue(), "”"));
  }

  void write(const FoundQuote& one, const FoundQuote& speaker) {
    Quote* quote = add(one.span->inner, "quotation-marks");
    const WordRange cue = one.by.cue.empty() ? speaker.by.cue : one.by.cue;
    if (!cue.empty()) quote->set_cue(std::string(text_of(ground_.text, ground_.scan, cue)));
    float score = score_of(one.by.kind);
    std::string reason = "quotation marks";
    if (one.by.kind == CueKind::kInherited) reason += ", goes on from the quotation beside it";
    if (one.by.kind == CueKind::kLeadIn) reason += ", the sentence before says who speaks";
    if (!quote->cue().empty()) str_append(&reason, ", “", quote->cue(), "”");
    if (named(speaker.by, quote)) score += 0.1F;
    if (one.last - one.first < 4) score -= 0.2F;
    if (!one.span->closed) {
      score -= 0.2F;
      reason += ", the closing mark is missing";
    }
    quote->set_score(score);
    quote->set_reason(reason);
  }

  // Whether the speaker is known by name.
  bool named(const SpokenBy& by, Quote* quote) const {
    const bool known = names_.fill(by, quote->mutable_speaker());
    if (quote->speaker().name().empty()) quote->clear_speaker();
    return known;
  }

  Quote* add(Span span, std::string_view basis) {
    Quote* quote = item_->add_quotes();
    quote->set_text(std::string(ground_.text.substr(span.begin, span.end - span.begin)));
    quote->set_begin(static_cast<std::uint32_t>(span.begin));
    quote->set_end(static_cast<std::uint32_t>(span.end));
    quote->set_basis(std::string(basis));
    quote->set_language(item_->language());
    return quote;
  }

  void by_dashes() {
    static thread_local std::vector<DashQuote> found;
    find_dash_quotes(ground_, &found);
    const UnsaidSpeech unsaid(ground_);
    for (const DashQuote& one : found) {
      const std::size_t behind = ground_.scan.first_word_from(one.span.end);
      if (unsaid.is_unsaid(one.by.cue, behind, 0)) continue;
      if (!overlaps(one.span) && !in_chapter(one.span)) write(one, "dialogue dash");
    }
  }

  // Whether it begins in a chapter's title.
  [[nodiscard]] bool in_chapter(Span span) const {
    const auto next = std::ranges::upper_bound(chapters_, span.begin, {}, &Span::begin);
    return next != chapters_.begin() && span.begin < std::prev(next)->end;
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
    // Words in marks are somebody else's until proven otherwise, whether or not they were accepted as a
    // quote.
    for (const QuotedSpan& span : *spans_) taken.push_back(span.outer);
    taken.insert(taken.end(), chapters_.begin(), chapters_.end());
    std::ranges::sort(taken, {}, &Span::begin);
    find_quotable(ground_.text, ground_.scan, ground_.languages, taken, &sentences);
    for (const QuotableSentence& one : sentences) {
      Quote* quote = add(one.span, "first-person");
      names_.fill_author(quote->mutable_speaker());
      quote->set_score(one.score);
      quote->set_reason(str_cat("by the official: ", one.reason));
    }
  }

  Item* item_;
  std::vector<Span> people_;
  std::vector<Span> chapters_;
  const QuoteGround ground_;
  std::vector<QuotedSpan>* spans_;
  const Official* author_;
  const SpeakerNames names_;
};

class QuotesStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    static thread_local std::vector<QuotedSpan> spans;
    item.clear_quotes();
    if (!item.text().empty()) Quotations(&item, context, &spans).run();
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Processor> make_quotes_step() { return std::make_unique<QuotesStep>(); }

}  // namespace copytaster
