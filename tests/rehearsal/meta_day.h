// Two people of tests' own on Instagram and Threads.
#pragma once

#include <string>
#include <string_view>

#include "core/strings.h"
#include "core/time.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::testing {

inline constexpr std::string_view kMetaOfficials = R"([[official]]
id = "ada"
name = "Ada Example"
languages = ["en"]
accounts = ["https://www.instagram.com/ada.example/", "https://www.threads.com/@ada.example"]
[[official]]
id = "bob"
name = "Bob Example"
languages = ["en"]
accounts = ["https://www.instagram.com/bob_example/", "https://www.threads.com/@bob_example"]
)";
inline constexpr std::string_view kAdaOnInstagram = "https://www.instagram.com/ada.example/";
inline constexpr std::string_view kAdaOnThreads = "https://www.threads.com/@ada.example";
inline constexpr std::string_view kBobOnThreads = "https://www.threads.com/@bob_example";

// One line of a day; `more` begins with a comma.
inline std::string meta_post(std::string_view key, std::string_view account, absl::Time at,
                             std::string_view more) {
  return str_cat(R"({"key":")", key, R"(","account":")", account, R"(","at":")", format_rfc3339(at),
                 R"(","language":"en")", more, "}\n");
}

}  // namespace copytaster::testing
