// Which days the text names, told from the post's own day: the rules are in processors/day_reader.h.
#include <vector>

#include "core/item.h"
#include "core/time.h"
#include "processors/day_reader.h"
#include "processors/day_zone.h"
#include "processors/mentions_fields.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "dates",
    .summary =
        "Finds the days named (\"hier\", \"next Tuesday\", \"15.04.\") and tells which they are, "
        "from the post's day where its official is",
    .writes = "dates",
};
constexpr std::size_t kMostDates = 100;

class DatesStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    item.clear_dates();
    if (item.text().empty()) return absl::OkStatus();
    DayContext with;
    with.language = item.language();
    with.country = country_of(item, *context.officials);
    if (is_dated(item)) {
      with.around = civil_day_utc(to_time(item.created_at()));
      // A post that tells no time of day tells its day as it was there.
      const absl::Time when = to_time(item.created_at());
      with.today = item.day_only() ? with.around : civil_day_in(with.country, when);
      if (!item.day_only()) with.when = when;
    }
    static thread_local std::vector<FoundDay> found;
    find_days(item.text(), scan_words(item.text()), with, kMostDates, &found);
    for (const FoundDay& day : found) write(day, item.add_dates());
    return absl::OkStatus();
  }

 private:
  static std::string_view country_of(const Item& item, const Officials& officials) {
    const Official* official = official_of(item, officials);
    const Role* role = official == nullptr ? nullptr : role_at(*official, item_time(item));
    return role == nullptr ? std::string_view() : std::string_view(role->country());
  }

  static void write(const FoundDay& day, DateMention* out) {
    out->set_begin(day.begin);
    out->set_end(day.end);
    out->set_first(absl::FormatCivilTime(day.first));
    out->set_last(absl::FormatCivilTime(day.last));
    out->set_time(day.time);
    out->set_rule(std::string(day.rule));
  }
};

}  // namespace

std::unique_ptr<Processor> make_dates_step() { return std::make_unique<DatesStep>(); }

}  // namespace copytaster
