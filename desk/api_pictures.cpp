#include <utility>

#include "core/rights.h"
#include "core/status.h"
#include "core/strings.h"
#include "desk/api.h"
#include "desk/draft.h"
#include "desk/picture_words.h"
#include "desk/reply.h"
#include "desk/wording_rights.h"

namespace copytaster {
namespace {

// As the draft shows it, whose captions all stand somewhere; else as the story has it.
absl::StatusOr<StoryPicture> find_picture(const Desk& desk, const Story& story, std::string_view hash) {
  auto draft = make_draft(story, *desk.house.store);
  if (draft.ok()) {
    for (const Block& block : draft->blocks()) {
      if (block.kind() == "picture" && block.picture().sha256() == hash) return block.picture();
    }
  } else if (!absl::IsNotFound(draft.status())) {
    return draft.status();
  }
  for (const StoryPicture& picture : story.pictures()) {
    if (picture.sha256() == hash) return picture;
  }
  return absl::NotFoundError("The story has no such picture.");
}

// The story's record may be older than the post's, and another post may show the same bytes.
void take_newest_rights(const Desk& desk, const Item& item, StoryPicture& picture) {
  const Rights of_bytes = rights_of_bytes(desk, picture.sha256());
  if (!of_bytes.state().empty()) *picture.mutable_rights() = newest_rights(picture.rights(), of_bytes);
  const int index = static_cast<int>(picture.media_index());
  if (index >= item.media_size() || item.media(index).sha256() != picture.sha256()) return;
  *picture.mutable_rights() = newest_rights(picture.rights(), item.media(index).rights());
}

absl::Status may_leave(const StoryPicture& picture) {
  if (may_export_file(picture.rights())) return absl::OkStatus();
  return absl::FailedPreconditionError(rights_told(picture.rights()));
}

absl::StatusOr<ServerResponse> respond(const Desk& desk, const ServerRequest& request, std::string_view hash,
                                       const std::string& story_id) {
  CT_ASSIGN_OR_RETURN(const Story story, desk.house.store->story(story_id));
  CT_ASSIGN_OR_RETURN(StoryPicture picture, find_picture(desk, story, hash));
  CT_ASSIGN_OR_RETURN(const Item item, desk.house.store->item(picture.item_id()));
  if (item.state() == GONE) return absl::NotFoundError("The post of this picture has been deleted.");
  take_newest_rights(desk, item, picture);
  CT_RETURN_IF_ERROR(may_leave(picture));
  CT_ASSIGN_OR_RETURN(const std::string bytes, desk.house.media->get(hash));
  CT_ASSIGN_OR_RETURN(std::string written,
                      desk.house.written_picture(bytes, picture_words(picture, item, story.officials(),
                                                                      desk.house.store->notice())));
  const std::string_view type = picture_type(written);  // the written copy has the same
  ServerResponse response = reply(200, type, std::move(written));
  const std::string_view how = parameter(request.query, "download") == "1" ? "attachment" : "inline";
  set_header(response, "Content-Disposition",
             str_cat(how, "; filename=\"", picture_name(picture, item), "\""));
  return with_etag(request, std::move(response));  // an editor's next decision changes the words
}

}  // namespace

ServerResponse picture_with_words(const Desk& desk, const ServerRequest& request, std::string_view hash,
                                  const std::string& story_id) {
  if (!desk.house.written_picture)
    return error_reply(503, "unavailable", "Words cannot be written into pictures here.");
  auto response = respond(desk, request, hash, story_id);
  if (response.ok()) return *std::move(response);
  const absl::Status& status = response.status();
  const std::string original = str_cat("/media/", hash);
  const std::string as_it_came = str_cat("As it came: ", original);
  const bool unwritable =
      absl::IsUnimplemented(status) || absl::IsInvalidArgument(status) || absl::IsResourceExhausted(status);
  // A saved draft shows the picture all the same; who saves a file is told what it lacks.
  if (unwritable && parameter(request.query, "download") != "1") {
    ServerResponse shown = reply(302, "text/plain", "");
    set_header(shown, "Location", original);
    set_header(shown, "Cache-Control", "no-store");
    return shown;
  }
  if (absl::IsUnimplemented(status))
    return error_reply(415, "unsupported_picture", from_absl(status.message()), as_it_came);
  if (absl::IsInvalidArgument(status))
    return error_reply(400, "invalid_argument", from_absl(status.message()), as_it_came);
  if (absl::IsResourceExhausted(status))
    return error_reply(413, "too_large", from_absl(status.message()), as_it_came);
  // The store's own words name a path of this machine.
  if (absl::IsNotFound(status)) return error_reply(404, "not_found", "The story has no such picture.");
  return status_reply(status);
}

}  // namespace copytaster
