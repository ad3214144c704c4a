// From a story to a draft an editor can use. Nothing invented: each sentence is either a verbatim
// span, or a fixed sentence pattern filled with fields that were extracted from posts; either way it carries
// the post and offsets it rests on. A quote that is not a verbatim span of a stored version is an error.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/store.h"

namespace copytaster {

absl::StatusOr<Draft> make_draft(const Story& story, const StoreReader& reader);

// Refuses (kInvalidArgument) a block without support and a quote whose text is not the bytes it
// points at. Exports call it first.
absl::Status check_draft(const Draft& draft, const StoreReader& reader);

struct ExportOptions {
  std::string media_base = "media/";  // href of a picture: media_base + sha256 + extension
};
absl::StatusOr<std::string> export_markdown(const Draft& draft, const StoreReader& reader, const ExportOptions& options = {});
absl::StatusOr<std::string> export_html(const Draft& draft, const StoreReader& reader, const ExportOptions& options = {});
// IPTC ninjs 3.1, one JSON document.
absl::StatusOr<std::string> export_ninjs(const Draft& draft, const StoreReader& reader, const ExportOptions& options = {});

}  // namespace copytaster
