// From a story to a draft an editor can use. Nothing invented: each sentence is either verbatim bytes of
// a stored post introduced by who wrote them, or a fixed English pattern filled with fields that were
// extracted from posts; either way it carries the posts and byte offsets it rests on. Text in another
// language stays as it was written and says which language it is; nothing is translated but the names of
// places and of offices, from lists (wording_roles.h).
//
// Pure but for reading the store; any thread. The same store gives the same draft, byte for byte: its time
// is that of the story's last post, not of the clock. The sentence patterns are in draft_headline.cpp,
// draft_lead.cpp and draft_words.cpp.
//
// Block.kind   Block.rule
//   headline   places, words, platforms       exactly one, the first block
//   standfirst who-where-when
//   picture    caption:<origin>, no-caption   `picture` set; text is the caption, verbatim
//   paragraph  posted-about, named, verbatim-first, verbatim-next
//   background reported, verbatim-background  the newsroom's own earlier coverage
//   quote      verbatim-quote                 text is the verbatim bytes and nothing else
//   section    section
//   note       official, post, picture-author, picture-caption, picture-rights, picture-credit,
//              picture-left-out, updated, edited, deleted, headline-words, headline-places: for the editor,
//              not for print
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/store.h"

namespace copytaster {

// kNotFound: no post of the story can be used (all gone or erased).
absl::StatusOr<Draft> make_draft(const Story& story, const StoreReader& reader);

// Refuses (kInvalidArgument) a block without support, a support that points at no stored bytes, and
// words marked verbatim that are not the bytes they point at. kFailedPrecondition: a post it rests on
// has been deleted since: make the draft anew. Exports call it first.
absl::Status check_draft(const Draft& draft, const StoreReader& reader);

struct ExportOptions {
  std::string media_base = "media/";  // href of a picture: media_base + sha256 + extension + picture_query …
  std::string picture_query = {};     // … the query only where words can be written into it
  bool named_pictures = false;        // or media_base + picture_name() (picture_words.h)
  // Who names the story in its tag: URI (RFC 4151): a host name of the house.
  std::string tag_authority = "copytaster.example";
};
// Every sentence with numbered marks, every mark with a note: person, platform, time, permalink, bytes.
absl::StatusOr<std::string> export_markdown(const Draft& draft, const StoreReader& reader,
                                            const ExportOptions& options = {});
// A whole HTML document without script; with schema.org JSON-LD (NewsArticle, citation, ImageObject).
absl::StatusOr<std::string> export_html(const Draft& draft, const StoreReader& reader,
                                        const ExportOptions& options = {});
// IPTC ninjs 3.1, one JSON document.
absl::StatusOr<std::string> export_ninjs(const Draft& draft, const StoreReader& reader,
                                         const ExportOptions& options = {});

}  // namespace copytaster
