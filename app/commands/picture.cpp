// copytaster picture FILE…: what the bytes of a picture say.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "core/json.h"
#include "core/text.h"
#include "processors/picture_facts.h"

namespace copytaster {
namespace {

std::string picture_line(const std::string& file, const Media& media, const std::string& problem) {
  JsonWriter json;
  json.begin_object().member("file", to_valid_utf8(file)).member("sha256", media.sha256());
  json.member_if("mimeType", media.mime_type());
  json.member("width", std::uint64_t{media.width()}).member("height", std::uint64_t{media.height()});
  if (media.has_pdq()) {
    json.key("pdq")
        .begin_object()
        .member("hash", media.pdq().hash())
        .member("quality", std::uint64_t{media.pdq().quality()})
        .end_object();
  }
  json.key("embedded").raw(to_json(media.embedded()));
  json.member_if("problem", problem);
  return json.end_object().text() + "\n";
}

int inspect_files(const std::vector<std::string>& files) {
  int exit = exit_code::kOk;
  for (const std::string& file : files) {
    auto bytes = read_input(file);
    if (!bytes.ok()) {
      exit = report(bytes.status());
      continue;
    }
    Media partial;
    auto facts = inspect_picture(*bytes, {}, &partial);
    const std::string problem = facts.ok() ? "" : std::string(facts.status().message());
    if (!facts.ok()) {
      std::fprintf(stderr, "copytaster: %s: %s\n", file.c_str(), problem.c_str());
      exit = exit_code::kBadData;
    }
    const absl::Status printed = print(picture_line(file, facts.ok() ? *facts : partial, problem));
    if (!printed.ok()) return report(printed);
  }
  return exit;
}

}  // namespace

void add_picture(CLI::App& app, int* exit) {
  auto files = std::make_shared<std::vector<std::string>>();
  auto* command =
      app.add_subcommand("picture", "Show size, hashes and embedded caption and credit of pictures");
  command->add_option("file", *files, "The files")->required();
  command->callback([files, exit] { *exit = inspect_files(*files); });
}

}  // namespace copytaster
