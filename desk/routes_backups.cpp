// Backups of what the house keeps.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> backup_routes() {
  return {
      {"GET",
       "/api/backups",
       "listBackups",
       "The backups that were begun since the service was started, newest first, and how they went.",
       false,
       {},
       {{200, kJson, "The backups.", "Backups"}},
       get_backups},
      {"POST",
       "/api/backups",
       "beginBackup",
       "Begins a backup of all that is kept, in the folder that the setting service.backups names. One at a "
       "time; GET tells how it goes.",
       false,
       {},
       {{202, kJson, "It is being made.", "Backup"},
        {400, kJson, "What is wrong with the name or the folder.", "Error"},
        {409, kJson, "service.backups is not set, a backup is being made, or there is one of that name.",
         "Error"},
        {503, kJson, "No backup can be made here.", "Error"}},
       post_backups,
       {field("name",
              "Of its folder: letters, digits, dots, hyphens and underscores; empty: made from the time."),
        field("folder", "Refuse it unless this is the folder that it would be written into."),
        field("by", "Who asks for it.")}},
  };
}

}  // namespace copytaster
