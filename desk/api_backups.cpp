// Backups: beginning one, and how they went.
#include "core/json.h"
#include "core/strings.h"
#include "core/time.h"
#include "desk/api.h"
#include "desk/body_fields.h"
#include "desk/one_line.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 200;

void write_backup(JsonWriter& json, const HouseBackup& backup) {
  json.begin_object().member("name", backup.name).member("path", backup.path).member("state", backup.state);
  json.member("begun", format_rfc3339(backup.begun));
  if (backup.ended != absl::InfinitePast()) json.member("ended", format_rfc3339(backup.ended));
  if (backup.state == "done")
    json.member("files", backup.files)
        .member("bytes", backup.bytes)
        .member("damaged_pictures", backup.damaged_pictures);
  json.member_if("message", backup.message).end_object();
}

}  // namespace

ServerResponse get_backups(const Desk& desk, const ServerRequest& request, const std::string&) {
  JsonWriter json;
  json.begin_object().key("backups").begin_array();
  if (desk.house.backups.known) {
    for (const HouseBackup& backup : desk.house.backups.known()) write_backup(json, backup);
  }
  return with_etag(request, json_reply(json.end_array().end_object().text()));
}

ServerResponse post_backups(const Desk& desk, const ServerRequest& request, const std::string&) {
  if (!desk.house.backups.begin)
    return error_reply(503, "unavailable", "No backup can be made here.",
                       "Ask the process that keeps the posts.");
  auto fields = body_fields(request, {"name", "folder", "by"});
  if (!fields.ok()) return status_reply(fields.status());
  BackupRequest wanted;
  wanted.name = std::move((*fields)["name"]);
  wanted.folder = std::move((*fields)["folder"]);
  wanted.by = one_line((*fields)["by"], kLongestName);
  const auto begun = desk.house.backups.begin(wanted);
  if (!begun.ok()) return status_reply(begun.status());
  JsonWriter json;
  write_backup(json, *begun);
  return reply(202, "application/json", json.text());
}

}  // namespace copytaster
