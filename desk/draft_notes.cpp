#include <algorithm>
#include <utility>

#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "desk/corrections.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"

namespace copytaster {
namespace {

constexpr std::size_t kPostsListed = 40;

// "; brought in by hand by Mira, 15 April 2022"; empty for what a collector has read. No collector vouches
// for such a post, so that every line that names one says so.
std::string by_hand(const Item& item) {
  const std::string words = brought_in(item);
  return words.empty() ? words : str_cat("; ", words);
}

// "Anne Hidalgo, Mayor of Paris, on Facebook, 14 April 2022, 06:12 UTC"
std::string post_line(const Material& material, const Item& item) {
  return str_cat(poster_of(item, material.story.officials()).introduced(), ", on ", where_of(item), ", ",
                 posted_day_and_time(item), by_hand(item));
}

// "Facebook"; "Facebook (brought in by hand by Mira, 15 April 2022)"
std::string where_and_how(const Item& item) {
  const std::string words = brought_in(item);
  return words.empty() ? where_of(item) : str_cat(where_of(item), " (", words, ")");
}

// "Vitali Klitschko, Mayor of Kyiv: 2 posts, 1 copy"
Block official_note(const Person& person) {
  const std::size_t copies = person.items.size() - std::min(person.items.size(), person.statements.size());
  std::string text =
      str_cat(person.poster.introduced(), ": ", count_of(person.statements.size(), "post", "posts"));
  if (copies > 0) str_append(&text, ", ", count_of(copies, "copy", "copies"));
  Block block = make_block("note", "official", std::move(text));
  for (const Item* item : person.items) add_support(block, support_of(*item));
  return block;
}

Block post_note(const Material& material, const Statement& statement) {
  std::string text = post_line(material, *statement.shown);
  if (statement.second_hand) {
    const std::string_view of = statement.shown->repost_of().author().name();
    str_append(&text, "; passes on a post", of.empty() ? "" : " by ", collapse_space(of));
  }
  std::vector<std::string> also, passed_on, also_said;
  for (const Item* item : statement.also) also.push_back(where_and_how(*item));
  for (const Item* item : statement.passed_on) {
    // Who says the same in words of his own account passes nobody's post on.
    (item->has_repost_of() || item->duplicate_of().rule() == "reshare" ? passed_on : also_said)
        .push_back(str_cat(poster_of(*item, material.story.officials()).introduced(), " (", where_of(*item),
                           by_hand(*item), ")"));
  }
  if (!also.empty()) str_append(&text, "; also on ", list_of(also));
  if (!also_said.empty()) str_append(&text, "; also said by ", join(also_said, "; "));
  if (!passed_on.empty()) str_append(&text, "; passed on by ", join(passed_on, "; "));
  Block block = make_block("note", "post", std::move(text));
  block.set_language(std::string());
  add_support(block, support_of(*statement.shown));
  for (const Item* item : statement.also) add_support(block, support_of(*item));
  for (const Item* item : statement.passed_on) add_support(block, support_of(*item));
  return block;
}

// Newer figures: «Sztorm: do 8 …» (14 April 2022, 13:40 UTC) was replaced by «Sztorm: do 9 …» (14 April
// 2022, 14:50 UTC). …
Block updated_note(const Statement& statement, const FigureChange& change) {
  const Item &was = *statement.shown, &is = *statement.newer->shown;
  const std::string_view before = *field_of(was, change.field), after = *field_of(is, change.field);
  const std::string_view old_words = before.substr(change.older.begin, change.older.end - change.older.begin);
  const std::string_view new_words = after.substr(change.newer.begin, change.newer.end - change.newer.begin);
  const QuoteMarks old_marks = quote_marks(was.language(), old_words),
                   new_marks = quote_marks(is.language(), new_words);
  const std::string head = str_cat("Newer figures: ", old_marks.open);
  Block block =
      make_block("note", "updated",
                 str_cat(head, old_words, old_marks.close, " (", posted_day_and_time(was), by_hand(was),
                         ") was replaced by ", new_marks.open, new_words, new_marks.close, " (",
                         posted_day_and_time(is), by_hand(is), "). Of the older post nothing is used here."));
  block.set_language(was.language());
  mark_verbatim(block, head.size(), old_words.size());
  add_support(block, support_of(was, change.field, change.older.begin, change.older.end));
  add_support(block, support_of(is, change.field, change.newer.begin, change.newer.end));
  return block;
}

// The sentences of the text, where there are any: the title mostly says the same.
std::vector<Block> updated_notes(const Statement& statement) {
  constexpr std::size_t kMostTold = 3;
  const bool text = std::ranges::any_of(statement.changes,
                                        [](const FigureChange& change) { return change.field == "text"; });
  std::vector<Block> out;
  for (const FigureChange& change : statement.changes) {
    if (out.size() < kMostTold && (change.field == "text") == text)
      out.push_back(updated_note(statement, change));
  }
  return out;
}

// A correction by Zofia Kłosińska-Rey, Mayor of Opole, on Mastodon, 14 April 2022, 11:10 UTC: «Sprostowanie:
// …»
std::optional<Block> correction_note(const Material& material, const Statement& statement) {
  const Item& item = *statement.shown;
  if (statement.second_hand || !is_correction(item)) return std::nullopt;
  const auto spans = whole_sentences(item.text(), item.language());
  const std::string field = spans.empty() ? "title" : "text";
  const Span span = spans.empty() ? Span{0, item.title().size()} : spans.front();
  const std::string_view words = field_of(item, field)->substr(span.begin, span.end - span.begin);
  const QuoteMarks marks = quote_marks(item.language(), words);
  const std::string head = str_cat("A correction by ", post_line(material, item), ": ", marks.open);
  Block block =
      make_block("note", "updated", str_cat(head, words, marks.close, " Check what it changes here."));
  block.set_language(item.language());
  mark_verbatim(block, head.size(), words.size());
  add_support(block, support_of(item, field, span.begin, span.end));
  return block;
}

std::optional<Block> edited_note(const Material& material, const Item& item) {
  // Feeds say of every post when it changed last.
  const bool later =
      item.has_edited_at() && (!is_dated(item) || to_time(item.edited_at()) > to_time(item.created_at()));
  if (item.version() < 2 && !later) return std::nullopt;
  const std::string used = item.version() < 2 ? "It was changed before it was first read here."
                                              : str_cat("Version ", item.version(), " is the one used here.");
  Block block = make_block("note", "edited",
                           str_cat("Edited since it was posted: ", post_line(material, item), ". ", used));
  add_support(block, support_of(item));
  return block;
}

Block deleted_note(const Material& material, const Item& item) {
  Block block =
      make_block("note", "deleted",
                 str_cat("Deleted by its author and not used here: ", post_line(material, item), "."));
  // Not one byte of what was deleted: only where it stood.
  add_support(block, support_of(item, "url", 0, item.url().size()));
  return block;
}

}  // namespace

std::vector<Block> sections(const Material& material) {
  std::vector<Block> out;
  for (const SectionMatch& section : material.story.sections()) {
    Block block = make_block("section", "section", section.name().empty() ? section.id() : section.name());
    for (const Item& item : material.items) {
      const bool in_it =
          std::ranges::any_of(item.sections(), [&](const SectionMatch& s) { return s.id() == section.id(); });
      if (in_it) add_support(block, support_of(item));
    }
    if (block.support_size() == 0) add_support(block, support_of(*material.statements.front().shown));
    if (!block.text().empty()) out.push_back(std::move(block));
  }
  return out;
}

std::vector<Block> notes(const Material& material, const std::vector<Block>& pictures) {
  std::vector<Block> out;
  for (const Person& person : material.people) out.push_back(official_note(person));
  std::size_t listed = 0;
  for (const Statement& statement : material.statements) {
    if (listed++ == kPostsListed) break;
    out.push_back(post_note(material, statement));
  }
  for (const Statement& statement : material.statements) {
    for (Block& block : updated_notes(statement)) out.push_back(std::move(block));
    if (auto block = correction_note(material, statement)) out.push_back(*std::move(block));
  }
  for (Block& block : picture_notes(material, pictures)) out.push_back(std::move(block));
  for (const Statement& statement : material.statements) {
    if (auto block = edited_note(material, *statement.shown)) out.push_back(*std::move(block));
  }
  for (const Item& item : material.gone) out.push_back(deleted_note(material, item));
  return out;
}

}  // namespace copytaster
