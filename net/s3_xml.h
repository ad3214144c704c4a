// Walks over a small XML document and tells its innermost texts. Internal to net/s3_reply.cpp. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace copytaster {

// Names of the elements around a text, from the outermost; namespaces' prefixes are left out.
using XmlPath = std::vector<std::string_view>;
// Of each element that holds no other: its text, with entities replaced.
using XmlText = std::function<void(const XmlPath& path, std::string_view text)>;

// kInvalidArgument: it is not well-formed, ends early, or is nested deeper than 16; what was told before
// stays told. Attributes, comments and processing instructions are passed over, DOCTYPE and CDATA are
// refused.
absl::Status walk_xml(std::string_view xml, const XmlText& text);

}  // namespace copytaster
