// settings.toml: one table that both parses and documents: `copytaster list settings`, and with --markdown
// docs/settings.md, which a test keeps fresh.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "app/retention.h"
#include "app/settings_address.h"
#include "bus/kafka_settings.h"
#include "collectors/poller.h"
#include "core/collector.h"
#include "core/credential_health.h"
#include "core/log.h"
#include "core/strings.h"
#include "net/s3_options.h"
#include "processors/copy_settings.h"
#include "processors/story_settings.h"

namespace copytaster {

// What a person must mend: shown as "settings.toml:12: …". A warning ("settings.toml:12: warning: …") stops
// nothing.
struct ConfigProblem {
  std::string file;
  unsigned line = 0;  // 0: the whole file
  std::string what;
  std::string hint;  // what would be right
  bool warning = false;
};
[[nodiscard]] std::string to_text(const ConfigProblem& problem);
// How many of them are no warnings.
[[nodiscard]] std::size_t count_errors(const std::vector<ConfigProblem>& problems);

// A stream that the settings ask for and that cannot be opened; its accounts are polled.
struct StreamFault {
  std::string platform, why;
};

// Where pictures are kept.
struct MediaSettings {
  bool in_s3 = false;  // else in the folder media of the store's
  S3Options s3;
};

// Time stamps of the chain of evidence (RFC 3161).
struct StampSettings {
  std::string url;      // of the authority; empty: no stamps
  std::string ca_file;  // whom its certificate must come from; empty: it is not checked
  absl::Duration every = absl::Hours(24);
};

struct Settings {
  std::string data = "data";
  std::string backups;  // a folder; empty: the service writes none
  std::string desk_address = "127.0.0.1";
  std::uint16_t desk_port = 8642;
  std::string desk_token;  // what desk.token_file holds; empty: no such setting
  std::vector<std::string> desk_host_names;
  std::string metrics_address = "127.0.0.1";
  std::uint16_t metrics_port = 9642;
  std::string websub_callback;  // ends with '/'; empty: off
  ListenOn websub_listen = {"127.0.0.1", 8701};
  std::vector<std::string> allowed_addresses;  // HttpClientOptions.allow
  LogLevel log_level = LogLevel::kInfo;
  LogFormat log_format = LogFormat::kAuto;
  PollerOptions poller;
  bool kafka_bus = false;  // else the embedded one, and one process
  KafkaSettings kafka;
  int process_threads = 2;
  std::uint64_t max_log_megabytes = 256;
  bool read_text = false;  // in pictures
  std::vector<std::string> read_text_languages = {"eng"};
  CopySettings copies;
  StorySettings stories;
  Retention retention;
  MediaSettings media;
  StampSettings stamps;
  StringMap<CollectorSettings> collectors;
  // Tokens that expire, or whose end is stated: what is known of it, without the secret.
  std::vector<CredentialHealth> credentials;
  std::vector<StreamFault> stream_faults;  // each is a warning, too
};

struct SettingSpec {
  std::string name;  // "desk.port", "collector.facebook.token_file"
  std::string default_value;
  std::string help;        // one sentence
  std::string takes = {};  // what it can be set to, in the words of the message for anything else
};

// What may be spent a month on each platform that costs (its `monthly_usd`), for PollerOptions.
[[nodiscard]] StringMap<double> monthly_ceilings(const Settings& settings);

// How a collector's field is called in the settings: a secret by its file, "token_file".
[[nodiscard]] std::string setting_name(const ConfigField& field);

// All settings, those of the collectors included, in the order of the documentation.
[[nodiscard]] std::vector<SettingSpec> setting_specs();

// Reads the text of a settings.toml. Every problem is found, not only the first. The secret that a *_file
// setting names is read here: an absolute path, or one in `folder` or else in $CREDENTIALS_DIRECTORY. It is
// one line of at most 4096 bytes; a desk's token has at least 16.
[[nodiscard]] Settings read_settings(std::string_view text, const std::string& file,
                                     const std::string& folder, std::vector<ConfigProblem>* problems);

}  // namespace copytaster
