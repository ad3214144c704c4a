// Runs ninjs_schema_test.py where the official schema and python3-jsonschema are present.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/strings.h"
#include "desk/draft.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int exit = -1;
  std::string output;
};

Outcome run(const std::string& command) {
  Outcome out;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[4096];
  while (const std::size_t n = fread(buffer, 1, sizeof buffer, pipe)) out.output.append(buffer, n);
  const int status = pclose(pipe);
  out.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

void write(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

TEST(NinjsSchema, OfficialSchemaFindsNoError) {
  const fs::path root = COPYTASTER_SOURCE_DIR;
  const fs::path schema = root / "../shared/reference/schemas/ninjs/ninjs-schema_3.1.json";
  if (!fs::exists(schema)) {
    GTEST_SKIP() << "SKIPPED: ../shared/reference/schemas/ninjs/ninjs-schema_3.1.json not present";
  }
  FakeStore store;
  put_visit(store);
  ASSERT_TRUE(store.set_notice("Rehearsal.").ok());
  const fs::path folder = fs::path(testing::TempDir()) / "ninjs_schema_test";
  fs::create_directories(folder);
  const Draft draft = *make_draft(*store.story(kVisit), store);
  write(folder / "visit.json", *export_ninjs(draft, store));
  write(folder / "desk.json", *export_ninjs(draft, store, {.media_base = "https://desk.test/media/"}));
  store.story_to_change(std::string(kVisit)).mutable_pictures(1)->mutable_rights()->set_state("embed-only");
  store.story_to_change(std::string(kVisit)).mutable_pictures(2)->mutable_rights()->set_state("granted");
  write(folder / "rights.json", *export_ninjs(*make_draft(*store.story(kVisit), store), store));
  // Addresses as platforms really write them: spaces, letters of any script, brackets.
  store.newest(std::string(kArrival)).set_url("https://facebook.test/permalink?story=[1]&q=é \"x\"|y#a#b");
  store.newest(std::string(kHost)).set_url("");
  store.newest(std::string(kAlbum)).mutable_media(0)->set_url("https://cdn.test/a b.jpg?x={1}^`");
  write(folder / "hostile.json", *export_ninjs(*make_draft(*store.story(kVisit), store), store));
  const Outcome checked = run(str_cat(
      "PATH=/usr/bin:$PATH python3 '", (root / "tests/desk/ninjs_schema_test.py").string(), "' '",
      schema.string(), "' '", (folder / "visit.json").string(), "' '", (folder / "desk.json").string(), "' '",
      (folder / "rights.json").string(), "' '", (folder / "hostile.json").string(), "'"));
  if (checked.exit == 77 || checked.exit == 127) GTEST_SKIP() << "SKIPPED: python3-jsonschema not present";
  EXPECT_EQ(checked.exit, 0) << checked.output;
  std::printf("%s", checked.output.c_str());
}

}  // namespace
}  // namespace copytaster
