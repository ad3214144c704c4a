// copytaster erase SUBJECT | erase --receipts: takes a post, an account or a person out for good, with a
// receipt.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>

#include "app/command.h"
#include "app/config_folder.h"
#include "app/desk_call.h"
#include "app/erasure_requests.h"
#include "app/files.h"
#include "app/service.h"
#include "app/signals.h"
#include "app/store_choice.h"
#include "core/json.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "google/protobuf/struct.pb.h"

namespace copytaster {
namespace {

constexpr absl::Duration kLongestWait = absl::Minutes(10);
constexpr unsigned kAskAgainMicroseconds = 200'000;
constexpr std::size_t kReceipts = 1000;

struct EraseOptions {
  StoreChoice store;
  std::string subject, reason, by;
  bool yes = false, dry_run = false, receipts = false, json = false;
};

std::string to_text(const Erasure& receipt) {
  std::string out = str_cat(receipt.subject(), "\n  receipt   ", receipt.id(), "\n  asked by  ", receipt.by(),
                            " at ", format_rfc3339(to_time(receipt.at())), " (", receipt.basis(),
                            "): ", receipt.reason(), "\n  erased    ", receipt.items(), " posts in ",
                            receipt.versions(), " versions, ", receipt.captures(), " captures, ",
                            receipt.pictures(), " pictures, ", receipt.dead_letters(), " dead letters");
  if (receipt.drafts() > 0) str_append(&out, "; ", receipt.drafts(), " drafts that were saved cite them");
  str_append(&out, "\n  files     ",
             receipt.has_files_at()
                 ? str_cat("hold nothing of it since ", format_rfc3339(to_time(receipt.files_at())))
                 : std::string("are still to be written anew by the running service"),
             "\n");
  return out;
}

absl::Status print_receipt(const Erasure& receipt, bool json) {
  return print(json ? to_json(receipt) + "\n" : to_text(receipt));
}

absl::Status list_receipts(const EraseOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  CT_ASSIGN_OR_RETURN(const std::vector<Erasure> receipts, opened.store->erasures(kReceipts));
  if (receipts.empty()) tell("nothing was erased yet");
  for (const Erasure& receipt : receipts) CT_RETURN_IF_ERROR(print_receipt(receipt, options.json));
  return absl::OkStatus();
}

absl::Status count_only(const EraseOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  std::vector<ConfigProblem> problems;
  const auto config = read_config(options.store.config_folder(), &problems);
  const Officials officials(config.ok() ? config->officials : std::vector<Official>{});
  LegalHolds holds;
  CT_RETURN_IF_ERROR(holds.load(*opened.store));
  CT_ASSIGN_OR_RETURN(const Erasure counted,
                      preview_erasure(options.subject, *opened.key_value, *opened.store, officials, holds));
  if (options.json) return print(to_json(counted) + "\n");
  return print(str_cat(options.subject, ": ", counted.items(), " posts in ", counted.versions(),
                       " versions, which came in ", counted.captures(),
                       " captures. Nothing was erased: --yes does it, and nothing brings it back.\n"));
}

// ---- by the running service

absl::StatusOr<Erasure> receipt_in(const std::string& body, const std::string& id) {
  google::protobuf::Struct answer;
  CT_RETURN_IF_ERROR(from_json(body, &answer));
  const auto erasures = answer.fields().find("erasures");
  if (erasures == answer.fields().end())
    return absl::NotFoundError(str_cat("the service tells no receipts, and so not ", id));
  for (const auto& one : erasures->second.list_value().values()) {
    Erasure receipt;
    CT_RETURN_IF_ERROR(from_json(to_json(one), &receipt));
    if (receipt.id() == id) return receipt;
  }
  return absl::NotFoundError(str_cat("no receipt ", id, " yet"));
}

absl::StatusOr<Erasure> erase_by_service(const EraseOptions& options) {
  const std::string config = options.store.config_folder();
  CT_ASSIGN_OR_RETURN(
      const std::string begun,
      post_to_desk(config, "/api/erasures",
                   {{"subject", options.subject}, {"reason", options.reason}, {"by", options.by}}));
  Erasure receipt;
  CT_RETURN_IF_ERROR(from_json(begun, &receipt));
  for (const absl::Time end = absl::Now() + kLongestWait; absl::Now() < end && !receipt.has_files_at();) {
    ::usleep(kAskAgainMicroseconds);
    CT_ASSIGN_OR_RETURN(const std::string all, get_from_desk(config, "/api/erasures?limit=1000"));
    auto now = receipt_in(all, receipt.id());
    if (now.ok()) receipt = *std::move(now);
  }
  return receipt;
}

// ---- without one

// No address is asked: whoever waits does so to the end.
class NoFetcher final : public Fetcher {
 public:
  ~NoFetcher() override {
    for (const FetchDone& done : waiting_) done(absl::CancelledError("nothing is fetched here"));
  }
  void fetch(HttpRequest /*request*/, FetchDone done) override { waiting_.push_back(std::move(done)); }
  std::size_t drive(absl::Duration /*wait*/) override { return waiting_.size(); }
  void wake() override {}

