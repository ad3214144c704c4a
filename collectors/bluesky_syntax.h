// Identifiers of the AT Protocol (https://atproto.com/specs/at-uri-scheme and its neighbours), as far as the
// collector relies on them. Any bytes; pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace copytaster {

[[nodiscard]] bool is_did(std::string_view text);         // "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
[[nodiscard]] bool is_handle(std::string_view text);      // "amelie.example.eu": a domain name
[[nodiscard]] bool is_nsid(std::string_view text);        // "app.bsky.feed.post"
[[nodiscard]] bool is_record_key(std::string_view text);  // "3lhnr2o6kb22h"
[[nodiscard]] bool is_cid(std::string_view text);         // by its characters only

struct AtUri {
  std::string authority;   // DID or handle
  std::string collection;  // may be empty
  std::string record_key;  // may be empty
  [[nodiscard]] std::string to_string() const;
};

// at://AUTHORITY[/COLLECTION[/RECORD-KEY]], nothing more.
[[nodiscard]] std::optional<AtUri> parse_at_uri(std::string_view text);

// The web page of a post, feed, list or starter pack; of anything else, its author's profile.
[[nodiscard]] std::string bluesky_permalink(const AtUri& uri);

}  // namespace copytaster
