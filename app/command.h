// One command: its own file in app/commands/, declared here, listed in command_line.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/store.h"

namespace CLI {
class App;
}

namespace copytaster {

// sysexits(3). 128 + the signal when a signal ended work that was not done.
namespace exit_code {
inline constexpr int kOk = 0;
inline constexpr int kUsage = 64;         // the command line is wrong
inline constexpr int kBadData = 65;       // the input can be read and is wrong, or too large
inline constexpr int kNoInput = 66;       // no such input: file, folder, store, id; or it cannot be read
inline constexpr int kUnavailable = 69;   // net, disk or port: later it may go
inline constexpr int kBug = 70;           // ours
inline constexpr int kIo = 74;            // bytes were lost: a damaged store, a full standard output
inline constexpr int kNoPermission = 77;  // an operator must act: a key, an approval
inline constexpr int kBadConfig = 78;     // settings that are wrong, a store not fit for this program
}  // namespace exit_code

[[nodiscard]] int exit_code_of(const absl::Status& status);
// What a person may do about it; empty: the message says it.
[[nodiscard]] std::string_view hint_of(const absl::Status& status);
// Tells an error on standard error, as "copytaster: MESSAGE" or as a log event; silent when OK. Returns the
// exit code.
int report(const absl::Status& status);
// From now on report() writes log events (one JSON object a line; readable text on a terminal): for commands
// whose standard error is a log.
void report_to_log();

// A store opened for reading, with what it stands on.
struct OpenedStore {
  std::unique_ptr<KeyValue> key_value;
  std::unique_ptr<Store> store;
  std::unique_ptr<MediaStore> media;
};
absl::StatusOr<OpenedStore> open_for_reading(const std::string& data);

// Adds the command to `app`; when it is chosen it sets *exit.
using AddCommand = void (*)(CLI::App& app, int* exit);
void add_demo(CLI::App& app, int* exit);
void add_run(CLI::App& app, int* exit);
void add_check(CLI::App& app, int* exit);
void add_list(CLI::App& app, int* exit);
void add_officials(CLI::App& app, int* exit);
void add_places(CLI::App& app, int* exit);
void add_parse(CLI::App& app, int* exit);
void add_process(CLI::App& app, int* exit);
void add_picture(CLI::App& app, int* exit);
void add_stories(CLI::App& app, int* exit);
void add_story(CLI::App& app, int* exit);
void add_draft(CLI::App& app, int* exit);
void add_search(CLI::App& app, int* exit);
void add_explain(CLI::App& app, int* exit);
void add_versions(CLI::App& app, int* exit);
void add_status(CLI::App& app, int* exit);
void add_dlq(CLI::App& app, int* exit);
void add_export(CLI::App& app, int* exit);
void add_backup(CLI::App& app, int* exit);
void add_restore(CLI::App& app, int* exit);
void add_rebuild(CLI::App& app, int* exit);
void add_verify(CLI::App& app, int* exit);
void add_dump(CLI::App& app, int* exit);
void add_erase(CLI::App& app, int* exit);
void add_legal_hold(CLI::App& app, int* exit);
void add_pause(CLI::App& app, int* exit);
void add_resume(CLI::App& app, int* exit);
void add_intake(CLI::App& app, int* exit);
void add_version(CLI::App& app, int* exit);

}  // namespace copytaster