 private:
  std::vector<FetchDone> waiting_;
};

absl::StatusOr<Erasure> find_receipt(const Store& store, const std::string& id) {
  CT_ASSIGN_OR_RETURN(const std::vector<Erasure> receipts, store.erasures(SIZE_MAX));
  for (const Erasure& receipt : receipts) {
    if (receipt.id() == id) return receipt;
  }
  return absl::NotFoundError(str_cat("no receipt ", id, " yet"));
}

absl::StatusOr<std::string> notice_of(const std::string& data) {
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  return opened.store->notice();
}

absl::StatusOr<Erasure> erase_offline(const EraseOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  ServiceOptions service;
  CT_ASSIGN_OR_RETURN(service.notice, notice_of(data));
  std::vector<ConfigProblem> problems;
  if (auto config = read_config(options.store.config_folder(), &problems); config.ok()) {
    service.settings = std::move(config->settings);
    service.officials = std::move(config->officials);
    service.rules = std::move(config->rules);
  }
  service.settings.data = data;
  service.settings.metrics_port = 0;
  service.settings.websub_callback.clear();
  service.settings.read_text = false;
  service.with_desk = service.collects = false;
  const SystemClock clock;
  NoFetcher fetcher;
  service.clock = &clock;
  service.fetcher = &fetcher;
  catch_signals();
  CT_ASSIGN_OR_RETURN(const auto running, Service::start(std::move(service)));
  CT_ASSIGN_OR_RETURN(Erasure receipt, running->erase({options.subject, options.reason, options.by}));
  while (!receipt.has_files_at()) {
    if (stop_asked()) return absl::CancelledError("stopped; the next start goes on with it");
    CT_RETURN_IF_ERROR(running->collect(absl::Milliseconds(20)));
    ::usleep(kAskAgainMicroseconds / 10);
    auto now = find_receipt(running->store(), receipt.id());
    if (now.ok()) receipt = *std::move(now);
  }
  return receipt;
}

absl::Status erase(const EraseOptions& options) {
  if (options.receipts) return list_receipts(options);
  if (options.dry_run || !options.yes) return count_only(options);
  configure_log({LogLevel::kWarn, LogFormat::kAuto, 2});
  // A store that was named is worked on itself, unless a service has it: then opening it says so.
  absl::StatusOr<Erasure> receipt = options.store.data ? erase_offline(options) : erase_by_service(options);
  if (!options.store.data && receipt.status().message().find("no desk answers") != std::string_view::npos)
    receipt = erase_offline(options);
  CT_RETURN_IF_ERROR(receipt.status());
  return print_receipt(*receipt, options.json);
}

}  // namespace

void add_erase(CLI::App& app, int* exit) {
  auto options = std::make_shared<EraseOptions>();
  const char* user = std::getenv("USER");
  options->by = user == nullptr ? "" : user;
  auto* command = app.add_subcommand(
      "erase", "Take a post, an account or a person out for good: from the desk, search, drafts and files");
  auto* subject = command->add_option("subject", options->subject,
                                      "item:ID, account:ID or official:ID, with the id as the desk shows it");
  command->add_option("--reason", options->reason, "Why; kept with the receipt for good");
  command->add_option("--by", options->by, "Who asks for it")->capture_default_str();
  command->add_flag("--yes", options->yes, "Do it; without it is only counted");
  command->add_flag("--dry-run", options->dry_run, "Only count");
  auto* receipts =
      command->add_flag("--receipts", options->receipts, "What was erased, newest first")->excludes(subject);
  command->add_flag("--json", options->json, "JSON");
  add_store_options(*command, options->store);
  command->callback([options, exit, subject, receipts] {
    if (subject->count() + receipts->count() == 0) throw CLI::RequiredError("subject");
    if (options->yes && !options->dry_run && (options->reason.empty() || options->by.empty()))
      throw CLI::RequiredError("--reason and --by");
    *exit = report(erase(*options));
  });
}

}  // namespace copytaster
