// copytaster stories | story ID… | draft ID: reading a store.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/decided_reader.h"
#include "app/files.h"
#include "app/media_choice.h"
#include "app/store_choice.h"
#include "core/item.h"
#include "core/json.h"
#include "core/rights.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/told_date.h"
#include "desk/api.h"
#include "desk/draft.h"
#include "desk/picture_words.h"
#include "processors/picture_write.h"

namespace copytaster {
namespace {

struct ReadOptions {
  StoreChoice store;
  std::string id, format = "markdown", pictures;
  std::vector<std::string> ids;
  bool json = false;
  std::size_t limit = 50;
};

std::string names(const Story& story) {
  std::string out;
  for (const StoryOfficial& official : story.officials()) {
    str_append(&out, out.empty() ? "" : ", ", official.name(),
               official.role().empty() ? "" : str_cat(" (", official.role(), ")"));
  }
  return out;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return str_cat(number, " ", number == 1 ? one : many);
}

std::string story_text(const Story& story) {
  std::string out =
      str_cat(story.id(), "  ", absl::StrCat(absl::SixDigits(story.score())), "  ", story.title(), "\n  ",
              names(story), "\n  ", counted(story.posts(), "post", "posts"), ", ",
              counted(story.copies(), "copy", "copies"), ", ",
              counted(story.reshares(), "reshare", "reshares"), "; ");
  for (const StoryPlace& place : story.places()) str_append(&out, place.name(), " ");
  str_append(&out, "\n");
  for (const Part& part : story.reasons())
    str_append(&out, "    ", absl::SixDigits(part.value()), "  ", part.name(), ": ", part.reason(), "\n");
  return out;
}

std::string item_line(const Item& item) {
  const std::string mark = item.state() == GONE      ? "deleted"
                           : item.has_duplicate_of() ? item.duplicate_of().rule()
                                                     : "";
  return str_cat("  ", is_dated(item) ? created_at_text(item) : "undated", "  ", item.author().name(), " on ",
                 item.platform(), "  ", item.url(), mark.empty() ? "" : str_cat("  [", mark, "]"), "\n");
}

absl::Status show_stories(const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  CT_ASSIGN_OR_RETURN(const auto stories, opened.store->stories(options.limit));
  const std::string notice = opened.store->notice();
  if (!options.json) {
    CT_RETURN_IF_ERROR(print(notice.empty() ? "" : notice + "\n\n"));
    for (const Story& story : stories) CT_RETURN_IF_ERROR(print(story_text(story) + "\n"));
    return absl::OkStatus();
  }
  JsonWriter json;
  json.begin_object().member_if("notice", notice).key("stories").begin_array();
  for (const Story& story : stories) json.raw(to_json(story));
  return print(json.end_array().end_object().text() + "\n");
}

absl::Status show_one_story(const OpenedStore& opened, const std::string& story_id,
                            const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const Story story, opened.store->story(story_id));
  if (!options.json) CT_RETURN_IF_ERROR(print(story_text(story)));
  JsonWriter json;
  json.begin_object()
      .member_if("notice", opened.store->notice())
      .key("story")
      .raw(to_json(story))
      .key("items")
      .begin_array();
  for (const std::string& id : story.item_ids()) {
    auto stored = opened.store->item(id);
    if (absl::IsNotFound(stored.status())) continue;
    CT_RETURN_IF_ERROR(stored.status());
    const Item item = shown_item(*std::move(stored));  // of a deleted post none of its words
    if (options.json) {
      json.raw(to_json(item));
    } else {
      CT_RETURN_IF_ERROR(print(item_line(item)));
    }
  }
  return options.json ? print(json.end_array().end_object().text() + "\n") : absl::OkStatus();
}

absl::Status show_story(const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  for (const std::string& id : options.ids) CT_RETURN_IF_ERROR(show_one_story(opened, id, options));
  return absl::OkStatus();
}

// With its words in it; as it came where they cannot be written, which is said.
absl::StatusOr<std::string> exported_picture(const StoryPicture& picture, const Item& item,
                                             const Draft& draft, const OpenedStore& opened) {
  CT_ASSIGN_OR_RETURN(std::string bytes, opened.media->get(picture.sha256()));
  auto written = written_picture(bytes, picture_words(picture, item, draft.officials(), draft.notice()));
  if (written.ok()) return written;
  std::fprintf(stderr, "copytaster: %s has no caption and credit in it: %s\n",
               picture_name(picture, item).c_str(),
               std::string(from_absl(written.status().message())).c_str());
  return bytes;
}

// The pictures of a draft as files that its export names.
absl::Status save_pictures(const Draft& draft, const StoreReader& reader, const OpenedStore& opened,
                           const std::string& folder) {
  CT_RETURN_IF_ERROR(check_draft(draft, reader));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return absl::UnavailableError(str_cat("cannot make the folder ", folder, ": ", error.message()));
  for (const Block& block : draft.blocks()) {
    const StoryPicture& picture = block.picture();
    if (picture.sha256().empty() || !may_export_file(picture.rights())) continue;
    CT_ASSIGN_OR_RETURN(const Item item, reader.item(picture.item_id()));
    CT_ASSIGN_OR_RETURN(const std::string bytes, exported_picture(picture, item, draft, opened));
    CT_RETURN_IF_ERROR(write_file(str_cat(folder, "/", picture_name(picture, item)), bytes));
  }
  return absl::OkStatus();
}

absl::Status show_draft(const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(OpenedStore opened, open_for_reading(data));
  if (!options.pictures.empty()) {
    CT_ASSIGN_OR_RETURN(opened.media, open_media(options.store, data, OpenMode::kReadOnly));
  }
  DecidedReader reader(*opened.store);
  CT_RETURN_IF_ERROR(reader.load(*opened.store));
  CT_ASSIGN_OR_RETURN(const Story story, reader.story(options.id));
  CT_ASSIGN_OR_RETURN(const Draft draft, make_draft(story, reader));
  if (options.json || options.format == "json") return print(to_json(draft) + "\n");
  ExportOptions how;
  if (!options.pictures.empty()) {
    CT_RETURN_IF_ERROR(save_pictures(draft, reader, opened, options.pictures));
    how.named_pictures = true;
    how.media_base = str_cat(options.pictures, options.pictures.ends_with('/') ? "" : "/");
  }
  auto exported = options.format == "markdown" ? export_markdown(draft, reader, how)
                  : options.format == "html"   ? export_html(draft, reader, how)
                                               : export_ninjs(draft, reader, how);
  CT_RETURN_IF_ERROR(exported.status());
  return print(exported->ends_with('\n') ? *exported : *exported + "\n");
}

using Show = absl::Status (*)(const ReadOptions&);
CLI::App* add_reader(CLI::App& app, const std::string& name, const std::string& help,
                     const std::shared_ptr<ReadOptions>& options, Show show, int* exit) {
  auto* command = app.add_subcommand(name, help);
  add_store_options(*command, options->store);
  command->add_flag("--json", options->json, "JSON");
  command->callback([options, show, exit] { *exit = report(show(*options)); });
  return command;
}

}  // namespace

void add_stories(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  add_reader(app, "stories", "Suggested stories, best first", options, show_stories, exit)
      ->add_option("--limit", options->limit, "How many at most")
      ->capture_default_str();
}
void add_story(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  add_reader(app, "story", "One story and its posts, or several", options, show_story, exit)
      ->add_option("id", options->ids, "The story's id; of several, JSON is one object a line")
      ->required();
}
void add_draft(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  auto* command = add_reader(app, "draft", "The draft of a story", options, show_draft, exit);
  command->add_option("id", options->id, "The story's id")->required();
  command->add_option("--format", options->format, "markdown, html, ninjs or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"markdown", "html", "ninjs", "json"}));
  command->add_option(
      "--pictures", options->pictures,
      "A folder to write the draft's pictures to, with caption and credit in them; the export "
      "names them there");
}

}  // namespace copytaster
