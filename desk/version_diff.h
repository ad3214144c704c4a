// What one version of a post says otherwise than another, field by field and word by word. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/json.h"

namespace copytaster {

struct DiffPart {
  enum class Kind { kSame, kGone, kNew };
  Kind kind = Kind::kSame;
  std::string text;
};
// Both texts word by word with their white space: those that are kSame or kGone make `from`, those that are
// kSame or kNew make `to`. The longest common run of words in order; of texts with too much between their
// common beginning and end that is replaced as one. No two neighbours are of one kind. Any bytes.
[[nodiscard]] std::vector<DiffPart> diff_words(std::string_view from, std::string_view to);

struct FieldChange {
  std::string
      field;  // "text", "title", "summary", "content_warning", "tags", "links", "edited_at", "picture NAME"
  std::string from, to;  // empty: it was not there
  std::vector<DiffPart> parts;
};
// What differs between two versions of one post of what its author says: pictures by their id, or else their
// address, with alternative text and caption; no counts. Empty: nothing.
[[nodiscard]] std::vector<FieldChange> diff_versions(const Item& from, const Item& to);

// Members "from" and "to" (version, collected_at, capture_sha256) and "changes" of the object that is open.
void write_diff(JsonWriter& json, const Item& from, const Item& to);

}  // namespace copytaster
