// Reads the includes and fails on an arrow that docs/architecture.md forbids.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace {

using Rooms = std::map<std::string, std::set<std::string>>;

// Who may include whom.
const Rooms& arrows() {
  static const Rooms rooms = {
      {"core", {}},
      {"net", {"core"}},
      {"bus", {"core"}},
      {"collectors", {"core", "net"}},
      {"processors", {"core"}},
      {"storage", {"core"}},
      {"desk", {"core", "net"}},
      {"rehearsal", {"core", "net"}},
      {"app", {"core", "net", "bus", "collectors", "processors", "storage", "desk", "rehearsal"}},
      {"bench", {"core", "net", "bus", "collectors", "processors", "storage", "rehearsal", "app"}},
  };
  return rooms;
}

// Libraries that only some rooms may name.
const Rooms& owners() {
  static const Rooms libraries = {
      {"rocksdb/", {"storage", "bus"}},
      {"librdkafka/", {"bus"}},
      {"curl/", {"net"}},
      {"boost/beast", {"net"}},
      {"boost/asio", {"net"}},
      {"xapian.h", {"storage"}},
      {"exiv2/", {"processors", "rehearsal"}},
      {"vips/", {"processors", "rehearsal"}},
  };
  return libraries;
}

std::string complaint(const std::string& room, const std::string& target) {
  const std::string folder = target.substr(0, target.find('/'));
  if (arrows().contains(folder) && folder != room && !arrows().at(room).contains(folder)) {
    return room + " must not include " + target;
  }
  for (const auto& [library, rooms] : owners()) {
    if (target.starts_with(library) && !rooms.contains(room)) return room + " must not name " + target;
  }
  return "";
}

std::string included(const std::string& line) {
  if (!line.starts_with("#include ")) return "";
  const std::size_t begin = line.find_first_of("<\"");
  if (begin == std::string::npos) return "";
  return line.substr(begin + 1, line.find_first_of(">\"", begin + 1) - begin - 1);
}

TEST(Architecture, NoForbiddenArrow) {
  std::size_t read = 0;
  for (const auto& [room, allowed] : arrows()) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(COPYTASTER_SOURCE_DIR) + "/" + room)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      if (entry.path().filename() == "main.cpp") continue;  // stands above all rooms
      ++read;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        const std::string target = included(line);
        EXPECT_EQ(target.empty() ? "" : complaint(room, target), "") << entry.path();
      }
    }
  }
  EXPECT_GT(read, 50U) << "the sources were not found";
}

TEST(Architecture, TheRulesCatchWhatTheyShould) {
  EXPECT_NE(complaint("core", "net/http_client.h"), "");
  EXPECT_NE(complaint("processors", "storage/open.h"), "");
  EXPECT_NE(complaint("collectors", "curl/curl.h"), "");
  EXPECT_NE(complaint("desk", "boost/beast/http.hpp"), "");
  EXPECT_EQ(complaint("collectors", "net/http_client.h"), "");
  EXPECT_EQ(complaint("app", "desk/draft.h"), "");
}

TEST(Architecture, EveryRoomOnDiskHasItsRule) {
  for (const auto& [room, allowed] : arrows()) {
    EXPECT_TRUE(std::filesystem::is_directory(std::string(COPYTASTER_SOURCE_DIR) + "/" + room)) << room;
  }
}

}  // namespace
