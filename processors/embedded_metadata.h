// Caption and credit that a picture carries in itself. Internal to picture_facts.cpp and picture_write.cpp.
// Any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// IPTC-IIM, XMP and EXIF reconciled by the Metadata Working Group's rules (Guidelines for Handling Image
// Metadata 2.0): EXIF counts where nobody else speaks; XMP wins over IIM unless the IPTC digest says that
// the IIM block was changed after the XMP was written; and an IIM text that only ends where its dataset is
// full is no change. `caption_from` is the standard whose caption it is: "xmp", "iptc", "exif"; what the
// others say in other words, and XMP in other languages, is in `other_captions`. XMP is read by its
// namespaces, whatever the prefixes. Any bytes; what cannot be read is empty.
[[nodiscard]] EmbeddedMetadata embedded_metadata(std::string_view bytes);

// Whether the IIM block is not the one that the XMP was written with. false: it is, or nobody says.
[[nodiscard]] bool iim_is_newer(std::string_view bytes);

// The XMP packet as it stands in the file, decompressed; empty: none.
[[nodiscard]] std::string stored_xmp(std::string_view bytes);

}  // namespace copytaster
