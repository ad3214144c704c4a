// copytaster parse --collector NAME FILE: what a collector makes of a recorded answer.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "collectors/catalog.h"
#include "collectors/feed.h"
#include "core/json.h"
#include "core/message_text.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

struct ParseOptions {
  std::string collector, url, file;
  int status = 200;
  std::vector<std::string> headers;
};

absl::StatusOr<Capture> make_capture(const ParseOptions& options) {
  Capture capture;
  CT_ASSIGN_OR_RETURN(*capture.mutable_body(), read_input(options.file));
  capture.set_url(options.url);
  capture.set_final_url(options.url);
  capture.set_status(options.status);
  capture.set_sha256(sha256_hex(capture.body()));
  capture.set_collector(options.collector);
  capture.set_purpose(INTAKE);
  for (const std::string& line : options.headers) {
    const std::size_t colon = line.find(':');  // there is one: header_problem()
    Header* header = capture.add_headers();
    header->set_name(ascii_lower(strip_space(std::string_view(line).substr(0, colon))));
    header->set_value(to_valid_utf8(strip_space(std::string_view(line).substr(colon + 1))));
  }
  return capture;
}

absl::Status parse_file(const ParseOptions& options) {
  const Collectors collectors;
  const Collector* collector = collectors.find(options.collector);  // there is one: collector_problem()
  CT_ASSIGN_OR_RETURN(const Capture capture, make_capture(options));
  Account account;
  auto recognised = options.url.empty() ? absl::StatusOr<Account>(absl::NotFoundError(""))
                                        : collector->recognise(options.url);
  if (recognised.ok()) account = *std::move(recognised);
  account.set_platform(options.collector);
  // A file is shown in its own order; a page fetched by the poller goes oldest first.
  auto parsed = options.collector == "feed" ? parse_feed_in_document_order(account, capture)
                                            : collector->parse(account, capture);
  if (!parsed.ok())
    return absl::InvalidArgumentError(str_cat(options.file, ": ", std::string(parsed.status().message())));
  (void)make_text_valid(&parsed->profile);
  JsonWriter json;
  json.begin_object().key("account").raw(to_json(parsed->profile)).key("items").begin_array();
  for (Item& item : parsed->items) {
    (void)make_text_valid(&item);
    // No step has run: the language is the one that the platform declares.
    if (item.language().empty()) item.set_language(item.declared_language());
    json.raw(to_json(item));
  }
  json.end_array();
  if (!parsed->refused.empty()) {
    json.key("refused").begin_array();
    for (DeadLetter& letter : parsed->refused) {
      (void)make_text_valid(&letter);
      json.raw(to_json(letter));
    }
    json.end_array();
  }
  return print(json.end_object().text() + "\n");
}

// What is wrong with the command line is said when it is read: a usage error.
std::string collector_problem(const std::string& name) {
  for (const CatalogEntry& entry : catalog()) {
    if (entry.spec().name == name) return "";
  }
  return str_cat("there is no collector ", name, "; `copytaster list collectors` shows all");
}

std::string header_problem(const std::string& line) {
  const bool good = line.find(':') != std::string::npos && line.front() != ':';
  return good ? "" : str_cat("\"", line, "\" is not of the form 'Name: value'");
}

}  // namespace

void add_parse(CLI::App& app, int* exit) {
  auto options = std::make_shared<ParseOptions>();
  auto* command = app.add_subcommand("parse", "Show what a collector makes of a recorded answer");
  command->add_option("--collector", options->collector, "Name of the collector")
      ->required()
      ->check(CLI::Validator([](std::string& name) { return collector_problem(name); }, ""));
  command->add_option("--url", options->url, "Where the bytes came from");
  command->add_option("--status", options->status, "The HTTP status they came with");
  command->add_option("--header", options->headers, "A header they came with: 'Name: value'")
      ->allow_extra_args(false)
      ->check(CLI::Validator([](std::string& line) { return header_problem(line); }, ""));
  command->add_option("file", options->file, "The file; - is standard input")->required();
  command->callback([options, exit] { *exit = report(parse_file(*options)); });
}

}  // namespace copytaster
