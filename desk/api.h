// The handlers of the routes, one file a subject. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/copytaster.pb.h"
#include "desk/routes.h"

namespace copytaster {

// api_stories.cpp
ServerResponse get_stories(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse get_story(const Desk& desk, const ServerRequest& request, const std::string& id);
ServerResponse get_draft(const Desk& desk, const ServerRequest& request, const std::string& id);
// api_items.cpp
ServerResponse get_items(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse get_item(const Desk& desk, const ServerRequest& request, const std::string& id);
ServerResponse get_versions(const Desk& desk, const ServerRequest& request, const std::string& id);
ServerResponse get_version_diff(const Desk& desk, const ServerRequest& request, const std::string& id);
ServerResponse get_search(const Desk& desk, const ServerRequest& request, const std::string&);
// api_copies.cpp
ServerResponse get_copies(const Desk& desk, const ServerRequest& request, const std::string& id);
ServerResponse post_copies(const Desk& desk, const ServerRequest& request, const std::string& id);
// api_rights.cpp
ServerResponse post_rights(const Desk& desk, const ServerRequest& request, const std::string& id);
// api_sources.cpp
ServerResponse get_sources(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse pause_source(const Desk& desk, const ServerRequest& request, const std::string& id);
ServerResponse resume_source(const Desk& desk, const ServerRequest& request, const std::string& id);
ServerResponse post_intake(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse get_officials(const Desk& desk, const ServerRequest& request, const std::string&);
// api_erasures.cpp
ServerResponse get_erasures(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse post_erasure(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse get_legal_holds(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse post_legal_hold(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse release_legal_hold(const Desk& desk, const ServerRequest& request, const std::string&);
// api_letters.cpp
ServerResponse retry_letter(const Desk& desk, const ServerRequest& request, const std::string& id);
// api_status.cpp
ServerResponse get_status(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse get_livez(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse get_readyz(const Desk& desk, const ServerRequest& request, const std::string&);
// api_media.cpp
ServerResponse get_media(const Desk& desk, const ServerRequest& request, const std::string& name);
// The newest that was decided about a file of these bytes; without a state: nothing is known.
[[nodiscard]] Rights rights_of_bytes(const Desk& desk, std::string_view hash);
// What the bytes are, by themselves: what a platform said of them is not trusted in a browser. Empty: no
// picture that is safe to show (SVG is a document with script).
[[nodiscard]] std::string_view picture_type(std::string_view bytes);
// api_pictures.cpp: the picture of this hash with what the story knows of it written in.
[[nodiscard]] ServerResponse picture_with_words(const Desk& desk, const ServerRequest& request,
                                                std::string_view hash, const std::string& story_id);
// api_backups.cpp
ServerResponse get_backups(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse post_backups(const Desk& desk, const ServerRequest& request, const std::string&);
// openapi.cpp
ServerResponse get_openapi(const Desk& desk, const ServerRequest& request, const std::string&);
// page_files.cpp
ServerResponse get_page(const Desk& desk, const ServerRequest& request, const std::string&);
ServerResponse get_asset(const Desk& desk, const ServerRequest& request, const std::string& name);

// An item as the API shows it: without its fingerprint's hundreds of numbers; a deleted one without
// its words and pictures: only who, where, when, and that it is gone.
[[nodiscard]] Item shown_item(Item item);
// The OpenAPI 3.1 document.
[[nodiscard]] std::string openapi_document();

}  // namespace copytaster
