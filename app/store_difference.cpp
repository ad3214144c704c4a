#include "app/store_difference.h"

#include <google/protobuf/util/message_differencer.h>

#include <set>

#include "core/copytaster.pb.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// The names of the fields at the top that differ.
class TopFields final : public google::protobuf::util::MessageDifferencer::Reporter {
 public:
  using Path = std::vector<google::protobuf::util::MessageDifferencer::SpecificField>;
  void ReportAdded(const google::protobuf::Message&, const google::protobuf::Message&,
                   const Path& path) override {
    note(path);
  }
  void ReportDeleted(const google::protobuf::Message&, const google::protobuf::Message&,
                     const Path& path) override {
    note(path);
  }
  void ReportModified(const google::protobuf::Message&, const google::protobuf::Message&,
                      const Path& path) override {
    note(path);
  }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const std::string& name : names_) str_append(&out, out.empty() ? "" : ", ", name);
    return out.empty() ? "other bytes" : out;
  }

 private:
  void note(const Path& path) {
    if (!path.empty() && path.front().field != nullptr) names_.insert(path.front().field->name());
  }
  std::set<std::string> names_;
};

template <typename Record>
std::string fields_of(std::string_view before, std::string_view after) {
  Record a, b;
  const bool parsed = a.ParseFromArray(before.data(), static_cast<int>(before.size())) &&
                      b.ParseFromArray(after.data(), static_cast<int>(after.size()));
  if (!parsed) return "does not parse";
  TopFields fields;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesTo(&fields);
  (void)differencer.Compare(a, b);
  return fields.text();
}

std::string fields_that_differ(Space space, std::string_view before, std::string_view after) {
  switch (space) {
    case Space::kItems:
    case Space::kVersions:
      return fields_of<Item>(before, after);
    case Space::kStories:
      return fields_of<Story>(before, after);
    default:
      return fields_of<DeadLetter>(before, after);
  }
}

// Of a version: its number behind the id.
std::string name_of(Space space, std::string_view key) {
  const std::size_t end = space == Space::kVersions ? key.find('\0') : std::string_view::npos;
  if (end == std::string_view::npos) return std::string(key);
  return str_cat(key.substr(0, end), " (an older version)");
}

void example(SpaceDifference* found, std::string_view key, std::string_view what) {
  if (found->examples.size() == SpaceDifference::kMostExamples) return;
  found->examples.push_back(str_cat(name_of(found->space, key), ": ", what));
}

absl::Status compare(const KeyValue& before, const KeyValue& after, SpaceDifference* found) {
  absl::Status bad;
  CT_RETURN_IF_ERROR(before.scan(found->space, "", "", [&](std::string_view key, std::string_view value) {
    const auto other = after.get(found->space, key);
    if (absl::IsNotFound(other.status())) {
      ++found->only_before;
      example(found, key, "not there any more");
    } else if (!other.ok()) {
      bad = other.status();
    } else if (*other == value) {
      ++found->same;
    } else {
      ++found->changed;
      example(found, key, fields_that_differ(found->space, value, *other));
    }
    return bad.ok();
  }));
  CT_RETURN_IF_ERROR(bad);
  CT_RETURN_IF_ERROR(after.scan(found->space, "", "", [&](std::string_view key, std::string_view) {
    const auto other = before.get(found->space, key);
    if (absl::IsNotFound(other.status())) {
      ++found->only_after;
      example(found, key, "new");
    } else if (!other.ok()) {
      bad = other.status();
    }
    return bad.ok();
  }));
  return bad;
}

}  // namespace

absl::StatusOr<std::vector<SpaceDifference>> compare_stores(const KeyValue& before, const KeyValue& after) {
  std::vector<SpaceDifference> all;
  for (const auto& [what, space] :
       {std::pair("posts", Space::kItems), std::pair("versions", Space::kVersions),
        std::pair("stories", Space::kStories), std::pair("letters", Space::kDeadLetters)}) {
    all.emplace_back();
    all.back().what = what;
    all.back().space = space;
    CT_RETURN_IF_ERROR(compare(before, after, &all.back()));
  }
  return all;
}

}  // namespace copytaster
