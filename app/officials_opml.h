// OPML 2.0: the subscription lists of feed readers. Of an official it holds the name and the feeds; id, kind
// and Wikidata id go along in attributes of our own namespace, which readers pass over. Pure; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/officials_entry.h"

namespace copytaster {

inline constexpr std::size_t kMaxOpmlBytes = std::size_t{16} << 20;

// A folder that holds feeds is a person or a body by its name; its folders are others. A feed that stands in
// no folder is one by its own title. xmlUrl is an account, htmlUrl a website. A document that is not
// well-formed is refused as a whole, with the line.
[[nodiscard]] OfficialsInput read_officials_opml(std::string_view bytes, const std::string& file,
                                                 const Collectors& collectors);

// A folder for each official with a feed. What is left out is counted in `left_out`.
[[nodiscard]] std::string officials_to_opml(const std::vector<OfficialEntry>& entries,
                                            std::map<std::string, std::size_t>* left_out);

}  // namespace copytaster
