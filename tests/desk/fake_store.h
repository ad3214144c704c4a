// A store in memory, for tests: what is put is there at once.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/store.h"
#include "core/text.h"

namespace copytaster {

class FakeStore final : public Store {
 public:
  void put(const Item& item) {
    auto& all = items_[item.id()];
    std::erase_if(all, [&](const Item& other) { return other.version() == item.version(); });
    all.push_back(item);
  }
  void put(const Story& story) { stories_[story.id()] = story; }
  void put(const AccountState& state) { accounts_.push_back(state); }
  Item& newest(const std::string& id) { return items_.at(id).back(); }
  Story& story_to_change(const std::string& id) { return stories_.at(id); }
  void erase_item(const std::string& id) { items_.erase(id); }
  void break_reads(absl::Status status) { broken_ = std::move(status); }

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override {
    if (!broken_.ok()) return broken_;
    const auto found = items_.find(std::string(id));
    if (found == items_.end()) return absl::NotFoundError("no such item");
    return found->second.back();
  }
  [[nodiscard]] absl::StatusOr<std::vector<Item>> versions(std::string_view id) const override {
    const auto found = items_.find(std::string(id));
    if (found == items_.end()) return absl::NotFoundError("no such item");
    return found->second;
  }
  [[nodiscard]] absl::StatusOr<Story> story(std::string_view id) const override {
    const auto found = stories_.find(std::string(id));
    if (found == stories_.end()) return absl::NotFoundError("no such story");
    return found->second;
  }
  [[nodiscard]] absl::StatusOr<std::vector<Story>> stories(std::size_t limit) const override {
    if (!broken_.ok()) return broken_;
    std::vector<Story> all;
    for (const auto& [id, story] : stories_) all.push_back(story);
    std::ranges::stable_sort(all, [](const Story& a, const Story& b) { return a.score() > b.score(); });
    if (all.size() > limit) all.resize(limit);
    return all;
  }
  [[nodiscard]] absl::StatusOr<Capture> capture(std::string_view) const override {
    return absl::NotFoundError("no such capture");
  }
  [[nodiscard]] absl::StatusOr<AccountState> account_state(std::string_view) const override {
    return absl::NotFoundError("no such account");
  }
  [[nodiscard]] absl::StatusOr<std::vector<AccountState>> account_states() const override {
    return accounts_;
  }
  [[nodiscard]] absl::StatusOr<std::vector<DeadLetter>> dead_letters(std::size_t) const override {
    return std::vector<DeadLetter>();
  }
  absl::Status each_item(const std::function<bool(const Item&)>& visit) const override {
    for (const auto& [id, versions] : items_) {
      if (!visit(versions.back())) break;
    }
    return absl::OkStatus();
  }
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> search(std::string_view query,
                                                                std::size_t limit) const override {
    std::vector<std::string> out;
    for (const auto& [id, versions] : items_) {
      if (out.size() < limit && versions.back().text().find(query) != std::string::npos) out.push_back(id);
    }
    return out;
  }
  [[nodiscard]] Counters counters() const override {
    Counters counters;
    counters.set_stored(items_.size());
    return counters;
  }
  [[nodiscard]] std::string notice() const override { return notice_; }

  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override { return nullptr; }
  absl::Status write(WriteBatch&, Durability) override { return kReadOnly; }
  absl::Status stage_capture(WriteBatch&, const Capture&) override { return kReadOnly; }
  absl::Status stage_account(WriteBatch&, const AccountState&) override { return kReadOnly; }
  absl::Status stage_item(WriteBatch&, const Item&) override { return kReadOnly; }
  absl::Status stage_version(WriteBatch&, const Item&) override { return kReadOnly; }
  absl::Status stage_changed(WriteBatch&, std::uint64_t, std::span<const std::string>) override {
    return kReadOnly;
  }
  absl::Status stage_indexed(WriteBatch&, std::uint64_t) override { return kReadOnly; }
  [[nodiscard]] absl::StatusOr<std::vector<Changed>> changed(std::size_t) const override {
    return std::vector<Changed>{};
  }
  absl::Status stage_story(WriteBatch&, const Story&) override { return kReadOnly; }
  absl::Status stage_story_erased(WriteBatch&, std::string_view) override { return kReadOnly; }
  absl::Status stage_stories_behind(WriteBatch&, const std::vector<std::string>&) override {
    return kReadOnly;
  }
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> stories_behind() const override {
    return std::vector<std::string>{};
  }
  absl::Status stage_dead_letter(WriteBatch&, const DeadLetter&) override { return kReadOnly; }
  absl::Status stage_action(WriteBatch&, const Action&) override { return kReadOnly; }
  absl::Status each_action(const std::function<bool(const Action&)>&) const override {
    return absl::OkStatus();
  }
  absl::Status stage_counters(WriteBatch&, const Counters&) override { return kReadOnly; }
  absl::Status set_notice(std::string_view notice) override {
    notice_ = std::string(notice);
    return absl::OkStatus();
  }

 private:
  inline static const absl::Status kReadOnly = absl::UnimplementedError("a fake");
  std::map<std::string, std::vector<Item>> items_;
  std::map<std::string, Story> stories_;
  std::vector<AccountState> accounts_;
  std::string notice_;
  absl::Status broken_;
};

class FakeMedia final : public MediaStore {
 public:
  absl::StatusOr<std::string> put(std::string_view bytes) override {
    std::string hash = sha256_hex(bytes);
    all_[hash] = std::string(bytes);
    return hash;
  }
  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view hash) const override {
    const auto found = all_.find(std::string(hash));
    if (found == all_.end()) return absl::NotFoundError("no such picture");
    return found->second;
  }
  [[nodiscard]] bool has(std::string_view hash) const override { return all_.contains(std::string(hash)); }

 private:
  std::map<std::string, std::string> all_;
};

}  // namespace copytaster
