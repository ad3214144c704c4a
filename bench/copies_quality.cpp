#include "bench/copies_quality.h"

#include <cstdio>

#include "core/officials.h"
#include "core/processor.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

using ItemsById = std::map<std::string, Item, std::less<>>;

class Posts final : public EarlierPosts {
 public:
  explicit Posts(const ItemsById& items) : items_(items) {}
  [[nodiscard]] const Item* find(std::string_view id, Item*) const override {
    const auto found = items_.find(id);
    return found == items_.end() ? nullptr : &found->second;
  }

 private:
  const ItemsById& items_;
};

absl::StatusOr<ItemsById> run_all(const std::vector<Item>& items) {
  const Officials officials;
  const Rules rules = Rules::defaults();
  Pipeline pipeline(officials, rules);
  ItemsById placed;
  const Posts posts(placed);
  for (Item item : items) {
    CT_RETURN_IF_ERROR(pipeline.run_step("language", item));
    CT_RETURN_IF_ERROR(pipeline.run_step("fingerprint", item));
    CT_RETURN_IF_ERROR(pipeline.place(item, &posts));
    const std::string id = item.id();
    placed[id] = std::move(item);
    for (const Revision& revision : pipeline.take_revisions()) {
      const auto known = placed.find(revision.item_id);
      if (known == placed.end()) return absl::InternalError(str_cat("a revision of ", revision.item_id));
      apply(revision, known->second);
    }
  }
  return placed;
}

absl::StatusOr<std::string> root_of(const ItemsById& items, std::string id) {
  for (int hop = 0; hop < 32; ++hop) {
    const auto item = items.find(id);
    if (item == items.end()) return absl::InternalError(str_cat("a copy of ", id, ", which is not there"));
    const std::string& next = item->second.duplicate_of().item_id();
    if (next.empty()) return id;
    id = next;
  }
  return absl::InternalError(str_cat("a ring of copies at ", id));
}

class Judge {
 public:
  Judge(const LabelledSet& set, const ItemsById& items) : set_(set), items_(items) {}

  absl::StatusOr<CopiesQuality> run() {
    for (const auto& [id, item] : items_) {
      CT_ASSIGN_OR_RETURN(root_[id], root_of(items_, id));
    }
    out_.posts = items_.size();
    for (const LabelledCopies& label : set_.labels) take(label);
    count_wrong();
    count_asked();
    return std::move(out_);
  }

 private:
  void take(const LabelledCopies& label) {
    for (const std::string& id : label.ids) group_[id] = label.copies ? label.name : label.name + "/" + id;
    CopiesQuality::Count& kind = out_.kinds[label.kind];
    CopiesQuality::Count& language = out_.languages[label.name.substr(0, 2)];
    for (std::size_t i = 0; i < label.ids.size(); ++i) {
      for (std::size_t j = i + 1; j < label.ids.size(); ++j) {
        const bool together = root_[label.ids[i]] == root_[label.ids[j]];
        ++kind.all;
        ++language.all;
        if (label.copies) ++(together ? out_.found : out_.missed);
        if (together == label.copies) {
          ++kind.right;
          ++language.right;
        } else {
          ++out_.misses[label.name + " " + label.kind];
        }
      }
    }
  }
  void count_wrong() {
    std::map<std::string, std::vector<std::string>> folded;
    for (const auto& [id, top] : root_) folded[top].push_back(id);
    for (const auto& [top, ids] : folded) {
      for (std::size_t i = 0; i < ids.size(); ++i) {
        for (std::size_t j = i + 1; j < ids.size(); ++j)
          out_.wrong += group_[ids[i]] == group_[ids[j]] ? 0 : 1;
      }
    }
  }
  void count_asked() {
    for (const auto& [id, item] : items_) {
      for (const DuplicateOf& asked : item.may_copy()) {
        ++out_.asked;
        out_.asked_right += group_[id] == group_[asked.item_id()] ? 1 : 0;
      }
    }
  }

  const LabelledSet& set_;
  const ItemsById& items_;
  std::map<std::string, std::string> root_, group_;
  CopiesQuality out_;
};

double share(std::size_t part, std::size_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

}  // namespace

double CopiesQuality::recall() const { return share(found, found + missed); }
double CopiesQuality::precision() const { return share(found, found + wrong); }

absl::StatusOr<CopiesQuality> measure_copies_quality(const LabelledSet& set, const std::vector<Item>& items) {
  CT_ASSIGN_OR_RETURN(const ItemsById placed, run_all(items));
  return Judge(set, placed).run();
}

std::string headline(std::string_view order, const CopiesQuality& quality) {
  char line[240];
  std::snprintf(
      line, sizeof line,
      "copies, %s: recall %.4f (%zu of %zu pairs), precision %.4f (%zu wrong); %zu questions on %zu posts, "
      "%zu of them about copies",
      std::string(order).c_str(), quality.recall(), quality.found, quality.found + quality.missed,
      quality.precision(), quality.wrong, quality.asked, quality.posts, quality.asked_right);
  return line;
}

std::string details(const CopiesQuality& quality) {
  std::string out;
  char line[160];
  for (const auto* counts : {&quality.kinds, &quality.languages}) {
    for (const auto& [name, count] : *counts) {
      std::snprintf(line, sizeof line, "  %-28s %4zu of %4zu\n", name.c_str(), count.right, count.all);
      out += line;
    }
  }
  for (const auto& [miss, pairs] : quality.misses)
    str_append(&out, "    not as labelled: ", miss, ", ", pairs, " pair(s)\n");
  return out;
}

}  // namespace copytaster
