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

namespace exit_code {
inline constexpr int kOk = 0;
inline constexpr int kUsage = 64;
inline constexpr int kBadData = 65;
inline constexpr int kNoInput = 66;
inline constexpr int kUnavailable = 69;
inline constexpr int kBug = 70;
inline constexpr int kIo = 74;
inline constexpr int kNoPermission = 77;
inline constexpr int kBadConfig = 78;
}  // namespace exit_code

// Prints "copytaster: MESSAGE" on standard error; returns the exit code for the status.
int report(const absl::Status& status);
int exit_code_of(const absl::Status& status);

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
void add_parse(CLI::App& app, int* exit);
void add_process(CLI::App& app, int* exit);
void add_picture(CLI::App& app, int* exit);
void add_stories(CLI::App& app, int* exit);
void add_story(CLI::App& app, int* exit);
void add_draft(CLI::App& app, int* exit);
void add_search(CLI::App& app, int* exit);
void add_status(CLI::App& app, int* exit);
void add_version(CLI::App& app, int* exit);

}  // namespace copytaster
