// Caption and credit that a picture carries in itself. Internal to processors/picture_facts.cpp.
#pragma once

#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// IPTC-IIM, XMP and EXIF reconciled by the Metadata Working Group's rules (Guidelines for Handling Image
// Metadata 2.0): EXIF counts where nobody else speaks; XMP wins over IIM unless the IPTC digest says that
// the IIM block was changed after the XMP was written. Any bytes; what cannot be read is empty.
[[nodiscard]] EmbeddedMetadata embedded_metadata(std::string_view bytes);

}  // namespace copytaster
