// copytaster process < items.jsonl: the same steps as the service, on items from a file.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/config_folder.h"
#include "app/files.h"
#include "app/versions.h"
#include "core/item.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMaxLine = std::size_t{16} << 20;

absl::StatusOr<Item> read_item(std::string_view line, const std::string& place) {
  Item item;
  const absl::Status read = from_json(line, &item);
  if (!read.ok()) {
    return absl::InvalidArgumentError(
        str_cat(place, ": no item: ", std::string(read.message()),
                R"(; expected a JSON object as {"id": "mastodon:1", "text": "…"})"));
  }
  if (item.id().empty()) {
    if (item.platform().empty() || item.native_id().empty()) {
      return absl::InvalidArgumentError(
          str_cat(place, ": an item needs an id, or a platform and a nativeId"));
    }
    item.set_id(item_id(item.platform(), item.native_id()));
  }
  item.set_text(to_valid_utf8(item.text()));
  if (item.content_hash().empty()) item.set_content_hash(content_hash(item));
  if (item.version() == 0) item.set_version(1);
  return item;
}

class HeldPosts final : public EarlierPosts {
 public:
  HeldPosts(const std::vector<Item>& items, const StringMap<std::size_t>& by_id)
      : items_(items), by_id_(by_id) {}
  [[nodiscard]] const Item* find(std::string_view item_id, Item*) const override {
    const auto found = by_id_.find(item_id);
    return found == by_id_.end() ? nullptr : &items_[found->second];
  }

 private:
  const std::vector<Item>& items_;
  const StringMap<std::size_t>& by_id_;
};

// The lines that could not be used: the first one's fault is told, the others are counted. They take nothing
// from the rest.
class BadLines {
 public:
  void add(absl::Status fault) {
    if (first_.ok()) first_ = std::move(fault);
    ++count_;
  }
  [[nodiscard]] absl::Status status() const {
    if (count_ < 2) return first_;
    return {first_.code(),
            str_cat(std::string(first_.message()), "; ", count_ - 1, " more line(s) were left out")};
  }

 private:
  absl::Status first_;
  std::size_t count_ = 0;
};

// All items are held until the end: a later one may show that two earlier ones belong together.
class Run {
 public:
  explicit Run(Pipeline& pipeline) : pipeline_(pipeline) {}

  // kInvalidArgument: some lines were no items, all others are in items(). kDataLoss: reading failed.
  absl::Status read(std::FILE* in) {
    LineReader lines(in, "standard input", kMaxLine);
    BadLines bad;
    std::string line;
    for (bool first = true;; first = false) {
      const auto more = lines.next(&line);
      if (absl::IsInvalidArgument(more.status())) {  // where a line of that length ends is not looked for
        bad.add(more.status());
        return bad.status();
      }
      CT_RETURN_IF_ERROR(more.status());
      if (!*more) return bad.status();
      std::string_view json = strip_space(line);
      if (first) consume_prefix(&json, kByteOrderMark);
      if (json.empty()) continue;
      auto item = read_item(json, lines.place());
      if (item.ok()) {
        take(*std::move(item));
      } else {
        bad.add(item.status());
      }
    }
  }
  [[nodiscard]] std::vector<Item>& items() { return items_; }

 private:
  void take(Item item) {
    absl::Status done = pipeline_.prepare(item);
    if (done.ok()) done = pipeline_.place(item, &posts_);
    if (!done.ok()) {
      Problem* problem = item.add_problems();
      problem->set_step("process");
      problem->set_message(std::string(done.message()));
    }
    by_id_[item.id()] = items_.size();
    items_.push_back(std::move(item));
    for (const Revision& revision : pipeline_.take_revisions()) {
      const auto found = by_id_.find(revision.item_id);
      if (found != by_id_.end()) apply(revision, items_[found->second]);
    }
  }

  Pipeline& pipeline_;
  std::vector<Item> items_;
  StringMap<std::size_t> by_id_;
  HeldPosts posts_{items_, by_id_};
};

absl::Status process_stream(std::FILE* in, const Officials& officials, const Rules& rules) {
  Pipeline pipeline(officials, rules);
  Run run(pipeline);
  const absl::Status read = run.read(in);
  if (!read.ok() && !absl::IsInvalidArgument(read)) return read;
  for (Item& item : run.items()) {
    item.clear_fingerprint();  // for machines only
    CT_RETURN_IF_ERROR(print(to_json(item) + "\n"));
  }
  return read;
}

}  // namespace

void add_process(CLI::App& app, int* exit) {
  auto config = std::make_shared<std::string>();
  auto* command =
      app.add_subcommand("process", "Run all steps on items from standard input, one JSON object a line");
  command->add_option("--config", *config, "Folder with officials.toml and the rules, to know who is who");
  command->callback([config, exit] {
    auto loaded =
        config->empty() ? absl::StatusOr<Config>(Config{{}, {}, Rules::defaults()}) : load_config(*config);
    if (!loaded.ok()) {
      *exit = report(loaded.status());
      return;
    }
    const Officials officials(std::move(loaded->officials));
    *exit = report(process_stream(stdin, officials, loaded->rules));
  });
}

}  // namespace copytaster
