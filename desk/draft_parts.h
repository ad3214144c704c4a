// The parts of a draft, each from the material alone: draft.cpp puts them in order. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "desk/material.h"

namespace copytaster {

// A block of one sentence. `verbatim` is a view into `text` or empty.
[[nodiscard]] Block make_block(std::string_view kind, std::string_view rule, std::string text);
// Sets the verbatim span to [begin, begin + size) of the text.
void mark_verbatim(Block& block, std::size_t begin, std::size_t size);

// --- draft_headline.cpp
[[nodiscard]] Block headline(const Material& material);
// Where two post about each other's towns, so that the headline is what one of them says: who posts about
// where, as a headline to choose instead.
[[nodiscard]] std::optional<Block> headline_of_places(const Material& material);
// «…» in the words of the lead person's best quote, as a headline to choose instead; nullopt where it does
// not stand alone.
[[nodiscard]] std::optional<Block> headline_in_words(const Material& material,
                                                     const std::vector<Block>& quotes);

// --- draft_lead.cpp: who, where, when, about what
[[nodiscard]] Block standfirst(const Material& material);
// About which places; nullopt when about none: who and when is told beside the words.
[[nodiscard]] std::optional<Block> posted_about(const Person& person);
// Whom the person names; nullopt when nobody whom the standfirst has not named.
[[nodiscard]] std::optional<Block> named(const Material& material, const Person& person);

// --- draft_quotes.cpp
// The other people's strongest words first, the lead person's closing statement last.
[[nodiscard]] std::vector<Block> quotes(const Material& material);

// --- draft_words.cpp: what they wrote, verbatim
// The sentences worth reporting, a post after the other, none that overlaps a quote or that
// the same person was reported with before, in whatever words.
struct Reported {
  const Statement* statement;
  std::vector<Block> sentences;
};
[[nodiscard]] std::vector<Reported> reported_words(const Material& material,
                                                   const std::vector<Block>& quotes);
[[nodiscard]] std::vector<Block> background(const Material& material);

// --- draft_pictures.cpp
// At most two different pictures with their captions and credits, the lead person's first.
[[nodiscard]] std::vector<Block> pictures(const Material& material);
// Why one of the story is not among them: "The draft shows two pictures at most, those of Anne Hidalgo
// first."
[[nodiscard]] std::string why_left_out(const Material& material, const StoryPicture& picture);

// --- draft_notes.cpp: for the editor's eyes
[[nodiscard]] std::vector<Block> sections(const Material& material);
// Officials, posts (folded), newer figures, pictures, edits, deletions.
[[nodiscard]] std::vector<Block> notes(const Material& material, const std::vector<Block>& pictures);

// --- draft_picture_notes.cpp
// Of the pictures shown: whose they are where their copies differ or several people posted them, other
// captions, rights. Of the others, each photograph once: who posted it, its credit; and why one of the story
// is left out.
[[nodiscard]] std::vector<Block> picture_notes(const Material& material, const std::vector<Block>& pictures);
// "the alt text" for "alt".
[[nodiscard]] std::string caption_origin(std::string_view origin);

}  // namespace copytaster
